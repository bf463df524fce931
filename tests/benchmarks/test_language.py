"""The comparisons' own arithmetic: thresholds, made-up issues, time counted once."""

import random
from collections.abc import Sequence
from itertools import islice
from typing import Any

import pytest

import nlp.reader
from nlp.reader import ThaiReader
from nlp.values import Telling
from planning.taxonomy import categories
from tests.benchmarks import language, open_issues
from tests.benchmarks.baselines import Corpus, played, table
from tests.benchmarks.classifiers import Missing, peer_module
from tests.benchmarks.likenesses import MostAlike, thresholds
from tests.benchmarks.sentences import sentences


def prediction(n: int, existed: bool, score: float, key: str = "A") -> dict[str, Any]:
    return {"id": f"m{n}", "issue_existed": existed, "matches": [{"key": key, "score": score}]}


def test_thresholds_allow_a_quarter_of_false_alarms_and_joining_where_it_is_right() -> None:
    opening = [prediction(n, False, 0.1 * n) for n in range(4)]
    known = [prediction(10 + n, True, 0.9, "A" if n < 19 else "B") for n in range(20)]
    gold = [
        {"message_id": p["id"], "issue_ids": ["A"] if p["issue_existed"] else []}
        for p in [*opening, *known]
    ]
    ask, link = thresholds([*opening, *known], gold)
    assert sum(p["matches"][0]["score"] >= ask for p in opening) == 1
    assert (0.2 < ask < 0.3, link) == (True, 0.9)
    known[0]["matches"][0]["key"] = "B"
    assert thresholds([*opening, *known], gold)[1] > 1


def test_the_most_alike_earlier_message_decides() -> None:
    def rows(texts: Sequence[str]) -> list[dict[str, Any]]:
        return [
            {"message_id": f"m{n}", "sent_at": f"2025-05-01T0{n}:00:00+07:00", "village_code": "1",
             "text": text, "issue_ids": [text[0]]}
            for n, text in enumerate(texts)
        ]  # fmt: skip

    corpus = Corpus("c", rows(["ก1", "ข1", "ก2", "ข2"]), [], [{"issue_id": i} for i in "กข"])
    scores = played(corpus, lambda a, b: float(a[0] == b[0]))
    assert (scores["auto_precision"], scores["auto_coverage"]) == (1.0, 1.0)
    assert (scores["suggest_at_3"], scores["false_alarm"]) == (1.0, 0.0)
    blind = played(corpus, lambda a, b: 0.5)
    assert (blind["auto_coverage"], blind["suggest_at_3"]) == (0.0, 0.0)
    nobody = next(told for _, told in open_issues.tellings(1))
    assert MostAlike(lambda a, b: 1.0).duplicates(nobody, []) == ()


def test_made_up_issues_are_the_same_each_time_and_told_again_in_their_village() -> None:
    first, second = (list(islice(open_issues.tellings(1000), 300)) for _ in range(2))
    assert first == second
    assert len({t.village for _, t in first}) == 10
    assert {t.category for _, t in first} <= set(categories())
    told = first[0][1]
    new = open_issues.again(told, random.Random(1))
    assert (new.village, new.place) == (told.village, told.place)
    assert new.text != told.text and new.sender != told.sender


def test_an_index_is_asked_for_what_was_added() -> None:
    class Last:
        def __init__(self) -> None:
            self.kept: dict[str, Telling] = {}

        def add(self, key: str, told: Telling, prepared: object = None) -> None:
            self.kept[key] = told

        def nearest(self, told: Telling, limit: int) -> list[str]:
            same = [k for k, t in self.kept.items() if t.place == told.place]
            return [k for k in same if self.kept[k].village == told.village][:limit]

    got = open_issues.searched(Last(), 300)
    assert got["found"] == 1.0
    assert got["ms"] > 0 and got["fill_us"] > 0


def test_time_in_a_watched_function_counts_once_and_nothing_stays_watched() -> None:
    before = dict(vars(nlp.reader))
    with language._watched() as seconds:
        ThaiReader().read("ถนนหน้าวัดเป็นหลุม และไฟดับซอย 3")
        counted = dict(seconds)
    assert {"normalise", "categorise", "find_place"} <= set(counted)
    assert all(value >= 0 for value in counted.values())
    assert vars(nlp.reader) == before


def test_every_sentence_file_is_read() -> None:
    assert {s.kind for s in sentences()} == {
        "problem",
        "need",
        "question",
        "complaint_person",
        "other",
    }
    assert {s.code for s in sentences()} == set(categories())
    assert len(sentences()) >= 4000


def test_a_peer_that_is_not_there_is_named() -> None:
    with pytest.raises(Missing, match="no_such_peer"):
        peer_module("no_such_peer.inside")


def test_tables_are_markdown() -> None:
    lines = list(table("t", ["top1", "n"], [("a", {"top1": 0.5, "n": 3}), ("b", {})]))
    assert lines[1:] == ["| | top1 | n |", "|---|---|---|", "| a | 0.500 | 3 |", "| b |  |  |"]
