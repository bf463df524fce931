"""Messages to send: each once, in order within a chat, its state known even after a crash."""

import uuid
from collections.abc import Collection, Sequence
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
from planning.pushes import Rank
from planning.reports import Channel
from storage.base import Repository
from storage.tables_messages import outbox
from storage.tables_telling import sent_messages
from storage.values import NewOutboxItem, OutboxCounts, OutboxItem, SendMethod

_unfinished = outbox.c.finished.is_(None)
_waiting = and_(_unfinished, outbox.c.method == "")
_by_itself = and_(_waiting, outbox.c.carried_by.is_(None))
_other = outbox.alias("other")  # made once: an alias costs as much as the statement it serves


_now = bindparam("now", type_=outbox.c.next_try_at.type)


def _first_of_lane(*also_busy: ColumnElement[bool], at: Any) -> ColumnElement[bool]:
    """Whether nothing older of the lane is unsent, and nothing of it is on the wire (or leased).

    What another takes along, and what was never tried and is not due `at` that time, blocks nobody.
    """
    o = _other.c
    put_off = and_(o.attempts == 0, o.next_try_at > at)
    older = and_(o.id < outbox.c.id, o.carried_by.is_(None), ~put_off)
    busy = or_(older, o.method != "", *also_busy)
    mine = o.lane_key == outbox.c.lane_key
    return ~select(o.id).where(mine, o.finished.is_(None), busy).exists()


def _free() -> Select[Any]:
    o = outbox.c
    free = or_(o.leased_until.is_(None), o.leased_until <= _now)
    first = _first_of_lane(_other.c.leased_until > _now, at=_now)
    query = select(outbox).where(_by_itself, o.next_try_at <= _now, free, first)
    query = query.order_by(o.rank, o.id).limit(bindparam("limit", type_=Integer()))
    return query.with_for_update(skip_locked=True, of=outbox)


def _next() -> Select[tuple[datetime | None]]:
    o = outbox.c
    free_at = case((o.leased_until > o.next_try_at, o.leased_until), else_=o.next_try_at)
    return select(func.min(free_at)).where(_by_itself, _first_of_lane(at=o.next_try_at))


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
            "rank": Rank.DANGER if item.urgent else item.rank,
            "useful_until": item.useful_until,
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
            next_try_at=row.next_try_at,
            rank=Rank(row.rank),
            tried_at=row.tried_at,
            held_since=row.held_since,
            useful_until=row.useful_until,
            carried_by=row.carried_by,
        )

    async def claim(self, now: datetime, lease: timedelta, limit: int) -> tuple[OutboxItem, ...]:
        """At most `limit` messages that are due, the oldest unsent of each lane, leased.

        The most pressing rank first, then oldest first. A lane with a message leased or on the wire gives none.
        """
        o = outbox.c
        rows = (await self._connection.execute(_FREE, {"now": now, "limit": limit})).all()
        if rows:
            taken = update(outbox).where(o.id.in_([row.id for row in rows]))
            await self._run(taken.values(leased_until=now + lease))
        return tuple(map(self._item, rows))

    async def beside(self, item_ids: Collection[int]) -> dict[int, tuple[OutboxItem, ...]]:
        """By message: what else of its chat waits and may go with it, oldest first."""
        if not item_ids:
            return {}
        o, head = outbox.c, _other.c
        same = and_(head.lane_key == o.lane_key, head.id != o.id)
        query = select(outbox, head.id.label("head")).join(_other, same)
        query = query.where(head.id.in_(item_ids), _waiting).order_by(o.id)
        found: dict[int, list[OutboxItem]] = {}
        for row in await self._rows(query):
            found.setdefault(row.head, []).append(self._item(row))
        return {head_id: tuple(items) for head_id, items in found.items()}

    async def carried(self, item_id: int) -> tuple[OutboxItem, ...]:
        """What a message takes along, oldest first."""
        mine = outbox.c.carried_by == item_id
        query = select(outbox).where(mine, _unfinished).order_by(outbox.c.id)
        return tuple(map(self._item, await self._rows(query)))

    async def mark_sending(
        self, item_id: int, method: SendMethod, now: datetime, along: Collection[int] = ()
    ) -> frozenset[int]:
        """The wire is about to be touched; `Conflict` unless the message was waiting.

        Gives those of `along` that go with it: the others were taken by somebody else meanwhile.
        """
        o = outbox.c
        begun = {"method": method, "sending_at": now, "tried_at": func.coalesce(o.tried_at, now)}
        await self._change(item_id, _waiting, **begun)
        if not along:
            return frozenset()
        free = or_(o.carried_by.is_(None), o.carried_by == item_id)
        take = update(outbox).where(o.id.in_(along), _waiting, free)
        taken = await self._rows(take.values(carried_by=item_id, **begun).returning(o.id))
        return frozenset(row.id for row in taken)

    async def mark_sent(
        self, item_id: int, now: datetime, units: int, about: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Delivered with what it took along; `units` of the platform's paid quota were used.

        `about`: the platform's ids of messages that went out, each with the report's code it speaks of.
        """
        await self._change(item_id, _unfinished, finished="sent", sent_at=now, units=units)
        await self._change_along(item_id, finished="sent", sent_at=now)
        row = await self._row(select(outbox).where(outbox.c.id == item_id)) if about else None
        if row:
            chat = self._keys.open(row.chat_sealed)
            for message_id, code in about:
                if key := self._message_key(row.channel, chat, message_id):
                    await self._add_new(sent_messages, {"message_key": key, "report_code": code})

    async def mark_retry(self, item_id: int, next_try_at: datetime, error: str) -> None:
        """Surely not delivered; try again from `next_try_at` on, with the same along."""
        again = {"next_try_at": next_try_at, "error": error, "method": "", "leased_until": None}
        await self._change(item_id, _unfinished, attempts=outbox.c.attempts + 1, **again)
        await self._change_along(item_id, method="")

    async def put_off(
        self,
        item_id: int,
        until: datetime,
        error: str,
        *,
        held_since: datetime | None = None,
        fresh: bool = True,
    ) -> None:
        """Not before `until`, and in nobody's way till then.

        `held_since`: it waits for the person's next reply. `fresh`: surely no try of it was taken, so
        that it may go with others than before.
        """
        o = outbox.c
        waits: dict[str, Any] = {
            "next_try_at": until,
            "error": error,
            "method": "",
            "leased_until": None,
        }
        if held_since:
            waits["held_since"] = func.coalesce(o.held_since, held_since)
        if fresh:
            waits["tried_at"] = None
        await self._change(item_id, _unfinished, attempts=0, **waits)
        if fresh:
            await self.let_go(item_id)
        else:
            await self._change_along(item_id, method="")

    async def lease_instead(self, item_id: int, other_id: int, until: datetime) -> None:
        """Free a claimed message and lease another of its lane in its place."""
        o = outbox.c
        await self._run(update(outbox).where(o.id == item_id).values(leased_until=None))
        await self._run(update(outbox).where(o.id == other_id).values(leased_until=until))

    async def let_go(self, item_id: int, *, tried: bool = False) -> None:
        """What a message took along goes by itself again; `tried`: never with another any more."""
        free: dict[str, Any] = {"method": "", "carried_by": None}
        if not tried:
            free["tried_at"] = None
        await self._change_along(item_id, **free)

    async def mark_dead(self, item_id: int, error: str) -> None:
        """Given up: it can never be delivered. What it took along goes by itself again."""
        await self._change(item_id, _unfinished, finished="dead", error=error)
        await self.let_go(item_id)

    async def mark_uncertain(self, item_id: int, error: str) -> None:
        """Given up because it may have been delivered, and sending again could say it twice."""
        await self._change(item_id, _unfinished, finished="uncertain", error=error)
        await self._change_along(item_id, finished="uncertain", error=error)

    async def _change_along(self, item_id: int, **columns: Any) -> None:
        mine = outbox.c.carried_by == item_id
        await self._run(update(outbox).where(mine, _unfinished).values(**columns))

    async def _change(self, item_id: int, state: ColumnElement[bool], **columns: Any) -> None:
        change = update(outbox).where(outbox.c.id == item_id, state).values(**columns)
        if (await self._run(change)).rowcount != 1:
            raise Conflict("the message is not in the state it was thought to be in")

    async def interrupted(self) -> tuple[tuple[OutboxItem, SendMethod], ...]:
        """Messages left on the wire with the way they went, after a crash; oldest first.

        Those that another took along are left out: they share its fate (`carried`).
        """
        o = outbox.c
        query = select(outbox).where(_unfinished, o.method != "", o.carried_by.is_(None))
        query = query.order_by(o.id)
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
