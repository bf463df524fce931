"""`prachakhom understand`: a line of JSON for each line, whatever the line holds."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.understand import LONGEST, reading_of
from nlp.reader import ThaiReader
from nlp.values import CategoryScore, Flag, Part, Place, Understanding
from planning.taxonomy import categories
from tests.shell.test_kill import VILLAGES

RUN = CliRunner()
FIRE = "ไฟไหม้บ้านยายแก้ว ช่วยด้วย"
TOLD = "ถนนหน้าวัดพัง แจ้งโดย ลุงสมชาย โทร 081-234-5678"


def answers(lines: bytes, *words: str) -> list[dict[str, Any]]:
    done = RUN.invoke(app, ["understand", *words], input=lines)
    assert done.exit_code == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_line_is_read_with_all_that_was_asked_for() -> None:
    (told,) = answers(TOLD.encode())
    assert (told["line"], told["act"], told["kind"], told["category"]) == (
        1, "matter", "problem", "road",
    )  # fmt: skip
    assert set(told["categories"]) == set(categories())
    assert sum(told["categories"].values()) == pytest.approx(1, abs=0.01)
    assert [c["code"] for c in told["likeliest"]] == list(told["categories"])[:3]
    assert "ถนน" in told["likeliest"][0]["words"]
    assert [s["type"] for s in told["spans"]] == ["name", "phone"]
    assert TOLD[told["spans"][1]["start"] : told["spans"][1]["end"]] == "081-234-5678"
    assert told["place"]["label"] == "หน้าวัด" and told["place"]["words"]
    assert told["emergency"]["on"] is False and told["confidential"]["on"] is False


def test_danger_names_its_words() -> None:
    (told,) = answers(FIRE.encode())
    assert told["emergency"]["on"] and "ไฟไหม้" in told["emergency"]["words"]


def test_the_text_is_printed_masked_unless_it_is_asked_for() -> None:
    done = RUN.invoke(app, ["understand"], input=TOLD.encode())
    assert "สมชาย" not in done.output and "5678" not in done.output
    (told,) = answers(TOLD.encode(), "--text")
    assert told["text"] == TOLD and "สมชาย" not in told["masked"]


def test_evidence_holds_no_word_that_was_hidden() -> None:
    read = ThaiReader().read(TOLD)
    words = ("ถนน", "ลุงสมชาย โทร", "โดย ลุง", "ชาย โทร")
    planted: dict[str, Any] = {
        "categories": (CategoryScore(code="road", score=1.0, words=words),),
        "confidential": Flag(on=True, score=1.0, words=words),
    }
    part = Part(
        start=0, end=13, masked="ถนนหน้าวัดพัง", kind="problem", emergency=Flag(on=False, score=0.0),
        place=Place(label="บ้านลุงสมชาย", words=("ลุงสมชาย",)), **planted,
    )  # fmt: skip
    told = reading_of(TOLD, Understanding(**{**vars(read), **planted, "parts": (part,)}))
    assert told["likeliest"][0]["words"] == told["confidential"]["words"] == ["ถนน"]
    (only,) = told["parts"]
    assert (only["start"], only["end"], only["kind"]) == (0, 13, "problem")
    assert only["masked"] == "ถนนหน้าวัดพัง" and only["likeliest"][0]["words"] == ["ถนน"]
    assert (only["place"]["label"], only["place"]["words"]) == ("", [])


def test_bad_lines_are_answered_and_never_end_it() -> None:
    lines = b"\n".join(
        (b"\xef\xbb\xbf" + TOLD.encode(), b"", b"  \t", b"abc\xe0\xb8", b"\x00\x1b[2J",
         "ก".encode() * (LONGEST + 1), b"x" * (LONGEST * 9), FIRE.encode() + b"\r")
    )  # fmt: skip
    told = answers(lines)
    assert [t["line"] for t in told] == list(range(1, 9))
    assert [t.get("empty") for t in told[:3]] == [False, True, True]
    assert set(told[0]) == set(told[1])
    assert told[3] == {"line": 4, "error": "not UTF-8 at byte 4"}
    assert told[4]["category"]
    assert told[5]["error"] == told[6]["error"] == f"longer than {LONGEST} letters"
    assert told[7]["emergency"]["on"] and told[7]["masked"].endswith("ช่วยด้วย")


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n")), max_size=4))
def test_every_line_has_one_answer(texts: list[str]) -> None:
    told = answers("".join(f"{t}\n" for t in texts).encode())
    assert [t["line"] for t in told] == list(range(1, len(texts) + 1))
    assert not [t for t in told if "error" in t]


def test_landmarks_come_from_a_file_of_villages(tmp_path: Path) -> None:
    header, row = VILLAGES.splitlines()
    cells = dict(zip(header.split(","), row.split(","), strict=True))
    cells["landmarks"] = "ร้านเจ๊หมวย:100:0"
    (tmp_path / "v.csv").write_text(f"{header}\n{','.join(cells.values())}\n", encoding="utf-8")
    (tmp_path / "lines.txt").write_text("ไฟดับหน้าร้านเจ๊หมวย\n", encoding="utf-8")
    file, villages = str(tmp_path / "lines.txt"), str(tmp_path / "v.csv")
    words = ["--file", file, "--villages", villages, "--village", cells["village_code"]]
    (told,) = answers(b"", *words)
    assert told["place"]["landmark"] == "ร้านเจ๊หมวย"
    wrong = RUN.invoke(app, ["understand", *words[:-1], "11111111"])
    assert wrong.exit_code == 1 and "11111111" in wrong.stderr
    assert RUN.invoke(app, ["understand", *words[:-2]]).exit_code == 2
    (tmp_path / "v.csv").write_bytes(b"\xff")
    assert RUN.invoke(app, ["understand", *words]).exit_code == 1


def test_answers_come_line_by_line_and_a_closed_pipe_ends_it_quietly() -> None:
    command = [sys.executable, "-c", "from bot.cli import main; main()", "understand"]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdin and run.stdout and run.stderr
        for number in (1, 2):
            run.stdin.write(FIRE.encode() + b"\n")
            run.stdin.flush()
            assert json.loads(run.stdout.readline())["line"] == number
        run.stdout.close()
        run.stdin.write((FIRE.encode() + b"\n") * 3)
        run.stdin.close()
        assert (run.wait(60), run.stderr.read()) == (0, b"")
