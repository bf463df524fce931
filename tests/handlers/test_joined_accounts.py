"""What stays with whom when two accounts were joined and are parted again."""

import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.messages import MessageKind
from planning.issues import IssueState
from planning.reports import Channel
from planning.roles import Role
from tests.handlers.stage import Stage, open_stage, texts

BUTTON, OTHER = MessageKind.BUTTON, Channel.TELEGRAM
LATER = timedelta(minutes=20)
SECRET = "ผู้ใหญ่บ้านโกงเงินกองทุนหมู่บ้าน ผมเห็นกับตา"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path) as made:
        await made.join("แดง")
        await made.say("ดำ", "ลงทะเบียน 97010101", channel=OTHER)
        yield made


async def joined(stage: Stage) -> None:
    """«ดำ» gave a code on Telegram, and «แดง» took it for their own."""
    given = texts(await stage.say("ดำ", "เชื่อมบัญชี", channel=OTHER))
    found = re.search(r"\d{4} \d{4}", given)
    assert found
    code = found[0].replace(" ", "")
    await stage.say("แดง", f"เชื่อมบัญชี {code}")
    await stage.say("แดง", kind=BUTTON, button=f"account:yes:{code}")


async def told(stage: Stage, who: str, words: str) -> str:
    found = re.search(r"\b[A-Z0-9]{6}\b", texts(await stage.say(who, words, after=LATER)))
    assert found
    return found[0]


async def test_a_report_spoken_of_while_joined_is_closed_to_the_other_afterwards(
    stage: Stage,
) -> None:
    code = await told(stage, "แดง", SECRET)
    await joined(stage)
    await stage.say("ดำ", kind=BUTTON, button=f"add:{code}", channel=OTHER)
    await stage.say("แดง", "แยกบัญชี")
    for button in (f"one:{code}", f"drop:{code}", f"dropyes:{code}"):
        heard = texts(await stage.say("ดำ", kind=BUTTON, button=button, channel=OTHER))
        assert "โกงเงิน" not in heard
    await stage.say("ดำ", "มีใบเสร็จด้วยนะ", channel=OTHER)
    async with stage.database.read() as uow:
        report = await uow.reports.by_code(code)
    assert report
    assert (report.state, report.text) == ("linked", SECRET)
    assert "โกงเงิน" in texts(await stage.say("แดง", kind=BUTTON, button=f"one:{code}"))


@pytest.mark.parametrize("redeemer", ["แดง", "ดำ"])
async def test_a_role_stays_with_the_account_that_redeemed_it(stage: Stage, redeemer: str) -> None:
    await joined(stage)
    token = "0" * 32
    async with stage.database.write() as uow:
        expires = stage.now + timedelta(days=2)
        await uow.people.invite(token, Role.DISTRICT_OFFICER, "9701", expires, stage.now)
    channel = OTHER if redeemer == "ดำ" else stage.channel
    await stage.say(redeemer, f"รับบทบาท r-{token}", channel=channel)
    await stage.say("แดง", "แยกบัญชี", after=LATER)
    async with stage.database.read() as uow:
        holder = await uow.people.find(channel, redeemer)
        (grant,) = await uow.people.all_grants()
    assert holder
    assert grant.person_id == holder.id


async def test_the_other_keeps_nothing_that_was_said_to_the_parted(stage: Stage) -> None:
    await joined(stage)
    await told(stage, "แดง", SECRET)
    await stage.say("แดง", "เรื่องของฉัน")
    helped = await told(stage, "แดง", "แจ้งแทน ยายคำ น้ำประปาไม่ไหลหน้าวัด")
    await stage.say("แดง", "แยกบัญชี", after=LATER)
    replies = await stage.say("ดำ", "ข้อมูลของฉัน", channel=OTHER, after=LATER)
    (file,) = [f for r in replies for f in r.files]
    kept = json.dumps(json.loads(stage.files.get(file.file_id)), ensure_ascii=False)
    assert "โกงเงิน" not in kept
    assert "แดง" not in kept
    assert helped not in texts(await stage.say("ดำ", "เรื่องของฉัน", channel=OTHER))
    assert helped in texts(await stage.say("แดง", "เรื่องของฉัน"))


async def test_an_old_button_joins_no_matter_of_elsewhere_or_closed(stage: Stage) -> None:
    await stage.join("ไกล", "97010201")
    await stage.invite("ปลัด", Role.DISTRICT_OFFICER, "9701")
    there = await told(stage, "แดง", "น้ำประปาไม่ไหลมาสามวันแล้ว ที่ซอย 2")
    far = await told(stage, "ไกล", "ถนนพังหน้าวัดท่าลาด")
    near = await told(stage, "แดง", "ไฟถนนดับหน้าวัดสว่างอารมณ์")
    async with stage.database.read() as uow:
        report = await uow.reports.by_code(there)
        assert report
        issue = await uow.issues.by_id(report.issue_id or 0)
    await stage.say("ไกล", kind=BUTTON, button=f"same:{far}:{issue.code}")
    await stage.say("ปลัด", f"อัปเดต {issue.code} ทำไม่ได้ ไม่มีงบ", after=LATER)
    await stage.say("แดง", kind=BUTTON, button=f"same:{near}:{issue.code}")
    async with stage.database.read() as uow:
        standing = await uow.issues.standing(issue.id)
    assert standing.issue.state is not IssueState.NOTED
    assert standing.reports == 1
