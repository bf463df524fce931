"""Receiving reports: keeping, adding to, and the receipt."""

from dataclasses import replace

from handlers.context import Reading, Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.answers import Receipt, receipt
from handlers.dialogue.state import Step
from handlers.linking import Settled, settle
from handlers.messages import Button, MessageKind
from handlers.news import alarm_helpers
from handlers.parts import keep_parts
from handlers.places import find_villages
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
from planning.roles import Action

NEW = ""
"""Key of the reading of a report that has no code yet."""


async def tell(turn: Turn, intent: i.Tell) -> None:
    """Keep a new report, join it to its issue, and give the receipt."""
    village = turn.areas.get(intent.village_code) if intent.village_code else turn.village
    blank = _blank(turn, intent.text, village)
    if intent.for_other:
        person_id = await _teller(turn, village)
        blank = replace(blank, person_id=person_id, channel=Channel.WALK_IN)
    report = await turn.uow.reports.add(as_read(blank, turn.readings.get(NEW)))
    turn.outcome = f"report:{report.tracking_code}"
    await keep_parts(turn, report, intent.text)
    await _settle_and_answer(turn, report, turn.readings.get(NEW), for_other=intent.for_other)


async def add(turn: Turn, intent: i.Add) -> None:
    """Add words, photos or a location to a report already received."""
    report = await turn.uow.reports.by_code(intent.report_code)
    assert report is not None  # the turn service has just read it
    reading = turn.readings.get(report.tracking_code)
    emergency = report.emergency or turn.danger
    grown = replace(
        report,
        village_code=report.village_code or (turn.village.code if turn.village else None),
        text=grown_text(report, intent),
        first_told_at=min(report.first_told_at, turn.utterance.first_at),
        last_told_at=max(report.last_told_at, turn.utterance.last_at),
        position=turn_position(turn) or report.position,
        position_by_photo=report.position_by_photo and turn_position(turn) is None,
        photos=report.photos + _photos(turn),
        emergency=emergency,
    )
    grown = as_read(grown, reading)
    await turn.uow.reports.update(grown)
    turn.outcome = f"added:{report.tracking_code}"
    await keep_parts(turn, grown, intent.text)
    await _settle_and_answer(turn, grown, reading, added=True)


def grown_text(report: Report, intent: i.Add) -> str:
    """The report's words with the new ones behind them."""
    return "\n".join(filter(None, (report.text, intent.text)))


async def ask(turn: Turn, intent: i.Ask) -> None:
    """Keep a question for the village head and say so."""
    read = as_read(_blank(turn, intent.text, turn.village), turn.readings.get(NEW))
    question = replace(read, state=ReportState.QUESTION, kind=Kind.QUESTION)
    report = await turn.uow.reports.add(question)
    await keep_parts(turn, report, intent.text)
    turn.outcome = f"question:{report.tracking_code}"
    if turn.first.group:
        _answer_in_group(turn, report, danger=False)
        return
    turn.say(
        t.QUESTION_KEPT.format(code=report.tracking_code),
        Button(label=t.BUTTON_MINE, data="mine"),
    )
    if turn.village is None:
        turn.remember(step=Step.ASK_VILLAGE, asked_at=turn.utterance.last_at)
        turn.say(t.ASK_VILLAGE, ask_location=True)


def as_read(report: Report, reading: Reading | None) -> Report:
    """The report as the language part understood it; a person's own choice of category stays.

    What was once confidential or an emergency stays so: later words never open it.
    """
    if not report.text.strip():
        return replace(report, state=ReportState.AWAITING_WORDS)
    state = ReportState.LINKED if report.village_code else ReportState.AWAITING_VILLAGE
    if reading is None:
        return replace(report, state=state)
    seen = reading.understanding
    category = report.category if report.category_by_person else seen.categories[0].code
    kind = Kind(seen.kind)
    private = report.confidential or keeps_confidential(category, kind, seen.confidential.on)
    return replace(
        report,
        state=state,
        masked_text=seen.masked,
        category=category,
        category_score=seen.categories[0].score,
        kind=kind,
        confidential=private,
        emergency=report.emergency or seen.emergency.on,
        place=seen.place.label if seen.place else report.place,
    )


def _blank(turn: Turn, text: str, village: Village | None) -> Report:
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


async def _teller(turn: Turn, village: Village | None) -> int:
    """Whose voice a report told for somebody counts as.

    A helper with a role brings a person of their own; anybody else lends only their own voice, so
    that nobody can swell a matter by telling it for others.
    """
    code = village.code if village else None
    if turn.may(Action.REPORT_FOR_OTHERS, code or ""):
        return (await turn.uow.people.new_walk_in(code, turn.now)).id
    return turn.person.id


async def _settle_and_answer(
    turn: Turn,
    report: Report,
    reading: Reading | None,
    *,
    added: bool = False,
    for_other: bool = False,
) -> None:
    settled = Settled()
    danger = turn.danger or (report.emergency and not added)
    if report.state is ReportState.LINKED and reading is not None:
        settled = await settle(turn, report, reading)
        await alarm(turn, report)
    if turn.first.group:
        _answer_in_group(turn, report, danger)
        return
    answer = receipt(
        Receipt(
            report=report,
            village=turn.areas.get(report.village_code),
            added=added,
            danger=danger,
            guesses=_guesses(turn, report),
            for_other=for_other,
            voice=any(m.kind is MessageKind.VOICE for m in turn.utterance.messages),
            ask=settled.ask,
            reasons=settled.reasons,
            joined=settled.joined,
            others=_others(report, reading),
        ),
        turn.now,
    )
    turn.replies.extend(answer.replies)
    asks = answer.step is not Step.IDLE
    turn.remember(
        step=answer.step,
        report_code=report.tracking_code,
        told_from=report.first_told_at,
        told_to=report.last_told_at,
        issue_code=answer.issue_code,
        asked_at=turn.utterance.last_at if asks else None,
    )


def _answer_in_group(turn: Turn, report: Report, danger: bool) -> None:
    """One line that everybody may read: no words, no category, no buttons."""
    if danger:
        turn.say(t.DANGER)
    turn.say(t.GROUP_RECEIPT.format(code=report.tracking_code))


def _guesses(turn: Turn, report: Report) -> tuple[Village, ...]:
    """Villages that the words of a report without village may name."""
    return () if report.village_code else find_villages(report.text, turn.areas.all())[:3]


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
