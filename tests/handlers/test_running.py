"""A forum run from phones: late and doubled commands, votes on phones, and what is left of who voted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.documents.maker import OfficialDocuments
from handlers.closing import settle_forum
from handlers.forum_log import record_of
from handlers.messages import IncomingMessage, MessageKind
from handlers.news import Voice
from handlers.settings import TurnSettings
from handlers.turn import TurnService
from planning.forum_record import Attendance, ForumRecord, Votes
from planning.forums import Forum, Outcome, Way
from planning.reports import Channel
from planning.roles import Role
from tests.handlers.stage import READER, Stage, button, open_stage, texts

VILLAGE = "97010101"
HEAD = "ผู้ใหญ่"


async def prepared(stage: Stage, *matters: str) -> None:
    """A village with matters and a frozen agenda."""
    await stage.join("แดง")
    for matter in matters or ("ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก", "ขยะล้นข้างสระหลวง เหม็นมาก"):
        await stage.say("แดง", matter)
    await stage.invite(HEAD, Role.HEAD, VILLAGE)
    await stage.say(HEAD, "ระเบียบวาระ")


async def forum_of(stage: Stage) -> Forum:
    async with stage.database.read() as uow:
        found = await uow.forums.of_village(VILLAGE)
    return found[-1]


async def kept(stage: Stage) -> ForumRecord:
    async with stage.database.read() as uow:
        forums = await uow.forums.of_village(VILLAGE)
        return replace(await record_of(uow, forums[-1]), forum_id=0)


SAID = (
    "เริ่มประชุม", "ผู้มาประชุม 42 คน 35 หลัง", "มติ 1 เห็นชอบ 30/2", "(way:1:together)",
    "(item:2)", "38 ต่อ 1 งด 3", "มติ 2 เลื่อน", "บันทึก ขอให้ช่างมาดูก่อน", "ยกเลิกล่าสุด",
    "แก้มติ 1 เห็นชอบ 31/2 ทำร่วม", "แก้ข้อ 1 เป็น ซ่อมถนนหน้าวัด 200 เมตร", "ปิดประชุม",
)  # fmt: skip


def messages(stage: Stage) -> list[IncomingMessage]:
    """What the head says, a minute apart, as the platform saw it."""
    found = []
    for words in SAID:
        stage.now += timedelta(minutes=1)
        pressed = words.strip("()") if words.startswith("(") else ""
        kind = MessageKind.BUTTON if pressed else MessageKind.TEXT
        text = "" if pressed else words
        found.append(stage.message(HEAD, text, kind=kind, button=pressed))
    return found


async def heard(path: Path, order: Sequence[int]) -> ForumRecord:
    """The record when the words arrive in that order, one at a time, all of them late."""
    async with open_stage(path) as stage:
        await prepared(stage)
        said = messages(stage)
        for number in order:
            stage.now += timedelta(minutes=1)
            await stage.receive(said[number])
        return await kept(stage)


def folder(parent: Path, name: str) -> Path:
    (parent / name).mkdir()
    return parent / name


async def test_late_doubled_and_disordered_commands_make_the_same_record(tmp_path: Path) -> None:
    usual = list(range(len(SAID)))
    as_said = await heard(folder(tmp_path, "usual"), usual)
    first, second = as_said.items
    assert (first.outcome, first.way, first.votes) == (
        Outcome.APPROVED, Way.TOGETHER, Votes(for_it=31, against=2),
    )  # fmt: skip
    assert (second.outcome, second.votes) == (
        Outcome.POSTPONED, Votes(for_it=38, against=1, abstained=3),
    )  # fmt: skip
    assert as_said.attendance == Attendance(people=42, households=35)
    assert (as_said.notes, second.notes, as_said.corrections) == ((), (), 2)
    assert as_said.ended_at and as_said.began_at
    disordered = [*usual[::-1], *usual]
    Random(7).shuffle(disordered)
    assert disordered[0] > 3
    assert await heard(folder(tmp_path, "disordered"), disordered) == as_said


async def test_two_who_run_the_forum_see_one_record(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await prepared(stage)
        await stage.invite("ปลัด", Role.DISTRICT_OFFICER, "9701")
        await stage.join("ปลัด")
        await stage.say(HEAD, "มติ 1 เห็นชอบ 20/1 ทำเอง")
        seen = texts(await stage.say("ปลัด", "ผลประชุม"))
        assert "ลงมติแล้ว 1 จาก 2 ข้อ" in seen
        await stage.say("ปลัด", "มติ 2 ไม่เห็นชอบ")
        assert "ลงมติแล้ว 2 จาก 2 ข้อ" in texts(await stage.say(HEAD, "ผลประชุม"))


async def test_a_command_of_a_forum_that_is_closed_touches_not_the_next(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await prepared(stage)
        await stage.say(HEAD, "มติ 1 เห็นชอบ 20/1 ทำเอง")
        stage.now += timedelta(minutes=1)
        late = stage.message(HEAD, "มติ 2 เห็นชอบ 20/1 ทำเอง")
        await closed(stage)
        await stage.say(HEAD, "ระเบียบวาระ")
        await stage.receive(late)
        assert "ปิดรายงานไปแล้ว" in texts(stage.heard[HEAD])
        assert not (await kept(stage)).begun


async def closed(stage: Stage) -> None:
    """The minutes are closed."""
    async with stage.database.write() as uow:
        found = (await uow.forums.of_village(VILLAGE))[-1]
        voice = Voice(uow=uow, now=stage.now, settings=TurnSettings())
        await settle_forum(voice, found)
        assert await settle_forum(
            voice, replace(found, state=(await uow.forums.by_id(found.id)).state)
        )


async def voting(stage: Stage, people: Sequence[str], houses: Sequence[str] = ()) -> None:
    """These people checked in, from these houses; a poll on item 1 is open."""
    await stage.say(HEAD, "เริ่มประชุม")
    shown = texts(await stage.say(HEAD, "เช็กชื่อ"))
    code = shown.split("«เข้าประชุม ")[1][:6]
    for number, who in enumerate(people):
        await stage.say(who, f"เข้าประชุม {code}")
        if houses:
            await stage.say(who, houses[number])
    await stage.say(HEAD, kind=MessageKind.BUTTON, button="poll:1")


async def vote(stage: Stage, who: str, label: str) -> str:
    asked = await stage.say(who, "โหวต")
    return texts(await stage.say(who, kind=MessageKind.BUTTON, button=button(asked, label)))


async def test_one_vote_a_household_where_that_is_set(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        how = TurnSettings(forum_vote_by="household")
        files = stage.files
        stage.turns = TurnService(stage.database, READER, OfficialDocuments(), files, how)
        await prepared(stage)
        await voting(stage, ("พ่อ", "แม่", "ลุง"), ("บ้านเลขที่ 45/2", "45/2", "๑๒"))
        assert "เห็นชอบ" in await vote(stage, "พ่อ", "เห็นชอบ")
        assert "บ้านนี้มีคนลงคะแนนข้อ 1 แล้ว" in await vote(stage, "แม่", "ไม่เห็นชอบ")
        assert "ไม่เห็นชอบ" in await vote(stage, "ลุง", "ไม่เห็นชอบ")
        code = texts(await stage.say(HEAD, "เช็กชื่อ")).split("«เข้าประชุม ")[1][:6]
        await stage.say("หนุ่ม", f"เข้าประชุม {code}")
        assert "บอกบ้านเลขที่ก่อน" in await vote(stage, "หนุ่ม", "เห็นชอบ")
        record = await kept(stage)
        assert record.items[0].votes == Votes(for_it=1, against=1, polled=True)
        assert record.attendance == Attendance(people=0, households=2, checked_in=4)


async def test_who_voted_how_is_gone_once_the_minutes_are_closed(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await prepared(stage)
        await voting(stage, ("พ่อ", "แม่", "ลุง"), ("1", "1", "2"))
        for who, label in (("พ่อ", "เห็นชอบ"), ("แม่", "งดออกเสียง"), ("ลุง", "ไม่เห็นชอบ")):
            await vote(stage, who, label)
        await stage.say("ลุง", "ลบข้อมูลของฉัน")
        await stage.say("ลุง", "ยืนยันลบ")
        await stage.say(HEAD, "มติ 1 เห็นชอบ ทำเอง")
        before = await kept(stage)
        assert before.items[0].votes == Votes(for_it=1, against=1, abstained=1, polled=True)
        await closed(stage)
        assert await kept(stage) == before
        forum = await forum_of(stage)
        async with stage.database.read() as uow:
            assert await uow.running.comers(forum.id) == ()
            lines = await uow.running.lines(forum.id)
        assert not [line for line in lines if "comer" in line.content]


@pytest.mark.parametrize("channel", [Channel.LINE, Channel.TELEGRAM])
async def test_a_poll_is_pushed_where_that_is_free_else_when_told_to(
    tmp_path: Path, channel: Channel
) -> None:
    async with open_stage(tmp_path, channel) as stage:
        await prepared(stage)
        await voting(stage, ("พ่อ", "แม่"))
        asked = {who for who, replies in stage.heard.items() if "กำลังโหวต" in texts(replies)}
        if channel is Channel.TELEGRAM:
            assert asked == {"พ่อ", "แม่"}
            return
        assert asked == set()
        said = stage.heard[HEAD]
        assert "อีก 2 คนใช้ LINE" in texts(said)
        paid = button(said, "ส่งถึง LINE 2 คน")
        await stage.say(HEAD, kind=MessageKind.BUTTON, button=paid)
        assert {"พ่อ", "แม่"} <= set(stage.heard)


async def test_no_ballot_after_the_poll_and_none_without_checking_in(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await prepared(stage)
        await voting(stage, ("พ่อ",))
        asked = await stage.say("พ่อ", "โหวต")
        yes = button(asked, "เห็นชอบ")
        stranger = await stage.say("ขาจร", kind=MessageKind.BUTTON, button=yes)
        assert "เช็กชื่อเข้าประชุมก่อน" in texts(stranger)
        stage.now += timedelta(minutes=1)
        in_time = stage.message("พ่อ", kind=MessageKind.BUTTON, button=yes)
        await stage.say(HEAD, kind=MessageKind.BUTTON, button="poll:1:close")
        await stage.receive(in_time)  # pressed before the poll closed, heard after
        assert (await kept(stage)).items[0].votes == Votes(for_it=1, against=0, polled=True)
        late = await stage.say("พ่อ", kind=MessageKind.BUTTON, button=yes.replace("for", "against"))
        assert "ปิดโหวตแล้ว" in texts(late)
