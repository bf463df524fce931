"""The plan calendar: windows a district sets, the usual ones where it has set none."""

from dataclasses import asdict

from sqlalchemy import delete, insert, select

from planning.calendar import PlanLevel, PlanWindow, default_windows
from storage.base import Repository
from storage.tables_plans import plan_windows


class Plans(Repository):
    """Queries on plan windows."""

    async def windows(self, district_code: str, fiscal_year: int) -> tuple[PlanWindow, ...]:
        """A window for each level (fiscal year Buddhist), in the levels' order."""
        p = plan_windows.c
        mine = (p.district_code == district_code) & (p.fiscal_year == fiscal_year)
        set_ones = {
            PlanLevel(row.level): row for row in await self._rows(select(plan_windows).where(mine))
        }
        return tuple(
            PlanWindow(
                district_code=district_code,
                fiscal_year=fiscal_year,
                level=usual.level,
                opens=set_ones[usual.level].opens,
                closes=set_ones[usual.level].closes,
            )
            if usual.level in set_ones
            else usual
            for usual in default_windows(district_code, fiscal_year)
        )

    async def set_window(self, window: PlanWindow) -> None:
        """Set a level's window for a district and year, instead of what stood there."""
        p = plan_windows.c
        mine = (p.district_code == window.district_code) & (p.fiscal_year == window.fiscal_year)
        await self._run(delete(plan_windows).where(mine, p.level == window.level))
        await self._run(insert(plan_windows).values(**asdict(window)))
