"""Distances between shared positions and landmarks."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from nlp.values import KnownPlace

METRES_PER_DEGREE = 111_320.0
WITHIN_M = 150.0


@dataclass(frozen=True, kw_only=True)
class Near:
    """A landmark and how many metres away it is."""

    place: KnownPlace
    metres: float


def metres_between(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Metres between two (latitude, longitude) in degrees; right to 1 % within a province."""
    north = (a[0] - b[0]) * METRES_PER_DEGREE
    east = (a[1] - b[1]) * METRES_PER_DEGREE * cos(radians((a[0] + b[0]) / 2))
    return hypot(north, east)


def metres_to(place: KnownPlace, at: tuple[float, float] | None) -> float | None:
    """Metres from a position to a landmark; None where either is unknown."""
    if at is None or place.lat is None or place.lon is None:
        return None
    return metres_between(at, (place.lat, place.lon))


def nearest(
    lat: float, lon: float, places: Sequence[KnownPlace], within_m: float = WITHIN_M
) -> Near | None:
    """The landmark nearest to a position in degrees, at most `within_m` metres away; None if none is."""
    found = [
        Near(place=p, metres=m)
        for p in places
        if (m := metres_to(p, (lat, lon))) is not None and m <= within_m
    ]
    return min(found, key=lambda n: (n.metres, n.place.name), default=None)
