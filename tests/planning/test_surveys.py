"""Surveys as tables: headings people write, rows checked one by one, the same row known again."""

from dataclasses import replace
from datetime import date

import hypothesis.strategies as st
import pytest
from hypothesis import given

from planning.areas import Village
from planning.surveys import (
    HEADINGS,
    CheckedSurvey,
    SheetRow,
    SurveyRules,
    check_survey,
    day_of,
    heading_key,
    named_villages,
    row_tellings,
)
from tests.planning.samples import VILLAGE

ONE = replace(VILLAGE, code="97010101", name="บ้านนาสวรรค์", moo=1, tambon="ดอนแก้ว")
TWO = replace(VILLAGE, code="97010102", name="บ้านโนนทอง", moo=2, tambon="ดอนแก้ว")
OTHER = replace(VILLAGE, code="97010201", name="บ้านท่าลาด", moo=1, tambon="ท่าลาด")
TODAY = date(2026, 11, 24)


def rules(*own: Village, most_rows: int = 50) -> SurveyRules:
    return SurveyRules(
        own=own or (ONE, TWO),
        everywhere=(ONE, TWO, OTHER),
        categories={heading_key("ถนน สะพาน"): "road"},
        today=TODAY,
        most_rows=most_rows,
    )


def checked(*rows: tuple[str, ...], **more: object) -> CheckedSurvey:
    sheet = [SheetRow(number=n, cells=cells) for n, cells in enumerate(rows, start=1)]
    return check_survey(sheet, more.get("rules", rules()))  # type: ignore[arg-type]


def why(found: CheckedSurvey) -> list[tuple[int, str]]:
    return [(one.row, one.column) for one in found.mistakes]


HEAD = ("บ้านเลขที่", "หมู่", "เรื่อง")


def test_a_row_brings_all_it_says() -> None:
    head = ("เลขที่บ้าน", "หมู่ที่", "ปัญหา/ความต้องการ", "หมวด (ถ้ารู้)", "จำนวนครัวเรือน", "ตั้งแต่เมื่อไร",
            "ชื่อ - สกุล", "เบอร์โทร.", "วันที่สำรวจ", "หมายเหตุ")  # fmt: skip
    row = ("๑๒/๓", "หมู่ ๒", "ถนนพัง", "ถนน สะพาน", "๕ หลังคาเรือน", "ปี 2568", "ยายบุญมี",
           "0812345678", "5 พ.ย. 69", "-")  # fmt: skip
    found = checked(("แบบสำรวจหมู่บ้าน", "", ""), head, row)
    assert found.mistakes == ()
    assert found.unknown == ("หมายเหตุ",)
    (one,) = found.rows
    assert (one.number, one.village_code, one.house, one.category) == (3, TWO.code, "๑๒/๓", "road")
    assert (one.households, one.since) == (5, date(2025, 1, 1))
    assert (one.name, one.contact, one.told_on) == ("ยายบุญมี", "0812345678", date(2026, 11, 5))
    assert "บุญมี" not in repr(found)


@pytest.mark.parametrize(
    ("row", "mistakes"),
    [
        (("", "1", "ไฟดับ"), [(2, "บ้านเลขที่")]),
        (("1", "9", "ไฟดับ"), [(2, "หมู่")]),
        (("1", "97010201", "ไฟดับ"), [(2, "หมู่")]),
        (("1", "1", "?"), [(2, "ปัญหาหรือความต้องการ")]),
        (("", "", ""), [(0, "ทั้งตาราง")]),
        (("", "", "x"), [(2, "หมู่"), (2, "บ้านเลขที่"), (2, "ปัญหาหรือความต้องการ")]),
    ],
)
def test_each_mistake_is_named_by_row_and_column(
    row: tuple[str, ...], mistakes: list[tuple[int, str]]
) -> None:
    assert why(checked(HEAD, row)) == mistakes


def test_without_the_needed_headings_nothing_is_read() -> None:
    assert why(checked(("บ้านเลขที่", "เรื่อง"), ("1", "ไฟดับ"))) == [(1, "หมู่")]
    assert (
        checked(("บ้านเลขที่", "เรื่อง"), ("1", "ไฟดับ"), rules=rules(ONE)).rows[0].village_code
        == ONE.code
    )
    assert why(checked(("ก", "ข"), ("1", "ไฟดับ"))) == [(0, "ทั้งตาราง")]
    assert why(checked(("บ้านเลขที่", "หมู่", "เรื่อง", "ปัญหา"), ("1", "1", "ก", "ข"))) == [
        (1, "ปัญหาหรือความต้องการ")
    ]


def test_the_forms_example_is_left_out() -> None:
    found = checked(HEAD, ("ตัวอย่าง", "1", "ไฟส่องสว่างดับ"), ("3", "1", "น้ำไม่ไหล"))
    assert [row.number for row in found.rows] == [3]


def test_more_rows_than_allowed_are_none() -> None:
    found = checked(HEAD, *[("1", "1", "ไฟดับ")] * 4, rules=rules(most_rows=3))
    assert found.rows == ()
    assert why(found) == [(0, "ทั้งตาราง")]


def test_a_house_number_that_became_a_date_is_a_mistake() -> None:
    row = SheetRow(number=2, cells=("2026-03-12", "1", "ไฟดับ"), dates=frozenset({0}))
    found = check_survey([SheetRow(number=1, cells=HEAD), row], rules())
    assert why(found) == [(2, "บ้านเลขที่")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("1", ["97010101", "97010201"]),
        ("ม.2", ["97010102"]),
        ("หมู่ที่ ๒", ["97010102"]),
        ("97010201", ["97010201"]),
        ("97010201.0", ["97010201"]),
        ("โนนทอง", ["97010102"]),
        ("บ้านโนนทอง หมู่ 2", ["97010102"]),
        ("บ้านโนนทอง หมู่ 3", []),
        ("ไม่รู้", []),
        ("", []),
    ],
)
def test_a_village_is_named_in_many_ways(text: str, codes: list[str]) -> None:
    assert [v.code for v in named_villages(text, (ONE, TWO, OTHER))] == codes


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("5/11/2569", date(2026, 11, 5)),
        ("๕-๑๑-๖๙", date(2026, 11, 5)),
        ("5 พฤศจิกายน พ.ศ. 2569", date(2026, 11, 5)),
        ("วันที่ 5 พ.ย. 69", date(2026, 11, 5)),
        ("2026-11-05", date(2026, 11, 5)),
        ("2568", date(2025, 1, 1)),
        ("31/2/2569", None),
        ("เมื่อวาน", None),
    ],
)
def test_days_as_people_write_them(text: str, day: date | None) -> None:
    assert day_of(text) == day


def test_the_same_row_is_known_again_and_two_alike_are_two() -> None:
    once = checked(HEAD, ("1", "1", "ไฟดับ"), ("2", "1", "ไฟดับ")).rows
    again = checked(HEAD, ("2", "1", "ไฟ ดับ"), ("1", "1", "ไฟดับ"), ("1", "1", "ไฟดับ")).rows
    assert set(row_tellings(once)) & set(row_tellings(again)) == {row_tellings(once)[0]}
    assert len(set(row_tellings(again))) == 3


def test_no_heading_means_two_columns() -> None:
    keys = [heading_key(name) for names in HEADINGS.values() for name in names]
    assert len(keys) == len(set(keys))


CELLS = st.lists(
    st.sampled_from(["บ้านเลขที่", "หมู่", "เรื่อง", "ชื่อ", "1", "=1+1", "", "x" * 2100]), max_size=5
)


@given(st.lists(CELLS, max_size=6))
def test_no_table_whatsoever_raises_and_a_mistake_leaves_its_row_out(
    table: list[list[str]],
) -> None:
    found = checked(*map(tuple, table))
    assert {one.row for one in found.mistakes}.isdisjoint(row.number for row in found.rows)
