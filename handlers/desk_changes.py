"""Correcting a matter at the desk: its line, its category, its place."""

import re
from dataclasses import replace
from typing import Any

from handlers.context import Turn
from handlers.desk import at_desk, back
from handlers.desk_held import value_of
from handlers.desk_prepared import DESK
from handlers.dialogue import texts as t
from handlers.dialogue.decency import decent
from handlers.dialogue.topics import desk as d
from handlers.messages import Button
from handlers.reports import turn_position
from planning.desk import DeskAction, DeskEvent, worded
from planning.issues import Issue
from planning.taxonomy import ALWAYS_CONFIDENTIAL, categories

_LONGEST = {d.Typed.LINE: 150, d.Typed.PLACE: 60, d.Typed.CLOSE: 300}
_SHORTEST = 4
_OFFERED = 11
_POLITE = re.compile(r"\s*(?:นะ)?(?:ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ)[\s!.]*$")


async def note(turn: Turn, issue: Issue, action: DeskAction, **content: Any) -> DeskEvent:
    """Write an act on a matter into the desk's log."""
    event = DeskEvent(
        id=0,
        issue_id=issue.id,
        action=action,
        at=turn.now,
        actor_id=turn.person.id,
        content=content,
    )
    await turn.audit(f"desk {action}", issue.code)
    return await turn.uow.desk.add(event)


def undo_button(issue: Issue, event: DeskEvent) -> Button:
    """The button that takes an act back."""
    return Button(label=t.BUTTON_DESK_UNDO, data=f"dk:undo:{issue.code}:{event.id}")


async def say_line(turn: Turn, issue: Issue, words: str) -> None:
    """The matter's line in the head's words; it stays so."""
    if words == issue.neutral_line:
        turn.outcome = "desk_same"
        turn.say(t.DESK_SAME, back(issue))
        return
    event = await reword(turn, issue, words)
    turn.outcome = f"reworded:{issue.code}"
    turn.say(t.DESK_LINE_DONE.format(line=words), back(issue), undo_button(issue, event))


async def reword(turn: Turn, issue: Issue, words: str) -> DeskEvent:
    """Keep the head's words as the matter's line."""
    event = await note(
        turn, issue, DeskAction.REWORD, before=issue.neutral_line, after=words
    )  # fmt: skip
    await turn.uow.issues.update(replace(issue, neutral_line=words))
    return event


def as_line(masked: str) -> str:
    """Masked words as a line has them, without the rudest and a last particle; "" where they do not fit."""
    words = _POLITE.sub("", decent(" ".join(masked.split())))
    return words if _SHORTEST <= len(words) <= _LONGEST[d.Typed.LINE] else ""


async def _line_for(turn: Turn, issue: Issue) -> str:
    """The machine's line as it would be now; "" where the head's own stays."""
    held = worded(await turn.uow.desk.of_issue(issue.id), issue.id, "neutral_line").held
    reading = turn.readings.get(DESK)
    return "" if held or reading is None else reading.line


async def say_place(turn: Turn, issue: Issue, words: str) -> None:
    """Where it is: words, a shared position, or both; the machine's line follows."""
    spot = turn_position(turn)
    line = await _line_for(turn, issue) or issue.neutral_line
    moved = replace(issue, place=words, position=spot, neutral_line=line)
    event = await note(
        turn,
        issue,
        DeskAction.RELOCATE,
        before=value_of(issue, "place"),
        after=value_of(moved, "place"),
        line=[issue.neutral_line, line],
    )
    await turn.uow.issues.update(moved)
    turn.outcome = f"relocated:{issue.code}"
    place = words or t.DESK_SPOT
    said = t.DESK_PLACE_DONE.format(place=place, line=line)
    turn.say(said, back(issue), undo_button(issue, event))


async def offer_kinds(turn: Turn, intent: d.OfferKinds) -> None:
    """Categories as buttons; those that are never public are the district's to give."""
    issue = await at_desk(turn, intent.code)
    if issue is None:
        return
    turn.outcome = f"desk_kinds:{issue.code}"
    open_ones = [c for c in categories() if c not in ALWAYS_CONFIDENTIAL and c != issue.category]
    page = open_ones[intent.skip : intent.skip + _OFFERED]
    buttons = [Button(label=t.of_category(c), data=f"dk:kind:{issue.code}:{c}") for c in page]
    after = intent.skip + len(page)
    if after < len(open_ones):
        buttons.append(Button(label=t.BUTTON_MORE, data=f"dk:kinds:{issue.code}:{after}"))
    turn.say(t.DESK_KIND_PICK, *buttons, back(issue))


async def set_kind(turn: Turn, intent: d.SetKind) -> None:
    """The matter's right category; the machine's line follows."""
    issue = await at_desk(turn, intent.code)
    if issue is None:
        return
    turn.outcome = "desk_same"
    known = intent.category in categories() and intent.category not in ALWAYS_CONFIDENTIAL
    if not known or intent.category == issue.category:
        turn.say(t.DESK_SAME if known else t.STALE, back(issue))
        return
    line = await _line_for(turn, issue) or issue.neutral_line
    event = await note(
        turn,
        issue,
        DeskAction.RECATEGORISE,
        before=issue.category,
        after=intent.category,
        line=[issue.neutral_line, line],
    )
    await turn.uow.issues.update(replace(issue, category=intent.category, neutral_line=line))
    turn.outcome = f"recategorised:{issue.code}"
    said = t.DESK_KIND_DONE.format(category=t.of_category(intent.category), line=line)
    turn.say(said, back(issue), undo_button(issue, event))


def fit(turn: Turn, what: d.Typed, text: str) -> str | None:
    """The words as others may read them; None (and said so) where they are too long or too few."""
    reading = turn.readings.get("")
    named = what is d.Typed.VILLAGE  # a village may be called as somebody is
    masked = reading.understanding.masked if reading and not named else text
    words = decent(" ".join(masked.split()))
    if what in (d.Typed.LINE, d.Typed.PLACE):
        words = _POLITE.sub("", words)
    most = _LONGEST.get(what)
    if most and len(words) > most:
        turn.say(t.DESK_TOO_LONG.format(most=most))
        return None
    spot = what is d.Typed.PLACE and turn_position(turn) is not None
    if len(words) < _SHORTEST and not spot:
        turn.say(t.DESK_TOO_SHORT)
        return None
    if " ".join(masked.split()) != " ".join(text.split()) and most:
        turn.say(t.DESK_MASKED)
    return words


EXECUTE: dict[type, Any] = {d.OfferKinds: offer_kinds, d.SetKind: set_kind}
