"""Running a forum from a phone: one item at a time, votes, resolutions; each word is a line of the log."""

from datetime import datetime
from typing import Any

from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.dialogue.topics import running as f
from handlers.dialogue.topics.minutes import ShowMinutes
from handlers.forum_log import Entry, Meeting, log, meeting_of
from handlers.forum_screens import (
    asking,
    begin_buttons,
    decided_words,
    following,
    meeting_on,
    say_item,
    tell_attendance,
    upcoming_item,
)
from handlers.heads import runs_forum_of
from handlers.messages import Button
from handlers.minutes import show_minutes
from planning.forum_lines import Said
from planning.forum_record import ItemRecord
from planning.forums import WAY_TH, ForumState, Outcome, Way
from planning.thai import BANGKOK

REASONS = ("WHY_BUDGET", "WHY_WAIT", "WHY_LATER")
"""Phrases of the reasons that can be pressed."""


async def begin(turn: Turn, intent: f.BeginMeeting) -> None:
    """The meeting begins, or goes on after it was ended by mistake."""
    meeting = await meeting_of(turn)
    if meeting is None:
        return
    before = meeting.forum.state
    meeting = await log(turn, meeting, Entry(said=Said.BEGIN))
    turn.outcome = f"begun:{meeting.forum.code}"
    forum = meeting.forum
    began = meeting.record.began_at or turn.utterance.last_at
    phrase = t.BEGUN if before is ForumState.PREPARING else t.BEGUN_AGAIN
    head = phrase.format(
        number=forum.number, year=forum.year_be, time=_clock(began), count=len(meeting.items)
    )
    if meeting.record.attendance.present or before is not ForumState.PREPARING:
        tell_attendance(turn, meeting, head)
        return
    turn.say(f"{head}\n{t.ASK_PEOPLE}", *begin_buttons(meeting))
    asking(turn, Step.ASK_PEOPLE)


def _clock(at: datetime) -> str:
    return at.astimezone(BANGKOK).strftime("%H.%M")


async def show_item(turn: Turn, intent: i.OfferResolution) -> None:
    """Show one item with what can be done; an outcome pressed is recorded at once."""
    if intent.outcome is not None:
        await resolve(turn, i.Resolve(item=intent.item, outcome=intent.outcome))
        return
    meeting = await meeting_on(turn, intent.item)
    if meeting is None:
        return
    meeting = await log(turn, meeting, Entry(said=Said.OPEN_ITEM, item=intent.item))
    turn.outcome = "item"
    say_item(turn, meeting, intent.item)


async def next_item(turn: Turn, intent: f.NextItem) -> None:
    """The next item that is not decided; where all are, what was decided."""
    meeting = await meeting_of(turn)
    if meeting is None:
        return
    upcoming = upcoming_item(meeting, meeting.record.open_item or 0)
    if upcoming is None:
        await progress(turn, f.ShowProgress())
        return
    await show_item(turn, i.OfferResolution(item=upcoming))


async def resolve(turn: Turn, intent: i.Resolve) -> None:
    """Record what the forum resolved on an item; it takes effect when the minutes are closed."""
    meeting = await meeting_on(turn, intent.item)
    if meeting is None or _doubted(turn, intent):
        return
    said = []
    if meeting.kept(intent.item).polling:
        said.append(Entry(said=Said.CLOSE_POLL, item=intent.item))
    if intent.votes_for is not None:
        votes = {"for": intent.votes_for, "against": intent.votes_against or 0}
        said.append(Entry(said=Said.VOTES, item=intent.item, content=votes))
    content = {"outcome": intent.outcome.value}
    if intent.way:
        content["way"] = intent.way.value
    said.append(Entry(said=Said.RESOLVE, item=intent.item, content=content))
    meeting = await log(turn, meeting, *said)
    kept = meeting.kept(intent.item)
    turn.outcome = f"resolved:{meeting.forum.code}/{intent.item}"
    if not kept.settled:
        ways = (Button(label=WAY_TH[w], data=f"way:{intent.item}:{w}") for w in Way)
        turn.say(t.WAY.format(number=intent.item), *ways)
        return
    _say_resolved(turn, meeting, kept)


def _say_resolved(turn: Turn, meeting: Meeting, kept: ItemRecord) -> None:
    lines = [t.RESOLVED.format(number=kept.number, **decided_words(kept))]
    reasons: tuple[Button, ...] = ()
    if kept.outcome is not Outcome.APPROVED and not kept.reason:
        lines.append(t.ASK_WHY_NOT)
        reasons = tuple(
            Button(label=getattr(t, name), data=f"why:{kept.number}:{n}")
            for n, name in enumerate(REASONS)
        )
    upcoming = upcoming_item(meeting, kept.number)
    if upcoming is None:
        lines.append(t.ALL_RESOLVED)
    turn.say("\n".join(lines), *reasons, *following(meeting, kept.number))
    if reasons:
        asking(turn, Step.ASK_WHY_NOT, kept.number)


def _doubted(turn: Turn, intent: i.Resolve) -> bool:
    """Whether the numbers speak against the outcome, and were not said twice; asks once."""
    votes = (intent.item, intent.votes_for or 0, intent.votes_against or 0)
    known = intent.votes_for is not None
    odd = known and intent.outcome is Outcome.APPROVED and votes[1] <= votes[2]
    if not odd or turn.conversation.votes == votes:
        turn.remember(votes=None)
        return False
    turn.remember(votes=votes)
    turn.outcome = "votes_odd"
    turn.say(t.VOTES_ODD)
    return True


async def progress(turn: Turn, intent: f.ShowProgress) -> None:
    """Every item with what was decided so far; to villagers, what the last forum decided."""
    if runs_forum_of(turn.village, turn.grants, turn.areas) is None:
        await show_minutes(turn, ShowMinutes())
        return
    meeting = await meeting_of(turn)
    if meeting is None:
        return
    turn.outcome = "progress"
    forum, count = meeting.forum, len(meeting.items)
    head = t.PROGRESS_HEAD.format(
        number=forum.number, year=forum.year_be, done=count - len(meeting.left()), count=count
    )
    lines = [
        t.PROGRESS_LINE.format(
            number=item.number, line=meeting.line(item.number), words=_stands(item)
        )
        for item in meeting.record.items
    ]
    upcoming = upcoming_item(meeting, 0)
    turn.say("\n".join([head, *lines]), *following(meeting, (upcoming or 1) - 1))


def _stands(kept: ItemRecord) -> str:
    if kept.outcome is None:
        return t.PROGRESS_OPEN
    words = "".join(decided_words(kept).values())
    return words if kept.settled else f"{words} ({t.PROGRESS_NO_WAY})"


EXECUTE: dict[type, Any] = {
    f.BeginMeeting: begin,
    f.NextItem: next_item,
    f.ShowProgress: progress,
    i.OfferResolution: show_item,
    i.Resolve: resolve,
}
