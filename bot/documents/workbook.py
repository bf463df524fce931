"""The project bank as a workbook (XLSX) and as a plain table (CSV)."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime

from openpyxl import Workbook

from bot.documents.bank_sheets import add_checklist, add_plan, add_summary
from bot.documents.columns import Cell, plan_columns, program
from bot.documents.zips import repacked
from planning.projects import ProjectLine

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "|", "%")


def project_workbook(
    lines: Sequence[ProjectLine], *, area_name: str, fiscal_years: tuple[int, ...], made_on: date
) -> bytes:
    """XLSX with the plan sheet (ผ.02), its summary (ผ.01) and the checklist of documents.

    `fiscal_years` are Buddhist; a project of another year stands in a column of its own. The same
    arguments give the same bytes.
    """
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    add_plan(book, lines, area_name, fiscal_years, made_on)
    add_summary(book, lines, area_name, fiscal_years, made_on)
    add_checklist(book, lines, area_name, made_on)
    made = datetime(made_on.year, made_on.month, made_on.day)
    about = book.properties
    about.creator, about.title, about.created = "ประชาคม", "คลังข้อมูลโครงการ", made
    out = io.BytesIO()
    book.save(out)
    stamp = made.strftime("%Y-%m-%dT00:00:00Z").encode()
    return repacked(out.getvalue(), lambda name, data: _dated(name, data, stamp))


def _dated(name: str, data: bytes, stamp: bytes) -> bytes:
    """The properties with `stamp` in place of the moment of saving."""
    if name != "docProps/core.xml":
        return data
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)


def project_csv(lines: Sequence[ProjectLine], *, fiscal_years: tuple[int, ...]) -> bytes:
    """The plan sheet's columns as CSV (UTF-8 with a mark that Excel needs; Arabic digits)."""
    other = any(line.project.target_year not in fiscal_years for line in lines)
    columns = plan_columns(fiscal_years, other_years=other)
    out = io.StringIO()
    table = csv.writer(out)
    groups = (f"{c.group} {c.title}" if c.group else c.title for c in columns)
    table.writerow(("แผนงาน", *groups))
    for line in lines:
        table.writerow((safe(program(line)), *(safe(column.value(line)) for column in columns)))
    return out.getvalue().encode("utf-8-sig")


def safe(value: Cell) -> str:
    """A CSV field that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA_STARTS) else text
