"""What the desk asks for in words, and what becomes of the answer."""

from typing import Any

from handlers.context import Turn
from handlers.desk import at_desk, back
from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.dialogue.topics import desk as d
from handlers.messages import Button
from planning.issues import OPEN_STATES, Issue, IssueState

ENDABLE = OPEN_STATES | {IssueState.VILLAGE_WORK, IssueState.PASSED_UP, IssueState.REJECTED}
"""Matters that the village may still be done with by itself; of others the officers tell."""
_OFFERED = 11


def may_end(turn: Turn, issue: Issue) -> bool:
    """Whether the village may still be done with it; says so when not."""
    if issue.state in ENDABLE:
        return True
    turn.outcome = "desk_over"
    turn.say(t.DESK_ENDING_NOT.format(state=t.of_state(issue.state)), back(issue))
    return False


def wait_for(turn: Turn, issue: Issue, what: d.Typed, of: int = 0) -> None:
    """From now on the desk waits for words, or for numbers of so many tellings."""
    turn.remember(
        step=Step.ASK_DESK,
        desk=f"{what.value}.{of}" if of else what.value,
        issue_code=issue.code,
        asked_at=turn.utterance.last_at,
    )


def answered(turn: Turn) -> None:
    """Nothing is asked any more."""
    turn.remember(step=Step.IDLE, desk="", issue_code="", asked_at=None)


async def ask(turn: Turn, intent: d.AskDesk) -> None:
    """Ask for words, showing what stands there now."""
    issue = await at_desk(turn, intent.code)
    if issue is None:
        return
    turn.outcome = f"desk_asks:{intent.what}"
    if intent.what in (d.Typed.CLOSE, d.Typed.VILLAGE) and not may_end(turn, issue):
        return
    standing = await turn.uow.issues.standing(issue.id)
    place = issue.place or t.DESK_NO_PLACE
    people = standing.people + standing.supporters
    words = {
        d.Typed.LINE: t.DESK_ASK_LINE.format(line=issue.neutral_line),
        d.Typed.PLACE: t.DESK_ASK_PLACE.format(place=place),
        d.Typed.CLOSE: t.DESK_ASK_CLOSE.format(people=people),
        d.Typed.VILLAGE: t.DESK_ASK_VILLAGE,
        d.Typed.MERGE: t.DESK_ASK_MERGE,
        d.Typed.SPLIT: t.DESK_SPLIT_HEAD,
    }[intent.what]
    buttons = villages_near(turn, issue) if intent.what is d.Typed.VILLAGE else ()
    turn.say(words, *buttons, ask_location=intent.what is d.Typed.PLACE)
    wait_for(turn, issue, intent.what)


def villages_near(turn: Turn, issue: Issue) -> tuple[Button, ...]:
    """Villages of the same tambon, those near first."""
    home = turn.areas.get(issue.village_code)
    near = turn.areas.around(home, turn.settings.neighbour_m) if home else ()
    same = [v for v in turn.areas.all() if v.code[:6] == issue.village_code[:6]]
    others = sorted((v for v in same if v != home), key=lambda v: (v.code not in near, v.code))
    return tuple(
        Button(label=v.title, data=f"dk:on:{issue.code}:{v.code}") for v in others[:_OFFERED]
    )


EXECUTE: dict[type, Any] = {d.AskDesk: ask}
