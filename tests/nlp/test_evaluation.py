"""The evaluations on a corpus of a few messages; floors on whole corpora: `test_floor`."""

import json
from typing import Any

import pytest

from nlp.evaluation import measures
from nlp.evaluation.categories import evaluate_categories, evaluate_corpus_categories
from nlp.evaluation.duplicates import evaluate_duplicate_pairs, evaluate_duplicates_corpus
from nlp.evaluation.personal import evaluate_personal_data
from nlp.evaluation.rows import landmarks
from nlp.reader import ThaiReader

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


def test_messages_of_one_burst_are_read_together(reader: ThaiReader) -> None:
    def sent(n: int, at: str, text: str, **more: Any) -> dict[str, Any]:
        return message(n, text, ["A"], category="animals", sent_at=f"2025-05-01T{at}+07:00") | more

    burst = [
        sent(1, "09:00:00", "งูเห่าเข้าบ้าน ช่วยด้วย", sender="u1", emergency=True),
        sent(2, "09:04:30", "ตัวเท่าขา", sender="u1", emergency=True),
        sent(3, "09:04:40", "ตัวเท่าขา", sender="u2"),
        sent(4, "09:20:00", "ตัวเท่าขา", sender="u1"),
        sent(5, "09:05:00", "ตัวเท่าขา", sender="u1", village_code="2"),
    ]
    scores, predictions = evaluate_corpus_categories(list(reversed(burst)), VILLAGES, reader)
    assert [p["id"] for p in predictions] == ["m5", "m4", "m3", "m2", "m1"]
    assert [p["emergency"] for p in predictions] == [False, False, False, True, True]
    assert predictions[3]["category"] == "animals"
    assert (scores["emergency_recall"], scores["alone"]["emergency_recall"]) == (1.0, 0.5)


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


def test_categories_are_told_by_source_dialect_and_code(reader: ThaiReader) -> None:
    mixed = [m | {"dialect": "isan" if m["message_id"] in ("m4", "m2") else "central"}
             for m in MESSAGES]  # fmt: skip
    scores, predictions = evaluate_corpus_categories(mixed, VILLAGES, reader)
    isan, central = scores["by_dialect"]["isan"], scores["by_dialect"]["central"]
    assert (isan["n"], isan["top1"], isan["top1_lenient"]) == (1, 0.0, 1.0)
    assert (central["n"], central["top1"], central["n_confidential"]) == (3, 1.0, 1)
    assert central["confidential_recall"] == isan["kind_accuracy"] == 1.0
    road, waste = scores["by_code"]["road"], scores["by_code"]["waste"]
    assert (road["n"], road["said"], road["precision"], road["f1"]) == (2, 2, 1.0, 1.0)
    assert (waste["n"], waste["said"], waste["precision"], waste["f1"]) == (0, 1, 0.0, 0.0)
    assert scores["by_source"] == {}
    assert len(predictions[0]["scores"]) == 27
    row = {"id": "1", "text": "ถนนเป็นหลุม", "primary": "road", "kind": "?", "confidential": "?",
           "emergency": "n", "source": "forum"}  # fmt: skip
    assert evaluate_categories([row], reader)[0]["by_source"]["forum"]["top1"] == 1.0


def test_duplicates_of_a_corpus(reader: ThaiReader) -> None:
    issues = [{"issue_id": i} for i in "ABC"]
    scores, predictions = evaluate_duplicates_corpus(MESSAGES, issues, VILLAGES, reader)
    assert scores["n"] == 4
    assert (scores["auto_precision"], scores["auto_coverage"]) == (1.0, 1.0)
    assert (scores["suggest_at_3"], scores["false_alarm"]) == (1.0, 0.0)
    assert (scores["bcubed_f1"], scores["bcubed_f1_confirmed"]) == (1.0, 1.0)
    assert [p["id"] for p in predictions] == ["m1", "m3", "m4", "m5"]
    assert [p["linked"] for p in predictions] == ["", "A", "", ""]
    assert [p["cluster_alone"] for p in predictions] == ["m1", "m1", "m4", "m5"]
    assert scores["by_dialect"] == {}
    told = [m | {"dialect": "isan"} for m in MESSAGES]
    again = evaluate_duplicates_corpus(told, issues, VILLAGES, reader)[0]["by_dialect"]["isan"]
    assert (again["n"], again["suggest_at_3"]) == (4, 1.0)


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
    assert len(predictions) == 3 and predictions[0]["reasons"]


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
