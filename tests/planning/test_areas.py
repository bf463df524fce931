"""Villages: what covers what, what is near, and files that are read whole or not at all."""

import csv
import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.areas import COLUMNS, AreaKind, Village, covers, distance_m, nearest, read_villages
from planning.errors import RowMistakes
from tests.planning.samples import VILLAGE
from tests.shared import shared_file

GOOD = {
    "village_code": "20040301", "name": "บ้านหนองปลาไหล", "kind": "village", "moo": "3",
    "tambon": "หนองปลาไหล", "district": "บางละมุง", "province": "ชลบุรี", "region": "ภาคตะวันออก",
    "lat": "12.95", "lon": "100.95", "households": "120",
    "landmarks": "วัดหนองปลาไหล:0:200|ศาลากลางบ้าน:-150:0",
}  # fmt: skip


def table(*rows: dict[str, str], columns: Sequence[str] = COLUMNS) -> list[str]:
    """A file's lines: GOOD with changes, a row each."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows({**GOOD, **row} for row in rows)
    return out.getvalue().splitlines(keepends=True)


def mistakes(lines: list[str]) -> list[tuple[int, str]]:
    """Line and column of each fault found."""
    with pytest.raises(RowMistakes) as found:
        read_villages(lines)
    assert str(found.value).count("\n") == len(found.value.mistakes) - 1
    return [(m.line, m.column) for m in found.value.mistakes]


@pytest.mark.parametrize(
    ("area", "code", "inside"),
    [
        ("20", "20040301", True),
        ("2004", "20040301", True),
        ("200403", "20040301", True),
        ("20040301", "20040301", True),
        ("20040302", "20040301", False),
        ("2005", "20040301", False),
        ("", "20040301", False),
        ("2", "20040301", False),
        ("200", "20040301", False),
        ("20040", "20040301", False),
        ("20040301", "200403011", False),
        ("2004", "200403011", True),
        ("200403011", "20040301", False),
    ],
)
def test_an_area_covers(area: str, code: str, inside: bool) -> None:
    assert covers(area, code) is inside


@given(st.text("0123456789", min_size=8, max_size=9), st.text("0123456789", max_size=9))
def test_what_an_area_covers_begins_like_it(code: str, area: str) -> None:
    assert not covers(area, code) or code.startswith(area)


def test_a_village_knows_its_tambon_and_district_and_how_it_is_called() -> None:
    assert (VILLAGE.tambon_code, VILLAGE.district_code) == ("200403", "2004")
    assert VILLAGE.title == "บ้านหนองปลาไหล หมู่ 1"
    (town,) = read_villages(table({"kind": "community", "moo": "", "name": "ชุมชนวัดบุณย์"}))
    assert (town.title, town.kind, town.moo) == ("ชุมชนวัดบุณย์", AreaKind.COMMUNITY, None)


def test_distances_are_metres() -> None:
    assert distance_m(13.0, 100.0, 13.0, 100.0) == 0
    assert distance_m(13.0, 100.0, 13.001, 100.0) == pytest.approx(111.3, abs=0.1)
    assert distance_m(13.0, 100.0, 13.0, 100.001) == pytest.approx(108.5, abs=0.1)


@given(
    st.floats(6, 20), st.floats(98, 105), st.floats(-0.1, 0.1), st.floats(-0.1, 0.1)
)  # fmt: skip
def test_distance_is_the_same_both_ways(lat: float, lon: float, dy: float, dx: float) -> None:
    there = distance_m(lat, lon, lat + dy, lon + dx)
    assert there == pytest.approx(distance_m(lat + dy, lon + dx, lat, lon))
    assert there >= 0


def _at(code: str, lat: str, lon: str) -> dict[str, str]:
    return {"village_code": code, "lat": lat, "lon": lon, "landmarks": ""}


def test_the_nearest_come_first_and_ties_by_code() -> None:
    villages = read_villages(
        table(
            _at("20040303", "12.99", "100.95"), _at("20040302", "12.96", "100.95"),
            _at("20040305", "12.95", "100.95"), _at("20040304", "12.95", "100.95"),
            _at("20040306", "", ""),
        )
    )  # fmt: skip
    codes = [v.code for v in nearest(villages, 12.95, 100.95, 3)]
    assert codes == ["20040304", "20040305", "20040302"]
    assert len(nearest(villages, 12.95, 100.95, 9)) == 4


def test_a_good_file_is_read_whole() -> None:
    (village,) = read_villages(table({}))
    assert (village.code, village.moo, village.households) == ("20040301", 3, 120)
    temple, hall = village.landmarks
    assert (temple.name, hall.name) == ("วัดหนองปลาไหล", "ศาลากลางบ้าน")
    assert village.lat is not None and village.lon is not None
    for landmark, metres in ((temple, 200), (hall, 150)):
        assert distance_m(
            village.lat, village.lon, landmark.lat, landmark.lon
        ) == pytest.approx(metres, rel=0.005)  # fmt: skip
    assert temple.lat > village.lat
    assert hall.lon < village.lon


def test_order_of_columns_and_a_byte_order_mark_do_not_matter() -> None:
    lines = table({}, columns=[*reversed(COLUMNS), "more"])
    assert read_villages(["\ufeff" + lines[0], *lines[1:]]) == read_villages(table({}))


def test_what_is_unknown_may_stay_empty() -> None:
    (village,) = read_villages(
        table({"moo": "", "lat": "", "lon": "", "households": "", "landmarks": "", "region": ""})
    )
    assert (village.lat, village.lon, village.households, village.landmarks) == (
        None,
        None,
        None,
        (),
    )


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"village_code": "2004030"}, "village_code"),
        ({"village_code": "2004030111"}, "village_code"),
        ({"village_code": "๒๐๐๔๐๓๐๑"}, "village_code"),
        ({"village_code": ""}, "village_code"),
        ({"name": " "}, "name"),
        ({"kind": "town"}, "kind"),
        ({"moo": "สาม"}, "moo"),
        ({"moo": "1.5"}, "moo"),
        ({"moo": "100"}, "moo"),
        ({"moo": "inf"}, "moo"),
        ({"households": "nan"}, "households"),
        ({"households": "-1"}, "households"),
        ({"households": "1e400"}, "households"),
        ({"lat": "91"}, "lat"),
        ({"lat": "north"}, "lat"),
        ({"lon": "181"}, "lon"),
        ({"lat": ""}, "lat"),
        ({"lon": ""}, "lon"),
        ({"landmarks": "วัด"}, "landmarks"),
        ({"landmarks": "วัด:1"}, "landmarks"),
        ({"landmarks": "วัด:1:2:3"}, "landmarks"),
        ({"landmarks": "วัด:nan:0"}, "landmarks"),
        ({"landmarks": "วัด:0:inf"}, "landmarks"),
        ({"landmarks": "วัด:0:200000"}, "landmarks"),
        ({"landmarks": ":0:0"}, "landmarks"),
        ({"landmarks": "วัด:0:0", "lat": "", "lon": ""}, "landmarks"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column(change: dict[str, str], column: str) -> None:
    found = mistakes(table({}, {"village_code": "20040302", **change}))
    assert found[0] == (3, column)
    assert {line for line, _ in found} == {3}


def test_every_fault_is_named_at_once() -> None:
    lines = table({"kind": "x", "name": ""}, {"village_code": "20040302"}, {"moo": "x"})
    assert mistakes(lines) == [(2, "name"), (2, "kind"), (4, "moo")]


def test_a_village_twice_is_a_mistake() -> None:
    assert mistakes(table({}, {})) == [(3, "village_code")]


def test_missing_columns_are_named() -> None:
    lines = table({}, columns=[c for c in COLUMNS if c not in {"kind", "lat"}])
    assert mistakes(lines) == [(1, "kind"), (1, "lat")]


@pytest.mark.parametrize("lines", [[], [""], ["not,a,village,file\n"]])
def test_a_file_of_something_else_misses_every_column(lines: list[str]) -> None:
    assert mistakes(lines) == [(1, column) for column in COLUMNS]


def test_a_file_without_villages_is_a_mistake() -> None:
    assert mistakes(table()) == [(2, "village_code")]


def test_rows_that_are_too_long_or_too_short_are_mistakes() -> None:
    header, row = table({})
    assert mistakes([header, row.strip() + ",more\n"]) == [(2, "landmarks")]
    assert mistakes([header, ",".join(row.split(",")[:5]) + "\n"]) == [(2, "district")]


def test_a_file_that_is_not_csv_is_a_mistake() -> None:
    header, row = table({})
    assert mistakes([header, row.replace("บ้าน", "บ้า\rน")])[0][0] == 2


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=12), min_size=1))
def test_any_cells_are_read_or_refused(cells: dict[str, str]) -> None:
    try:
        (village,) = read_villages(table(cells))
    except RowMistakes as refused:
        assert {m.column for m in refused.mistakes} <= set(COLUMNS)
    else:
        assert isinstance(village, Village)
        assert len(village.code) in (8, 9)


@pytest.mark.parametrize(
    ("name", "villages"),
    [("data/banglamung_villages.csv", 139), ("data/village_chat/villages.csv", 10)],
)
def test_the_shared_files_load(name: str, villages: int) -> None:
    path = shared_file(name)
    with path.open(encoding="utf-8", newline="") as lines:
        read = read_villages(lines)
    assert len(read) == len({v.code for v in read}) == villages
    kinds = {v.kind for v in read}
    assert AreaKind.VILLAGE in kinds
