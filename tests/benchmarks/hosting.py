"""The imitated platforms in the load's own loop, and waiting for what they are told."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.platforms.serving import Answers

_LOOK_S = 0.002


@asynccontextmanager
async def hosted(app: ASGIApp) -> AsyncIterator[str]:
    """The application's address on loopback while inside."""
    config = uvicorn.Config(
        app, port=0, log_config=None, log_level="critical", access_log=False, lifespan="off",
        ws="none", timeout_graceful_shutdown=1,
    )  # fmt: skip
    server = uvicorn.Server(config)
    async with asyncio.TaskGroup() as group:
        group.create_task(server._serve())
        while not server.started:  # noqa: ASYNC110  it has no event for that
            await asyncio.sleep(_LOOK_S)
        try:
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        finally:
            server.should_exit = True


class Waiting:
    """Waits for each of some chats to be told something new."""

    def __init__(self, answers: Answers, chats: Iterable[str]) -> None:
        self._answers = answers
        self._before = {chat: len(answers.of(chat)) for chat in chats}

    @property
    def left(self) -> int:
        """How many have heard nothing new yet."""
        return len(self._before)

    async def all(self, seconds: float) -> None:
        """Return when all have, or after so many seconds."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self._before and loop.time() < end:
            heard = [c for c, count in self._before.items() if len(self._answers.of(c)) > count]
            for chat in heard:
                del self._before[chat]
            if self._before:
                await asyncio.sleep(_LOOK_S)
