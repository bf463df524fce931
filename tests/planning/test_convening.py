"""Which plan a forum serves, what can be reached late, and the days that are offered."""

from datetime import date, datetime, timedelta, timezone

import hypothesis.strategies as st
import pytest
from hypothesis import given

from planning.calendar import PlanLevel, PlanWindow, default_windows, target_fiscal_year
from planning.convening import (
    NOTICE_DAYS,
    days_to_offer,
    serves,
    starts_at,
    when_key,
    years_around,
)
from planning.forums import Forum, ForumState

DAYS = st.dates(date(2021, 1, 1), date(2035, 12, 31))


def windows(day: date) -> list[PlanWindow]:
    return [w for year in years_around(day) for w in default_windows("9701", year)]


@pytest.mark.parametrize(
    ("day", "year", "late"),
    [
        (date(2022, 2, 15), 2567, set()),
        (date(2021, 2, 28), 2566, set()),
        (date(2021, 3, 9), 2567, {PlanLevel.TAMBON, PlanLevel.LOCAL, PlanLevel.DISTRICT}),
        (date(2021, 5, 2), 2567, {PlanLevel.DISTRICT}),
        (date(2021, 7, 1), 2567, set()),
        (date(2021, 11, 20), 2567, set()),
    ],
)
def test_which_plan_a_day_serves(day: date, year: int, late: set[PlanLevel]) -> None:
    found = serves(day, windows(day))
    assert (found.year, {w.level for w in found.late}) == (year, late)
    assert all(w.fiscal_year == year - 1 for w in found.late)


@given(DAYS)
def test_a_forum_serves_the_year_a_report_of_that_day_aims_at(day: date) -> None:
    assert serves(day, windows(day)).year == target_fiscal_year(day)


def test_a_district_window_of_its_own_is_followed() -> None:
    day = date(2021, 3, 9)
    own = [
        PlanWindow(district_code="9701", fiscal_year=2566, level=PlanLevel.VILLAGE,
                   opens=date(2021, 1, 1), closes=date(2021, 3, 31))
        if (w.level, w.fiscal_year) == (PlanLevel.VILLAGE, 2566) else w
        for w in windows(day)
    ]  # fmt: skip
    assert serves(day, own).year == 2566


@given(DAYS)
def test_offered_days_are_weekends_with_time_to_tell(day: date) -> None:
    found = serves(day, windows(day))
    offered = days_to_offer(day, found)
    assert 1 <= len(offered) <= 4
    assert list(offered) == sorted(set(offered))
    assert all(d.weekday() >= 5 and d >= day + timedelta(days=NOTICE_DAYS) for d in offered)


def test_offered_days_lie_inside_the_window() -> None:
    day = date(2022, 1, 3)
    offered = days_to_offer(day, serves(day, windows(day)))
    assert offered == (date(2022, 1, 8), date(2022, 1, 9), date(2022, 1, 15))
    before = date(2021, 11, 2)
    assert days_to_offer(before, serves(before, windows(before))) == (
        date(2021, 11, 6), date(2022, 1, 1), date(2022, 1, 2), date(2022, 1, 8),
    )  # fmt: skip


def test_late_the_days_lie_before_the_tambon_closes() -> None:
    day = date(2021, 4, 18)
    offered = days_to_offer(day, serves(day, windows(day)))
    assert offered == (date(2021, 4, 24), date(2021, 4, 25))
    too_late = date(2021, 4, 29)
    assert days_to_offer(too_late, serves(too_late, windows(too_late)))[0] == date(2021, 5, 2)


def forum(**more: object) -> Forum:
    made = {"held_on": date(2021, 3, 20), "held_at": "", "place": "", **more}
    return Forum(
        id=1, code="FM-A", village_code="97010101", number=1, year_be=2564,
        state=ForumState.PREPARING, **made,  # type: ignore[arg-type]
    )  # fmt: skip


def test_when_a_forum_begins() -> None:
    thai = timezone(timedelta(hours=7))
    assert starts_at(forum(held_at="9.30 น.")) == datetime(2021, 3, 20, 9, 30, tzinfo=thai)
    assert starts_at(forum(held_at="25.00 น.")) == datetime(2021, 3, 20, 23, 59, tzinfo=thai)
    assert starts_at(forum()) == datetime(2021, 3, 20, 23, 59, tzinfo=thai)
    assert starts_at(forum(held_on=None)) is None


def test_another_hour_or_place_is_another_when() -> None:
    keys = {
        when_key(forum(**change))
        for change in ({}, {"held_at": "09.00 น."}, {"place": "วัด"}, {"held_on": None})
    }
    assert len(keys) == 4
