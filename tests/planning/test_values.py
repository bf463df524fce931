"""Taxonomy, Thai dates and digits, errors, and reports that keep their words to themselves."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.errors import (
    Conflict,
    NotAllowed,
    NotFound,
    PrachakhomError,
    RowMistake,
    RowMistakes,
    UserMistake,
)
from planning.naming import project_name, project_objective
from planning.reports import Channel, Kind, Position, Report, ReportState, keeps_confidential
from planning.taxonomy import ALWAYS_CONFIDENTIAL, PILLAR_TH, Pillar, categories
from planning.thai import MONTHS, MONTHS_SHORT, chat_date, official_date, thai_digits
from tests.planning.samples import NOW, VILLAGE, issue
from tests.shared import shared_file


def test_the_taxonomy_has_its_27_categories_in_six_pillars() -> None:
    assert len(categories()) == 27
    assert all(code == category.code for code, category in categories().items())
    assert {c.pillar for c in categories().values()} == set(Pillar) == set(PILLAR_TH)
    for names in ("name_th", "name_en"):
        assert len({getattr(c, names) for c in categories().values()}) == 27
    assert all(c.program for c in categories().values())


def test_what_is_always_confidential_is_a_category() -> None:
    assert set(categories()) > ALWAYS_CONFIDENTIAL
    assert {"drugs", "official_conduct", "dispute"} == ALWAYS_CONFIDENTIAL


def test_the_taxonomy_is_the_shared_one() -> None:
    with shared_file("data/taxonomy.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [(r["code"], r["pillar"], r["program"]) for r in rows] == [
        (c.code, c.pillar, c.program) for c in categories().values()
    ]


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2021, 3, 9), "๙ มีนาคม พ.ศ. ๒๕๖๔"),
        (date(2024, 2, 29), "๒๙ กุมภาพันธ์ พ.ศ. ๒๕๖๗"),
        (date(2026, 12, 31), "๓๑ ธันวาคม พ.ศ. ๒๕๖๙"),
    ],
)
def test_official_dates(day: date, written: str) -> None:
    assert official_date(day) == written


def test_chat_dates_are_in_thai_time() -> None:
    assert chat_date(date(2021, 3, 9)) == "9 มี.ค. 64"
    assert chat_date(datetime(2021, 3, 8, 16, 59, tzinfo=UTC)) == "8 มี.ค. 64"
    assert chat_date(datetime(2021, 3, 8, 17, 0, tzinfo=UTC)) == "9 มี.ค. 64"
    assert chat_date(datetime(2056, 12, 31, 17, 0, tzinfo=UTC)) == "1 ม.ค. 00"


def test_months_have_twelve_names_and_twelve_short_ones() -> None:
    assert len(set(MONTHS)) == len(set(MONTHS_SHORT)) == 12
    assert all(
        long[0] == short[0] or long[1] == short[1]
        for long, short in zip(MONTHS, MONTHS_SHORT, strict=True)
    )


@given(st.integers(0, 10**9))
def test_thai_digits_mean_the_same_number(number: int) -> None:
    written = thai_digits(number)
    assert int(written) == number
    assert not any(sign in "0123456789" for sign in written)


def test_a_report_keeps_its_words_and_its_place_out_of_its_repr() -> None:
    report = Report(
        id=7, tracking_code="AAAAAA", person_id=3, channel=Channel.LINE, village_code="20040301",
        state=ReportState.LINKED, first_told_at=NOW, last_told_at=NOW, text="บ้านนายสมชาย",
        masked_text="บ้านสมชาย", category="road", category_score=0.5, kind=Kind.PROBLEM,
        confidential=False, emergency=False, place="หน้าบ้านสมชาย", position=Position(lat=12.5, lon=101.25),
    )  # fmt: skip
    assert "AAAAAA" in repr(report)
    for secret in ("สมชาย", "12.5", "101.25"):
        assert secret not in repr(report)


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("category", ["road", "drugs", "official_conduct", "dispute"])
def test_what_keeps_a_telling_off_every_open_list(category: str, kind: Kind, asked: bool) -> None:
    open_to_all = category == "road" and kind is not Kind.COMPLAINT_PERSON and not asked
    assert keeps_confidential(category, kind, asked) is not open_to_all


@pytest.mark.parametrize("category", sorted(categories()))
def test_a_project_is_named_after_its_matter_and_village(category: str) -> None:
    name = project_name(issue(category=category, place="หน้าวัด"), VILLAGE)
    assert name.startswith("โครงการ")
    assert name.endswith(" บริเวณหน้าวัด หมู่ที่ 1 บ้านหนองปลาไหล ตำบลหนองปลาไหล")


def test_a_project_name_leaves_out_what_is_not_known() -> None:
    bare = replace(VILLAGE, moo=None, tambon="", name="ชุมชนวัดบุณย์")
    name = project_name(issue(category="road", place=""), bare)
    assert name == "โครงการปรับปรุงซ่อมแซมถนน ชุมชนวัดบุณย์"
    beside = project_name(issue(category="road", place="บริเวณตลาด"), bare)
    assert beside == "โครงการปรับปรุงซ่อมแซมถนน บริเวณตลาด ชุมชนวัดบุณย์"
    assert project_objective(issue()).endswith("กรณีถนนชำรุดเป็นหลุม")


def test_mistakes_of_people_carry_the_sentence_that_helps() -> None:
    for kind in (UserMistake, NotFound, NotAllowed):
        error = kind("ไม่พบเลขนี้ค่ะ")
        assert isinstance(error, PrachakhomError)
        assert error.sentence_th == str(error) == "ไม่พบเลขนี้ค่ะ"


def test_mistakes_of_a_file_are_said_a_line_each() -> None:
    faults = (RowMistake(2, "moo", "is odd"), RowMistake(3, "lat", "is far"))
    error = RowMistakes(faults)
    assert str(error) == "line 2, column moo: is odd\nline 3, column lat: is far"
    assert (error.mistakes, faults[0].why) == (faults, "is odd")


def test_there_is_one_tree_of_errors() -> None:
    for kind in (UserMistake, NotFound, NotAllowed, RowMistake, RowMistakes, Conflict):
        assert issubclass(kind, PrachakhomError)
