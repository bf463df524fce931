"""Receiving reports: keeping, adding to, and the receipt."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

from handlers.context import Reading, Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.answers import Answer, Receipt, numbers, receipt
from handlers.dialogue.asking import wants_number
from handlers.dialogue.measures import WHOLE_VILLAGE, households, lasting_days
from handlers.dialogue.state import Step
from handlers.linking import Settled, settle
from handlers.messages import Button, MessageKind
from handlers.news import alarm_helpers
from handlers.outcomes import stand_with
from handlers.parts import keep_parts
from handlers.places import find_villages, named_elsewhere
from handlers.walk_ins import ask_whose, teller, told_for
from planning.areas import Village
from planning.codes import new_tracking_code
from planning.reports import (
    Channel,
    Kind,
    Position,
    Report,
    ReportState,
    keeps_confidential,
)
from planning.thai import BANGKOK

NEW = ""
"""Key of the reading of a report that has no code yet."""


def part_key(number: int) -> str:
    """Key of the reading of one of several matters of a message, counted from 0."""
    return f"#{number}"


async def tell(turn: Turn, intent: i.Tell) -> None:
    """Keep a new report, or one a matter of several, join each to its issue, and give the receipts."""
    villages = told_for(turn.areas, turn.grants, turn.village, intent)
    village = villages[0] if len(villages) == 1 else None
    made = blank(turn, intent.text, village)
    if intent.for_other:
        person_id = await teller(turn, village, intent)
        made = replace(made, person_id=person_id, channel=Channel.WALK_IN)
    told = []
    for number, (text, reading) in enumerate(_matters(turn, intent.text)):
        one = made if number == 0 else replace(made, tracking_code=new_tracking_code(), photos=0)
        report = measured(turn, as_read(replace(one, text=text), reading))
        report = await stand_with(turn, await turn.uow.reports.add(report))
        await keep_parts(turn, report, text, media=number == 0)
        told.append((report, reading))
    turn.outcome = f"report:{','.join(r.tracking_code for r, _ in told)}"
    whose = len(villages) > 1
    await _answer_all(turn, told, for_other=intent.for_other, quiet=whose)
    if whose:
        ask_whose(turn, told[0][0], villages)


def _matters(turn: Turn, text: str) -> list[tuple[str, Reading | None]]:
    """The words of each matter with their reading; mostly there is one."""
    whole = turn.readings.get(NEW)
    cuts = [part.start for part in whole.understanding.parts] if whole else []
    parts = [turn.readings.get(part_key(n)) for n in range(len(cuts))]
    if len(cuts) < 2 or not all(parts):
        return [(text, whole)]
    return list(zip(cut_at(text, cuts), parts, strict=True))


def cut_at(text: str, starts: Sequence[int]) -> tuple[str, ...]:
    """The text cut before each start but the first; nothing but white space is lost."""
    borders = [0, *starts[1:], len(text)]
    return tuple(text[a:b].strip() for a, b in pairwise(borders))


def measured(turn: Turn, report: Report) -> Report:
    """With the number of households and since when, where the words themselves tell."""
    number = report.households
    if number is None and (number := households(report.text)) == WHOLE_VILLAGE:
        village = turn.areas.get(report.village_code)
        number = village.households if village else None
    days = lasting_days(report.text) if report.since is None else None
    since = report.since
    if days is not None:
        told = report.last_told_at.astimezone(BANGKOK).date()
        since = told - timedelta(days=min(days, 36_500))
    return replace(report, households=number, since=since)


async def add(turn: Turn, intent: i.Add) -> None:
    """Add words, photos or a location to a report already received."""
    report = await turn.uow.reports.by_code(intent.report_code)
    assert report is not None  # the turn service has just read it
    reading = turn.readings.get(report.tracking_code)
    emergency = report.emergency or turn.danger
    grown = replace(
        report,
        village_code=report.village_code or (turn.village.code if turn.village else None),
        text=grown_text(report, intent.text),
        first_told_at=min(report.first_told_at, turn.utterance.first_at),
        last_told_at=max(report.last_told_at, turn.utterance.last_at),
        position=turn_position(turn) or report.position,
        position_by_photo=report.position_by_photo and turn_position(turn) is None,
        photos=report.photos + _photos(turn),
        emergency=emergency,
    )
    grown = measured(turn, as_read(grown, reading))
    await turn.uow.reports.update(grown)
    turn.outcome = f"added:{report.tracking_code}"
    await keep_parts(turn, grown, intent.text)
    await settle_and_answer(turn, grown, reading, added=True)


def grown_text(report: Report, text: str) -> str:
    """The report's words with the new ones behind them."""
    return "\n".join(filter(None, (report.text, text)))


async def ask(turn: Turn, intent: i.Ask) -> None:
    """Keep a question for the village head and say so."""
    read = as_read(blank(turn, intent.text, turn.village), turn.readings.get(NEW))
    question = replace(read, state=ReportState.QUESTION, kind=Kind.QUESTION)
    report = await turn.uow.reports.add(question)
    await keep_parts(turn, report, intent.text)
    turn.outcome = f"question:{report.tracking_code}"
    turn.say(
        t.QUESTION_KEPT.format(code=report.tracking_code),
        Button(label=t.BUTTON_MINE, data="mine"),
    )
    if turn.village is None:
        turn.remember(step=Step.ASK_VILLAGE, asked_at=turn.utterance.last_at)
        outside = turn.person.outside
        turn.say(t.ASK_WHOSE_OUTSIDE if outside else t.ASK_VILLAGE, ask_location=True)


def as_read(report: Report, reading: Reading | None) -> Report:
    """The report as the language part understood it; a person's own choice of category stays.

    What was once confidential or an emergency stays so: later words never open it.
    """
    if not report.text.strip():
        return replace(report, state=ReportState.AWAITING_WORDS)
    state = ReportState.LINKED if report.village_code else ReportState.AWAITING_VILLAGE
    if report.state in (ReportState.QUESTION, ReportState.ANSWERED):
        state = ReportState.QUESTION
    if reading is None:
        return replace(report, state=state)
    seen = reading.understanding
    category = report.category if report.category_by_person else seen.categories[0].code
    kind = Kind(seen.kind)
    private = report.confidential or keeps_confidential(category, kind, seen.confidential.on)
    place = seen.place.label if seen.place and not report.place_by_person else report.place
    return replace(
        report,
        state=state,
        masked_text=seen.masked,
        category=category,
        category_score=seen.categories[0].score,
        kind=kind,
        confidential=private,
        emergency=report.emergency or seen.emergency.on,
        place=place,
        vulnerable=seen.vulnerable.on,
    )


def blank(turn: Turn, text: str, village: Village | None) -> Report:
    """A report of what this turn told, nothing read of it yet, not yet kept (id 0)."""
    return Report(
        id=0,
        tracking_code=new_tracking_code(),
        person_id=turn.person.id,
        channel=turn.first.channel,
        village_code=village.code if village else None,
        state=ReportState.LINKED,
        first_told_at=turn.utterance.first_at,
        last_told_at=turn.utterance.last_at,
        text=text,
        masked_text="",
        category="other",
        category_score=0.0,
        kind=Kind.OTHER,
        confidential=False,
        emergency=False,
        position=turn_position(turn),
        photos=_photos(turn),
    )


async def settle_and_answer(
    turn: Turn,
    report: Report,
    reading: Reading | None,
    *,
    added: bool = False,
    moved: bool = False,
) -> None:
    """Join a kept report to its issue and tell its teller so; `moved`: to the village it is about."""
    facts = await _settled(turn, report, reading, added=added)
    if moved:
        facts = replace(facts, elsewhere=(), second=None)
    _say_receipts(turn, [facts])


async def _answer_all(
    turn: Turn, told: Sequence[tuple[Report, Reading | None]], *, for_other: bool, quiet: bool
) -> None:
    several = len(told) > 1
    facts = [
        replace(await _settled(turn, report, reading), for_other=for_other, several=several)
        for report, reading in told
    ]
    if for_other:
        facts = [replace(f, elsewhere=(), second=None, quiet=quiet) for f in facts]
    _say_receipts(turn, facts)


async def _settled(
    turn: Turn, report: Report, reading: Reading | None, *, added: bool = False
) -> Receipt:
    """What the receipt is to say, after the report was joined to its issue."""
    settled = Settled()
    if report.state is ReportState.LINKED and reading is not None:
        settled = await settle(turn, report, reading)
        await alarm(turn, report)
    person = turn.person
    known = report.households is not None or settled.joined is not None
    return Receipt(
        report=report,
        village=turn.areas.get(report.village_code),
        added=added,
        danger=report.emergency and (turn.danger or not added),
        guesses=_guesses(turn, report),
        voice=any(m.kind is MessageKind.VOICE for m in turn.utterance.messages),
        hears=turn.settings.hears,
        ask=settled.ask,
        reasons=settled.reasons,
        joined=settled.joined,
        others=_others(report, reading),
        elsewhere=() if added else _elsewhere(turn, report),
        second=turn.areas.get(person.second_village),
        outside=person.outside,
        measured=known or added or report.kind not in (Kind.PROBLEM, Kind.NEED),
    )


def _say_receipts(turn: Turn, facts: Sequence[Receipt]) -> None:
    """The receipts in one answer: the one that asks last, and only one asks."""
    danger = turn.danger or any(f.danger for f in facts)
    steps = [receipt(f, turn.now).step for f in facts]
    asking = min(range(len(facts)), key=lambda n: _URGENCY.index(steps[n]))
    if danger:
        turn.say(t.DANGER)
    if wants_number(turn.utterance.text) and not turn.first.group:
        turn.say(numbers(facts[0].report.category, turn.settings.contacts))
    if len(facts) > 1:
        turn.say(t.SEVERAL.format(count=len(facts)))
    for number, one in enumerate(facts):
        if number != asking:
            quiet = replace(one, danger=False, quiet=True)
            turn.replies.extend(receipt(quiet, turn.now).replies)
    answer = receipt(replace(facts[asking], danger=False, calm=not danger), turn.now)
    turn.replies.extend(answer.replies)
    _remember(turn, facts[asking].report, answer)


_URGENCY = (
    Step.ASK_VILLAGE, Step.ASK_WORDS, Step.ASK_WHOSE, Step.ASK_SAME, Step.ASK_PLACE, Step.ASK_SIZE,
    Step.IDLE,
)  # fmt: skip
"""Of several receipts the one with the first of these questions asks it."""


def _remember(turn: Turn, report: Report, answer: Answer) -> None:
    asks = answer.step is not Step.IDLE
    turn.remember(
        step=answer.step,
        report_code=report.tracking_code,
        told_from=report.first_told_at,
        told_to=report.last_told_at,
        wordless=report.state is ReportState.AWAITING_WORDS,
        issue_code=answer.issue_code,
        village_code=answer.village_code,
        asked_at=turn.utterance.last_at if asks else None,
    )


def _guesses(turn: Turn, report: Report) -> tuple[Village, ...]:
    """Villages that the words of a report without village may name."""
    return () if report.village_code else find_villages(report.text, turn.areas.all())[:3]


def _elsewhere(turn: Turn, report: Report) -> tuple[Village, ...]:
    """Other villages than the teller's own that the words name, where they name not the own."""
    home = turn.areas.get(report.village_code)
    if home is None or report.village_code != (turn.village.code if turn.village else None):
        return ()
    return named_elsewhere(report.text, home, turn.areas.all())[:3]


async def alarm(turn: Turn, report: Report) -> None:
    """Tell those who can help at once, where a report of a known village is of danger to life."""
    village = turn.areas.get(report.village_code)
    kept = await turn.uow.reports.by_id(report.id)
    if report.emergency and village and kept.issue_id:
        await alarm_helpers(turn, report, await turn.uow.issues.by_id(kept.issue_id), village)


def _others(report: Report, reading: Reading | None) -> tuple[str, ...]:
    if reading is None:
        return ()
    scores = reading.understanding.categories
    return tuple(
        c.code for c in scores[:4] if c.score >= 0.03 and c.code not in (report.category, "other")
    )


def turn_position(turn: Turn) -> Position | None:
    """The position shared in this turn, if any."""
    spot = turn.utterance.location
    return Position(lat=spot[0], lon=spot[1]) if spot else None


def _photos(turn: Turn) -> int:
    return sum(m.kind is MessageKind.PHOTO for m in turn.utterance.media)
