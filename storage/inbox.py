"""Events as they came in, each kept once, handled one sender at a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, or_, select, update

from planning.errors import Conflict
from planning.reports import Channel
from storage.base import Repository, batches
from storage.tables_messages import inbox
from storage.values import InboxCounts, InboxItem, InboxRow, NewInboxItem

_HEAD = 200
"""How many of the oldest events are looked at before all senders are."""

_waiting = inbox.c.handled_at.is_(None)


def _ready(now: datetime, wait: timedelta, longest: timedelta) -> ColumnElement[bool]:
    """Whether the grouped waiting rows of a sender may be handled now."""
    i = inbox.c
    due = or_(i.retry_at.is_(None), i.retry_at <= now)
    return (func.coalesce(func.sum(case((i.leased_until > now, 1), else_=0)), 0) == 0) & or_(
        func.sum(case((due & i.immediate, 1), else_=0)) > 0,
        func.max(case((due, i.received_at))) <= now - wait,
        func.min(case((due, i.received_at))) <= now - longest,
    )


class Inbox(Repository):
    """Queries on the inbox. Payloads lie sealed; senders are known by a keyed hash."""

    async def add(self, items: Sequence[NewInboxItem]) -> int:
        """Keep events; how many were new (unique by channel and event id)."""
        if not items:
            return 0
        statement = self._insert(inbox).on_conflict_do_nothing(
            index_elements=["channel", "event_id"]
        )
        rows = [self._new(item) for item in items]
        if self._connection.dialect.name == "postgresql":
            # its driver does not count the rows of an executemany
            added = await self._connection.execute(statement.returning(inbox.c.id), rows)
            return len(added.all())
        return (await self._connection.execute(statement, rows)).rowcount

    def _new(self, item: NewInboxItem) -> dict[str, Any]:
        return {
            "channel": item.channel,
            "event_id": item.event_id,
            "sender_key": self._keys.hash(f"sender:{item.channel}:{item.sender}"),
            "sent_at": item.sent_at,
            "received_at": item.received_at,
            "immediate": item.immediate,
            "payload_sealed": self._keys.seal(item.payload),
        }

    def _item(self, row: Row[Any]) -> InboxItem:
        return InboxItem(
            id=row.id,
            channel=Channel(row.channel),
            event_id=row.event_id,
            sender_key=row.sender_key,
            sent_at=row.sent_at,
            received_at=row.received_at,
            payload=self._keys.open(row.payload_sealed),
            attempts=row.attempts,
        )

    async def claim(
        self, now: datetime, lease: timedelta, wait: timedelta, longest: timedelta
    ) -> tuple[InboxItem, ...]:
        """All waiting events of the oldest ready sender, by (sent_at, id), leased for `lease`.

        A sender is ready when nobody holds a lease on it and, of its events not in backoff, one is
        immediate, or the newest came `wait` ago, or the oldest `longest` ago. () when none is.
        """
        ready = _ready(now, wait, longest)
        for sender in await self._ready_senders(ready):
            rows = await self._lock(sender, now)
            if rows and len(rows) == await self._still_ready(sender, ready):
                for ids in batches([row.id for row in rows]):
                    taken = update(inbox).where(inbox.c.id.in_(ids))
                    await self._run(taken.values(leased_until=now + lease))
                return tuple(map(self._item, rows))
        return ()

    async def _ready_senders(self, ready: ColumnElement[bool]) -> list[str]:
        """A few ready senders, oldest first: of the oldest events' senders, else of all."""
        i = inbox.c
        head = (
            select(i.sender_key).where(_waiting).order_by(i.received_at, i.id).limit(_HEAD)
        ).subquery()
        found = await self._senders(ready, select(head.c.sender_key))
        return found or await self._senders(ready, None)

    async def _senders(
        self, ready: ColumnElement[bool], among: Select[tuple[str]] | None
    ) -> list[str]:
        i = inbox.c
        query = select(i.sender_key).where(_waiting)
        if among is not None:
            query = query.where(i.sender_key.in_(among))
        query = query.group_by(i.sender_key).having(ready)
        query = query.order_by(func.min(i.received_at), func.min(i.id)).limit(8)
        return [row.sender_key for row in await self._rows(query)]

    async def _lock(self, sender: str, now: datetime) -> Sequence[Row[Any]]:
        i = inbox.c
        free = or_(i.leased_until.is_(None), i.leased_until <= now)
        query = select(inbox).where(_waiting, i.sender_key == sender, free)
        return await self._rows(query.order_by(i.sent_at, i.id).with_for_update(skip_locked=True))

    async def _still_ready(self, sender: str, ready: ColumnElement[bool]) -> int:
        """How many events wait for a sender, 0 unless it is ready.

        Asked after locking: where the numbers differ, another worker has the sender.
        """
        mine = select(func.count()).where(_waiting, inbox.c.sender_key == sender)
        return await self._connection.scalar(mine.having(ready)) or 0

    async def next_ready_at(self, wait: timedelta) -> datetime | None:
        """When the next sender will be ready if nothing more comes; None when nothing waits."""
        i = inbox.c
        at_once = func.coalesce(i.retry_at, i.received_at)
        query = (
            select(
                func.max(i.leased_until).label("lease"),
                func.min(case((i.immediate, at_once))).label("immediate"),
                func.max(case((i.retry_at.is_(None), i.received_at))).label("newest"),
                func.min(i.retry_at).label("retry"),
                func.min(i.received_at).label("oldest"),
            )
            .where(_waiting)
            .group_by(i.sender_key)
        )
        return min((_ready_at(row, wait) for row in await self._rows(query)), default=None)

    async def mark_handled(self, ids: Sequence[int], now: datetime, outcome: str) -> None:
        """Events are done; `Conflict` when one of them had been done by somebody else."""
        done = {"handled_at": now, "outcome": outcome, "leased_until": None, "retry_at": None}
        if await self._change(ids, done) != len(set(ids)):
            raise Conflict("an event was handled by somebody else")

    async def mark_failed(self, ids: Sequence[int], error: str, retry_at: datetime) -> None:
        """Handling failed with `error` (a class name, never words); not before `retry_at` again."""
        attempts = inbox.c.attempts + 1
        failed = {"attempts": attempts, "error": error, "retry_at": retry_at, "leased_until": None}
        await self._change(ids, failed)

    async def _change(self, ids: Sequence[int], columns: dict[str, Any]) -> int:
        changed = 0
        for some in batches(sorted(set(ids))):
            change = update(inbox).where(inbox.c.id.in_(some), _waiting).values(**columns)
            changed += (await self._run(change)).rowcount
        return changed

    async def release_leases(self) -> None:
        """Let go of every lease, as at a start after a crash."""
        leased = (_waiting) & inbox.c.leased_until.is_not(None)
        await self._run(update(inbox).where(leased).values(leased_until=None))

    async def counts(self) -> InboxCounts:
        """How many wait (and have failed before), and how many were handled."""
        query = select(
            func.count().label("waiting"),
            func.coalesce(func.sum(case((inbox.c.attempts > 0, 1), else_=0)), 0).label("failed"),
        ).where(_waiting)
        row = (await self._connection.execute(query)).one()
        total = await self._connection.scalar(select(func.count()).select_from(inbox)) or 0
        return InboxCounts(waiting=row.waiting, handled=total - row.waiting, failed=int(row.failed))

    async def by_event(self, channel: Channel, event_id: str) -> InboxItem | None:
        """The event of a platform's own id."""
        i = inbox.c
        row = await self._row(select(inbox).where(i.channel == channel, i.event_id == event_id))
        return self._item(row) if row else None

    async def outcomes(self) -> tuple[InboxRow, ...]:
        """Every event and what came of it, in the order they were kept."""
        i = inbox.c
        query = select(i.id, i.channel, i.event_id, i.sent_at, i.outcome, i.handled_at)
        return tuple(
            InboxRow(
                id=row.id,
                channel=Channel(row.channel),
                event_id=row.event_id,
                sent_at=row.sent_at,
                outcome=row.outcome,
                handled_at=row.handled_at,
            )
            for row in await self._rows(query.order_by(i.id))
        )


def _ready_at(row: Row[Any], wait: timedelta) -> datetime:
    """When one sender will be ready: its burst has ended or backoff is over, and no lease holds."""
    quiet = max(row.retry, row.oldest + wait) if row.newest is None else row.newest + wait
    soonest: datetime = quiet if row.immediate is None else min(quiet, row.immediate)
    return max(soonest, row.lease) if row.lease else soonest
