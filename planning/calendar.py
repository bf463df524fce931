"""Fiscal years and the windows of the plans at every level (domain.md, setting-backed defaults)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

BE = 543
"""Buddhist era minus common era."""


class PlanLevel(StrEnum):
    """Whose plan."""

    VILLAGE = "village"
    TAMBON = "tambon"
    LOCAL = "local"
    DISTRICT = "district"
    PROVINCE = "province"


@dataclass(frozen=True, kw_only=True)
class PlanWindow:
    """When a level takes proposals for a fiscal year (Buddhist), both days included."""

    district_code: str
    fiscal_year: int
    level: PlanLevel
    opens: date
    closes: date


def fiscal_year(day: date) -> int:
    """Buddhist fiscal year of a day: 1 October to 30 September, named by the later year."""
    return day.year + BE + (1 if day.month >= 10 else 0)


def target_fiscal_year(day: date) -> int:
    """Fiscal year a report of `day` aims at: told in January or February of B.E. b, b+2; later, b+3."""
    return day.year + BE + (2 if day.month <= 2 else 3)


def default_windows(district_code: str, year: int) -> tuple[PlanWindow, ...]:
    """The usual windows for fiscal year `year` (Buddhist): all in calendar year B.E. `year`-2."""
    calendar_year = year - 2 - BE
    months = {
        PlanLevel.VILLAGE: (1, 2),
        PlanLevel.TAMBON: (3, 4),
        PlanLevel.LOCAL: (3, 4),
        PlanLevel.DISTRICT: (5, 6),
        PlanLevel.PROVINCE: (5, 9),
    }
    return tuple(
        PlanWindow(
            district_code=district_code,
            fiscal_year=year,
            level=level,
            opens=date(calendar_year, first, 1),
            closes=_last_day(calendar_year, last),
        )
        for level, (first, last) in months.items()
    )


def _last_day(year: int, month: int) -> date:
    return date.fromordinal(date(year, month + 1, 1).toordinal() - 1)
