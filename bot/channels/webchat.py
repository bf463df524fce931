"""Web chat: the page of `--webchat` and the demo as a channel. In memory, for one process.

What the page posts: `{"id", "user", "text" | "button" | "lat" and "lon"}`, or `{"events": [...]}` of those;
`id` is unique a message, `user` who one plays. `sent_at` in ms since 1970 is optional. What it gets back are
`Shown` messages, live by `subscribe` and from before by `history`.
"""

import asyncio
import hmac
import secrets
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.channels.base import Capabilities, Delivery, FileDesk, Gone, Media, Method
from bot.channels.reading import json_object, moment, name_of, position, stable_id, words
from handlers.messages import Button, FileRef, IncomingMessage, MessageKind, Reply
from planning.reports import Channel

KEY_HEADER = "x-webchat-key"
_REMEMBERED = 200
_WAITING = 100
_CAPABILITIES = Capabilities(
    text_units=20_000, buttons=13, label_graphemes=60, data_bytes=64, file_out=True
)


@dataclass(frozen=True, kw_only=True)
class Link:
    """A file on offer. `picture` is the address of its first page's picture, or ""."""

    name: str
    url: str = field(repr=False)
    picture: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One message for the page. `number` counts up within the chat."""

    number: int
    text: str = field(repr=False)
    buttons: tuple[Button, ...] = ()
    ask_location: bool = False
    links: tuple[Link, ...] = ()


class WebChannel:
    """Web chat as a channel.

    The page proves itself with `key` (made anew at each start), so that no other page open in the same
    browser can write here.
    """

    channel = Channel.WEBCHAT
    capabilities = _CAPABILITIES

    def __init__(self, *, desk: FileDesk, key: str = "") -> None:
        self._desk = desk
        self.key = key or secrets.token_urlsafe(24)
        self._chats: dict[str, deque[Shown]] = {}
        self._queues: dict[str, set[asyncio.Queue[Shown]]] = {}

    async def open(self) -> None:
        """Nothing to open."""

    async def close(self) -> None:
        """Nothing to close."""

    def authentic(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the page's key came with the body."""
        given = next((v for k, v in headers.items() if k.lower() == KEY_HEADER), "")
        return hmac.compare_digest(self.key.encode(), given.encode("utf-8", "replace"))

    def parse(self, body: bytes, received_at: datetime) -> tuple[IncomingMessage, ...]:
        """Every message of a body. Raises `ValueError` when the body is no JSON object."""
        raw = json_object(body)
        events = raw.get("events", [raw])
        return tuple(
            _read(event, received_at)
            for event in (events if isinstance(events, list) else [events])
        )

    async def cost(self, chat_id: str) -> int:
        """Always 0."""
        return 0

    async def deliver(self, delivery: Delivery, method: Method) -> int:
        """Show the replies to whoever has the chat open, and keep the last 200 of a chat; 0."""
        kept = self._chats.setdefault(delivery.chat_id, deque(maxlen=_REMEMBERED))
        for reply in delivery.replies:
            shown = self._shown(reply, kept[-1].number + 1 if kept else 1)
            kept.append(shown)
            for queue in self._queues.get(delivery.chat_id, ()):
                _put(queue, shown)
        return 0

    async def fetch(self, media_id: str) -> Media:
        """The page sends no media: always `Gone`."""
        raise Gone("web chat has no media")

    def history(self, chat_id: str, after: int = 0) -> tuple[Shown, ...]:
        """The kept messages of a chat with a number above `after`."""
        return tuple(s for s in self._chats.get(chat_id, ()) if s.number > after)

    @asynccontextmanager
    async def subscribe(self, chat_id: str) -> AsyncIterator[asyncio.Queue[Shown]]:
        """A queue of what is shown from now on. A reader 100 messages behind loses the oldest:
        a gap in `number` says so, and `history` fills it.
        """
        queue: asyncio.Queue[Shown] = asyncio.Queue(_WAITING)
        self._queues.setdefault(chat_id, set()).add(queue)
        try:
            yield queue
        finally:
            self._queues[chat_id].discard(queue)
            if not self._queues[chat_id]:
                del self._queues[chat_id]

    def _shown(self, reply: Reply, number: int) -> Shown:
        return Shown(
            number=number,
            text=reply.text,
            buttons=reply.buttons,
            ask_location=reply.ask_location,
            links=tuple(
                Link(
                    name=f.name,
                    url=self._desk.link(f.file_id, f.name, f.media_type),
                    picture=self._picture(f),
                )
                for f in reply.files
            ),
        )

    def _picture(self, file: FileRef) -> str:
        if file.is_picture:
            return self._desk.link(file.picture_id or file.file_id, file.name, file.media_type)
        if not file.picture_id:
            return ""
        return self._desk.link(file.picture_id, f"{file.name}.png", "image/png")


def _put(queue: "asyncio.Queue[Shown]", shown: Shown) -> None:
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(shown)


def _read(event: object, received_at: datetime) -> IncomingMessage:
    user = name_of(event, "user")
    base = IncomingMessage(
        channel=Channel.WEBCHAT,
        event_id=name_of(event, "id") or stable_id(event),
        kind=MessageKind.UNKNOWN,
        sent_at=moment(event, "sent_at", 1000, received_at),
        user_id=user,
        chat_id=user,
    )
    if button := words(event, "button"):
        return replace(base, kind=MessageKind.BUTTON, button=button)
    if place := position(event, "lat", "lon"):
        return replace(base, kind=MessageKind.LOCATION, lat=place[0], lon=place[1])
    if text := words(event, "text"):
        return replace(base, kind=MessageKind.TEXT, text=text)
    return base
