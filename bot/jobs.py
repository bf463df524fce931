"""What runs beside the web: supervised tasks, turn workers, the outbox loop, media, polling.

Everything here is made of functions given from outside (`bot/app.py`), so that it knows no database.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

from bot.logs import where
from planning.errors import Conflict

_log = logging.getLogger(__name__)
_LONGEST_BACKOFF_S = 30.0
IDLE_S = 1.0
"""Longest sleep before looking again, for work that another process brought or that may wait."""


class Bell:
    """Wakes whoever waits. A ring between looking and waiting is not lost: `seen` tells it apart."""

    def __init__(self) -> None:
        self.count = 0
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait now, and all who last looked before this."""
        self.count += 1
        event, self._event = self._event, asyncio.Event()
        event.set()

    async def wait(self, seen: int, longest_s: float) -> None:
        """Return at the next ring after `seen`, or after `longest_s` seconds."""
        if self.count == seen:
            with suppress(TimeoutError):
                async with asyncio.timeout(longest_s):
                    await self._event.wait()


class Nursery:
    """The one place that starts tasks. A job that fails is named in the log and started again."""

    def __init__(self) -> None:
        self.stopping = asyncio.Event()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._failing: set[str] = set()
        self._on_stop: list[Callable[[], object]] = []

    def start(
        self, name: str, job: Callable[[], Coroutine[Any, Any, None]], *, cut: bool = False
    ) -> None:
        """Run `job` until it returns; it must return soon after `stopping` is set.

        `cut`: it loses nothing by being cancelled and does not look at `stopping`.
        """
        task = asyncio.create_task(self._supervise(name, job), name=name)
        self._tasks[name] = task
        if cut:
            self._on_stop.append(task.cancel)

    def when_stopping(self, call: Callable[[], None]) -> None:
        """Call this when `stop` begins, to wake jobs that sleep."""
        self._on_stop.append(call)

    def alive(self) -> dict[str, bool]:
        """Each job by name: whether it runs (or has ended well) and did not just fail."""
        return {n: n not in self._failing for n in self._tasks}

    async def stop(self, grace_s: float = 10.0) -> None:
        """Let jobs finish what they have in hand for `grace_s` seconds, then cancel the rest."""
        self.stopping.set()
        for call in self._on_stop:
            call()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks.values(), timeout=grace_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _supervise(self, name: str, job: Callable[[], Coroutine[Any, Any, None]]) -> None:
        wait_s = 0.5
        while not self.stopping.is_set():
            began = asyncio.get_running_loop().time()
            try:
                await job()
                return
            # One job: whatever it was, the others go on and this one is started again.
            except Exception as error:
                _log.error("job %s failed: %s", name, where(error))
            if asyncio.get_running_loop().time() - began > 60:
                wait_s = 0.5
            self._failing.add(name)
            wait_s = min(wait_s * 2, _LONGEST_BACKOFF_S)
            with suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self.stopping.wait()
            self._failing.discard(name)


@asynccontextmanager
async def nursery() -> AsyncIterator[Nursery]:
    """A nursery that is stopped when the block is left."""
    made = Nursery()
    try:
        yield made
    finally:
        await made.stop()


class Claimed(Protocol):
    """An inbox row as far as a worker looks at it."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def attempts(self) -> int: ...  # noqa: D102


Row = TypeVar("Row", bound=Claimed)


@dataclass(frozen=True, kw_only=True)
class TurnParts(Generic[Row]):
    """What a turn worker does, as functions.

    `claim`: all ready rows of one sender; `failed`: note class name and next try; `ready_at`: when a
    sender will be ready.
    """

    claim: Callable[[datetime], Awaitable[tuple[Row, ...]]]
    handle: Callable[[tuple[Row, ...], datetime], Awaitable[None]]
    failed: Callable[[Sequence[int], str, datetime], Awaitable[None]]
    ready_at: Callable[[], Awaitable[datetime | None]]
    now: Callable[[], datetime]
    longest: timedelta = timedelta(seconds=90)


class TurnWorker(Generic[Row]):
    """Takes one sender's rows at a time to `handle`. Several may run side by side."""

    def __init__(
        self, parts: TurnParts[Row], bell: Bell, done: Bell, stopping: asyncio.Event
    ) -> None:
        self._parts, self._bell, self._done, self._stopping = parts, bell, done, stopping

    async def run(self) -> None:
        """Work until stopping; what was claimed is finished first."""
        while not self._stopping.is_set():
            seen = self._bell.count
            if not await self.once():
                await self._bell.wait(seen, await self._pause_s())

    async def once(self) -> bool:
        """One turn, if a sender is ready; whether there was one."""
        rows = await self._parts.claim(self._parts.now())
        if rows:
            await self._turn(rows)
            self._done.ring()
        return bool(rows)

    async def _turn(self, rows: tuple[Row, ...]) -> None:
        ids = [row.id for row in rows]
        tries = max(row.attempts for row in rows)
        try:
            async with asyncio.timeout(self._parts.longest.total_seconds()):
                await self._parts.handle(rows, self._parts.now())
        except Conflict:  # somebody wrote between reading and writing: claim and read again
            await self._parts.failed(ids, "Conflict", self._parts.now() + backoff(tries - 3))
        # One turn: its words wait for a later try, everybody else's go on.
        except Exception as error:
            _log.error("turn of %d rows failed (try %d): %s", len(ids), tries + 1, where(error))
            again = self._parts.now() + backoff(tries)
            await self._parts.failed(ids, type(error).__name__, again)

    async def _pause_s(self) -> float:
        ready = await self._parts.ready_at()
        if ready is None:
            return IDLE_S
        # ready already and yet not claimed: another worker has that sender in hand
        return min(max((ready - self._parts.now()).total_seconds(), 0.05), IDLE_S)


def backoff(tries: int) -> timedelta:
    """Wait before a turn's next try: 2 s, doubling, to an hour; none before the first."""
    return timedelta(seconds=min(2.0 ** min(tries + 1, 12), 3600.0) if tries >= 0 else 0.0)


async def send_loop(
    send: Callable[[], Awaitable[int]],
    next_try_at: Callable[[], Awaitable[datetime | None]],
    now: Callable[[], datetime],
    bell: Bell,
    stopping: asyncio.Event,
) -> None:
    """Deliver batches (`send` says how many rows it took) until stopping."""
    while not stopping.is_set():
        seen = bell.count
        if await send():
            continue
        due = await next_try_at()
        wait_s = IDLE_S if due is None else (due - now()).total_seconds()
        await bell.wait(seen, min(max(wait_s, 0.05), IDLE_S))
