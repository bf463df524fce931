"""Messages to send: each once, in order within a chat, its state known even after a crash."""

import uuid
from datetime import datetime, timedelta
from typing import Any, get_args

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    or_,
    select,
    update,
)

from planning.errors import Conflict
from planning.reports import Channel
from storage.base import Repository
from storage.tables_messages import outbox
from storage.values import NewOutboxItem, OutboxCounts, OutboxItem, SendMethod

_unfinished = outbox.c.finished.is_(None)
_waiting = and_(_unfinished, outbox.c.method == "")
_other = outbox.alias("other")  # made once: an alias costs as much as the statement it serves


_now = bindparam("now", type_=outbox.c.next_try_at.type)


def _first_of_lane(*also_busy: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether nothing older of the lane is unsent, and nothing of it is on the wire (or leased)."""
    busy = or_(_other.c.id < outbox.c.id, _other.c.method != "", *also_busy)
    mine = _other.c.lane_key == outbox.c.lane_key
    return ~select(_other.c.id).where(mine, _other.c.finished.is_(None), busy).exists()


def _free() -> Select[Any]:
    o = outbox.c
    free = or_(o.leased_until.is_(None), o.leased_until <= _now)
    first = _first_of_lane(_other.c.leased_until > _now)
    query = select(outbox).where(_waiting, o.next_try_at <= _now, free, first)
    query = query.order_by(o.urgent.desc(), o.id).limit(bindparam("limit", type_=Integer()))
    return query.with_for_update(skip_locked=True, of=outbox)


def _next() -> Select[tuple[datetime | None]]:
    o = outbox.c
    free_at = case((o.leased_until > o.next_try_at, o.leased_until), else_=o.next_try_at)
    return select(func.min(free_at)).where(_waiting, _first_of_lane())


_FREE, _NEXT = _free(), _next()
"""Made once: making them took as long as running them, for every turn."""


class Outbox(Repository):
    """Queries on the outbox. Words, addresses and reply handles lie sealed."""

    async def add(self, item: NewOutboxItem, now: datetime) -> bool:
        """Queue a message; False when one with its `dedupe_key` had been queued before."""
        row = {
            "channel": item.channel,
            "lane_key": self._keys.hash(f"lane:{item.channel}:{item.lane_id}"),
            "chat_sealed": self._keys.seal(item.chat_id),
            "reply_handle_sealed": self._keys.seal(item.reply_handle),
            "reply_until": item.reply_until,
            "payload_sealed": self._keys.seal(item.payload),
            "dedupe_key": item.dedupe_key,
            "retry_key": str(uuid.uuid4()),
            "person_id": item.person_id,
            "urgent": item.urgent,
            "created_at": now,
            "next_try_at": now,
            "attempts": 0,
            "method": "",
            "units": 0,
            "error": "",
        }
        return await self._add_new(outbox, row)

    def _item(self, row: Row[Any]) -> OutboxItem:
        return OutboxItem(
            id=row.id,
            channel=Channel(row.channel),
            lane_key=row.lane_key,
            chat_id=self._keys.open(row.chat_sealed),
            reply_handle=self._keys.open(row.reply_handle_sealed),
            reply_until=row.reply_until,
            payload=self._keys.open(row.payload_sealed),
            dedupe_key=row.dedupe_key,
            retry_key=row.retry_key,
            attempts=row.attempts,
            urgent=row.urgent,
            created_at=row.created_at,
        )

    async def claim(self, now: datetime, lease: timedelta, limit: int) -> tuple[OutboxItem, ...]:
        """At most `limit` messages that are due, the oldest unsent of each lane, leased.

        Urgent ones first, then oldest first. A lane with a message leased or on the wire gives none.
        """
        o = outbox.c
        rows = (await self._connection.execute(_FREE, {"now": now, "limit": limit})).all()
        if rows:
            taken = update(outbox).where(o.id.in_([row.id for row in rows]))
            await self._run(taken.values(leased_until=now + lease))
        return tuple(map(self._item, rows))

    async def mark_sending(self, item_id: int, method: SendMethod, now: datetime) -> None:
        """The wire is about to be touched; `Conflict` unless the message was waiting."""
        await self._change(item_id, _waiting, method=method, sending_at=now)

    async def mark_sent(self, item_id: int, now: datetime, units: int) -> None:
        """Delivered; `units` of the platform's paid quota were used."""
        await self._change(item_id, _unfinished, finished="sent", sent_at=now, units=units)

    async def mark_retry(self, item_id: int, next_try_at: datetime, error: str) -> None:
        """Surely not delivered; try again from `next_try_at` on."""
        again = {"next_try_at": next_try_at, "error": error, "method": "", "leased_until": None}
        await self._change(item_id, _unfinished, attempts=outbox.c.attempts + 1, **again)

    async def mark_dead(self, item_id: int, error: str) -> None:
        """Given up: it can never be delivered."""
        await self._change(item_id, _unfinished, finished="dead", error=error)

    async def mark_uncertain(self, item_id: int, error: str) -> None:
        """Given up because it may have been delivered, and sending again could say it twice."""
        await self._change(item_id, _unfinished, finished="uncertain", error=error)

    async def _change(self, item_id: int, state: ColumnElement[bool], **columns: Any) -> None:
        change = update(outbox).where(outbox.c.id == item_id, state).values(**columns)
        if (await self._run(change)).rowcount != 1:
            raise Conflict("the message is not in the state it was thought to be in")

    async def interrupted(self) -> tuple[tuple[OutboxItem, SendMethod], ...]:
        """Messages left on the wire with the way they went, after a crash; oldest first."""
        query = select(outbox).where(_unfinished, outbox.c.method != "").order_by(outbox.c.id)
        ways = {way: way for way in get_args(SendMethod)}
        return tuple((self._item(row), ways[row.method]) for row in await self._rows(query))

    async def release_leases(self) -> None:
        """Let go of every lease, as at a start after a crash."""
        leased = outbox.c.leased_until.is_not(None)
        await self._run(update(outbox).where(_waiting, leased).values(leased_until=None))

    async def units_since(self, channel: Channel, since: datetime) -> int:
        """Quota units used on a channel by messages sent at `since` or later."""
        o = outbox.c
        query = select(func.coalesce(func.sum(o.units), 0))
        used = await self._connection.scalar(query.where(o.channel == channel, o.sent_at >= since))
        return int(used or 0)

    async def counts(self) -> OutboxCounts:
        """How many messages wait (or are on the wire), were sent, given up, possibly sent."""
        query = select(outbox.c.finished, func.count().label("number"))
        rows = await self._rows(query.group_by(outbox.c.finished))
        number = {row.finished: row.number for row in rows}
        return OutboxCounts(
            waiting=number.get(None, 0),
            sent=number.get("sent", 0),
            dead=number.get("dead", 0),
            uncertain=number.get("uncertain", 0),
        )

    async def next_try_at(self) -> datetime | None:
        """When the next message can be claimed; None when none waits for a time."""
        found: datetime | None = await self._connection.scalar(_NEXT)
        return found
