"""Agendas: drafted from the village's open issues, frozen as numbered versions."""

from dataclasses import dataclass, replace
from datetime import datetime

from planning.areas import Village
from planning.calendar import BE
from planning.codes import new_code
from planning.forums import (
    AgendaContent,
    AgendaVersion,
    CarriedOver,
    Forum,
    ForumState,
    Resolution,
    content_hash,
    draft_items,
)
from planning.issues import IssueState
from planning.thai import BANGKOK
from storage.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An agenda as it would be frozen now. `stored`: this very version is frozen already."""

    forum: Forum
    version: AgendaVersion
    stored: bool


async def draft_agenda(uow: UnitOfWork, village: Village, now: datetime) -> Draft:
    """The agenda of the village's current forum (or of a new one, id 0) as it stands.

    Once a forum has begun to decide, its latest frozen version stays; before that a changed content
    makes the next version.
    """
    forum = await uow.forums.current(village.code) or await new_forum(uow, village, now)
    latest = await uow.forums.latest_version(forum.id) if forum.id else None
    if latest and forum.state is not ForumState.PREPARING:
        return Draft(forum=forum, version=latest, stored=True)
    standings = await uow.issues.standings(village.code)
    content = AgendaContent(
        forum_code=forum.code,
        village_code=village.code,
        village_name=village.name,
        moo=village.moo,
        tambon=village.tambon,
        district=village.district,
        province=village.province,
        households=village.households,
        forum_number=forum.number,
        year_be=forum.year_be,
        held_on=forum.held_on,
        held_at=forum.held_at,
        place=forum.place,
        items=draft_items(standings, village, _day_of(now)),
        carried_over=await _carried_over(uow, village, forum),
    )
    digest = content_hash(content)
    if latest and latest.sha256 == digest:
        return Draft(forum=forum, version=latest, stored=True)
    version = AgendaVersion(
        id=0,
        code=new_code("agenda"),
        forum_id=forum.id,
        version=latest.version + 1 if latest else 1,
        frozen_at=now,
        sha256=digest,
        content=content,
    )
    return Draft(forum=forum, version=version, stored=False)


def _day_of(now: datetime) -> datetime:
    """Midnight in Thailand, so that scores move by the day and one day's agenda stays the same."""
    return now.astimezone(BANGKOK).replace(hour=0, minute=0, second=0, microsecond=0)


async def new_forum(uow: UnitOfWork, village: Village, now: datetime) -> Forum:
    """The village's next forum, numbered within the calendar year, not yet stored (id 0)."""
    year = now.astimezone(BANGKOK).year + BE
    return Forum(
        id=0,
        code=new_code("forum"),
        village_code=village.code,
        number=await uow.forums.last_number(village.code, year) + 1,
        year_be=year,
        state=ForumState.PREPARING,
    )


async def _carried_over(uow: UnitOfWork, village: Village, forum: Forum) -> tuple[CarriedOver, ...]:
    """What earlier, closed forums of the village decided, and where each matter stands now."""
    lines = []
    for earlier in await uow.forums.of_village(village.code):
        if earlier.id == forum.id:
            continue
        for resolution in last_resolutions(await uow.forums.resolutions(earlier.id)):
            issue = await uow.issues.by_id(resolution.issue_id)
            if issue.confidential:
                continue
            lines.append(
                CarriedOver(
                    issue_code=issue.code,
                    line=issue.neutral_line,
                    forum_number=f"{earlier.number}/{earlier.year_be}",
                    state=issue.state,
                )
            )
    return tuple(lines)


def last_resolutions(resolutions: tuple[Resolution, ...]) -> tuple[Resolution, ...]:
    """The resolution in effect for each issue, in order of item."""
    latest = {r.issue_id: r for r in sorted(resolutions, key=lambda r: r.id)}
    return tuple(sorted(latest.values(), key=lambda r: r.item_number))


async def freeze(uow: UnitOfWork, draft: Draft) -> AgendaVersion:
    """Keep a draft as a frozen version (and its forum), and mark its issues as before the forum."""
    if draft.stored:
        return draft.version
    forum = draft.forum if draft.forum.id else await uow.forums.add(draft.forum)
    version = await uow.forums.add_version(replace(draft.version, forum_id=forum.id))
    for item in version.content.items:
        issue = await uow.issues.by_code(item.issue_code)
        if issue and issue.state is IssueState.NOTED:
            await uow.issues.update(replace(issue, state=IssueState.BEFORE_FORUM))
    return version
