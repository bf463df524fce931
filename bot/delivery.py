"""From the outbox to the people: which way each answer goes, when it is tried again, when it is not.

Rules
- LINE: by reply while its handle lives (free), else by push within the month's quota. Everything else: send.
- The choice is committed before the wire is touched. After a crash a row left in sending tells what may
  have happened (`Sender.recover`).
- What was pushed counts as the outbox or the platform says, whichever is more (the account may be used
  elsewhere too); the platform is asked at most once an hour, and only when a push is due.
- A push that finds the quota used up is given up as "quota", not kept: an old notice is worth little, the
  reply to the person's next message is free, and «เรื่องของฉัน» tells the same. The last
  `line_reserve` units are left to urgent answers.
- Nothing that may have been delivered is repeated, except where the platform recognises the repetition:
  LINE's push by its retry key, LINE's reply by its single-use handle.
- After `give_up` an answer is too old to be of use (and LINE's retry keys end at 24 hours).
"""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone

from bot.channels.base import (
    Blocked,
    ChannelPort,
    Delivery,
    DeliveryFailed,
    Metered,
    Method,
    Moved,
    Quota,
    QuotaExhausted,
    Refused,
    ReplyExpired,
    RetryLater,
    Uncertain,
)
from bot.delivery_ledger import Entry, Ledger
from bot.delivery_ports import OutboxPort, OutboxRow, Outcome, Pace, Rules, SendMethod
from handlers.messages import replies_from_json
from planning.reports import Channel

_NAMES: dict[Method, SendMethod] = {
    Method.REPLY: "reply",
    Method.PUSH: "push",
    Method.SEND: "send",
}
_LINE_ZONE = timezone(timedelta(hours=9))  # LINE counts its months in Japan's time
_NO_CHANNEL_WAIT = timedelta(minutes=5)
_QUOTA_WAIT = timedelta(hours=1)
_LONGEST_BACKOFF_S = 300.0


@dataclass(frozen=True, kw_only=True)
class _Job:
    row: OutboxRow
    port: ChannelPort
    delivery: Delivery
    method: Method


class Sender:
    """Delivers the outbox.

    `outbox` opens one transaction. `unreachable(channel, chat_id)` is awaited when somebody has blocked
    us. `jitter` gives numbers in [0, 1). Several `run_once` may run side by side.
    """

    def __init__(
        self,
        *,
        outbox: Callable[[], AbstractAsyncContextManager[OutboxPort]],
        channels: Mapping[Channel, ChannelPort],
        clock: Callable[[], datetime],
        unreachable: Callable[[Channel, str], Awaitable[None]],
        rules: Rules | None = None,
        jitter: Callable[[], float] = random.random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._outbox = outbox
        self._channels = channels
        self._clock = clock
        self._unreachable = unreachable
        self._rules = rules or Rules()
        self._jitter = jitter
        self._sleep = sleep
        self._pace = Pace(self._rules.telegram_per_s)
        self._used = 0
        self._booked: dict[int, int] = {}  # units of pushes on their way, by row
        self._told = Quota(limit=None, used=0)
        self._asked_at: datetime | None = None
        self._no_push_until: datetime | None = None

    async def run_once(self) -> int:
        """Deliver one batch; how many rows were claimed (0: nothing to do now)."""
        now = self._clock()
        async with self._outbox() as outbox:
            rows = await outbox.claim(now, self._rules.lease, self._rules.batch)
            if any(row.channel is Channel.LINE for row in rows):
                self._used = await outbox.units_since(Channel.LINE, month_start(now))
        if rows:
            await self._deliver_all([await self._planned(row, now) for row in rows])
        return len(rows)

    async def _deliver_all(self, plans: Sequence[_Job | Outcome]) -> None:
        ledger = Ledger(self._outbox)
        async with asyncio.TaskGroup() as group:
            writer = group.create_task(ledger.run())
            async with asyncio.TaskGroup() as work:
                for plan in plans:
                    work.create_task(self._carried_out(plan, ledger))
            writer.cancel()

    async def _carried_out(self, plan: _Job | Outcome, ledger: Ledger) -> None:
        if isinstance(plan, Outcome):
            await ledger.write(self._noting(plan))
            return
        try:
            await self._paced(plan)
            if await ledger.write(self._beginning(plan)):
                await ledger.write(self._noting(await self._attempt(plan, ledger)))
        finally:
            self._booked.pop(plan.row.id, None)

    def _beginning(self, job: _Job) -> Entry:
        return lambda box: box.mark_sending(job.row.id, _NAMES[job.method], self._clock())

    def _noting(self, outcome: Outcome) -> Entry:
        return lambda box: outcome.write(box, self._clock())

    async def _paced(self, job: _Job) -> None:
        """Wait until Telegram may take it, before the row is marked: a crash here costs nothing."""
        if job.row.channel is Channel.TELEGRAM:
            messages = sum(1 + len(r.files) for r in job.delivery.replies)
            wait_s = self._pace.wait_s(self._clock(), messages)
            if wait_s:
                await self._sleep(wait_s)

    async def _planned(self, row: OutboxRow, now: datetime) -> _Job | Outcome:
        port = self._channels.get(row.channel)
        if now - row.created_at > self._rules.give_up:
            return Outcome(row_id=row.id, state="dead", error="too old")
        if port is None:
            return _again(row, now + _NO_CHANNEL_WAIT, "no such channel is set up")
        delivery = _delivery(row)
        if delivery is None:
            return Outcome(row_id=row.id, state="dead", error="unreadable payload")
        job = _Job(row=row, port=port, delivery=delivery, method=_method(row, port, now))
        return await self._budgeted(job, now) if job.method is Method.PUSH else job

    async def _budgeted(self, job: _Job, now: datetime) -> _Job | Outcome:
        """The push with its units booked, or why it may not leave."""
        try:
            cost = await job.port.cost(job.row.chat_id)
        except RetryLater as problem:
            return self._later(job.row, problem)
        await self._ask_platform(job.port, now)
        if not self._affordable(cost, job.row.urgent, now):
            return Outcome(row_id=job.row.id, state="dead", error="quota")
        self._booked[job.row.id] = cost
        return job

    async def _ask_platform(self, port: ChannelPort, now: datetime) -> None:
        asked = self._asked_at
        fresh = asked is not None and max(now - _QUOTA_WAIT, month_start(now)) < asked
        if fresh or not isinstance(port, Metered):
            return
        self._asked_at = now
        self._told = Quota(limit=None, used=0)
        with contextlib.suppress(RetryLater):  # our own count has to do then
            self._told = await port.quota()

    def _affordable(self, cost: int, urgent: bool, now: datetime) -> bool:
        if self._no_push_until and now < self._no_push_until:
            return False
        used = max(self._used, self._told.used) + sum(self._booked.values())
        limit = self._rules.line_month_limit
        if self._told.limit is not None:
            limit = min(limit, self._told.limit)
        kept = 0 if urgent else self._rules.line_reserve
        return used + cost <= limit - kept

    async def _attempt(self, job: _Job, ledger: Ledger) -> Outcome:
        """One delivery with its fallbacks, each tried once: reply to push, moved chat to the new one."""
        row = job.row
        try:
            return _sent(row, await job.port.deliver(job.delivery, job.method))
        except ReplyExpired:
            return await self._push_instead(job, ledger)
        except Moved as problem:
            return await self._to_new_chat(job, problem.new_chat_id)
        except Uncertain as problem:
            return await self._settled(job, str(problem))
        except DeliveryFailed as problem:
            return await self._failed(row, problem)

    async def _push_instead(self, job: _Job, ledger: Ledger) -> Outcome:
        push = await self._budgeted(replace(job, method=Method.PUSH), self._clock())
        if isinstance(push, Outcome):
            return push
        await ledger.write(self._turning(push.row))
        try:
            return _sent(push.row, await push.port.deliver(push.delivery, push.method))
        except DeliveryFailed as problem:
            return await self._failed(push.row, problem)

    def _turning(self, row: OutboxRow) -> Entry:
        async def turn(box: OutboxPort) -> None:
            await box.mark_retry(row.id, self._clock(), "reply handle refused")
            await box.mark_sending(row.id, "push", self._clock())

        return turn

    async def _to_new_chat(self, job: _Job, chat_id: str) -> Outcome:
        moved = replace(job, delivery=replace(job.delivery, chat_id=chat_id))
        try:
            return _sent(job.row, await moved.port.deliver(moved.delivery, moved.method))
        except DeliveryFailed as problem:
            return await self._failed(job.row, problem)

    async def _settled(self, job: _Job, error: str) -> Outcome:
        """After silence. A reply handle serves once, so while it lives trying it again tells all."""
        row = job.row
        alive = row.reply_until is not None and self._clock() < row.reply_until
        if job.method is Method.REPLY and alive:
            try:
                return _sent(row, await job.port.deliver(job.delivery, job.method))
            except ReplyExpired:
                return _sent(row, 0)  # the first try had been delivered
            except DeliveryFailed as problem:
                error = f"{error}; {type(problem).__name__}"
        return Outcome(row_id=row.id, state="uncertain", error=error)

    async def _failed(self, row: OutboxRow, problem: DeliveryFailed) -> Outcome:
        """The outcome of a failure that has no fallback left."""
        name = type(problem).__name__
        match problem:
            case RetryLater():
                return self._later(row, problem)
            case Uncertain():
                return Outcome(row_id=row.id, state="uncertain", error=name)
            case QuotaExhausted():
                self._no_push_until = self._clock() + _QUOTA_WAIT
                return Outcome(row_id=row.id, state="dead", error="quota")
            case Blocked():
                await self._unreachable(row.channel, row.chat_id)
                return Outcome(row_id=row.id, state="dead", error="blocked")
            case Refused():
                return Outcome(row_id=row.id, state="dead", error=f"refused: {problem}")
            case _:
                return Outcome(row_id=row.id, state="dead", error=name)

    def _later(self, row: OutboxRow, problem: RetryLater) -> Outcome:
        wait = backoff(row.attempts, self._jitter())
        wait = max(wait, problem.after or timedelta(0))
        return _again(row, self._clock() + wait, f"later: {problem}")

    async def recover(self) -> int:
        """Settle the rows a crash left in sending; how many there were.

        Pushes go again under their retry keys; a reply is tried once more while its handle lives; what
        may have been delivered otherwise becomes uncertain. Only where no other sender runs on the same
        outbox: its rows on the wire look just the same. What was claimed and not begun is freed.
        """
        async with self._outbox() as outbox:
            await outbox.release_leases()
            left = await outbox.interrupted()
        for row, method in left:
            outcome = await self._recovered(row, method)
            async with self._outbox() as outbox:
                await outcome.write(outbox, self._clock())
        return len(left)

    async def _recovered(self, row: OutboxRow, method: str) -> Outcome:
        port, delivery = self._channels.get(row.channel), _delivery(row)
        if port is None or delivery is None:
            return Outcome(row_id=row.id, state="uncertain", error="interrupted")
        if method == Method.PUSH and port.capabilities.idempotent_push:
            return _again(row, self._clock(), "interrupted")
        job = _Job(row=row, port=port, delivery=delivery, method=Method(method))
        return await self._settled(job, "interrupted")


def month_start(now: datetime) -> datetime:
    """The first moment of LINE's present month, aware."""
    there = now.astimezone(_LINE_ZONE)
    return there.replace(day=1, hour=0, minute=0, second=0, microsecond=0).astimezone(now.tzinfo)


def backoff(attempts: int, jitter: float) -> timedelta:
    """How long to wait after so many tries: 1 s doubling to 5 minutes, half of it by `jitter` in [0, 1)."""
    whole = min(2.0 ** min(attempts, 30), _LONGEST_BACKOFF_S)
    return timedelta(seconds=whole * (0.5 + jitter / 2))


def _method(row: OutboxRow, port: ChannelPort, now: datetime) -> Method:
    if not port.capabilities.metered:
        return Method.SEND
    alive = bool(row.reply_handle) and row.reply_until is not None and now < row.reply_until
    return Method.REPLY if alive else Method.PUSH


def _delivery(row: OutboxRow) -> Delivery | None:
    try:
        replies = replies_from_json(row.payload)
    except (ValueError, KeyError, TypeError):
        return None
    return Delivery(
        chat_id=row.chat_id,
        reply_handle=row.reply_handle,
        retry_key=row.retry_key,
        replies=replies,
    )


def _sent(row: OutboxRow, units: int) -> Outcome:
    return Outcome(row_id=row.id, state="sent", units=units)


def _again(row: OutboxRow, at: datetime, error: str) -> Outcome:
    return Outcome(row_id=row.id, state="retry", again_at=at, error=error)
