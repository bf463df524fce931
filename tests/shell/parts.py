"""Small real parts for the shell's tests: a server in a thread's loop, a channel that signs, a store."""

import asyncio
import hashlib
import hmac
import json
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
import uvicorn
from starlette.types import ASGIApp

from bot.channels.base import Capabilities, Delivery, Gone, Media, Method
from handlers.messages import IncomingMessage, MessageKind
from planning.reports import Channel

NOW = datetime(2025, 4, 1, 3, 0, tzinfo=UTC)
SECRET = b"tests-own-secret"


def sign(body: bytes) -> dict[str, str]:
    """The header that `SignedPort` believes."""
    return {"x-signature": hmac.new(SECRET, body, hashlib.sha256).hexdigest()}


class SignedPort:
    """A channel of the smallest kind: {"events": [{"id", "text"}]}, signed; it remembers deliveries."""

    channel = Channel.LINE
    capabilities = Capabilities(text_units=5000, buttons=13, label_graphemes=20, data_bytes=64)

    def __init__(self, media: Mapping[str, bytes] | None = None) -> None:
        self.delivered: list[Delivery] = []
        self.media = dict(media or {})
        self.opened = 0

    async def open(self) -> None:
        self.opened += 1

    async def close(self) -> None:
        self.opened = 0

    def authentic(self, headers: Mapping[str, str], body: bytes) -> bool:
        return hmac.compare_digest(headers.get("x-signature", ""), sign(body)["x-signature"])

    def parse(self, body: bytes, received_at: datetime) -> tuple[IncomingMessage, ...]:
        raw = json.loads(body)
        if not isinstance(raw, dict):
            raise ValueError("no object")
        return tuple(
            IncomingMessage(
                channel=self.channel, event_id=e["id"], kind=MessageKind.TEXT, text=e["text"],
                sent_at=received_at, user_id="u", chat_id="u",
            )
            for e in raw["events"]
        )  # fmt: skip

    async def cost(self, chat_id: str) -> int:
        return 1

    async def deliver(self, delivery: Delivery, method: Method) -> int:
        self.delivered.append(delivery)
        return 0

    async def fetch(self, media_id: str) -> Media:
        if media_id not in self.media:
            raise Gone
        return Media(data=self.media[media_id], media_type="image/jpeg")


class Inbox:
    """Stored messages; `broken` makes it refuse like a database that is away."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.broken = False

    async def store(self, items: Sequence[IncomingMessage]) -> int:
        await asyncio.sleep(0)
        if self.broken or any(i.text == "poison" for i in items):
            raise OSError("disk away")
        self.batches.append([i.text for i in items])
        return len(items)

    @property
    def texts(self) -> list[str]:
        return [text for batch in self.batches for text in batch]


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def served(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    """The application behind a real server on loopback, and a client for it."""
    port = free_port()
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_level="error", proxy_headers=False, lifespan="off"
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server._serve())
    while not server.started:  # noqa: ASYNC110  uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", trust_env=False
        ) as client:
            yield client
    finally:
        server.should_exit = True
        await task
