"""One cell at a time: face, borders, wrapping, numbers in Thai digits, and never a formula by accident."""

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.columns import Cell, Look
from bot.documents.fonts import OFFICE_SARABUN
from planning.thai import thai_digits

SIZE, TITLE_SIZE = 14, 16
_LINE_PT, _HIGHEST = 19.0, 409.0
_CHARS_A_UNIT = 0.75
_THAI_NUMBER = "[$-D00041E]"
NUMBER_FORMATS = {
    Look.MONEY: f"{_THAI_NUMBER}#,##0.00",
    Look.COUNT: f"{_THAI_NUMBER}#,##0",
    Look.PERCENT: f"{_THAI_NUMBER}0",
    Look.YEAR: f"{_THAI_NUMBER}0",
}
_LINE = Side(style="thin", color="FF000000")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_PLAIN = Font(name=OFFICE_SARABUN, size=SIZE)
_BOLD = Font(name=OFFICE_SARABUN, size=SIZE, bold=True)
_TITLE = Font(name=OFFICE_SARABUN, size=TITLE_SIZE, bold=True)
_GREY = PatternFill("solid", fgColor="FFE7E6E6")
_LIGHT = PatternFill("solid", fgColor="FFF5F5F5")
_PLACES = {
    look: Alignment(horizontal="center", vertical="top", shrink_to_fit=True)
    for look in (Look.COUNT, Look.PERCENT, Look.YEAR, Look.CODE)
}
_PLACES[Look.TEXT] = Alignment(horizontal="left", vertical="top", wrap_text=True)
_PLACES[Look.MONEY] = Alignment(horizontal="right", vertical="top", shrink_to_fit=True)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where a value goes and how it looks; `codes` keep their Latin digits."""

    row: int
    column: int
    look: Look = Look.TEXT
    bold: bool = False


def put(sheet: Worksheet, spot: Spot, value: Cell) -> SheetCell:
    """A bordered cell; text is text whatever it begins with, in Thai digits unless it is a code."""
    cell = _own_cell(sheet, spot.row, spot.column)
    _write(cell, value, spot.look)
    cell.font = _BOLD if spot.bold else _PLAIN
    cell.border = _BOX
    cell.alignment = _PLACES[spot.look]
    return cell


def put_header(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """A grey bold heading cell."""
    cell = put(sheet, Spot(row=row, column=column, bold=True), text)
    cell.alignment, cell.fill = _MIDDLE, _GREY


def put_title(sheet: Worksheet, row: int, columns: tuple[int, int], text: str) -> None:
    """A line of title, centred over merged columns (first and last)."""
    cell = _own_cell(sheet, row, columns[0])
    _write(cell, text, Look.TEXT)
    cell.font, cell.alignment = _TITLE, _MIDDLE
    merge(sheet, (row, row), columns)
    sheet.row_dimensions[row].height = 28


def merge(sheet: Worksheet, rows: tuple[int, int], columns: tuple[int, int]) -> None:
    """Joins a block of cells, first to last row and column."""
    sheet.merge_cells(
        start_row=rows[0], end_row=rows[1], start_column=columns[0], end_column=columns[1]
    )


def fit_height(sheet: Worksheet, row: int, texts: Iterable[tuple[Cell, float]]) -> None:
    """Makes a row high enough for its wrapped texts, given with their columns' widths.

    Programs do not all do it on opening. Generous, as a stand-in face may be wider.
    """
    lines = max((_line_count(text, width) for text, width in texts), default=1)
    sheet.row_dimensions[row].height = min(_HIGHEST, 4 + _LINE_PT * lines)


def _line_count(text: Cell, width: float) -> int:
    if not isinstance(text, str):
        return 1
    shown = sum(unicodedata.category(c) != "Mn" for c in text)
    return math.ceil(shown / (width * _CHARS_A_UNIT)) or 1


def shade(sheet: Worksheet, row: int, width: int) -> None:
    """Borders and a light ground for a row of totals or of a group's name."""
    for column in range(1, width + 1):
        cell = sheet.cell(row, column)
        cell.border, cell.fill = _BOX, _LIGHT


def _own_cell(sheet: Worksheet, row: int, column: int) -> SheetCell:
    cell = sheet.cell(row, column)
    if not isinstance(cell, SheetCell):
        raise ValueError(f"row {row}, column {column} lies under a merged cell")
    return cell


def _write(cell: SheetCell, value: Cell, look: Look) -> None:
    if isinstance(value, str):
        cell.value = value if look is Look.CODE else thai_digits(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
        return
    cell.value = value
    if look in NUMBER_FORMATS:
        cell.number_format = NUMBER_FORMATS[look]


def set_up_page(
    sheet: Worksheet, header_rows: tuple[int, int], widths: list[float], *, pages: int = 1
) -> None:
    """A4 across, `pages` wide; header and first two columns repeated on paper, frozen on screen."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = pages, 0
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{header_rows[0]}:{header_rows[1]}"
    if pages > 1:
        sheet.print_title_cols = "A:B"
    sheet.freeze_panes = f"C{header_rows[1] + 1}"
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top = margins.bottom = 0.5
    sheet.print_options.horizontalCentered = True
