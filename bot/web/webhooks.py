"""The platforms' doors: authentic, read, stored, and only then 200."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from starlette.types import Receive, Scope, Send

from bot.channels.base import ChannelPort
from bot.web.bodies import Disconnected, TooLarge, answer, read_body
from bot.web.intake import IntakeFailed
from handlers.messages import IncomingMessage

BODY_LIMIT = 1_048_576
"""Bytes of one webhook body."""

Take = Callable[[Sequence[IncomingMessage], datetime], Awaitable[None]]
"""Stores messages received at a time; returns after the commit, raises `IntakeFailed`."""

_log = logging.getLogger(__name__)


class Webhook:
    """ASGI endpoint of one platform. A channel that is not configured answers 404."""

    def __init__(self, port: ChannelPort | None, take: Take, now: Callable[[], datetime]) -> None:
        self._port, self._take, self._now = port, take, now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request: 200 stored, 400 not JSON, 401 not the platform's, 413, 503 not stored."""
        if self._port is None:
            await answer(send, 404)
            return
        try:
            body = await read_body(scope, receive, BODY_LIMIT)
        except TooLarge:
            await answer(send, 413)
            return
        except Disconnected:
            return
        await answer(send, await self._receive(self._port, scope, body))

    async def _receive(self, port: ChannelPort, scope: Scope, body: bytes) -> int:
        headers = {k.decode("latin-1"): v.decode("latin-1") for k, v in scope["headers"]}
        if not port.authentic(headers, body):
            return 401
        now = self._now()
        try:
            messages = port.parse(body, now)
        except ValueError:
            return 400
        try:
            await self._take([clean(m) for m in messages], now)
        except IntakeFailed:
            return 503
        return 200


def clean(message: IncomingMessage) -> IncomingMessage:
    """The message without what no database stores: NUL and halves of surrogate pairs."""
    fields = ("event_id", "user_id", "chat_id", "text", "button", "media_id", "message_id")
    bad: dict[str, Any] = {
        f: fixed for f in fields if (fixed := _storable(getattr(message, f))) is not None
    }
    return replace(message, **bad) if bad else message


def _storable(text: str) -> str | None:
    """A text that can be stored, or None where `text` is one already."""
    if "\0" not in text and text.isascii():
        return None
    fixed = text.replace("\0", "").encode("utf-8", "replace").decode()
    return fixed if fixed != text else None
