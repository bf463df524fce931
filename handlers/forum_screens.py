"""What a head sees while a forum runs: who came, one item, its votes, what comes next."""

from math import ceil

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.forum_log import Meeting, meeting_of
from handlers.messages import Button
from planning.forum_record import ItemRecord
from planning.forums import OUTCOME_TH, WAY_TH, Outcome, Way


def asking(turn: Turn, step: Step, item: int = 0) -> None:
    """Wait for an answer about an item."""
    turn.remember(step=step, item=item, asked_at=turn.utterance.last_at)


def no_longer_asking(turn: Turn, *steps: Step) -> None:
    """The question just answered is not waited for any more."""
    if turn.conversation.step in steps:
        turn.remember(step=Step.IDLE, item=0, asked_at=None)


async def meeting_on(turn: Turn, number: int) -> Meeting | None:
    """The forum being held, where its agenda has an item of that number; says why where not."""
    meeting = await meeting_of(turn)
    if meeting is None:
        return None
    turn.outcome = "no_item"
    if not meeting.items:
        turn.say(t.NO_AGENDA, Button(label=t.BUTTON_AGENDA, data="agenda"))
        return None
    if not 1 <= number <= len(meeting.items):
        turn.say(t.NO_ITEM.format(last=len(meeting.items)))
        return None
    return meeting


def tell_attendance(turn: Turn, meeting: Meeting, head: str = "") -> None:
    """Who came, against the quorum; asks for the households where only people were counted."""
    lines = [head] if head else []
    lines += attendance_words(meeting)
    came, households = meeting.record.attendance, meeting.village.households
    if came.people and came.households is None and households:
        lines.append(t.ASK_HOUSEHOLDS.format(all=households))
        each = Button(label=t.BUTTON_EACH_HOUSE, data="came:each")
        turn.say("\n".join(lines), each, *begin_buttons(meeting))
        asking(turn, Step.ASK_PEOPLE)
        return
    lines += quorum_words(turn, meeting)
    turn.say("\n".join(lines), *begin_buttons(meeting))


def begin_buttons(meeting: Meeting) -> tuple[Button, ...]:
    """On to the first item that is not decided, or to the end."""
    left = meeting.left()
    if not left:
        return following(meeting, 0)
    label = t.BUTTON_FIRST_ITEM.format(number=left[0])
    return (Button(label=label, data=f"item:{left[0]}"),)


def attendance_words(meeting: Meeting) -> list[str]:
    """Who came, as lines."""
    came, all_of_them = meeting.record.attendance, meeting.village.households
    lines = []
    if came.people:
        lines.append(t.CAME.format(people=came.people))
    if came.checked_in:
        lines.append(t.CAME_BY_PHONE.format(people=came.checked_in))
    if came.households is not None and all_of_them:
        percent = round(100 * came.households / all_of_them)
        lines.append(
            t.CAME_HOUSES.format(households=came.households, all=all_of_them, percent=percent)
        )
    elif came.households is not None:
        lines.append(t.CAME_HOUSES_ONLY.format(households=came.households))
    return lines


def quorum_words(turn: Turn, meeting: Meeting) -> list[str]:
    """Whether enough households came, in kind words; nothing where no quorum is set or known."""
    percent, all_of_them = turn.settings.forum_quorum_percent, meeting.village.households
    came = meeting.record.attendance.households
    if not (percent and all_of_them and came is not None):
        return []
    missing = ceil(all_of_them * percent / 100) - came
    if missing <= 0:
        return [t.QUORUM_MET.format(percent=percent)]
    return [t.QUORUM_SHORT.format(missing=missing, percent=percent)]


def upcoming_item(meeting: Meeting, after: int) -> int | None:
    """The next item that is not decided, from the first again after the last; None where all are."""
    left = meeting.left()
    return next((n for n in left if n > after), next(iter(left), None))


def say_item(turn: Turn, meeting: Meeting, number: int) -> None:
    """One item on one screen."""
    item, kept = meeting.items[number - 1], meeting.kept(number)
    text = t.ITEM.format(
        number=number, last=len(meeting.items), line=meeting.line(number), people=item.people
    )
    said = "".join(decided_words(kept).values()).strip()
    if said:
        text += f"\n{t.ITEM_SO_FAR.format(words=said)}"
    turn.say(text, *item_buttons(meeting, number))


def item_buttons(meeting: Meeting, number: int) -> tuple[Button, ...]:
    """What can be done with an item."""
    if not meeting.record.begun:
        return (Button(label=t.BUTTON_BEGIN, data="begin"), *_outcomes(number))
    return (*_outcomes(number), *_means(meeting, number))


def _outcomes(number: int) -> tuple[Button, ...]:
    return (
        Button(label=OUTCOME_TH[Outcome.APPROVED], data=f"vote:{number}:approved"),
        Button(label=OUTCOME_TH[Outcome.REJECTED], data=f"res:{number}:rejected"),
        Button(label=OUTCOME_TH[Outcome.POSTPONED], data=f"res:{number}:postponed"),
    )


def _means(meeting: Meeting, number: int) -> tuple[Button, ...]:
    found = [Button(label=t.BUTTON_HANDS, data=f"hands:{number}")]
    if meeting.record.attendance.checked_in:
        found.append(Button(label=t.BUTTON_POLL, data=f"poll:{number}"))
    found.append(Button(label=t.BUTTON_WORDING, data=f"word:{number}"))
    found.append(Button(label=t.BUTTON_NOTE, data=f"note:{number}"))
    upcoming = upcoming_item(meeting, number)
    if upcoming not in (None, number):
        found.append(
            Button(label=t.BUTTON_SKIP_TO.format(number=upcoming), data=f"item:{upcoming}")
        )
    return tuple(found)


def say_votes(turn: Turn, meeting: Meeting, number: int) -> None:
    """The votes on an item with the ways to decide it, the likelier first."""
    votes = meeting.kept(number).votes
    if votes is None:
        say_item(turn, meeting, number)
        return
    text = t.VOTES_KEPT.format(
        number=number, for_it=votes.for_it, against=votes.against, abstained=votes.abstained
    )
    again = Button(label=t.BUTTON_COUNT_AGAIN, data=f"hands:{number}")
    approved, against = decisions(number)
    ordered = (approved + against) if votes.for_it > votes.against else (against + approved)
    turn.say(text, *ordered, again)


def decisions(number: int) -> tuple[tuple[Button, ...], tuple[Button, ...]]:
    """The ways to approve an item, and not to."""
    approved = tuple(
        Button(label=f"{OUTCOME_TH[Outcome.APPROVED]} {WAY_TH[w]}", data=f"way:{number}:{w}")
        for w in Way
    )
    return approved, _outcomes(number)[1:]


def following(meeting: Meeting, after: int) -> tuple[Button, ...]:
    """What comes next: the next item, or the end."""
    upcoming = upcoming_item(meeting, after)
    if upcoming is not None:
        return (Button(label=t.BUTTON_NEXT, data=f"item:{upcoming}"),)
    ended = meeting.record.ended_at is not None
    return (
        Button(label=t.BUTTON_PROGRESS, data="progress"),
        Button(label=t.BUTTON_NOTE, data="note:0"),
        Button(label=t.BUTTON_MINUTES_SHOW, data="mn:show")
        if ended
        else Button(label=t.BUTTON_END_FORUM, data="endforum"),
    )


def decided_words(kept: ItemRecord) -> dict[str, str]:
    """`outcome`, `votes` and `way` of what was decided on an item; "" where there is none."""
    votes = ""
    if kept.votes:
        votes = f" {kept.votes.for_it} ต่อ {kept.votes.against} เสียง"
        votes += f" งด {kept.votes.abstained}" if kept.votes.abstained else ""
    return {
        "outcome": OUTCOME_TH[kept.outcome] if kept.outcome else "",
        "votes": votes,
        "way": f" {WAY_TH[kept.way]}" if kept.way else "",
    }
