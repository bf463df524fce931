"""Jobs: bells that are not missed, tasks that are started again, turns that fail apart."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from bot.channels.base import Gone
from bot.jobs import (
    Bell,
    Nursery,
    TurnParts,
    TurnWorker,
    backoff,
    nursery,
    send_loop,
)
from bot.logs import where
from planning.errors import Conflict
from tests.shell.parts import NOW


@dataclass(frozen=True)
class Row:
    """A claimed row."""

    id: int
    attempts: int = 0


class Queue:
    """An inbox of single rows; handling a number in `faults` raises what stands there."""

    def __init__(self, rows: Sequence[Row], faults: dict[int, Exception] | None = None) -> None:
        self.waiting, self.faults = list(rows), faults or {}
        self.handled: list[int] = []
        self.failed: list[tuple[int, str, timedelta]] = []

    async def claim(self, now: datetime) -> tuple[Row, ...]:
        return (self.waiting.pop(0),) if self.waiting else ()

    async def handle(self, rows: tuple[Row, ...], now: datetime) -> None:
        for row in rows:
            if row.id in self.faults:
                raise self.faults[row.id]
            self.handled.append(row.id)

    async def fail(self, ids: Sequence[int], error: str, retry_at: datetime) -> None:
        self.failed += [(i, error, retry_at - NOW) for i in ids]

    async def ready_at(self) -> datetime | None:
        return NOW if self.waiting else None

    def worker(self, done: Bell, stopping: asyncio.Event, came: Bell) -> TurnWorker[Row]:
        parts = TurnParts(
            claim=self.claim, handle=self.handle, failed=self.fail, ready_at=self.ready_at,
            now=lambda: NOW, longest=timedelta(seconds=5),
        )  # fmt: skip
        return TurnWorker(parts, came, done, stopping)


async def until(holds: Callable[[], bool]) -> None:
    """Let others run until something holds."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110  a test looks from outside
            await asyncio.sleep(0.005)


async def test_a_ring_between_looking_and_waiting_is_not_missed() -> None:
    bell = Bell()
    seen = bell.count
    bell.ring()
    async with asyncio.timeout(1):
        await bell.wait(seen, 60)
    await bell.wait(bell.count, 0.01)
    assert bell.count == seen + 1


async def test_a_failing_job_is_named_and_started_again(caplog: pytest.LogCaptureFixture) -> None:
    tries: list[int] = []

    async def shaky() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise LookupError("ความลับของชาวบ้าน")

    jobs = Nursery()
    with caplog.at_level(logging.ERROR):
        jobs.start("shaky", shaky)
        await until(lambda: jobs.alive() == {"shaky": False})
        await until(lambda: len(tries) == 2)
    await until(lambda: jobs.alive() == {"shaky": True})
    await jobs.stop()
    assert "shaky" in caplog.text and "LookupError" in caplog.text
    assert "ความลับ" not in caplog.text


async def test_stopping_drains_jobs_and_cuts_those_that_wait_for_ever() -> None:
    ended: list[str] = []

    async def drains() -> None:
        await jobs.stopping.wait()
        await asyncio.sleep(0)
        ended.append("drained")

    async def waits() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cut")

    async with nursery() as jobs:
        jobs.start("drains", drains)
        jobs.start("waits", waits, cut=True)
        await asyncio.sleep(0)
    assert sorted(ended) == ["cut", "drained"]


async def test_what_does_not_end_in_time_is_cancelled() -> None:
    async def stubborn() -> None:
        await asyncio.Event().wait()

    jobs = Nursery()
    jobs.start("stubborn", stubborn)
    await asyncio.sleep(0)
    await jobs.stop(grace_s=0.01)
    assert jobs.stopping.is_set()


async def test_one_turn_that_fails_leaves_the_others_alone() -> None:
    queue = Queue(
        [Row(1), Row(2, attempts=3), Row(3), Row(4, attempts=1)],
        {2: LookupError("words"), 4: Conflict()},
    )
    done, came, stopping = Bell(), Bell(), asyncio.Event()
    worker = queue.worker(done, stopping, came)
    while await worker.once():
        pass
    assert queue.handled == [1, 3]
    assert queue.failed == [(2, "LookupError", timedelta(seconds=16)), (4, "Conflict", timedelta())]
    assert done.count == 4


async def test_a_worker_sleeps_until_the_bell_and_stops() -> None:
    queue = Queue([])
    done, came, stopping = Bell(), Bell(), asyncio.Event()
    worker = queue.worker(done, stopping, came)
    async with nursery() as jobs:
        jobs.start("turns", worker.run)
        await asyncio.sleep(0)
        queue.waiting.append(Row(7))
        came.ring()
        await until(lambda: queue.handled == [7])
        stopping.set()
        came.ring()


def test_backoff_doubles_to_an_hour() -> None:
    waits = [backoff(n).total_seconds() for n in (-1, 0, 1, 5, 11, 50)]
    assert waits == [0, 2, 4, 64, 3600, 3600]


async def test_the_outbox_loop_sends_until_nothing_is_left() -> None:
    left, stopping, bell = [3, 2, 0, 1, 0], asyncio.Event(), Bell()

    async def send() -> int:
        if len(left) == 1:
            stopping.set()
        return left.pop(0)

    async def due() -> datetime | None:
        bell.ring()
        return NOW

    await send_loop(send, due, lambda: NOW, bell, stopping)
    assert left == []


def test_an_error_is_placed_without_its_words() -> None:
    try:
        backoff("x")  # type: ignore[arg-type]
    except TypeError as error:
        said = where(error)
    assert said.startswith("TypeError at bot/jobs.py:")
    assert where(Gone("words")) == "Gone"
