"""The file of one's own data, what is refused in groups, joining by somebody's code, and ageing."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.erasing import finish_erasures
from handlers.keeping import let_go, too_old
from handlers.messages import FileRef, MessageKind, Reply
from planning.consents import ConsentKind
from planning.issues import IssueState
from planning.reports import Channel
from planning.retention import Retention, cutoff
from planning.roles import Role
from tests.handlers.stage import START, Stage, button, open_stage, texts

WORDS = "ถนนหน้าวัดสว่างอารมณ์เป็นหลุมใหญ่มาก"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with open_stage(tmp_path) as made:
        yield made


def the_file(replies: list[Reply]) -> FileRef:
    (file,) = [f for r in replies for f in r.files]
    return file


async def test_the_file_holds_all_of_the_asker_and_nothing_of_others(stage: Stage) -> None:
    await stage.join("แดง")
    await stage.join("ดำ")
    await stage.say("แดง", WORDS)
    await stage.say("ดำ", "ขยะล้นข้างสระหลวง เหม็นมาก")
    file = the_file(await stage.say("แดง", "ข้อมูลของฉัน"))
    assert (file.name, file.media_type) == ("ข้อมูลของฉัน.json", "application/json")
    told = json.loads(stage.files.get(file.file_id))
    assert told["kept"]["reports"][0]["text"] == WORDS
    assert told["kept"]["identities"][0]["user"] == "แดง"
    assert any(WORDS in json.dumps(m, ensure_ascii=False) for m in told["kept"]["inbox"])
    assert "ขยะล้น" not in json.dumps(told, ensure_ascii=False)
    async with stage.database.read() as uow:
        (line,) = [
            x for x in await uow.audit.of_subject("person:1") if x.action == "own data shown"
        ]
    assert line.detail == ""


async def test_the_file_is_gone_after_a_day(stage: Stage) -> None:
    await stage.join("แดง")
    file = the_file(await stage.say("แดง", "ข้อมูลของฉัน"))
    stage.now += timedelta(days=2)
    assert (await let_go(stage.database, stage.files, Retention(), stage.now))["own_data"] == 1
    with pytest.raises(FileNotFoundError):
        stage.files.get(file.file_id)


@pytest.mark.parametrize("words", ["ข้อมูลของฉัน", "ลบข้อมูลของฉัน", "ยืนยันลบ", "ความยินยอม", "เชื่อมบัญชี"])
async def test_nothing_of_it_is_said_in_a_group(stage: Stage, words: str) -> None:
    await stage.join("แดง")
    await stage.say("แดง", "ลบข้อมูลของฉัน")
    await stage.say("แดง", words, group=True)
    pressed = {
        "ข้อมูลของฉัน": "mydata", "ลบข้อมูลของฉัน": "erase:ask", "ยืนยันลบ": "erase:yes",
        "ความยินยอม": "consent", "เชื่อมบัญชี": "account:yes:12345678",
    }[words]  # fmt: skip
    await stage.say("แดง", kind=MessageKind.BUTTON, button=pressed, group=True)
    heard = stage.heard.get("group", [])
    assert not any(r.files for r in heard)
    assert not any(word in texts(heard) for word in ("บ้านนาสวรรค์", "ลบให้แล้ว", "ลบเลยไหมคะ"))
    async with stage.database.read() as uow:
        assert await uow.people.find(Channel.LINE, "แดง")


async def test_refusals_hold_when_accounts_are_joined(stage: Stage) -> None:
    await stage.join("แดง")
    code = texts(await stage.say("แดง", "เชื่อมบัญชี")).split("เชื่อมบัญชี ")[1][:9]
    other = Channel.TELEGRAM
    await stage.say("t", kind=MessageKind.BUTTON, button="consent:news:no", channel=other)
    asked = await stage.say("t", f"เชื่อมบัญชี {code}", channel=other)
    await stage.say("t", kind=MessageKind.BUTTON, button=button(asked, "ใช่ "), channel=other)
    async with stage.database.read() as uow:
        person = await uow.people.find(other, "t")
        assert person and person == await uow.people.find(Channel.LINE, "แดง")
        assert not await uow.consents.allows(person.id, ConsentKind.NEWS)
    again = await stage.say("t2", f"เชื่อมบัญชี {code}", channel=other)
    assert "ใช้ไม่ได้" in texts(again)


async def test_a_guesser_is_stopped(stage: Stage) -> None:
    await stage.join("แดง")
    code = texts(await stage.say("แดง", "เชื่อมบัญชี")).split("เชื่อมบัญชี ")[1][:9]
    for number in range(5):
        said = await stage.say("โจร", f"เชื่อมบัญชี 0000 000{number}", channel=Channel.TELEGRAM)
        assert "ใช้ไม่ได้" in texts(said)
    said = await stage.say("โจร", f"เชื่อมบัญชี {code}", channel=Channel.TELEGRAM)
    assert "พักสักหนึ่งชั่วโมง" in texts(said)


async def test_who_was_silent_for_years_is_erased(stage: Stage) -> None:
    await stage.join("แดง")
    await stage.invite("ผู้ใหญ่", Role.HEAD, "97010101")
    await stage.say("แดง", WORDS)
    rules = Retention()
    assert not any((await too_old(stage.database, rules, stage.now)).values())
    stage.now = START + timedelta(days=1200)
    assert (await too_old(stage.database, rules, stage.now))["people"] == 0  # the matter is open
    async with stage.database.write() as uow:
        for standing in await uow.issues.standings("", frozenset(IssueState)):
            await uow.issues.update(replace(standing.issue, state=IssueState.DONE))
    counted = await too_old(stage.database, rules, stage.now)
    assert counted["people"] == 1 and counted["inbox"] > 0
    gone = await let_go(stage.database, stage.files, rules, stage.now)
    assert {kind: n for kind, n in counted.items() if n} == gone
    assert await let_go(stage.database, stage.files, rules, stage.now) == {}
    assert await finish_erasures(stage.database, stage.files, stage.now) == 1
    async with stage.database.read() as uow:
        assert await uow.people.find(Channel.LINE, "แดง") is None
        assert await uow.people.find(Channel.LINE, "ผู้ใหญ่")
        assert [e.asked_by for e in await uow.erasures.all()] == ["retention"]


def test_nothing_is_too_old_that_is_kept_for_ever() -> None:
    assert cutoff(Retention(inbox=0), "inbox", START) is None
    assert cutoff(Retention(inbox=3), "inbox", START) == START - timedelta(days=3)
