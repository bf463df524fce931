"""The language part as the rest of the house meets it: text in, facts with evidence out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from nlp import crossing as _crossing
from nlp import duplicates as _duplicates
from nlp import wording
from nlp.act import act_of
from nlp.blame import evidence
from nlp.category import categorise
from nlp.confidential import DOUBTFUL, confidential, suspicion, without_address
from nlp.dialect import central
from nlp.emergency import emergency
from nlp.kind import kind_of
from nlp.model import log_odds, parts
from nlp.normalise import Normalised, normalise
from nlp.personal import mask, personal_data
from nlp.place import Position, beside, find_place
from nlp.split import Side, split
from nlp.tokens import words
from nlp.values import (
    Candidate,
    CategoryScore,
    DuplicateMatch,
    Flag,
    KnownPlace,
    Part,
    PersonalData,
    Place,
    Telling,
    Understanding,
)
from nlp.vulnerable import vulnerable

_FIRST_SHARE = 0.7
"""How much the first of several matters counts for the whole message's categories."""


@dataclass(frozen=True)
class _Reading:
    """What a stretch of a normalised text says."""

    categories: tuple[CategoryScore, ...]
    kind: str
    kind_score: float
    confidential: Flag
    emergency: Flag
    place: Place | None


class ThaiReader:
    """Reads villagers' Thai. Holds no state of its own: thread-safe, deterministic, no files written.

    Dictionaries and the trained model are loaded at the first reading (`warm` does it beforehand).
    """

    def warm(self) -> None:
        """Load dictionaries and model now (about a second) instead of at the first message."""
        words("น้ำไม่ไหล")
        self.read("ป้ากลอย บ้านเลขที่ 8 แจ้งว่าน้ำประปาไม่ไหล")

    def read(
        self, text: str, places: Sequence[KnownPlace] = (), *, at: Position | None = None
    ) -> Understanding:
        """The understanding of one text; `places` are the landmarks of the sender's village.

        `at` is a position shared with it: near landmarks are surer, and the one beside it is the place
        where the words name none.
        """
        plain = normalise(text)
        landmarks = tuple(p.name for p in places)
        spans = personal_data(plain, landmarks)
        whole = _read(plain.text, places, at)
        told = _matters(text, plain, places, spans, at)
        categories = _of_first(told) if told else whole.categories
        hidden = tuple(normalise(text[p.start : p.end]).text for p in spans)
        return Understanding(
            normalised=plain.text,
            masked=mask(text, spans, landmarks),
            act=act_of(plain.text, categories[0].code, whole.kind),
            kind=whole.kind,
            kind_score=whole.kind_score,
            categories=tuple(_without(c, hidden) for c in categories),
            confidential=_without(
                _any([whole.confidential, *(p.confidential for p in told)]), hidden
            ),
            emergency=_without(_any([whole.emergency, *(p.emergency for p in told)]), hidden),
            personal_data=spans,
            place=beside(whole.place, places, at) if at else whole.place,
            parts=tuple(_open(p, hidden) for p in told),
            vulnerable=_without(vulnerable(plain.text), hidden),
        )

    def is_emergency(self, text: str) -> bool:
        """Whether the text tells of danger that is going on now; needs no dictionary."""
        return emergency(normalise(text).text).on

    def duplicates(
        self, new: Telling, candidates: Sequence[Candidate]
    ) -> tuple[DuplicateMatch, ...]:
        """At most 3 candidates that may be the same matter, likeliest first."""
        return _duplicates.duplicates(new, candidates)

    def shared_matters(
        self, issues: Sequence[Candidate], village_names: Mapping[str, str] | None = None
    ) -> tuple[_crossing.Link, ...]:
        """Pairs of issues of different villages that look like one thing; `village_names` by code."""
        return _crossing.shared_matters(issues, village_names or {})

    def neutral_line(self, text: str, category: str, kind: str, place: str) -> str:
        """Formal one-line wording for an agenda."""
        return wording.neutral_line(text, category, kind, place)

    def shared_line(self, texts: Sequence[str], category: str, kind: str, place: str) -> str:
        """The formal line of a matter that several tell of."""
        return wording.shared_line(texts, category, kind, place)


Evidence = TypeVar("Evidence", CategoryScore, Flag)


def _without(told: Evidence, hidden: Sequence[str]) -> Evidence:
    """The same without personal data in its words, and without words that are part of such."""
    if not any(h in w or w in h for w in told.words for h in hidden):
        return told
    kept = [w for w in told.words if not any(w in h for h in hidden)]
    for h in sorted(hidden, key=len, reverse=True):
        kept = [left for w in kept for left in w.split(h) if left.strip()]
    return replace(told, words=tuple(w.strip() for w in kept))


def _open(part: Part, hidden: Sequence[str]) -> Part:
    return replace(
        part,
        categories=tuple(_without(c, hidden) for c in part.categories),
        confidential=_without(part.confidential, hidden),
        emergency=_without(part.emergency, hidden),
    )


def _read(text: str, places: Sequence[KnownPlace], at: Position | None) -> _Reading:
    """What a normalised text says as a whole."""
    matter = central(text)
    found = parts(matter, text)
    signs, danger = evidence(text), emergency(text, log_odds("emergency", found))
    bare = without_address(matter)
    learnt = log_odds("confidential", found if bare == matter or not bare else parts(bare))
    suspected = suspicion(text, signs, found, learnt, danger.on)
    closed = suspected >= DOUBTFUL
    categories = categorise(found, closed)
    kind, kind_score = kind_of(text, categories[0].code, found, closed, danger.on)
    return _Reading(
        categories,
        kind,
        kind_score,
        confidential(suspected, signs, categories),
        danger,
        find_place(text, places, at=at),
    )


def _matters(
    text: str,
    plain: Normalised,
    places: Sequence[KnownPlace],
    spans: Sequence[PersonalData],
    at: Position | None,
) -> tuple[Part, ...]:
    """The parts of a message that tells several matters."""
    known: dict[tuple[int, int], _Reading] = {}

    def side(start: int, end: int) -> Side:
        reading = known[start, end] = _read(plain.text[start:end], places, at)
        return Side(reading.categories, reading.place)

    landmarks = tuple(p.name for p in places)
    out = []
    for stretch in split(plain.text, side):
        reading = known.get((stretch.start, stretch.end))
        start, end = plain.original(stretch.start, stretch.end)
        inside = [
            replace(s, start=max(s.start, start) - start, end=min(s.end, end) - start)
            for s in spans
            if s.start < end and s.end > start
        ]
        reading = reading or _read(plain.text[stretch.start : stretch.end], places, at)
        out.append(
            Part(
                start=start,
                end=end,
                masked=mask(text[start:end], inside, landmarks),
                categories=reading.categories,
                kind=reading.kind,
                confidential=reading.confidential,
                emergency=reading.emergency,
                place=reading.place,
            )
        )
    return tuple(out)


def _of_first(told: Sequence[Part]) -> tuple[CategoryScore, ...]:
    """The categories of a message of several matters: the first one's first, then the others'."""
    scores = {c.code: _FIRST_SHARE * c.score for c in told[0].categories}
    for part in told[1:]:
        for c in part.categories:
            scores[c.code] += (1 - _FIRST_SHARE) / (len(told) - 1) * c.score
    if max(scores, key=lambda code: scores[code]) != told[0].categories[0].code:
        return told[0].categories
    said = {c.code: c.words for part in reversed(told) for c in part.categories if c.words}
    return tuple(
        CategoryScore(code=code, score=score, words=said.get(code, ()))
        for code, score in sorted(scores.items(), key=lambda pair: -pair[1])
    )


def _any(flags: Sequence[Flag]) -> Flag:
    """The flag that is on with the highest score, or the highest."""
    return max(flags, key=lambda f: (f.on, f.score))
