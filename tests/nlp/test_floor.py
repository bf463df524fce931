"""The development scores do not fall: on the shared data where it is, and on our own corpora."""

from pathlib import Path

import pytest

from nlp.evaluation.categories import evaluate_corpus_categories
from nlp.evaluation.rows import Reader
from nlp.reader import ThaiReader
from tests.nlp import floors
from tests.shared import shared_file

pytestmark = pytest.mark.usefixtures("untraced")


@pytest.fixture(scope="module")
def once(reader: ThaiReader) -> floors.Remembering:
    """The reader, reading each text once."""
    return floors.Remembering(reader)


SHARED = [(corpus, kind) for corpus in floors.shared_names() for kind in floors.evaluations(corpus)]
OWN = [
    (corpus, kind)
    for corpus, file in floors.OWN.items()
    for kind in floors.evaluations(corpus)
    if file.exists()
]


def assert_holds(corpus: str, kind: str, file: Path, reader: Reader) -> None:
    wanted = floors.floors()[corpus][kind]
    assert len(wanted) >= 3
    assert floors.fallen(wanted, floors.measured(corpus, kind, file, reader)) == {}


@pytest.mark.parametrize(("corpus", "kind"), SHARED)
def test_floors_of_shared_data(corpus: str, kind: str, once: floors.Remembering) -> None:
    assert_holds(corpus, kind, shared_file(floors.shared_names()[corpus]), once)


@pytest.mark.parametrize(("corpus", "kind"), OWN)
def test_floors_of_our_own_corpora(corpus: str, kind: str, once: floors.Remembering) -> None:
    assert_holds(corpus, kind, floors.OWN[corpus], once)


def test_no_matter_of_the_corpus_is_taken_for_chatter(once: floors.Remembering) -> None:
    file = shared_file(floors.shared_names()["village chat"])
    messages, villages = floors.rows(file), floors.rows(file.with_name("villages.csv"))
    _, predictions = evaluate_corpus_categories(messages, villages, once)
    lost = [p["id"] for p, m in zip(predictions, messages, strict=True)
            if m["issue_ids"] and p["act"] == "chatter" and m["text"] != "[รูปภาพ]"]  # fmt: skip
    assert lost == []


def test_a_fall_a_rise_and_a_measure_that_went_missing_are_seen() -> None:
    wanted = {"top1": 0.8, "false_alarm": 0.2, "other_rate": 0.05, "recall": 0.9}
    assert floors.fallen(wanted, wanted) == {}
    assert floors.fallen(wanted, wanted | {"top1": 0.79}) == {"top1": "0.79, floor 0.8"}
    assert list(floors.fallen(wanted, wanted | {"false_alarm": 0.21})) == ["false_alarm"]
    assert list(floors.fallen(wanted, {"top1": 1.0, "false_alarm": 0.0, "recall": 1.0})) == [
        "other_rate"
    ]


def test_a_new_floor_lies_a_little_under_what_was_measured() -> None:
    assert floors.floor_of("top1", 0.8123) == 0.802
    assert floors.floor_of("false_alarm", 0.2) == 0.21
    assert floors.floor_of("recall_phone", 1.0) == 1.0
    assert floors.floor_of("auc", 0.001) == 0.0


def test_every_corpus_has_its_floors_for_all_its_measures() -> None:
    names = {*floors.shared_names(), *(corpus for corpus, _ in OWN)}
    assert names <= set(floors.floors())
    for corpus in names:
        for kind, (_, measures) in floors.evaluations(corpus).items():
            missing = set(measures) - set(floors.floors()[corpus][kind])
            assert missing <= floors.EXACT, (corpus, kind, missing)
