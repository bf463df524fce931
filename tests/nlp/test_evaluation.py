"""The evaluations on a corpus of a few messages, and floors on the shared data."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from nlp.evaluation import measures
from nlp.evaluation.categories import evaluate_categories, evaluate_corpus_categories
from nlp.evaluation.duplicates import evaluate_duplicate_pairs, evaluate_duplicates_corpus
from nlp.evaluation.personal import evaluate_personal_data
from nlp.evaluation.rows import landmarks
from nlp.reader import ThaiReader
from tests.shared import shared_file

VILLAGES = [
    {"village_code": "1", "lat": "16.0", "lon": "100.0", "landmarks": "วัดทุ่งกระเจียว:0:1000|ซอย 3:50:0"},
    {"village_code": "2", "lat": "", "lon": "", "landmarks": ""},
]  # fmt: skip


def message(n: int, text: str, issues: list[str], **more: Any) -> dict[str, Any]:
    base = {
        "message_id": f"m{n}",
        "sent_at": f"2025-05-01T0{n}:00:00+07:00",
        "village_code": "1",
        "sender": f"u{n}",
        "text": text,
        "has_photo": False,
        "lat": None,
        "lon": None,
        "issue_ids": issues,
        "category": "road",
        "kind": "problem",
        "confidential": False,
        "emergency": False,
        "pii": [],
        "note": "",
    }
    return base | more


MESSAGES = [
    message(3, "หลุมหน้าวัดลึกมาก รถล้ม", ["A"]),
    message(1, "ถนนหน้าวัดทุ่งกระเจียวเป็นหลุมใหญ่", ["A"]),
    message(2, "สวัสดีครับ", [], category="other", kind="other"),
    message(4, "รถขยะไม่มา ยายบุญมา 0812345678", ["B"], category="pollution",
            note="ambiguous:waste", pii=[{"type": "name", "text": "ยายบุญมา"},
                                         {"type": "phone", "text": "0812345678"}]),
    message(5, "ปลัดเรียกรับเงิน พบเลข ก", ["C"], category="official_conduct", village_code="2",
            kind="complaint_person", confidential=True, pii=[{"type": "name", "text": "เลข ก"}]),
]  # fmt: skip


def test_categories_of_a_corpus(reader: ThaiReader) -> None:
    scores, predictions = evaluate_corpus_categories(MESSAGES, VILLAGES, reader)
    assert scores["n"] == 4
    assert (scores["top1"], scores["top1_lenient"], scores["top3_lenient"]) == (0.75, 1.0, 1.0)
    assert scores["kind_accuracy"] == 1.0
    assert (scores["confidential_recall"], scores["confidential_precision"]) == (1.0, 1.0)
    assert scores["us_per_text"] > 0
    assert [p["id"] for p in predictions] == ["m3", "m1", "m2", "m4", "m5"]
    assert json.loads(json.dumps(predictions))[3]["category"] == "waste"


def test_categories_of_rows(reader: ThaiReader) -> None:
    rows = [
        {"id": "1", "text": "ถนนเป็นหลุม", "primary": "traffic", "also": "road|other", "kind": "?",
         "confidential": "?", "emergency": "n"},
        {"id": "2", "text": "ไฟไหม้บ้าน ช่วยด้วย", "primary": "disaster", "also": "", "kind": "problem",
         "confidential": "n", "emergency": "y"},
    ]  # fmt: skip
    scores, predictions = evaluate_categories(rows, reader)
    assert (scores["top1"], scores["top1_lenient"], scores["other_rate"]) == (0.5, 1.0, 0.0)
    assert (scores["emergency_recall"], scores["emergency_precision"]) == (1.0, 1.0)
    assert scores["macro_f1"] == 0.0
    assert predictions[1]["emergency_words"]


def test_duplicates_of_a_corpus(reader: ThaiReader) -> None:
    issues = [{"issue_id": i} for i in "ABC"]
    scores, predictions = evaluate_duplicates_corpus(MESSAGES, issues, VILLAGES, reader)
    assert scores["n"] == 4
    assert (scores["auto_precision"], scores["auto_coverage"]) == (1.0, 1.0)
    assert (scores["suggest_at_3"], scores["false_alarm"]) == (1.0, 0.0)
    assert (scores["bcubed_f1"], scores["bcubed_f1_confirmed"]) == (1.0, 1.0)
    assert [p["id"] for p in predictions] == ["m1", "m3", "m4", "m5"]
    assert [p["linked"] for p in predictions] == ["", "A", "", ""]


def test_duplicates_of_pairs(reader: ThaiReader) -> None:
    rows = [
        {"id": "1", "text_a": "ถนนเป็นหลุม", "text_b": "หลุมบนถนน", "metres": "10", "days": "1",
         "label": "same", "reason": ""},
        {"id": "2", "text_a": "ถนนเป็นหลุม", "text_b": "หมาจรจัดกัดคน", "metres": "10", "days": "1",
         "label": "different", "reason": ""},
        {"id": "3", "text_a": "ก", "text_b": "ข", "metres": "10", "days": "1",
         "label": "unsure", "reason": ""},
    ]  # fmt: skip
    scores, predictions = evaluate_duplicate_pairs(rows, reader)
    assert scores == {"n": 2, "auc": 1.0, "best_f1": 1.0, "precision_at_recall_80": 1.0}
    assert len(predictions) == 3


def test_personal_data_of_a_corpus(reader: ThaiReader) -> None:
    scores, predictions = evaluate_personal_data(MESSAGES, VILLAGES, reader)
    assert scores["recall"] == pytest.approx(2 / 3, abs=1e-3)
    assert scores["recall_by_type"] == {"name": 0.5, "phone": 1.0}
    assert scores["precision"] == 1.0
    assert scores["leaked"] == ["m5"]
    assert predictions[3]["spans"][0]["type"] == "name"


def test_nothing_to_measure(reader: ThaiReader) -> None:
    assert evaluate_categories([], reader)[0]["top1"] == 0.0
    assert evaluate_duplicates_corpus([], [], [], reader)[0]["n"] == 0
    assert evaluate_duplicate_pairs([], reader)[0]["auc"] == 0.0
    assert evaluate_personal_data([], [], reader)[0]["precision"] == 0.0


def test_measures() -> None:
    assert measures.auc([0.9, 0.5, 0.5], [True, True, False]) == 0.75
    assert measures.best_f1([0.9, 0.8, 0.1], [True, True, False]) == 1.0
    assert measures.precision_at_recall([0.9, 0.8, 0.7], [True, False, True], 0.8) == 0.6667
    assert measures.macro_f1(["a"] * 5 + ["b"], ["a"] * 6) == 0.9091
    assert measures.bcubed_f1(["a", "a", "b"], [1, 1, 2]) == 1.0
    assert measures.bcubed_f1(["a", "a"], [1, 2]) == 0.6667
    assert measures.recall_precision([True, False], [False, False]) == (0.0, 0.0)


def test_landmarks_have_positions_where_the_village_has() -> None:
    known = landmarks([*VILLAGES, {"village_code": "3", "landmarks": "วัด:1:2", "lat": ""}])
    temple = known["1"][0]
    assert temple.name == "วัดทุ่งกระเจียว"
    assert temple.lat == pytest.approx(16.00898, abs=1e-4)
    assert known["2"] == ()
    assert known["3"][0].lat is None


def rows_of(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        if path.suffix == ".jsonl":
            return [json.loads(line) for line in file]
        return list(csv.DictReader(file))


def assert_floors(scores: dict[str, Any], floors: dict[str, float]) -> None:
    assert {k: scores[k] for k, least in floors.items() if scores[k] < least} == {}


def test_floor_of_real_texts(reader: ThaiReader) -> None:
    scores, _ = evaluate_categories(rows_of(shared_file("data/gold_dev.csv")), reader)
    assert scores["n"] == 525
    assert_floors(
        scores,
        {"top1": 0.70, "top1_lenient": 0.81, "top3_lenient": 0.9, "confidential_recall": 0.85,
         "confidential_precision": 0.85, "emergency_recall": 0.5, "kind_accuracy": 0.68},
    )  # fmt: skip
    assert scores["other_rate"] <= 0.08


def test_floor_of_the_corpus(reader: ThaiReader) -> None:
    folder = shared_file("data/village_chat/messages.jsonl").parent
    messages, villages = rows_of(folder / "messages.jsonl"), rows_of(folder / "villages.csv")
    scores, predictions = evaluate_corpus_categories(messages, villages, reader)
    assert_floors(
        scores,
        {"top1": 0.71, "top3_lenient": 0.84, "kind_accuracy": 0.8, "confidential_recall": 0.87,
         "confidential_precision": 0.93, "emergency_recall": 0.8, "emergency_precision": 0.9},
    )  # fmt: skip
    lost = [p["id"] for p, m in zip(predictions, messages, strict=True)
            if m["issue_ids"] and p["act"] == "chatter" and m["text"] != "[รูปภาพ]"]  # fmt: skip
    assert lost == []
    personal, _ = evaluate_personal_data(messages, villages, reader)
    assert_floors(personal, {"recall": 0.96, "precision": 0.9})
    issues = rows_of(folder / "issues.jsonl")
    duplicates, _ = evaluate_duplicates_corpus(messages, issues, villages, reader)
    assert_floors(duplicates, {"auto_precision": 0.94, "auto_coverage": 0.29, "suggest_at_3": 0.7})
    assert duplicates["false_alarm"] <= 0.2


def test_floor_of_pairs(reader: ThaiReader) -> None:
    scores, _ = evaluate_duplicate_pairs(
        rows_of(shared_file("data/duplicate_pairs_dev.csv")), reader
    )
    assert_floors(scores, {"auc": 0.77, "best_f1": 0.8, "precision_at_recall_80": 0.78})


def test_floor_of_our_own_corpus(reader: ThaiReader) -> None:
    folder = Path(__file__).parents[2] / "bot" / "demo" / "data"
    messages, villages = rows_of(folder / "messages.jsonl"), rows_of(folder / "villages.csv")
    scores, _ = evaluate_corpus_categories(messages, villages, reader)
    assert_floors(
        scores,
        {"top1": 0.67, "confidential_recall": 0.9, "confidential_precision": 0.9,
         "emergency_recall": 0.7, "emergency_precision": 0.85},
    )  # fmt: skip
    personal, _ = evaluate_personal_data(messages, villages, reader)
    assert_floors(personal, {"recall": 0.95, "precision": 0.93})
    issues = rows_of(folder / "issues.jsonl")
    duplicates, _ = evaluate_duplicates_corpus(messages, issues, villages, reader)
    assert_floors(duplicates, {"auto_precision": 0.95, "auto_coverage": 0.32, "suggest_at_3": 0.7})
    assert duplicates["false_alarm"] <= 0.2
