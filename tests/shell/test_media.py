"""Media: fetched soon, several at a time, looked at one by one; what fails holds nobody up."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from bot.channels.base import Media, NotReady
from bot.jobs import Bell, nursery
from bot.media import MediaFetcher, MediaParts, is_sound
from bot.pictures import Picture
from planning.reports import Channel
from tests.pictures import photo, png_of
from tests.shell.parts import NOW, SignedPort

VOICE = b"\x00\x00\x00\x1cftypM4A " + b"sound" * 20


@dataclass(frozen=True)
class Shot:
    """An attachment."""

    id: int
    media_id: str
    attempts: int = 0
    kind: str = "photo"
    channel: Channel = Channel.LINE


class Album:
    """Attachments and what became of them. `broken` cannot be kept."""

    def __init__(self, *shots: Shot, broken: int = 0) -> None:
        self.waiting = {s.id: s for s in shots}
        self.photos: dict[int, Picture] = {}
        self.voices: dict[int, str | None] = {}
        self.refused: dict[int, str] = {}
        self.broken, self.swept, self.clock = broken, 0, NOW

    async def due(self) -> Sequence[Shot]:
        return list(self.waiting.values())

    async def photo(self, shot: Shot, made: Picture) -> None:
        if shot.id == self.broken:
            raise OSError("disk full")
        self.photos[shot.id] = made
        del self.waiting[shot.id]

    async def voice(self, shot: Shot, sound: bytes, heard: str | None) -> None:
        self.voices[shot.id] = heard
        del self.waiting[shot.id]

    async def refuse(self, shot: Shot, remark: str) -> None:
        self.refused[shot.id] = remark
        del self.waiting[shot.id]

    async def later(self, shot: Shot) -> None:
        self.waiting[shot.id] = replace(shot, attempts=shot.attempts + 1)

    async def sweep(self) -> int:
        self.swept += 1
        return 0

    def now(self) -> datetime:
        return self.clock

    def fetcher(
        self, port: SignedPort, listener: "Ears | None" = None, bell: Bell | None = None,
        stopping: asyncio.Event | None = None,
    ) -> MediaFetcher[Shot]:  # fmt: skip
        parts = MediaParts(
            due=self.due, photo=self.photo, voice=self.voice, refuse=self.refuse, later=self.later,
            sweep=self.sweep, channels={Channel.LINE: port}, now=self.now, listener=listener,
            most_bytes=200_000,
        )  # fmt: skip
        return MediaFetcher(parts, bell or Bell(), stopping or asyncio.Event())


class Ears:
    """Hears the same words in every sound, and in how many at once at most."""

    def __init__(self) -> None:
        self.at_once, self.most, self._lock = 0, 0, threading.Lock()

    def hear(self, sound: bytes) -> str:
        with self._lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        threading.Event().wait(0.01)
        with self._lock:
            self.at_once -= 1
        return " น้ำไม่ไหล  สามวันแล้ว\n"


class Slow(SignedPort):
    """Media that are ready at the third asking."""

    def __init__(self, **media: bytes) -> None:
        super().__init__(media)
        self.asked: list[str] = []

    async def fetch(self, media_id: str) -> Media:
        self.asked.append(media_id)
        if self.asked.count(media_id) < 3 and media_id in self.media:
            raise NotReady
        return await super().fetch(media_id)


async def test_photos_are_kept_asked_again_or_given_up() -> None:
    elsewhere = Shot(4, "good", channel=Channel.TELEGRAM)
    album = Album(Shot(1, "good"), Shot(2, "never"), Shot(3, "good", attempts=20), elsewhere)
    fetcher = album.fetcher(Slow(good=photo()))
    assert await fetcher.once() == 4
    assert (album.photos, album.refused) == ({}, {2: "photo_lost", 3: "photo_lost"})
    assert await fetcher.once() == 0
    album.clock += timedelta(seconds=1)
    assert await fetcher.once() == 2
    album.clock += timedelta(seconds=1)
    assert await fetcher.once() == 0
    album.clock += timedelta(seconds=1)
    assert await fetcher.once() == 2
    assert list(album.photos) == [1]
    assert album.waiting == {4: replace(elsewhere, attempts=3)}


async def test_what_cannot_be_kept_is_refused_by_a_phrase_that_helps() -> None:
    album = Album(*(Shot(n, name) for n, name in enumerate(["zip", "heic", "wide", "long"], 1)))
    port = SignedPort(
        {
            "zip": b"PK\x03\x04",
            "heic": b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40,
            "wide": png_of(30_000, 30_000),
            "long": photo() + b"\x00" * 200_000,
        }
    )
    await album.fetcher(port).once()
    assert album.refused == {
        1: "photo_broken", 2: "photo_heic", 3: "photo_too_large", 4: "photo_too_large",
    }  # fmt: skip


async def test_one_that_cannot_be_kept_holds_up_no_other() -> None:
    album = Album(Shot(1, "good"), Shot(2, "good"), broken=1)
    fetcher = album.fetcher(SignedPort({"good": photo()}))
    with pytest.raises(OSError, match="disk full"):
        await fetcher.once()
    album.waiting[3] = Shot(3, "good")
    assert await fetcher.once() == 1
    assert set(album.photos) == {2, 3}
    assert list(album.waiting) == [1]


async def test_voices_are_heard_one_at_a_time_where_somebody_listens() -> None:
    ears = Ears()
    album = Album(*(Shot(n, "voice", kind="voice") for n in range(1, 5)))
    port = SignedPort({"voice": VOICE})
    await album.fetcher(port, ears).once()
    assert set(album.voices.values()) == {"น้ำไม่ไหล สามวันแล้ว"}
    assert ears.most == 1
    album.waiting = {9: Shot(9, "voice", kind="voice"), 10: Shot(10, "no", kind="voice")}
    await album.fetcher(port).once()
    assert album.voices[9] is None
    assert album.refused == {10: "voice_unheard"}


def test_sounds_are_known_by_their_first_bytes() -> None:
    assert (
        is_sound(VOICE) and is_sound(b"OggS....") and is_sound(b"ID3.") and is_sound(b"\xff\xfb..")
    )
    assert not is_sound(b"") and not is_sound(b"PK\x03\x04 zip file") and not is_sound(photo())


async def test_a_ring_fetches_at_once() -> None:
    album, bell, stopping = Album(), Bell(), asyncio.Event()
    fetcher = album.fetcher(SignedPort({"good": photo()}), bell=bell, stopping=stopping)
    async with nursery() as jobs:
        jobs.start("media", fetcher.run)
        await asyncio.sleep(0)
        album.waiting[1] = Shot(1, "good")
        began = asyncio.get_running_loop().time()
        bell.ring()
        while not album.photos:  # noqa: ASYNC110  a test looks from outside
            await asyncio.sleep(0.01)
        assert asyncio.get_running_loop().time() - began < 0.9
        assert album.swept > 0
        stopping.set()
        bell.ring()
