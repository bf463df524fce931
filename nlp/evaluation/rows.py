"""What the evaluations need of their inputs: a reader, rows as dicts, landmarks of villages."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from math import cos, radians
from typing import Any, Protocol

from nlp.positions import METRES_PER_DEGREE
from nlp.values import Candidate, DuplicateMatch, KnownPlace, Telling, Understanding

Row = Mapping[str, Any]
Scores = dict[str, Any]
Predictions = list[dict[str, Any]]


class Reader(Protocol):
    """The part of the language reader that is measured."""

    def read(self, text: str, places: Sequence[KnownPlace] = ()) -> Understanding:
        """The understanding of one text."""
        ...

    def duplicates(
        self, new: Telling, candidates: Sequence[Candidate]
    ) -> tuple[DuplicateMatch, ...]:
        """Candidates that may be the same matter."""
        ...


def landmarks(villages: Iterable[Row]) -> dict[str, tuple[KnownPlace, ...]]:
    """Village code -> its landmarks, from rows with a `landmarks` cell `name:east_m:north_m|…`."""
    return {
        str(v["village_code"]): tuple(_place(cell, v) for cell in _cells(v.get("landmarks")))
        for v in villages
    }


def _cells(value: object) -> list[str]:
    return [cell for cell in str(value or "").split("|") if cell]


def _place(cell: str, village: Row) -> KnownPlace:
    """One landmark; its position only where the village's is known."""
    name, *offset = cell.rsplit(":", 2)
    if len(offset) != 2 or not village.get("lat") or not village.get("lon"):
        return KnownPlace(name=name)
    lat, lon = float(village["lat"]), float(village["lon"])
    east, north = float(offset[0]), float(offset[1])
    return KnownPlace(
        name=name,
        lat=lat + north / METRES_PER_DEGREE,
        lon=lon + east / (METRES_PER_DEGREE * cos(radians(lat))),
    )


def telling(row: Row, read: Understanding) -> Telling:
    """A message of a corpus as the duplicate search sees it: nothing of the gold goes in."""
    return Telling(
        text=str(row["text"]),
        category=read.categories[0].code,
        village=str(row["village_code"]),
        sender=str(row.get("sender") or ""),
        at=datetime.fromisoformat(str(row["sent_at"])),
        place=read.place,
        lat=row.get("lat"),
        lon=row.get("lon"),
        photo=bool(row.get("has_photo")),
    )
