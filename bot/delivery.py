"""From the outbox to the people: which way each answer goes, when it is tried again, when it is not.

Rules
- LINE: by reply while its handle lives (free), else by push within the month's budget. Everything else: send.
- What waits for one person leaves together (`delivery_parcels`): along with a free reply, or as one push.
- The choice is committed before the wire is touched. After a crash a row left in sending tells what may
  have happened (`Sender.recover`).
- What may be pushed now is decided by `planning.pushes.room` from the month's counts (`delivery_meter`).
  What may not is held: it goes with the person's next reply, or on a later day with room, and is given up
  after `carry` («เรื่องของฉัน» tells the same). The last `line_reserve` units are left to danger.
- Nothing that may have been delivered is repeated, except where the platform recognises the repetition:
  LINE's push by its retry key, LINE's reply by its single-use handle.
- `give_up` after it was first tried an answer is too old to be of use (LINE's retry keys end at 24 hours).
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.channels.base import (
    Blocked,
    ChannelPort,
    Delivery,
    DeliveryFailed,
    Method,
    Moved,
    QuotaExhausted,
    Refused,
    ReplyExpired,
    RetryLater,
    Uncertain,
)
from bot.delivery_ledger import Entry, Ledger
from bot.delivery_meter import Meter, NoteTold
from bot.delivery_parcels import Parcel, alive, packed
from bot.delivery_ports import OutboxPort, OutboxRow, Outcome, Pace, Rules, SendMethod
from planning.pushes import Rank, month_start, next_look
from planning.reports import Channel

__all__ = ["Sender", "backoff", "month_start"]

_NAMES: dict[Method, SendMethod] = {
    Method.REPLY: "reply",
    Method.PUSH: "push",
    Method.SEND: "send",
}
_NO_CHANNEL_WAIT = timedelta(minutes=5)
_AT_ONCE = frozenset({Rank.DANGER, Rank.ANSWER})
_LONGEST_BACKOFF_S = 300.0


Spent = Callable[[int, int], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class _Job:
    parcel: Parcel
    port: ChannelPort
    delivery: Delivery
    method: Method
    fresh: bool = True  # the wire was never touched for it before

    @property
    def row(self) -> OutboxRow:
        """The row whose fate all in it share."""
        return self.parcel.head


class Sender:
    """Delivers the outbox.

    `outbox` opens one transaction. `unreachable(channel, chat_id)` is awaited when somebody has blocked
    us, `told` with what the platform says of the month, `spent(used, limit)` after pushes. `jitter`
    gives numbers in [0, 1). Several `run_once` may run side by side.
    """

    def __init__(
        self,
        *,
        outbox: Callable[[], AbstractAsyncContextManager[OutboxPort]],
        channels: Mapping[Channel, ChannelPort],
        clock: Callable[[], datetime],
        unreachable: Callable[[Channel, str], Awaitable[None]],
        told: NoteTold | None = None,
        spent: Spent | None = None,
        rules: Rules | None = None,
        jitter: Callable[[], float] = random.random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._outbox = outbox
        self._channels = channels
        self._clock = clock
        self._unreachable = unreachable
        self._spent = spent
        self._rules = rules or Rules()
        self._jitter = jitter
        self._sleep = sleep
        self._pace = Pace(self._rules.telegram_per_s)
        self._meter = Meter(self._rules, told)

    async def run_once(self) -> int:
        """Deliver one batch; how many rows were claimed (0: nothing to do now)."""
        now = self._clock()
        async with self._outbox() as outbox:
            parcels = await self._claimed(outbox, now)
        if parcels:
            jobs = [await self._planned(parcel, now) for parcel in parcels]
            await self._deliver_all(jobs)
            pushed = any(isinstance(job, _Job) and job.method is Method.PUSH for job in jobs)
            if self._spent and pushed:
                await self._spent(self._meter.used, self._meter.limit)
        return len(parcels)

    async def _claimed(self, outbox: OutboxPort, now: datetime) -> list[Parcel]:
        rows = await outbox.claim(now, self._rules.lease, self._rules.batch)
        counted = [row.id for row in rows if self._metered(row.channel)]
        beside = await outbox.beside(counted) if counted else {}
        if counted:
            await self._meter.read(outbox, now)
        parcels = []
        for row in rows:
            port = self._channels.get(row.channel)
            parcel = packed(row, beside.get(row.id, ()), port, now)
            if parcel.head.id != row.id:
                await outbox.lease_instead(row.id, parcel.head.id, now + self._rules.lease)
            parcels.append(parcel)
        return parcels

    def _metered(self, channel: Channel) -> bool:
        port = self._channels.get(channel)
        return port is not None and port.capabilities.metered

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
        units = 0
        try:
            await self._paced(plan)
            job = await self._begun(plan, ledger)
            if job:
                outcome = await self._attempt(job, ledger)
                units = outcome.units
                await ledger.write(self._noting(outcome))
        finally:
            self._meter.settle(plan.row.id, units)

    async def _begun(self, job: _Job, ledger: Ledger) -> _Job | None:
        """The job as it was committed: with those rows along that nobody else took meanwhile."""
        taken: set[int] = set()
        along = [row.id for row in job.parcel.along]

        async def begin(box: OutboxPort) -> None:
            now = self._clock()
            taken.update(await box.mark_sending(job.row.id, _NAMES[job.method], now, along))

        if not await ledger.write(begin):
            return None
        return job if len(taken) == len(along) else _with_along(job, taken)

    def _noting(self, outcome: Outcome) -> Entry:
        return lambda box: outcome.write(box, self._clock())

    async def _paced(self, job: _Job) -> None:
        """Wait until Telegram may take it, before the row is marked: a crash here costs nothing."""
        if job.row.channel is Channel.TELEGRAM:
            messages = sum(1 + len(r.files) for r in job.delivery.replies)
            wait_s = self._pace.wait_s(self._clock(), messages)
            if wait_s:
                await self._sleep(wait_s)

    async def _planned(self, parcel: Parcel, now: datetime) -> _Job | Outcome:
        row = parcel.head
        port = self._channels.get(row.channel)
        if late := self._too_late(row, now):
            return Outcome(row_id=row.id, state="dead", error=late)
        if port is None:
            return _again(row, now + _NO_CHANNEL_WAIT, "no such channel is set up")
        delivery = _delivery(parcel)
        if delivery is None:
            return Outcome(row_id=row.id, state="dead", error="unreadable payload")
        way, fresh = _method(row, port, now), row.tried_at is None
        job = _Job(parcel=parcel, port=port, delivery=delivery, method=way, fresh=fresh)
        if job.method is not Method.PUSH:
            return job
        return self._gathering(parcel, now) or await self._budgeted(job, now)

    def _too_late(self, row: OutboxRow, now: datetime) -> str:
        """Why a row is not worth sending any more, or ""."""
        rules = self._rules
        if row.useful_until and now > row.useful_until:
            return "too late"
        waits = self._metered(row.channel) and row.tried_at is None
        if waits:
            return "not carried in time" if now - row.created_at > rules.carry else ""
        since = row.tried_at if self._metered(row.channel) and row.tried_at else row.created_at
        return "too old" if now - since > rules.give_up else ""

    def _gathering(self, parcel: Parcel, now: datetime) -> Outcome | None:
        """What is not pressing waits a moment for more to the same person: one push then."""
        row, until = parcel.head, parcel.head.created_at + self._rules.gather
        if row.attempts or parcel.rank in _AT_ONCE or now >= until:
            return None
        return Outcome(row_id=row.id, state="gather", again_at=until)

    async def _budgeted(self, job: _Job, now: datetime) -> _Job | Outcome:
        """The push with its units booked, or why it may not leave."""
        try:
            cost = await job.port.cost(job.row.chat_id)
        except RetryLater as problem:
            return self._later(job.row, problem)
        await self._meter.ask(job.port, now)
        if not self._meter.affords(job.parcel.rank, cost, now):
            return _held(job, now)
        self._meter.book(job.row.id, cost)
        return job

    async def _attempt(self, job: _Job, ledger: Ledger) -> Outcome:
        """One delivery with its fallbacks, each tried once: reply to push, moved chat to the new one."""
        row = job.row
        try:
            return _sent(row, await job.port.deliver(job.delivery, job.method), job.delivery)
        except ReplyExpired:
            return await self._push_instead(job, ledger)
        except Moved as problem:
            return await self._to_new_chat(job, problem.new_chat_id)
        except Uncertain as problem:
            return await self._settled(job, str(problem))
        except Refused as problem:
            if job.parcel.along:
                return await self._alone(job, ledger)
            return await self._failed(job, problem)
        except DeliveryFailed as problem:
            return await self._failed(job, problem)

    async def _alone(self, job: _Job, ledger: Ledger) -> Outcome:
        """Without what was along, which may be what was refused: that goes by itself later."""
        await ledger.write(lambda box: box.let_go(job.row.id, tried=True))
        return await self._attempt(_with_along(job, frozenset()), ledger)

    async def _push_instead(self, job: _Job, ledger: Ledger) -> Outcome:
        push = await self._budgeted(replace(job, method=Method.PUSH), self._clock())
        if isinstance(push, Outcome):
            return push
        begun = await self._begun_again(push, ledger)
        try:
            units = await begun.port.deliver(begun.delivery, begun.method)
            return _sent(begun.row, units, begun.delivery)
        except DeliveryFailed as problem:
            return await self._failed(begun, problem)

    async def _begun_again(self, job: _Job, ledger: Ledger) -> _Job:
        row, along = job.row, [r.id for r in job.parcel.along]

        async def turn(box: OutboxPort) -> None:
            await box.mark_retry(row.id, self._clock(), "reply handle refused")
            await box.mark_sending(row.id, "push", self._clock(), along)

        await ledger.write(turn)
        return job

    async def _to_new_chat(self, job: _Job, chat_id: str) -> Outcome:
        moved = replace(job, delivery=replace(job.delivery, chat_id=chat_id))
        try:
            units = await moved.port.deliver(moved.delivery, moved.method)
            return _sent(job.row, units, moved.delivery)
        except DeliveryFailed as problem:
            return await self._failed(job, problem)

    async def _settled(self, job: _Job, error: str) -> Outcome:
        """After silence. A reply handle serves once, so while it lives trying it again tells all."""
        row = job.row
        if job.method is Method.REPLY and alive(row, self._clock()):
            try:
                return _sent(row, await job.port.deliver(job.delivery, job.method), job.delivery)
            except ReplyExpired:
                return _sent(row, 0)  # the first try had been delivered
            except DeliveryFailed as problem:
                error = f"{error}; {type(problem).__name__}"
        return Outcome(row_id=row.id, state="uncertain", error=error)

    async def _failed(self, job: _Job, problem: DeliveryFailed) -> Outcome:
        """The outcome of a failure that has no fallback left."""
        row, name = job.row, type(problem).__name__
        match problem:
            case RetryLater():
                return self._later(row, problem)
            case Uncertain():
                return Outcome(row_id=row.id, state="uncertain", error=name)
            case QuotaExhausted():
                self._meter.shut(self._clock())
                return _held(job, self._clock())
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
        async with self._outbox() as outbox:
            parcel = Parcel(head=row, along=tuple(await outbox.carried(row.id)))
        port, delivery = self._channels.get(row.channel), _delivery(parcel)
        if port is None or delivery is None:
            return Outcome(row_id=row.id, state="uncertain", error="interrupted")
        if method == Method.PUSH and port.capabilities.idempotent_push:
            return _again(row, self._clock(), "interrupted")
        job = _Job(parcel=parcel, port=port, delivery=delivery, method=Method(method))
        return await self._settled(job, "interrupted")


def backoff(attempts: int, jitter: float) -> timedelta:
    """How long to wait after so many tries: 1 s doubling to 5 minutes, half of it by `jitter` in [0, 1)."""
    whole = min(2.0 ** min(attempts, 30), _LONGEST_BACKOFF_S)
    return timedelta(seconds=whole * (0.5 + jitter / 2))


def _method(row: OutboxRow, port: ChannelPort, now: datetime) -> Method:
    if not port.capabilities.metered:
        return Method.SEND
    return Method.REPLY if alive(row, now) else Method.PUSH


def _delivery(parcel: Parcel) -> Delivery | None:
    row, replies = parcel.head, parcel.replies()
    if replies is None:
        return None
    return Delivery(
        chat_id=row.chat_id,
        reply_handle=row.reply_handle,
        retry_key=row.retry_key,
        replies=replies,
    )


def _with_along(job: _Job, ids: Collection[int]) -> _Job:
    parcel = replace(job.parcel, along=tuple(r for r in job.parcel.along if r.id in ids))
    return replace(job, parcel=parcel, delivery=_delivery(parcel) or job.delivery)


def _sent(row: OutboxRow, units: int, delivery: Delivery | None = None) -> Outcome:
    pairs = zip(delivery.message_ids, delivery.replies, strict=False) if delivery else ()
    about = tuple((message_id, reply.about) for message_id, reply in pairs if reply.about)
    return Outcome(row_id=row.id, state="sent", units=units, about=about)


def _again(row: OutboxRow, at: datetime, error: str) -> Outcome:
    return Outcome(row_id=row.id, state="retry", again_at=at, error=error)


def _held(job: _Job, now: datetime) -> Outcome:
    """No room to push: for the person's next reply, or for another day."""
    return Outcome(
        row_id=job.row.id,
        state="held",
        again_at=next_look(job.parcel.rank, now),
        error="quota",
        fresh=job.fresh,
    )
