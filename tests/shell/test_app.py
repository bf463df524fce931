"""The whole house joined: a webhook in, an answer out at the imitated platform, on real SQLite."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.app import App, build, ground
from bot.channels.base import Gone
from bot.commands.personas import personas, settle
from bot.config import Settings, SettingsMistake, load_settings, setting_names
from bot.platforms.line import event, image_message, signature, text_message, webhook
from bot.platforms.telegram import message_update
from bot.simulate import Platforms
from handlers.lazy_reader import LazyReader
from nlp.reader import ThaiReader
from planning.areas import AreaKind, Village
from planning.reports import Channel
from planning.roles import Role
from storage.values import Attachment
from tests.pictures import photo
from tests.shell.parts import served

READER = ThaiReader()
VILLAGE = Village(
    code="98010103", name="บ้านทดลอง", kind=AreaKind.VILLAGE, moo=3, tambon="ทดลอง",
    district="ทดลอง", province="ทดลอง", region="central", lat=15.0, lon=101.0, households=80,
)  # fmt: skip


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def settings(tmp_path: Path, platforms_url: str = "http://127.0.0.1:9", **more: object) -> Settings:
    given: dict[str, Any] = {
        "data_dir": tmp_path / "data", "line_channel_secret": "s1", "line_access_token": "t",
        "line_api_base": platforms_url, "telegram_token": "1:t", "telegram_secret": "s2",
        "telegram_api_base": platforms_url, "telegram_mode": "webhook",
        "answer_wait_seconds": 0.0, **more,
    }  # fmt: skip
    return load_settings(**given)


class House:
    """A running application with its web and the imitated platforms."""

    def __init__(self, app: App, web: httpx.AsyncClient, platforms: Platforms) -> None:
        self.app, self.web, self.platforms = app, web, platforms

    async def line(self, *events: dict[str, Any]) -> int:
        body = webhook(events)
        headers = {"x-line-signature": signature("s1", body)}
        return (await self.web.post("/line/webhook", content=body, headers=headers)).status_code

    async def telegram(self, update: dict[str, Any]) -> int:
        headers = {"x-telegram-bot-api-secret-token": "s2"}
        return (await self.web.post("/telegram/webhook", json=update, headers=headers)).status_code

    def said(self, number: int, text: str, user: str = "U1") -> dict[str, Any]:
        return event(
            "message", user_id=user, event_id=f"e{number}", at=datetime.now(UTC),
            reply_token=self.platforms.line.issue_token(user),
            message=text_message(str(number), text),
        )  # fmt: skip

    async def settled(self) -> None:
        """Wait until nothing is left to work on or to send."""
        async with asyncio.timeout(30):
            while True:
                async with self.app.ground.database.read() as uow:
                    came, left = await uow.inbox.counts(), await uow.outbox.counts()
                if not came.waiting and not left.waiting:
                    return
                await asyncio.sleep(0.02)

    def answers(self) -> str:
        line, telegram = self.platforms.line.answers, self.platforms.telegram.answers
        return "\n".join(a.text for a in (*line.all(), *telegram.all()))


@asynccontextmanager
async def house(tmp_path: Path, **more: Any) -> AsyncIterator[House]:
    platforms = Platforms()
    async with served(platforms.app) as fakes:
        base = str(fakes.base_url).rstrip("/")
        async with build(settings(tmp_path, base, **more), reader=READER) as app:
            async with app.ground.database.write() as uow:
                await uow.areas.put_villages([VILLAGE])
            await app.recover()
            app.run()
            async with served(app.web()) as web:
                yield House(app, web, platforms)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110  a test looks from outside
            await asyncio.sleep(0.02)


async def test_words_become_a_report_and_an_answer_once(tmp_path: Path) -> None:
    async with house(tmp_path) as it:
        assert await it.line(it.said(1, "ลงทะเบียน 98010103")) == 200
        await until(lambda: "บ้านทดลอง" in it.answers())
        first = it.said(2, "ถนนหน้าวัดเป็นหลุมลึก รถล้มบ่อย")
        assert [await it.line(first), await it.line(first)] == [200, 200]
        await it.settled()
        async with it.app.ground.database.read() as uow:
            (report,) = await uow.reports.in_area("98010103")
            came, left = await uow.inbox.counts(), await uow.outbox.counts()
        assert len(it.platforms.line.answers) == 2
        assert report.text == "ถนนหน้าวัดเป็นหลุมลึก รถล้มบ่อย"
        assert report.tracking_code in it.answers()
        assert (came.handled, left.sent) == (2, 2)


async def developed(app: App) -> Attachment:
    """The one photo, as soon as it is kept."""
    async with asyncio.timeout(20):
        while True:
            async with app.ground.database.read() as uow:
                for report in await uow.reports.in_area():
                    for found in await uow.reports.attachments(report.id):
                        if found.state == "kept":
                            return found
            await asyncio.sleep(0.02)


async def test_a_photo_is_fetched_and_kept(tmp_path: Path) -> None:
    async with house(tmp_path) as it:
        it.platforms.line.put_media("77", photo(spot=(15.01, 101.01)), "image/jpeg")
        token = it.platforms.line.issue_token("U1")
        sent = event("message", user_id="U1", event_id="p1", at=datetime.now(UTC),
                     reply_token=token, message=image_message("77"))  # fmt: skip
        await it.line(it.said(1, "ลงทะเบียน 98010103"), it.said(2, "น้ำประปาไม่ไหลสามวันแล้ว"))
        assert await it.line(sent) == 200
        kept = await developed(it.app)
        async with it.app.ground.database.read() as uow:
            (report,) = await uow.reports.in_area("98010103")
        assert report.photos == 1
        assert report.position is not None and report.position_by_photo
        for file_id in (kept.file_id, kept.preview_id):
            data = it.app.ground.files.get(file_id)
            assert data[:3] == b"\xff\xd8\xff"
            assert b"Somchai" not in data


async def test_telegram_by_polling_needs_no_door(tmp_path: Path) -> None:
    async with house(tmp_path, telegram_mode="polling") as it:
        at = datetime.now(UTC)
        it.platforms.telegram.queue_update(
            message_update(5, user_id=7, message_id=1, at=at, text="/start v98010103")
        )
        await until(lambda: "บ้านทดลอง" in it.answers())
        assert len(it.platforms.telegram.answers.of("7")) >= 1


async def test_readiness_tells_of_database_workers_and_reader(tmp_path: Path) -> None:
    async with house(tmp_path) as it:
        await until(lambda: it.app.reader.loaded)
        ready = (await it.web.get("/readyz")).json()
        assert ready == {
            "ready": True,
            "checks": {"database": True, "workers": True, "reader": True},
        }


async def test_without_channels_their_doors_are_closed(tmp_path: Path) -> None:
    bare_settings = load_settings(data_dir=tmp_path / "data")
    async with build(bare_settings, reader=READER) as app, served(app.web()) as web:
        for path in ("/line/webhook", "/telegram/webhook"):
            assert (await web.post(path, content=b"{}")).status_code == 404
        assert (await web.get("/readyz")).status_code == 503


async def test_what_a_crash_left_half_done_is_freed(tmp_path: Path) -> None:
    async with build(settings(tmp_path), reader=READER) as app:
        async with app.ground.database.write() as uow:
            await uow.areas.put_villages([VILLAGE])
        flusher = asyncio.create_task(app.intake.run())
        at = app.ground.now() - timedelta(minutes=1)
        port = app.channels[Channel.LINE]
        said = event(
            "message", user_id="U1", event_id="e1", at=at, message=text_message("1", "เมนู")
        )
        await app.take(port.parse(webhook([said]), at), at)
        app.intake.close()
        await flusher
        async with app.ground.database.write() as uow:
            lease = timedelta(minutes=2)
            assert await uow.inbox.claim(app.ground.now(), lease, timedelta(), lease)
    async with build(settings(tmp_path), reader=READER) as again:
        assert not await again.turn_once()
        await again.recover()
        assert await again.turn_once()


async def test_web_chat_people_have_their_roles(tmp_path: Path) -> None:
    people = personas()
    async with build(
        load_settings(data_dir=tmp_path / "data"), reader=READER, people=people
    ) as app:
        await settle(app.ground, people)
        async with app.ground.database.write() as uow:
            await uow.areas.put_villages([VILLAGE])
        await settle(app.ground, people)
        await settle(app.ground, people)
        async with app.ground.database.read() as uow:
            found = [await uow.people.find(Channel.WEBCHAT, p.id) for p in people]
            roles = [[g.role for g in await uow.people.grants(p.id)] for p in found if p]
        assert roles == [[], [Role.HEAD], [Role.DISTRICT_OFFICER]]
        app.run()
        async with served(app.web()) as web:
            said = {"person": "webchat-head", "text": "สรุป"}
            assert (await web.post("/chat/send", json=said)).status_code == 202
            shown: list[Any] = []
            async with asyncio.timeout(20):
                while not shown:
                    got = await web.get("/chat/replies?person=webchat-head")
                    shown = got.json()["replies"]
                    await asyncio.sleep(0.05)
            assert "บ้านทดลอง" in json.dumps(shown, ensure_ascii=False)


async def test_web_chat_photos_are_its_own(tmp_path: Path) -> None:
    people = personas()
    async with build(
        load_settings(data_dir=tmp_path / "data"), reader=READER, people=people
    ) as app:
        port = app.channels[Channel.WEBCHAT]
        kept = app.ground.files.put(b"jpeg")
        assert (await port.fetch(kept)).data == b"jpeg"
        with pytest.raises(Gone):
            await port.fetch("0" * 64)


def test_the_reader_loads_once_and_danger_needs_no_loading() -> None:
    made: list[int] = []

    def make() -> ThaiReader:
        made.append(1)
        return READER

    lazy = LazyReader(make)
    assert lazy.is_emergency("ไฟไหม้บ้านตอนนี้ ช่วยด้วย")
    assert not lazy.loaded
    assert lazy.read("ถนนพัง").categories[0].code == READER.read("ถนนพัง").categories[0].code
    assert lazy.neutral_line("ถนนพัง", "road", "problem", "") and lazy.loaded
    assert made == [1]


async def test_a_ground_that_cannot_be_used_names_its_setting(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cases = [
        ({"data_dir": tmp_path / "file"}, "PRACHAKHOM_DATA_DIR: "),
        ({"data_dir": tmp_path, "database_url": "sqlite:///" + str(tmp_path / "no/where.db")},
         "PRACHAKHOM_DATABASE_URL: "),
    ]  # fmt: skip
    for given, said in cases:
        with pytest.raises(SettingsMistake, match=said):
            async with ground(load_settings(**given)):  # type: ignore[arg-type]
                pass
    key = tmp_path / "open" / "prachakhom.key"
    async with ground(load_settings(data_dir=key.parent)):
        pass
    key.chmod(0o644)
    with pytest.raises(SettingsMistake, match="PRACHAKHOM_DATA_DIR: key file"):
        async with ground(load_settings(data_dir=key.parent)):
            pass
