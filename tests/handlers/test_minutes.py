"""Minutes beyond the script: what was read is what is closed, once; nothing private stands in them."""

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import docx
import pymupdf
import pytest
from docx.oxml.ns import qn

from bot.documents.maker import OfficialDocuments
from handlers import listing
from handlers.drafting import Printable
from handlers.helped_lists import drop_lists
from handlers.messages import FileRef, MessageKind, Reply
from planning.issues import Issue, IssueState
from planning.minutes import Minutes, minutes_hash
from planning.reports import Channel
from planning.roles import Role
from tests.handlers.stage import READER, Stage, button, open_stage, texts

OPEN: Any = pymupdf.open
HEAD, OTHER_PHONE = "ผู้ใหญ่", "ผู้ใหญ่เครื่องสอง"
CLOSE = "รับรองและปิดรายงาน"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A village with two matters on a frozen agenda, and its head in the meeting."""
    async with open_stage(tmp_path, Channel.TELEGRAM) as made:
        await made.join("แดง")
        await made.say("แดง", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก")
        await made.join("ศรี")
        await made.say("ศรี", "ขอไฟส่องสว่างตรงซอย 2 มืดมาก")
        await made.invite(HEAD, Role.HEAD, "97010101")
        await made.say(HEAD, "ระเบียบวาระ")
        await made.say(HEAD, "เริ่มประชุม")
        await made.say(HEAD, "มติ 1 เห็นชอบ 42/3 ทำร่วม")
        yield made


async def last(stage: Stage) -> Minutes | None:
    async with stage.database.read() as uow:
        return await uow.minutes.last_of("97010101")


async def issues(stage: Stage) -> list[Issue]:
    """Every matter that was told."""
    told = await listing.reports(stage.database)
    async with stage.database.read() as uow:
        found = [await uow.issues.by_code(report["issue_code"]) for report in told]
    return [issue for issue in found if issue]


def papers(stage: Stage, replies: list[Reply]) -> str:
    """All that the documents of some replies say."""
    files = [file for reply in replies for file in reply.files]
    return "\n".join(_words(stage, file) for file in files if not file.is_picture)


def _words(stage: Stage, file: FileRef) -> str:
    data = stage.files.get(file.file_id)
    if file.name.endswith(".docx"):
        document = docx.Document(io.BytesIO(data))
        return "".join(t.text or "" for t in document.element.body.iter(qn("w:t")))
    with OPEN(stream=data) as pdf:
        return "".join(page.get_text() for page in pdf)


async def test_only_what_was_read_is_closed_and_only_once(stage: Stage) -> None:
    await stage.invite(OTHER_PHONE, Role.HEAD, "97010101")
    draft = await stage.say(HEAD, "ปิดประชุม")
    pressed = button(draft, CLOSE)
    await stage.say(OTHER_PHONE, "มติ 2 เลื่อน")
    again = await stage.say(HEAD, kind=MessageKind.BUTTON, button=pressed)
    assert "ส่งร่างใหม่ให้อ่านก่อน" in texts(again)
    assert await last(stage) is None
    assert set(stage.heard) == {HEAD}
    assert "ให้เลื่อนการพิจารณาออกไป" in papers(stage, again)
    assert "ให้เลื่อนการพิจารณาออกไป" not in papers(stage, draft)
    pressed = button(again, CLOSE)
    closed = await stage.say(HEAD, kind=MessageKind.BUTTON, button=pressed)
    assert set(stage.heard) == {HEAD, "แดง", "ศรี"}
    kept = await last(stage)
    assert kept and kept.code in texts(closed)
    repeated = await stage.say(OTHER_PHONE, kind=MessageKind.BUTTON, button=pressed)
    assert set(stage.heard) == {OTHER_PHONE}
    assert "ปิดแล้วเมื่อ" in texts(repeated)
    assert await last(stage) == kept
    assert {i.state for i in await issues(stage)} == {IssueState.IN_BANK, IssueState.POSTPONED}


async def test_the_files_are_those_of_the_kept_content_and_never_change(stage: Stage) -> None:
    await stage.say(HEAD, "ปิดประชุม")
    await stage.say(HEAD, CLOSE)
    kept = await last(stage)
    assert kept and kept.sha256 == minutes_hash(kept.content)
    files = {f.name: f.file_id for r in await stage.say(HEAD, "รายงานการประชุม") for f in r.files}
    made = OfficialDocuments().minutes(kept)
    assert {m.name: m.data for m in made} == {n: stage.files.get(i) for n, i in files.items()}
    assert len(files) == 3


async def test_a_matter_that_became_confidential_is_not_told_in_minutes(stage: Stage) -> None:
    issue = next(i for i in await issues(stage) if i.category == "road")
    assert issue.neutral_line in papers(stage, stage.ever[HEAD])
    async with stage.database.write() as uow:
        await uow.issues.update(replace(issue, confidential=True))
    said = papers(stage, await stage.say(HEAD, "ปิดประชุม"))
    assert "เรื่องที่ไม่เปิดเผย" in said
    assert issue.neutral_line not in said
    assert issue.code not in said
    await stage.say(HEAD, CLOSE)
    kept = await last(stage)
    assert kept and issue.neutral_line not in repr(kept.content)


async def test_times_of_another_day_are_asked_about_and_can_be_set_right(stage: Stage) -> None:
    async with stage.database.write() as uow:
        forum = await uow.forums.current("97010101")
        assert forum
        await uow.forums.update(replace(forum, held_on=datetime(2026, 10, 30, tzinfo=UTC).date()))
    draft = await stage.say(HEAD, "ปิดประชุม")
    assert "นัดไว้ 30 ต.ค. 69" in texts(draft)
    await stage.say(HEAD, "แก้วันประชุม 2 พ.ย. 2569")
    draft = await stage.say(HEAD, "ร่างรายงาน")
    assert "นัดไว้" not in texts(draft)
    await stage.say(HEAD, "แก้เวลาเริ่ม 8.30")
    await stage.say(HEAD, "แก้เวลาเลิก เที่ยง")
    said = papers(stage, await stage.say(HEAD, "ร่างรายงาน"))
    for words in ("๒ พฤศจิกายน พ.ศ. ๒๕๖๙", "๐๘.๓๐", "๑๒.๐๐"):
        assert words.replace(" ", "") in said.replace(" ", "").replace("\u00a0", "")


async def test_the_results_go_to_each_group_once_and_on_line_the_cost_is_told(
    tmp_path: Path,
) -> None:
    for channel, asked in ((Channel.LINE, True), (Channel.TELEGRAM, False)):
        folder = tmp_path / channel
        folder.mkdir()
        async with open_stage(folder, channel) as stage:
            await stage.join("แดง")
            await stage.say("แดง", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก")
            await stage.invite(HEAD, Role.HEAD, "97010101")
            for words in ("ระเบียบวาระ", "มติ 1 เห็นชอบ 9/0 ทำเอง", "ปิดประชุม", CLOSE):
                await stage.say(HEAD, words)
            code = texts(await stage.say(HEAD, "ผูกกลุ่ม")).splitlines()[-1].split(" [")[0]
            await stage.say(HEAD, code, group=True)
            said = texts(await stage.say(HEAD, "ส่งผลลงกลุ่ม"))
            assert ("โควตา" in said) is asked
            if asked:
                assert "group" not in stage.heard
                await stage.say(HEAD, "ส่งเลย")
            assert "ผลประชาคม" in texts(stage.heard["group"])
            assert all(f.is_picture for r in stage.heard["group"] for f in r.files)
            press = await stage.say(HEAD, kind=MessageKind.BUTTON, button="mn:post:sure")
            assert "ไปแล้ว" in texts(press)
            assert "group" not in stage.heard


NAMES = ("นายสมมุติ ใจงาม", "ลุงแก้ว", "ยายเขียว", "น.ส.ตัวอย่าง แสนดี", "ป้าจันทร์แดง")
NUMBERS = (
    "081-234-5678", "โทร 0912345678", "บัตร 1-1018-00123-45-6", "๐๘๙ ๑๒๓ ๔๕๖๗", "บ้านเลขที่ 99/12",
    "id line: khamdee99", "somebody@example.org",
)  # fmt: skip
ASKS = (
    "ขอให้ซ่อมถนนหน้าบ้านก่อน", "อยากให้ทำท่อระบายน้ำพร้อมกัน", "เสนอให้ติดไฟตรงสามแยก", "ถามเรื่องงบว่ามาเมื่อไร",
    "ขอให้ อบต. มาดูพื้นที่", "เสนอให้นัดทำความสะอาดคลอง", "ว่าน้ำประปาไหลอ่อน", "ขอรับเบี้ยยังชีพ",
)  # fmt: skip
SECRETS = (
    "มีคนขายยาบ้าแถวสระหลวง", "ผู้ใหญ่บ้านโกงเงินกองทุน", "ตาแก้วเมาแล้วตีเมียทุกคืน", "บ้านท้ายซอยเปิดบ่อนไพ่",
)  # fmt: skip


def test_of_several_hundred_things_typed_none_prints_a_name_or_a_number() -> None:
    printable = Printable(READER)
    looked = 0
    for name, number, asks in product(NAMES, NUMBERS, ASKS):
        said = f"{name} {number} {asks}"
        shown = printable.shown(said) or ""
        for private in (name, number.split()[-1], number.removeprefix("บ้านเลขที่ ")):
            assert private in said
            assert private not in shown, said
        looked += bool(shown)
    assert looked > 200
    for secret in SECRETS:
        assert printable.shown(secret) is None
    assert printable.left_out[-len(SECRETS) :] == list(SECRETS)


async def test_what_the_head_types_leaks_nothing_into_the_papers(stage: Stage) -> None:
    said = [f"{NAMES[n % 5]} {NUMBERS[n % 7]} {ASKS[n % 8]}" for n in range(6)]
    for n, words in enumerate([*said, *SECRETS]):
        await stage.say(HEAD, f"บันทึก {words}", after=timedelta(minutes=n + 1))
    await stage.say(HEAD, f"แก้ข้อ 1 เป็น {SECRETS[0]}")
    draft = await stage.say(HEAD, "ปิดประชุม")
    told = papers(stage, draft)
    assert "ผู้เข้าประชุม" in told and ASKS[0] in told
    for private in (*NAMES, *SECRETS, "234-5678", "0912345678", "๑๒๓ ๔๕๖๗", "99/12", "๙๙/๑๒"):
        assert private not in told
    await stage.say(HEAD, CLOSE)
    kept = await last(stage)
    assert kept
    for private in (*NAMES, *SECRETS, "0912345678"):
        assert private not in repr([kept.content, kept.content.notes])


async def test_drafts_go_when_nobody_can_open_them_and_closed_minutes_stay(stage: Stage) -> None:
    draft = [f for r in await stage.say(HEAD, "ปิดประชุม") for f in r.files]
    closed = [f for r in await stage.say(HEAD, CLOSE) for f in r.files]
    assert {f.file_id for f in draft}.isdisjoint({f.file_id for f in closed})
    gone = await drop_lists(stage.database, stage.files, stage.now + timedelta(days=1))
    assert gone == 3
    for file in draft:
        with pytest.raises(FileNotFoundError):
            stage.files.get(file.file_id)
    assert all(stage.files.get(file.file_id) for file in closed)
