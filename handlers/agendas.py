"""Agendas: drafted from the village's open issues, frozen as numbered versions."""

from dataclasses import dataclass, replace
from datetime import datetime

from planning.areas import Village
from planning.arranging import Arrangement, arranged, arrangement
from planning.calendar import BE
from planning.codes import new_code
from planning.forums import (
    AgendaContent,
    AgendaItem,
    AgendaVersion,
    CarriedOver,
    Forum,
    ForumState,
    PreviousMinutes,
    content_hash,
    draft_items,
)
from planning.issues import Issue, IssueState
from planning.notices import carried_over
from planning.returning import sorted_out
from planning.thai import BANGKOK
from storage.unit import UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An agenda as it would be frozen now. `stored`: this very version is frozen already."""

    forum: Forum
    version: AgendaVersion
    stored: bool


async def draft_agenda(
    uow: UnitOfWork, village: Village, now: datetime, *, rejected_return: bool = True
) -> Draft:
    """The agenda of the village's current forum (or of a new one, id 0) as it stands.

    Once a forum has begun to decide, its latest frozen version stays; before that a changed content
    makes the next version.
    """
    forum = await uow.forums.current(village.code) or await new_forum(uow, village, now)
    latest = await uow.forums.latest_version(forum.id) if forum.id else None
    if latest and forum.state is not ForumState.PREPARING:
        return Draft(forum=forum, version=latest, stored=True)
    how = arrangement(await uow.preparing.lines(forum.id)) if forum.id else Arrangement()
    items = await ranked_items(uow, village, forum, now, how, rejected_return=rejected_return)
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
        items=items,
        carried_over=await _carried_over(uow, village, forum, items),
        opening=how.opening,
        conveners=how.conveners,
        previous=await _previous(uow, village),
        weights=await uow.after.weights(village.district_code),
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


async def ranked_items(
    uow: UnitOfWork,
    village: Village,
    forum: Forum,
    now: datetime,
    how: Arrangement,
    *,
    rejected_return: bool = True,
) -> tuple[AgendaItem, ...]:
    """The items of a forum's agenda as they are ranked today and arranged by the head.

    What an earlier forum put aside is among them when its time has come; `rejected_return`: what it
    rejected, too, with the next plan year.
    """
    standings = await uow.issues.standings(village.code)
    day = forum.held_on or now.astimezone(BANGKOK).date()
    back, rest = sorted_out(
        await uow.after.put_aside(village.code), day, each_plan_year=rejected_return
    )
    ranked = draft_items(
        standings,
        village,
        _day_of(now),
        await uow.after.weights(village.district_code),
        also=back | how.brought_in,
        resting=rest,
    )
    return arranged(ranked, how)


async def _previous(uow: UnitOfWork, village: Village) -> PreviousMinutes | None:
    """The minutes that the forum is to adopt: those of the last one that has some."""
    last = await uow.minutes.last_of(village.code)
    if last is None:
        return None
    head = last.content.head
    number = f"{head.forum_number}/{head.year_be}"
    return PreviousMinutes(code=last.code, number=number, held_on=head.held_on)


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


async def numbered(uow: UnitOfWork, forum: Forum) -> Forum:
    """The forum with the next number of the calendar year in which it is to be held."""
    if forum.held_on is None or forum.held_on.year + BE == forum.year_be:
        return forum
    year = forum.held_on.year + BE
    number = await uow.forums.last_number(forum.village_code, year) + 1
    return replace(forum, year_be=year, number=number)


async def _carried_over(
    uow: UnitOfWork, village: Village, forum: Forum, items: tuple[AgendaItem, ...]
) -> tuple[CarriedOver, ...]:
    """What other forums of the village decided, each matter once, and where it stands now."""
    old = await uow.preparing.old_resolutions(village.code, forum.id)
    last, again = await uow.preparing.last_frozen(village.code, forum.id), _codes(items)
    return carried_over(old, last, again)


def _codes(items: tuple[AgendaItem, ...]) -> frozenset[str]:
    return frozenset(item.issue_code for item in items)


async def freeze(uow: UnitOfWork, draft: Draft) -> AgendaVersion:
    """Keep a draft as a frozen version (and its forum)."""
    if draft.stored:
        return draft.version
    forum = draft.forum if draft.forum.id else await uow.forums.add(draft.forum)
    return await uow.forums.add_version(replace(draft.version, forum_id=forum.id))


async def newly_before(uow: UnitOfWork, draft: Draft) -> tuple[Issue, ...]:
    """The agenda's issues that were in no agenda yet, or come back to one, in its order."""
    content = draft.version.content
    states = set(IssueState) - {IssueState.BEFORE_FORUM}
    noted = await uow.issues.standings(content.village_code, states)
    by_code = {s.issue.code: s.issue for s in noted}
    return tuple(by_code[i.issue_code] for i in content.items if i.issue_code in by_code)


async def put_off(uow: UnitOfWork, draft: Draft) -> tuple[tuple[Issue, str], ...]:
    """Issues that stood in an earlier version of the agenda and were taken out, with the reasons."""
    forum = draft.forum
    how = arrangement(await uow.preparing.lines(forum.id)) if forum.id else Arrangement()
    if draft.stored or not how.taken_out:
        return ()
    before = await uow.issues.standings(forum.village_code, {IssueState.BEFORE_FORUM})
    shown = {item.issue_code for item in draft.version.content.items}
    return tuple(
        (s.issue, how.taken_out[s.issue.code])
        for s in before
        if s.issue.code in how.taken_out and s.issue.code not in shown
    )
