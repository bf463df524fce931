"""Repository of inbox."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from planning.reports import Channel
from storage.base import Repository
from storage.values import InboxCounts, InboxItem, InboxRow, NewInboxItem


class Inbox(Repository):
    """Queries on inbox."""

    async def add(self, items: Sequence[NewInboxItem]) -> int:
        """See the contract."""
        raise NotImplementedError

    async def claim(
        self, now: datetime, lease: timedelta, wait: timedelta, longest: timedelta
    ) -> tuple[InboxItem, ...]:
        """See the contract."""
        raise NotImplementedError

    async def next_ready_at(self, wait: timedelta) -> datetime | None:
        """See the contract."""
        raise NotImplementedError

    async def mark_handled(self, ids: Sequence[int], now: datetime, outcome: str) -> None:
        """See the contract."""
        raise NotImplementedError

    async def mark_failed(self, ids: Sequence[int], error: str, retry_at: datetime) -> None:
        """See the contract."""
        raise NotImplementedError

    async def release_leases(self) -> None:
        """See the contract."""
        raise NotImplementedError

    async def counts(self) -> InboxCounts:
        """See the contract."""
        raise NotImplementedError

    async def by_event(self, channel: Channel, event_id: str) -> InboxItem | None:
        """See the contract."""
        raise NotImplementedError

    async def outcomes(self) -> tuple[InboxRow, ...]:
        """See the contract."""
        raise NotImplementedError
