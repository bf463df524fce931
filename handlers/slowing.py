"""Floods, repetitions and bare links are slowed kindly; a report or danger is never held up by it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers.context import Scene, Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.machine import Utterance
from handlers.dialogue.pace import (
    HUSH,
    REPEAT_WITHIN,
    flooding,
    hushed,
    noted,
    only_links,
    reminded,
    says_already,
)
from handlers.dialogue.topics import own_data as own
from handlers.dialogue.topics import telling
from handlers.dialogue.topics.media import Reword
from handlers.messages import MessageKind
from handlers.ports import Reader
from handlers.preparing import Thinking
from handlers.settings import TurnSettings
from nlp.values import Understanding
from planning.reports import Channel, Report, ReportState
from planning.thai import chat_date
from storage.unit import UnitOfWork

_SAID = (i.Tell, i.Add, i.Ask, i.Chat, i.CannotRead, telling.AddTo)
"""What is not answered while somebody rests or floods; commands and buttons are."""
_STANDS = (ReportState.LINKED, ReportState.QUESTION, ReportState.ANSWERED)


async def weighed(
    think: Thinking,
    scene: Scene,
    intent: i.Intent,
    utterance: Utterance,
    seen: Understanding | None,
    now: datetime,
) -> i.Intent:
    """The intent, unless its words were told already, are links only, or come from who rests.

    Danger is always heard, and so is whoever holds a role. An edit is words too, for who rests.
    """
    edit = isinstance(intent, Reword)
    if not (edit or isinstance(intent, _SAID)) or scene.person is None or scene.grants:
        return _no_links(scene, intent, utterance)
    if in_danger(think.reader, intent, utterance, seen):
        return intent
    async with think.database.read() as uow:
        if await uow.mutes.now(scene.person.id, now):
            heard = isinstance(intent, Reword) and think.reader.is_emergency(intent.text)
            return intent if heard else own.Unheard()
        if edit:
            return intent
        repeated = await _told_already(uow, scene, intent, utterance)
    return repeated or _no_links(scene, intent, utterance)


def in_danger(
    reader: Reader, intent: i.Intent, utterance: Utterance, seen: Understanding | None
) -> bool:
    """Whether what was just said speaks of danger; words kept by a command get the quick look."""
    if seen is not None:
        return seen.emergency.on
    text = utterance.text
    return isinstance(intent, _SAID) and bool(text.strip()) and reader.is_emergency(text)


def _no_links(scene: Scene, intent: i.Intent, utterance: Utterance) -> i.Intent:
    if not isinstance(intent, i.Tell | i.Ask | i.Chat) or not only_links(utterance.text):
        return intent
    talk = scene.conversation
    if utterance.media or utterance.location or scene.person is None:
        return intent
    if talk.near(utterance.first_at, TurnSettings().follow):
        return i.Add(report_code=talk.report_code, text=utterance.text)
    return own.OnlyLinks()


async def _told_already(
    uow: UnitOfWork, scene: Scene, intent: i.Intent, utterance: Utterance
) -> i.Intent | None:
    """What becomes of words that the person's reports of the last hour hold already."""
    text = intent.text if isinstance(intent, i.Tell | i.Add | i.Ask) else ""
    if not text.strip() or scene.person is None:
        return None
    for report in await uow.reports.of_person(scene.person.id, limit=5):
        if _same(report, text, utterance):
            if utterance.media or utterance.location or report.state not in _STANDS:
                return i.Add(report_code=report.tracking_code, text="")
            return own.Repeated(report_code=report.tracking_code)
    return None


def _same(report: Report, text: str, utterance: Utterance) -> bool:
    return (
        report.channel in (utterance.messages[0].channel, Channel.WALK_IN)
        and report.state is not ReportState.WITHDRAWN
        and utterance.first_at - report.last_told_at < REPEAT_WITHIN
        and says_already(report.text, text)
    )


async def repeated(turn: Turn, intent: own.Repeated) -> None:
    """Note on the report that it was told again; say so, once in a while."""
    report = await turn.uow.reports.by_code(intent.report_code)
    assert report is not None  # the turn has just read it
    later = max(report.last_told_at, turn.utterance.last_at)
    await turn.uow.reports.update(replace(report, last_told_at=later))
    await turn.uow.reports.add_events(report.id, turn.inbox_ids)
    turn.outcome = f"repeated:{report.tracking_code}"
    _remind(turn, t.SAID_BEFORE.format(code=report.tracking_code))


async def only_links_sent(turn: Turn, intent: own.OnlyLinks) -> None:
    """Ask for words, once in a while."""
    turn.outcome = "links"
    _remind(turn, t.LINK_ONLY)


def _remind(turn: Turn, words: str) -> None:
    at = turn.utterance.last_at
    if turn.first.group or reminded(turn.conversation, at):
        return
    turn.remember(reminded_at=at)
    turn.say(words)


async def unheard(turn: Turn, intent: own.Unheard) -> None:
    """Say once until when; the words stay where they came in."""
    turn.outcome = "muted"
    mute = await turn.uow.mutes.now(turn.person.id, turn.now)
    if mute and not mute.told and not turn.first.group:
        await turn.uow.mutes.told(mute.id, turn.now)
        turn.say(t.MUTED.format(date=chat_date(mute.until)))


def hush(turn: Turn, intent: i.Intent) -> None:
    """One answer for many, when somebody writes faster than can be read; all of it was kept."""
    at = turn.utterance.last_at
    turn.conversation = noted(turn.conversation, at)
    if turn.grants or turn.danger or any(r.text == t.DANGER for r in turn.replies):
        return
    over = flooding(turn.conversation)
    pressed = turn.first.kind is MessageKind.BUTTON or not isinstance(intent, _SAID)
    if hushed(turn.conversation, at):
        if over or not pressed:
            turn.replies.clear()
    elif over and turn.replies:
        turn.replies.clear()
        turn.remember(hushed_until=at + HUSH)
        if not turn.first.group:
            turn.say(t.SLOW)


EXECUTE: dict[type, Any] = {
    own.Repeated: repeated,
    own.OnlyLinks: only_links_sent,
    own.Unheard: unheard,
}
