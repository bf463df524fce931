"""The helpers' work beside the turns: a survey is fetched, waited for, given up."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.channels.base import Gone, Media, NotReady
from bot.helping import HelpingParts, HelpingWork
from bot.jobs import Bell
from handlers.messages import MessageKind
from planning.roles import Role
from tests.handlers.stage import Stage, open_stage, texts

TABLE = "บ้านเลขที่,เรื่อง\n12,ไฟดับหน้าวัด\n".encode()


@dataclass
class Shelf:
    """A channel as far as fetching goes: fails as told, then has the table."""

    failures: list[Exception] = field(default_factory=list)

    async def fetch(self, media_id: str) -> Media:
        if self.failures:
            raise self.failures.pop(0)
        return Media(data=TABLE, media_type="text/csv")


async def fetched(stage: Stage, shelf: Shelf, rounds: int) -> tuple[str, list[datetime]]:
    await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
    made: list[datetime] = []

    async def tend(at: datetime) -> None:
        made.append(at)

    channels: Any = {stage.channel: shelf}
    parts = HelpingParts(desk=stage.desk, channels=channels, rounds=(tend,), now=lambda: stage.now)
    work = HelpingWork(parts, Bell(), asyncio.Event())
    async with stage.database.write() as uow:
        person = await uow.people.find(stage.channel, "ผู้ใหญ่")
        assert person is not None
        await uow.surveys.add(person.id, stage.channel, "media", stage.now)
    for _ in range(rounds):
        await work.once()
        stage.now += timedelta(seconds=100)
    await stage.work()
    return texts(stage.heard.get("ผู้ใหญ่", [])), made


async def test_a_survey_that_is_not_ready_is_asked_for_again(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        said, rounds = await fetched(stage, Shelf([NotReady(), NotReady()]), 4)
        assert "อ่านได้ 1 แถว" in said
        assert len(rounds) == 2
        await stage.say("ผู้ใหญ่", kind=MessageKind.BUTTON, button="survey:ok:1")
        assert "ครบแล้วค่ะ 1 เรื่อง" in texts(stage.heard["ผู้ใหญ่"])


async def test_a_survey_that_is_gone_is_given_up_and_said(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        said, _ = await fetched(stage, Shelf([Gone()]), 1)
        assert "ส่งใหม่อีกครั้ง" in said
