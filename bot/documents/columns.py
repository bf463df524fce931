"""Columns of the project bank's sheet (ผ.02 of local plans and what the bank adds), as data."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.documents.clean import clean
from planning.forums import WAY_TH
from planning.projects import ProjectLine, ProjectState, readiness
from planning.taxonomy import categories

CELL_LIMIT = 2000
Cell = str | int | Decimal | None

STATE_TH = {
    ProjectState.IDEA: "แนวคิด",
    ProjectState.BRIEF: "จัดทำรายละเอียดแล้ว",
    ProjectState.READY: "พร้อมเสนอ",
    ProjectState.PROPOSED: "เสนอขอแล้ว",
    ProjectState.IN_PLAN: "บรรจุในแผนแล้ว",
    ProjectState.FUNDED: "ได้รับงบประมาณแล้ว",
    ProjectState.UNDER_WAY: "อยู่ระหว่างดำเนินการ",
    ProjectState.DONE: "แล้วเสร็จ",
    ProjectState.NOT_POSSIBLE: "ดำเนินการไม่ได้",
}


class Look(StrEnum):
    """How a column's cells are set."""

    TEXT = "text"
    CODE = "code"
    COUNT = "count"
    PERCENT = "percent"
    YEAR = "year"
    MONEY = "money"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its heading, width in characters, look, and what it says of a project.

    Columns with the same `group` stand under one merged heading. Money is baht, exact to the satang.
    """

    title: str
    width: float
    look: Look
    value: Callable[[ProjectLine], Cell]
    group: str = ""


def program(line: ProjectLine) -> str:
    """The แผนงาน under which the sheet lists the project."""
    return categories()[line.project.category].program


def plan_columns(fiscal_years: tuple[int, ...], *, other_years: bool) -> tuple[Column, ...]:
    """The columns of the 2566-2570 form with one budget column a year.

    `other_years` adds a budget column for projects whose year is outside `fiscal_years`.
    """
    return (*_FORM, *_budgets(fiscal_years, other_years), *_RESULTS, *_BANK)


def _text(get: Callable[[ProjectLine], str]) -> Callable[[ProjectLine], Cell]:
    return lambda line: clean(get(line), CELL_LIMIT)


def _column(title: str, width: float, get: Callable[[ProjectLine], str]) -> Column:
    return Column(title=title, width=width, look=Look.TEXT, value=_text(get))


def _code(title: str, get: Callable[[ProjectLine], str]) -> Column:
    return Column(title=title, width=14, look=Look.CODE, value=_text(get))


def _number(title: str, get: Callable[[ProjectLine], int], look: Look = Look.COUNT) -> Column:
    return Column(title=title, width=12, look=look, value=get)


def budget(line: ProjectLine) -> Decimal | None:
    """Baht exact to the satang; None while nobody has costed the project."""
    money = line.project.budget
    return None if money is None else money.quantize(Decimal("0.01"))


def _budgets(fiscal_years: tuple[int, ...], other_years: bool) -> list[Column]:
    def of_year(wanted: int) -> Callable[[ProjectLine], Cell]:
        return lambda line: budget(line) if line.project.target_year == wanted else None

    def of_no_year(line: ProjectLine) -> Cell:
        return budget(line) if line.project.target_year not in fiscal_years else None

    values = [(str(year), of_year(year)) for year in fiscal_years]
    values += [("ปีอื่น", of_no_year)] if other_years else []
    return [
        Column(title=title, width=16, look=Look.MONEY, value=value, group="งบประมาณ (บาท)")
        for title, value in values
    ]


_FORM = (
    _column("โครงการ", 22, lambda line: line.project.name),
    _column("วัตถุประสงค์", 18, lambda line: line.project.objective),
    _column("เป้าหมาย (ผลผลิตของโครงการ)", 18, lambda line: line.project.target),
)
_RESULTS = (
    _column("ตัวชี้วัด (KPI)", 14, lambda line: line.project.indicator),
    _column("ผลที่คาดว่าจะได้รับ", 15, lambda line: line.project.expected_result),
    _column("หน่วยงานรับผิดชอบหลัก", 15, lambda line: line.project.agency),
)
_BANK = (
    _code("รหัสประเด็น", lambda line: line.issue_code),
    _code("รหัสโครงการ", lambda line: line.project.code),
    _column("หมู่บ้าน/ชุมชน", 14, lambda line: line.village_name),
    _column("ตำบล", 11, lambda line: line.tambon),
    _column("สถานที่", 16, lambda line: line.place),
    _column("มติประชาคม", 20, lambda line: line.resolution),
    _column("วิธีดำเนินการ", 15, lambda line: WAY_TH[line.project.way]),
    _column("สถานะ", 15, lambda line: STATE_TH[line.project.state]),
    Column(
        title="ปีงบประมาณ", width=14, look=Look.YEAR, value=lambda line: line.project.target_year
    ),
    _number("ผู้แจ้ง (คน)", lambda line: line.people),
    _number("แจ้ง (ครั้ง)", lambda line: line.reports),
    _number("ความพร้อมของเอกสาร (%)", lambda line: readiness(line.documents), Look.PERCENT),
)
