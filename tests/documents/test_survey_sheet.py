"""Tables people send: every encoding they have, every way a file can be hostile."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.documents.survey_form import survey_form
from bot.documents.survey_sheet import read_sheet
from handlers.ports import SheetRefusal
from planning.surveys import HEADINGS, title
from tests.planning.samples import VILLAGE

TABLE = "บ้านเลขที่,เรื่อง\n12/3,ไฟดับ\n"
WORDS = [("บ้านเลขที่", "เรื่อง"), ("12/3", "ไฟดับ")]


def cells(data: bytes) -> list[tuple[str, ...]]:
    sheet = read_sheet(data, 100)
    assert sheet.refused is None, sheet.refused
    return [tuple(c for c in row.cells if c) for row in sheet.rows]


def workbook(rows: list[list[object]]) -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, **changed: bytes | None) -> bytes:
    """The zip with parts (dots and slashes as __) replaced, added, or (None) left out."""
    names = {name.replace("__", "/").replace("_DOT_", "."): part for name, part in changed.items()}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            if entry.filename not in names:
                new.writestr(entry.filename, old.read(entry))
        for name, part in names.items():
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874", "tis-620"])
def test_every_encoding_people_have(encoding: str) -> None:
    assert cells(TABLE.encode(encoding)) == WORDS


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_every_sign_between_columns(sign: str) -> None:
    assert cells(TABLE.replace(",", sign).replace("\n", "\r\n").encode()) == WORDS


def test_a_row_is_named_by_the_line_it_begins_on() -> None:
    data = 'บ้านเลขที่,เรื่อง\n1,"ไฟดับ\nสองดวง"\n2,น้ำ\n'.encode()
    assert [row.number for row in read_sheet(data, 100).rows] == [1, 2, 4]


def test_a_workbook_is_read_as_it_stands() -> None:
    data = workbook(
        [["บ้านเลขที่", "เรื่อง", "จำนวน"], ["12/3", "ไฟดับ", 5], [date(2026, 3, 12), "=1+1", 2.0]]
    )
    sheet = read_sheet(data, 100)
    assert [row.cells for row in sheet.rows][1] == ("12/3", "ไฟดับ", "5")
    last = sheet.rows[2]
    assert (last.number, last.cells[0], last.cells[2]) == (3, "2026-03-12", "2")
    assert last.dates == {0}
    assert last.formulas == {1}


REFUSED = [
    (b"", SheetRefusal.EMPTY),
    (b"   \n", SheetRefusal.EMPTY),
    (b"%PDF-1.7 \x00\x01", SheetRefusal.NOT_A_TABLE),
    (b"\xff\xd8\xff\xe0\x00\x10JFIF,", SheetRefusal.NOT_A_TABLE),
    ("แค่ข้อความ".encode(), SheetRefusal.NOT_A_TABLE),
    (b"a,b\n\x00\x00", SheetRefusal.NOT_A_TABLE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, SheetRefusal.OLD_OR_LOCKED),
    (b"PK\x03\x04 broken", SheetRefusal.BROKEN),
    (workbook([]), SheetRefusal.EMPTY),
]


@pytest.mark.parametrize(("data", "why"), REFUSED)
def test_what_is_no_table_is_refused(data: bytes, why: SheetRefusal) -> None:
    assert read_sheet(data, 100).refused is why


def test_macros_are_refused() -> None:
    book = workbook([["บ้านเลขที่", "เรื่อง"]])
    assert read_sheet(repacked(book, xl__vbaProject_DOT_bin=b"x"), 9).refused is SheetRefusal.MACROS
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        kinds = packed.read("[Content_Types].xml").replace(
            b"sheet.main", b"sheet.macroEnabled.main"
        )
    marked = repacked(book, **{"[Content_Types]_DOT_xml": kinds})
    assert read_sheet(marked, 9).refused is SheetRefusal.MACROS


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = repacked(workbook([["a", "b"]]), xl__sharedStrings_DOT_xml=b"<a>" + b" " * 80_000_000)
    assert len(bomb) < 1_000_000
    assert read_sheet(bomb, 100).refused is SheetRefusal.TOO_LARGE


def test_entities_are_not_expanded() -> None:
    laughs = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&b;</t></si></sst>'
    )
    data = repacked(workbook([["a", "b"]]), xl__sharedStrings_DOT_xml=laughs)
    assert read_sheet(data, 100).refused is SheetRefusal.BROKEN
    wide = repacked(workbook([["a", "b"]]), xl__workbook_DOT_xml=laughs.decode().encode("utf-16"))
    assert read_sheet(wide, 100).refused is SheetRefusal.BROKEN


def test_a_zip_of_something_else_is_no_table() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    assert read_sheet(out.getvalue(), 9).refused is SheetRefusal.NOT_A_TABLE


def test_reading_ends_soon_after_the_most_rows() -> None:
    many = "บ้านเลขที่,เรื่อง\n" + "1,ไฟดับ\n" * 5_000
    assert 100 < len(read_sheet(many.encode(), 100).rows) < 200
    book = workbook([["บ้านเลขที่", "เรื่อง"], *([[1, "ไฟดับ"]] * 1_000)])
    assert 100 < len(read_sheet(book, 100).rows) < 200


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 6_000), byte=st.integers(0, 255), cut=st.integers(0, 6_000))
def test_no_broken_workbook_raises(at: int, byte: int, cut: int) -> None:
    data = bytearray(workbook([["บ้านเลขที่", "เรื่อง"], ["1", "ไฟดับ"]]))
    data[at % len(data)] = byte
    assert isinstance(read_sheet(bytes(data), 10).rows, tuple)
    assert isinstance(read_sheet(bytes(data[: max(cut % len(data), 1)]), 10).rows, tuple)


@given(data=st.binary(max_size=200))
def test_no_bytes_whatsoever_raise(data: bytes) -> None:
    assert isinstance(read_sheet(data, 10).rows, tuple)


def test_the_form_is_text_from_the_start_and_reads_as_headings() -> None:
    form = survey_form([VILLAGE], date(2026, 11, 24))
    assert form == survey_form([VILLAGE], date(2026, 11, 24))
    sheet = load_workbook(io.BytesIO(form))["แบบสำรวจ"]
    assert [c.value for c in sheet[1]] == [title(column) for column in HEADINGS]
    assert {c.number_format for row in sheet.iter_rows(min_row=2, max_row=9) for c in row} == {"@"}
    assert read_sheet(form, 100).rows[0].cells[: len(HEADINGS)] == tuple(map(title, HEADINGS))
