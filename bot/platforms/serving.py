"""Run an ASGI application on a free port of this machine, beside what runs already."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import uvicorn
from starlette.types import ASGIApp

_START_S = 20.0


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One message object that a bot sent. `buttons`: (label, data or address) of each.

    `method` is the call's name, `payload` what the platform was given for it.
    """

    chat_id: str = field(repr=False)
    method: str
    text: str = field(repr=False)
    at: datetime
    buttons: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    payload: dict[str, Any] = field(default_factory=dict, repr=False)


class Answers:
    """What was answered, in order, and by chat."""

    def __init__(self) -> None:
        self._all: list[Answer] = []
        self._by_chat: dict[str, list[Answer]] = {}

    def add(self, answer: Answer) -> None:
        """Keep one."""
        self._all.append(answer)
        self._by_chat.setdefault(answer.chat_id, []).append(answer)

    def of(self, chat_id: str) -> tuple[Answer, ...]:
        """All to one chat, in order."""
        return tuple(self._by_chat.get(chat_id, ()))

    def all(self) -> tuple[Answer, ...]:
        """All, in order."""
        return tuple(self._all)

    def chats(self) -> tuple[str, ...]:
        """The chats that were answered."""
        return tuple(self._by_chat)

    def __len__(self) -> int:
        return len(self._all)


def utc_now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


Clock = Callable[[], datetime]


@contextlib.contextmanager
def serving(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """Serve on loopback in a thread while inside; gives the base address. Port 0: any free one."""
    listener = socket.create_server(("127.0.0.1", port))
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            log_level="critical",
            access_log=False,
            ws="none",
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
    )
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    try:
        _await_start(server, thread)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(_START_S)
        listener.close()


def _await_start(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + _START_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError("the imitated platform did not start")
        time.sleep(0.01)
