"""The minutes' DOCX, PDF and the picture of the results, read back."""

import io
from functools import cache
from typing import Any

import docx
import pymupdf
import pytest
from PIL import Image

from bot.documents.maker import DOCX_TYPE, PDF_TYPE, PNG_TYPE, OfficialDocuments
from bot.documents.results import results_png
from handlers.ports import MadeFile
from planning.thai import thai_digits
from tests.documents.samples import HOSTILE, decided, minutes
from tests.documents.test_agenda_files import body_text, ink, pdf_text

OPEN: Any = pymupdf.open


@cache
def made(count: int = 6, closed: bool = True) -> tuple[MadeFile, ...]:
    return OfficialDocuments().minutes(minutes(count, closed=closed))


def test_closed_minutes_come_as_docx_pdf_and_a_picture_of_the_results() -> None:
    word, pdf, results = made()
    assert (word.name, word.media_type) == ("minutes-MN-K7M4PX.docx", DOCX_TYPE)
    assert (pdf.name, pdf.media_type) == ("minutes-MN-K7M4PX.pdf", PDF_TYPE)
    assert (results.name, results.media_type) == ("results-MN-K7M4PX.png", PNG_TYPE)
    assert pdf.picture.startswith(b"\x89PNG")


def test_a_draft_has_no_results_to_tell() -> None:
    assert [file.name for file in made(2, closed=False)] == [
        "minutes-draft.docx",
        "minutes-draft.pdf",
    ]


def test_the_same_minutes_give_the_same_bytes() -> None:
    assert OfficialDocuments().minutes(minutes(6)) == made()
    assert OfficialDocuments().minutes(minutes(6, chair="นายอื่น")) != made()


def test_both_files_say_what_was_resolved() -> None:
    word, pdf, _ = made()
    shown, printed = body_text(word.data), pdf_text(pdf.data)
    for item in minutes(6).content.items:
        assert shown.count(item.item.issue_code) == 1
        assert printed.count(item.item.issue_code) == 1
        assert thai_digits(item.line) in shown
    assert shown.count("มติที่ประชุม") == 9
    assert "เป็นเอกฉันท์" in shown


def test_the_attendance_sheet_comes_last() -> None:
    document = docx.Document(io.BytesIO(made()[0].data))
    (table,) = document.tables
    assert len(table.rows) == 67
    with OPEN(stream=made()[1].data) as pdf:
        assert "ลำดับ" in pdf[len(pdf) - 3].get_text()
        assert len(pdf) == 7
        assert "๑๒.๐๕" in pdf[3].get_text()  # nobody signs a page that says nothing
        assert all(ink(page.get_pixmap(dpi=50).tobytes("png")) > 0.001 for page in pdf)


def test_hostile_words_are_printed_as_words() -> None:
    items = tuple(
        decided(n, line=text, amended=True, notes=(text,), reason=text)
        for n, text in enumerate(HOSTILE, start=1)
    )
    told = minutes(items=items, chair=HOSTILE[0], notes=HOSTILE, guests=HOSTILE, adopted=HOSTILE[1])
    word, pdf, results = OfficialDocuments().minutes(told)
    assert "#panic()" in body_text(word.data) and "#panic()" in pdf_text(pdf.data)
    with OPEN(stream=pdf.data) as document:
        for page in document:
            for x0, y0, x1, y1, *_ in page.get_text("words"):
                assert 60 < x0 < x1 < page.rect.width - 50
                assert 55 < y0 < y1 < page.rect.height - 15
    assert Image.open(io.BytesIO(results.data)).width == 1080


@pytest.mark.parametrize("count", [0, 1, 6, 40])
def test_the_results_are_one_picture_a_phone_can_show(count: int) -> None:
    picture = Image.open(io.BytesIO(results_png(minutes(count))))
    assert picture.width == 1080
    assert 400 < picture.height < 2600
    assert 0.01 < ink(results_png(minutes(count))) < 0.6
