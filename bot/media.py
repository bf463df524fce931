"""Photos and voice messages: fetched at once, looked at one at a time, made safe, kept.

Several are fetched at the same time, but only one is unpacked or listened to, on a thread, with no
transaction open; so a crowd of photos costs time, not memory.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from bot.channels.base import ChannelPort, FetchFailed, Gone, NotReady, TooLarge
from bot.jobs import IDLE_S, Bell
from handlers.ports import Listener
from planning.reports import Channel

if TYPE_CHECKING:
    from bot.pictures import Picture

MOST_TRIES = 20
"""Asked again after 1 s, 2 s, 4 s … 5 minutes: most within the first minutes, for over an hour in all."""
_LONGEST_WAIT_S = 300.0
_AT_ONCE = 4
LOST, BROKEN, TOO_LARGE = "photo_lost", "photo_broken", "photo_too_large"
UNHEARD = "voice_unheard"
"""Names of the phrases that say why a photo or voice message is not kept."""


class Waiting(Protocol):
    """An attachment as far as the fetcher looks at it."""

    @property
    def id(self) -> int: ...  # noqa: D102
    @property
    def channel(self) -> Channel: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def media_id(self) -> str: ...  # noqa: D102
    @property
    def attempts(self) -> int: ...  # noqa: D102


Media = TypeVar("Media", bound=Waiting)


@dataclass(frozen=True, kw_only=True)
class MediaParts(Generic[Media]):
    """What the fetcher does, as functions.

    `photo` and `voice` keep what was fetched (of a voice, with the words heard: None where nobody
    listens); `refuse` notes why not, by the name of the phrase to tell the sender; `later` counts a
    try; `sweep` removes files that nothing needs, and says how many. `most_bytes` of one of them.
    """

    due: Callable[[], Awaitable[Sequence[Media]]]
    photo: "Callable[[Media, Picture], Awaitable[None]]"
    voice: Callable[[Media, bytes, str | None], Awaitable[None]]
    refuse: Callable[[Media, str], Awaitable[None]]
    later: Callable[[Media], Awaitable[None]]
    sweep: Callable[[], Awaitable[int]]
    channels: Mapping[Channel, ChannelPort]
    now: Callable[[], datetime]
    listener: Listener | None = None
    most_bytes: int = 10_000_000
    most_tries: int = MOST_TRIES


class MediaFetcher(Generic[Media]):
    """Fetches media soon after they were named; platforms do not keep them for long."""

    def __init__(self, parts: MediaParts[Media], bell: Bell, stopping: asyncio.Event) -> None:
        self._parts, self._bell, self._stopping = parts, bell, stopping
        self._not_before: dict[tuple[str, int], datetime] = {}
        self._hands = asyncio.Semaphore(_AT_ONCE)
        self._table = asyncio.Lock()

    async def run(self) -> None:
        """Fetch until stopping."""
        while not self._stopping.is_set():
            seen = self._bell.count
            if not await self.once() and not await self._parts.sweep():
                await self._bell.wait(seen, IDLE_S)

    async def once(self) -> int:
        """Try everything that is due once; how many were tried."""
        now = self._parts.now()
        due = [m for m in await self._parts.due() if self._not_before.get(_named(m), now) <= now]
        ends = await asyncio.gather(*map(self._take, due), return_exceptions=True)
        for failure in (end for end in ends if isinstance(end, BaseException)):
            raise failure
        return len(due)

    async def _take(self, media: Media) -> None:
        async with self._hands:  # until it is kept, so that only a few lie in memory
            await self._take_in_hand(media)

    async def _take_in_hand(self, media: Media) -> None:
        # whatever goes wrong with this one, the others have their turn before it is tried again
        self._put_off(media, _LONGEST_WAIT_S)
        try:
            data = await self._fetch(media)
        except TooLarge:
            await self._parts.refuse(media, TOO_LARGE if media.kind == "photo" else UNHEARD)
        except Gone:
            await self._parts.refuse(media, LOST if media.kind == "photo" else UNHEARD)
        except FetchFailed:
            self._put_off(media, min(2.0**media.attempts, _LONGEST_WAIT_S))
            await self._parts.later(media)
            return
        else:
            async with self._table:
                await self._keep(media, data)
        self._not_before.pop(_named(media), None)

    def _put_off(self, media: Media, seconds: float) -> None:
        self._not_before[_named(media)] = self._parts.now() + timedelta(seconds=seconds)

    async def _fetch(self, media: Media) -> bytes:
        if media.attempts >= self._parts.most_tries:
            raise Gone
        port = self._parts.channels.get(media.channel)
        if port is None:
            raise NotReady
        return (await port.fetch(media.media_id)).data

    async def _keep(self, media: Media, data: bytes) -> None:
        if media.kind == "voice":
            await self._keep_voice(media, data)
        elif len(data) > self._parts.most_bytes:
            await self._parts.refuse(media, TOO_LARGE)
        else:
            drawn = await asyncio.to_thread(_drawn, data)
            if isinstance(drawn, str):
                await self._parts.refuse(media, drawn)
            else:
                await self._parts.photo(media, drawn)

    async def _keep_voice(self, media: Media, data: bytes) -> None:
        listener = self._parts.listener
        if len(data) > self._parts.most_bytes or not is_sound(data):
            await self._parts.refuse(media, UNHEARD)
        elif listener is None:
            await self._parts.voice(media, data, None)
        else:
            words = await asyncio.to_thread(listener.hear, data)
            await self._parts.voice(media, data, " ".join(words.split()))


def _named(media: Waiting) -> tuple[str, int]:
    """Media of one kind have numbers of their own."""
    return type(media).__name__, media.id


def _drawn(data: bytes) -> "Picture | str":
    """The photo drawn anew, or the name of the phrase that says why not."""
    from bot.pictures import PictureRefused, Refusal, safe_picture

    phrases = {Refusal.HEIC: "photo_heic", Refusal.TOO_LARGE: TOO_LARGE}
    try:
        return safe_picture(data)
    except PictureRefused as refused:
        return phrases.get(refused.why, BROKEN)


def is_sound(data: bytes) -> bool:
    """Whether the first bytes are those of a voice message: m4a, ogg, mp3, amr, wav or webm."""
    return (
        data[4:8] == b"ftyp"
        or data[:4] in (b"OggS", b"\x1aE\xdf\xa3", b"#!AM")
        or data[:3] == b"ID3"
        or (data[:4] == b"RIFF" and data[8:12] == b"WAVE")
        or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0)
    )
