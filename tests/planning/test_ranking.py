"""Scores: parts that anybody can add up, never falling when more speaks for a matter."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.issues import IssueStanding
from planning.ranking import ScoreParts, Weights, score
from planning.reports import Position
from planning.taxonomy import categories
from tests.planning.samples import NOW, VILLAGE, issue, standing

HERE = Position(lat=12.95, lon=100.95)
STANDING = st.builds(
    standing,
    people=st.integers(0, 500),
    supporters=st.integers(0, 500),
    photos=st.integers(0, 5),
    category=st.sampled_from(sorted(categories())),
    emergency=st.booleans(),
    position=st.sampled_from([None, HERE]),
    opened_at=st.integers(-30, 400).map(lambda days: NOW - timedelta(days=days)),
)
HOUSEHOLDS = st.sampled_from([None, 0, 1, 40, 122, 600])


def points(found: IssueStanding, weights: Weights | None = None) -> ScoreParts:
    """The score of one issue in the village, now."""
    return score(found, VILLAGE, NOW, weights)


@given(STANDING, HOUSEHOLDS)
def test_parts_stay_within_their_weights_and_add_up(
    found: IssueStanding, households: int | None
) -> None:
    parts = score(found, replace(VILLAGE, households=households), NOW)
    assert 0 <= parts.size <= 40
    assert 0 < parts.severity <= 30
    assert 0 <= parts.age <= 20
    assert parts.evidence in (0, 5, 10)
    assert parts.total == round(parts.size + parts.severity + parts.age + parts.evidence, 1)
    assert 0 < parts.total <= 100


@given(STANDING, st.integers(0, 50), st.integers(0, 50), st.integers(0, 3), st.integers(0, 60))
def test_more_people_proof_or_time_never_lowers_a_score(
    found: IssueStanding, people: int, supporters: int, photos: int, days: int
) -> None:
    more = replace(
        found, people=found.people + people, supporters=found.supporters + supporters,
        photos=found.photos + photos,
        issue=replace(found.issue, opened_at=found.issue.opened_at - timedelta(days=days)),
    )  # fmt: skip
    before, after = points(found), points(more)
    for part in ("size", "severity", "age", "evidence"):
        assert getattr(after, part) >= getattr(before, part)


@pytest.mark.parametrize(
    ("households", "voices", "size"),
    [(120, 0, 0.0), (120, 30, 40.0), (120, 31, 40.0), (120, 1, 8.1), (None, 12, 40.0), (8, 12, 40.0)],
)  # fmt: skip
def test_size_is_full_at_a_quarter_of_the_households(
    households: int | None, voices: int, size: float
) -> None:
    village = replace(VILLAGE, households=households)
    assert score(standing(people=voices), village, NOW).size == size
    assert score(standing(people=0, supporters=voices), village, NOW).size == size


@pytest.mark.parametrize(
    ("category", "emergency", "severity"),
    [
        ("road", True, 30.0),
        ("telecom", False, 6.0),
        ("water_supply", False, 15.0),
        ("disaster", False, 15.0),
        ("disaster", True, 30.0),
    ],
)
def test_danger_counts_full_and_supply_half(
    category: str, emergency: bool, severity: float
) -> None:
    assert points(standing(category=category, emergency=emergency)).severity == severity


@pytest.mark.parametrize(
    ("days", "age"), [(-5, 0.0), (0, 0.0), (45, 10.0), (90, 20.0), (900, 20.0)]
)
def test_age_is_full_after_ninety_days(days: int, age: float) -> None:
    assert points(standing(opened_at=NOW - timedelta(days=days))).age == age


def test_photos_and_a_position_are_half_the_evidence_each() -> None:
    assert points(standing()).evidence == 0
    assert points(standing(photos=3)).evidence == 5
    assert points(standing(position=HERE)).evidence == 5
    assert points(standing(photos=1, position=HERE)).evidence == 10


def test_weights_are_the_most_each_part_can_give() -> None:
    full = standing(
        people=400, photos=1, position=HERE, emergency=True, opened_at=NOW - timedelta(days=365)
    )
    assert points(full).total == 100
    own = points(full, Weights(size=10, severity=20, age=5, evidence=1))
    assert own == ScoreParts(size=10, severity=20, age=5, evidence=1)
    assert own.total == 36


def test_severe_categories_are_categories() -> None:
    half = [c for c in categories() if points(standing(category=c)).severity == 15.0]
    assert sorted(half) == sorted(
        ["disaster", "safety", "electricity", "water_supply", "health", "traffic"]
    )
    assert issue().category not in half


def test_households_said_count_up_to_four_a_voice() -> None:
    one = standing(people=1)
    assert points(replace(one, households=3)).size == points(standing(people=3)).size
    assert points(replace(one, households=500)).size == points(standing(people=4)).size
    assert points(replace(standing(people=9), households=3)).size == points(standing(people=9)).size


def test_time_before_the_first_telling_counts_up_to_thirty_days() -> None:
    day = NOW.date()
    told = standing(people=1, opened_at=NOW)
    assert points(replace(told, since=day)).age == 0
    for days, counted in ((10, 10), (30, 30), (900, 30)):
        older = standing(people=1, opened_at=NOW - timedelta(days=counted))
        assert points(replace(told, since=day - timedelta(days=days))).age == points(older).age
