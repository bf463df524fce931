"""Alarms of danger: the first go out at once, a flood of them does not spend all that may be pushed."""

import re
from datetime import timedelta
from pathlib import Path

from handlers.messages import MessageKind
from planning.roles import Role
from tests.handlers.stage import Stage, open_stage, texts

ALARM = "มีคนแจ้งเหตุอันตราย"
SECONDS = timedelta(seconds=15)


def alarms(stage: Stage, who: str = "ผู้ใหญ่") -> int:
    return sum(ALARM in reply.text for reply in stage.ever.get(who, []))


async def told(stage: Stage, who: str, house: int, after: timedelta = SECONDS) -> str:
    return texts(await stage.say(who, f"ไฟไหม้บ้านหลังที่ {house} ช่วยด้วย", after=after))


async def test_one_teller_alarms_three_times_an_hour_and_always_hears_the_numbers(
    tmp_path: Path,
) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
        await stage.join("คนป่วน")
        for house in range(6):
            assert "199" in await told(stage, "คนป่วน", house)
        assert alarms(stage) == 3
        await told(stage, "คนป่วน", 10, timedelta(minutes=30))
        assert alarms(stage) == 3
        await told(stage, "คนป่วน", 11, timedelta(minutes=31))
        assert alarms(stage) == 4


async def test_many_tellers_of_one_village_alarm_again_after_a_pause(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
        for number in range(5):
            await stage.join(f"คนที่ {number}")
            assert "199" in await told(stage, f"คนที่ {number}", number)
        assert alarms(stage) == 3
        await told(stage, "คนที่ 4", 20, timedelta(minutes=11))
        assert alarms(stage) == 4


async def test_who_was_let_rest_is_heard_but_takes_no_place_of_the_villages(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
        await stage.invite("ปลัด", Role.DISTRICT_OFFICER, "9701")
        await stage.join("คนป่วน")
        await stage.join("ยาย")
        code = re.findall(r"เลขรับเรื่อง (\w{6})", texts(await stage.say("คนป่วน", "ถนนหน้าวัดเป็นหลุม")))
        await stage.say("ปลัด", f"พักผู้แจ้ง {code[0]} 7 วัน เหตุผล ส่งข้อความก่อกวน")
        for house in range(4):
            await told(stage, "คนป่วน", house)
        assert alarms(stage) == 3
        for house in range(3):
            await told(stage, "ยาย", 10 + house)
        assert alarms(stage) == 6


async def test_a_survey_alarms_once(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
        await stage.invite("อสม.", Role.FIELD_WORKER, "97010101")
        rows = "".join(f"{n}/1,ไฟไหม้บ้าน มีคนติดอยู่ข้างใน ช่วยด้วย,นาย{n}\n" for n in range(5))
        await stage.send_sheet("อสม.", ("บ้านเลขที่,ปัญหา,ชื่อ\n" + rows).encode())
        await stage.say("อสม.", kind=MessageKind.BUTTON, button="survey:ok:1")
        assert alarms(stage) == 1
        async with stage.database.read() as uow:
            assert len(await uow.reports.in_area()) == 5
