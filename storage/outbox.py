"""Repository of outbox."""

from datetime import datetime, timedelta

from planning.reports import Channel
from storage.base import Repository
from storage.values import NewOutboxItem, OutboxCounts, OutboxItem, SendMethod


class Outbox(Repository):
    """Queries on outbox."""

    async def add(self, item: NewOutboxItem, now: datetime) -> bool:
        """See the contract."""
        raise NotImplementedError

    async def claim(self, now: datetime, lease: timedelta, limit: int) -> tuple[OutboxItem, ...]:
        """See the contract."""
        raise NotImplementedError

    async def mark_sending(self, item_id: int, method: SendMethod, now: datetime) -> None:
        """See the contract."""
        raise NotImplementedError

    async def mark_sent(self, item_id: int, now: datetime, units: int) -> None:
        """See the contract."""
        raise NotImplementedError

    async def mark_retry(self, item_id: int, next_try_at: datetime, error: str) -> None:
        """See the contract."""
        raise NotImplementedError

    async def mark_dead(self, item_id: int, error: str) -> None:
        """See the contract."""
        raise NotImplementedError

    async def mark_uncertain(self, item_id: int, error: str) -> None:
        """See the contract."""
        raise NotImplementedError

    async def interrupted(self) -> tuple[tuple[OutboxItem, SendMethod], ...]:
        """See the contract."""
        raise NotImplementedError

    async def release_leases(self) -> None:
        """See the contract."""
        raise NotImplementedError

    async def units_since(self, channel: Channel, since: datetime) -> int:
        """See the contract."""
        raise NotImplementedError

    async def counts(self) -> OutboxCounts:
        """See the contract."""
        raise NotImplementedError

    async def next_try_at(self) -> datetime | None:
        """See the contract."""
        raise NotImplementedError
