"""Plays a message file against a running server, as LINE and Telegram would send it.

Deliveries that fail are sent again as the platforms do, so that a server that is restarted in the
middle loses nothing.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from bot.message_file import Happening, Part
from bot.platforms.line import (
    FakeLine,
    image_message,
    location_message,
    signature,
    text_message,
    webhook,
)
from bot.platforms.line import event as line_event
from bot.platforms.telegram import FakeTelegram, message_update

_LONGEST_PAUSE_S = 2.0
_QUIET_S = 6.0
_JPEG = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300" + "08" * 64 + "ffc0000b0800010001010111"
    "00ffc4001400010000000000000000000000000000000affc40014100100000000000000000000000000000000"
    "ffda0008010100003f0054bfffd9"
)
"""A made-up picture of one grey dot."""


@dataclass(frozen=True, kw_only=True)
class Play:
    """How to play. `rate`: events a second (0: as fast as the server takes them).

    `patience_s`: how long one event is tried again. Secrets "" leave their channel's events out.
    """

    server: str
    line_secret: str = field(default="", repr=False)
    telegram_secret: str = field(default="", repr=False)
    rate: float = 0.0
    patience_s: float = 60.0
    at_once: int = 16


@dataclass(kw_only=True)
class Tally:
    """What came of it. `sent` counts deliveries begun, `retried` the tries beyond the first.

    `answers` and `chats_answered` are None unless the platforms were served as well.
    """

    sent: int = 0
    accepted: int = 0
    refused: int = 0
    lost: int = 0
    retried: int = 0
    skipped: int = 0
    chats: int = 0
    answers: int | None = None
    chats_answered: int | None = None

    def to_json(self) -> dict[str, Any]:
        """The counts by name."""
        return asdict(self)


class Platforms:
    """Both imitated platforms behind one address."""

    def __init__(self) -> None:
        self.line, self.telegram = FakeLine(), FakeTelegram()
        self.app = Starlette(routes=[Mount("/", app=self._either)])

    async def _either(self, scope: Scope, receive: Receive, send: Send) -> None:
        ours = self.line if scope["path"].startswith("/v2/") else self.telegram
        await ours.app(scope, receive, send)

    @property
    def count(self) -> int:
        """Messages that were answered to anybody."""
        return len(self.line.answers) + len(self.telegram.answers)

    @property
    def chats(self) -> int:
        """Chats that were answered."""
        return len({*self.line.answers.chats()} | {*self.telegram.answers.chats()})


class Player:
    """Plays events once; `step` is called after each delivery."""

    def __init__(
        self,
        play: Play,
        platforms: Platforms | None = None,
        step: Callable[[], object] = lambda: None,
        quiet_s: float = _QUIET_S,
    ) -> None:
        self.tally, self._quiet_s = Tally(), quiet_s
        self._play, self._platforms, self._step = play, platforms, step
        self._tokens: dict[str, str] = {}

    async def run(self, first: Sequence[Happening], then: Sequence[Happening]) -> Tally:
        """Deliver all of `first`, then all of `then`; what came of it."""
        everybody = {(e.channel, e.user_id) for e in (*first, *then)}
        self.tally.chats = len(everybody)
        async with _client(self._play) as client:
            for events in (first, then):
                await self._all(client, events)
        if self._platforms:
            await self._hush(self._platforms)
        return self.tally

    async def _all(self, client: httpx.AsyncClient, events: Sequence[Happening]) -> None:
        todo = iter(events)
        began = asyncio.get_running_loop().time()
        started = 0

        async def deliver() -> None:
            nonlocal started
            for event in todo:
                number, started = started, started + 1
                if self._play.rate > 0:
                    due = began + number / self._play.rate
                    await asyncio.sleep(max(0.0, due - asyncio.get_running_loop().time()))
                await self._deliver(client, event)
                self._step()

        async with asyncio.TaskGroup() as group:
            for _ in range(self._play.at_once):
                group.create_task(deliver())

    async def _deliver(self, client: httpx.AsyncClient, event: Happening) -> None:
        made = self._made(event)
        if made is None:
            self.tally.skipped += 1
            return
        path, headers, body = made
        self.tally.sent += 1
        status = await self._insist(client, path, headers, body)
        if status is None:
            self.tally.lost += 1
        elif 200 <= status < 300:
            self.tally.accepted += 1
        else:
            self.tally.refused += 1

    async def _insist(
        self, client: httpx.AsyncClient, path: str, headers: dict[str, str], body: bytes
    ) -> int | None:
        """The final status; None when patience ended first. Only 5xx and silence are tried again."""
        loop = asyncio.get_running_loop()
        until, pause_s = loop.time() + self._play.patience_s, 0.1
        while True:
            try:
                answer = await client.post(path, content=body, headers=headers)
                if answer.status_code < 500:
                    return answer.status_code
            except httpx.TransportError:
                pass
            if loop.time() + pause_s > until:
                return None
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)
            self.tally.retried += 1

    def _made(self, event: Happening) -> tuple[str, dict[str, str], bytes] | None:
        """Path, headers and body of one delivery; None without the channel's secret."""
        json_type = {"content-type": "application/json"}
        if event.channel == "line" and self._play.line_secret:
            body = webhook([self._line(event)])
            signed = {"x-line-signature": signature(self._play.line_secret, body)}
            return "/line/webhook", json_type | signed, body
        if event.channel == "telegram" and self._play.telegram_secret:
            named = {"x-telegram-bot-api-secret-token": self._play.telegram_secret}
            body = json.dumps(self._telegram(event), ensure_ascii=False).encode()
            return "/telegram/webhook", json_type | named, body
        return None

    def _line(self, event: Happening) -> dict[str, Any]:
        name = f"{event.number:018d}"
        if event.part is Part.PHOTO:
            message = image_message(name)
            if self._platforms:
                self._platforms.line.put_media(name, _JPEG, "image/jpeg")
        elif event.position:
            message = location_message(name, *event.position)
        else:
            message = text_message(name, event.text)
        token, again = self._token(event)
        return line_event(
            "message", user_id=event.user_id, event_id=event.id, at=event.at,
            reply_token=token, redelivered=again, message=message,
        )  # fmt: skip

    def _token(self, event: Happening) -> tuple[str, bool]:
        """The event's reply token, the same in every delivery of it, and whether there was one before."""
        again = event.id in self._tokens
        if not again:
            fake = self._platforms.line if self._platforms else None
            made = fake.issue_token(event.user_id) if fake else f"{event.number:032x}"
            self._tokens[event.id] = made
        return self._tokens[event.id], again

    def _telegram(self, event: Happening) -> dict[str, Any]:
        more: dict[str, Any] = {"text": event.text}
        if event.part is Part.PHOTO:
            name = f"photo{event.number}"
            size = {"file_id": name, "file_unique_id": name, "width": 1, "height": 1,
                    "file_size": len(_JPEG)}  # fmt: skip
            more = {"photo": [size]}
            if self._platforms:
                self._platforms.telegram.put_file(name, f"photos/{name}.jpg", _JPEG)
        elif event.position:
            more = {"location": {"latitude": event.position[0], "longitude": event.position[1]}}
        return message_update(
            event.number, user_id=int(event.user_id), message_id=event.number % 2**31,
            at=event.at, **more,
        )  # fmt: skip

    async def _hush(self, platforms: Platforms) -> None:
        """Wait until nobody has been answered for a while, then count."""
        loop = asyncio.get_running_loop()
        seen, quiet_since = platforms.count, loop.time()
        end = loop.time() + max(self._play.patience_s, self._quiet_s)
        while loop.time() < end and loop.time() - quiet_since < self._quiet_s:
            await asyncio.sleep(0.2)
            if platforms.count != seen:
                seen, quiet_since = platforms.count, loop.time()
                end = loop.time() + max(self._play.patience_s, self._quiet_s)
        self.tally.answers, self.tally.chats_answered = platforms.count, platforms.chats


@asynccontextmanager
async def _client(play: Play) -> AsyncIterator[httpx.AsyncClient]:
    limits = httpx.Limits(max_connections=play.at_once)
    async with httpx.AsyncClient(
        base_url=play.server, limits=limits, timeout=10.0, trust_env=False
    ) as client:
        yield client
