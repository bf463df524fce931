"""How much a clue for keeping back weighs is learnt from judged texts, starting from what was set by hand."""

import json
from importlib.resources import files
from pathlib import Path

from nlp.confidential import FILE
from nlp.train_closed import BY_HAND, examples, learn, told

BLAMED = "ผู้ใหญ่กินเงินค่าซ่อมถนน ไม่อยากให้ใครรู้ว่าหนูแจ้ง"
OPEN = "ไฟทางหน้าวัดดับ"


def test_a_clue_moves_to_what_it_stands_by() -> None:
    closed = [({"bias": 1.0, "written": 1.0, "told owed": 1.0}, True)] * 20
    still_open = [({"bias": 1.0, "written": 1.0}, False)] * 40
    weights = learn([*closed, *still_open])
    assert weights["told owed"] > 1.0
    assert weights["written"] < BY_HAND["written"]


def test_a_clue_never_seen_stays_as_set_by_hand() -> None:
    assert learn([({"bias": 1.0}, False)] * 5)["told_of"] == BY_HAND["told_of"]


def test_every_clue_of_a_text_has_its_weight() -> None:
    shipped = json.loads(files("nlp").joinpath("data", FILE).read_text(encoding="utf-8"))
    found = told(BLAMED)
    assert {"told anonymous", "closed category", "complaint", "learnt"} <= set(found)
    assert {*found, *BY_HAND} <= set(shipped)


def test_rows_that_nobody_judged_are_left_out(tmp_path: Path) -> None:
    gold, folder = tmp_path / "gold.csv", tmp_path / "corpus"
    gold.write_text(f"text,confidential\n{BLAMED},y\n{OPEN},?\n", encoding="utf-8")
    folder.mkdir()
    rows = [{"text": OPEN, "confidential": False}, {"text": " ", "confidential": True}]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    folder.joinpath("messages.jsonl").write_text(lines, encoding="utf-8")
    assert [closed for _, closed in examples(gold, [folder])] == [True, False]
