"""The end of a forum: the meeting is over, its minutes are closed, what was resolved takes effect."""

from dataclasses import dataclass, replace

from handlers.after import consequence
from handlers.forum_log import record_of
from handlers.linking import living
from handlers.news import Teller
from planning.codes import new_code
from planning.forum_counts import counted
from planning.forum_record import ItemRecord
from planning.forums import AgendaItem, AgendaVersion, Forum, ForumState, Resolution
from planning.projects import Project


@dataclass(frozen=True, kw_only=True)
class Closed:
    """A closed forum and the projects that came of it."""

    forum: Forum
    projects: tuple[Project, ...] = ()


async def settle_forum(teller: Teller, forum: Forum) -> Closed:
    """The minutes of a forum are closed: its resolutions take effect and contributors hear, once.

    One that is closed already stays as it is.
    """
    if forum.state is ForumState.CLOSED:
        return Closed(forum=forum)
    version = await teller.uow.forums.latest_version(forum.id)
    kept = await record_of(teller.uow, forum)
    decided = [item for item in kept.items if item.outcome is not None]
    made = [await _resolve(teller, version, item) for item in decided if version]
    await _only_counts(teller, forum, version.content.items if version else ())
    closed = replace(forum, state=ForumState.CLOSED)
    await teller.uow.forums.update(closed)
    await teller.uow.audit.add(teller.now, None, "forum closed", forum.code)
    return Closed(forum=closed, projects=tuple(p for p in made if p))


async def _only_counts(teller: Teller, forum: Forum, items: tuple[AgendaItem, ...]) -> None:
    """Who came and how they voted is forgotten; the numbers stay."""
    for line in counted(forum.id, await teller.uow.running.lines(forum.id), items):
        await teller.uow.running.add(line)
    await teller.uow.running.wipe(forum.id)


async def _resolve(teller: Teller, version: AgendaVersion, item: ItemRecord) -> Project | None:
    code = version.content.items[item.number - 1].issue_code
    issue = await teller.uow.issues.by_code(code)
    assert issue is not None  # an agenda's items are never removed
    assert item.outcome is not None and item.decided_at is not None
    issue = await living(teller, issue) or issue  # joined to another since the agenda was frozen
    resolution = await teller.uow.forums.add_resolution(
        Resolution(
            id=0,
            code=new_code("resolution"),
            forum_id=version.forum_id,
            agenda_code=version.code,
            item_number=item.number,
            issue_id=issue.id,
            outcome=item.outcome,
            votes_for=item.votes.for_it if item.votes else None,
            votes_against=item.votes.against if item.votes else None,
            way=item.way,
            decided_at=item.decided_at,
            actor_id=item.actor_id,
            reason=item.reason,
            returns_on=item.returns_on,
        )
    )
    subject = f"{version.code}/{item.number}"
    await teller.uow.audit.add(teller.now, item.actor_id, "resolution", resolution.code, subject)
    _, project = await consequence(teller, issue, resolution)
    return project
