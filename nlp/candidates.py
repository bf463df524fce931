"""Open issues by what was told of them: the likeliest few for a new telling, however many are open.

Kept in memory as numbers. Each village, and each cell of 600 metres for shared positions, has lists of
the tellings that bear a word, a category, a place or a sender; scores are added up from such lists.
"""

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from types import MappingProxyType
from zlib import crc32

import numpy as np

from nlp.comparing import DAY, FAR_M, HALF_HOUR, KIN_CODES, NEAR_M, features, landmarks_of
from nlp.joining import TELLINGS
from nlp.place import numbers
from nlp.positions import METRES_PER_DEGREE
from nlp.postings import Column, Floats, Postings, Rows
from nlp.values import Place, Telling

LIMIT = 30

_MANY, _SOME, _FEW = 2000, 500, 100
"""So many latest tellings of a mark are looked at: a word or place, a category, a village or sender."""
_CODE, _KIN_CODE, _PLACE, _LATE, _NEAR, _WITHIN = 0.3, 0.12, 0.5, 0.15, 0.6, 0.15
_OWN, _OWN_TODAY, _OWN_NOW = 0.1, 0.35, 0.8
_WEEK = 7 * DAY
_CELL = 1.1 * FAR_M / METRES_PER_DEGREE
"""Degrees; at 21 degrees north still 600 metres from west to east."""
_WORD, _OTHER, _SENDER, _HERE = range(4)
_UNPLACED: Mapping[str, Sequence[str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Content:
    """What of a text is kept: its content words as marks, their weights, and where it speaks of."""

    marks: tuple[int, ...]
    weights: tuple[float, ...]
    where: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A mark looked for: its weight, how many latest tellings are looked at, and what it is."""

    mark: int
    weight: float
    most: int
    kind: int


def content(text: str) -> Content:
    """What of a text the index keeps; may be made beforehand and used for many tellings of the text."""
    seen = features(text)
    named = sorted(seen.words.items())
    return Content(
        tuple(_mark("w", w) for w, _ in named),
        tuple(weight for _, weight in named),
        frozenset(_named(seen.spot) | _numbered(*seen.numbers)),
    )


class CandidateIndex:
    """The open issues' latest tellings. What is found does not depend on the order they were added in.

    `neighbours` gives the villages whose issues are looked at too. Not for several threads at once.
    """

    def __init__(self, neighbours: Mapping[str, Sequence[str]] = _UNPLACED) -> None:
        self._neighbours = {v: tuple(sorted({*n} - {v})) for v, n in neighbours.items()}
        self._at = Column(np.float64)
        self._lat, self._lon, self._weight = (Column(np.float64) for _ in range(3))
        self._keys: list[str] = []
        self._villages: list[str] = []
        self._signs = array("Q")
        self._free: list[int] = []
        self._rows: dict[str, tuple[int, ...]] = {}
        self._by_village: dict[str, Postings] = {}
        self._by_cell: dict[tuple[int, int], Postings] = {}

    def __len__(self) -> int:
        """How many issues are known."""
        return len(self._rows)

    def add(self, key: str, telling: Telling, prepared: Content | None = None) -> None:
        """Know a telling of the open issue `key`; one known already changes nothing.

        `prepared` is the `content` of its text, if that was made before.
        """
        sign = _sign(telling)
        rows = self._rows.get(key, ())
        if any(self._signs[r] == sign for r in rows):
            return
        if len(rows) >= TELLINGS:
            oldest = min(rows, key=self._age)
            if (telling.at.timestamp(), sign) < self._age(oldest):
                return
            self._forget(oldest)
            rows = tuple(r for r in rows if r != oldest)
        told = prepared or content(telling.text)
        row = self._new_row(key, telling, sign, told)
        self._rows[key] = (*rows, row)
        marks = {*told.marks, *_marks(telling, told)}
        for postings in self._homes(row):
            postings.put(row, sorted(marks))

    def remove(self, key: str) -> None:
        """Forget an issue; one that is not known changes nothing."""
        for row in self._rows.pop(key, ()):
            self._forget(row)

    def nearest(
        self, telling: Telling, limit: int = LIMIT, prepared: Content | None = None
    ) -> tuple[str, ...]:
        """The keys of at most `limit` issues most like the telling, likeliest first, alike ones by key."""
        told = prepared or content(telling.text)
        found = [s for s in self._scored(telling, told) if len(s[0])]
        if not found or limit < 1:
            return ()
        rows = np.concatenate([r for r, _ in found])
        scores = np.round(np.concatenate([s for _, s in found]), 6)
        enough = 4 * limit
        while True:
            best = self._best(rows, scores, enough)
            if len(best) >= limit or enough >= len(rows):
                return tuple(sorted(best, key=lambda k: (-best[k], k))[:limit])
            enough *= 4

    def _best(self, rows: Rows, scores: Floats, enough: int) -> dict[str, float]:
        """The best score of each issue, of the `enough` best rows and all as good as these."""
        if len(rows) > enough:
            keep = scores >= np.partition(scores, -enough)[-enough]
            rows, scores = rows[keep], scores[keep]
        best: dict[str, float] = {}
        for row, score in zip(rows.tolist(), scores.tolist(), strict=True):
            key = self._keys[row]
            best[key] = max(score, best.get(key, -math.inf))
        return best

    def _age(self, row: int) -> tuple[float, int]:
        return self._at.one(row), self._signs[row]

    def _new_row(self, key: str, telling: Telling, sign: int, told: Content) -> int:
        """A row with the telling's numbers."""
        if self._free:
            row = self._free.pop()
            self._keys[row], self._villages[row], self._signs[row] = key, telling.village, sign
        else:
            row = len(self._keys)
            self._keys.append(key)
            self._villages.append(telling.village)
            self._signs.append(sign)
        located = telling.lat is not None and telling.lon is not None
        self._at.put(row, telling.at.timestamp())
        self._lat.put(row, telling.lat if located and telling.lat is not None else math.nan)
        self._lon.put(row, telling.lon if located and telling.lon is not None else math.nan)
        self._weight.put(row, math.fsum(told.weights))
        return row

    def _homes(self, row: int) -> Iterator[Postings]:
        """The lists a row stands in: its village's and its cell's; made where there are none."""
        village = self._villages[row]
        if village not in self._by_village:
            self._by_village[village] = Postings(self._at)
        yield self._by_village[village]
        cell = _cell(self._lat.one(row), self._lon.one(row))
        if cell:
            if cell not in self._by_cell:
                self._by_cell[cell] = Postings(self._at)
            yield self._by_cell[cell]

    def _forget(self, row: int) -> None:
        for postings in self._homes(row):
            postings.forget(row)
        village, cell = self._villages[row], _cell(self._lat.one(row), self._lon.one(row))
        if not len(self._by_village[village]):
            del self._by_village[village]
        if cell and not len(self._by_cell[cell]):
            del self._by_cell[cell]
        self._keys[row] = self._villages[row] = ""
        self._free.append(row)

    def _scored(self, telling: Telling, told: Content) -> Iterator[tuple[Rows, Floats]]:
        """Rows and scores of each village and cell that is looked at."""
        here, around = _asked(telling, told), _asked(telling, told, at_home=False)
        if telling.village in self._by_village:
            yield self._weigh(self._by_village[telling.village], here, telling, told)
        for village in self._neighbours.get(telling.village, ()):
            if village in self._by_village:
                yield self._weigh(self._by_village[village], around, telling, told)
        for cell in _cells(telling):
            if cell in self._by_cell:
                rows, scores = self._weigh(self._by_cell[cell], around, telling, told)
                near = self._metres(telling, rows) <= FAR_M
                yield rows[near], scores[near]

    def _weigh(
        self, postings: Postings, asked: Sequence[_Asked], new: Telling, told: Content
    ) -> tuple[Rows, Floats]:
        """The rows that bear any of the marks, and how like they are."""
        lists = postings.find([a.mark for a in asked], [a.most for a in asked])
        rows, place = np.unique(np.concatenate(lists), return_inverse=True)
        at = new.at.timestamp()
        words, more = np.zeros(len(rows)), np.zeros(len(rows))
        start = 0
        for a, found in zip(asked, lists, strict=True):
            where = place[start : start + len(found)]
            start += len(found)
            if a.kind == _WORD:
                words[where] += a.weight
            elif a.kind == _SENDER:
                more[where] += _own(np.abs(self._at[found] - at))
            else:
                more[where] += a.weight
        whole = np.sqrt(self._weight[rows] * math.fsum(told.weights))
        more += words / np.maximum(whole, 1.0)
        more += _LATE / (1 + np.abs(self._at[rows] - at) / _WEEK)
        metres = self._metres(new, rows)
        return rows, more + np.where(metres <= NEAR_M, _NEAR, np.where(metres <= FAR_M, _WITHIN, 0))

    def _metres(self, new: Telling, rows: Rows) -> Floats:
        """Metres from the telling's position; not a number where either is unknown."""
        if new.lat is None or new.lon is None:
            return np.full(len(rows), math.nan)
        north = self._lat[rows] - new.lat
        east = (self._lon[rows] - new.lon) * math.cos(math.radians(new.lat))
        return np.asarray(np.hypot(north, east) * METRES_PER_DEGREE, np.float64)


def _asked(new: Telling, told: Content, at_home: bool = True) -> list[_Asked]:
    """The marks looked for; the names of places, and the latest tellings, only at home."""
    out = [_Asked(m, w, _MANY, _WORD) for m, w in zip(told.marks, told.weights, strict=True)]
    kin = {c for group in KIN_CODES if new.category in group for c in group} - {new.category}
    out.append(_Asked(_mark("c", new.category), _CODE, _SOME, _OTHER))
    out += [_Asked(_mark("c", c), _KIN_CODE, _SOME, _OTHER) for c in sorted(kin)]
    if new.sender:
        out.append(_Asked(_mark("s", new.sender), 0.0, _FEW, _SENDER))
    if at_home:
        named = sorted(told.where | _where(new.place))
        out += [_Asked(_mark("p", p), _PLACE, _MANY, _OTHER) for p in named]
        out.append(_Asked(_mark("h", ""), 0.0, _FEW, _HERE))
    return out


def _marks(new: Telling, told: Content) -> Iterator[int]:
    """The marks a telling bears beside its words."""
    yield _mark("c", new.category)
    yield _mark("h", "")
    if new.sender:
        yield _mark("s", new.sender)
    for named in told.where | _where(new.place):
        yield _mark("p", named)


def _mark(kind: str, name: str) -> int:
    return crc32(f"{kind}{name}".encode())


def _where(place: Place | None) -> set[str]:
    """Names and numbers of a place."""
    return _named(place) | _numbered(*numbers(place.label)) if place else set()


def _named(place: Place | None) -> set[str]:
    if place is None:
        return set()
    return landmarks_of(place) or ({place.label} - {""})


def _numbered(lanes: frozenset[str], moos: frozenset[str]) -> set[str]:
    return {f"ซอย {n}" for n in lanes} | {f"หมู่ {n}" for n in moos}


def _own(seconds: Floats) -> Floats:
    """What a telling of the same sender adds, so many seconds apart."""
    return np.where(seconds < HALF_HOUR, _OWN_NOW, np.where(seconds < DAY, _OWN_TODAY, _OWN))


def _cell(lat: float, lon: float) -> tuple[int, int] | None:
    """The cell of a position; None where it is unknown."""
    if math.isnan(lat) or math.isnan(lon):
        return None
    return math.floor(lat / _CELL), math.floor(lon / _CELL)


def _cells(new: Telling) -> list[tuple[int, int]]:
    """The cell of a position and those around it."""
    at = _cell(math.nan if new.lat is None else new.lat, math.nan if new.lon is None else new.lon)
    if at is None:
        return []
    return [(at[0] + north, at[1] + east) for north in (-1, 0, 1) for east in (-1, 0, 1)]


def _sign(t: Telling) -> int:
    """A number of what was told, the same for the same telling only."""
    where = t.place.label if t.place else None
    told = (t.text, t.category, t.village, t.sender, t.at.timestamp(), where, t.lat, t.lon, t.photo)
    photos = t.photo_hashes
    return int.from_bytes(blake2b(repr((told, photos)).encode(), digest_size=8).digest())
