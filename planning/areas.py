"""Villages and communities, their landmarks, and what lies within an area."""

import csv
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from planning.errors import RowMistake, RowMistakes

_METRES_PER_DEGREE = 111_320.0
_LANDMARK_WITHIN_M = 100_000
_SURPLUS = "(beyond the columns)"
COLUMNS = (
    "village_code name kind moo tambon district province region lat lon households landmarks"
).split()


class AreaKind(StrEnum):
    """หมู่บ้าน, or ชุมชน in municipal areas (which have no moo)."""

    VILLAGE = "village"
    COMMUNITY = "community"


@dataclass(frozen=True, kw_only=True)
class Landmark:
    """A place people name, with its position in degrees (WGS 84)."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, kw_only=True)
class Village:
    """The unit of everything. `code` is 8 digits (some town communities have 9)."""

    code: str
    name: str
    kind: AreaKind
    moo: int | None
    tambon: str
    district: str
    province: str
    region: str
    lat: float | None
    lon: float | None
    households: int | None
    landmarks: tuple[Landmark, ...] = ()

    @property
    def tambon_code(self) -> str:
        """First six digits of the code."""
        return self.code[:6]

    @property
    def district_code(self) -> str:
        """First four digits of the code."""
        return self.code[:4]

    @property
    def title(self) -> str:
        """Name as villagers say it, e.g. «บ้านหนองปลาไหล หมู่ 3»."""
        return f"{self.name} หมู่ {self.moo}" if self.moo else self.name


def covers(area: str, village_code: str) -> bool:
    """Whether `area` (province 2, district 4, tambon 6 digits, or a village's own code) holds it.

    Town communities' nine-digit codes may begin like a village's: a village covers only itself.
    """
    return village_code == area or (len(area) in (2, 4, 6) and village_code.startswith(area))


def distance_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Metres between two points of one district (flat-earth; error under 0.5 % to 50 km)."""
    north = (lat2 - lat1) * _METRES_PER_DEGREE
    east = (lon2 - lon1) * _METRES_PER_DEGREE * math.cos(math.radians((lat1 + lat2) / 2))
    return math.hypot(north, east)


def nearest(villages: Iterable[Village], lat: float, lon: float, count: int) -> tuple[Village, ...]:
    """The `count` villages nearest to a point, nearest first; those without position are left out."""
    placed = [
        (distance_m(lat, lon, v.lat, v.lon), v.code, v)
        for v in villages
        if v.lat is not None and v.lon is not None
    ]
    return tuple(v for _, _, v in sorted(placed, key=lambda row: row[:2])[:count])


def read_villages(lines: Iterable[str]) -> tuple[Village, ...]:
    """Villages of a CSV file (columns `COLUMNS`, any order).

    Raises `RowMistakes` naming every fault by line and column; nothing is half read. A landmark's
    offsets are metres east and north of the village, at most 100 km.
    """
    reader = csv.DictReader((line.lstrip("\ufeff") for line in lines), restkey=_SURPLUS)
    missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
    if missing:
        raise RowMistakes(tuple(RowMistake(1, c, "column is missing") for c in missing))
    villages: list[Village] = []
    mistakes: list[RowMistake] = []
    seen: set[str] = set()
    for row in _rows(reader, mistakes):
        try:
            village = _village(row, reader.line_num)
        except RowMistakes as found:
            mistakes.extend(found.mistakes)
            continue
        if village.code in seen:
            mistakes.append(RowMistake(reader.line_num, "village_code", "stands here twice"))
        seen.add(village.code)
        villages.append(village)
    if not villages and not mistakes:
        mistakes.append(RowMistake(2, "village_code", "no village in the file"))
    if mistakes:
        raise RowMistakes(tuple(mistakes))
    return tuple(villages)


def _rows(
    reader: "csv.DictReader[str]", mistakes: list[RowMistake]
) -> Iterator[dict[str, str | None]]:
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            mistakes.append(RowMistake(reader.line_num + 1, COLUMNS[0], f"cannot be read: {error}"))
            return
        if _SURPLUS in row:
            mistakes.append(RowMistake(reader.line_num, COLUMNS[-1], "more cells than columns"))
        elif None in row.values():
            short = next(column for column, cell in row.items() if cell is None)
            mistakes.append(RowMistake(reader.line_num, short, "the row ends before this column"))
        else:
            yield row


def _village(row: dict[str, str | None], line: int) -> Village:
    cells = {c: (row.get(c) or "").strip() for c in COLUMNS}
    faults: list[RowMistake] = []

    def number(column: str, low: float, high: float) -> float | None:
        if not cells[column]:
            return None
        try:
            value = float(cells[column])
        except ValueError:
            faults.append(RowMistake(line, column, f"«{cells[column]}» is not a number"))
            return None
        if not low <= value <= high:
            faults.append(RowMistake(line, column, f"{cells[column]} is not in {low:g}..{high:g}"))
            return None
        return value

    def whole(column: str, high: int) -> int | None:
        value = number(column, 0, high)
        if value is not None and not value.is_integer():
            faults.append(RowMistake(line, column, f"{cells[column]} is not a whole number"))
        return None if value is None else int(value)

    code = cells["village_code"]
    if not (code.isascii() and code.isdigit() and len(code) in (8, 9)):
        faults.append(RowMistake(line, "village_code", f"«{code}» is not 8 or 9 digits"))
    if not cells["name"]:
        faults.append(RowMistake(line, "name", "is empty"))
    if cells["kind"] not in set(AreaKind):
        faults.append(RowMistake(line, "kind", f"«{cells['kind']}» is not village or community"))
    lat, lon = number("lat", -90, 90), number("lon", -180, 180)
    if (lat is None) != (lon is None) and not faults:
        faults.append(RowMistake(line, "lon" if lon is None else "lat", "lat and lon go together"))
    moo, households = whole("moo", 99), whole("households", 100_000)
    landmarks = _landmarks(cells["landmarks"], lat, lon, line, faults)
    if faults:
        raise RowMistakes(tuple(faults))
    return Village(
        code=code, name=cells["name"], kind=AreaKind(cells["kind"]), moo=moo or None,
        tambon=cells["tambon"], district=cells["district"], province=cells["province"],
        region=cells["region"], lat=lat, lon=lon, households=households, landmarks=landmarks,
    )  # fmt: skip


def _landmarks(
    cell: str, lat: float | None, lon: float | None, line: int, faults: list[RowMistake]
) -> tuple[Landmark, ...]:
    found = []
    for part in filter(None, cell.split("|")):
        name, _, offsets = part.partition(":")
        try:
            east, north = (float(x) for x in offsets.split(":"))
        except ValueError:
            east = north = math.inf
        if not name.strip() or not max(abs(east), abs(north)) <= _LANDMARK_WITHIN_M:
            faults.append(RowMistake(line, "landmarks", f"«{part}» is not name:east_m:north_m"))
            continue
        if lat is None or lon is None:
            faults.append(RowMistake(line, "landmarks", "landmarks need the village's lat and lon"))
            break
        found.append(
            Landmark(
                name=name.strip(),
                lat=lat + north / _METRES_PER_DEGREE,
                lon=lon + east / (_METRES_PER_DEGREE * math.cos(math.radians(lat))),
            )
        )
    return tuple(found)
