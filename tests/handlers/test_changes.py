"""Edited and unsent messages: what is left of them, in whichever order their events come."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from handlers.changes import reworded
from handlers.dialogue import texts as t
from handlers.messages import (
    IncomingMessage,
    MessageKind,
    Reply,
    replies_from_json,
    replies_to_json,
)
from handlers.parts import shares
from handlers.striking import Struck, without
from planning.issues import IssueState
from planning.reports import Channel, Report, ReportState
from planning.roles import Role
from storage.tables import metadata
from storage.values import NewOutboxItem, ToldPart
from tests.handlers.media_moves import change, changed, develop
from tests.handlers.stage import START, Stage, button, open_stage, texts
from tests.pictures import photo

ROAD = "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมลึกมาก"
SECRET = "น้องแจ๋วติดหนี้ห้าหมื่นหนีไปแล้ว"
EDIT, UNSEND = MessageKind.EDIT, MessageKind.UNSEND


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path, Channel.LINE) as made:
        await made.join("ยาย")
        yield made


async def mine(stage: Stage, who: str = "ยาย") -> list[Report]:
    """The reports of `who`, the first told first."""
    async with stage.database.read() as uow:
        person = await uow.people.find(stage.channel, who)
        assert person is not None
        return list(reversed(await uow.reports.of_person(person.id)))


async def everything(stage: Stage) -> str:
    """All that lies in the database, as its keys open it."""
    held = ""
    async with stage.database.read() as uow:
        keys = uow.areas._keys
        for table in metadata.sorted_tables:
            for row in await uow.areas._rows(select(table)):
                for name, value in row._mapping.items():
                    sealed = isinstance(value, bytes) and name.endswith("_sealed")
                    held += f"{keys.open(value) if sealed else value}\n"
    return held.replace("\\n", "\n")


async def test_nothing_of_an_unsent_message_is_left(stage: Stage) -> None:
    await stage.say("ยาย", SECRET)
    await stage.say("ยาย", "เรื่องของฉัน")
    assert "แจ๋ว" in await everything(stage)
    await change(stage, "ยาย", UNSEND, back=2)
    (report,) = await mine(stage)
    assert (report.state, report.text, report.masked_text) == (ReportState.WITHDRAWN, "", "")
    assert report.issue_id is None
    assert "แจ๋ว" not in await everything(stage)
    async with stage.database.read() as uow:
        lines = await uow.audit.of_subject(report.tracking_code)
    assert [line.action for line in lines] == ["unsent"]


async def test_an_unsend_on_line_costs_no_push_and_is_said_with_the_next_answer(
    stage: Stage,
) -> None:
    await stage.say("ยาย", ROAD)
    assert await change(stage, "ยาย", UNSEND) == []
    answer = texts(await stage.say("ยาย", "เมนู"))
    assert "ลบข้อความที่ยกเลิกส่งแล้วค่ะ" in answer
    assert "ยกเลิกส่ง" not in texts(await stage.say("ยาย", "เมนู"))


async def test_what_others_told_of_the_same_keeps_the_issue_with_a_line_of_theirs(
    stage: Stage,
) -> None:
    await stage.say("ยาย", f"{ROAD} น้องแจ๋วบอกมา")
    await stage.join("ลุง")
    await stage.say("ลุง", "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมลึกมาก รถล้ม")
    if "[เรื่องเดียวกัน]" in texts(stage.heard["ลุง"]):
        same = button(stage.heard["ลุง"], "เรื่องเดียวกัน")
        await stage.say("ลุง", kind=MessageKind.BUTTON, button=same)
    (hers,), (his,) = await mine(stage), await mine(stage, "ลุง")
    assert hers.issue_id == his.issue_id is not None
    await change(stage, "ยาย", UNSEND)
    async with stage.database.read() as uow:
        standing = await uow.issues.standing(his.issue_id)
    assert (standing.people, standing.issue.state) == (1, IssueState.NOTED)
    assert "แจ๋ว" not in standing.issue.neutral_line
    assert standing.issue.neutral_line


async def test_an_unsend_with_its_message_in_one_handful_answers_nobody(stage: Stage) -> None:
    told = stage.message("ยาย", SECRET)
    stage.now += timedelta(seconds=3)
    await stage.receive(told, changed(stage, told, UNSEND, ""))
    assert stage.heard == {}
    assert await mine(stage) == []
    assert "แจ๋ว" not in await everything(stage)


async def test_an_unsend_before_its_message_keeps_it_out(stage: Stage) -> None:
    told = stage.message("ยาย", SECRET)
    await stage.receive(changed(stage, told, UNSEND, ""))
    await stage.receive(told)
    assert await mine(stage) == []
    assert "แจ๋ว" not in await everything(stage)
    await stage.receive(changed(stage, told, EDIT, SECRET))
    assert await mine(stage) == []
    assert "แจ๋ว" not in await everything(stage)


async def test_of_a_burst_only_what_was_unsent_leaves(stage: Stage) -> None:
    first = stage.message("ยาย", ROAD)
    stage.now += timedelta(seconds=2)
    second = stage.message("ยาย", "น้องแจ๋วรถล้มตรงหลุมนั้นเมื่อวาน")
    await stage.receive(first, second)
    (report,) = await mine(stage)
    assert report.text == f"{ROAD}\nน้องแจ๋วรถล้มตรงหลุมนั้นเมื่อวาน"
    await stage.receive(changed(stage, second, UNSEND, ""))
    (report,) = await mine(stage)
    assert (report.text, report.state) == (ROAD, ReportState.LINKED)
    assert "แจ๋ว" not in await everything(stage)


async def test_a_message_told_as_two_reports_leaves_both(stage: Stage) -> None:
    await stage.say("ยาย", f"{ROAD}\nไฟทางดับหน้าโรงเรียนบ้านนาสวรรค์สามดวง")
    assert len(await mine(stage)) == 2
    await change(stage, "ยาย", EDIT, f"{ROAD}\nไฟทางดับหน้าโรงเรียนบ้านนาสวรรค์ห้าดวง")
    road, light = sorted(await mine(stage), key=lambda r: r.category != "road")
    assert (road.text, light.text) == (ROAD, "ไฟทางดับหน้าโรงเรียนบ้านนาสวรรค์ห้าดวง")
    await change(stage, "ยาย", UNSEND)
    assert {r.state for r in await mine(stage)} == {ReportState.WITHDRAWN}


async def test_an_unsend_twice_is_one(stage: Stage) -> None:
    await stage.say("ยาย", ROAD)
    await change(stage, "ยาย", UNSEND)
    await change(stage, "ยาย", UNSEND)
    assert texts(await stage.say("ยาย", "เมนู")).count("ยกเลิกส่ง") == 1


async def test_an_unsent_photo_and_its_files_are_gone(stage: Stage) -> None:
    await stage.say("ยาย", ROAD)
    await stage.say("ยาย", kind=MessageKind.PHOTO)
    await develop(stage, "ยาย", photo(3, spot=(15.9, 103.9)))
    (report,) = await mine(stage)
    async with stage.database.read() as uow:
        (kept,) = await uow.reports.attachments(report.id)
    assert stage.files.get(kept.file_id) and stage.files.get(kept.preview_id)
    await change(stage, "ยาย", UNSEND)
    await develop(stage, "ยาย", b"")
    (report,) = await mine(stage)
    assert (report.photos, report.text) == (0, ROAD)
    assert (report.position, report.position_by_photo) == (None, False)
    for file_id in (kept.file_id, kept.preview_id):
        with pytest.raises(FileNotFoundError):
            stage.files.get(file_id)


async def test_a_file_that_another_report_needs_stays(stage: Stage) -> None:
    await stage.say("ยาย", ROAD)
    await stage.say("ยาย", kind=MessageKind.PHOTO)
    await stage.join("ลุง")
    await stage.say("ลุง", "ไฟทางดับหน้าโรงเรียนบ้านนาสวรรค์")
    await stage.say("ลุง", kind=MessageKind.PHOTO)
    await develop(stage, "ลุง", photo(3))
    (his,) = await mine(stage, "ลุง")
    await change(stage, "ยาย", UNSEND)
    await develop(stage, "ลุง", b"")
    async with stage.database.read() as uow:
        (kept,) = await uow.reports.attachments(his.id)
    assert stage.files.get(kept.file_id)


async def test_an_edit_rereads_the_report_and_keeps_the_earlier_words_sealed(stage: Stage) -> None:
    await stage.say("ยาย", ROAD)
    (before,) = await mine(stage)
    await change(stage, "ยาย", EDIT, "น้ำประปาไม่ไหลสามวันแล้วแถวสระหลวง")
    (after,) = await mine(stage)
    assert after.text == "น้ำประปาไม่ไหลสามวันแล้วแถวสระหลวง"
    assert (before.category, after.category) == ("road", "water_supply")
    async with stage.database.read() as uow:
        (earlier,) = await uow.told.earlier(after.id)
        standing = await uow.issues.standing(after.issue_id or 0)
        lines = await uow.audit.of_subject(after.tracking_code)
    assert earlier.words == ROAD
    assert standing.issue.category == "water_supply"
    assert "ถนน" not in standing.issue.neutral_line
    assert [line.action for line in lines] == ["edited"]


async def test_edits_come_twice_and_in_the_wrong_order(stage: Stage) -> None:
    await stage.say("ยาย", ROAD)
    told = stage.sent[-1]
    stage.now += timedelta(minutes=1)
    older = changed(stage, told, EDIT, f"{ROAD} หนึ่ง")
    stage.now += timedelta(minutes=1)
    newer = changed(stage, told, EDIT, f"{ROAD} สอง")
    await stage.receive(newer)
    await stage.receive(older)
    await stage.receive(newer)
    again = replace(newer, event_id="again")
    await stage.receive(again)
    assert stage.heard == {}
    (report,) = await mine(stage)
    assert report.text == f"{ROAD} สอง"
    async with stage.database.read() as uow:
        assert len(await uow.told.earlier(report.id)) == 1


async def test_an_edit_before_its_message_stands_and_the_message_is_only_kept(stage: Stage) -> None:
    told = stage.message("ยาย", ROAD)
    stage.now += timedelta(seconds=30)
    await stage.receive(changed(stage, told, EDIT, f"{ROAD} รถล้มสองคัน"))
    assert "เลขรับเรื่อง" in texts(stage.heard["ยาย"])
    await stage.receive(told)
    assert stage.heard == {}
    (report,) = await mine(stage)
    assert report.text == f"{ROAD} รถล้มสองคัน"
    async with stage.database.read() as uow:
        assert [e.words for e in await uow.told.earlier(report.id)] == [ROAD]


async def test_a_photo_that_comes_after_the_edit_of_its_words_is_not_lost(stage: Stage) -> None:
    told = stage.message("ยาย", ROAD, kind=MessageKind.PHOTO)
    stage.now += timedelta(seconds=30)
    await stage.receive(changed(stage, told, EDIT, f"{ROAD} มาก"))
    await stage.receive(told)
    (report,) = await mine(stage)
    assert (report.text, report.photos) == (f"{ROAD} มาก", 1)


async def test_a_message_and_its_edit_in_one_handful_are_one_report(stage: Stage) -> None:
    told = stage.message("ยาย", ROAD)
    stage.now += timedelta(seconds=3)
    edit = changed(stage, told, EDIT, f"{ROAD} มาก")
    await stage.receive(told, edit)
    (report,) = await mine(stage)
    assert report.text == f"{ROAD} มาก"


async def test_an_edit_to_danger_alarms_and_one_to_a_secret_closes(stage: Stage) -> None:
    await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
    await stage.say("ยาย", ROAD)
    answer = await change(stage, "ยาย", EDIT, "ไฟไหม้บ้านหน้าวัดสว่างอารมณ์ คนติดข้างใน ช่วยด้วย")
    assert answer[0].text == t.DANGER
    assert "มีคนแจ้งเหตุอันตราย" in texts(stage.heard["ผู้ใหญ่"])
    await stage.say("ยาย", "เสียงดังตอนกลางคืนแถวสระหลวง")
    await change(stage, "ยาย", EDIT, "มีคนขายยาบ้าแถวสระหลวง อย่าบอกใครนะ")
    *_, report = await mine(stage)
    assert report.confidential
    async with stage.database.read() as uow:
        issue = await uow.issues.by_id(report.issue_id or 0)
    assert issue.confidential


async def test_what_waits_to_be_sent_says_it_no_more(stage: Stage) -> None:
    await stage.say("ยาย", SECRET)
    (report,) = await mine(stage)
    lists = Reply(text=f"เรื่องค้าง\n• {SECRET} (วันนี้)\n• ไฟดับ")
    only = Reply(text=f"เรื่องของท่าน {report.tracking_code}", about=report.tracking_code)
    async with stage.database.write() as uow:
        for number, replies in enumerate([(lists,), (only,), (Reply(text="อื่น"), lists)]):
            item = NewOutboxItem(
                channel=Channel.LINE, lane_id="x", chat_id="x", dedupe_key=f"held:{number}",
                payload=replies_to_json(replies),
            )  # fmt: skip
            await uow.outbox.add(item, stage.now)
    await change(stage, "ยาย", UNSEND)
    assert [r.text for r in stage.heard["x"]] == ["เรื่องค้าง\n• ไฟดับ", "อื่น", "เรื่องค้าง\n• ไฟดับ"]
    assert "แจ๋ว" not in await everything(stage)


async def test_in_a_group_too(stage: Stage) -> None:
    await stage.say("ยาย", f"แจ้ง {ROAD}", group=True)
    (report,) = await mine(stage)
    await change(stage, "ยาย", EDIT, f"แจ้ง {ROAD} {SECRET}")
    (report,) = await mine(stage)
    assert report.text.endswith(SECRET)
    assert SECRET not in texts(stage.heard.get("group", []))
    await change(stage, "ยาย", UNSEND)
    assert stage.heard == {}
    (report,) = await mine(stage)
    assert report.state is ReportState.WITHDRAWN
    assert "แจ๋ว" not in await everything(stage)


async def test_a_question_edited_to_a_matter_becomes_one(stage: Stage) -> None:
    await stage.say("ยาย", "ประชุมหมู่บ้านครั้งหน้าจัดที่ไหนใครเป็นประธานคะ มีค่าเดินทางไหม")
    before = await mine(stage)
    await change(stage, "ยาย", EDIT, ROAD)
    (report,) = await mine(stage)
    assert report.state is ReportState.LINKED
    assert report.issue_id is not None
    assert [r.state for r in before] in ([ReportState.QUESTION], [])


def told(text: str) -> IncomingMessage:
    return IncomingMessage(
        channel=Channel.LINE, event_id=text, kind=MessageKind.TEXT, sent_at=START, text=text
    )


@pytest.mark.parametrize(
    ("text", "messages", "found"),
    [
        ("", ["ก"], ()),
        ("ถนนพัง", ["ถนนพัง"], ((0, "ถนนพัง"),)),
        ("ถนนพัง", ["แจ้งแทน ถนนพัง"], ((0, "ถนนพัง"),)),
        ("ก\nข", ["ก", "ข"], ((0, "ก"), (1, "ข"))),
        ("ก\n\nข", ["ก\n\nข"], ((0, "ก\n\nข"),)),
        ("ข", ["ก", "ข"], ((1, "ข"),)),
        ("ก\nก", ["ก", "ก"], ((0, "ก\nก"),)),
        ("อะไรก็ไม่รู้", ["ก", "ข"], ((0, "อะไรก็ไม่รู้"),)),
    ],
)
def test_the_words_of_a_report_are_shared_among_its_messages(
    text: str, messages: list[str], found: tuple[tuple[int, str], ...]
) -> None:
    runs = shares(text, [told(m) for m in messages])
    assert runs == found
    assert "\n".join(words for _, words in runs) == text


def part(words: str, number: int = 1, key: str = "k") -> ToldPart:
    return ToldPart(
        id=number, report_id=1, message_key=key, kind="text", words=words, said_at=START
    )


@pytest.mark.parametrize(
    ("before", "share", "after", "alone", "becomes"),
    [
        ("ถนนพัง", "ถนนพัง", "ถนนพังมาก", True, "ถนนพังมาก"),
        ("แจ้งแทน ถนนพัง", "ถนนพัง", "แจ้งแทน ถนนพังมาก", True, "ถนนพังมาก"),
        ("แจ้งแทน ถนนพัง", "ถนนพัง", "แจ้งแทน: ถนนพังมาก", True, "ถนนพังมาก"),
        ("แจ้ง ถนนพัง", "ถนนพัง", "ถนนพังมาก", True, "ถนนพังมาก"),
        ("ถนนพัง ไฟดับ", "ถนนพัง", "ถนนพังมาก ไฟดับ", False, "ถนนพังมาก"),
        ("ถนนพัง ไฟดับ", "ไฟดับ", "ถนนพังมาก ไฟดับ", False, "ไฟดับ"),
        ("ถนนพัง ไฟดับ", "ไฟดับ", "ถนนพัง ไฟดับสามดวง", False, "ไฟดับสามดวง"),
        ("ถนนพัง ไฟดับ", "ถนนพัง", "ถนนพัง ไฟดับสามดวง", False, "ถนนพัง"),
    ],
)
def test_an_edited_message_changes_only_its_share(
    before: str, share: str, after: str, alone: bool, becomes: str
) -> None:
    new = part(after, 0)
    others = (part("คำอื่น", 7, "other"),)
    found = reworded((part(share), *others), new, before, alone=alone)
    assert [p.words for p in found] == [becomes, "คำอื่น"]


def test_only_what_says_it_is_struck() -> None:
    struck = Struck(
        person_id=1, since=START, words=("ถนนหน้าบ้านยายแจ๋วเป็นหลุมลึกมากแล้วก็ยาว",), code="AB12CD"
    )
    replies = (
        Reply(text="หัวเรื่อง\n• ถนนหน้าบ้านยายแจ๋วเป็นหลุมลึกมากแล้ว…\n• อื่น"),
        Reply(text="รับเรื่องแล้ว เลขรับเรื่อง AB12CD"),
        Reply(text="เรื่องอื่น AB99CD"),
    )
    assert [r.text for r in without(replies, struck)] == ["หัวเรื่อง\n• อื่น", "เรื่องอื่น AB99CD"]
    assert replies_from_json(replies_to_json(replies)) == replies
    short = Struck(person_id=1, since=START, words=("น้ำ",))
    assert without(replies, short) == replies


async def test_an_unsent_name_of_somebody_helped_is_gone(stage: Stage) -> None:
    await stage.invite("พี่ต่าย", Role.FIELD_WORKER, "970101")
    for words in ("แจ้งแทน", "ยายบุญมี 081-234-5678", "หมู่ 1", ROAD):
        await stage.say("พี่ต่าย", words)
    await change(stage, "พี่ต่าย", UNSEND, back=3)
    async with stage.database.read() as uow:
        helper = await uow.people.find(stage.channel, "พี่ต่าย")
        assert helper is not None
        ((walk_in, report),) = await uow.walk_ins.of_helper(helper.id, 9)
    assert (walk_in.name, walk_in.contact) == ("", "")
    assert report.text == ROAD
