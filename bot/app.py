"""The one composition root: settings in, a running Prachakhom out. Tests give other parts to the same."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette

from bot.channels.base import ChannelPort, Quota
from bot.channels.telegram import TelegramChannel
from bot.channels.webchat import WebChannel
from bot.config import PREFIX, Settings, SettingsMistake, clear
from bot.delivery import Sender
from bot.delivery_ports import OutboxPort, Rules
from bot.helping import HelpingParts, HelpingWork
from bot.jobs import Bell, Nursery, TurnParts, TurnWorker, send_loop
from bot.keeping import Keeper
from bot.media import MediaFetcher, MediaParts
from bot.ports import LazyDocuments, channel_ports, check_in_link, private_link, read_sheet
from bot.speech import listener_of
from bot.web.intake import GroupIntake
from bot.web.links import LinkDesk, PageDesk
from bot.web.site import WebParts, make_web
from bot.web.webchat import ChatPerson, PageChannel, WebChat
from handlers.album import Photo, PhotoAlbum
from handlers.erasing import finish_erasures
from handlers.freezing import tell_due
from handlers.helped_lists import drop_lists
from handlers.helper_news import send_helper_news
from handlers.intake import new_items
from handlers.keeping import let_go
from handlers.lazy_reader import LazyReader
from handlers.messages import IncomingMessage
from handlers.places import AreaBook
from handlers.ports import DocumentMaker, Listener, Reader
from handlers.quota import after_pushes, note_told
from handlers.settings import TurnSettings
from handlers.turn import TurnService
from planning.reports import Channel
from storage.database import Database, default_url, migrate
from storage.files import FileStore, owner_only_folder
from storage.keys import KeyRefused, Keys
from storage.values import InboxItem, Media, NewInboxItem

if TYPE_CHECKING:
    from bot.pictures import Picture

_TURN_LEASE = timedelta(minutes=2)
_LONGEST_GATHERING = timedelta(seconds=20)
_SENDERS = 2
"""Outbox loops side by side, so that one slow platform does not hold up the other."""


def utc_now() -> datetime:
    """The clock of everything that is not a test."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What even a listing needs: settings, keys, the database (migrated) and the kept files.

    `alone`: no other process works on this database (SQLite).
    """

    settings: Settings
    keys: Keys
    database: Database
    files: FileStore
    now: Callable[[], datetime]
    alone: bool


@asynccontextmanager
async def ground(
    settings: Settings, now: Callable[[], datetime] = utc_now
) -> AsyncIterator[Ground]:
    """Open and migrate. Raises `SettingsMistake` where a folder, key or database cannot be used."""
    folder = settings.data_dir.expanduser()
    try:
        url = clear(settings.database_url) or default_url(folder)
        owner_only_folder(folder)
        files = FileStore(folder / "files")
        keys = Keys.load_or_create(folder / "prachakhom.key")
    except KeyRefused as error:
        raise SettingsMistake(f"{PREFIX}DATA_DIR: {error}") from None
    except OSError as error:
        raise SettingsMistake(f"{PREFIX}DATA_DIR: cannot be used ({error.strerror})") from None
    database = await _opened(url, keys)
    try:
        yield Ground(
            settings=settings, keys=keys, database=database, files=files, now=now,
            alone=url.startswith("sqlite"),
        )  # fmt: skip
    finally:
        await database.close()


async def _opened(url: str, keys: Keys) -> Database:
    try:
        await migrate(url)
        return await Database.open(url, keys)
    except (OSError, ValueError, SQLAlchemyError) as error:
        why = type(error).__name__
        raise SettingsMistake(f"{PREFIX}DATABASE_URL: cannot be opened ({why})") from None


@dataclass(frozen=True, kw_only=True)
class App:
    """Everything joined together and not yet running; `run` starts the work beside the web."""

    ground: Ground
    reader: LazyReader
    desk: LinkDesk
    channels: Mapping[Channel, ChannelPort]
    sender: Sender
    turns: TurnService
    intake: GroupIntake[NewInboxItem]
    jobs: Nursery
    came: Bell
    said: Bell
    shown: Bell
    listener: Listener | None = None
    people: tuple[ChatPerson, ...] = ()

    async def take(self, messages: Sequence[IncomingMessage], at: datetime) -> None:
        """Store messages received at a time; returns after the commit."""
        await self.intake.add(new_items(messages, at, self.reader))

    def web(self) -> Starlette:
        """The web application over these parts."""
        page = self.channels.get(Channel.WEBCHAT)
        now, files = self.ground.now, self.ground.files
        chat = None
        if isinstance(page, WebChannel):
            chat = WebChat(
                people=self.people, take=self.take, letters=page, keep=files.put, now=now
            )
        telegram = self.channels.get(Channel.TELEGRAM)
        hooked = self.ground.settings.telegram_secret is not None
        parts = WebParts(
            take=self.take, ready=self.ready, open_file=self.desk.open, now=now,
            line=self.channels.get(Channel.LINE), telegram=telegram if hooked else None, chat=chat,
        )  # fmt: skip
        return make_web(parts)

    async def ready(self) -> dict[str, bool]:
        """Each thing that must hold before traffic should come."""
        held = {"database": False, "workers": all(self.jobs.alive().values())}
        with suppress(OSError, SQLAlchemyError, RuntimeError, TimeoutError):
            async with asyncio.timeout(5):
                await self.ground.database.check()
            held["database"] = True
        return held | {"reader": self.reader.loaded}

    async def turn_once(self) -> bool:
        """One turn of whoever is ready; whether there was one."""
        return await self._worker().once()

    def _worker(self) -> TurnWorker[InboxItem]:
        parts = TurnParts(
            claim=self._claim, handle=self.turns.handle, failed=self._failed,
            ready_at=self._ready_at, now=self.ground.now,
        )  # fmt: skip
        return TurnWorker(parts, self.came, self.said, self.jobs.stopping)

    @property
    def _wait(self) -> timedelta:
        return timedelta(seconds=self.ground.settings.answer_wait_seconds)

    async def _claim(self, now: datetime) -> tuple[InboxItem, ...]:
        longest = max(_LONGEST_GATHERING, self._wait)
        async with self.ground.database.write() as uow:
            return await uow.inbox.claim(now, _TURN_LEASE, self._wait, longest)

    async def _failed(self, ids: Sequence[int], error: str, retry_at: datetime) -> None:
        async with self.ground.database.write() as uow:
            await uow.inbox.mark_failed(ids, error, retry_at)

    async def _ready_at(self) -> datetime | None:
        async with self.ground.database.read() as uow:
            return await uow.inbox.next_ready_at(self._wait)

    async def _next_try_at(self) -> datetime | None:
        async with self.ground.database.read() as uow:
            return await uow.outbox.next_try_at()

    async def _send(self) -> int:
        return 0 if await self._next_try_at() is None else await self.sender.run_once()

    def run(self) -> None:
        """Start every job; `jobs.stop` ends them."""
        jobs, stopping, now = self.jobs, self.jobs.stopping, self.ground.now
        for wake in (self.came.ring, self.said.ring, self.shown.ring, self.intake.close):
            jobs.when_stopping(wake)
        jobs.start("intake", self.intake.run)
        for number in range(self.ground.settings.turn_workers):
            jobs.start(f"turns-{number}", self._worker().run)
        for number in range(_SENDERS):
            jobs.start(
                f"outbox-{number}",
                lambda: send_loop(self._send, self._next_try_at, now, self.said, stopping),
            )
        jobs.start("helping", HelpingWork(_helping(self), self.shown, stopping).run)
        jobs.start("media", MediaFetcher(_media(self), self.shown, stopping).run)
        jobs.start("warm", self._warm)
        keeping = Bell()
        jobs.when_stopping(keeping.ring)
        jobs.start("keeping", lambda: self._keeper().run(keeping, stopping))
        telegram = self.channels.get(Channel.TELEGRAM)
        if isinstance(telegram, TelegramChannel) and self.ground.settings.polling:
            jobs.start("telegram", lambda: telegram.poll(self._polled), cut=True)

    def _keeper(self) -> Keeper:
        database, files = self.ground.database, self.ground.files
        finish = partial(finish_erasures, database, files)
        go = partial(let_go, database, files)
        return Keeper(finish, go, self.ground.settings.retention, self.ground.now)

    async def _warm(self) -> None:
        """Load what the first answer would wait for, with the port open already."""
        await asyncio.to_thread(self.reader.load)
        for port in self.channels.values():
            await port.open()

    async def _polled(self, bodies: tuple[bytes, ...]) -> None:
        at, port = self.ground.now(), self.channels[Channel.TELEGRAM]
        await self.take([m for body in bodies for m in port.parse(body, at)], at)

    async def recover(self) -> int:
        """Settle what a crash left half done; how many messages were on the wire.

        Only where no other process works on the database: theirs would look just the same.
        """
        if not self.ground.alone:
            return 0
        async with self.ground.database.write() as uow:
            await uow.inbox.release_leases()
        return await self.sender.recover()


@asynccontextmanager
async def build(
    settings: Settings,
    *,
    now: Callable[[], datetime] = utc_now,
    reader: Reader | None = None,
    documents: DocumentMaker | None = None,
    people: tuple[ChatPerson, ...] = (),
    channels: Mapping[Channel, ChannelPort] | None = None,
    listener: Listener | None = None,
) -> AsyncIterator[App]:
    """Everything made and joined; tests and the demo give other parts. `people` opens the web chat."""
    async with ground(settings, now) as base:
        life = timedelta(hours=settings.file_link_hours)
        desk = LinkDesk(base.files, base.keys, settings.file_base, life, now)
        ports = dict(channel_ports(settings, desk) if channels is None else channels)
        if people:
            ports[Channel.WEBCHAT] = PageChannel(PageDesk(desk))
        lazy = LazyReader((lambda: reader) if reader else _reader)
        hears = listener or listener_of(settings)
        app = _joined(base, lazy, documents or LazyDocuments(), desk, ports, people, hears)
        try:
            yield app
        finally:
            await app.jobs.stop()
            for port in ports.values():
                await port.close()


def _joined(
    base: Ground, reader: LazyReader, documents: DocumentMaker, desk: LinkDesk,
    ports: Mapping[Channel, ChannelPort], people: tuple[ChatPerson, ...], listener: Listener | None,
) -> App:  # fmt: skip
    came, shown, settings = Bell(), Bell(), base.settings
    how = replace(turn_settings(settings), hears=listener is not None)

    async def store(items: Sequence[NewInboxItem]) -> int:
        async with base.database.write() as uow:
            new = await uow.inbox.add(items)
        # what may wait for a burst's rest is found by the workers' own looking, a wait later at most
        if new and (settings.answer_wait_seconds < 1 or any(i.immediate for i in items)):
            came.ring()
        return new

    return App(
        ground=base,
        reader=reader,
        desk=desk,
        channels=ports,
        people=people,
        sender=_sender(base, ports),
        turns=TurnService(base.database, reader, documents, base.files, how, shown.ring),
        intake=GroupIntake(store),
        jobs=Nursery(),
        came=came,
        said=Bell(),
        shown=shown,
        listener=listener,
    )


def turn_settings(settings: Settings) -> TurnSettings:
    """What turns are told of the settings."""
    return TurnSettings(
        burst=timedelta(seconds=settings.burst_seconds), tone=settings.tone,
        contacts=settings.contacts,
        done_asks=settings.done_asks, rejected_return=settings.rejected_return,
        line_month_limit=settings.line_month_limit,
        line_reserve=settings.line_reserve, survey_rows=settings.survey_rows,
        digest=settings.digest,
        private_link=private_link(settings), check_in_link=check_in_link(settings),
        forum_quorum_percent=settings.forum_quorum_percent, forum_vote_by=settings.forum_vote_by,
    )  # fmt: skip


def _sender(base: Ground, ports: Mapping[Channel, ChannelPort]) -> Sender:
    @asynccontextmanager
    async def outbox() -> AsyncIterator[OutboxPort]:
        async with base.database.write() as uow:
            yield uow.outbox

    async def unreachable(channel: Channel, chat_id: str) -> None:
        async with base.database.write() as uow:
            await uow.people.set_reachable(channel, chat_id, False)

    async def told(quota: Quota) -> None:
        await note_told(base.database, quota.limit, quota.used, base.now())

    async def spent(used: int, limit: int) -> None:
        await after_pushes(base.database, turn_settings(base.settings), used, limit, base.now())

    rules = Rules(
        line_month_limit=base.settings.line_month_limit,
        line_reserve=base.settings.line_reserve,
        gather=timedelta(seconds=base.settings.line_gather_seconds),
        carry=timedelta(days=base.settings.line_carry_days),
    )
    return Sender(
        outbox=outbox, channels=ports, clock=base.now, unreachable=unreachable,
        told=told, spent=spent, rules=rules,
    )  # fmt: skip


def _helping(app: App) -> HelpingParts:
    base, how = app.ground, turn_settings(app.ground.settings)
    desk, digests = app.turns.survey_desk(read_sheet), app.turns.digest_desk()
    life = timedelta(hours=base.settings.file_link_hours)

    async def news(at: datetime) -> None:
        await send_helper_news(base.database, how, at)

    async def lists(at: datetime) -> None:
        await drop_lists(base.database, base.files, at - life)
        carried = timedelta(days=base.settings.line_carry_days)
        await digests.drop_pictures(base.files, at - life - carried)

    forums = partial(tell_due, base.database, AreaBook(base.database), how)
    rounds = (news, lists, forums, digests.send, desk.let_go)
    return HelpingParts(desk=desk, channels=app.channels, rounds=rounds, now=base.now)


def _media(app: App) -> MediaParts[Media]:
    base = app.ground
    album = PhotoAlbum(base.database, base.files, base.settings.tone, app.came.ring)

    async def photo(media: Media, made: "Picture") -> None:
        kept = Photo(data=made.data, preview=made.preview, look=made.look, spot=made.spot)
        await album.keep_photo(media, kept, base.now())

    async def voice(media: Media, sound: bytes, heard: str | None) -> None:
        await album.keep_voice(media, sound, heard, base.now())

    async def refuse(media: Media, remark: str) -> None:
        await album.give_up(media, remark, base.now())

    return MediaParts(
        due=album.due, photo=photo, voice=voice, refuse=refuse, later=album.later,
        sweep=album.sweep, channels=app.channels, now=base.now, listener=app.listener,
        most_bytes=int(base.settings.media_max_mb * 1_000_000),
    )  # fmt: skip


def _reader() -> Reader:
    from nlp.reader import ThaiReader

    reader = ThaiReader()
    reader.warm()
    return reader
