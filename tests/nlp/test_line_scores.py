"""How near our formal lines come to lines that people wrote, held by floors."""

from pathlib import Path

import pytest

from nlp.evaluation.wordings import chrf, evaluate_lines
from nlp.reader import ThaiReader
from tests.nlp.floors import rows
from tests.shared import shared_file

DEMO = Path(__file__).parents[2] / "bot/demo/data"


def test_chrf_is_one_for_the_same_words_and_none_for_others() -> None:
    assert chrf("ถนนชำรุด", "ถนน ชำรุด") == pytest.approx(1.0)
    assert chrf("ถนนชำรุด", "กขค") == 0.0
    assert chrf("", "ถนนชำรุด") == 0.0
    assert 0.3 < chrf("ถนนหน้าวัดชำรุด", "ถนนชำรุดบริเวณหน้าวัด") < 1.0


def scored(folder: Path, reader: ThaiReader) -> dict[str, float]:
    messages, issues, villages = (
        rows(folder / name) for name in ("messages.jsonl", "issues.jsonl", "villages.csv")
    )
    return evaluate_lines(messages, issues, villages, reader)[0]


def test_lines_of_the_demonstration(reader: ThaiReader) -> None:
    scores = scored(DEMO, reader)
    assert scores["issues"] == 80
    assert scores["chrf"] >= 0.43
    assert scores["chrf"] > scores["chrf_words"] + 0.1


def test_lines_of_the_village_chat(reader: ThaiReader) -> None:
    scores = scored(shared_file("data/village_chat/messages.jsonl").parent, reader)
    assert scores["chrf"] >= 0.46
    assert scores["chrf_public"] >= 0.48
