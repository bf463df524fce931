"""What an edit or unsend changes: found and read before anything is written.

A message is known by its keyed hash. An edit may come before its message, twice, or out of order; a message
may be taken back before it was handled. Whatever comes last by the platform's time is what was said.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from handlers.context import Reading
from handlers.dialogue import intents as i
from handlers.dialogue.machine import CHANGES, Utterance
from handlers.dialogue.topics.media import Hear, Misheard, Reword, TakeBack
from handlers.dialogue.words import read_command
from handlers.messages import IncomingMessage, MessageKind
from handlers.parts import key_of
from handlers.preparing import Thinking, report_reading
from planning.reports import Report, ReportState
from storage.database import Database
from storage.unit import UnitOfWork
from storage.values import InboxItem, ToldPart

_CHANGED_WORDS = (Reword, TakeBack, Misheard)


def emptied(message: IncomingMessage) -> IncomingMessage:
    """The event without anything that was said or shown by it."""
    return replace(
        message, text="", media_id="", file_name="", lat=None, lon=None, button="", reply_handle=""
    )


async def without_unsent(
    database: Database, items: Sequence[InboxItem], now: datetime
) -> tuple[InboxItem, ...]:
    """The events without those whose messages were taken back within the same handful.

    They are emptied and marked, so that nobody answers what is no more; the unsends themselves stay.
    """
    messages = [IncomingMessage.from_json(item.payload) for item in items]
    unsent = {_named(m) for m in messages if m.kind is MessageKind.UNSEND}
    gone = [
        (item, message)
        for item, message in zip(items, messages, strict=True)
        if message.kind is not MessageKind.UNSEND and _named(message) in unsent
    ]
    if gone:
        async with database.write() as uow:
            await _put_away(uow, gone, now, "unsent")
    dropped = {item.id for item, _ in gone}
    return tuple(item for item in items if item.id not in dropped)


def _named(message: IncomingMessage) -> tuple[str, str, str]:
    return (message.channel, message.chat_id, message.message_id)


async def _put_away(
    uow: UnitOfWork, gone: Sequence[tuple[InboxItem, IncomingMessage]], now: datetime, outcome: str
) -> None:
    for item, message in gone:
        await uow.retracting.empty_event(item.id, emptied(message).to_json())
    await uow.inbox.mark_handled([item.id for item, _ in gone], now, outcome)


@dataclass
class _Standing:
    """What is to be done with each event of a group: handled as it is, as another, or not at all."""

    still: list[InboxItem] = field(default_factory=list)
    late: list[tuple[InboxItem, IncomingMessage]] = field(default_factory=list)
    unsent: list[tuple[InboxItem, IncomingMessage]] = field(default_factory=list)
    old: list[InboxItem] = field(default_factory=list)


async def as_now(
    database: Database, group: Sequence[InboxItem], now: datetime
) -> tuple[InboxItem, ...]:
    """The events of one saying as they are to be heard now; () when nothing is left of them.

    A message taken back or edited before it came is put away (its photo is kept). An edit of what no
    report is made of becomes new words. An edit that changes nothing is put away.
    """
    messages = [IncomingMessage.from_json(item.payload) for item in group]
    async with database.read() as uow:
        keys = [key_of(uow.told, m) for m in messages]
        changes = await uow.told.changes(keys)
        if not changes and not any(m.kind is MessageKind.EDIT for m in messages):
            return tuple(group)
        found = _Standing()
        for item, message, key in zip(group, messages, keys, strict=True):
            change = changes.get(key)
            if message.kind is MessageKind.UNSEND or (
                change is None and message.kind not in CHANGES
            ):
                found.still.append(item)
            elif change is not None and change.kind == "unsent":
                found.unsent.append((item, message))
            elif message.kind is MessageKind.EDIT:
                await _sort_edit(uow, found, item, message, key)
            elif change is not None and message.sent_at <= change.at and not _heard(message):
                found.late.append((item, message))
            else:
                found.still.append(item)
    if found.late or found.unsent or found.old:
        await _settle(database, found, now)
    rest = [m for _, m in found.late if m.media_id or m.lat is not None]
    kept = {_named(m): replace(m, text="").to_json() for m in rest}
    things = [replace(item, payload=kept[_named(m)]) for item, m in found.late if _named(m) in kept]
    return (*found.still, *things)


def _heard(message: IncomingMessage) -> bool:
    return message.kind is MessageKind.VOICE and not message.media_id


async def _sort_edit(
    uow: UnitOfWork, found: _Standing, item: InboxItem, message: IncomingMessage, key: str
) -> None:
    before = await wording(uow, key, message.sent_at)
    newer = (await uow.told.changes([key])).get(key)
    if newer is not None and message.sent_at < newer.at:
        found.old.append(item)
    elif await uow.told.reports_of(key):
        found.still.append(item)
    elif before is not None and before.text == message.text:
        found.old.append(item)
    else:
        kind = MessageKind.PHOTO if message.media_id and before is None else MessageKind.TEXT
        media = message.media_id if kind is MessageKind.PHOTO else ""
        heard = replace(message, kind=kind, media_id=media, edited=True)
        found.still.append(replace(item, payload=heard.to_json()))


async def wording(uow: UnitOfWork, key: str, before: datetime) -> IncomingMessage | None:
    """The message as it was last handled, by events of at most that time; None when it never came."""
    came = [
        IncomingMessage.from_json(item.payload)
        for item, handled in await uow.retracting.came_as(key)
        if handled
    ]
    said = [m for m in came if m.kind is not MessageKind.UNSEND and m.sent_at <= before]
    return max(said, key=lambda m: m.sent_at, default=None)


async def _settle(database: Database, found: _Standing, now: datetime) -> None:
    async with database.write() as uow:
        if found.unsent:
            await _put_away(uow, found.unsent, now, "unsent")
        if found.old:
            await uow.inbox.mark_handled([item.id for item in found.old], now, "edit:old")
        for item, message in found.late:
            key = key_of(uow.told, message)
            for report_id in await uow.told.reports_of(key) if message.text else ():
                await uow.told.keep_earlier(report_id, key, message.text, message.sent_at)
            if not message.media_id and message.lat is None:
                await uow.inbox.mark_handled([item.id], now, "edited")


async def heard_for(database: Database, intent: Hear, message: IncomingMessage) -> i.Intent:
    """Where heard words belong: to the report of the voice message, or to nothing any more."""
    async with database.read() as uow:
        for report_id in await uow.told.reports_of(key_of(uow.told, message)):
            report = await uow.reports.by_id(report_id)
            if report.state is not ReportState.WITHDRAWN:
                return i.Add(report_code=report.tracking_code, text=intent.text)
    return i.KeepSilent()


async def readings_for_change(
    think: Thinking, intent: i.Intent, utterance: Utterance
) -> dict[str, Reading]:
    """What the language part makes of the words as they will be, by tracking code.

    Of a report that opened its issue, the next one's reading too: its line may have to stand in.
    """
    if not isinstance(intent, _CHANGED_WORDS):
        return {}
    wanted: list[tuple[Report, bool]] = []
    async with think.database.read() as uow:
        for report, parts in await affected(uow, intent, utterance.messages[0]):
            behind = await uow.reports.of_issue(report.issue_id) if report.issue_id else ()
            wanted.append((replace(report, text=joined(parts)), len(behind) < 2))
            if (other := await stand_in(uow, report)) is not None:
                wanted.append((other, False))
    return {
        report.tracking_code: await report_reading(think, report, search=search)
        for report, search in wanted
        if report.text.strip()
    }


async def affected(
    uow: UnitOfWork, intent: i.Intent, message: IncomingMessage
) -> list[tuple[Report, tuple[ToldPart, ...]]]:
    """The reports an intent changes, with their parts as they will be; withdrawn ones among them."""
    found = []
    if isinstance(intent, Misheard):
        report = await uow.reports.by_code(intent.report_code)
        parts = await uow.told.parts(report.id) if report else ()
        heard = [p for p in parts if p.kind == MessageKind.VOICE and p.words]
        if report and heard:
            key = heard[-1].message_key
            found.append(
                (report, tuple(p for p in parts if p not in heard or p.message_key != key))
            )
        return found
    key = key_of(uow.told, message)
    told_by_it = await uow.told.reports_of(key)
    for report_id in told_by_it:
        report = await uow.reports.by_id(report_id)
        parts = await uow.told.parts(report_id)
        if isinstance(intent, TakeBack):
            found.append((report, tuple(p for p in parts if p.message_key != key)))
        elif isinstance(intent, Reword):
            before = await wording(uow, key, message.sent_at)
            new = ToldPart(
                id=0,
                report_id=report_id,
                message_key=key,
                kind=MessageKind.TEXT,
                words=intent.text,
                said_at=message.sent_at,
            )
            said, alone = before.text if before else "", len(told_by_it) == 1
            found.append((report, reworded(parts, new, said, alone=alone)))
    return found


async def stand_in(uow: UnitOfWork, report: Report) -> Report | None:
    """The oldest other report behind the issue that this one opened; None without."""
    if report.issue_id is None or not await opened(uow, report):
        return None
    behind = await uow.reports.of_issue(report.issue_id)
    others = [r for r in behind if r.id != report.id and r.text.strip()]
    return next((r for r in others if r.state is not ReportState.WITHDRAWN), None)


async def opened(uow: UnitOfWork, report: Report) -> bool:
    """Whether the issue a report stands behind was opened by it, so that its line is from its words."""
    events = await uow.issues.link_events(issue_id=report.issue_id)
    return bool(events) and events[0].report_id == report.id


def joined(parts: Sequence[ToldPart]) -> str:
    """The words of a report by its parts."""
    return "\n".join(part.words for part in parts if part.words)


def reworded(
    parts: Sequence[ToldPart], new: ToldPart, before: str, *, alone: bool
) -> tuple[ToldPart, ...]:
    """A report's parts after the message of `new`, which read `before`, was edited to its words.

    Where a command stood before the words, its like is left out again. Where the message was told as
    several reports (not `alone`), each keeps what is still in it and takes what came in its place.
    """
    mine = [p for p in parts if p.message_key == new.message_key and p.words]
    told = "\n".join(p.words for p in mine)
    words = _bare(before, told, new.words) if alone else _share(before, told, new.words)
    if not mine:
        return (*parts, replace(new, words=words)) if words and alone else tuple(parts)
    if words == told:
        return tuple(parts)
    later = {p.id for p in mine[1:]}
    return tuple(
        replace(p, words=words, said_at=new.said_at)
        if p.id == mine[0].id
        else replace(p, words="" if p.id in later else p.words)
        for p in parts
    )


def _bare(before: str, told: str, text: str) -> str:
    """The edited words without what was left out of them before (a command, a call in a group)."""
    prefix = before[: len(before) - len(told)].strip() if before.endswith(told) else ""
    if told and prefix and text.strip().startswith(prefix):
        return text.strip()[len(prefix) :].strip(" :\n")
    command = read_command(text)
    return command.text if isinstance(command, i.Tell) else text.strip()


def _share(before: str, told: str, text: str) -> str:
    """What stands in place of `told`, one of several shares of an edited message."""
    ahead, behind = before[: len(before) - len(told)], before[len(told) :]
    if before.endswith(told) and text.startswith(ahead):
        return text[len(ahead) :].strip()
    if before.startswith(told) and text.endswith(behind):
        return text[: len(text) - len(behind)].strip()
    return told if told in text else text.strip()
