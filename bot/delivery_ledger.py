"""Notes in the outbox from many deliveries at once; what comes together shares a commit."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from bot.delivery_ports import OutboxPort
from planning.errors import Conflict

Entry = Callable[[OutboxPort], Awaitable[None]]


class Ledger:
    """Writes entries in order while `run` is running."""

    def __init__(self, outbox: Callable[[], AbstractAsyncContextManager[OutboxPort]]) -> None:
        self._outbox = outbox
        self._waiting: asyncio.Queue[tuple[Entry, asyncio.Future[bool]]] = asyncio.Queue()

    async def write(self, entry: Entry) -> bool:
        """Return once the entry is committed: False when its row was not in the state for it."""
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((entry, done))
        return await done

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            batch = [await self._waiting.get()]
            while not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            async with self._outbox() as outbox:
                written = [(done, await _written(entry, outbox)) for entry, done in batch]
            for done, ok in written:
                if not done.done():
                    done.set_result(ok)


async def _written(entry: Entry, outbox: OutboxPort) -> bool:
    try:
        await entry(outbox)
    except Conflict:  # another process took the row after our lease ran out: it is left to it
        return False
    return True
