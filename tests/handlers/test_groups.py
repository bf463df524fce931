"""Groups beyond the scripts: what is kept of talk there, moves, unnamed members, the way to private."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.documents.maker import OfficialDocuments
from handlers.messages import IncomingMessage, MessageKind
from handlers.settings import TurnSettings
from handlers.turn import TurnService
from planning.reports import Channel
from planning.roles import Role
from storage.files import FileStore
from storage.tables_telling import sent_messages
from tests.handlers.stage import READER, Stage, open_stage, texts

TALK = "เมื่อคืนตาแก้วเมาแล้วตีกับเมียอีก น่าสงสาร"


async def bound(stage: Stage) -> None:
    await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
    said = texts(await stage.say("ผู้ใหญ่", "ผูกกลุ่ม"))
    await stage.say("ผู้ใหญ่", said.splitlines()[-1].split(" [")[0], group=True)
    assert "ผูกกลุ่มนี้กับ" in texts(stage.heard["group"])


async def test_talk_that_is_not_for_the_bot_leaves_no_words_and_no_person(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await bound(stage)
        await stage.say("ยายแดง", TALK, group=True, event_id="talk")
        async with stage.database.read() as uow:
            kept = await uow.inbox.by_event(stage.channel, "talk")
            assert await uow.people.find(stage.channel, "ยายแดง") is None
        assert kept is not None
        message = IncomingMessage.from_json(kept.payload)
        assert (message.text, message.user_id) == ("", "")
        assert stage.heard == {}


async def test_a_group_that_moves_stays_bound(tmp_path: Path) -> None:
    async with open_stage(tmp_path, Channel.TELEGRAM) as stage:
        await bound(stage)
        moved = replace(stage.message("", kind=MessageKind.MOVED, group=True), moved_to="-100new")
        await stage.receive(moved)
        message = stage.message("ยายแดง", "แจ้ง ไฟดับหน้าวัด", group=True)
        await stage.receive(replace(message, chat_id="-100new"))
        assert "เลขรับเรื่อง" in texts(stage.heard["-100new"])
        async with stage.database.read() as uow:
            (report,) = await uow.reports.in_area("97010101")
            assert report.village_code == "97010101"
            assert await uow.groups.find(Channel.TELEGRAM, "group") is None


async def test_unnamed_members_have_one_voice_that_no_chat_reaches(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await bound(stage)
        for words in ("แจ้ง ไฟดับหน้าวัด", "แจ้ง ขยะล้นข้างสระหลวง"):
            stage.now += timedelta(seconds=2)
            await stage.receive(replace(stage.message("", words, group=True), user_id=""))
        async with stage.database.read() as uow:
            found = await uow.reports.in_area("97010101")
            assert len(found) == 2
            assert len({r.person_id for r in found}) == 1
            assert await uow.people.addresses(found[0].person_id) == ()
            assert await uow.people.find(stage.channel, "group") is None


async def test_ones_own_village_is_not_changed_by_the_group(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await bound(stage)
        await stage.join("ลุงคำ", "97010102")
        await stage.say("ลุงคำ", "แจ้ง ไฟดับหน้าวัด", group=True)
        await stage.say("ป้าศรี", "แจ้ง ไฟดับหน้าศาลา", group=True)
        async with stage.database.read() as uow:
            assert len(await uow.reports.in_area("97010102")) == 1
            assert len(await uow.reports.in_area("97010101")) == 1
            person = await uow.people.find(stage.channel, "ป้าศรี")
            assert person is not None
            assert person.village_code is None


async def test_one_group_a_village_and_channel_and_old_codes_end(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await bound(stage)
        first = texts(await stage.say("ผู้ใหญ่", "ผูกกลุ่ม")).splitlines()[-1].split(" [")[0]
        second = texts(await stage.say("ผู้ใหญ่", "ผูกกลุ่ม")).splitlines()[-1].split(" [")[0]
        for words, answer in ((first, "ใช้ไม่ได้"), (second, "ผูกกลุ่มนี้กับ")):
            stage.now += timedelta(minutes=1)
            message = stage.message("น้องบอย", words, group=True)
            await stage.receive(replace(message, chat_id="group2"))
            assert answer in texts(stage.heard["group2"])
        async with stage.database.read() as uow:
            (group,) = await uow.groups.of_village("97010101")
            assert group.chat_id == "group2"


async def test_a_code_lives_a_day(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
        said = texts(await stage.say("ผู้ใหญ่", "ผูกกลุ่ม")).splitlines()[-1].split(" [")[0]
        await stage.say("ผู้ใหญ่", said, group=True, after=timedelta(days=1, minutes=1))
        assert "ใช้ไม่ได้" in texts(stage.heard["group"])


@pytest.mark.parametrize("channel", [Channel.LINE, Channel.TELEGRAM])
async def test_who_never_talked_to_the_bot_is_led_to_it(tmp_path: Path, channel: Channel) -> None:
    async with open_stage(tmp_path, channel) as stage:
        how = TurnSettings(private_link=lambda at, code: f"https://x.example/{at}/{code}")
        files = FileStore(tmp_path / "files")
        stage.turns = TurnService(stage.database, READER, OfficialDocuments(), files, how)
        await stage.say("ยายแดง", "แจ้ง ไฟดับหน้าวัด", group=True)
        (reply,) = stage.heard["group"]
        (button,) = reply.buttons
        assert button.url.startswith(f"https://x.example/{channel}/")
        assert button.url.endswith(reply.about)
        assert set(stage.heard) == {"group"}
        answer = texts(await stage.say("ยายแดง", f"/start t{reply.about}"))
        assert "ไฟดับ" in answer
        other = texts(await stage.say("ลุงคำ", f"/start t{reply.about}"))
        assert "ไฟดับ" not in other


async def test_a_reply_to_ones_own_receipt_adds_to_it(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await bound(stage)
        await stage.say("ยายแดง", "แจ้ง ไฟดับหน้าวัด", group=True)
        code = stage.heard["group"][0].about
        async with stage.database.write() as uow:
            key = uow.told.key(stage.channel, "group", "sent1")
            row = {"message_key": key, "report_code": code}
            await uow.groups._add_new(sent_messages, row)
        for who in ("ยายแดง", "ลุงคำ"):
            stage.now += timedelta(minutes=30)
            message = stage.message(who, "ดับมาสามคืนแล้ว", group=True)
            await stage.receive(replace(message, quoted="sent1"))
            assert "เลขรับเรื่อง" in texts(stage.heard["group"])
        async with stage.database.read() as uow:
            report = await uow.reports.by_code(code)
            assert report is not None
            assert report.text == "ไฟดับหน้าวัด\nดับมาสามคืนแล้ว"


async def test_answering_a_neighbour_is_not_talking_to_the_bot(tmp_path: Path) -> None:
    async with open_stage(tmp_path) as stage:
        await bound(stage)
        told = stage.message("ยายแดง", "แจ้ง ไฟดับหน้าวัด", group=True)
        await stage.receive(told)
        stage.now += timedelta(minutes=2)
        answer = replace(stage.message("ลุงคำ", "จริงด้วย มืดมาก", group=True), quoted=told.message_id)
        await stage.receive(answer)
        assert stage.heard == {}


async def test_removing_the_bot_from_a_group_does_not_cut_off_who_did_it(tmp_path: Path) -> None:
    async with open_stage(tmp_path, Channel.TELEGRAM) as stage:
        await bound(stage)
        await stage.join("น้องบอย")
        await stage.say("น้องบอย", kind=MessageKind.LEAVE, group=True)
        async with stage.database.read() as uow:
            person = await uow.people.find(stage.channel, "น้องบอย")
            assert person is not None
            assert len(await uow.people.addresses(person.id)) == 1
