"""Repository of plans."""

from planning.calendar import PlanWindow
from storage.base import Repository


class Plans(Repository):
    """Queries on plans."""

    async def windows(self, district_code: str, fiscal_year: int) -> tuple[PlanWindow, ...]:
        """See the contract."""
        raise NotImplementedError

    async def set_window(self, window: PlanWindow) -> None:
        """See the contract."""
        raise NotImplementedError
