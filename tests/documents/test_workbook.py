"""The project bank's workbook and table, read back with their values."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents.bank_sheets import CHECKLIST, PLAN, SUMMARY
from bot.documents.columns import STATE_TH, plan_columns
from bot.documents.workbook import project_csv, project_workbook, safe
from planning.projects import DOCUMENT_TH, ProjectLine, ProjectState, readiness
from planning.taxonomy import categories
from planning.thai import thai_digits
from tests.documents.samples import HOSTILE, project_line

YEARS = (2566, 2567, 2568, 2569, 2570)
MADE_ON = date(2021, 3, 9)


def lines(count: int = 20, **changes: Any) -> list[ProjectLine]:
    return [project_line(n, **changes) for n in range(1, count + 1)]


def book_of(rows: list[ProjectLine]) -> bytes:
    return project_workbook(rows, area_name="ตำบลหนองกระทุ่ม", fiscal_years=YEARS, made_on=MADE_ON)


def sheet_of(rows: list[ProjectLine], name: str = PLAN) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(book_of(rows)))[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def heads(sheet: Worksheet) -> list[str]:
    """The lower heading of each column where there are two, else the upper."""
    pairs = zip(sheet[4], sheet[5], strict=True)
    return [str(low.value or high.value) for high, low in pairs]


def records(sheet: Worksheet) -> list[dict[str, Any]]:
    """Rows of projects by heading."""
    titles = heads(sheet)
    rows = sheet.iter_rows(min_row=6, values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows if isinstance(row[0], int)]


def test_the_plan_has_the_columns_of_the_form_and_the_bank() -> None:
    assert heads(sheet_of(lines())) == [
        "ลำดับ", "โครงการ", "วัตถุประสงค์", "เป้าหมาย (ผลผลิตของโครงการ)",
        "๒๕๖๖", "๒๕๖๗", "๒๕๖๘", "๒๕๖๙", "๒๕๗๐",
        "ตัวชี้วัด (KPI)", "ผลที่คาดว่าจะได้รับ", "หน่วยงานรับผิดชอบหลัก",
        "รหัสประเด็น", "รหัสโครงการ", "หมู่บ้าน/ชุมชน", "ตำบล", "สถานที่", "มติประชาคม",
        "วิธีดำเนินการ", "สถานะ", "ปีงบประมาณ", "ผู้แจ้ง (คน)", "แจ้ง (ครั้ง)", "ความพร้อมของเอกสาร (%)",
    ]  # fmt: skip


def test_every_project_is_there_once_with_its_own_values() -> None:
    told = lines()
    found = {row["รหัสโครงการ"]: row for row in records(sheet_of(told))}
    assert len(found) == len(told)
    for line in told:
        row, project = found[line.project.code], line.project
        budgets = {year: row[thai_digits(year)] for year in YEARS}
        expected = None if project.budget is None else float(project.budget)
        assert budgets == {y: expected if y == project.target_year else None for y in YEARS}
        assert row["รหัสประเด็น"] == line.issue_code
        assert row["โครงการ"] == "ซ่อมแซมถนนหน้าวัดโคกตะเคียน หมู่ ๔"
        assert (row["ผู้แจ้ง (คน)"], row["แจ้ง (ครั้ง)"], row["ปีงบประมาณ"]) == (
            12,
            15,
            project.target_year,
        )
        assert row["ความพร้อมของเอกสาร (%)"] == readiness(line.documents)


def test_totals_are_values_that_equal_the_sums() -> None:
    told = lines()
    sheet = sheet_of(told)
    titles = heads(sheet)
    sums = [r for r in sheet.iter_rows(min_row=6, values_only=True) if str(r[0]).startswith("รวม")]
    programs = {categories()[line.project.category].program for line in told}
    assert len(sums) == len(programs) + 1
    for year in YEARS:
        column = titles.index(thai_digits(year))
        budgets = [x.project.budget for x in told if x.project.target_year == year]
        total = sum((b for b in budgets if b is not None), Decimal(0))
        assert Decimal(str(sums[-1][column])) == total
        parts = sum(Decimal(str(row[column])) for row in sums[:-1])
        assert parts == total
    assert str(sums[-1][0]).startswith("รวมทั้งสิ้น ๒๐ โครงการ (ยังไม่ได้ประมาณราคา ๕ โครงการ)")


def test_money_is_exact_to_the_satang_and_a_real_number() -> None:
    sheet = sheet_of(lines(1, budget=Decimal("987654321.09"), target_year=2566))
    cell = next(row[4] for row in sheet.iter_rows(min_row=6) if row[0].value == 1)
    assert (cell.value, cell.data_type) == (987654321.09, "n")
    assert "#,##0.00" in cell.number_format
    with zipfile.ZipFile(io.BytesIO(book_of(lines(1, budget=Decimal("987654321.09"))))) as archive:
        assert b"<v>987654321.09</v>" in archive.read("xl/worksheets/sheet1.xml")


def test_a_year_outside_the_plan_has_its_own_column() -> None:
    sheet = sheet_of([*lines(3), project_line(5, target_year=2580)])
    assert "ปีอื่น" in heads(sheet)
    row = next(r for r in records(sheet) if r["ปีงบประมาณ"] == 2580)
    assert row["ปีอื่น"] == pytest.approx(617283.91)
    assert "ปีอื่น" not in heads(sheet_of(lines(3)))


def test_projects_stand_under_their_program_in_the_taxonomys_order() -> None:
    sheet = sheet_of(lines())
    bands = [
        str(r[0].value) for r in sheet.iter_rows(min_row=6) if str(r[0].value).startswith("แผนงาน")
    ]
    programs = list(dict.fromkeys(c.program for c in categories().values()))
    told = [f"แผนงาน{p}" for p in programs]
    assert bands == [p for p in told if p in bands]
    assert len(bands) == len({categories()[x.project.category].program for x in lines()})


def test_the_sheet_prints_across_a4_with_its_header_on_every_page() -> None:
    sheet = sheet_of(lines())
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize or 0)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.freeze_panes == "C6"
    assert sheet.print_title_rows == "$4:$5"
    fonts = {c.font.name for row in sheet.iter_rows() for c in row if c.value is not None}
    assert fonts == {"TH SarabunPSK"}
    assert "E4:I4" in {str(area) for area in sheet.merged_cells.ranges}


@pytest.mark.parametrize("name", [*HOSTILE, '=cmd|"/c calc"!A1', "@SUM(1)", "-2+3", "+66", "=1+1"])
def test_nothing_people_wrote_becomes_a_formula(name: str) -> None:
    told = [project_line(1, name=name, objective=name, agency=name)]
    for sheet in openpyxl.load_workbook(io.BytesIO(book_of(told))).worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    row = next(
        csv.DictReader(io.StringIO(project_csv(told, fiscal_years=YEARS).decode("utf-8-sig")))
    )
    assert not row["โครงการ"].startswith(("=", "+", "-", "@"))


@given(st.text(max_size=40))
def test_a_safe_field_never_starts_a_formula(text: str) -> None:
    assert safe(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert safe(text).endswith(text)


def test_the_checklist_names_the_state_of_every_document() -> None:
    told = lines(6)
    sheet = sheet_of(told, CHECKLIST)
    titles = [str(c.value) for c in sheet[4]]
    assert titles == ["รหัสโครงการ", "รหัสประเด็น", "โครงการ", *DOCUMENT_TH.values(), "ความพร้อม (%)"]
    rows = {r[0]: r for r in sheet.iter_rows(min_row=5, values_only=True)}
    words = {"missing": "ยังไม่มี", "received": "ได้รับแล้ว", "checked": "ตรวจแล้ว"}
    for line in told:
        row = rows[line.project.code]
        states = {d.kind: words[d.state] for d in line.documents}
        assert list(row[3:-1]) == [states.get(kind, "–") for kind in DOCUMENT_TH]
        assert row[-1] == readiness(line.documents)


def test_the_summary_adds_up_both_ways() -> None:
    told = lines()
    sheet = sheet_of(told, SUMMARY)
    rows = [list(r) for r in sheet.iter_rows(min_row=6, values_only=True)]
    *parts, last = [[Decimal(str(v)) for v in row[1:]] for row in rows]
    assert [sum(column) for column in zip(*parts, strict=True)] == last
    for row in (*parts, last):
        assert sum(row[:-2:2]) == row[-2]
        assert sum(row[1:-2:2]) == row[-1]
    assert last[-2] == len(told)


def test_an_empty_bank_is_still_a_workbook() -> None:
    sheet = sheet_of([])
    assert [r[0] for r in sheet.iter_rows(min_row=6, values_only=True)] == ["รวมทั้งสิ้น ๐ โครงการ"]


def test_the_same_projects_give_the_same_bytes() -> None:
    assert book_of(lines()) == book_of(lines())
    assert book_of(lines()) != book_of(lines(19))


def test_the_csv_has_a_mark_for_excel_and_one_row_a_project() -> None:
    told = lines()
    data = project_csv(told, fiscal_years=YEARS)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row["รหัสโครงการ"] for row in rows] == [line.project.code for line in told]
    assert [row["รหัสประเด็น"] for row in rows] == [line.issue_code for line in told]
    for line, row in zip(told, rows, strict=True):
        money = row[f"งบประมาณ (บาท) {line.project.target_year}"]
        assert money == ("" if line.project.budget is None else str(line.project.budget))


def test_every_state_of_a_project_has_words_and_headings_differ() -> None:
    assert set(STATE_TH) == set(ProjectState)
    titles = [c.title for c in plan_columns(YEARS, other_years=True)]
    assert len(set(titles)) == len(titles)
