"""What is counted and noted at a forum: who came, hands raised, reasons, notes, wordings, strikes."""

from typing import Any

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.dialogue.topics import running as f
from handlers.forum_log import Entry, log, meeting_of
from handlers.forum_screens import (
    asking,
    attendance_words,
    begin_buttons,
    following,
    item_buttons,
    meeting_on,
    no_longer_asking,
    say_item,
    say_votes,
    tell_attendance,
)
from handlers.messages import Button
from handlers.reports import NEW
from handlers.running import REASONS
from planning.forum_lines import ForumLine, Said, last_strikable

_STRUCK = {
    Said.ATTENDANCE: "STRUCK_ATTENDANCE",
    Said.VOTES: "STRUCK_VOTES",
    Said.RESOLVE: "STRUCK_RESOLVE",
    Said.AMEND: "STRUCK_AMEND",
    Said.NOTE: "STRUCK_NOTE",
    Said.BEGIN: "STRUCK_BEGIN",
    Said.END: "STRUCK_END",
}


# who came


async def ask_attendance(turn: Turn, intent: f.AskAttendance) -> None:
    """Say what was counted so far and ask again."""
    meeting = await meeting_of(turn)
    if meeting is None:
        return
    turn.outcome = "attendance"
    so_far = attendance_words(meeting) if meeting.record.attendance.present else []
    turn.say("\n".join([*so_far, t.ASK_PEOPLE]), *begin_buttons(meeting))
    asking(turn, Step.ASK_PEOPLE)


async def say_attendance(turn: Turn, intent: f.SayAttendance) -> None:
    """How many people and households came."""
    meeting = await meeting_of(turn)
    if meeting is None:
        return
    said = {"people": intent.people, "households": intent.households}
    if intent.each:
        said["households"] = meeting.record.attendance.present
    content = {name: number for name, number in said.items() if number is not None}
    meeting = await log(turn, meeting, Entry(said=Said.ATTENDANCE, content=content))
    no_longer_asking(turn, Step.ASK_PEOPLE)
    turn.outcome = f"attendance:{meeting.forum.code}"
    tell_attendance(turn, meeting)


# hands raised


async def ask_hands(turn: Turn, intent: f.AskHands) -> None:
    """Ask how many are for an item and how many against."""
    meeting = await meeting_on(turn, intent.item)
    if meeting is None:
        return
    turn.outcome = "ask_hands"
    present = meeting.record.attendance.present
    everybody = (
        (
            Button(
                label=t.BUTTON_EVERYBODY.format(count=present),
                data=f"hands:{intent.item}:all",
            ),
        )
        if present
        else ()
    )
    turn.say(t.ASK_HANDS.format(number=intent.item), *everybody)
    asking(turn, Step.ASK_HANDS, intent.item)


async def count_hands(turn: Turn, intent: f.CountHands) -> None:
    """Keep the hands counted; more than came are asked about once, and kept if insisted."""
    meeting = await meeting_of(turn)
    if meeting is None:
        return
    item = intent.item or meeting.record.open_item or 0
    present = meeting.record.attendance.present
    turn.outcome = "no_votes"
    if intent.item and not 1 <= item <= len(meeting.items):
        turn.say(t.NO_ITEM.format(last=len(meeting.items)))
        return
    if intent.everybody and not present:
        turn.say(t.VOTES_NONE)
        asking(turn, Step.ASK_HANDS, item)
        return
    votes = (present, 0, 0)
    if not intent.everybody:
        votes = (intent.for_it, intent.against, intent.abstained)
    if not intent.sure and _too_many(turn, item, votes, present):
        return
    named = {"for": votes[0], "against": votes[1], "abstained": votes[2]}
    where = {} if intent.item else {"here": True}
    meeting = await log(
        turn, meeting, Entry(said=Said.VOTES, item=intent.item or None, content={**named, **where})
    )
    turn.remember(votes=None)
    no_longer_asking(turn, Step.ASK_HANDS)
    turn.outcome = f"votes:{meeting.forum.code}/{item}"
    if not item:  # what they are of may still be on its way
        turn.say(t.HANDS_HERE_NONE, *begin_buttons(meeting))
        return
    say_votes(turn, meeting, item)


def _too_many(turn: Turn, item: int, votes: tuple[int, int, int], present: int) -> bool:
    total, said = sum(votes), (item, votes[0], votes[1])
    if not present or total <= present or turn.conversation.votes == said:
        return False
    turn.remember(votes=said)
    turn.outcome = "votes_many"
    numbers = ":".join(map(str, (item, *votes)))
    turn.say(
        t.VOTES_MORE.format(total=total, present=present),
        Button(label=t.BUTTON_KEEP_VOTES, data=f"hands:{numbers}:sure"),
        Button(label=t.BUTTON_COUNT_AGAIN, data=f"hands:{item}"),
    )
    return True


# words


def _masked(turn: Turn) -> str | None:
    """The typed words without names and numbers of people; None, and says why, where they are secret."""
    reading = turn.readings.get(NEW)
    seen = reading.understanding if reading else None
    if seen is None or seen.confidential.on:
        turn.outcome = "not_into_minutes"
        turn.say(t.NOT_INTO_MINUTES)
        return None
    return " ".join(seen.masked.split())


async def give_reason(turn: Turn, intent: f.GiveReason) -> None:
    """Why an item was rejected or put off."""
    meeting = await meeting_on(turn, intent.item)
    if meeting is None:
        return
    known = intent.choice is not None and 0 <= intent.choice < len(REASONS)
    words = getattr(t, REASONS[intent.choice or 0]) if known else _masked(turn)
    if words is None:
        return
    no_longer_asking(turn, Step.ASK_WHY_NOT)
    reason = {"reason": words}
    meeting = await log(turn, meeting, Entry(said=Said.RESOLVE, item=intent.item, content=reason))
    turn.outcome = f"reason:{meeting.forum.code}/{intent.item}"
    said = t.WHY_KEPT.format(number=intent.item, words=words)
    turn.say(said, *following(meeting, intent.item))


async def ask_note(turn: Turn, intent: f.AskNote) -> None:
    """Ask what to note."""
    meeting = await meeting_of(turn)
    if meeting is None:
        return
    turn.outcome = "ask_note"
    turn.say(t.ASK_NOTE)
    here = meeting.record.open_item if intent.item == 0 else intent.item
    asking(turn, Step.ASK_NOTE, here or 0)


async def take_note(turn: Turn, intent: f.TakeNote) -> None:
    """Note words, with an item or with none."""
    meeting = await meeting_of(turn)
    words = _masked(turn) if meeting else None
    if meeting is None or words is None:
        return
    no_longer_asking(turn, Step.ASK_NOTE)
    where = {"here": True} if intent.item == 0 else {}
    note = Entry(said=Said.NOTE, item=intent.item or None, content={"text": words, **where})
    item = intent.item if intent.item != 0 else meeting.record.open_item
    meeting = await log(turn, meeting, note)
    turn.outcome = f"note:{meeting.forum.code}"
    phrase = t.NOTE_KEPT_ITEM if item else t.NOTE_KEPT
    open_still = item and not meeting.kept(item).settled
    buttons = item_buttons(meeting, item) if item and open_still else following(meeting, item or 0)
    turn.say(phrase.format(number=item, words=words), *buttons)


async def ask_wording(turn: Turn, intent: f.AskWording) -> None:
    """Ask how an item is to read."""
    meeting = await meeting_on(turn, intent.item)
    if meeting is None:
        return
    turn.outcome = "ask_wording"
    turn.say(t.ASK_WORDING.format(number=intent.item, line=meeting.line(intent.item)))
    asking(turn, Step.ASK_WORDING, intent.item)


async def amend(turn: Turn, intent: f.AmendItem) -> None:
    """Keep the wording as the forum amended it."""
    meeting = await meeting_on(turn, intent.item)
    words = _masked(turn) if meeting else None
    if meeting is None or words is None:
        return
    no_longer_asking(turn, Step.ASK_WORDING)
    meeting = await log(
        turn, meeting, Entry(said=Said.AMEND, item=intent.item, content={"line": words})
    )
    turn.outcome = f"amended:{meeting.forum.code}/{intent.item}"
    turn.say(t.WORDING_KEPT.format(number=intent.item, words=words))
    say_item(turn, meeting, intent.item)


# taking back


async def strike_last(turn: Turn, intent: f.StrikeLast) -> None:
    """Strike out the last thing recorded; the log keeps both."""
    meeting = await meeting_of(turn)
    if meeting is None:
        return
    lines = await turn.uow.running.lines(meeting.forum.id)
    last = last_strikable(x for x in lines if x.said_at <= turn.utterance.last_at)
    meeting = await log(turn, meeting, Entry(said=Said.STRIKE))
    turn.outcome = "nothing_to_strike"
    if last is None:
        turn.say(t.STRUCK_NONE)
        return
    turn.outcome = f"struck:{meeting.forum.code}"
    item = last.item_number
    turn.say(t.STRUCK.format(what=_named(last)), *following(meeting, (item or 1) - 1))


def _named(line: ForumLine) -> str:
    phrase: str = getattr(t, _STRUCK.get(line.said, "STRUCK_OTHER"))
    return phrase.format(number=line.item_number or "")


EXECUTE: dict[type, Any] = {
    f.AskAttendance: ask_attendance,
    f.SayAttendance: say_attendance,
    f.AskHands: ask_hands,
    f.CountHands: count_hands,
    f.GiveReason: give_reason,
    f.AskNote: ask_note,
    f.TakeNote: take_note,
    f.AskWording: ask_wording,
    f.AmendItem: amend,
    f.StrikeLast: strike_last,
}
