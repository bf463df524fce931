"""Reads a table somebody sent, without trusting a byte of it: CSV in the encodings people have, or XLSX.

Nothing of a workbook is computed, opened from elsewhere or run: cells are read as they stand.
"""

import csv
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from xml.etree.ElementTree import ParseError

from handlers.ports import Sheet, SheetRefusal
from planning.calendar import BE
from planning.surveys import SheetRow

_COLUMNS, _CELL, _BLANKS = 60, 4_000, 300
_PARTS, _UNPACKED, _RATIO = 400, 60_000_000, 250
_PART = 10_000_000
"""One part unpacked: what a table of words needs is a tenth of it; reading 50 MB takes half a minute."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACROS = re.compile(r"vbaproject|macrosheets|activex|\.bin$", re.IGNORECASE)
_BROKEN = (
    ValueError, TypeError, AttributeError, LookupError, ArithmeticError, OSError, EOFError, SyntaxError,
    RuntimeError, AssertionError, ParseError, zipfile.BadZipFile, zlib.error, struct.error,
)  # fmt: skip
"""What unpacking and reading a file that somebody broke on purpose can raise."""
_THAI = re.compile(r"[ก-๙]")


def read_sheet(data: bytes, most_rows: int) -> Sheet:
    """The rows of a CSV or XLSX file (its first sheet with words), or why it was refused.

    Never raises for what the bytes hold. At most `most_rows` and a few more rows are read.
    """
    if not data.strip():
        return Sheet(refused=SheetRefusal.EMPTY)
    if data.startswith(_OLD_OFFICE):
        return Sheet(refused=SheetRefusal.OLD_OR_LOCKED)
    if data.startswith(b"PK"):
        return _workbook(data, most_rows + 50)
    text = _decoded(data)
    return (
        _table(text, most_rows + 50)
        if text is not None
        else Sheet(refused=SheetRefusal.NOT_A_TABLE)
    )


def _decoded(data: bytes) -> str | None:
    """The text of a CSV: UTF-8 or UTF-16 by its mark, UTF-8, or the Thai encoding of older programs."""
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _with(data, name)
    text = _with(data, "utf-8")
    if text is None:
        text = _with(data, "cp874")
        text = text if text and _THAI.search(text) else None
    return text


def _with(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if re.search(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]", text) else text


def _table(text: str, most_rows: int) -> Sheet:
    first = text.lstrip().split("\n", 1)[0]
    sign = max((",", "\t", ";"), key=first.count)
    if not first.count(sign):
        return Sheet(refused=SheetRefusal.NOT_A_TABLE)
    rows: list[SheetRow] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=False)
    begins = 1
    try:
        for cells in reader:
            rows.append(SheetRow(number=begins, cells=tuple(_cut(c) for c in cells[:_COLUMNS])))
            begins = reader.line_num + 1
            if len(rows) > most_rows:
                break
    except csv.Error:
        return Sheet(refused=SheetRefusal.NOT_A_TABLE)
    return Sheet(rows=tuple(rows))


def _cut(cell: str) -> str:
    return cell.replace("\x00", "").strip()[:_CELL]


def _workbook(data: bytes, most_rows: int) -> Sheet:
    refused = _looked_into(data)
    if refused:
        return Sheet(refused=refused)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            for name in book.sheetnames:
                rows = tuple(_rows(book[name], most_rows))
                if rows:
                    return Sheet(rows=rows)
        finally:
            book.close()
    except _BROKEN:
        return Sheet(refused=SheetRefusal.BROKEN)
    return Sheet(refused=SheetRefusal.EMPTY)


def _looked_into(data: bytes) -> SheetRefusal | None:
    """Why a workbook is not opened at all: judged by its parts' names, sizes and first bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            names = {part.filename for part in parts}
            if any(_MACROS.search(name) and "printer" not in name.lower() for name in names):
                return SheetRefusal.MACROS
            if "xl/workbook.xml" not in names:
                return SheetRefusal.NOT_A_TABLE
            sizes = [part.file_size for part in parts]
            if len(parts) > _PARTS or sum(sizes) > _UNPACKED or max(sizes) > _PART:
                return SheetRefusal.TOO_LARGE
            if any(
                p.file_size > 1_000_000 and p.file_size > _RATIO * p.compress_size for p in parts
            ):
                return SheetRefusal.TOO_LARGE
            if any(part.flag_bits & 1 for part in parts):
                return SheetRefusal.OLD_OR_LOCKED
            return _unsafe_words(packed, parts)
    except _BROKEN:
        return SheetRefusal.BROKEN


def _unsafe_words(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> SheetRefusal | None:
    """Refuses parts that are not plain UTF-8 XML, define entities, or unpack to more than they say."""
    left = _UNPACKED
    for part in parts:
        if not part.filename.lower().endswith((".xml", ".rels")):
            continue
        with packed.open(part) as opened:
            words = opened.read(left + 1)
        left -= len(words)
        if left < 0:
            return SheetRefusal.TOO_LARGE
        if words[:2] in (b"\xff\xfe", b"\xfe\xff") or b"<!DOCTYPE" in words or b"<!ENTITY" in words:
            return SheetRefusal.BROKEN
        if part.filename.endswith("[Content_Types].xml") and b"macroEnabled" in words:
            return SheetRefusal.MACROS
    return None


def _rows(sheet: Any, most_rows: int) -> Iterator[SheetRow]:
    taken = blanks = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=_COLUMNS), start=1):
        row = _row(number, cells)
        blanks = 0 if any(row.cells) else blanks + 1
        if blanks > _BLANKS or taken > most_rows:
            return
        if any(row.cells):
            taken += 1
            yield row


def _row(number: int, cells: tuple[Any, ...]) -> SheetRow:
    formulas = frozenset(n for n, cell in enumerate(cells) if getattr(cell, "data_type", "") == "f")
    dates = frozenset(n for n, cell in enumerate(cells) if isinstance(cell.value, date))
    texts = tuple(_text(cell.value) for cell in cells)
    while texts and not texts[-1]:
        texts = texts[:-1]
    return SheetRow(number=number, cells=texts, formulas=formulas, dates=dates)


def _text(value: Any) -> str:
    """A cell as a person reads it; years that a program took for Buddhist ones are put right."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        year = value.year - BE if value.year > 2400 else value.year
        return f"{year:04d}-{value.month:02d}-{value.day:02d}"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return _cut(str(value))
