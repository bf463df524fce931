"""People without a phone: helpers write down for them, step by step."""

import re
from dataclasses import replace
from typing import Any

from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.dialogue.topics import helping as h
from handlers.messages import Button
from handlers.places import AreaBook, find_villages, named_whole
from planning.areas import Village
from planning.reports import Report, ReportState
from planning.roles import Action, RoleGrant, may
from planning.surveys import named_villages
from planning.thai import arabic_digits
from storage.group_values import WalkIn

_OFFERED = 12
_WAITS = (ReportState.AWAITING_VILLAGE, ReportState.AWAITING_WORDS)
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
        step=Step.ASK_WHOM,
        asked_at=turn.utterance.last_at,
        helped=("", ""),
        village_code="",
        report_code="",
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


def told_for(
    areas: AreaBook, grants: tuple[RoleGrant, ...], home: Village | None, intent: i.Tell
) -> tuple[Village, ...]:
    """Where what is told may be: one village, or those to choose from; none where nobody knows.

    Told for somebody by a helper without a village of their own: what the words name in their area.
    """
    named = areas.get(intent.village_code) if intent.village_code else home
    if named or not intent.for_other:
        return (named,) if named else ()
    own = helped_area(areas, grants)
    return named_whole(intent.text, own) or own


def ask_whose(turn: Turn, report: Report, villages: tuple[Village, ...]) -> None:
    """What was told for somebody is kept; ask which village it is about."""
    mine = sorted(villages, key=lambda v: v.code)
    _offer(turn, t.HELP_THEIRS, mine, report.tracking_code)


async def _unplaced(turn: Turn, code: str) -> tuple[Report, ...]:
    """What the helper told for somebody in one go, if its village is still to be said."""
    report = await turn.uow.reports.by_code(code) if code else None
    if report is None or report.village_code or report.state not in _WAITS:
        return ()
    if await turn.uow.walk_ins.helper_of(report.person_id) != turn.person.id:
        return ()
    others = await turn.uow.reports.awaiting_village(report.person_id)
    return (report, *(r for r in others if r.id != report.id and not r.village_code))


async def _place(turn: Turn, told: tuple[Report, ...], village: Village) -> None:
    for report in told:
        await turn.uow.reports.update(replace(report, village_code=village.code))
    await turn.uow.people.set_village(told[0].person_id, village.code)
    codes = " ".join(report.tracking_code for report in told)
    wordless = told[0].state is ReportState.AWAITING_WORDS
    done = t.FILED.format(codes=codes, village=village.title)
    turn.say(f"{done}\n{t.HELP_THEIR_WORDS}" if wordless else done)
    asked = turn.utterance.last_at if wordless else None
    turn.remember(step=Step.ASK_WORDS if wordless else Step.IDLE, asked_at=asked, village_code="")


def _offer(turn: Turn, question: str, villages: list[Village], code: str = "") -> None:
    about = f":{code}" if code else ""
    tambons = {v.tambon for v in villages}
    turn.say(
        question,
        *(
            Button(
                label=v.title if len(tambons) == 1 else f"{v.title} ต.{v.tambon}",
                data=f"theirs:{v.code}{about}",
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
    asked = turn.open_step in (Step.ASK_THEIRS, Step.ASK_THEIR_WORDS)
    code = intent.report_code or (turn.conversation.report_code if asked else "")
    told = await _unplaced(turn, code)
    if not (told or asked) or (intent.report_code and not told):
        turn.say(t.STALE)
        return
    found = [v for v in own if v.code == intent.village_code]
    if not intent.village_code:
        found = list(named_villages(intent.text, own) or find_villages(intent.text, own))
    if len(found) == 1 and told:
        await _place(turn, told, found[0])
    elif len(found) == 1:
        _ask_words(turn, found[0], named=True)
    else:
        question = t.HELP_THEIRS if found else t.HELP_NO_VILLAGE
        _offer(turn, question, found or list(own), code if told else "")


async def teller(turn: Turn, village: Village | None, intent: i.Tell) -> int:
    """Whose voice a report told for somebody counts as.

    A helper with a role brings a person of their own; anybody else lends only their own voice, so
    that nobody can swell a matter by telling it for others.
    """
    code = village.code if village else ""
    turn.remember(helped=("", ""))
    unknown = village is None and bool(helped_area(turn.areas, turn.grants))
    if not unknown and not turn.may(Action.REPORT_FOR_OTHERS, code):
        return turn.person.id
    walk_in = WalkIn(
        person_id=0, helper_id=turn.person.id, name=intent.name, contact=intent.contact
    )
    return await turn.uow.walk_ins.add(walk_in, code or None, turn.now)


EXECUTE: dict[type, Any] = {
    h.BeginHelping: begin,
    h.NameThem: name_them,
    h.PlaceThem: place_them,
}
