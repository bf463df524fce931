"""An area at one look: who counts, what is foremost, what a filter holds, what a forum waits for."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.forums import Forum, ForumState
from planning.outlook import (
    ForumNeed,
    Moved,
    Only,
    Outlook,
    OutlookItem,
    Waiting,
    by_pillar,
    foremost,
    forum_due,
    ranked,
)
from planning.taxonomy import Pillar, categories
from tests.planning.samples import NOW, VILLAGE, standing

TODAY = NOW.date()
CODES = tuple(categories())


def item(people: int = 1, moved: Moved | None = None, **changes: Any) -> OutlookItem:
    return OutlookItem(standing=standing(people, **changes), moved=moved or Moved())


def outlook(items: tuple[OutlookItem, ...], **changes: Any) -> Outlook:
    made = Outlook(
        area="บ้านหนองปลาไหล",
        villages=(VILLAGE,),
        items=items,
        behind={},
        since=NOW - timedelta(days=7),
        now=NOW,
    )
    return replace(made, **changes)


def test_each_person_counts_once_however_much_they_told() -> None:
    behind = {
        ("20040301", "road"): frozenset({1, 2}),
        ("20040301", "health"): frozenset({2}),
        ("20040302", "road"): frozenset({2, 3}),
    }
    seen = outlook((), behind=behind)
    assert seen.people == 3
    assert seen.people_of("20040301") == 2
    assert seen.people_in(Pillar.INFRASTRUCTURE) == 3
    assert seen.people_in(Pillar.SOCIAL) == 1
    assert outlook(()).people == 0


def test_new_voices_of_a_new_matter_are_not_counted_twice() -> None:
    seen = outlook(
        (item(moved=Moved(fresh=True, voices=3)), item(moved=Moved(voices=2)), item(moved=Moved()))
    )
    assert (seen.fresh, seen.grown) == (1, 2)


def test_danger_comes_first_then_the_many_then_the_old() -> None:
    old = item(2, id=1, opened_at=NOW - timedelta(days=3))
    many, danger, young = item(5, id=2), item(1, id=3, emergency=True), item(2, id=4)
    found = ranked((young, old, many, danger))
    assert [i.standing.issue.id for i in found] == [3, 2, 1, 4]


def test_how_long_it_lasts_is_what_is_said_or_since_it_was_told() -> None:
    told = item(opened_at=NOW - timedelta(days=5))
    assert told.days(NOW) == 5
    longer = replace(told.standing, since=TODAY - timedelta(days=40))
    assert OutlookItem(standing=longer).days(NOW) == 40
    shorter = replace(told.standing, since=TODAY)
    assert OutlookItem(standing=shorter).days(NOW) == 5


ITEMS = st.lists(
    st.builds(
        lambda n, people, category: item(people, id=n, category=category),
        st.integers(1, 10_000),
        st.integers(1, 40),
        st.sampled_from(CODES),
    ),
    unique_by=lambda i: i.standing.issue.id,
    max_size=30,
)


@given(ITEMS, st.integers(1, 8))
def test_the_foremost_have_one_of_each_pillar_and_stand_in_their_order(
    items: list[OutlookItem], most: int
) -> None:
    order = ranked(items)
    shown = foremost(order, most)
    pillars = list(by_pillar(order))
    assert len(shown) == min(len(order), max(most, len(pillars)))
    assert list(dict.fromkeys(i.pillar for i in shown)) == pillars
    for pillar in pillars:
        mine = [i for i in shown if i.pillar is pillar]
        assert mine == [i for i in order if i.pillar is pillar][: len(mine)]


@given(ITEMS)
def test_pillars_hold_everything_once(items: list[OutlookItem]) -> None:
    held = [i for inside in by_pillar(items).values() for i in inside]
    assert sorted(i.standing.issue.id for i in held) == sorted(i.standing.issue.id for i in items)


@pytest.mark.parametrize(
    ("only", "held"),
    [
        (Only(), True),
        (Only(whole=True), True),
        (Only(fresh=True), False),
        (Only(urgent=True), False),
        (Only(old=True), False),
        (Only(pillar=Pillar.INFRASTRUCTURE), True),
        (Only(pillar=Pillar.SOCIAL), False),
        (Only(topics=(frozenset({"road"}),), words=("ทาง",)), True),
        (Only(topics=(frozenset({"health"}),), words=("ยุง",)), False),
        (Only(topics=(frozenset({"health"}),), words=("หน้าวัด",)), True),
        (Only(topics=(frozenset(),), words=("วัด",)), True),
        (Only(topics=(frozenset(),), words=("คลอง",)), False),
    ],
)
def test_a_filter_holds_what_it_names(only: Only, held: bool) -> None:
    assert only.holds(item(), NOW) is held


def test_what_moved_is_dangerous_or_old_is_held_by_its_filter() -> None:
    assert Only(fresh=True).holds(item(moved=Moved(fresh=True, voices=1)), NOW)
    assert Only(fresh=True).holds(item(moved=Moved(voices=1)), NOW)
    assert Only(urgent=True).holds(item(emergency=True), NOW)
    assert Only(old=True).holds(item(opened_at=NOW - timedelta(days=30)), NOW)
    assert not Only(said="อะไรก็ได้").narrows
    assert Only(whole=True).narrows


def meeting(state: ForumState, held_on: date | None = None) -> Forum:
    return Forum(
        id=1, code="FM-AAAAAA", village_code=VILLAGE.code, number=1, year_be=2564, state=state,
        held_on=held_on,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("forums", "matters", "need"),
    [
        ((), True, ForumNeed.DAY),
        ((), False, None),
        ((meeting(ForumState.PREPARING),), True, ForumNeed.DAY),
        ((meeting(ForumState.PREPARING),), False, None),
        ((meeting(ForumState.PREPARING, TODAY + timedelta(3)),), True, ForumNeed.MEETING),
        ((meeting(ForumState.PREPARING, TODAY),), True, ForumNeed.RESOLUTIONS),
        ((meeting(ForumState.DECIDING),), True, ForumNeed.RESOLUTIONS),
        ((meeting(ForumState.ENDED, TODAY),), True, ForumNeed.MINUTES),
        ((meeting(ForumState.CLOSED, TODAY - timedelta(3)),), True, None),
        ((meeting(ForumState.CLOSED, TODAY - timedelta(31)),), True, ForumNeed.DAY),
        ((meeting(ForumState.CLOSED),), True, ForumNeed.DAY),
    ],
)
def test_what_a_villages_forum_waits_for(
    forums: tuple[Forum, ...], matters: bool, need: ForumNeed | None
) -> None:
    found = forum_due(VILLAGE.code, forums, matters, TODAY)
    assert (found.need if found else None) is need


def test_when_one_was_last_held_is_told() -> None:
    before = TODAY - timedelta(days=40)
    found = forum_due(VILLAGE.code, (meeting(ForumState.CLOSED, before),), True, TODAY)
    assert found and found.last == before


def test_nothing_waits_where_all_counts_are_nought() -> None:
    assert not Waiting()
    assert Waiting(unsure=1)
