"""Carrying out edits and unsends: words leave or change everywhere, and the bot says what it did.

Frozen agendas and files that went out stay as they are (docs/changed-messages.md).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from handlers import changes, reports
from handlers.context import Reading, Turn
from handlers.desk_held import as_said, forget_lines
from handlers.dialogue import texts as t
from handlers.dialogue.decency import decent
from handlers.dialogue.state import Step
from handlers.dialogue.topics.media import Misheard, Reword, TakeBack
from handlers.linking import leave, settle
from handlers.messages import IncomingMessage, MessageKind, Reply
from handlers.parts import key_of
from handlers.striking import Struck, strike
from nlp.values import Act
from planning.issues import LinkedBy
from planning.reports import Channel, Kind, Position, Report, ReportState
from planning.taxonomy import categories
from storage.values import Attachment, MessageChange, ToldPart

_CLEAR = 0.3
"""Probability from which another category says that the matter is another."""
_KEEPS_STATE = (ReportState.QUESTION, ReportState.ANSWERED, ReportState.WITHDRAWN)


async def note_edit(turn: Turn) -> None:
    """Remember the time of an edit, so that what comes late is known to be older."""
    if turn.first.edited or turn.first.kind is MessageKind.EDIT:
        change = MessageChange(kind="edited", at=turn.first.sent_at)
        await turn.uow.told.note_change(key_of(turn.uow.told, turn.first), change)


async def reword(turn: Turn, intent: Reword) -> None:
    """Put the new words in place of the message's; keep the earlier ones sealed."""
    key = key_of(turn.uow.told, turn.first)
    turn.outcome = "edit:same"
    for report, parts in await changes.affected(turn.uow, intent, turn.first):
        before = {p.id: p for p in await turn.uow.told.parts(report.id)}
        line = await _line(turn, report)
        await _keep_rewording(turn, report, before, parts)
        await _other_photo(turn, report, key)
        told = changes.joined(parts)
        if told == report.text:
            continue
        after = await _retell(turn, report, told, "edited")
        words = (*_left_out(report.text, told), *_left_out(report.masked_text, after.masked_text))
        words += tuple(map(decent, words))
        words += (line,) if line != await _line(turn, report) else ()
        struck = Struck(person_id=report.person_id, since=report.first_told_at, words=words)
        await strike(turn.uow, struck, sent_too=False)
        turn.outcome = f"edited:{report.tracking_code}"
        await _say_reworded(turn, report, after)


def _left_out(before: str, after: str) -> tuple[str, ...]:
    return tuple(line for line in before.split("\n") if line not in after)


async def _keep_rewording(
    turn: Turn, report: Report, before: dict[int, ToldPart], parts: Sequence[ToldPart]
) -> None:
    said_at = turn.first.sent_at
    for part in parts:
        old = before.get(part.id)
        if old is None:
            await turn.uow.told.add_parts([part])
        elif old.words != part.words:
            await turn.uow.told.keep_earlier(report.id, part.message_key, old.words, said_at)
            await turn.uow.told.reword_part(part.id, part.words, said_at)


async def _other_photo(turn: Turn, report: Report, key: str) -> None:
    """Have the photo of the edited message fetched anew: it may be another now."""
    had = [m for m in await turn.uow.album.of_message(key) if m.report_id == report.id]
    if not turn.first.media_id or not had:
        return
    await turn.uow.album.remove(had)
    new = Attachment(
        id=0,
        report_id=report.id,
        channel=turn.first.channel,
        kind=MessageKind.PHOTO,
        media_id=turn.first.media_id,
        message_key=key,
    )
    await turn.uow.reports.add_attachment(new)


async def _say_reworded(turn: Turn, before: Report, after: Report) -> None:
    danger = after.emergency and not before.emergency
    if danger:
        turn.say(t.DANGER)
    if not _heard_free(turn) and not danger:
        await turn.uow.told.owe(turn.person.id, turn.first.channel, "reworded", after.tracking_code)
        return
    turn.say(t.REWORDED.format(code=after.tracking_code))
    if after.confidential and not before.confidential and not turn.first.group:
        turn.say(t.CONFIDENTIAL)


def _heard_free(turn: Turn) -> bool:
    """Whether an answer costs nothing: everywhere but on LINE without a reply token."""
    return turn.first.channel is not Channel.LINE or bool(turn.first.reply_handle)


async def take_back(turn: Turn, intent: TakeBack) -> None:
    """Remove the message's words and media from all they are part of; withdraw what is empty then."""
    told, key = turn.uow.told, key_of(turn.uow.told, turn.first)
    turn.outcome = "unsent"
    if not key:
        return
    await told.note_change(key, MessageChange(kind="unsent", at=turn.first.sent_at))
    await _forget(turn, key)
    await turn.uow.works.take_back(key)
    for report, parts in await changes.affected(turn.uow, intent, turn.first):
        await _remove(turn, report, parts, "unsent", key)
    await told.drop_earlier(key)
    await _empty_events(turn, key)


async def _forget(turn: Turn, key: str) -> None:
    """Let go of what the conversation keeps of the message, and of the survey that it brought."""
    turn.remember(question="")
    came = await turn.uow.retracting.came_as(key)
    for message in (IncomingMessage.from_json(item.payload) for item, _ in came):
        if message.text.strip():
            await turn.uow.walk_ins.forget_said(turn.person.id, message.text)
        if any(part and part in message.text for part in turn.conversation.helped):
            turn.remember(helped=("", ""))
        if message.kind is MessageKind.FILE and message.media_id:
            await turn.uow.surveys.forget_file(turn.person.id, message.media_id, turn.now)


async def misheard(turn: Turn, intent: Misheard) -> None:
    """Take out what the machine heard wrong, and ask for it in writing."""
    found = await changes.affected(turn.uow, intent, turn.first)
    if not found or not turn.owns(found[0][0]):
        turn.outcome = "stale"
        turn.say(t.STALE)
        return
    report, parts = found[0]
    await _drop_missing(turn, report, parts)
    after = await _retell(turn, report, changes.joined(parts), "misheard")
    turn.outcome = f"misheard:{report.tracking_code}"
    turn.say(t.MISHEARD_DONE)
    turn.remember(
        step=Step.IDLE if after.text else Step.ASK_WORDS,
        report_code=report.tracking_code,
        told_from=after.first_told_at,
        told_to=turn.utterance.last_at,
        asked_at=turn.utterance.last_at,
    )


async def _drop_missing(turn: Turn, report: Report, parts: Sequence[ToldPart]) -> list[ToldPart]:
    stay = {p.id for p in parts}
    gone = [p for p in await turn.uow.told.parts(report.id) if p.id not in stay]
    await turn.uow.told.drop_parts([p.id for p in gone])
    return gone


async def _remove(
    turn: Turn, report: Report, parts: Sequence[ToldPart], why: str, key: str
) -> None:
    told, line = changes.joined(parts), await _line(turn, report)
    gone = await _drop_missing(turn, report, parts)
    media = [m for m in await turn.uow.album.of_message(key) if m.report_id == report.id]
    await turn.uow.album.remove(media)
    spot = await _spot(turn, report, gone, media, parts)
    left = replace(report, position=spot, position_by_photo=report.position_by_photo and bool(spot))
    still = await turn.uow.reports.attachments(report.id)
    empty = not told and spot is None and not any(m.state in ("waiting", "kept") for m in still)
    if empty:
        await _withdraw(turn, left, why)
    else:
        await _retell(turn, left, told, why)
    masked = (report.masked_text, decent(report.masked_text)) if told != report.text else ()
    stale = (line,) if line != await _line(turn, report) else ()
    await strike(
        turn.uow,
        Struck(
            person_id=report.person_id,
            since=report.first_told_at,
            words=(*(p.words for p in gone), *masked, *stale),
            code=report.tracking_code if empty else "",
        ),
    )
    if report.state is not ReportState.WITHDRAWN:
        turn.outcome = f"unsent:{report.tracking_code}"
        await _say_removed(turn, report, "unsent_all" if empty else "taken_back")


async def _line(turn: Turn, report: Report) -> str:
    """The neutral line of the issue the report stood behind when the turn began."""
    if report.issue_id is None:
        return ""
    return (await turn.uow.issues.by_id(report.issue_id)).neutral_line


async def _say_removed(turn: Turn, report: Report, remark: str) -> None:
    code = report.tracking_code
    if turn.first.group or not _heard_free(turn):
        await turn.uow.told.owe(turn.person.id, turn.first.channel, remark, code)
    else:
        turn.say(_remark(remark, code))


async def _spot(
    turn: Turn,
    report: Report,
    gone: Sequence[ToldPart],
    media: Sequence[Attachment],
    parts: Sequence[ToldPart],
) -> Position | None:
    """The report's position without what was taken back: the last one still shared."""
    if any(p.kind == MessageKind.LOCATION for p in gone):
        for part in reversed([p for p in parts if p.kind == MessageKind.LOCATION]):
            for item, _ in await turn.uow.retracting.came_as(part.message_key):
                message = IncomingMessage.from_json(item.payload)
                if message.lat is not None and message.lon is not None:
                    return Position(lat=message.lat, lon=message.lon)
        return None
    return None if report.position_by_photo and media else report.position


async def _empty_events(turn: Turn, key: str) -> None:
    for item, handled in await turn.uow.retracting.came_as(key):
        message = IncomingMessage.from_json(item.payload)
        await turn.uow.retracting.empty_event(item.id, changes.emptied(message).to_json())
        if not handled and item.id not in turn.inbox_ids:
            await turn.uow.inbox.mark_handled([item.id], turn.now, "unsent")


async def _withdraw(turn: Turn, report: Report, why: str) -> None:
    if report.issue_id is not None:
        issue = await turn.uow.issues.by_id(report.issue_id)
        await leave(turn, report, issue, LinkedBy.REPORTER)
    blank = replace(
        report,
        text="",
        masked_text="",
        place="",
        photos=0,
        households=None,
        since=None,
        state=ReportState.WITHDRAWN,
    )
    await turn.uow.told.reword(blank, turn.person.id, why, turn.now)
    await _tidy_issue(turn, report)
    if turn.conversation.report_code == report.tracking_code:
        turn.remember(
            step=Step.IDLE,
            report_code="",
            told_from=None,
            told_to=None,
            issue_code="",
            asked_at=None,
        )


async def _retell(turn: Turn, report: Report, told: str, why: str) -> Report:
    """The report with other words, read and settled anew; what it once was for safety it stays."""
    reading = turn.readings.get(report.tracking_code) if told.strip() else None
    stands = report.place_by_person and not _place_gone(report, told)
    bare = replace(
        report,
        text=told,
        masked_text="",
        place=report.place if stands else "",
        place_by_person=stands,
        photos=await turn.uow.album.photos(report.id),
    )
    if not told.strip() and not report.category_by_person:
        bare = replace(bare, category="other", category_score=0.0, kind=Kind.OTHER)
    read = reports.as_read(bare, reading)
    after = replace(read, state=_state(turn, report, read, reading, why))
    await turn.uow.told.reword(after, turn.person.id, why, turn.now)
    if after.state is ReportState.LINKED and reading is not None:
        settled = await _apart_if_other(turn, after, reading)
        await settle(turn, settled, reading)
        await reports.alarm(turn, settled)
    elif report.issue_id is not None:
        issue = await turn.uow.issues.by_id(report.issue_id)
        await leave(turn, report, issue, LinkedBy.REPORTER)
    await _tidy_issue(turn, report)
    return after


def _place_gone(report: Report, told: str) -> bool:
    """Whether the words that named the place are told no more."""
    return report.place in report.text and report.place not in told


def _state(
    turn: Turn, report: Report, read: Report, reading: Reading | None, why: str
) -> ReportState:
    """Questions and withdrawn reports stay so, unless an edit made them a matter, or danger."""
    if report.state not in _KEEPS_STATE:
        return read.state
    if reading is None or why != "edited":
        return report.state
    seen = reading.understanding
    if report.state is ReportState.WITHDRAWN:
        return read.state if seen.emergency.on else report.state
    matter = seen.act is Act.MATTER or seen.emergency.on or seen.confidential.on
    return read.state if matter else report.state


async def _apart_if_other(turn: Turn, report: Report, reading: Reading) -> Report:
    """The report, taken from others' issue where the machine put it and its words now say another."""
    if report.issue_id is None:
        return report
    issue = await turn.uow.issues.by_id(report.issue_id)
    behind = await turn.uow.reports.of_issue(issue.id)
    events = await turn.uow.issues.link_events(report_id=report.id)
    by_machine = events[-1].by in (LinkedBy.MACHINE, LinkedBy.OPENED)
    best = reading.understanding.categories[0]
    other = report.category != issue.category and best.score >= _CLEAR
    if len(behind) < 2 or not by_machine or not other or report.category_by_person:
        return report
    await leave(turn, report, issue, LinkedBy.MACHINE)
    return replace(report, issue_id=None)


async def _tidy_issue(turn: Turn, report: Report) -> None:
    """Make the line of the issue that the report opened anew, from what is still told of it."""
    if report.issue_id is None or not await changes.opened(turn.uow, report):
        return
    issue = await turn.uow.issues.by_id(report.issue_id)
    behind = [r for r in await turn.uow.reports.of_issue(issue.id) if r.text.strip()]
    told = [r for r in behind if r.state is not ReportState.WITHDRAWN]
    own = [r for r in told if r.id == report.id]
    source = next(iter(own or told), None)
    reading = turn.readings.get(source.tracking_code) if source else None
    plain = categories()[issue.category].name_th
    spots = [r.position for r in told if r.position]
    fresh = replace(
        issue,
        neutral_line=(reading.line if reading else "") or plain,
        place=source.place if source else "",
        position=spots[0] if spots else None,
    )
    await turn.uow.issues.update(await as_said(turn, issue, fresh))
    await forget_lines(turn, fresh)


def _remark(remark: str, code: str) -> str:
    phrase: str = getattr(t, remark.upper())
    return phrase.format(code=code)


async def pay_remarks(turn: Turn) -> None:
    """Say with an answer, in private, what had no free way to be said before."""
    if not turn.replies or turn.first.group:
        return
    owed = await turn.uow.told.owed(turn.person.id, turn.first.channel)
    if owed:
        lines = dict.fromkeys(_remark(o.remark, o.code) for o in owed)
        at = 1 if turn.replies[0].text == t.DANGER else 0
        turn.replies.insert(at, Reply(text="\n".join(lines)))
        await turn.uow.told.paid([o.id for o in owed])


EXECUTE: dict[type, Any] = {Reword: reword, TakeBack: take_back, Misheard: misheard}
