"""Running a forum from a phone: one item at a time, votes, resolutions; each word is a line of the log."""

from typing import Any

from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.forum_log import Entry, Meeting, log, meeting_of
from handlers.messages import Button
from planning.forum_record import ItemRecord, Said
from planning.forums import OUTCOME_TH, WAY_TH, Outcome, Way


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


async def offer_resolution(turn: Turn, intent: i.OfferResolution) -> None:
    """Show one item with the outcomes (or, once approved, the ways) as buttons."""
    meeting = await meeting_on(turn, intent.item)
    if meeting is None:
        return
    if intent.outcome is Outcome.APPROVED:
        await resolve(turn, i.Resolve(item=intent.item, outcome=Outcome.APPROVED))
        return
    turn.outcome = "item"
    item = meeting.items[intent.item - 1]
    turn.say(
        t.ITEM.format(
            number=item.number,
            last=len(meeting.items),
            line=meeting.line(item.number),
            people=item.people,
        ),
        Button(label=OUTCOME_TH[Outcome.APPROVED], data=f"vote:{item.number}:approved"),
        Button(label=OUTCOME_TH[Outcome.REJECTED], data=f"res:{item.number}:rejected"),
        Button(label=OUTCOME_TH[Outcome.POSTPONED], data=f"res:{item.number}:postponed"),
    )


async def resolve(turn: Turn, intent: i.Resolve) -> None:
    """Record what the forum resolved on an item; it takes effect when the minutes are closed."""
    meeting = await meeting_on(turn, intent.item)
    if meeting is None or _doubted(turn, intent):
        return
    said = []
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
    left = meeting.left()
    after = t.ALL_RESOLVED if not left else ""
    upcoming = next((n for n in left if n > kept.number), next(iter(left), None))
    following = (Button(label=t.BUTTON_NEXT, data=f"item:{upcoming}"),) if upcoming else ()
    line = t.RESOLVED.format(number=kept.number, **decided_words(kept))
    turn.say("\n".join(filter(None, (line, after))), *following)


def decided_words(kept: ItemRecord) -> dict[str, str]:
    """`outcome`, `votes` and `way` of what was decided on an item; "" where there is none."""
    votes = ""
    if kept.votes:
        votes = f" {kept.votes.for_it} ต่อ {kept.votes.against} เสียง"
    return {
        "outcome": OUTCOME_TH[kept.outcome] if kept.outcome else "",
        "votes": votes,
        "way": f" {WAY_TH[kept.way]}" if kept.way else "",
    }


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


EXECUTE: dict[type, Any] = {
    i.OfferResolution: offer_resolution,
    i.Resolve: resolve,
}
