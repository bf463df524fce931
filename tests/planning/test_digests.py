"""When the regular digest comes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.digests import DAYS, DAYS_TH, Rhythm, may_go, next_at
from planning.thai import BANGKOK

MONDAY_8 = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
RHYTHMS = st.builds(
    Rhythm,
    weekday=st.none() | st.integers(0, 6),
    hour=st.integers(0, 23),
    minute=st.integers(0, 59),
)
TIMES = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


def test_the_days_of_the_week_are_named_alike() -> None:
    assert len(DAYS) == len(DAYS_TH) == 7
    assert DAYS[MONDAY_8.astimezone(BANGKOK).weekday()] == "monday"


@given(RHYTHMS, TIMES)
def test_the_next_is_the_first_of_its_rhythm_and_later(rhythm: Rhythm, now: datetime) -> None:
    found = next_at(rhythm, now)
    there = found.astimezone(BANGKOK)
    assert (there.hour, there.minute, there.second) == (rhythm.hour, rhythm.minute, 0)
    assert rhythm.weekday in (None, there.weekday())
    period = timedelta(days=1 if rhythm.weekday is None else 7)
    assert timedelta(0) < found - now <= period
    assert next_at(rhythm, found) == found + period


def test_a_weekly_one_waits_for_its_hour_and_then_for_next_week() -> None:
    weekly = Rhythm(weekday=0, hour=8)
    assert next_at(weekly, MONDAY_8 - timedelta(minutes=1)) == MONDAY_8
    assert next_at(weekly, MONDAY_8) == MONDAY_8 + timedelta(days=7)


@pytest.mark.parametrize(
    ("due", "late", "goes"),
    [
        ((8, 0), timedelta(seconds=-1), False),
        ((8, 0), timedelta(0), True),
        ((8, 0), timedelta(hours=5), True),
        ((23, 0), timedelta(minutes=30), True),
        ((23, 0), timedelta(hours=3), False),
        ((23, 0), timedelta(hours=8), True),
    ],
)
def test_what_missed_its_hour_waits_out_the_night(
    due: tuple[int, int], late: timedelta, goes: bool
) -> None:
    at = datetime(2026, 11, 23, *due, tzinfo=BANGKOK)
    assert may_go(at, at + late) is goes
