"""Durable intake with group commit: webhooks that come together share one transaction.

While one batch is being committed the next gathers by itself; nobody waits on a timer.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from planning.errors import PrachakhomError

Item = TypeVar("Item")
_log = logging.getLogger(__name__)
_MOST_REQUESTS = 500
"""In one transaction, so that a flood cannot make the first of it wait for all."""


class IntakeFailed(PrachakhomError):
    """The items are not stored; the platform must send them again."""


class GroupIntake(Generic[Item]):
    """Gathers what webhooks bring and writes it; `run` must be running for `add` to return.

    `store` writes all or nothing and returns how many were new.
    """

    def __init__(self, store: Callable[[Sequence[Item]], Awaitable[int]]) -> None:
        self._store = store
        self._waiting: list[tuple[Sequence[Item], asyncio.Future[None]]] = []
        self._wake = asyncio.Event()
        self._closed = False

    async def add(self, items: Sequence[Item]) -> None:
        """Return once `items` are committed; raises `IntakeFailed` when they are not."""
        if not items:
            return
        if self._closed:
            raise IntakeFailed("closed")
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((items, done))
        self._wake.set()
        await done

    async def run(self) -> None:
        """Write batches until `close`; what was added before it is still written."""
        while not (self._closed and not self._waiting):
            await self._wake.wait()
            self._wake.clear()
            await asyncio.sleep(0)  # those that the loop has read already come along
            while self._waiting:
                batch = self._waiting[:_MOST_REQUESTS]
                del self._waiting[:_MOST_REQUESTS]
                await self._flush(batch)

    def close(self) -> None:
        """Take nothing more and let `run` end."""
        self._closed = True
        self._wake.set()

    async def _flush(self, batch: list[tuple[Sequence[Item], asyncio.Future[None]]]) -> None:
        try:
            await self._store([item for items, _ in batch for item in items])
        # One webhook: whatever the database says, its senders must hear «not stored» and send again.
        except Exception as error:
            _log.warning("inbox write failed: %s", type(error).__name__)
            await self._apart(batch, error)
            return
        for _, done in batch:
            if not done.done():
                done.set_result(None)

    async def _apart(
        self, batch: list[tuple[Sequence[Item], asyncio.Future[None]]], error: Exception
    ) -> None:
        """One request that cannot be written must not take its neighbours along."""
        if len(batch) > 1:
            for one in batch:
                await self._flush([one])
        elif not batch[0][1].done():
            batch[0][1].set_exception(IntakeFailed(type(error).__name__))
