"""Events as they came in, each kept once, handled one sender at a time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, bindparam, case, func, or_, select, update

from planning.errors import Conflict
from planning.reports import Channel
from storage.base import Repository, batches
from storage.keys import Keys
from storage.tables_messages import inbox
from storage.values import InboxCounts, InboxItem, InboxRow, NewInboxItem

_HEAD = 200
"""How many of the oldest events are looked at before all senders are."""

_waiting = inbox.c.handled_at.is_(None)
_now, _quiet, _old = (bindparam(n, type_=inbox.c.received_at.type) for n in ("now", "quiet", "old"))


def _ready() -> ColumnElement[bool]:
    """Whether the grouped waiting rows of a sender may be handled now.

    `quiet` and `old`: when at the latest its newest and its oldest event came.
    """
    i = inbox.c
    due = or_(i.retry_at.is_(None), i.retry_at <= _now)
    return (func.coalesce(func.sum(case((i.leased_until > _now, 1), else_=0)), 0) == 0) & or_(
        func.sum(case((due & i.immediate, 1), else_=0)) > 0,
        func.max(case((due, i.received_at))) <= _quiet,
        func.min(case((due, i.received_at))) <= _old,
    )


def _senders(among: Select[tuple[str]] | None) -> Select[tuple[str]]:
    i = inbox.c
    query = select(i.sender_key).where(_waiting)
    if among is not None:
        query = query.where(i.sender_key.in_(among))
    query = query.group_by(i.sender_key).having(_ready())
    return query.order_by(func.min(i.received_at), func.min(i.id)).limit(8)


def _of_sender(query: Select[Any]) -> Select[Any]:
    return query.where(_waiting, inbox.c.sender_key == bindparam("sender"))


# made once: making them took as long as running them, for every turn
_head = select(inbox.c.sender_key).where(_waiting).order_by(inbox.c.received_at, inbox.c.id)
_READY_FIRST = _senders(select(_head.limit(_HEAD).subquery().c.sender_key))
_READY_ALL = _senders(None)
_FREE = (
    _of_sender(select(inbox))
    .where(or_(inbox.c.leased_until.is_(None), inbox.c.leased_until <= _now))
    .order_by(inbox.c.sent_at, inbox.c.id)
    .with_for_update(skip_locked=True)
)
_STILL_READY = _of_sender(select(func.count())).having(_ready())


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
            "message_key": self._message_key(item.channel, item.chat_id, item.message_id),
        }

    def _item(self, row: Row[Any]) -> InboxItem:
        return inbox_item(row, self._keys)

    async def claim(
        self, now: datetime, lease: timedelta, wait: timedelta, longest: timedelta
    ) -> tuple[InboxItem, ...]:
        """All waiting events of the oldest ready sender, by (sent_at, id), leased for `lease`.

        A sender is ready when nobody holds a lease on it and, of its events not in backoff, one is
        immediate, or the newest came `wait` ago, or the oldest `longest` ago. () when none is.
        """
        moments = {"now": now, "quiet": now - wait, "old": now - longest}
        for sender in await self._ready_senders(moments):
            of_sender = {**moments, "sender": sender}
            rows = (await self._connection.execute(_FREE, of_sender)).all()
            # where the numbers differ, another worker has the sender
            if rows and len(rows) == await self._connection.scalar(_STILL_READY, of_sender):
                for ids in batches([row.id for row in rows]):
                    taken = update(inbox).where(inbox.c.id.in_(ids))
                    await self._run(taken.values(leased_until=now + lease))
                return tuple(map(self._item, rows))
        return ()

    async def _ready_senders(self, moments: dict[str, datetime]) -> list[str]:
        """A few ready senders, oldest first: of the oldest events' senders, else of all."""
        for query in (_READY_FIRST, _READY_ALL):
            if found := (await self._connection.execute(query, moments)).all():
                return [row.sender_key for row in found]
        return []

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


def inbox_item(row: Row[Any], keys: Keys) -> InboxItem:
    """The event of a row of `inbox`."""
    return InboxItem(
        id=row.id,
        channel=Channel(row.channel),
        event_id=row.event_id,
        sender_key=row.sender_key,
        sent_at=row.sent_at,
        received_at=row.received_at,
        payload=keys.open(row.payload_sealed),
        attempts=row.attempts,
    )


def _ready_at(row: Row[Any], wait: timedelta) -> datetime:
    """When one sender will be ready: its burst has ended or backoff is over, and no lease holds."""
    quiet = max(row.retry, row.oldest + wait) if row.newest is None else row.newest + wait
    soonest: datetime = quiet if row.immediate is None else min(quiet, row.immediate)
    return max(soonest, row.lease) if row.lease else soonest
