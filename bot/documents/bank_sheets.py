"""The three sheets of the project bank's workbook: plan (ผ.02), summary (ผ.01), documents."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.cells import (
    Spot,
    fit_height,
    merge,
    put,
    put_header,
    put_title,
    set_up_page,
    shade,
)
from bot.documents.clean import clean
from bot.documents.columns import Cell, Column, Look, budget, plan_columns, program
from planning.projects import DOCUMENT_TH, DocumentState, ProjectLine, readiness
from planning.taxonomy import categories
from planning.thai import official_date

DOCUMENT_STATE_TH = {
    DocumentState.MISSING: "ยังไม่มี",
    DocumentState.RECEIVED: "ได้รับแล้ว",
    DocumentState.CHECKED: "ตรวจแล้ว",
}
PLAN, SUMMARY, CHECKLIST = "ผ.02", "ผ.01 สรุป", "เอกสารประกอบ"
_HEADER = 4
"""First row of the header; the titles stand above it."""
_NUMBER_WIDTH, _NAME_WIDTH = 7.0, 29.0
"""Of the plan's first two columns together."""


def by_program(lines: Sequence[ProjectLine]) -> Iterator[tuple[str, list[ProjectLine]]]:
    """Projects grouped by แผนงาน in the taxonomy's order, each group by year and code."""
    order = {p: n for n, p in enumerate(dict.fromkeys(c.program for c in categories().values()))}
    lines = sorted(lines, key=lambda x: (order[program(x)], x.project.target_year, x.project.code))
    for name, group in groupby(lines, key=program):
        yield name, list(group)


def add_plan(
    book: Workbook,
    lines: Sequence[ProjectLine],
    area_name: str,
    fiscal_years: tuple[int, ...],
    made_on: date,
) -> None:
    """The sheet «ผ.02»: every project in full, with totals of the money by แผนงาน and over all."""
    sheet: Worksheet = book.create_sheet(PLAN)
    other = any(line.project.target_year not in fiscal_years for line in lines)
    columns = plan_columns(fiscal_years, other_years=other)
    last_money = max(n for n, column in enumerate(columns, start=2) if column.group)
    _titles(sheet, (3, last_money), "บัญชีโครงการพัฒนา (แบบ ผ.02) คลังข้อมูลโครงการ", area_name, made_on)
    _plan_header(sheet, columns)
    row = _HEADER + 2
    for name, group in by_program(lines):
        row = _plan_group(sheet, row, columns, (name, group))
    _totals(sheet, row, columns, lines, "รวมทั้งสิ้น")
    widths = [_NUMBER_WIDTH, *(column.width for column in columns)]
    set_up_page(sheet, (_HEADER, _HEADER + 1), widths, pages=2)


def _titles(
    sheet: Worksheet, span: tuple[int, int], title: str, area_name: str, made_on: date
) -> None:
    put_title(sheet, 1, span, title)
    put_title(sheet, 2, span, clean(area_name, 200))
    put_title(sheet, 3, span, f"ข้อมูล ณ วันที่ {official_date(made_on)}")


def _plan_header(sheet: Worksheet, columns: Sequence[Column]) -> None:
    top, bottom = _HEADER, _HEADER + 1
    numbered = list(enumerate(columns, start=2))
    put_header(sheet, top, 1, "ลำดับ")
    put_header(sheet, bottom, 1, "")
    sheet.merge_cells(start_row=top, end_row=bottom, start_column=1, end_column=1)
    for group, members in groupby(numbered, key=lambda pair: pair[1].group):
        cells = list(members)
        for number, column in cells:
            put_header(sheet, top, number, group or column.title)
            put_header(sheet, bottom, number, column.title if group else "")
            if not group:
                merge(sheet, (top, bottom), (number, number))
        if group:
            merge(sheet, (top, top), (cells[0][0], cells[-1][0]))
    sheet.row_dimensions[top].height = sheet.row_dimensions[bottom].height = 42


def _plan_group(
    sheet: Worksheet, row: int, columns: Sequence[Column], group: tuple[str, list[ProjectLine]]
) -> int:
    """Writes one แผนงาน from `row` on; the first free row after it."""
    name, lines = group
    _band(sheet, row, len(columns) + 1, f"แผนงาน{name}")
    for number, line in enumerate(lines, start=1):
        put(sheet, Spot(row=row + number, column=1, look=Look.COUNT), number)
        for place, column in enumerate(columns, start=2):
            spot = Spot(row=row + number, column=place, look=column.look)
            put(sheet, spot, column.value(line))
        texts = [(column.value(line), column.width) for column in columns]
        fit_height(sheet, row + number, texts)
    after = row + len(lines) + 1
    _totals(sheet, after, columns, lines, f"รวมแผนงาน{name}")
    return after + 1


def _band(sheet: Worksheet, row: int, width: int, text: str) -> None:
    put(sheet, Spot(row=row, column=1, bold=True), text)
    shade(sheet, row, width)
    merge(sheet, (row, row), (1, 2))
    fit_height(sheet, row, [(text, _NAME_WIDTH)])


def _totals(
    sheet: Worksheet, row: int, columns: Sequence[Column], lines: Sequence[ProjectLine], text: str
) -> None:
    """A row of sums as plain values; it also says how many projects nobody has costed."""
    open_ones = sum(budget(line) is None for line in lines)
    note = f" (ยังไม่ได้ประมาณราคา {open_ones} โครงการ)" if open_ones else ""
    shade(sheet, row, len(columns) + 1)
    told = f"{text} {len(lines)} โครงการ{note}"
    put(sheet, Spot(row=row, column=1, bold=True), told)
    merge(sheet, (row, row), (1, 2))
    fit_height(sheet, row, [(told, _NAME_WIDTH)])
    for place, column in enumerate(columns, start=2):
        if column.look is Look.MONEY:
            values = [column.value(line) for line in lines]
            put(sheet, Spot(row=row, column=place, look=Look.MONEY, bold=True), total(values))


def total(values: Sequence[Cell]) -> Decimal:
    """Exact sum of the money among `values`."""
    return sum((v for v in values if isinstance(v, Decimal)), Decimal("0.00"))


def add_summary(
    book: Workbook,
    lines: Sequence[ProjectLine],
    area_name: str,
    fiscal_years: tuple[int, ...],
    made_on: date,
) -> None:
    """The sheet «ผ.01 สรุป»: projects and money by แผนงาน and year, with sums both ways."""
    sheet: Worksheet = book.create_sheet(SUMMARY)
    years: list[int | None] = [*fiscal_years]
    if any(line.project.target_year not in fiscal_years for line in lines):
        years.append(None)
    width = 1 + 2 * (len(years) + 1)
    _titles(sheet, (1, width), "บัญชีสรุปโครงการพัฒนา (แบบ ผ.01)", area_name, made_on)
    _summary_header(sheet, years)
    groups = [*by_program(lines), ("รวมทั้งสิ้น", list(lines))]
    for row, (name, group) in enumerate(groups, start=_HEADER + 2):
        _summary_row(sheet, row, (name, group), years, last=row == _HEADER + 1 + len(groups))
    set_up_page(sheet, (_HEADER, _HEADER + 1), [34.0, *((10.0, 18.0) * (len(years) + 1))])


def _summary_header(sheet: Worksheet, years: Sequence[int | None]) -> None:
    put_header(sheet, _HEADER, 1, "แผนงาน")
    put_header(sheet, _HEADER + 1, 1, "")
    merge(sheet, (_HEADER, _HEADER + 1), (1, 1))
    named = [f"ปี {year}" if year else "ปีอื่น" for year in years]
    for place, text in enumerate([*named, "รวม"]):
        column = 2 + 2 * place
        put_header(sheet, _HEADER, column, text)
        put_header(sheet, _HEADER, column + 1, "")
        merge(sheet, (_HEADER, _HEADER), (column, column + 1))
        put_header(sheet, _HEADER + 1, column, "จำนวน")
        put_header(sheet, _HEADER + 1, column + 1, "งบประมาณ (บาท)")
    for row in (_HEADER, _HEADER + 1):
        fit_height(sheet, row, [])


def _summary_row(
    sheet: Worksheet,
    row: int,
    group: tuple[str, list[ProjectLine]],
    years: Sequence[int | None],
    *,
    last: bool,
) -> None:
    name, lines = group
    put(sheet, Spot(row=row, column=1, bold=last), name)
    known = {year for year in years if year}
    cells = [[x for x in lines if _in_year(x, year, known)] for year in years]
    for place, chosen in enumerate([*cells, lines]):
        money = total([budget(line) for line in chosen])
        column = 2 + 2 * place
        put(sheet, Spot(row=row, column=column, look=Look.COUNT, bold=last), len(chosen))
        put(sheet, Spot(row=row, column=column + 1, look=Look.MONEY, bold=last), money)
    fit_height(sheet, row, [(name, 34.0)])


def _in_year(line: ProjectLine, year: int | None, known: set[int]) -> bool:
    told = line.project.target_year
    return told not in known if year is None else told == year


def add_checklist(
    book: Workbook, lines: Sequence[ProjectLine], area_name: str, made_on: date
) -> None:
    """The sheet «เอกสารประกอบ»: one row a project, one column a kind of document."""
    sheet: Worksheet = book.create_sheet(CHECKLIST)
    heads = ["รหัสโครงการ", "รหัสประเด็น", "โครงการ", *DOCUMENT_TH.values(), "ความพร้อม (%)"]
    _titles(sheet, (1, len(heads)), "รายการเอกสารประกอบโครงการ", area_name, made_on)
    for number, text in enumerate(heads, start=1):
        put_header(sheet, _HEADER, number, text)
    sheet.row_dimensions[_HEADER].height = 94
    ordered = (line for _, group in by_program(lines) for line in group)
    for row, line in enumerate(ordered, start=_HEADER + 1):
        _checklist_row(sheet, row, line)
    widths = [14.0, 14.0, 34.0, *([15.0] * len(DOCUMENT_TH)), 14.0]
    set_up_page(sheet, (_HEADER, _HEADER), widths)


def _checklist_row(sheet: Worksheet, row: int, line: ProjectLine) -> None:
    states = {document.kind: document.state for document in line.documents}
    told = [DOCUMENT_STATE_TH[states[k]] if k in states else "–" for k in DOCUMENT_TH]
    put(sheet, Spot(row=row, column=1, look=Look.CODE), line.project.code)
    put(sheet, Spot(row=row, column=2, look=Look.CODE), line.issue_code)
    put(sheet, Spot(row=row, column=3), clean(line.project.name, 2000))
    for column, text in enumerate(told, start=4):
        put(sheet, Spot(row=row, column=column), text)
    spot = Spot(row=row, column=4 + len(told), look=Look.PERCENT)
    put(sheet, spot, readiness(line.documents))
    fit_height(sheet, row, [(line.project.name, 34.0)])
