"""After erasing nothing tells of the person: not in the database, its log, the files or what was logged."""

import json
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, select

from handlers.erasing import finish_erasures
from handlers.messages import MessageKind, Reply
from planning.reports import Channel, ReportState
from planning.roles import Role
from storage.keys import Keys
from storage.tables import metadata
from tests.handlers.stage import Stage, button, open_stage, texts

USER, NAME, PHONE = "Uplanted0123456789abcdef", "สมหญิง ใจกล้าหาญ", "0891234567"
WORDS = ("หลุมลึกเท่าเข่ายายล้ม", "กำนันเรียกเงินห้าพัน", "เมื่อไหร่จะได้บัตรใหม่คะคุณ", "หลังบ้านสมหญิง")
PHOTO, VOICE = b"\xff\xd8planted photo bytes" * 9, b"OggSplanted voice bytes" * 9
SECRETS = (USER, NAME, "สมหญิง", PHONE, *WORDS)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A village with a head, an officer and a neighbour."""
    async with open_stage(tmp_path) as made:
        await made.invite("ผู้ใหญ่", Role.HEAD, "97010101")
        await made.invite("ปลัด", Role.DISTRICT_OFFICER, "9701")
        await made.join("เพื่อนบ้าน")
        await made.say("เพื่อนบ้าน", "ไฟทางดับหน้าโรงเรียนบ้านนาสวรรค์ มืดมาก")
        yield made


async def tell_all(stage: Stage) -> None:
    """The person uses everything there is, and others read some of it."""
    await stage.join(USER)
    await stage.say(USER, f"ถนนหน้าวัดสว่างอารมณ์ {WORDS[0]} ดิฉันนาง{NAME} โทร {PHONE}")
    await stage.say(USER, kind=MessageKind.PHOTO)
    await stage.say(USER, kind=MessageKind.VOICE)
    await keep_media(stage)
    await stage.say(USER, f"{WORDS[1]} บอกว่าถ้าไม่จ่ายไม่ให้ ชื่อ{NAME}", after=timedelta(hours=2))
    await stage.say(USER, WORDS[2], after=timedelta(hours=2))
    await stage.say(USER, "ขยะล้นข้างสระหลวง เหม็นมาก", after=timedelta(hours=2))
    await stage.say(USER, WORDS[3])
    await stage.say(USER, "ความยินยอม")
    await stage.say(USER, kind=MessageKind.BUTTON, button="consent:photo_in_public:yes")
    await stage.say(USER, "ข้อมูลของฉัน")
    for who, words in (
        ("ปลัด", "เรื่องลับ"), ("ปลัด", "คำถาม"), ("ผู้ใหญ่", "คำถาม"), ("ผู้ใหญ่", "ระเบียบวาระ"),
    ):  # fmt: skip
        await stage.say(who, words)


async def keep_media(stage: Stage) -> None:
    async with stage.database.write() as uow:
        for waiting in await uow.reports.attachments_to_fetch(9):
            data = PHOTO if waiting.kind == "photo" else VOICE
            kept = replace(waiting, state="kept", file_id=stage.files.put(data))
            assert await uow.album.settle(kept)


async def erase(stage: Stage, who: str = USER) -> list[Reply]:
    asked = await stage.say(who, "ลบข้อมูลของฉัน")
    return await stage.say(who, kind=MessageKind.BUTTON, button=button(asked, "ลบเลย"))


async def opened(stage: Stage, keys: Keys) -> str:
    """Everything that the database holds, sealed columns opened."""
    held = []
    async with stage.database.read() as uow:
        for table in metadata.sorted_tables:
            for row in await uow.own_data._rows(select(table)):
                for column in table.columns:
                    value = getattr(row, column.name)
                    sealed = isinstance(column.type, LargeBinary) and value is not None
                    held.append(keys.open(value) if sealed else str(value))
    return "\n".join(held)


def on_disk(folder: Path) -> bytes:
    return b"\n".join(p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file())


def telling(held: bytes) -> list[str]:
    return [s for s in SECRETS if s.encode() in held or json.dumps(s)[1:-1].encode() in held]


async def test_nothing_is_found_anywhere(
    stage: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    keys = Keys.load_or_create(tmp_path / "key")
    await tell_all(stage)
    before = on_disk(tmp_path)
    assert PHOTO in before and VOICE in before and WORDS[0].encode() in before
    assert set(telling((await opened(stage, keys)).encode())) == set(SECRETS)
    assert "ลบให้แล้ว" in texts(await erase(stage))
    assert await finish_erasures(stage.database, stage.files, stage.now) == 1
    held = on_disk(tmp_path)
    assert telling(held) == []
    assert PHOTO not in held and VOICE not in held
    with_key = await opened(stage, keys)
    assert telling(with_key.encode()) == []
    for kind in ("user", "sender", "lane", "conversation"):
        assert keys.hash(f"{kind}:line:{USER}") not in with_key
    assert telling(caplog.text.encode()) == []
    assert "ไฟทางดับหน้าโรงเรียนบ้านนาสวรรค์ มืดมาก" in with_key
    await stage.database.close()
    assert telling(on_disk(tmp_path)) == []


async def test_the_need_stays_counted_and_the_erasure_registered(stage: Stage) -> None:
    await tell_all(stage)
    await stage.say(USER, kind=MessageKind.PHOTO, after=timedelta(hours=3))
    async with stage.database.read() as uow:
        before = await uow.issues.standings("9701", confidential=None)
    await erase(stage)
    await finish_erasures(stage.database, stage.files, stage.now)
    async with stage.database.read() as uow:
        after = await uow.issues.standings("9701", confidential=None)
        (register,) = await uow.erasures.all()
        told = await uow.reports.in_area("", with_confidential=True)
    assert [(s.issue, s.people, s.reports) for s in after] == [
        (s.issue, s.people, s.reports) for s in before
    ]
    assert sum(s.photos for s in before) and not sum(s.photos for s in after)
    assert register.asked_by == "self" and register.finished_at and register.people == ()
    assert {"identities", "reports", "inbox", "outbox", "attachments"} <= set(register.kinds)
    lost = [r for r in told if r.text != "" and r.masked_text == r.text]
    assert all(r.position is None and r.photos == 0 for r in lost)
    assert {r.state for r in told if not r.text} == {ReportState.WITHDRAWN}


async def test_who_writes_again_is_somebody_new(stage: Stage) -> None:
    await tell_all(stage)
    async with stage.database.read() as uow:
        old = await uow.people.find(Channel.LINE, USER)
    await erase(stage)
    said = await stage.say(USER, "ท่อแตกหน้าวัดสว่างอารมณ์ น้ำนองถนน")
    assert "ท่านอยู่หมู่บ้านไหนคะ" in texts(said)
    assert await finish_erasures(stage.database, stage.files, stage.now) == 1
    async with stage.database.read() as uow:
        new = await uow.people.find(Channel.LINE, USER)
        assert old and new and new.id != old.id and new.village_code is None
        assert [r.text for r in await uow.reports.of_person(new.id)] == [
            "ท่อแตกหน้าวัดสว่างอารมณ์ น้ำนองถนน"
        ]


async def test_what_came_before_is_not_handled_again(stage: Stage) -> None:
    await stage.join(USER)
    stage.now += timedelta(minutes=1)
    told = stage.message(USER, "น้ำไม่ไหลหน้าวัดสว่างอารมณ์")
    await stage.receive(told)
    await erase(stage)
    async with stage.database.read() as uow:
        before = len(await uow.inbox.outcomes())
    await stage.receive(told)
    async with stage.database.read() as uow:
        assert len(await uow.inbox.outcomes()) == before
        assert await uow.people.find(Channel.LINE, USER) is None


class Broken:
    """A disk that fails at the first file."""

    def remove(self, file_id: str) -> None:
        raise OSError("disk away")


async def test_a_crash_in_the_middle_is_made_good(stage: Stage, tmp_path: Path) -> None:
    await tell_all(stage)
    await erase(stage)
    with pytest.raises(OSError, match="disk away"):
        await finish_erasures(stage.database, Broken(), stage.now)
    async with stage.database.read() as uow:
        assert len(await uow.erasures.unfinished()) == 1
    assert PHOTO in on_disk(tmp_path)
    assert await finish_erasures(stage.database, stage.files, stage.now) == 1
    assert telling(on_disk(tmp_path)) == [] and PHOTO not in on_disk(tmp_path)
    assert await finish_erasures(stage.database, stage.files, stage.now) == 0


async def test_a_photo_that_others_sent_too_stays(stage: Stage) -> None:
    await tell_all(stage)
    await stage.say("เพื่อนบ้าน", kind=MessageKind.PHOTO)
    await keep_media(stage)
    await erase(stage)
    await finish_erasures(stage.database, stage.files, stage.now)
    async with stage.database.read() as uow:
        person = await uow.people.find(Channel.LINE, "เพื่อนบ้าน")
        assert person
        found = [
            m.file_id
            for r in await uow.reports.of_person(person.id)
            for m in await uow.reports.attachments(r.id)
        ]
    assert [stage.files.get(f) for f in found] == [PHOTO]


async def test_a_goodbye_that_cannot_be_sent_is_waited_for_an_hour(stage: Stage) -> None:
    await stage.join(USER)
    await stage.say(USER, "ลบข้อมูลของฉัน")
    async with stage.database.write() as uow:
        person = await uow.people.find(Channel.LINE, USER)
        assert person
        who = await uow.own_data.whose(person.id)
        await uow.erasures.begin(who.people, "self", await uow.own_data.erase(who), stage.now)
    stage.now += timedelta(minutes=1)
    assert await finish_erasures(stage.database, stage.files, stage.now) == 1


async def test_joined_accounts_go_together(stage: Stage, tmp_path: Path) -> None:
    await tell_all(stage)
    said = texts(await stage.say(USER, "เชื่อมบัญชี"))
    code = said.split("เชื่อมบัญชี ")[1][:9]
    asked = await stage.say("tgplanted77", f"เชื่อมบัญชี {code}", channel=Channel.TELEGRAM)
    await stage.say(
        "tgplanted77", kind=MessageKind.BUTTON, button=button(asked, "ใช่"), channel=Channel.TELEGRAM
    )
    await erase(stage)
    await finish_erasures(stage.database, stage.files, stage.now)
    keys = Keys.load_or_create(tmp_path / "key")
    held = (await opened(stage, keys)).encode()
    assert telling(held) == [] and b"tgplanted77" not in held
    async with stage.database.read() as uow:
        assert await uow.people.find(Channel.TELEGRAM, "tgplanted77") is None
