"""The month's pushes: what is counted, what is said of it, and who is warned."""

from datetime import timedelta
from pathlib import Path

import pytest

from handlers.messages import Reply, replies_to_json
from handlers.quota import after_pushes, note_told, spending
from handlers.settings import TurnSettings
from planning.pushes import Rank
from planning.reports import Channel
from planning.roles import Role
from storage.values import NewOutboxItem
from tests.handlers.stage import Stage, open_stage, texts

SETTINGS = TurnSettings()
SAID = replies_to_json((Reply(text="ข่าว"),))


async def lay_in(stage: Stage, key: str, rank: Rank) -> int:
    """A message nobody asked for; its number."""
    item = NewOutboxItem(
        channel=Channel.LINE, lane_id=key, chat_id=key, payload=SAID, dedupe_key=key, rank=rank
    )
    async with stage.database.write() as uow:
        await uow.outbox.add(item, stage.now)
        return max(r.id for r in await uow.outbox.claim(stage.now, timedelta(hours=1), 50))


async def push(stage: Stage, key: str) -> None:
    number = await lay_in(stage, key, Rank.OUTCOME)
    async with stage.database.write() as uow:
        await uow.outbox.mark_sending(number, "push", stage.now)
        await uow.outbox.mark_sent(number, stage.now, 1)


async def test_what_was_used_is_what_we_or_the_platform_count_whichever_is_more(
    tmp_path: Path,
) -> None:
    async with open_stage(tmp_path) as stage:
        for number in range(3):
            await push(stage, f"p{number}")
        async with stage.database.read() as uow:
            ours = await spending(uow, SETTINGS, stage.now)
        assert (ours.used, ours.used_today, ours.limit, ours.told_at) == (3, 3, 300, None)
        await note_told(stage.database, 200, 1, stage.now - timedelta(hours=1))
        await note_told(stage.database, 200, 9, stage.now)
        async with stage.database.read() as uow:
            theirs = await spending(uow, SETTINGS, stage.now)
            later = await spending(uow, SETTINGS, stage.now + timedelta(days=35))
        assert (theirs.used, theirs.limit, theirs.told_at) == (9, 200, stage.now)
        assert (later.used, later.limit, later.forecast) == (0, 300, 0)


async def test_what_waits_is_told_by_rank(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.invite("แอดมิน", Role.ADMIN, "9701")
        held = await lay_in(stage, "a", Rank.OUTCOME)
        await lay_in(stage, "b", Rank.OUTCOME)
        gone = await lay_in(stage, "c", Rank.DIGEST)
        async with stage.database.write() as uow:
            await uow.outbox.put_off(
                held, stage.now + timedelta(days=1), "quota", held_since=stage.now
            )
            await uow.outbox.put_off(gone, stage.now, "quota", held_since=stage.now)
            await uow.outbox.mark_dead(gone, "not carried in time")
        async with stage.database.read() as uow:
            found = (await spending(uow, SETTINGS, stage.now)).json()
        assert found["waiting"] == {"outcome": {"number": 2, "held": 1}}
        assert found["given_up"] == 1
        assert found["month"] == "2026-11"
        said = texts(await stage.say("แอดมิน", "โควตา"))
        assert "รอส่ง 2 ข้อความ ในนี้รอไปกับคำตอบครั้งหน้า 1" in said
        assert "ความคืบหน้าของเรื่อง 2" in said


async def warned(stage: Stage, used: int) -> list[str]:
    """Who is warned after so many pushes of 300."""
    await after_pushes(stage.database, SETTINGS, used, 300, stage.now)
    stage.heard = {}
    await stage.work()
    return sorted(w for w, r in stage.heard.items() if "แล้วค่ะ" in texts(r))


async def test_admins_are_warned_once_a_month_at_each_mark(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.invite("แอดมิน", Role.ADMIN, "9701")
        await stage.invite("ปลัด", Role.DISTRICT_OFFICER, "9701")
        assert await warned(stage, 239) == []
        assert await warned(stage, 240) == ["แอดมิน"]
        assert await warned(stage, 250) == []
        assert await warned(stage, 285) == ["แอดมิน"]
        assert await warned(stage, 300) == []
        stage.now += timedelta(days=31)
        assert await warned(stage, 290) == ["แอดมิน"]


@pytest.mark.parametrize(
    ("channel", "used", "rank"),
    [
        (Channel.LINE, 240, Rank.OUTCOME),
        (Channel.LINE, 285, Rank.DANGER),
        (Channel.TELEGRAM, 285, Rank.OUTCOME),
    ],
)
async def test_only_on_line_and_only_at_the_end_a_warning_may_use_the_reserve(
    tmp_path: Path, channel: Channel, used: int, rank: Rank
) -> None:
    async with open_stage(tmp_path, channel) as stage:
        await stage.invite("แอดมิน", Role.ADMIN, "9701")
        await after_pushes(stage.database, SETTINGS, used, 300, stage.now)
        async with stage.database.write() as uow:
            (row,) = await uow.outbox.claim(stage.now, timedelta(hours=1), 5)
        assert (row.channel, row.rank, row.urgent) == (channel, rank, False)
