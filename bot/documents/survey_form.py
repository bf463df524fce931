"""The form for a door-to-door survey: a sheet to fill in, and one that says how."""

import io
import re
from collections.abc import Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.fonts import OFFICE_SARABUN
from bot.documents.zips import repacked
from planning.areas import Village
from planning.calendar import BE
from planning.surveys import EXAMPLE_HOUSE, HEADINGS, NEEDED, SurveyColumn, title
from planning.taxonomy import categories

_WIDTHS = {SurveyColumn.WHAT: 48.0, SurveyColumn.NAME: 24.0, SurveyColumn.CATEGORY: 24.0}
_FONT, _BOLD = Font(name=OFFICE_SARABUN, size=14), Font(name=OFFICE_SARABUN, size=14, bold=True)
_GREY = PatternFill("solid", fgColor="FFE7E6E6")
_TEXT = "@"
_ROWS = 400


def survey_form(villages: Sequence[Village], made_on: date) -> bytes:
    """XLSX with headings, one example row, and the villages and categories that may be named."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "แบบสำรวจ"
    for place, column in enumerate(HEADINGS, start=1):
        _column(sheet, place, column, _example(column, villages, made_on))
    sheet.freeze_panes = "A2"
    _helps(book.create_sheet("วิธีกรอก"), villages)
    about = book.properties
    about.creator, about.title = "ประชาคม", "แบบสำรวจ"
    about.created = datetime(made_on.year, made_on.month, made_on.day)
    out = io.BytesIO()
    book.save(out)
    stamp = f"{made_on.isoformat()}T00:00:00Z".encode()
    return repacked(out.getvalue(), lambda name, data: _dated(name, data, stamp))


def _dated(name: str, data: bytes, stamp: bytes) -> bytes:
    if name != "docProps/core.xml":
        return data
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)


def _column(sheet: Worksheet, place: int, column: SurveyColumn, example: str) -> None:
    head = sheet.cell(1, place, title(column))
    head.font, head.fill = _BOLD, _GREY
    head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    sheet.column_dimensions[get_column_letter(place)].width = _WIDTHS.get(column, 16.0)
    # as text from the start, or a house number 12/3 becomes a date when it is typed
    for row in range(2, _ROWS + 2):
        cell = sheet.cell(row, place)
        cell.number_format, cell.font = _TEXT, _FONT
    sheet.cell(2, place).value = example


def _example(column: SurveyColumn, villages: Sequence[Village], made_on: date) -> str:
    first = villages[0] if villages else None
    return {
        SurveyColumn.HOUSE: EXAMPLE_HOUSE,
        SurveyColumn.TAMBON: first.tambon if first else "",
        SurveyColumn.VILLAGE: first.code if first else "",
        SurveyColumn.WHAT: "ไฟส่องสว่างหน้าบ้านดับ กลางคืนมืดมาก",
        SurveyColumn.CATEGORY: categories()["lighting"].name_th,
        SurveyColumn.HOUSEHOLDS: "5",
        SurveyColumn.SINCE: f"1/{made_on.month}/{made_on.year + BE}",
        SurveyColumn.DATE: f"{made_on.day}/{made_on.month}/{made_on.year + BE}",
    }.get(column, "")


def _helps(sheet: Worksheet, villages: Sequence[Village]) -> None:
    needed = " และ ".join(f"«{title(c)}»" for c in (*NEEDED, SurveyColumn.VILLAGE))
    lines = [
        f"ต้องกรอก {needed} ช่องอื่นเว้นว่างได้",
        "หนึ่งแถวคือหนึ่งเรื่องของหนึ่งครัวเรือน ครัวเรือนเดียวมีหลายเรื่องให้เขียนหลายแถว",
        "ชื่อและเบอร์โทรใส่เมื่อเจ้าตัวยินยอม ระบบเก็บแยกไว้ ไม่แสดงในที่ประชุม",
        "วันที่พิมพ์แบบ 5/11/2569",
        "แถวตัวอย่างไม่ต้องลบ ระบบข้ามให้เอง",
        "",
        "รหัสหมู่บ้านที่ใช้ได้",
        *(f"{v.code}  {v.title} ตำบล{v.tambon}" for v in villages),
        "",
        "หมวดที่ใช้ได้",
        *(c.name_th for c in categories().values()),
    ]
    sheet.column_dimensions["A"].width = 90
    for row, line in enumerate(lines, start=1):
        cell = sheet.cell(row, 1, line)
        cell.font = _FONT
