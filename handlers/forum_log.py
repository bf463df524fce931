"""The forum that is being held: its frozen agenda, the log of what was said, the record they make."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.heads import runs_forum_of
from handlers.messages import Button
from planning.areas import Village
from planning.forum_lines import ForumLine, Said
from planning.forum_record import ForumRecord, ItemRecord, record
from planning.forums import AgendaItem, AgendaVersion, Forum, ForumState
from storage.unit import UnitOfWork

_LONGEST_ID = 64


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """A forum with its latest frozen agenda and what was logged so far."""

    village: Village
    forum: Forum
    version: AgendaVersion
    record: ForumRecord

    @property
    def items(self) -> tuple[AgendaItem, ...]:
        """The items of the agenda."""
        return self.version.content.items

    def line(self, number: int) -> str:
        """The wording of an item as it stands now."""
        kept = self.record.item(number)
        return (kept and kept.line) or self.items[number - 1].line

    def kept(self, number: int) -> ItemRecord:
        """What was recorded on an item."""
        return self.record.item(number) or ItemRecord(number=number)

    def left(self) -> list[int]:
        """Numbers of the items that are not decided yet."""
        return [item.number for item in self.record.items if not item.settled]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something to log: `content` by kind as `planning.forum_record.record` reads it."""

    said: Said
    item: int | None = None
    content: Mapping[str, Any] = field(default_factory=dict, repr=False)


async def record_of(uow: UnitOfWork, forum: Forum) -> ForumRecord:
    """What has happened at a forum, on the items of its latest frozen agenda."""
    version = await uow.forums.latest_version(forum.id)
    items = version.content.items if version else ()
    return record(forum.id, await uow.running.lines(forum.id), items)


async def meeting_of(turn: Turn, none: str = "") -> Meeting | None:
    """The forum whose turn it is in the person's village; says why (`none`) where there is none."""
    village = runs_forum_of(turn.village, turn.grants, turn.areas)
    if village is None:
        turn.outcome = "not_allowed"
        turn.say(t.NOT_ALLOWED)
        return None
    forum = await turn.uow.forums.current(village.code)
    version = await turn.uow.forums.latest_version(forum.id) if forum else None
    if forum is None or version is None:
        turn.outcome = "no_forum"
        turn.say(none or t.NO_AGENDA, Button(label=t.BUTTON_AGENDA, data="agenda"))
        return None
    if await _of_an_earlier_one(turn, forum, version):
        turn.outcome = "too_late"
        turn.say(t.FORUM_TOO_LATE)
        return None
    return Meeting(
        village=village, forum=forum, version=version, record=await record_of(turn.uow, forum)
    )


async def _of_an_earlier_one(turn: Turn, forum: Forum, version: AgendaVersion) -> bool:
    """Whether the words were said before this forum had its agenda, so at one that is closed by now."""
    if forum.state is not ForumState.PREPARING or turn.utterance.last_at >= version.frozen_at:
        return False
    return len(await turn.uow.forums.of_village(forum.village_code)) > 1


async def log(turn: Turn, meeting: Meeting, *entries: Entry) -> Meeting:
    """Add lines to the log, once for one message however often it comes; the meeting as it is then."""
    key = event_key(turn)
    for number, entry in enumerate(entries):
        await turn.uow.running.add(
            ForumLine(
                id=0,
                forum_id=meeting.forum.id,
                key=f"{key}:{number}",
                said=entry.said,
                said_at=turn.utterance.last_at,
                heard_at=turn.now,
                item_number=entry.item,
                actor_id=turn.person.id,
                content=entry.content,
            )
        )
    return await following(turn, meeting)


async def following(turn: Turn, meeting: Meeting) -> Meeting:
    """The meeting after the log grew: its record, and the forum's state that follows from it."""
    now = await record_of(turn.uow, meeting.forum)
    state = ForumState.DECIDING if now.begun else ForumState.PREPARING
    state = ForumState.ENDED if now.ended_at else state
    forum = replace(meeting.forum, state=state)
    if forum != meeting.forum:
        await turn.uow.forums.update(forum)
        await turn.audit(f"forum {state}", forum.code)
    return replace(meeting, forum=forum, record=now)


def event_key(turn: Turn) -> str:
    """What names the message: the same when the platform sends it again; of one moment in its order."""
    first = turn.first
    return f"{first.channel}:{first.event_id[-_LONGEST_ID:]:0>20}"
