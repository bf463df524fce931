"""The regular digest: its hour, its window, whom it reaches and what never stands in it."""

import asyncio
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.documents.maker import OfficialDocuments
from handlers.digest_desk import DigestDesk, own_areas
from handlers.messages import MessageKind
from handlers.ports import MadeFile
from handlers.settings import TurnSettings
from handlers.turn import TurnService
from planning.outlook import Outlook
from planning.pushes import Rank
from planning.reports import Channel
from planning.roles import Role, RoleGrant
from planning.thai import BANGKOK
from storage.values import OutboxItem
from tests.handlers.stage import READER, Stage, open_stage, texts

HEAD, KAMNAN = "ผู้ใหญ่", "กำนัน"
ROAD = "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก"
WATER = "น้ำประปาไม่ไหลมาสามวันแล้ว"
SECRETS = ("ข้างบ้านขายยาบ้าทุกคืน", "ผู้ใหญ่บ้านโกงเงินกองทุน ช่วยตรวจสอบที")


class Failing(OfficialDocuments):
    """Draws no picture."""

    def summary(self, seen: Outlook) -> MadeFile:
        raise OSError("no room")


async def begin(stage: Stage) -> DigestDesk:
    """A head whose digest is due on Monday; the desk that sends it."""
    await stage.invite(HEAD, Role.HEAD, "97010101")
    desk = stage.turns.digest_desk()
    assert await desk.send(stage.now) == 0
    return desk


def to_monday(stage: Stage, hour: int = 8, minute: int = 1) -> None:
    """The clock goes to that hour of next Monday, Thai time."""
    there = stage.now.astimezone(BANGKOK)
    at = there.replace(hour=hour, minute=minute, second=0, microsecond=0)
    at += timedelta(days=(7 - there.weekday()) or 7)
    stage.now = at.astimezone(stage.now.tzinfo)


async def sent(stage: Stage, desk: DigestDesk, who: str = HEAD) -> str:
    """What the desk says to somebody now; "" where nothing."""
    stage.heard = {}
    await desk.send(stage.now)
    await stage.work()
    return texts(stage.heard.get(who, []))


async def tell(stage: Stage, who: str, words: str, village: str = "97010101") -> None:
    await stage.join(who, village)
    await stage.say(who, words)


async def test_it_tells_what_is_new_and_says_nothing_where_nothing_is(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        desk = await begin(stage)
        await tell(stage, "แดง", ROAD)
        assert await sent(stage, desk) == ""
        to_monday(stage)
        said = await sent(stage, desk)
        assert "ใหม่ 1 เรื่อง" in said
        assert "ถนนบริเวณหน้าวัด" in said
        assert "แดง" not in said
        assert await sent(stage, desk) == ""
        to_monday(stage)
        assert await sent(stage, desk) == ""
        await tell(stage, "ดำ", ROAD)
        await tell(stage, "เขียว", WATER)
        to_monday(stage)
        again = await sent(stage, desk)
        assert "ใหม่ 1 เรื่อง แจ้งเพิ่ม 1 คน" in again
        assert "(เพิ่ม 1 คน)" in again


async def test_every_voice_stands_in_one_window_whatever_the_hour(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        desk = await begin(stage)
        await tell(stage, "แดง", ROAD)
        await stage.say(HEAD, "สรุปทุกวัน 8 โมง")
        stage.now += timedelta(days=1)
        assert "ใหม่ 1 เรื่อง" in await sent(stage, desk)
        grown = []
        for number in range(9):
            await tell(stage, f"คน{number}", ROAD)
            stage.now += timedelta(hours=11)
            grown += re.findall(r"แจ้งเพิ่ม (\d+) คน", await sent(stage, desk))
        stage.now += timedelta(days=2)
        grown += re.findall(r"แจ้งเพิ่ม (\d+) คน", await sent(stage, desk))
        assert sum(map(int, grown)) == 9
        assert len(grown) > 2


async def test_two_workers_and_a_restart_send_it_once(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        desk = await begin(stage)
        await tell(stage, "แดง", ROAD)
        to_monday(stage)
        other = TurnService(
            stage.database, READER, OfficialDocuments(), stage.files, TurnSettings()
        ).digest_desk()
        stage.heard = {}
        counts = await asyncio.gather(desk.send(stage.now), other.send(stage.now))
        assert sorted(counts) == [0, 1]
        assert await other.send(stage.now + timedelta(minutes=5)) == 0
        await stage.work()
        assert len(stage.heard[HEAD]) == 1


async def waiting(stage: Stage) -> list[OutboxItem]:
    async with stage.database.write() as uow:
        return list(await uow.outbox.claim(stage.now, timedelta(seconds=1), 50))


async def test_it_waits_for_a_reply_where_pushes_are_short_and_then_is_told_with_the_next(
    tmp_path: Path,
) -> None:
    async with open_stage(tmp_path) as stage:
        desk = await begin(stage)
        await tell(stage, "แดง", ROAD)
        to_monday(stage)
        await desk.send(stage.now)
        (row,) = await waiting(stage)
        assert (row.rank, row.urgent) == (Rank.DIGEST, False)
        assert row.useful_until and row.useful_until - stage.now < timedelta(days=7)
        assert HEAD not in row.dedupe_key
        async with stage.database.write() as uow:
            await uow.outbox.mark_dead(row.id, "not carried in time")
        to_monday(stage)
        assert "ใหม่ 1 เรื่อง" in await sent(stage, desk)
        to_monday(stage)
        assert await sent(stage, desk) == ""


async def test_what_the_head_looked_at_is_no_news(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        desk = await begin(stage)
        await tell(stage, "แดง", ROAD)
        assert "เปิดอยู่ 1 เรื่อง" in texts(await stage.say(HEAD, "สรุป"))
        to_monday(stage)
        assert await sent(stage, desk) == ""


async def test_it_comes_on_the_day_and_hour_that_are_wished(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        desk = await begin(stage)
        await tell(stage, "แดง", ROAD)
        said = texts(await stage.say(HEAD, "สรุปทุกวันพุธ บ่าย 2 โมง"))
        assert "ทุกวันพุธ 14.00 น." in said
        stage.now += timedelta(days=2)
        assert await sent(stage, desk) == ""
        stage.now += timedelta(hours=6)
        assert "ใหม่ 1 เรื่อง" in await sent(stage, desk)


async def test_stopped_it_stays_away_until_it_is_wished_again(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        desk = await begin(stage)
        await tell(stage, "แดง", ROAD)
        await stage.say(HEAD, "หยุดส่งสรุป")
        to_monday(stage)
        assert await sent(stage, desk) == ""
        shown = await stage.say(HEAD, "ส่งสรุป")
        assert "ไม่ได้ส่ง" in texts(shown)
        await stage.say(HEAD, kind=MessageKind.BUTTON, button="digest:day:0")
        to_monday(stage)
        assert "ใหม่ 1 เรื่อง" in await sent(stage, desk)


async def test_it_ends_with_the_role(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        desk = await begin(stage)
        await tell(stage, "แดง", ROAD)
        async with stage.database.write() as uow:
            (own,) = await uow.digests.all()
            await uow.digests.add(replace(own, id=0, area="97020101"))
        to_monday(stage)
        assert "ใหม่ 1 เรื่อง" in await sent(stage, desk)
        async with stage.database.read() as uow:
            assert [d.area for d in await uow.digests.all()] == ["97010101"]


async def test_a_kamnan_gets_the_tambons_and_an_officer_who_asks_theirs(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.invite(KAMNAN, Role.KAMNAN, "970101")
        await stage.invite(KAMNAN, Role.HEAD, "97010101")
        await stage.invite("ปลัด", Role.DISTRICT_OFFICER, "9701")
        await stage.say("ปลัด", "สรุปทุกวันจันทร์")
        desk = await begin(stage)
        await tell(stage, "แดง", ROAD)
        await tell(stage, "ดำ", WATER, "97010102")
        to_monday(stage)
        said = await sent(stage, desk, KAMNAN)
        assert said.count("ข่าวจาก") == 1
        assert "ตำบลดอนแก้ว" in said and "ใหม่ 2 เรื่อง" in said
        assert "ใหม่ 2 เรื่อง" in texts(stage.heard["ปลัด"])
        assert "ใหม่ 1 เรื่อง" in texts(stage.heard[HEAD])


async def test_switched_off_only_who_asks_for_it_gets_it(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        settings = TurnSettings(digest=None)
        stage.turns = TurnService(
            stage.database, READER, OfficialDocuments(), stage.files, settings
        )
        desk = await begin(stage)
        await tell(stage, "แดง", ROAD)
        to_monday(stage)
        assert await sent(stage, desk) == ""
        await stage.say(HEAD, "สรุปทุกวันจันทร์ 8 โมง")
        to_monday(stage)
        assert "ใหม่ 1 เรื่อง" in await sent(stage, desk)


async def test_at_night_it_waits_for_the_morning(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        desk = await begin(stage)
        await tell(stage, "แดง", ROAD)
        to_monday(stage, hour=23)
        assert await sent(stage, desk) == ""
        stage.now += timedelta(hours=8)
        assert "ใหม่ 1 เรื่อง" in await sent(stage, desk)


async def test_nobody_to_reach_loses_no_window(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        desk = await begin(stage)
        await tell(stage, "แดง", ROAD)
        to_monday(stage)
        async with stage.database.write() as uow:
            await uow.people.set_reachable(Channel.LINE, HEAD, False)
        assert await sent(stage, desk) == ""
        async with stage.database.write() as uow:
            await uow.people.set_reachable(Channel.LINE, HEAD, True)
        to_monday(stage)
        assert "ใหม่ 1 เรื่อง" in await sent(stage, desk)


async def test_who_fails_holds_up_nobody_else(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await begin(stage)
        await stage.invite("อีกหมู่", Role.HEAD, "97010102")
        desk = TurnService(
            stage.database, READER, Failing(), stage.files, TurnSettings()
        ).digest_desk()
        assert await desk.send(stage.now) == 0
        said = (
            ROAD, WATER, "ไฟทางดับหน้าโรงเรียน", "ขยะล้นถังข้างสระหลวง", "หมาจรจัดไล่กัดเด็ก",
            "ราคาปุ๋ยแพงมากอยากให้ช่วย", "น้ำท่วมขังในซอย 3",
        )  # fmt: skip
        for number, words in enumerate(said):
            await tell(stage, f"คน{number}", words)
        await tell(stage, "ดำ", WATER, "97010102")
        to_monday(stage)
        stage.heard = {}
        with pytest.raises(OSError, match="no room"):
            await desk.send(stage.now)
        await stage.work()
        assert "ใหม่ 1 เรื่อง" in texts(stage.heard["อีกหมู่"])
        assert HEAD not in stage.heard
        whole = await sent(stage, stage.turns.digest_desk())
        assert "ใหม่ 7 เรื่อง" in whole


async def test_what_is_confidential_stands_in_no_look_and_no_digest(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        desk = await begin(stage)
        await tell(stage, "แดง", f"{ROAD} โทร 081-234-5678")
        for number, words in enumerate(SECRETS):
            await tell(stage, f"ลับ{number}", words)
        async with stage.database.read() as uow:
            kept = await uow.reports.in_area("97010101", with_confidential=True)
        assert sum(r.confidential for r in kept) == len(SECRETS)
        looks = [texts(await stage.say(HEAD, f"สรุป {w}")) for w in ("", "ใหม่", "ทั้งหมด", "ยา")]
        stage.now += timedelta(hours=2)
        await tell(stage, "ดำ", WATER)
        await tell(stage, "ลับอีก", SECRETS[0])
        to_monday(stage)
        said = "\n".join([*looks, await sent(stage, desk)])
        assert "ถนน" in said and "น้ำประปา" in said
        for word in ("ยา", "โกง", "กองทุน", "081", "แดง", "ลับ"):
            assert word not in said.replace("ไม่มีเรื่องแบบนี้", "").replace("เฉพาะเรื่องยา", "")


def grants(*held: tuple[Role, str]) -> list[RoleGrant]:
    return [RoleGrant(person_id=1, role=role, area=area) for role, area in held]


def test_areas_within_another_get_no_digest_of_their_own() -> None:
    both = grants((Role.HEAD, "97010101"), (Role.KAMNAN, "970101"), (Role.HEAD, "97020101"))
    assert own_areas(both, {Role.HEAD, Role.KAMNAN}) == ("970101", "97020101")
    assert own_areas(both, {Role.HEAD}) == ("97010101", "97020101")
    assert own_areas(both, {Role.ADMIN}) == ()
