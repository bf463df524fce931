"""A small real system to talk to: real database, reader and documents, with a clock held by hand."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from bot.documents.maker import OfficialDocuments
from bot.documents.survey_sheet import read_sheet
from handlers.dialogue.state import Conversation
from handlers.freezing import tell_due
from handlers.helper_news import send_helper_news
from handlers.intake import new_items
from handlers.messages import IncomingMessage, MessageKind, Reply, replies_from_json
from handlers.places import AreaBook
from handlers.ports import Reader
from handlers.settings import TurnSettings
from handlers.turn import TurnService
from nlp.reader import ThaiReader
from planning.areas import read_villages
from planning.reports import Channel
from planning.roles import Role
from storage.database import Database, default_url, migrate
from storage.files import FileStore
from storage.keys import Keys
from storage.values import OutboxItem
from tests.fakes.contracts import outgoing_errors

VILLAGES = Path(__file__).with_name("villages.csv")
START = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
READER: Reader = ThaiReader()


class Stage:
    """People speak here and hear the answers. Time moves only when told, a minute a saying."""

    def __init__(self, database: Database, files: FileStore, channel: Channel) -> None:
        self.database, self.files, self.channel = database, files, channel
        self.now = START
        self.heard: dict[str, list[Reply]] = {}
        self.ever: dict[str, list[Reply]] = {}
        self.sent: list[IncomingMessage] = []
        self.sent_ids: dict[str, dict[str, str]] = {}
        self.own_ids: dict[str, list[str]] = {}
        self._count = 0
        self.turns = TurnService(database, READER, OfficialDocuments(), files, TurnSettings())
        self.desk = self.turns.survey_desk(read_sheet)
        self.sheets: dict[str, bytes] = {}

    async def say(
        self,
        who: str,
        text: str = "",
        *,
        kind: MessageKind = MessageKind.TEXT,
        button: str = "",
        spot: tuple[float, float] | None = None,
        after: timedelta = timedelta(minutes=1),
        channel: Channel | None = None,
        event_id: str = "",
        group: bool = False,
        quoted: str = "",
    ) -> list[Reply]:
        """One message of `who`; the replies sent to them because of it."""
        self.now += after
        await self.receive(
            self.message(who, text, kind=kind, button=button, spot=spot, channel=channel,
                         event_id=event_id, group=group, quoted=quoted)
        )  # fmt: skip
        return self.heard.get(who, [])

    def message(
        self,
        who: str,
        text: str = "",
        *,
        kind: MessageKind = MessageKind.TEXT,
        button: str = "",
        spot: tuple[float, float] | None = None,
        channel: Channel | None = None,
        event_id: str = "",
        group: bool = False,
        quoted: str = "",
    ) -> IncomingMessage:
        """A message as a channel would parse it, at the stage's time."""
        self._count += 1
        self.own_ids.setdefault(who, []).append(f"m{self._count}")
        media = {MessageKind.PHOTO, MessageKind.VOICE, MessageKind.VIDEO, MessageKind.FILE}
        made = IncomingMessage(
            channel=channel or self.channel,
            event_id=event_id or f"e{self._count}",
            kind=kind,
            sent_at=self.now,
            user_id=who,
            chat_id="group" if group else who,
            group=group,
            text=text,
            button=button,
            lat=spot[0] if spot else None,
            lon=spot[1] if spot else None,
            media_id=f"media{self._count}" if kind in media else "",
            message_id=f"m{self._count}",
            quoted=quoted,
            reply_handle="handle",
        )
        self.sent.append(made)
        return made

    async def receive(self, *messages: IncomingMessage) -> None:
        """Take messages in, handle all that waits, and deliver what is said."""
        async with self.database.write() as uow:
            await uow.inbox.add(new_items(messages, self.now, READER))
        self.heard = {}
        await self.work()

    async def burst(self, who: str, said: list[str]) -> list[Reply]:
        """Several texts two seconds apart, handled together; the replies sent because of them."""
        self.now += timedelta(minutes=1)
        messages = []
        for text in said:
            messages.append(self.message(who, text))
            self.now += timedelta(seconds=2)
        await self.receive(*messages)
        return self.heard.get(who, [])

    async def conversation(self, who: str) -> Conversation:
        """What the bot remembers of its talk with `who`."""
        async with self.database.read() as uow:
            stored = await uow.conversations.load(self.channel, who)
        return Conversation.from_json(stored.state)

    async def work(self) -> None:
        """Handle whatever waits in the inbox, and gather the outbox."""
        wait = timedelta(seconds=2)
        while True:
            async with self.database.write() as uow:
                later = self.now + timedelta(seconds=20)
                items = await uow.inbox.claim(later, timedelta(seconds=30), wait, wait)
            if not items:
                break
            await self.turns.handle(items, self.now)
        await self.survey_work()
        await self._deliver()

    async def _deliver(self) -> None:
        while True:
            async with self.database.write() as uow:
                later = self.now + timedelta(days=1)
                items = await uow.outbox.claim(later, timedelta(seconds=30), 50)
                for item in items:
                    await uow.outbox.mark_sending(item.id, "send", self.now)
                    await uow.outbox.mark_sent(item.id, self.now, 0, self._ids(item))
            if not items:
                return
            for item in items:
                replies = replies_from_json(item.payload)
                assert outgoing_errors(replies) == []
                self.heard.setdefault(item.chat_id, []).extend(replies)
                self.ever.setdefault(item.chat_id, []).extend(replies)

    def _ids(self, item: OutboxItem) -> list[tuple[str, str]]:
        """The platform's id of each message about a report, as delivery would note them."""
        replies = replies_from_json(item.payload)
        about = [(f"s{item.id}.{n}", r.about) for n, r in enumerate(replies) if r.about]
        for message_id, code in about:
            self.sent_ids.setdefault(item.chat_id, {})[code] = message_id
        return about

    async def gather_news(self) -> None:
        """Tell helpers what has gathered for them."""
        self.heard = {}
        await send_helper_news(self.database, TurnSettings(), self.now)
        await self._deliver()

    async def tell_forums(self) -> None:
        """Tell what is due of forums: moved ones, and those of tomorrow."""
        self.heard = {}
        await tell_due(self.database, AreaBook(self.database), TurnSettings(), self.now)
        await self._deliver()

    async def send_sheet(self, who: str, data: bytes, name: str = "สำรวจ.csv") -> list[Reply]:
        """`who` sends a table; what they hear of it once it is checked."""
        self.now += timedelta(minutes=1)
        message = replace(self.message(who, kind=MessageKind.FILE), file_name=name)
        self.sheets[message.media_id] = data
        await self.receive(message)
        return self.heard.get(who, [])

    async def survey_work(self) -> None:
        """Check what was sent and bring in what was confirmed."""
        for survey in await self.desk.waiting():
            await self.desk.fetched(survey, self.sheets[survey.media_id], self.now)
        while await self.desk.bring_in(self.now):
            pass

    async def join(self, who: str, code: str = "97010101") -> None:
        """`who` comes by the village's poster."""
        await self.say(who, f"ลงทะเบียน {code}")

    async def invite(self, who: str, role: Role, area: str) -> list[Reply]:
        """`who` gets a role by a one-time invitation."""
        token = hashlib.sha256(f"{who} {self._count}".encode()).hexdigest()[:32]
        async with self.database.write() as uow:
            await uow.people.invite(token, role, area, self.now + timedelta(days=7), self.now)
        return await self.say(who, f"รับบทบาท r-{token}")


class Compiled(dict[Any, Any]):
    """Statements of all stages, as a server that runs for long has them: compiled once.

    SQLAlchemy asks by (dialect, statement, …); every stage has dialects of its own, all alike.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        """The statement compiled for any of the dialects."""
        return super().get(key[1:], default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key[1:], value)


COMPILED = Compiled()
_EMPTY: list[bytes] = []
"""A migrated database's file, made once: half of a stage's time went into migrating."""


async def _migrated(folder: Path) -> None:
    if not _EMPTY:
        await migrate(default_url(folder))
    _copied(Path(make_url(default_url(folder)).database or ""))


def _copied(file: Path) -> None:
    if not _EMPTY:
        _EMPTY.append(file.read_bytes())
    file.write_bytes(_EMPTY[0])


@asynccontextmanager
async def open_stage(folder: Path, channel: Channel = Channel.LINE) -> AsyncIterator[Stage]:
    """A stage with the villages of `VILLAGES` in a new database under `folder`."""
    await _migrated(folder)
    url = default_url(folder)
    database = await Database.open(url, Keys.load_or_create(folder / "key"))
    database._readers = database._readers.execution_options(compiled_cache=COMPILED)
    database._writer = database._writer.execution_options(compiled_cache=COMPILED)
    try:
        async with database.write() as uow:
            lines = VILLAGES.read_text(encoding="utf-8").splitlines()
            await uow.areas.put_villages(read_villages(lines))
        yield Stage(database, FileStore(folder / "files"), channel)
    finally:
        await database.close()


def texts(replies: list[Reply]) -> str:
    """What was said, with the buttons in brackets, as a person would see it."""
    return "\n".join(
        r.text + "".join(f" [{b.label}]" for b in r.buttons) + ("" if not r.files else " (เอกสาร)")
        for r in replies
    )


def button(replies: list[Reply], label: str) -> str:
    """The data behind the button whose label contains `label`; KeyError when there is none."""
    for reply in reversed(replies):
        for b in reply.buttons:
            if label in b.label:
                return b.data
    raise KeyError(label)
