"""The demo's stage: a real server of ours between imitated platforms, on a clock of its own."""

import asyncio
import json
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
from pydantic import SecretStr

from bot.app import App, build
from bot.commands.personas import personas
from bot.config import Settings, SettingsMistake
from bot.platforms.line import event, signature, text_message, webhook
from bot.platforms.serving import Answer, serving
from bot.platforms.telegram import press_update
from bot.serving import bound, serve_app
from bot.simulate import Platforms
from planning.areas import read_villages
from planning.roles import Role

LINE_SECRET, TELEGRAM_SECRET = "demo-line-secret", "demo-telegram-secret"
_PATIENCE_S = 60.0


@dataclass
class DemoClock:
    """Real seconds, counted from a moment of the fictional district's own time."""

    begins: datetime
    _started: float = field(default_factory=time.monotonic)

    def __call__(self) -> datetime:
        """The demo's time, aware."""
        return self.begins + timedelta(seconds=time.monotonic() - self._started)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Our running app, its address, and the platforms around it."""

    app: App
    base: str
    platforms: Platforms
    clock: Callable[[], datetime]
    client: httpx.AsyncClient

    async def idle(self, step: Callable[[int], object] = lambda handled: None) -> None:
        """Wait until everything received is handled and everything to say is said."""
        while True:
            async with self.app.ground.database.read() as uow:
                inbox, outbox = await uow.inbox.counts(), await uow.outbox.counts()
            step(inbox.handled)
            if not inbox.waiting and not outbox.waiting:
                return
            await asyncio.sleep(0.2)

    async def invite(self, role: Role, area: str) -> str:
        """The words that redeem a new one-time invitation."""
        token = uuid4().hex[:16]
        now = self.clock()
        async with self.app.ground.database.write() as uow:
            await uow.people.invite(token, role, area, now + timedelta(days=1), now)
        return f"รับบทบาท r-{token}"

    async def say(self, user_id: str, words: str) -> tuple[Answer, ...]:
        """One LINE text of a user, as LINE would deliver it; what LINE was given in answer."""
        line = self.platforms.line
        before = len(line.answers.of(user_id))
        message = text_message(str(uuid4().int)[:18], words)
        await self._line("message", user_id, message=message)
        deadline = time.monotonic() + _PATIENCE_S
        while time.monotonic() < deadline:
            await self.idle()
            if len(line.answers.of(user_id)) > before:
                break
            await asyncio.sleep(0.1)
        return line.answers.of(user_id)[before:]

    async def press(self, channel: str, user_id: str, data: str) -> None:
        """Press a button of an earlier answer."""
        if channel == "line":
            await self._line("postback", user_id, postback={"data": data})
            return
        update = press_update(
            uuid4().int % 2**53,
            user_id=int(user_id),
            query_id=uuid4().hex,
            data=data,
            at=self.clock(),
        )
        named = {"x-telegram-bot-api-secret-token": TELEGRAM_SECRET}
        await self._post("/telegram/webhook", json.dumps(update).encode(), named)

    async def _line(self, kind: str, user_id: str, **more: Any) -> None:
        token = self.platforms.line.issue_token(user_id)
        event_id, at = uuid4().hex, self.clock()
        told = event(kind, user_id=user_id, event_id=event_id, at=at, reply_token=token, **more)
        body = webhook([told])
        signed = {"x-line-signature": signature(LINE_SECRET, body)}
        await self._post("/line/webhook", body, signed)

    async def _post(self, path: str, body: bytes, headers: dict[str, str]) -> None:
        (await self.client.post(path, content=body, headers=headers)).raise_for_status()


def data_lines(name: str) -> list[str]:
    """The lines of one of the demo's data files."""
    path = files("bot.demo").joinpath("data", name)
    return path.read_text(encoding="utf-8").splitlines()


@asynccontextmanager
async def stage(
    data_dir: Path, begins: datetime, port: int, platforms: Platforms | None = None
) -> AsyncIterator[Stage]:
    """Everything running: platforms, our app and its web, with the demo's villages imported.

    Ctrl-C ends the web, and cancels the task that plays inside.
    """
    playing = asyncio.current_task()
    platforms, clock = platforms or Platforms(), DemoClock(begins)
    with serving(platforms.app) as outside:
        settings = _settings(data_dir, outside, port)
        with _listener(settings) as listener:
            actual = settings.model_copy(update={"port": listener.getsockname()[1]})
            async with build(actual, now=clock, people=personas()) as app:
                async with app.ground.database.write() as uow:
                    await uow.areas.put_villages(read_villages(data_lines("villages.csv")))
                app.run()
                base = f"http://{actual.host}:{actual.port}"

                async def web() -> None:
                    await serve_app(app.web(), listener)  # returns at Ctrl-C
                    if playing:
                        playing.cancel()

                app.jobs.start("web", web, cut=True)
                async with httpx.AsyncClient(base_url=base, trust_env=False, timeout=30) as client:
                    yield Stage(app=app, base=base, platforms=platforms, clock=clock, client=client)


def _listener(settings: Settings) -> AbstractContextManager[socket.socket]:
    """A socket on the port asked for, or on any free one where that is taken."""
    with suppress(SettingsMistake):
        with bound(settings) as there:
            there.close()
        return bound(settings)
    return bound(settings.model_copy(update={"port": 0}))


def _settings(data_dir: Path, outside: str, port: int) -> Settings:
    """Settings of the demo alone: nothing of the person's own environment is used."""
    return Settings.model_construct(
        line_channel_secret=(SecretStr(LINE_SECRET),),
        line_access_token=SecretStr("demo"),
        line_api_base=outside,
        line_month_limit=1_000_000,
        line_gather_seconds=0.0,
        telegram_token=SecretStr("1:demo"),
        telegram_secret=SecretStr(TELEGRAM_SECRET),
        telegram_api_base=outside,
        telegram_mode="webhook",
        port=port,
        data_dir=data_dir,
    )
