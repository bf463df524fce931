"""What is done from time to time beside the messages: erasures are finished, old things let go."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from bot.jobs import Bell
from planning.retention import Retention

_log = logging.getLogger(__name__)
_LOOK_S = 30.0
_FIRST, _EVERY = timedelta(minutes=10), timedelta(days=1)
"""Old things are let go of a while after the start, then once a day."""


class Keeper:
    """Finishes erasures within a minute, and once a day lets go of what is too old."""

    def __init__(
        self,
        finish: Callable[[datetime], Awaitable[int]],
        let_go: Callable[[Retention, datetime], Awaitable[Mapping[str, int]]],
        rules: Retention,
        now: Callable[[], datetime],
    ) -> None:
        """`finish` and `let_go` say how much they did; what is done twice must do no harm."""
        self._finish, self._let_go, self._rules, self._now = finish, let_go, rules, now
        self._next = now() + _FIRST

    async def run(self, bell: Bell, stopping: asyncio.Event) -> None:
        """Look every half minute until stopping, which rings the bell."""
        while not stopping.is_set():
            await bell.wait(bell.count, _LOOK_S)
            if not stopping.is_set():
                await self.once()

    async def once(self) -> None:
        """Do what is due."""
        now = self._now()
        if finished := await self._finish(now):
            _log.info("%d erasures finished", finished)
        if now >= self._next:
            self._next = now + _EVERY
            gone = await self._let_go(self._rules, now)
            if gone:
                _log.info("let go: %s", ", ".join(f"{n} {kind}" for kind, n in gone.items()))
