"""The agenda's DOCX, PDF and picture, read back as a program and a reader would find them."""

import hashlib
import io
import json
import subprocess
import sys
import unicodedata
import zipfile
from functools import cache
from typing import Any

import docx
import pymupdf
import pytest
from docx.oxml.ns import qn

from bot.documents.agenda_text import compose
from bot.documents.clean import clean
from bot.documents.fonts import font_bytes, font_key
from bot.documents.maker import DOCX_TYPE, PDF_TYPE, OfficialDocuments
from bot.documents.page_pdf import page_json
from handlers.ports import DocumentMaker, MadeFile
from planning.thai import thai_digits
from tests.documents.samples import HOSTILE, LINES, item, version

OPEN: Any = pymupdf.open
PIXMAP: Any = pymupdf.Pixmap


@cache
def made(count: int) -> tuple[MadeFile, ...]:
    return OfficialDocuments().agenda(version(count))


def hostile_files() -> tuple[MadeFile, ...]:
    items = tuple(item(n, line=t, place=t) for n, t in enumerate(HOSTILE, start=1))
    told = version(1, items=items, place=HOSTILE[0], village_name=HOSTILE[3], held_at=HOSTILE[1])
    return OfficialDocuments().agenda(told)


def all_runs(data: bytes) -> list[Any]:
    """Every run of the body, the table and the footers."""
    document = docx.Document(io.BytesIO(data))
    parts = [document.element.body, *(s.footer._element for s in document.sections)]
    return [run for part in parts for run in part.iter(qn("w:r"))]


def body_text(data: bytes) -> str:
    document = docx.Document(io.BytesIO(data))
    return "".join(t.text or "" for t in document.element.body.iter(qn("w:t")))


def pdf_text(data: bytes) -> str:
    with OPEN(stream=data) as pdf:
        return "".join(page.get_text() for page in pdf)


def dark(picture: Any, start: int = 0, end: int | None = None) -> int:
    """How many dark points lie between two offsets of a picture, counted row by row."""
    points = PIXMAP(pymupdf.csGRAY, PIXMAP(picture, 0) if picture.alpha else picture).samples
    return sum(points[start:end].count(shade) for shade in range(128))


def ink(data: bytes) -> float:
    """Share of dark points in a picture."""
    picture = PIXMAP(data)
    return float(dark(picture) / (picture.width * picture.height))


def test_a_docx_and_a_pdf_with_a_picture_are_made() -> None:
    maker: DocumentMaker = OfficialDocuments()
    word, pdf = maker.agenda(version(3))
    assert (word.name, word.media_type) == ("agenda-AG-K7M4PX.docx", DOCX_TYPE)
    assert (pdf.name, pdf.media_type) == ("agenda-AG-K7M4PX.pdf", PDF_TYPE)
    assert word.picture == b""
    assert pdf.picture.startswith(b"\x89PNG")


@pytest.mark.parametrize("count", [0, 3, 30])
def test_the_picture_is_page_one_of_the_pdf_and_not_blank(count: int) -> None:
    pdf = made(count)[1]
    picture = PIXMAP(pdf.picture)
    assert (picture.width, picture.height) == pytest.approx((909, 1287), abs=3)
    with OPEN(stream=pdf.data) as document:
        drawn = document[0].get_pixmap(dpi=110)
        assert all(ink(page.get_pixmap(dpi=50).tobytes("png")) > 0.001 for page in document)
    assert 0.01 < ink(pdf.picture) < 0.2
    for top, bottom in ((0, 0.3), (0.3, 0.6), (0.6, 0.94), (0.94, 1)):
        part = (int(909 * 1287 * top), int(909 * 1287 * bottom))
        assert dark(PIXMAP(pdf.picture), *part) == pytest.approx(
            dark(drawn, *part), rel=0.1, abs=40
        )


def test_every_run_of_the_docx_is_set_for_thai() -> None:
    runs = all_runs(made(3)[0].data)
    assert len(runs) > 200
    for run in runs:
        look = run.find(qn("w:rPr"))
        faces = look.find(qn("w:rFonts"))
        assert {faces.get(qn(f"w:{k}")) for k in ("cs", "ascii", "hAnsi", "eastAsia")} == {
            "Sarabun"
        }
        assert look.find(qn("w:szCs")).get(qn("w:val")) in {"32", "28", "24"}
        assert look.find(qn("w:sz")).get(qn("w:val")) == look.find(qn("w:szCs")).get(qn("w:val"))
        assert look.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"
        assert (look.find(qn("w:b")) is None) == (look.find(qn("w:bCs")) is None)


def test_body_text_of_the_docx_is_sixteen_points() -> None:
    sizes = [
        r.find(qn("w:rPr")).find(qn("w:szCs")).get(qn("w:val")) for r in all_runs(made(3)[0].data)
    ]
    assert sizes.count("32") > 0.9 * len(sizes)


def test_the_docx_carries_its_typeface_unharmed() -> None:
    with zipfile.ZipFile(io.BytesIO(made(3)[0].data)) as archive:
        hidden = archive.read("word/fonts/font2.odttf")
        table = archive.read("word/fontTable.xml").decode()
    key = bytes.fromhex(font_key("Bold").strip("{}").replace("-", ""))[::-1]
    shown = bytes(b ^ k for b, k in zip(hidden[:32], key * 2, strict=True)) + hidden[32:]
    assert shown == font_bytes("Bold")
    assert hidden != shown
    assert font_key("Bold") in table


def test_the_sign_table_repeats_its_header_and_keeps_rows_whole() -> None:
    document = docx.Document(io.BytesIO(made(3)[0].data))
    (table,) = document.tables
    rows = table._tbl.tr_lst
    assert [cell.text for cell in table.rows[0].cells] == ["ลำดับ", "ชื่อ - สกุล", "บ้านเลขที่", "ลายมือชื่อ"]
    assert [bool(r.findall(f".//{qn('w:tblHeader')}")) for r in rows[:3]] == [True, False, False]
    assert all(r.findall(f".//{qn('w:cantSplit')}") for r in rows)
    assert table.rows[-1].cells[0].text == thai_digits(len(rows) - 1)


def test_the_docx_is_a4_with_a_footer_that_names_the_version() -> None:
    document = docx.Document(io.BytesIO(made(3)[0].data))
    section = document.sections[0]
    assert section.page_width is not None and section.page_height is not None
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert "AG-K7M4PX ฉบับที่\u00a0๒" in section.footer.paragraphs[0].text
    assert "PAGE" in section.footer._element.xml
    assert document.core_properties.title == "ระเบียบวาระการประชุมประชาคมหมู่บ้าน ครั้งที่ ๒/๒๕๖๔"


def test_every_issue_code_stands_in_both_files() -> None:
    word, pdf = made(30)
    codes = [x.issue_code for x in version(30).content.items]
    assert len(set(codes)) == 30
    shown, source = body_text(word.data), page_json(compose(version(30)))
    printed = pdf_text(pdf.data)
    for code in codes:
        assert shown.count(code) == 1
        assert source.count(code) == 1
        assert printed.count(code) == 1


def test_every_neutral_line_stands_in_the_docx() -> None:
    shown = body_text(made(30)[0].data)
    assert all(thai_digits(line) in shown for line in LINES)


def test_the_same_version_gives_the_same_bytes() -> None:
    again = OfficialDocuments().agenda(version(30))
    assert again == made(30)
    assert OfficialDocuments().agenda(version(29)) != again


def test_another_process_gives_the_same_bytes() -> None:
    code = (
        "import hashlib, json; from bot.documents.maker import OfficialDocuments;"
        "from tests.documents.samples import version;"
        "made = OfficialDocuments().agenda(version(3));"
        "print(json.dumps([hashlib.sha256(f.data + f.picture).hexdigest() for f in made]))"
    )
    environment = {"PYTHONHASHSEED": "7", "TZ": "America/New_York", "LC_ALL": "C"}
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True, env=environment
    )
    here = [hashlib.sha256(f.data + f.picture).hexdigest() for f in made(3)]
    assert json.loads(told.stdout) == here


def test_hostile_text_is_printed_as_text_and_nothing_else() -> None:
    word, pdf = hostile_files()
    shown = body_text(word.data)
    with OPEN(stream=pdf.data) as document:
        assert 6 < len(document) < 16
        assert not any(link for page in document for link in page.get_links())
        pixel = document[0].get_pixmap(dpi=20).pixel(2, 2)
    assert pixel == (255, 255, 255)
    assert thai_digits(clean(HOSTILE[0], 280)) in shown
    assert thai_digits(clean(HOSTILE[5], 280)) in shown
    printed = pdf_text(pdf.data)
    for told in ("#set", "$x^๒$", "<label>", "`raw`", "]]>", "#panic()", "{{"):
        assert told in printed
    assert not any(unicodedata.category(c) in {"Cs", "Co"} for c in shown)


def test_nothing_runs_off_the_page() -> None:
    for pdf in (made(30)[1], hostile_files()[1]):
        with OPEN(stream=pdf.data) as document:
            for page in document:
                for x0, y0, x1, y1, *_ in page.get_text("words"):
                    assert 60 < x0 < x1 < page.rect.width - 50
                    assert 55 < y0 < y1 < page.rect.height - 15


def test_lines_of_the_pdf_break_only_between_pieces() -> None:
    """The text layer's lines, in order, are unions of whole pieces that the template was given."""
    content = version(5)
    source = json.loads(page_json(compose(content)))
    pdf = OfficialDocuments().agenda(content)[1]
    lines = _lines_of(pdf.data)
    checked = 0
    for group in source["groups"]:
        for told in group:
            if told["style"] == "item":
                pieces = told["parts"][0]["pieces"]
                checked += _whole_lines(pieces, lines)
    assert checked > 8


def _lines_of(data: bytes) -> list[str]:
    """Text of each printed line, without spaces (the layer's spaces are not dependable)."""
    rows: dict[tuple[int, int], list[tuple[float, str]]] = {}
    with OPEN(stream=data) as document:
        for number, page in enumerate(document):
            for block in page.get_text("rawdict")["blocks"]:
                for line in block.get("lines", []):
                    for span in line["spans"]:
                        row = rows.setdefault((number, round(span["origin"][1])), [])
                        row += [(c["origin"][0], c["c"]) for c in span["chars"]]
    ordered = [rows[key] for key in sorted(rows)]
    return ["".join(c for _, c in row if not c.isspace()) for row in ordered]


def _whole_lines(pieces: list[str], lines: list[str]) -> int:
    """How many printed lines the pieces fill; fails where one ends inside a piece."""
    words = [piece for piece in pieces if piece != " "]
    used = 0
    while words:
        best = max(n for n in range(len(words) + 1) if _printed("".join(words[:n]), lines))
        assert best > 0, words
        words, used = words[best:], used + 1
    return used


def _printed(text: str, lines: list[str]) -> bool:
    plain = _letters(text)
    return any(plain in _letters(line) for line in lines)


def _letters(text: str) -> str:
    """Consonants, Latin letters and digits, doubles once: what the layer tells dependably."""
    kept = [c for c in text if "ก" <= c <= "ฮ" or c.isdecimal() or (c.isascii() and c.isalpha())]
    return "".join(c for c, before in zip(kept, ["", *kept], strict=False) if c != before)
