"""The list of what a helper wrote down for people without a phone, as a Word document."""

import io
from copy import deepcopy
from datetime import UTC, datetime, time
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm

from bot.documents.clean import clean
from bot.documents.docx_parts import add_page_number, add_words, child, dress
from bot.documents.docx_setup import prepare
from bot.documents.fonts import BODY_PT, FOOTER_PT, NOTE_PT
from bot.documents.zips import repacked
from planning.calendar import BE
from planning.thai import MONTHS, thai_digits
from planning.walk_ins import WalkInLine, WalkInList

TITLE = "บัญชีเรื่องที่รับแทนประชาชน"
_HEADER = ("ลำดับ", "เลขรับเรื่อง", "ผู้ให้ข้อมูล", "หมู่บ้าน", "วันที่รับเรื่อง", "เรื่อง", "ผลการดำเนินการ")
_WIDTHS = (1.2, 2.3, 4.6, 3.6, 2.6, 6.6, 4.8)
_CENTRED = (0, 1, 4)
_NO_NAME, _PRIVATE = "ไม่ประสงค์ออกนาม", "เรื่องที่เป็นความลับ"


def walk_in_docx(listed: WalkInList) -> bytes:
    """The file's bytes, the same each time for the same list."""
    document = docx.Document()
    made = datetime.combine(listed.made_on, time(), UTC).replace(tzinfo=None)
    prepare(document, TITLE, made)
    _lay_out(document)
    _heading(document, TITLE, bold=True)
    if listed.area:
        _heading(document, thai_digits(clean(listed.area, 120)))
    count = f"จำนวน {len(listed.lines)} เรื่อง ณ วันที่ {_day(listed)}"
    _heading(document, thai_digits(count))
    _table(document, listed)
    note = document.add_paragraph()
    words = "เอกสารนี้มีข้อมูลส่วนบุคคล ใช้เพื่อแจ้งผลแก่ผู้ให้ข้อมูลเท่านั้น ห้ามเผยแพร่"
    add_words(note, words, NOTE_PT)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _day(listed: WalkInList) -> str:
    on = listed.made_on
    return f"{on.day} {MONTHS[on.month - 1]} พ.ศ. {on.year + BE}"


def _lay_out(document: Document) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(2.0)
    section.top_margin = section.bottom_margin = Cm(2.0)
    section.footer_distance = Cm(1.0)
    child(section._sectPr, "w:pgNumType", fmt="thaiNumbers")
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    add_words(paragraph, "หน้า ", FOOTER_PT)
    add_page_number(paragraph, FOOTER_PT)


def _heading(document: Document, text: str, *, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_words(paragraph, text, BODY_PT, bold=bold)


def _table(document: Document, listed: WalkInList) -> None:
    table = document.add_table(rows=0, cols=len(_HEADER), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    table._tbl.append(_row(_HEADER, head=True))
    for number, line in enumerate(listed.lines, start=1):
        table._tbl.append(_row(_cells(number, line)))


def _cells(number: int, line: WalkInLine) -> tuple[str, ...]:
    who = " ".join(filter(None, (line.name or _NO_NAME, line.contact)))
    house = f"บ้านเลขที่ {line.house}" if line.house else ""
    told = f"{line.told_on.day}/{line.told_on.month}/{line.told_on.year + BE}"
    return (
        thai_digits(number),
        line.code,
        thai_digits(clean(" ".join(filter(None, (who, house))), 160)),
        thai_digits(clean(line.village, 80)),
        thai_digits(told),
        thai_digits(clean(line.line or _PRIVATE, 240)),
        thai_digits(clean(line.state, 120)),
    )


def _row(texts: tuple[str, ...], *, head: bool = False) -> Any:
    row = OxmlElement("w:tr")
    rules = child(row, "w:trPr")
    child(rules, "w:cantSplit")
    if head:
        child(rules, "w:tblHeader")
    for place, (text, width) in enumerate(zip(texts, _WIDTHS, strict=True)):
        row.append(_cell(text, width, bold=head, centred=head or place in _CENTRED))
    return row


def _cell(text: str, width: float, *, bold: bool, centred: bool) -> Any:
    cell = OxmlElement("w:tc")
    look = child(cell, "w:tcPr")
    child(look, "w:tcW", w=str(Cm(width).twips), type="dxa")
    paragraph = child(cell, "w:p")
    place = child(paragraph, "w:pPr")
    child(place, "w:jc", val="center" if centred else "left")
    properties = OxmlElement("w:rPr")
    dress(properties, NOTE_PT, bold=bold)
    run = child(paragraph, "w:r")
    run.append(deepcopy(properties))
    child(run, "w:t").text = text
    place.append(properties)
    return cell
