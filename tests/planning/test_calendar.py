"""Fiscal years, targets and windows, by the checks that the trade's own page names."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.calendar import BE, PlanLevel, default_windows, fiscal_year, target_fiscal_year

DAYS = st.dates(date(2015, 1, 1), date(2045, 12, 31))


def be(day: int, month: int, year: int) -> date:
    """A day of a Buddhist year."""
    return date(year - BE, month, day)


@pytest.mark.parametrize(
    ("told", "year"),
    [
        (be(15, 2, 2564), 2566),
        (be(9, 3, 2564), 2567),
        (be(1, 11, 2564), 2567),
        (be(30, 11, 2564), 2567),
        (be(1, 1, 2564), 2566),
        (be(28, 2, 2564), 2566),
        (be(29, 2, 2567), 2569),
        (be(1, 3, 2564), 2567),
        (be(31, 12, 2564), 2567),
    ],
)
def test_a_report_aims_at(told: date, year: int) -> None:
    assert target_fiscal_year(told) == year


@pytest.mark.parametrize(
    ("day", "year"),
    [(be(30, 9, 2566), 2566), (be(1, 10, 2565), 2566), (be(1, 10, 2566), 2567), (be(1, 1, 2566), 2566)],
)  # fmt: skip
def test_the_fiscal_year_begins_on_the_first_of_october(day: date, year: int) -> None:
    assert fiscal_year(day) == year


@given(DAYS)
def test_a_fiscal_year_lasts_from_october_to_september(day: date) -> None:
    year = fiscal_year(day)
    assert be(1, 10, year - 1) <= day <= be(30, 9, year)


@given(DAYS)
def test_the_target_never_goes_back_and_lies_ahead(day: date) -> None:
    tomorrow = day + timedelta(days=1)
    assert 0 <= target_fiscal_year(tomorrow) - target_fiscal_year(day) <= 1
    assert 2 <= target_fiscal_year(day) - fiscal_year(day) <= 3


@given(DAYS)
def test_the_village_window_of_the_target_is_not_over(day: date) -> None:
    windows = {w.level: w for w in default_windows("2004", target_fiscal_year(day))}
    assert day <= windows[PlanLevel.VILLAGE].closes


def test_the_windows_for_2566_are_those_of_the_starting_document() -> None:
    assert [(w.level, w.opens, w.closes) for w in default_windows("2004", 2566)] == [
        (PlanLevel.VILLAGE, be(1, 1, 2564), be(28, 2, 2564)),
        (PlanLevel.TAMBON, be(1, 3, 2564), be(30, 4, 2564)),
        (PlanLevel.LOCAL, be(1, 3, 2564), be(30, 4, 2564)),
        (PlanLevel.DISTRICT, be(1, 5, 2564), be(30, 6, 2564)),
        (PlanLevel.PROVINCE, be(1, 5, 2564), be(30, 9, 2564)),
    ]


def test_the_village_window_reaches_the_end_of_a_leap_february() -> None:
    assert default_windows("2004", 2569)[0].closes == be(29, 2, 2567)


@given(st.integers(2560, 2600))
def test_windows_name_their_district_and_year_and_follow_each_other(year: int) -> None:
    windows = default_windows("2004", year)
    assert {w.level for w in windows} == set(PlanLevel)
    assert {(w.district_code, w.fiscal_year) for w in windows} == {("2004", year)}
    assert all(w.opens < w.closes < be(1, 10, year - 1) for w in windows)
    assert [w.opens for w in windows] == sorted(w.opens for w in windows)
