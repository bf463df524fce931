"""What the desk thinks over before it writes: lines, likenesses, what does not belong."""

import asyncio
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from handlers.candidates import Looks, open_candidates, telling_of
from handlers.context import Reading
from handlers.desk import shown_tellings
from handlers.dialogue import intents as i
from handlers.dialogue.topics import desk as d
from handlers.preparing import Thinking, report_reading
from nlp.values import Candidate, DuplicateMatch, Understanding
from planning.codes import tidy_code
from planning.issues import Issue
from planning.reports import Report
from planning.thai import arabic_digits
from storage.unit import UnitOfWork

DESK = "desk"
"""Key of what was thought of the matter at the desk."""
_COMPARED, _SUGGESTED, _LOOKED_AT = 3, 5, 30
"""Tellings of a matter set beside others, others shown, and tellings looked at for what does not belong."""


async def desk_readings(
    think: Thinking, intent: i.Intent, seen: Understanding | None
) -> dict[str, Reading]:
    """The readings an intent of the desk will need: of words typed, and under `DESK` of the matter.

    There `line` is its formal line as it would be, `matches` other matters by code, the likeliest first,
    or (for splitting) its own tellings by number that seem to be of another matter.
    """
    if isinstance(intent, d.SayAtDesk):
        return await _typed(think, intent, seen)
    if isinstance(intent, d.SetKind):
        return await _reworded(think, intent.code, category=intent.category)
    if isinstance(intent, d.OfferMerging):
        return await _likenesses(think, intent.code, "")
    if isinstance(intent, d.AskMerge):
        return await _likenesses(think, intent.code, intent.other)
    if isinstance(intent, d.OfferSplitting):
        return await _strangers(think, intent.code)
    if isinstance(intent, d.Split):
        return await _split_off(think, intent.code, intent.numbers)
    return {}


async def _typed(
    think: Thinking, intent: d.SayAtDesk, seen: Understanding | None
) -> dict[str, Reading]:
    words = {"": Reading(understanding=seen)} if seen else {}
    if intent.what is d.Typed.PLACE:
        place = seen.masked if seen else ""
        return words | await _reworded(think, intent.code, place=place)
    if intent.what is d.Typed.MERGE:
        return words | await _likenesses(think, intent.code, tidy_code(intent.text) or "-")
    if intent.what is d.Typed.SPLIT:
        return words | await _split_off(think, intent.code, numbers_in(intent.text))
    return words


def numbers_in(text: str) -> tuple[int, ...]:
    """The numbers that a text names, once each, in order."""
    found = re.findall(r"\d{1,3}", arabic_digits(text))
    return tuple(sorted({int(number) for number in found}))


async def _tellings(uow: UnitOfWork, code: str) -> tuple[Issue | None, tuple[Report, ...]]:
    issue = await uow.issues.by_code(code) if code else None
    return issue, (await shown_tellings(uow, issue) if issue else ())


async def _reworded(
    think: Thinking, code: str, *, category: str = "", place: str | None = None
) -> dict[str, Reading]:
    """The machine's line of a matter in another category or at another place."""
    async with think.database.read() as uow:
        issue, told = await _tellings(uow, code)
    worded = [r for r in told if r.text.strip()][:_LOOKED_AT]
    if issue is None or not worded:
        return {}
    reading = await report_reading(think, worded[0], search=False)
    line = await asyncio.to_thread(
        think.reader.shared_line,
        [r.masked_text for r in worded],
        category or issue.category,
        issue.kind,
        issue.place if place is None else place,
    )
    return {DESK: replace(reading, line=line)}


async def _split_off(think: Thinking, code: str, numbers: Sequence[int]) -> dict[str, Reading]:
    """The line that the tellings of those numbers would have as a matter of their own."""
    async with think.database.read() as uow:
        _, told = await _tellings(uow, code)
    chosen = [r for n, r in enumerate(told, start=1) if n in numbers and r.text.strip()]
    if not chosen:
        return {}
    reading = await report_reading(think, chosen[0], search=False)
    line = await asyncio.to_thread(
        think.reader.shared_line,
        [r.masked_text for r in chosen],
        main_category(chosen),
        chosen[0].kind,
        chosen[0].place,
    )
    return {DESK: replace(reading, line=line)}


def main_category(told: Sequence[Report]) -> str:
    """The category that most of some tellings have; of several the first one's."""
    return Counter(r.category for r in told).most_common(1)[0][0]


async def _likenesses(think: Thinking, code: str, other: str) -> dict[str, Reading]:
    """Other open matters of the village that may be the same (or the one of a code), likeliest first."""
    async with think.database.read() as uow:
        issue, told = await _tellings(uow, code)
    village = think.areas.get(issue.village_code) if issue else None
    some = [r for r in told if r.text.strip()][:_COMPARED]
    if issue is None or village is None or not some:
        return {}
    found, looks = await open_candidates(think.database, think.areas, village, 0, some[0])
    wanted = [c for c in found if c.key != code and other in ("", c.key)]
    reading = await report_reading(think, some[0], search=False)
    matches = await asyncio.to_thread(_best, think, issue, some, wanted, looks)
    return {DESK: replace(reading, matches=matches)}


def _best(
    think: Thinking,
    issue: Issue,
    told: Sequence[Report],
    candidates: Sequence[Candidate],
    looks: Looks,
) -> tuple[DuplicateMatch, ...]:
    """What is likest to any of the tellings."""
    best: dict[str, DuplicateMatch] = {}
    for report in told if candidates else ():
        new = telling_of(think.areas, issue, report, looks)
        for match in think.reader.duplicates(new, candidates):
            if match.key not in best or match.score > best[match.key].score:
                best[match.key] = match
    ranked = sorted(best.values(), key=lambda m: (-m.score, m.key))
    return tuple(ranked[:_SUGGESTED])


async def _strangers(think: Thinking, code: str) -> dict[str, Reading]:
    """A matter's tellings (by number) that seem to be of another one: likened to all its others."""
    async with think.database.read() as uow:
        issue, told = await _tellings(uow, code)
        shown = told[:_LOOKED_AT]
        hashes = await uow.album.hashes([r.id for r in shown if r.photos])
    if issue is None or len(shown) < 2:
        return {}
    looks = {n: tuple(int(look, 16) for look in found) for n, found in hashes.items()}
    reading = await report_reading(think, shown[0], search=False)
    odd = await asyncio.to_thread(_unlike, think, issue, shown, looks)
    return {DESK: replace(reading, matches=odd)}


def _unlike(
    think: Thinking, issue: Issue, told: Sequence[Report], looks: Looks
) -> tuple[DuplicateMatch, ...]:
    tellings = [telling_of(think.areas, issue, r, looks) for r in told]
    odd = []
    for number in range(2, len(tellings) + 1):
        rest = Candidate(key="rest", tellings=[*tellings[: number - 1], *tellings[number:]])
        worded = bool(told[number - 1].text.strip())
        if worded and not think.reader.duplicates(tellings[number - 1], [rest]):
            odd.append(DuplicateMatch(key=str(number), score=0.0, link=False, reasons=()))
    return tuple(odd)
