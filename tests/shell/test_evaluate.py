"""`prachakhom evaluate`: the keys that are agreed on, one prediction a row, kind failures."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app

RUN = CliRunner()
VILLAGE = {
    "village_code": "1",
    "name": "ก",
    "lat": "16",
    "lon": "100",
    "landmarks": "วัดทุ่งกระเจียว:0:9",
}
GOLD = {"id": "g1", "source": "forum", "text": "ถนนเป็นหลุม", "primary": "road", "also": "",
        "agreed": "y", "kind": "problem", "confidential": "n", "emergency": "n"}  # fmt: skip
PAIR = {"id": "p1", "text_a": "ถนนเป็นหลุม", "text_b": "ถนนเป็นหลุมใหญ่", "metres": "5", "days": "1",
        "label": "same", "reason": ""}  # fmt: skip
KEYS = {
    "categories": "n top1 top1_lenient top3_lenient macro_f1 kind_accuracy confidential_recall "
    "confidential_precision emergency_recall emergency_precision other_rate us_per_text",
    "duplicates": "n auto_precision auto_coverage suggest_at_3 false_alarm bcubed_f1 "
    "bcubed_f1_confirmed ms_per_message",
    "personal-data": "recall recall_by_type precision leaked",
    "pairs": "n auc best_f1 precision_at_recall_80",
}


def message(n: int, text: str, issue: str, **more: Any) -> dict[str, Any]:
    row = {"message_id": f"m{n}", "sent_at": f"2025-05-01T0{n}:00:00+07:00", "village_code": "1",
           "channel": "line", "sender": f"u{n}", "text": text, "has_photo": False, "lat": None,
           "lon": None, "issue_ids": [issue], "category": "road", "kind": "problem",
           "confidential": False, "emergency": False, "dialect": "central", "burst_id": None,
           "pii": [], "note": ""}  # fmt: skip
    return row | more


def write_csv(path: Path, *rows: dict[str, str]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_lines(path: Path, *rows: dict[str, Any]) -> Path:
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    write_csv(folder / "villages.csv", VILLAGE)
    write_lines(folder / "issues.jsonl", {"issue_id": "A"})
    write_lines(
        folder / "messages.jsonl",
        message(1, "ถนนหน้าวัดทุ่งกระเจียวเป็นหลุม", "A"),
        message(2, "หลุมหน้าวัดทุ่งกระเจียวลึกมาก\u2028 โทร 0812345678", "A",
                pii=[{"type": "phone", "text": "0812345678"}]),
    )  # fmt: skip
    return folder


def scored(*words: object) -> dict[str, Any]:
    done = RUN.invoke(app, ["evaluate", *map(str, words), "--json"])
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("what", ["categories", "duplicates", "personal-data"])
def test_a_corpus_gives_the_agreed_keys_and_a_prediction_a_message(
    what: str, corpus: Path, tmp_path: Path
) -> None:
    scores = scored(what, corpus, "--predictions", tmp_path / "out.jsonl")
    assert set(KEYS[what].split()) <= set(scores)
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n")
    assert [json.loads(line)["id"] for line in lines if line] == ["m1", "m2"]
    assert "0812345678" not in "".join(lines)
    assert scored(what, corpus / "messages.jsonl").keys() == scores.keys()


def test_tables_give_the_agreed_keys_too(tmp_path: Path) -> None:
    gold, pairs = (
        write_csv(tmp_path / "g.csv", GOLD),
        write_csv(tmp_path / "p.csv", PAIR),
    )
    scores = scored("categories", gold, "--predictions", tmp_path / "out.jsonl")
    assert set(KEYS["categories"].split()) <= set(scores)
    assert scores["by_source"]["forum"]["n"] == 1
    told = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert told["category"] == "road" and len(told["scores"]) == 27
    assert told["categories"][0]["words"]
    assert set(KEYS["pairs"].split()) <= set(scored("duplicates", pairs))


def test_people_get_a_line_a_score(corpus: Path) -> None:
    lines = RUN.invoke(app, ["evaluate", "categories", str(corpus)]).stdout.splitlines()
    assert "top1: 1.0000" in lines
    start = lines.index("by_dialect:")
    assert lines[start + 1].startswith("  central: n 2, top1 1.0000")


@pytest.mark.parametrize(
    ("what", "name", "content", "said"),
    [
        ("categories", "messages.jsonl", b'{"message_id": "m"}\n', "line 1: no object with village_code"),
        ("categories", "messages.jsonl", b"\n{]\n", "line 2: no JSON"),
        ("categories", "messages.jsonl", b"[]\n", "line 1: no object with"),
        ("categories", "messages.jsonl", b"", "no rows"),
        ("categories", "x.csv", b"id,text\n1,2\n", "column primary is missing"),
        ("duplicates", "x.csv", b"id,text_a,text_b,label\n1,2,3,same\n", "column metres is missing"),
        ("personal-data", "messages.jsonl", b"ok\n\xff\n", "line 2: no UTF-8 text"),
    ],
)  # fmt: skip
def test_a_bad_file_is_named_with_its_line(
    what: str, name: str, content: bytes, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    done = RUN.invoke(app, ["evaluate", what, str(tmp_path / name)])
    assert done.exit_code == 1
    assert said in done.stderr and done.stderr.startswith(name)
