"""What a turn thinks over before it writes: readings, duplicates, documents. No transaction is open."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.candidates import Looks, open_candidates
from handlers.context import Reading, Scene
from handlers.dialogue import intents as i
from handlers.dialogue.machine import Utterance
from handlers.dialogue.topics import preparing as p
from handlers.dialogue.topics import running as f
from handlers.dialogue.topics import telling as d
from handlers.heads import runs_forum_of
from handlers.places import AreaBook, find_villages
from handlers.ports import DocumentMaker, FileKeeper, Reader
from handlers.reports import NEW, cut_at, grown_text, part_key
from handlers.settings import TurnSettings
from handlers.walk_ins import told_for
from nlp.context import read_together
from nlp.values import (
    Act,
    DuplicateMatch,
    Flag,
    KnownPlace,
    Part,
    Telling,
    Understanding,
)
from planning.areas import Village
from planning.reports import Kind, Position, Report, keeps_confidential
from storage.database import Database

_MOST_TELLINGS = 12
"""The newest tellings of a matter that its line is made of."""


@dataclass(frozen=True, kw_only=True)
class Thinking:
    """The parts that preparing needs."""

    database: Database
    reader: Reader
    documents: DocumentMaker
    files: FileKeeper
    areas: AreaBook
    settings: TurnSettings


def known_places(village: Village | None) -> tuple[KnownPlace, ...]:
    """A village's landmarks as the language part takes them."""
    marks = village.landmarks if village else ()
    return tuple(KnownPlace(name=m.name, lat=m.lat, lon=m.lon) for m in marks)


async def understand(
    think: Thinking,
    texts: Sequence[str],
    village: Village | None,
    at: tuple[float, float] | None = None,
) -> Understanding:
    """The reading of one saying's texts with the village's landmarks and the position shared, on a thread.

    Danger in one line of several is danger, whatever the other lines tell of the past.
    """
    return await asyncio.to_thread(_understood, think.reader, texts, known_places(village), at)


def _understood(
    reader: Reader,
    texts: Sequence[str],
    places: tuple[KnownPlace, ...],
    at: tuple[float, float] | None,
) -> Understanding:
    text = "\n".join(texts)
    seen = reader.read(text, places, at=at)
    if len(texts) > 1 and not seen.parts:
        seen = _together(_At(reader, at), seen, texts, places)
    lines = text.splitlines()
    if seen.emergency.on or len(lines) < 2 or not any(map(reader.is_emergency, lines)):
        return seen
    return replace(seen, emergency=Flag(on=True, score=1.0))


@dataclass(frozen=True)
class _At:
    """A reader that knows where the sender is."""

    reader: Reader
    at: tuple[float, float] | None

    def read(self, text: str, places: Sequence[KnownPlace] = ()) -> Understanding:
        """The understanding of one text."""
        return self.reader.read(text, places, at=self.at)


def _together(
    reader: _At, whole: Understanding, texts: Sequence[str], places: tuple[KnownPlace, ...]
) -> Understanding:
    """The whole as its messages say it together: greetings count for nothing, the clearest for most."""
    readings = [reader.read(text, places) for text in texts]
    clearest = max(range(len(texts)), key=lambda n: _clearness(readings[n]))
    near = read_together(reader, texts, clearest, places)
    return replace(
        whole,
        act=near.act,
        kind=near.kind,
        kind_score=near.kind_score,
        categories=near.categories,
        confidential=max(whole.confidential, near.confidential, key=lambda f: (f.on, f.score)),
        emergency=max(whole.emergency, near.emergency, key=lambda f: (f.on, f.score)),
        place=whole.place or near.place,
    )


def _clearness(reading: Understanding) -> tuple[bool, bool, float]:
    first = reading.categories[0]
    return reading.act is Act.MATTER, first.code != "other", first.score


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is to be read: a report's words with their time, place and teller.

    `own`: the report itself, where it is kept already.
    """

    text: str
    village: Village | None
    person: str
    at: datetime
    position: Position | None
    photo: bool
    own: Report | None = None
    category: str = ""
    search: bool = True


async def reading_of(think: Thinking, told: Told, seen: Understanding | None = None) -> Reading:
    """Understanding, formal line and duplicate matches of one telling."""
    if seen is None:
        spot = (told.position.lat, told.position.lon) if told.position else None
        seen = await understand(think, [told.text], told.village, spot)
    category = told.category or seen.categories[0].code
    place = seen.place.label if seen.place else ""
    line = await asyncio.to_thread(
        think.reader.neutral_line, seen.masked, category, seen.kind, place
    )
    matches: tuple[DuplicateMatch, ...] = ()
    private = keeps_confidential(category, Kind(seen.kind), seen.confidential.on)
    if told.village and told.search and not private:
        near_m = think.settings.neighbour_m
        candidates, looks = await open_candidates(
            think.database, think.areas, told.village, near_m, told.own
        )
        if candidates:
            new = _telling(told, seen, category, looks)
            matches = await asyncio.to_thread(think.reader.duplicates, new, candidates)
    shared = await _shared_lines(think, [m.key for m in matches], told.text)
    return Reading(understanding=seen, matches=matches, line=line, shared=shared)


async def _shared_lines(think: Thinking, codes: Sequence[str], text: str) -> dict[str, str]:
    """The formal lines of known matters as they would be with one more telling."""
    lines = {}
    async with think.database.read() as uow:
        issues = [issue for code in codes if (issue := await uow.issues.by_code(code))]
        tellings = [await uow.reports.of_issue(issue.id) for issue in issues]
    for issue, behind in zip(issues, tellings, strict=True):
        texts = [*(r.masked_text for r in behind[-_MOST_TELLINGS:]), text]
        lines[issue.code] = await asyncio.to_thread(
            think.reader.shared_line, texts, issue.category, issue.kind, issue.place
        )
    return lines


def _telling(told: Told, seen: Understanding, category: str, looks: Looks) -> Telling:
    assert told.village is not None
    return Telling(
        text=told.text,
        category=category,
        village=told.village.code,
        sender=told.person,
        at=told.at,
        place=seen.place,
        lat=told.position.lat if told.position else None,
        lon=told.position.lon if told.position else None,
        photo=told.photo,
        photo_hashes=looks.get(told.own.id, ()) if told.own else (),
    )


async def readings_for(
    think: Thinking,
    scene: Scene,
    intent: i.Intent,
    utterance: Utterance,
    seen: Understanding | None,
) -> dict[str, Reading]:
    """The readings an intent will need, by tracking code (`NEW` for a report yet to be kept)."""
    if isinstance(intent, d.AskHead):
        asked = scene.conversation.question
        return await _for_new(think, scene, i.Ask(text=asked), utterance, None) if asked else {}
    if isinstance(intent, i.Tell | i.Ask):
        return await _for_new(think, scene, intent, utterance, seen)
    if isinstance(intent, p.AddItem):
        there = replace(
            scene, village=runs_forum_of(scene.village, scene.grants, think.areas) or scene.village
        )
        return await _for_new(think, there, i.Tell(text=intent.text), utterance, None)
    if isinstance(intent, p.TakeOut | p.AddOpening | p.AddConvener):
        words = intent.words if isinstance(intent, p.TakeOut) else intent.text
        return (
            {NEW: Reading(understanding=await understand(think, [words], scene.village))}
            if words
            else {}
        )
    if isinstance(intent, d.AnswerQuestion):
        return {NEW: Reading(understanding=seen)} if seen else {}
    if isinstance(intent, f.TakeNote | f.GiveReason | f.AmendItem):
        known = seen if seen and intent.text == utterance.text.strip() else None
        read = known or await understand(think, [intent.text], scene.village)
        return {NEW: Reading(understanding=read)} if intent.text else {}
    if isinstance(intent, d.CorrectPlace | d.SayHouseholds | d.SaySince):
        return await _for_answer(think, intent, seen)
    if isinstance(intent, d.MoveReport):
        return await _for_moved(think, intent)
    if isinstance(intent, i.Add):
        return await _for_more(think, scene, intent, utterance, seen)
    if isinstance(intent, i.SameIssue):
        return await _for_joined(think, intent)
    if isinstance(intent, i.OtherIssue | i.OfferCategories):
        return await _for_known(think, intent.report_code, "")
    if isinstance(intent, i.CorrectCategory):
        return await _for_known(think, intent.report_code, intent.category)
    return {}


async def _for_new(
    think: Thinking,
    scene: Scene,
    intent: i.Tell | i.Ask,
    utterance: Utterance,
    seen: Understanding | None,
) -> dict[str, Reading]:
    if not intent.text.strip():
        return {}
    village = scene.village
    fresh = seen if intent.text.strip() == utterance.text.strip() else None
    if isinstance(intent, i.Tell) and intent.for_other:
        theirs = told_for(think.areas, scene.grants, village, intent)
        village = theirs[0] if len(theirs) == 1 else None
        fresh = None
    told = Told(
        text=intent.text,
        village=village,
        person=_voice(scene, intent),
        at=utterance.first_at,
        position=_spot(utterance),
        photo=bool(utterance.media),
        search=isinstance(intent, i.Tell),
    )
    reading = await reading_of(think, told, fresh)
    parts = reading.understanding.parts if isinstance(intent, i.Tell) else ()
    return {NEW: reading} | await _of_parts(think, told, reading.understanding, parts)


async def _of_parts(
    think: Thinking, told: Told, whole: Understanding, parts: Sequence[Part]
) -> dict[str, Reading]:
    """A reading a matter, where a message tells several."""
    readings = {}
    texts = cut_at(told.text, [part.start for part in parts]) if len(parts) > 1 else ()
    said_once = whole.place if not any(part.place for part in parts) else None
    for number, (part, text) in enumerate(zip(parts, texts, strict=False)):
        seen = replace(
            whole,
            masked=part.masked.strip(),
            act=Act.MATTER,
            kind=part.kind,
            categories=part.categories,
            confidential=part.confidential,
            emergency=part.emergency,
            place=part.place or said_once,
            parts=(),
        )
        mine = replace(told, text=text, photo=told.photo and number == 0)
        readings[part_key(number)] = await reading_of(think, mine, seen)
    return readings


async def _for_answer(
    think: Thinking,
    intent: d.CorrectPlace | d.SayHouseholds | d.SaySince,
    seen: Understanding | None,
) -> dict[str, Reading]:
    """What an answer says by itself, and the report's formal line with a corrected place."""
    report, _ = await _known(think, intent.report_code)
    if report is None or seen is None:
        return {}
    line = ""
    if isinstance(intent, d.CorrectPlace):
        label = seen.place.label if seen.place else ""
        line = await asyncio.to_thread(
            think.reader.neutral_line, report.masked_text, report.category, report.kind, label
        )
    return {report.tracking_code: Reading(understanding=seen, line=line)}


async def _for_moved(think: Thinking, intent: d.MoveReport) -> dict[str, Reading]:
    """The report as it reads in the other village, with what is open there."""
    report, _ = await _known(think, intent.report_code)
    found = find_villages(intent.text, think.areas.all()) if intent.text else ()
    village = think.areas.get(intent.village_code) or (found[0] if found else None)
    if report is None or village is None or not report.text.strip():
        return {}
    there = replace(report, village_code=village.code)
    return {report.tracking_code: await report_reading(think, there, search=True)}


def _voice(scene: Scene, intent: i.Tell | i.Ask) -> str:
    """Whose voice the duplicate search hears; people written down by a helper are each their own."""
    if isinstance(intent, i.Tell) and intent.for_other:
        return "somebody else"
    return str(scene.person.id) if scene.person else "somebody new"


async def _for_more(
    think: Thinking, scene: Scene, intent: i.Add, utterance: Utterance, seen: Understanding | None
) -> dict[str, Reading]:
    report, alone = await _known(think, intent.report_code)
    if report is None:
        return {}
    readings: dict[str, Reading] = {}
    text = grown_text(report, intent.text)
    if text.strip():
        told = Told(
            text=text,
            village=think.areas.get(report.village_code) or scene.village,
            person=str(report.person_id),
            at=report.first_told_at,
            position=_spot(utterance) or report.position,
            photo=bool(utterance.media) or report.photos > 0,
            own=report,
            category=report.category if report.category_by_person else "",
            search=alone,
        )
        readings[report.tracking_code] = await reading_of(think, told)
    return readings


async def _for_joined(think: Thinking, intent: i.SameIssue) -> dict[str, Reading]:
    found = await _for_known(think, intent.report_code, "")
    report, _ = await _known(think, intent.report_code)
    text = report.masked_text if report else ""
    shared = await _shared_lines(think, [intent.issue_code], text)
    return {code: replace(reading, shared=shared) for code, reading in found.items()}


async def _for_known(think: Thinking, code: str, category: str) -> dict[str, Reading]:
    report, _ = await _known(think, code)
    if report is None or not report.text.strip():
        return {}
    return {code: await report_reading(think, report, category=category, search=False)}


async def report_reading(
    think: Thinking, report: Report, *, category: str = "", search: bool
) -> Reading:
    """The reading of a report as it is kept."""
    told = Told(
        text=report.text,
        village=think.areas.get(report.village_code),
        person=str(report.person_id),
        at=report.first_told_at,
        position=report.position,
        photo=report.photos > 0,
        own=report,
        category=category or (report.category if report.category_by_person else ""),
        search=search,
    )
    return await reading_of(think, told)


async def _known(think: Thinking, code: str) -> tuple[Report | None, bool]:
    """A report, and whether it stands alone (so that a duplicate search makes sense)."""
    async with think.database.read() as uow:
        report = await uow.reports.by_code(code)
        if report is None or report.issue_id is None:
            return report, report is not None
        return report, len(await uow.reports.of_issue(report.issue_id)) == 1


def _spot(utterance: Utterance) -> Position | None:
    spot = utterance.location
    return Position(lat=spot[0], lon=spot[1]) if spot else None
