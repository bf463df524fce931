"""Where people belong: their village, a second one, none of ours; and whether it is still so."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.answers import way_out
from handlers.dialogue.state import Step
from handlers.dialogue.topics import telling as d
from handlers.messages import Button, MessageKind
from handlers.places import find_villages, like_villages
from handlers.reports import turn_position
from handlers.villagers import ask_village, menu, needs_place
from planning.areas import Village, nearest
from planning.reports import Report

_ASKED_AGAIN = timedelta(days=365)
_MOST = 11


async def welcome(turn: Turn, intent: i.Welcome) -> None:
    """Greet, and ask for the village (again, when it is to be changed)."""
    turn.outcome = "welcome"
    if turn.village and turn.first.kind is MessageKind.JOIN:
        turn.say(t.WELCOME_BACK.format(village=turn.village.title), *menu())
        return
    ask_village(turn, t.WELCOME)


async def find_village(turn: Turn, intent: i.FindVillage) -> None:
    """Match a typed village; one hit joins (or takes what an outsider told), several are offered."""
    found = find_villages(intent.text, turn.areas.all())
    turn.outcome = "village"
    if not found and (alike := like_villages(intent.text, turn.areas.all())):
        _offer(turn, alike[:_MOST], "v:")
        return
    if len(found) == 1:
        await _take(turn, found[0])
    elif found:
        _offer(turn, found[:_MOST], "v:")
    else:
        turn.say(t.NO_SUCH_VILLAGE, ask_location=True)
        turn.remember(step=Step.ASK_VILLAGE, asked_at=turn.utterance.last_at)


async def near_villages(turn: Turn, intent: i.NearVillages) -> None:
    """Offer the nearest villages; the position also belongs to reports that wait for a village."""
    turn.outcome = "village"
    position = turn_position(turn)
    assert position is not None
    near = nearest(turn.areas.all(), position.lat, position.lon, 3)
    if intent.second:
        _offer(turn, near, "second:", Step.ASK_SECOND)
        return
    for report in await turn.uow.reports.awaiting_village(turn.person.id):
        if report.position is None:
            await turn.uow.reports.update(replace(report, position=position))
    _offer(turn, near, "v:")


def _offer(
    turn: Turn, villages: tuple[Village, ...], verb: str, step: Step = Step.ASK_VILLAGE
) -> None:
    if not villages:
        turn.say(t.NO_VILLAGES_YET)
        return
    alike = len({v.title for v in villages}) < len(villages)
    names = {v.code: f"{v.title} ต.{v.tambon}" if alike else v.title for v in villages}
    turn.say(
        t.PICK_VILLAGE, *(Button(label=names[v.code], data=f"{verb}{v.code}") for v in villages)
    )
    turn.remember(step=step, asked_at=turn.utterance.last_at)


async def choose_village(turn: Turn, intent: i.ChooseVillage) -> None:
    """Join the person to a village by its code (poster, button); moving from another is asked first."""
    turn.outcome = "village"
    village = turn.areas.get(intent.village_code)
    if village is None:
        ask_village(turn, t.NO_SUCH_VILLAGE)
        return
    home = turn.village
    wanted = intent.sure or turn.open_step is Step.ASK_VILLAGE
    if home is None or home == village or wanted:
        await _take(turn, village)
        return
    move = Button(label=t.BUTTON_MOVE.format(village=village.name), data=f"move:{village.code}")
    both = Button(label=t.BUTTON_ALSO, data=f"second:{village.code}")
    turn.say(t.ASK_MOVE.format(home=home.title, village=village.title), move, both)
    turn.remember(step=Step.ASK_MOVE, asked_at=turn.utterance.last_at, village_code=village.code)


async def _take(turn: Turn, village: Village) -> None:
    """The village of whoever said it: where they live, or for an outsider what they told is about."""
    told = await turn.uow.reports.awaiting_village(turn.person.id)
    waiting = [report for report in told if report.village_code is None]
    turn.remember(step=Step.IDLE, asked_at=None, issue_code="", village_code="")
    if turn.person.outside and turn.village is None and waiting:
        for report in waiting:
            await turn.uow.reports.update(replace(report, village_code=village.code))
        turn.say(t.PLACED.format(village=village.title, tambon=village.tambon))
    else:
        await turn.uow.people.set_village(turn.person.id, village.code)
        await turn.uow.people.set_outside(turn.person.id, False)
        await turn.uow.people.set_village_asked(turn.person.id, turn.now)
        if turn.person.second_village == village.code:
            await turn.uow.people.set_second_village(turn.person.id, None)
        turn.village = village
        _say_joined(turn, village, waiting)


def _say_joined(turn: Turn, village: Village, waiting: Sequence[Report]) -> None:
    """Where they live now; what waited for it went there, and the last of it may ask its place."""
    if not waiting:
        turn.say(t.JOINED.format(village=village.title, tambon=village.tambon), *menu())
        return
    codes = " ".join(report.tracking_code for report in waiting)
    lines = [
        t.JOINED_FILED.format(village=village.title, tambon=village.tambon),
        t.FILED.format(codes=codes, village=village.title),
    ]
    last = waiting[-1]
    if not _lacks_place(last, village):
        turn.say("\n".join(lines), *menu())
        return
    turn.say("\n".join([*lines, t.ASK_PLACE]), ask_location=True)
    turn.remember(
        step=Step.ASK_PLACE,
        asked_at=turn.utterance.last_at,
        report_code=last.tracking_code,
        told_from=last.first_told_at,
        told_to=last.last_told_at,
        wordless=False,
    )


def _lacks_place(report: Report, village: Village) -> bool:
    known = any(mark.name in report.text for mark in village.landmarks)
    return not known and not report.confidential and needs_place(report)


async def outside(turn: Turn, intent: d.Outside) -> None:
    """Nobody of ours: what they told is asked for its village instead."""
    turn.outcome = "village"
    if turn.village and turn.open_step is not Step.ASK_VILLAGE:
        ask_village(turn)  # an old button takes nobody's village away
        return
    await turn.uow.people.set_village(turn.person.id, None)
    await turn.uow.people.set_outside(turn.person.id, True)
    turn.village = None
    if await turn.uow.reports.awaiting_village(turn.person.id):
        turn.say(t.ASK_WHOSE_OUTSIDE, ask_location=True)
        turn.remember(step=Step.ASK_VILLAGE, asked_at=turn.utterance.last_at)
    else:
        turn.say(t.OUTSIDE_DONE)
        turn.remember(step=Step.IDLE, asked_at=None)


async def choose_second(turn: Turn, intent: d.ChooseSecond) -> None:
    """A second village beside the one they live in, by code or as typed; neither: ask which."""
    turn.outcome = "village"
    if turn.village is None:
        ask_village(turn)
        return
    everywhere = turn.areas.all()
    named = turn.areas.get(intent.village_code)
    found = (named,) if named else find_villages(intent.text, everywhere) if intent.text else ()
    if len(found) > 1:
        _offer(turn, found[:_MOST], "second:", Step.ASK_SECOND)
    elif not found:
        turn.say(t.NO_SUCH_VILLAGE if intent.text else t.ASK_SECOND, ask_location=True)
        turn.remember(step=Step.ASK_SECOND, asked_at=turn.utterance.last_at)
    else:
        await _keep_second(turn, turn.village, found[0])


async def _keep_second(turn: Turn, home: Village, village: Village) -> None:
    turn.remember(step=Step.IDLE, asked_at=None, village_code="")
    if village == home:
        turn.say(t.SECOND_SAME.format(village=village.title))
        return
    await turn.uow.people.set_second_village(turn.person.id, village.code)
    turn.say(t.SECOND_DONE.format(home=home.title, village=village.title), *menu())


async def drop_second(turn: Turn, intent: d.DropSecond) -> None:
    """The second village is taken out."""
    turn.outcome = "village"
    known = turn.person.second_village is not None
    await turn.uow.people.set_second_village(turn.person.id, None)
    turn.say(t.SECOND_GONE if known else t.SECOND_NONE)


async def still_here(turn: Turn, intent: d.StillHere) -> None:
    """The village on record stays."""
    turn.outcome = "village"
    if turn.village is None:
        ask_village(turn)
        return
    await turn.uow.people.set_village_asked(turn.person.id, turn.now)
    turn.remember(step=Step.IDLE, asked_at=None)
    turn.say(t.STILL_DONE.format(village=turn.village.title))


async def ask_whether_still(turn: Turn) -> None:
    """Once a year, after an answer that asks nothing else: is the village still right?"""
    person = turn.person
    last = person.village_asked_at or person.joined_at
    free = turn.conversation.step is Step.IDLE and bool(turn.replies) and not turn.danger
    told = turn.outcome.partition(":")[0] in ("report", "added", "mine", "chatter", "question")
    if not (free and told and turn.village) or turn.first.group or turn.now - last < _ASKED_AGAIN:
        return
    await turn.uow.people.set_village_asked(person.id, turn.now)
    turn.say(
        t.ASK_STILL.format(village=turn.village.title),
        Button(label=t.BUTTON_STILL, data="still"),
        Button(label=t.BUTTON_CHANGE_VILLAGE, data="join"),
    )
    turn.remember(step=Step.ASK_STILL, asked_at=turn.utterance.last_at)


def offer_way_out(turn: Turn) -> None:
    """Put under the last answer the button that ends the question it asks, whichever it is."""
    step, asked = turn.conversation.step, turn.conversation.asked_at
    fresh = asked == turn.utterance.last_at
    if not turn.replies or step is Step.IDLE or turn.first.group or not fresh:
        return
    last, button = turn.replies[-1], way_out(step)
    if button not in last.buttons:
        turn.replies[-1] = replace(last, buttons=(*last.buttons[:12], button))


EXECUTE: dict[type, Any] = {
    i.Welcome: welcome,
    i.FindVillage: find_village,
    i.NearVillages: near_villages,
    i.ChooseVillage: choose_village,
    d.Outside: outside,
    d.ChooseSecond: choose_second,
    d.DropSecond: drop_second,
    d.StillHere: still_here,
}
