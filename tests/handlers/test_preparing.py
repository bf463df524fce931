"""Preparing a forum beyond what the conversations show: cost, languages, workers side by side, papers."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from handlers import freezing
from handlers.dialogue.state import Step
from handlers.freezing import tell_owed
from handlers.messages import FileRef, MessageKind, Reply
from handlers.notices import tell_forums
from handlers.places import AreaBook
from handlers.ports import MadeFile
from handlers.settings import TurnSettings
from planning.forums import AgendaVersion
from planning.issues import IssueState
from planning.reports import Channel
from planning.roles import Role
from tests.handlers.stage import Stage, button, open_stage, texts

pytestmark = pytest.mark.usefixtures("untraced")
HEAD, VILLAGE = "ผู้ใหญ่", "97010101"
MEETS = "นัดประชุม 14 พฤศจิกายน 2569 9 โมง ศาลากลางบ้าน"


async def head_with(stage: Stage, *people: str) -> None:
    """A head, and people of the village."""
    await stage.invite(HEAD, Role.HEAD, VILLAGE)
    for who in people:
        await stage.join(who)


async def press(stage: Stage, label: str, shown: list[Reply]) -> list[Reply]:
    return await stage.say(HEAD, kind=MessageKind.BUTTON, button=button(shown, label))


async def test_what_a_notice_costs_is_told_before_it_is_sent(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await head_with(stage, "ก", "ข")
        await stage.say("ค", f"ลงทะเบียน {VILLAGE}", channel=Channel.TELEGRAM)
        await stage.say("ง", f"ลงทะเบียน {VILLAGE}")
        await stage.say("ง", "ความยินยอม")
        async with stage.database.write() as uow:
            refuses = await uow.people.find(Channel.LINE, "ง")
            assert refuses
            from planning.consents import ConsentKind

            await uow.consents.decide(refuses.id, ConsentKind.NEWS, False, stage.now)
        asked = await stage.say(HEAD, MEETS)
        assert "แจ้งทางแชตได้ 3 คน" in texts(asked)
        assert "ใช้โควตาไลน์ 2 ข้อความ" in texts(asked)
        assert set(stage.heard) == {HEAD}
        await press(stage, "ส่งทุกคน", asked)
        assert set(stage.heard) == {HEAD, "ก", "ข", "ค"}


async def test_a_month_nearly_used_up_is_told(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        stage.turns._settings = replace(TurnSettings(), line_month_limit=31, line_reserve=30)
        await head_with(stage, "ก", "ข", "ค")
        asked = texts(await stage.say(HEAD, MEETS))
        assert "วันนี้ส่งได้ราว 1" in asked
        assert "จาก 31" in asked


async def test_villagers_hear_it_in_their_language(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await head_with(stage, "ก", "Jim")
        await stage.say("Jim", kind=MessageKind.BUTTON, button="lang:en")
        await press(stage, "ส่งทุกคน", await stage.say(HEAD, MEETS))
        assert "Village meeting of บ้านนาสวรรค์" in texts(stage.heard["Jim"])
        assert "Sat 14/11/2026 09.00" in texts(stage.heard["Jim"])
        assert "เชิญประชุม" in texts(stage.heard["ก"])


async def test_workers_side_by_side_remind_once(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await head_with(stage, "ก")
        await press(stage, "ส่งทุกคน", await stage.say(HEAD, MEETS))
        stage.now = stage.now.replace(day=13, hour=1)  # eight o'clock in Thailand
        book, how = AreaBook(stage.database), TurnSettings()
        assert await tell_forums(stage.database, book, how, stage.now) == 0
        stage.now += timedelta(hours=1)
        sent = await asyncio.gather(
            *(
                tell_forums(stage.database, AreaBook(stage.database), how, stage.now)
                for _ in range(4)
            )
        )
        assert sorted(sent) == [0, 0, 0, 1]
        stage.heard = {}
        await stage._deliver()
        assert len(stage.heard["ก"]) == len(stage.heard[HEAD]) == 1
        assert "พรุ่งนี้ประชุม" in texts(stage.heard["ก"])


async def test_a_forum_under_way_is_neither_moved_nor_arranged(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await head_with(stage, "ก")
        await stage.say("ก", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก")
        await stage.say(HEAD, "ระเบียบวาระ")
        await stage.say(HEAD, "มติ 1 เห็นชอบ 9/0 ทำเอง")
        for words in ("จัดวาระ", MEETS, "ยกเลิกนัดประชุม", "ผู้จัดร่วม อบต.ดอนแก้ว"):
            assert "ยังไม่ปิด" in texts(await stage.say(HEAD, words)), words
        told = texts(await stage.say(HEAD, "เพิ่มวาระ ไฟทางดับหน้าโรงเรียนบ้านนาสวรรค์"))
        assert "ยังไม่ปิด" in told and "เลขรับเรื่อง" in told  # said too late, and not lost


async def test_what_is_taken_out_stays_open_and_its_teller_hears_why(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await head_with(stage, "ก")
        await stage.say("ก", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก")
        await stage.say(HEAD, "ระเบียบวาระ")
        item = await press(stage, "1", await stage.say(HEAD, "จัดวาระ"))
        await press(stage, "รอข้อมูล", await press(stage, "เอาออก", item))
        assert "ก" not in stage.heard
        empty = await stage.say(HEAD, "ระเบียบวาระ")
        assert "ฉบับที่ 2" in texts(empty)
        assert "รอข้อมูลเพิ่มก่อน" in texts(stage.heard["ก"])
        async with stage.database.read() as uow:
            (standing,) = await uow.issues.standings(VILLAGE)
        assert standing.issue.state is IssueState.NOTED
        listed = await press(stage, "เรื่องที่มีอยู่", await stage.say(HEAD, "จัดวาระ"))
        assert "เข้าวาระแล้วค่ะ เป็นข้อ 1" in texts(await press(stage, "เอาเข้า", listed))


class OtherDocuments:
    """A maker whose bytes are never the same twice, as after a new version of the program."""

    def __init__(self) -> None:
        self.made = 0

    def agenda(self, version: AgendaVersion) -> tuple[MadeFile, ...]:
        """Something new each time."""
        self.made += 1
        data = f"{version.code} {self.made}".encode()
        return (MadeFile(name="agenda.pdf", media_type="application/pdf", data=data),)


def files_of(replies: list[Reply]) -> list[FileRef]:
    return [ref for reply in replies for ref in reply.files]


async def test_papers_are_made_once_and_given_again(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await head_with(stage, "ก")
        maker = OtherDocuments()
        stage.turns._think = replace(stage.turns._think, documents=maker)  # type: ignore[arg-type]
        first = await stage.say(HEAD, "ระเบียบวาระ")
        again = await stage.say(HEAD, "ระเบียบวาระ")
        assert files_of(first) == files_of(again) != []
        assert maker.made == 1
        await stage.say("ก", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก")
        second = await stage.say(HEAD, "ระเบียบวาระ")
        assert files_of(second) != files_of(first)
        code = texts(first).split("(")[1].split(")")[0]
        assert files_of(await stage.say(HEAD, f"ระเบียบวาระ {code}")) == files_of(first)
        stage.files.remove(files_of(second)[0].file_id)
        await stage.say(HEAD, "ระเบียบวาระ")
        assert maker.made == 3  # lost from the disk: made anew


async def test_of_many_items_the_rest_hear_by_and_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freezing, "_AT_ONCE", 1)
    async with open_stage(tmp_path) as stage:
        await head_with(stage, "ก", "ข", "ค")
        told = {
            "ก": "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก",
            "ข": "ขยะล้นถังหน้าโรงเรียนบ้านนาสวรรค์",
            "ค": "ไฟทางซอย 2 ดับมืดมาก",
        }
        for who, words in told.items():
            await stage.say(who, words)
        await stage.say(HEAD, "ระเบียบวาระ")
        assert len(set(stage.heard) - {HEAD}) == 1
        before = set(stage.heard)
        stage.heard = {}
        book = AreaBook(stage.database)
        assert await tell_owed(stage.database, book, TurnSettings(), stage.now) == 2
        assert await tell_owed(stage.database, book, TurnSettings(), stage.now) == 0
        await stage._deliver()
        assert before | set(stage.heard) == {HEAD, *told}
        assert all("เข้าวาระประชุม" in texts(stage.heard[who]) for who in stage.heard)


async def test_a_date_told_with_the_agenda_is_told_again_when_it_moves(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await head_with(stage, "ก", "ข")
        await stage.say("ก", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก")
        await stage.say(HEAD, MEETS)
        await stage.say(HEAD, "ระเบียบวาระ")
        assert "14 พ.ย. 69" in texts(stage.heard["ก"])
        moved = await stage.say(HEAD, "นัดประชุม 21 พฤศจิกายน 2569")
        assert "เคยแจ้งวันเดิมไว้ 1 คน" in texts(moved)
        await press(stage, "บอกเลย", moved)
        assert "เปลี่ยนนัดใหม่" in texts(stage.heard["ก"])
        assert "ข" not in stage.heard


async def test_an_item_of_the_heads_own_has_a_report_behind_it(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await head_with(stage)
        said = await stage.say(HEAD, "เพิ่มวาระ ขอซ่อมศาลากลางบ้าน หลังคารั่ว โทร 0812345678")
        assert "เป็นข้อ 1" in texts(said) and "0812345678" not in texts(said)
        async with stage.database.read() as uow:
            (standing,) = await uow.issues.standings(VILLAGE)
            head = await uow.people.find(stage.channel, HEAD)
            (report,) = await uow.reports.of_issue(standing.issue.id)
        assert head and report.person_id == head.id
        assert standing.issue.neutral_line.startswith("ขอซ่อมศาลากลางบ้าน หลังคารั่ว โทร …")
        secret = await stage.say(HEAD, "เพิ่มวาระ มีคนขายยาบ้าแถวสระหลวง")
        assert "ศูนย์ดำรงธรรม" in texts(secret) and "ยาบ้า" not in texts(secret)
        assert "มี 1 เรื่อง" in texts(await stage.say(HEAD, "จัดวาระ"))


async def test_no_name_or_accusation_gets_onto_the_agenda(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await head_with(stage)
        await press(stage, "เพิ่มเรื่องแจ้ง", await stage.say(HEAD, "เรื่องประธานแจ้ง"))
        touchy = await stage.say(HEAD, "นายสมชาย ใจดี ขายยาบ้าแถวสระหลวง ให้ระวัง")
        assert "ไม่ควรขึ้นที่ประชุม" in texts(touchy)
        assert (await stage.conversation(HEAD)).step is Step.ASK_OPENING
        added = await stage.say(HEAD, "ฉีดวัคซีนพิษสุนัขบ้าฟรี ที่บ้านเลขที่ 12/3 โทร 0812345678")
        assert "ฉีดวัคซีนพิษสุนัขบ้าฟรี" in texts(added)
        asked = await stage.say(HEAD, "ผู้จัดร่วม กำนันตำบลดอนแก้ว โทร 0812345678")
        assert "1. กำนันตำบลดอนแก้ว โทร …" in texts(await press(stage, "ใส่ตามนี้", asked))
        agenda = await stage.say(HEAD, "ระเบียบวาระ")
        data = b"".join(stage.files.get(ref.file_id) for ref in files_of(agenda))
        async with stage.database.read() as uow:
            forum = await uow.forums.current(VILLAGE)
            version = await uow.forums.latest_version(forum.id) if forum else None
        assert version and data
        content = version.content
        assert content.opening == ("ฉีดวัคซีนพิษสุนัขบ้าฟรี ที่บ้านเลขที่ … โทร …",)
        assert content.conveners == ("กำนันตำบลดอนแก้ว โทร …",)


async def test_a_long_draft_is_shown_page_by_page(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await head_with(stage)
        where = ("วัดสว่างอารมณ์", "โรงเรียน", "ตลาด", "สระหลวง", "ศาลา", "อนามัย", "สี่แยก")
        what = (
            "ขอไฟทาง",
            "ซ่อมถนน",
            "ท่อระบายน้ำตัน",
            "ขยะล้น",
            "หลังคารั่ว",
            "น้ำประปาไม่ไหล",
            "หมาจรจัดเยอะ",
        )
        for thing, place in zip(what, where, strict=True):
            await stage.say(HEAD, f"เพิ่มวาระ {thing} หน้า{place}")
        first = await stage.say(HEAD, "จัดวาระ")
        assert "1. " in texts(first) and "6. " not in texts(first)
        second = await press(stage, "หน้าต่อไป", first)
        assert "6. " in texts(second) and "\n1. " not in texts(second)
        item = await press(stage, "6", second)
        assert "ข้อ 6." in texts(item)
        back = await press(stage, "กลับไปร่างวาระ", item)
        assert "6. " in texts(back)
        assert "1. " in texts(await press(stage, "หน้าก่อน", back))
