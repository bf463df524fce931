"""Votes at a forum on the phones of those who checked in there."""

from datetime import timedelta
from typing import Any

from handlers.checking_in import attended, personal_line
from handlers.context import Turn, notify
from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.dialogue.topics import running as f
from handlers.forum_log import Entry, Meeting, event_key, log, record_of
from handlers.forum_screens import asking, meeting_on, say_votes
from handlers.messages import Button, Reply
from handlers.quota import spending
from planning.forum_lines import (
    ABSTAIN,
    AGAINST,
    FOR,
    ForumLine,
    Said,
    in_order,
    poll_open_at,
)
from planning.forum_record import Votes
from planning.forums import Forum, ForumState
from planning.pushes import Rank
from planning.reports import Channel

_PHRASE = {FOR: "BALLOT_FOR", AGAINST: "BALLOT_AGAINST", ABSTAIN: "BALLOT_ABSTAIN"}
_COUNTED = frozenset({Channel.LINE})
"""Channels on which a message sent unasked counts."""
_POLL_LIFE = timedelta(minutes=30)


# polls, for the chair


async def open_poll(turn: Turn, intent: f.OpenPoll) -> None:
    """Ask those who checked in, on their phones: unasked where that is free, else when told to."""
    meeting = await meeting_on(turn, intent.item)
    if meeting is None:
        return
    if not meeting.record.attendance.checked_in:
        turn.outcome = "nobody_checked_in"
        turn.say(
            t.POLL_NOBODY,
            Button(label=t.BUTTON_CHECK_IN, data="checkin"),
            Button(label=t.BUTTON_HANDS, data=f"hands:{intent.item}"),
        )
        return
    if intent.paid:
        await _send_paid(turn, meeting, intent.item)
        return
    by = {"by": turn.settings.forum_vote_by}
    meeting = await log(turn, meeting, Entry(said=Said.OPEN_POLL, item=intent.item, content=by))
    turn.outcome = f"poll:{meeting.forum.code}/{intent.item}"
    sent = await _ask_all(turn, meeting, intent.item, set(Channel) - _COUNTED)
    paid = len(await _paid_only(turn, meeting))
    count = meeting.record.attendance.checked_in
    lines = [t.POLL_OPENED.format(number=intent.item, count=count, sent=sent)]
    if paid:
        month = await spending(turn.uow, turn.settings, turn.now)
        left = max(0, month.limit - month.reserve - month.used)
        lines.append(t.POLL_PAID.format(count=paid, left=left))
    turn.say("\n".join(lines), *_poll_buttons(intent.item, paid))


def _poll_buttons(item: int, paid: int = 0) -> tuple[Button, ...]:
    send = (Button(label=t.BUTTON_POLL_PAID.format(count=paid), data=f"poll:{item}:paid"),)
    return (
        Button(label=t.BUTTON_POLL_SHOW, data=f"poll:{item}:show"),
        Button(label=t.BUTTON_POLL_CLOSE, data=f"poll:{item}:close"),
        *(send if paid else ()),
    )


async def _send_paid(turn: Turn, meeting: Meeting, item: int) -> None:
    turn.outcome = "poll_sent"
    if not meeting.kept(item).polling:
        turn.say(t.POLL_OVER)
        return
    sent = await _ask_all(turn, meeting, item, set(_COUNTED), await _paid_only(turn, meeting))
    turn.say(t.POLL_SENT.format(sent=sent), *_poll_buttons(item))


async def _paid_only(turn: Turn, meeting: Meeting) -> list[int]:
    """Those who checked in and can be reached by no channel that is free."""
    found = []
    for person_id in await turn.uow.running.comers(meeting.forum.id):
        channels = {a.channel for a in await turn.uow.people.addresses(person_id)}
        if person_id != turn.person.id and channels and channels <= _COUNTED:
            found.append(person_id)
    return found


async def _ask_all(
    turn: Turn, meeting: Meeting, item: int, channels: set[Channel], whom: list[int] | None = None
) -> int:
    """Send the question on an item; how many it went to."""
    key, sent = event_key(turn), 0
    comers = await turn.uow.running.comers(meeting.forum.id) if whom is None else whom
    for person_id in comers:
        person = await turn.uow.people.by_id(person_id)
        with t.speaking(t.spoken(person.language, turn.settings.tone)):
            reply = _question(meeting.forum, item, meeting.line(item))
        sent += await notify(
            turn.uow,
            person_id,
            channels,
            reply,
            f"poll:{key}:{person_id}",
            turn.now,
            rank=Rank.ANSWER,
            useful_until=turn.now + _POLL_LIFE,
        )
    return sent


def _question(forum: Forum, item: int, line: str) -> Reply:
    buttons = (
        Button(label=getattr(t, phrase), data=f"ballot:{forum.code}:{item}:{choice}")
        for choice, phrase in _PHRASE.items()
    )
    return Reply(text=t.POLL_ASK.format(number=item, line=line), buttons=tuple(buttons))


async def show_poll(turn: Turn, intent: f.ShowPoll) -> None:
    """How the poll on an item stands."""
    meeting = await meeting_on(turn, intent.item)
    if meeting is None:
        return
    turn.outcome = "poll_shown"
    kept = meeting.kept(intent.item)
    if not kept.polling or kept.votes is None:
        say_votes(turn, meeting, intent.item)
        return
    turn.say(_stands(meeting, intent.item, kept.votes), *_poll_buttons(intent.item))


def _stands(meeting: Meeting, item: int, votes: Votes) -> str:
    return t.POLL_STANDS.format(
        number=item,
        voted=votes.total,
        count=meeting.record.attendance.checked_in,
        for_it=votes.for_it,
        against=votes.against,
        abstained=votes.abstained,
    )


async def close_poll(turn: Turn, intent: f.ClosePoll) -> None:
    """The poll on an item is over; what it says, and the ways to decide."""
    meeting = await meeting_on(turn, intent.item)
    if meeting is None:
        return
    meeting = await log(turn, meeting, Entry(said=Said.CLOSE_POLL, item=intent.item))
    turn.outcome = f"poll_closed:{meeting.forum.code}/{intent.item}"
    say_votes(turn, meeting, intent.item)


# polls, for those who came


async def poll_now(turn: Turn, intent: f.PollNow) -> None:
    """What is being voted on at the forum the person checked in at."""
    forum = await attended(turn)
    if forum is None:
        return
    turn.outcome = "poll_now"
    version = await turn.uow.forums.latest_version(forum.id)
    kept = await record_of(turn.uow, forum)
    open_ones = [item for item in kept.items if item.polling]
    if version is None or not open_ones:
        turn.say(t.POLL_NONE, Button(label=t.BUTTON_VOTE, data="pollnow"))
        return
    for item in open_ones:
        line = item.line or version.content.items[item.number - 1].line
        turn.replies.append(_question(forum, item.number, line))


async def cast(turn: Turn, intent: f.CastBallot) -> None:
    """A vote by phone of somebody who checked in; their last word before the poll's end counts."""
    forum = await turn.uow.forums.by_code(intent.forum_code)
    known = await turn.uow.running.comer(forum.id, turn.person.id) if forum else None
    turn.outcome = "no_ballot"
    if forum is None or known is None:
        turn.say(
            t.POLL_OVER if forum and forum.state is ForumState.CLOSED else t.POLL_CHECK_IN_FIRST
        )
        return
    lines = await turn.uow.running.lines(forum.id)
    opened = poll_open_at(lines, intent.item, turn.utterance.last_at)
    if opened is None:
        turn.say(t.POLL_OVER, Button(label=t.BUTTON_VOTE, data="pollnow"))
        return
    comer, house_known = known
    if opened.content.get("by") == "household":
        if not house_known:
            turn.say(t.ASK_HOUSE_TO_VOTE)
            asking(turn, Step.ASK_HOUSE)
            return
        if _house_has_voted(lines, opened, comer):
            turn.say(t.BALLOT_HOUSE.format(number=intent.item))
            return
    ballot = personal_line(turn, forum, Said.BALLOT, intent.item)
    await turn.uow.running.vote(ballot, comer, intent.choice)
    turn.outcome = f"ballot:{forum.code}/{intent.item}"
    turn.say(
        t.BALLOT_KEPT.format(number=intent.item, choice=getattr(t, _PHRASE[intent.choice])),
        *_question(forum, intent.item, "").buttons,
        Button(label=t.BUTTON_VOTE, data="pollnow"),
    )
    await _tell_when_all(turn, forum, opened)


def _house_has_voted(lines: tuple[ForumLine, ...], opened: ForumLine, comer: str) -> bool:
    """Whether somebody else of the comer's house voted first in this poll."""
    came = [x for x in in_order(lines) if x.said is Said.CHECK_IN]
    house = next(
        (
            x.content.get("household")
            for x in reversed(came)
            if x.content.get("comer") == comer and x.content.get("household")
        ),
        "",
    )
    first = next(
        (
            x.content.get("comer")
            for x in in_order(lines)
            if x.said is Said.BALLOT
            and x.item_number == opened.item_number
            and x.said_at >= opened.said_at
            and x.content.get("household") == house
        ),
        comer,
    )
    return first != comer


async def _tell_when_all(turn: Turn, forum: Forum, opened: ForumLine) -> None:
    """Whoever opened a poll hears, once, that all who checked in have voted."""
    kept = await record_of(turn.uow, forum)
    item = kept.item(opened.item_number or 0)
    votes = item.votes if item else None
    if votes is None or votes.total < kept.attendance.checked_in or opened.actor_id is None:
        return
    with t.speaking(t.THAI):
        number = opened.item_number or 0
        reply = Reply(text=t.POLL_ALL.format(number=number), buttons=_poll_buttons(number))
    await notify(
        turn.uow,
        opened.actor_id,
        set(),
        reply,
        f"poll:{forum.code}:{opened.key}:all",
        turn.now,
        rank=Rank.ANSWER,
        useful_until=turn.now + _POLL_LIFE,
    )


EXECUTE: dict[type, Any] = {
    f.OpenPoll: open_poll,
    f.ShowPoll: show_poll,
    f.ClosePoll: close_poll,
    f.PollNow: poll_now,
    f.CastBallot: cast,
}
