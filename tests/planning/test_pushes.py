"""The budget of pushes: never beyond the month, danger's reserve never touched by anything else."""

from datetime import UTC, datetime, timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.pushes import (
    DAY_SHARES,
    PushBudget,
    Rank,
    day_start,
    days_left,
    forecast,
    month_end,
    month_name,
    month_start,
    next_look,
    room,
    warnings_due,
)
from planning.thai import BANGKOK

MOMENTS = st.datetimes(datetime(2021, 1, 1), datetime(2031, 1, 1), timezones=st.just(UTC))


@st.composite
def budgets(draw: st.DrawFn) -> PushBudget:
    limit, reserve = draw(st.integers(0, 2000)), draw(st.integers(0, 300))
    used = draw(st.integers(0, limit + 20))
    return PushBudget(
        limit=limit,
        reserve=reserve,
        used=used,
        used_today=draw(st.integers(0, used)),
        days_left=draw(st.integers(1, 31)),
    )


@given(budgets(), st.sampled_from(Rank))
def test_nothing_goes_beyond_the_month_and_only_danger_into_the_reserve(
    budget: PushBudget, rank: Rank
) -> None:
    units = room(budget, rank)
    assert units >= 0
    if units:
        end = budget.limit if rank is Rank.DANGER else budget.limit - budget.reserve
        assert budget.used + units <= end


@given(budgets())
def test_a_more_pressing_rank_never_has_less_room(budget: PushBudget) -> None:
    rooms = [room(budget, rank) for rank in sorted(Rank)]
    assert rooms == sorted(rooms, reverse=True)


@given(budgets(), st.sampled_from(Rank))
def test_one_push_takes_at_most_one_unit_of_room(budget: PushBudget, rank: Rank) -> None:
    after = PushBudget(
        limit=budget.limit,
        reserve=budget.reserve,
        used=budget.used + 1,
        used_today=budget.used_today + 1,
        days_left=budget.days_left,
    )
    assert room(budget, rank) - 1 <= room(after, rank) <= room(budget, rank)


@given(st.integers(0, 1000), st.integers(0, 200), st.sampled_from(sorted(DAY_SHARES)))
def test_using_all_the_room_every_day_leaves_some_for_each_later_day(
    limit: int, reserve: int, rank: Rank
) -> None:
    used, first = 0, 0
    for day in range(30):
        budget = PushBudget(
            limit=limit, reserve=reserve, used=used, used_today=0, days_left=30 - day
        )
        free = limit - reserve - used
        units = room(budget, rank)
        assert (units > 0) == (free > 0)
        used += units
        first = first or units
    spendable = max(0, limit - reserve)
    assert first <= ceil(spendable * DAY_SHARES[rank] / 30)
    assert used <= spendable
    if DAY_SHARES[rank] >= 1:
        assert used == spendable


def test_the_figures_of_the_free_plan() -> None:
    dawn = PushBudget(limit=300, reserve=30, used=0, used_today=0, days_left=30)
    assert {rank: room(dawn, rank) for rank in Rank} == {
        Rank.DANGER: 300,
        Rank.ANSWER: 270,
        Rank.OUTCOME: 108,
        Rank.FORUM: 90,
        Rank.DIGEST: 5,
        Rank.OTHER: 3,
    }
    late = PushBudget(limit=300, reserve=30, used=275, used_today=1, days_left=2)
    assert {rank: room(late, rank) for rank in Rank} == {
        Rank.DANGER: 25, **dict.fromkeys(list(Rank)[1:], 0),
    }  # fmt: skip


@given(MOMENTS)
def test_the_month_holds_the_moment_and_the_days_add_up(now: datetime) -> None:
    assert month_start(now) <= day_start(now) <= now < month_end(now)
    assert month_start(month_end(now)) == month_end(now)
    assert days_left(now) * timedelta(days=1) == month_end(now) - day_start(now)
    assert 1 <= days_left(now) <= 31
    assert month_name(now) == month_name(month_start(now)) != month_name(month_end(now))


@given(MOMENTS, st.sampled_from(Rank))
def test_what_waits_is_looked_at_within_a_day_and_not_at_night(now: datetime, rank: Rank) -> None:
    again = next_look(rank, now)
    assert now < again <= now + timedelta(days=1)
    if rank is Rank.DANGER:
        assert again == now + timedelta(hours=1)
    else:
        assert again.astimezone(BANGKOK).hour == 8


def test_the_forecast_goes_on_as_it_went() -> None:
    begun = datetime(2026, 10, 31, 15, 0, tzinfo=UTC)
    assert month_start(begun) == begun
    assert forecast(5, begun) == 150
    assert forecast(100, begun + timedelta(days=10)) == 300
    assert forecast(0, begun + timedelta(days=29)) == 0


@pytest.mark.parametrize(
    ("used", "limit", "due"),
    [(239, 300, ()), (240, 300, (80,)), (285, 300, (80, 95)), (0, 0, ()), (400, 300, (80, 95))],
)
def test_marks_are_passed_at_80_and_95_percent(used: int, limit: int, due: tuple[int, ...]) -> None:
    assert warnings_due(used, limit) == due
