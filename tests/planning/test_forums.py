"""Agendas: what becomes an item, in which order, and when two agendas are the same."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.forums import (
    OUTCOME_TH,
    WAY_TH,
    AgendaContent,
    AgendaItem,
    CarriedOver,
    Outcome,
    PreviousMinutes,
    Way,
    content_hash,
    draft_items,
)
from planning.issues import OPEN_STATES, IssueStanding, IssueState
from planning.ranking import WEIGHTS, ScoreParts
from planning.reports import Kind
from planning.taxonomy import ALWAYS_CONFIDENTIAL, Pillar, categories
from tests.planning.samples import NOW, VILLAGE, content, standing


def draft(*standings: IssueStanding) -> tuple[AgendaItem, ...]:
    """The items of the village's agenda, now."""
    return draft_items(standings, VILLAGE, NOW)


STANDINGS = st.lists(
    st.builds(
        standing,
        people=st.integers(0, 40),
        supporters=st.integers(0, 40),
        photos=st.integers(0, 2),
        id=st.integers(1, 10_000),
        category=st.sampled_from(sorted(categories())),
        kind=st.sampled_from(Kind),
        state=st.sampled_from(IssueState),
        confidential=st.booleans(),
        emergency=st.booleans(),
        opened_at=st.integers(0, 200).map(lambda d: NOW - timedelta(days=d)),
    ),
    max_size=12,
    unique_by=lambda s: s.issue.id,
).map(lambda found: [_named(s) for s in found])


def _named(s: IssueStanding) -> IssueStanding:
    return replace(s, issue=replace(s.issue, code=f"IS-{s.issue.id}"))


@given(STANDINGS)
def test_exactly_the_open_public_told_issues_become_items(standings: list[IssueStanding]) -> None:
    wanted = {
        s.issue.code
        for s in standings
        if not s.issue.confidential
        and s.issue.category not in {"drugs", "official_conduct", "dispute"}
        and s.issue.kind is not Kind.COMPLAINT_PERSON
        and s.reports > 0
        and s.issue.state in {IssueState.NOTED, IssueState.BEFORE_FORUM, IssueState.POSTPONED}
    }
    items = draft(*standings)
    assert [item.number for item in items] == list(range(1, len(items) + 1))
    assert sorted(item.issue_code for item in items) == sorted(wanted)


@given(STANDINGS)
def test_items_go_by_pillar_then_by_score(standings: list[IssueStanding]) -> None:
    order = list(Pillar)
    for before, after in pairwise(draft(*standings)):
        places = order.index(before.pillar), order.index(after.pillar)
        assert places[0] <= places[1]
        assert places[0] < places[1] or before.score.total >= after.score.total


@given(STANDINGS, st.randoms(use_true_random=False))
def test_the_order_in_which_issues_come_does_not_matter(
    standings: list[IssueStanding], random: Any
) -> None:
    shuffled = list(standings)
    random.shuffle(shuffled)
    assert draft(*shuffled) == draft(*standings)


def test_ties_go_to_the_older_then_to_the_one_first_recorded() -> None:
    late = NOW - timedelta(days=100)
    items = draft(
        standing(id=3, code="IS-3", opened_at=late),
        standing(id=2, code="IS-2", opened_at=late),
        standing(id=4, code="IS-4", opened_at=late - timedelta(days=1)),
    )
    assert [i.issue_code for i in items] == ["IS-4", "IS-2", "IS-3"]


def test_an_item_says_what_stands_behind_it() -> None:
    (item,) = draft(standing(people=3, reports=5, supporters=2, category="waste", place="ตลาด"))
    assert (item.people, item.reports, item.supporters) == (3, 5, 2)
    assert (item.pillar, item.category, item.place) == (Pillar.ENVIRONMENT, "waste", "ตลาด")
    assert item.line == "ถนนชำรุดเป็นหลุม"


@pytest.mark.parametrize("category", sorted(ALWAYS_CONFIDENTIAL))
def test_a_confidential_category_never_shows_even_when_nobody_marked_it(category: str) -> None:
    assert draft(standing(people=50, category=category, confidential=False)) == ()


def test_a_complaint_about_a_person_never_shows() -> None:
    assert draft(standing(people=50, kind=Kind.COMPLAINT_PERSON)) == ()


def test_a_matter_nobody_stands_behind_any_more_is_no_item() -> None:
    assert draft(standing(people=0, supporters=9)) == ()
    assert draft() == ()


@pytest.mark.parametrize("state", IssueState)
def test_only_open_matters_come_before_a_forum(state: IssueState) -> None:
    assert bool(draft(standing(state=state))) is (state in OPEN_STATES)


def test_a_district_may_weigh_otherwise() -> None:
    crowd = standing(people=30, id=1, code="IS-1")
    danger = standing(people=1, emergency=True, id=2, code="IS-2")
    by_size = draft_items([crowd, danger], VILLAGE, NOW, replace(WEIGHTS, size=90, severity=10))
    by_danger = draft_items([crowd, danger], VILLAGE, NOW, replace(WEIGHTS, size=10, severity=90))
    assert [i.issue_code for i in by_size] == ["IS-1", "IS-2"]
    assert [i.issue_code for i in by_danger] == ["IS-2", "IS-1"]


CHANGES: dict[str, object] = {
    "forum_code": "FM-CCCCCC", "village_code": "20040302", "village_name": "บ้านอื่น", "moo": 2,
    "tambon": "อื่น", "district": "อื่น", "province": "อื่น", "households": 121, "forum_number": 2,
    "year_be": 2565, "held_on": date(2021, 3, 12), "held_at": "13.00 น.", "place": "ศาลากลางบ้าน",
    "items": draft_items([standing()], VILLAGE, NOW),
    "carried_over": (
        CarriedOver(issue_code="IS-9", line="ไฟ", forum_number="1/2563", state=IssueState.DONE),
    ),
    "opening": ("ปลัดอำเภอมาพบชาวบ้าน",), "conveners": ("อบต.ตะเคียนเตี้ย",),
    "previous": PreviousMinutes(code="MN-A", number="1/2564", held_on=date(2021, 1, 12)),
    "weights": WEIGHTS,
}  # fmt: skip


def test_every_part_of_an_agenda_can_be_changed_here() -> None:
    assert set(CHANGES) == {f.name for f in fields(AgendaContent)}


@pytest.mark.parametrize("part", sorted(CHANGES))
def test_a_change_of_any_part_is_another_agenda(part: str) -> None:
    changed = content(**{part: CHANGES[part]})
    assert content_hash(changed) != content_hash(content())
    assert content_hash(changed) == content_hash(content(**{part: CHANGES[part]}))


def test_a_change_of_a_score_is_another_agenda() -> None:
    (item,) = draft(standing())
    moved = replace(item, score=ScoreParts(size=1.0, severity=2.0, age=3.0, evidence=4.0))
    assert content_hash(content(items=(item,))) != content_hash(content(items=(moved,)))


def test_the_hash_is_a_sha_256_and_does_not_move_between_versions() -> None:
    assert content_hash(content()) == (
        "dbb44ed3ef7e5ecb1efe52882192e4778e7af766ebcc351e3dc1ba7ce26a6a0e"
    )


def test_what_later_versions_add_and_nobody_uses_moves_no_hash() -> None:
    parts = ScoreParts(size=1.0, severity=2.0, age=3.0, evidence=4.0)
    (made,) = draft(standing())
    item = replace(made, score=parts)
    carried = CHANGES["carried_over"]
    hashed = content_hash(content(items=(item,), carried_over=carried))
    assert hashed == ("c802cb029e509f31f084fd11f4067ec478744edbd36e4c6c1e19d7add66a89eb")
    pinned = content(items=(replace(item, pinned=True),), carried_over=carried)
    assert content_hash(pinned) != hashed


def _swap(items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
    return tuple(reversed(tuple(items)))


def test_the_order_of_items_counts() -> None:
    items = draft(standing(id=1, code="IS-1"), standing(id=2, code="IS-2", people=5))
    assert content_hash(content(items=items)) != content_hash(content(items=_swap(items)))


def test_outcomes_and_ways_have_words_of_their_own() -> None:
    assert set(OUTCOME_TH) == set(Outcome)
    assert WAY_TH == {
        Way.OURSELVES: "ทำเอง",
        Way.TOGETHER: "ทำร่วม",
        Way.ASK_SUPPORT: "ขอรับการสนับสนุน",
    }
    assert len({*OUTCOME_TH.values(), *WAY_TH.values()}) == len(Outcome) + len(Way)


def test_a_day_told_in_another_zone_scores_the_same() -> None:
    elsewhere = datetime.fromisoformat("2021-03-09T08:30:00+07:00")
    assert draft_items([standing()], VILLAGE, elsewhere) == draft(standing())
