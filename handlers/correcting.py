"""Putting the minutes right before they are closed: names, times, the day, who else came."""

import re
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from handlers.agendas import numbered
from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.clocks import CLOCK, hour_of
from handlers.dialogue.state import Step
from handlers.dialogue.topics import minutes as m
from handlers.dialogue.words import read_command
from handlers.forum_log import Entry, Meeting, log, meeting_of
from handlers.messages import Button
from planning.forum_record import Said
from planning.forums import ForumState
from planning.thai import BANGKOK, arabic_digits, chat_date

_LONGEST_NAME = 60
_OFFICES = (m.Part.CHAIR, m.Part.RECORDER, m.Part.CHECKER)
_NUMBERS = re.compile(r"[+(]?\d[\d\s()./-]{3,}\d|\d{4,}")
"""Numbers that name somebody (phone, card), which have no place beside a name."""


async def correct(turn: Turn, intent: m.CorrectMinutes) -> None:
    """What of the minutes can be put right, or the question what a part of them is to be."""
    meeting = await _meeting(turn)
    if meeting is None:
        return
    turn.outcome = "correcting"
    if intent.part is None:
        parts = [part for part in m.Part if _fits(meeting, part)]
        buttons = (Button(label=t.of_part(part), data=f"mn:fix:{part}") for part in parts)
        turn.say(t.MINUTES_FIX.format(ways=t.MINUTES_WAYS), *buttons)
        return
    turn.remember(step=Step.ASK_MINUTES, asked_for=intent.part, asked_at=turn.utterance.last_at)
    adopted = Button(label=t.BUTTON_ADOPTED, data=f"mn:set:{m.Part.ADOPTED}")
    turn.say(t.ask_part(intent.part), *((adopted,) if intent.part is m.Part.ADOPTED else ()))


def _fits(meeting: Meeting, part: m.Part) -> bool:
    return part is not m.Part.ADOPTED or meeting.version.content.previous is not None


async def _meeting(turn: Turn) -> Meeting | None:
    """The forum that is being held or written up; says so where there is none."""
    meeting = await meeting_of(turn, t.FORUM_NONE)
    if meeting and meeting.forum.state is ForumState.PREPARING:
        turn.outcome = "no_forum"
        turn.say(t.FORUM_NONE)
        return None
    return meeting


async def set_part(turn: Turn, intent: m.SetPart) -> None:
    """A part of the minutes is what was said; it is a line of the log like any other."""
    meeting = await _meeting(turn)
    if meeting is None:
        return
    text = " ".join(intent.text.split())
    match intent.part:
        case m.Part.CHAIR | m.Part.RECORDER | m.Part.CHECKER:
            name = plain_name(text)
            entry = Entry(said=Said.OFFICE, content={intent.part.value: name})
            await _noted(turn, meeting, intent.part, entry, name)
        case m.Part.GUEST:
            name = plain_name(text)
            entry = Entry(said=Said.GUEST, content={"text": name})
            await _noted(turn, meeting, intent.part, entry, name)
        case m.Part.ADOPTED:
            await _adopt(turn, meeting, text)
        case m.Part.BEGAN | m.Part.ENDED:
            await _set_clock(turn, meeting, intent.part, text)
        case m.Part.DAY:
            await _set_day(turn, meeting, text)


def plain_name(text: str) -> str:
    """A name without numbers that name somebody, at most 60 letters."""
    return " ".join(_NUMBERS.sub(" ", arabic_digits(text)).split())[:_LONGEST_NAME].strip()


async def _noted(turn: Turn, meeting: Meeting, part: m.Part, entry: Entry, words: str) -> None:
    if not words:
        await correct(turn, m.CorrectMinutes(part=part))
        return
    await log(turn, meeting, entry)
    _done(turn, part, words)


def _done(turn: Turn, part: m.Part, words: str) -> None:
    turn.outcome = f"corrected:{part}"
    if turn.conversation.step is Step.ASK_MINUTES:
        turn.remember(step=Step.IDLE, asked_for="", asked_at=None)
    turn.say(
        t.MINUTES_PART_DONE.format(part=t.of_part(part), words=words),
        Button(label=t.BUTTON_MINUTES_SHOW, data="mn:show"),
        Button(label=t.BUTTON_MINUTES_FIX, data="mn:fix"),
    )


async def _adopt(turn: Turn, meeting: Meeting, changes: str) -> None:
    if meeting.version.content.previous is None:
        turn.outcome = "no_previous"
        turn.say(t.MINUTES_NO_PREVIOUS)
        return
    await log(turn, meeting, Entry(said=Said.ADOPT, content={"changes": changes}))
    _done(turn, m.Part.ADOPTED, changes or t.MINUTES_ADOPTED)


async def _set_clock(turn: Turn, meeting: Meeting, part: m.Part, text: str) -> None:
    """A time on the day of the forum. To say when it ended is no way to end it."""
    clock = _clock_in(text)
    if part is m.Part.ENDED and meeting.record.ended_at is None:
        turn.outcome = "not_ended"
        turn.say(t.MINUTES_NOT_ENDED, Button(label=t.BUTTON_END_FORUM, data="endforum"))
        return
    if clock is None:
        turn.outcome = "bad_clock"
        turn.say(t.MINUTES_BAD_CLOCK)
        return
    began = meeting.record.began_at or turn.utterance.last_at
    day = meeting.forum.held_on or began.astimezone(BANGKOK).date()
    at = datetime.combine(day, clock, BANGKOK)
    said = Said.BEGIN if part is m.Part.BEGAN else Said.END
    await log(turn, meeting, Entry(said=said, content={"at": at.isoformat()}))
    _done(turn, part, clock.strftime("%H.%M น."))


def _clock_in(text: str) -> time | None:
    found = CLOCK.search(arabic_digits(text))
    hour, minute = hour_of(found) if found else (99, 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


async def _set_day(turn: Turn, meeting: Meeting, text: str) -> None:
    day = _day_in(text)
    if day is None:
        turn.outcome = "bad_day"
        turn.say(t.MINUTES_BAD_DAY)
        return
    held = await numbered(turn.uow, replace(meeting.forum, held_on=day))
    await turn.uow.forums.update(held)
    await turn.audit("forum held on", meeting.forum.code, day.isoformat())
    _done(turn, m.Part.DAY, chat_date(day))


def _day_in(text: str) -> date | None:
    told = read_command(f"นัดประชุม {text}")
    return told.held_on if isinstance(told, i.Convene) else None


EXECUTE: dict[type, Any] = {m.CorrectMinutes: correct, m.SetPart: set_part}
