"""What a forum put aside comes back when its time has come, and not before."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.calendar import target_fiscal_year
from planning.issues import IssueState
from planning.returning import PutAside, is_back, sorted_out

DECIDED = datetime(2026, 2, 10, 3, 0, tzinfo=UTC)
LATER = PutAside(issue_id=1, issue_code="IS-AAAAAA", state=IssueState.POSTPONED, decided_at=DECIDED)
NO = replace(LATER, state=IssueState.REJECTED, issue_code="IS-BBBBBB")
DAYS = st.dates(date(2026, 2, 11), date(2031, 12, 31))


def back(one: PutAside, day: date, each_plan_year: bool = True) -> bool:
    return is_back(one, day, each_plan_year=each_plan_year)


@given(DAYS)
def test_what_was_put_off_comes_to_the_next_forum(day: date) -> None:
    assert back(LATER, day)


@given(DAYS, st.integers(-400, 400))
def test_a_day_that_was_said_is_kept_to(day: date, after: int) -> None:
    waits = replace(LATER, returns_on=day + timedelta(days=after))
    assert back(waits, day) is (after <= 0)


@given(DAYS)
def test_a_refusal_rests_until_the_village_plans_for_a_later_year(day: date) -> None:
    assert back(NO, day) is (target_fiscal_year(day) > 2571)
    assert not back(NO, day, each_plan_year=False)


@given(DAYS, st.integers(1, 9), st.booleans())
def test_others_who_tell_anew_bring_it_back(day: date, people: int, each: bool) -> None:
    assert back(replace(NO, told_anew=people), day, each)


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2026, 2, 28), False), (date(2026, 3, 1), True)]
)
def test_the_plan_year_turns_with_march(day: date, expected: bool) -> None:
    assert back(NO, day) is expected


def test_each_is_either_back_or_at_rest() -> None:
    day = date(2026, 2, 20)
    found = sorted_out([LATER, NO], day, each_plan_year=True)
    assert found == (frozenset({"IS-AAAAAA"}), frozenset({"IS-BBBBBB"}))
