"""The demo as a newcomer runs it, to its last file; and that no file tells what it must not."""

import json
import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from docx import Document
from openpyxl import load_workbook

from bot.config import setting_names
from bot.demo.stage import data_lines


def document_text(path: Path) -> str:
    """All words of a DOCX, tables included."""
    document = Document(str(path))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def workbook_text(path: Path) -> str:
    book = load_workbook(BytesIO(path.read_bytes()))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    return "\n".join(str(cell) for row in rows for cell in row if cell is not None)


def test_the_demo_makes_every_file_and_leaks_nothing(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out"
    left_out = {*setting_names(), "COVERAGE_PROCESS_CONFIG"}  # what it runs is counted elsewhere
    clean = {k: v for k, v in os.environ.items() if k not in left_out}
    start = "from bot.cli import main; main()"
    command = [sys.executable, "-c", start, "demo", "--no-serve", "--out", str(out)]
    shown = subprocess.run(command, env=clean, capture_output=True, text=True, timeout=400)
    assert shown.returncode == 0, shown.stderr[-2000:]
    kinds = sorted(path.suffix for path in out.iterdir())
    assert kinds == [".docx", ".json", ".pdf", ".png", ".txt", ".txt", ".xlsx"]
    assert next(out.glob("*.pdf")).read_bytes().startswith(b"%PDF")
    agenda = document_text(next(out.glob("*.docx")))
    workbook = workbook_text(out / "projects.xlsx")
    summary = (out / "summary.txt").read_text(encoding="utf-8")
    trace = json.loads((out / "trace.json").read_text(encoding="utf-8"))
    assert trace["issue"]["issue_code"] in agenda
    assert trace["issue"]["issue_code"] in workbook
    assert trace["project"]["project_code"] in workbook
    assert len(re.findall(r"IS-\w{6}", agenda)) >= 10
    told = "\n".join([agenda, workbook, summary, shown.stdout])
    raws = [json.loads(line) for line in data_lines("messages.jsonl")]
    numbers = [p["text"] for r in raws for p in r["pii"] if re.search(r"\d{4}", p["text"])]
    secret = [r["text"][:15] for r in raws if r["confidential"] and len(r["text"]) >= 15]
    assert numbers
    assert secret
    assert [n for n in numbers if n in told] == []
    assert [s for s in secret if s in told] == []
