"""The likeliest open issues: found however added, forgotten when removed, quick among many."""

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nlp.candidates import LIMIT, CandidateIndex, content
from nlp.duplicates import duplicates
from nlp.evaluation.duplicates import told_of
from nlp.joining import TELLINGS
from nlp.postings import Column, Postings
from nlp.reader import ThaiReader
from nlp.values import Candidate, Telling

DEMO = Path(__file__).parents[2] / "bot/demo/data"
NOON = datetime(2025, 5, 1, 5, tzinfo=UTC)
MATTERS = (
    ("ถนนซอย 3 เป็นหลุมลึก", "road"),
    ("ไฟทางซอย 3 ดับ", "lighting"),
    ("น้ำประปาไม่ไหลสองวันแล้ว", "water_supply"),
    ("หมาจรจัดไล่กัดเด็กหน้าวัด", "animals"),
    ("ขยะล้นถังหน้าตลาด", "waste"),
    ("ท่อระบายน้ำตัน น้ำขังหน้าบ้าน", "drainage"),
    ("", "other"),
)


def telling(matter: int = 0, **more: Any) -> Telling:
    text, category = MATTERS[matter]
    told = Telling(text=text, category=category, village="10000101", sender="a", at=NOON)
    return replace(told, **more)


tellings = st.builds(
    telling,
    st.integers(0, len(MATTERS) - 1),
    village=st.sampled_from(("10000101", "10000102")),
    sender=st.sampled_from(("", "a", "b")),
    at=st.integers(0, 5).map(lambda n: NOON + timedelta(hours=7 * n)),
    lat=st.sampled_from((None, 15.0, 15.001, 15.02)),
    lon=st.sampled_from((100.0, 100.002)),
    photo_hashes=st.sampled_from(((), (7,), (1 << 40,))),
)
added = st.lists(st.tuples(st.sampled_from("ABCDE"), tellings), max_size=40)
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def filled(pairs: list[tuple[str, Telling]]) -> CandidateIndex:
    index = CandidateIndex({"10000101": ["10000102"]})
    for key, told in pairs:
        index.add(key, told)
    return index


@quick
@given(added, tellings, st.randoms(use_true_random=False), st.integers(1, 6))
def test_the_order_of_adding_makes_no_difference(
    pairs: list[tuple[str, Telling]], new: Telling, chance: Random, limit: int
) -> None:
    shuffled = list(pairs)
    chance.shuffle(shuffled)
    assert filled(pairs).nearest(new, limit) == filled(shuffled).nearest(new, limit)


@quick
@given(added, tellings, st.data())
def test_the_same_telling_twice_changes_nothing(
    pairs: list[tuple[str, Telling]], new: Telling, data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(pairs), max_size=5)) if pairs else []
    once, twice = filled(pairs), filled([*pairs, *again])
    assert once.nearest(new) == twice.nearest(new)
    assert len(once) == len(twice) == len({key for key, _ in pairs})


@quick
@given(added, tellings, st.sets(st.sampled_from("ABCDE")))
def test_removing_forgets_as_if_never_added(
    pairs: list[tuple[str, Telling]], new: Telling, gone: set[str]
) -> None:
    index = filled(pairs)
    for key in gone:
        index.remove(key)
    left = [(key, told) for key, told in pairs if key not in gone]
    assert index.nearest(new) == filled(left).nearest(new)
    for key, told in pairs:
        index.add(key, told)
    assert index.nearest(new) == filled(pairs).nearest(new)


@quick
@given(added, tellings, st.randoms(use_true_random=False))
def test_the_order_of_candidates_makes_no_difference_to_duplicates(
    pairs: list[tuple[str, Telling]], new: Telling, chance: Random
) -> None:
    issues = [
        Candidate(key=key, tellings=tuple(t for k, t in pairs if k == key))
        for key in sorted({key for key, _ in pairs})
    ]
    shuffled = [replace(i, tellings=chance.sample(i.tellings, len(i.tellings))) for i in issues]
    chance.shuffle(shuffled)
    assert duplicates(new, issues) == duplicates(new, shuffled)


def test_alike_issues_come_by_key_and_no_more_than_asked_for() -> None:
    index = filled([(key, telling()) for key in ("k3", "k1", "k2")])
    assert index.nearest(telling(sender="b"), 2) == ("k1", "k2")
    assert index.nearest(telling(), 0) == ()
    assert CandidateIndex().nearest(telling()) == ()


def test_neighbours_and_near_positions_are_looked_at_others_are_not() -> None:
    far = telling(village="20000101", lat=15.0, lon=100.0)
    index = filled([("next", telling(village="10000102")), ("far", far)])
    assert index.nearest(telling()) == ("next",)
    assert index.nearest(telling(village="10000102")) == ("next",)
    assert index.nearest(telling(village="30000101")) == ()
    for lat, lon, found in ((15.005, 100.0, True), (15.0, 99.9948, True), (15.007, 100.0, False)):
        beside = telling(village="30000101", lat=lat, lon=lon)
        assert index.nearest(beside) == (("far",) if found else ())


def test_words_place_and_teller_tell_which() -> None:
    index = filled([(f"k{n}", telling(n, sender="other")) for n in range(6)])
    for n in range(6):
        assert index.nearest(telling(n))[0] == f"k{n}"
    index.add("k2", telling(2, at=NOON + timedelta(hours=1)))
    soon = telling(6, at=NOON + timedelta(hours=1, minutes=5))
    assert index.nearest(soon)[0] == "k2"


def test_only_the_latest_tellings_of_an_issue_are_kept() -> None:
    old = telling(3, sender="z", at=NOON - timedelta(days=1))
    later = [("k", telling(0, at=NOON + timedelta(hours=n))) for n in range(TELLINGS)]
    index = filled([("k", old), *later, ("m", telling(3, sender="y", at=NOON - timedelta(days=9)))])
    assert index.nearest(telling(3, sender="x"))[0] == "m"


def test_content_may_be_made_beforehand() -> None:
    index = CandidateIndex()
    index.add("a", telling(0), content(MATTERS[0][0]))
    index.add("b", telling(1))
    assert index.nearest(telling(0), prepared=content(MATTERS[0][0])) == ("a", "b")


@given(
    st.lists(st.tuples(st.integers(0, 9), st.lists(st.integers(0, 4), unique=True)), max_size=400),
    st.integers(1, 30),
)
@settings(max_examples=50, deadline=None)
def test_postings_find_the_latest_that_bear_a_mark(
    born: list[tuple[int, list[int]]], most: int
) -> None:
    at = Column(np.float64)
    postings = Postings(at)
    for row, (time, marks) in enumerate(born):
        at.put(row, time)
        postings.put(row, marks)
    for mark, found in enumerate(postings.find(range(5), [most] * 5)):
        bearing = sorted((t for t, marks in born if mark in marks), reverse=True)
        cut = bearing[most - 1] if len(bearing) > most else -1
        expected = {r for r, (t, marks) in enumerate(born) if mark in marks and t >= cut}
        assert set(found.tolist()) == expected
        assert len(found) == len(expected)


@pytest.mark.parametrize(("one_village", "floor"), [(False, 0.99), (True, 0.97)])
def test_the_true_issue_is_among_the_candidates(
    reader: ThaiReader, one_village: bool, floor: float
) -> None:
    def rows(name: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (DEMO / name).read_text("utf-8").splitlines()]

    with (DEMO / "villages.csv").open(encoding="utf-8") as file:
        villages = list(csv.DictReader(file))
    index, seen, asked, right = CandidateIndex(), set[str](), 0, 0
    for _, gold, told in told_of(rows("messages.jsonl"), rows("issues.jsonl"), villages, reader):
        new = replace(told, village="one") if one_village else told
        if seen & set(gold):
            asked += 1
            right += bool(set(gold) & set(index.nearest(new, LIMIT)))
        for key in gold:
            index.add(key, new)
        seen |= set(gold)
    assert asked > 300
    assert right / asked >= floor
