"""People without a phone: helpers write down for them, step by step."""

import re
from typing import Any

from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.dialogue.topics import helping as h
from handlers.messages import Button
from handlers.places import AreaBook, find_villages
from planning.areas import Village
from planning.roles import Action, RoleGrant, may
from planning.surveys import named_villages
from planning.thai import arabic_digits
from storage.group_values import WalkIn

_OFFERED = 12
_PHONE = re.compile(r"(?:โทร\.?|เบอร์)?\s*((?:\+66|0)[\d\- ]{7,13}\d)")


def helped_area(areas: AreaBook, grants: tuple[RoleGrant, ...]) -> tuple[Village, ...]:
    """The villages for whose people somebody may write down."""
    return tuple(v for v in areas.all() if may(grants, Action.REPORT_FOR_OTHERS, v.code))


async def begin(turn: Turn, intent: h.BeginHelping) -> None:
    """Ask whom it is for."""
    turn.outcome = "helping"
    if not helped_area(turn.areas, turn.grants):
        turn.say(t.HELP_HOW)
        return
    turn.say(t.HELP_WHOM, Button(label=t.BUTTON_NO_NAME, data="whom"))
    turn.remember(
        step=Step.ASK_WHOM, asked_at=turn.utterance.last_at, helped=("", ""), village_code=""
    )


async def name_them(turn: Turn, intent: h.NameThem) -> None:
    """Keep the name and contact for the matter to come, and ask the village."""
    turn.outcome = "helping"
    own = helped_area(turn.areas, turn.grants)
    if not own:
        turn.say(t.HELP_HOW)
        return
    turn.remember(helped=name_and_contact(intent.text))
    if len(own) == 1:
        _ask_words(turn, own[0], named=False)
        return
    mine = turn.village.code if turn.village else ""
    _offer(turn, t.HELP_THEIRS, sorted(own, key=lambda v: (v.code != mine, v.code)))


def name_and_contact(text: str) -> tuple[str, str]:
    """«ยายบุญมี 081-234-5678» as name and contact; both may be ""."""
    line = " ".join(arabic_digits(text).split())
    phone = _PHONE.search(line)
    name = f"{line[: phone.start()]} {line[phone.end() :]}" if phone else line
    return name.strip(" ,:-")[:80], re.sub(r"[ \-]", "", phone[1]) if phone else ""


def _offer(turn: Turn, question: str, villages: list[Village]) -> None:
    tambons = {v.tambon for v in villages}
    turn.say(
        question,
        *(
            Button(
                label=v.title if len(tambons) == 1 else f"{v.title} ต.{v.tambon}",
                data=f"theirs:{v.code}",
            )
            for v in villages[:_OFFERED]
        ),
    )
    turn.remember(step=Step.ASK_THEIRS, asked_at=turn.utterance.last_at, village_code="")


def _ask_words(turn: Turn, village: Village, *, named: bool) -> None:
    phrase = t.HELP_THEIR_WORDS_IN.format(village=village.title) if named else t.HELP_THEIR_WORDS
    turn.say(phrase)
    asked = turn.utterance.last_at
    turn.remember(step=Step.ASK_THEIR_WORDS, asked_at=asked, village_code=village.code)


async def place_them(turn: Turn, intent: h.PlaceThem) -> None:
    """The village, within the helper's own area, and then the matter."""
    turn.outcome = "helping"
    own = helped_area(turn.areas, turn.grants)
    if turn.open_step not in (Step.ASK_THEIRS, Step.ASK_THEIR_WORDS):
        turn.say(t.STALE)
        return
    found = [v for v in own if v.code == intent.village_code]
    if not intent.village_code:
        found = list(named_villages(intent.text, own) or find_villages(intent.text, own))
    if len(found) == 1:
        _ask_words(turn, found[0], named=True)
    else:
        _offer(turn, t.HELP_THEIRS if found else t.HELP_NO_VILLAGE, found or list(own))


async def teller(turn: Turn, village: Village | None, intent: i.Tell) -> int:
    """Whose voice a report told for somebody counts as.

    A helper with a role brings a person of their own; anybody else lends only their own voice, so
    that nobody can swell a matter by telling it for others.
    """
    code = village.code if village else ""
    turn.remember(helped=("", ""))
    if not turn.may(Action.REPORT_FOR_OTHERS, code):
        return turn.person.id
    walk_in = WalkIn(
        person_id=0, helper_id=turn.person.id, name=intent.name, contact=intent.contact
    )
    return await turn.uow.walk_ins.add(walk_in, code, turn.now)


EXECUTE: dict[type, Any] = {
    h.BeginHelping: begin,
    h.NameThem: name_them,
    h.PlaceThem: place_them,
}
