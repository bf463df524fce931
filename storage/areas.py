"""Repository of areas."""

from collections.abc import Iterable

from planning.areas import Village
from storage.base import Repository


class Areas(Repository):
    """Queries on areas."""

    async def put_villages(self, villages: Iterable[Village]) -> tuple[int, int]:
        """See the contract."""
        raise NotImplementedError

    async def village(self, code: str) -> Village | None:
        """See the contract."""
        raise NotImplementedError

    async def villages(self, area: str = "") -> tuple[Village, ...]:
        """See the contract."""
        raise NotImplementedError
