"""A forum in every village of the chat, from the first summary to closed minutes, by chat alone."""

import asyncio
import json
import os
import re
import shutil
import zipfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from handlers.messages import MessageKind, Reply
from planning.areas import Village, read_villages
from planning.forums import ForumState
from planning.reports import Channel
from planning.roles import Role
from storage.database import Database, default_url
from storage.files import FileStore
from storage.keys import Keys
from tests.handlers.stage import Stage, button, open_stage, texts
from tests.shared import shared_file

DECISIONS = (
    ("38 ต่อ 2", "เห็นชอบ ทำเอง", ""),
    ("30 ต่อ 5", "เห็นชอบ ทำร่วม", ""),
    ("35 ต่อ 1", "เห็นชอบ ขอรับการสนับสนุน", ""),
    ("4 ต่อ 33", "ไม่เห็นชอบ", "ที่ประชุมเห็นว่ายังไม่จำเป็น"),
    ("", "เลื่อน", "รอช่างมาสำรวจก่อน"),
)
"""Hands, the decision, and the reason where one is asked."""
EVERY = os.environ.get("PRACHAKHOM_EVERY_FORUM") == "1"
"""Hold every village's forum on both platforms (ten minutes); else two on each."""
SOME = {Channel.LINE: (0, 5), Channel.TELEGRAM: (3, 8)}


def told() -> list[dict[str, Any]]:
    """The messages of the villages whose forums are held, in order of time."""
    path = shared_file("data/village_chat/messages.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    here = {villages()[n].code for by in SOME for n in held(by)}
    return sorted((r for r in rows if r["village_code"] in here), key=at)


def held(by: Channel) -> Sequence[int]:
    """Which of the chat's villages hold their forum on a platform."""
    return range(len(villages())) if EVERY else SOME[by]


def at(row: dict[str, Any]) -> datetime:
    """When a message was sent."""
    return datetime.fromisoformat(row["sent_at"]).astimezone(UTC)


def villages() -> tuple[Village, ...]:
    """The chat's villages."""
    path = shared_file("data/village_chat/villages.csv")
    return tuple(read_villages(path.read_text(encoding="utf-8").splitlines()))


async def speak(folder: Path) -> datetime:
    """Let everybody of the chat speak into a database under `folder`; when the last one did."""
    async with open_stage(folder, Channel.LINE) as stage:
        async with stage.database.write() as uow:
            await uow.areas.put_villages(villages())
        homes = {row["sender"]: row["village_code"] for row in told()}
        stage.now = at(told()[0]) - timedelta(days=2)
        for who, home in homes.items():
            await stage.say(who, f"ลงทะเบียน {home}", after=timedelta(seconds=1))
        for row in told():
            stage.now = max(stage.now, at(row))
            await stage.receive(stage.message(row["sender"], row["text"]))
        return stage.now


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """A database in which the whole chat was told, and the time after it."""
    folder = tmp_path_factory.mktemp("spoken")
    return folder, asyncio.run(speak(folder))


@asynccontextmanager
async def going_on(
    spoken: tuple[Path, datetime], folder: Path, by: Channel
) -> AsyncIterator[Stage]:
    """A stage that goes on from there, on a copy."""
    before, now = spoken
    shutil.copytree(before, folder, dirs_exist_ok=True)
    database = await Database.open(default_url(folder), Keys.load_or_create(folder / "key"))
    try:
        stage = Stage(database, FileStore(folder / "files"), by)
        stage.now = now + timedelta(days=1)
        stage._count = 10_000
        yield stage
    finally:
        await database.close()


async def press(stage: Stage, who: str, replies: list[Reply], label: str) -> list[Reply]:
    return await stage.say(who, kind=MessageKind.BUTTON, button=button(replies, label))


async def hold(stage: Stage, head: str, village: Village) -> int:
    """The head of a village goes from the first summary to closed minutes; how many items there were."""
    await stage.invite(head, Role.HEAD, village.code)
    assert "เรื่อง" in texts(await stage.say(head, "สรุป"))
    day = stage.now + timedelta(days=3)
    await stage.say(head, f"นัดประชุม {day.day}/{day.month}/{day.year + 543} 9.00 ศาลากลางบ้าน")
    agenda = texts(await stage.say(head, "ระเบียบวาระ"))
    assert "(เอกสาร)" in agenda
    began = texts(await stage.say(head, "เริ่มประชุม", after=timedelta(days=3)))
    items = int(re.findall(r"วันนี้มี (\d+) เรื่อง", began)[0])
    await stage.say(head, "40 คน 38 หลัง")
    for number in range(1, items + 1):
        await decide(stage, head, number, by_screens=number <= len(DECISIONS))
    draft = await stage.say(head, "ปิดประชุม")

    assert "ร่างรายงานการประชุม" in texts(draft)
    assert "ยังไม่มีมติ" not in texts(draft)
    closed = await press(stage, head, draft, "รับรองและปิดรายงาน")
    assert "ปิดรายงานการประชุมครั้งที่ 1" in texts(closed)
    return items


async def decide(stage: Stage, head: str, number: int, *, by_screens: bool) -> None:
    """Decide on an item: screen by screen, or in one line."""
    hands, decision, reason = DECISIONS[number % len(DECISIONS)]
    if by_screens:
        assert f"ข้อ {number} จาก" in texts(await stage.say(head, f"ข้อ {number}"))
        if hands:
            await stage.say(head, hands)
        decided = await stage.say(head, f"มติ {number} {decision}")
    else:
        outcome, _, way = decision.partition(" ")
        order = f"มติ {number} {outcome} {hands.replace(' ต่อ ', '/')} {way}"
        decided = await stage.say(head, " ".join(order.split()))
    assert f"บันทึกมติข้อ {number} แล้ว" in texts(decided)
    if reason and by_screens:
        await stage.say(head, reason)


@pytest.mark.parametrize("by", [Channel.LINE, Channel.TELEGRAM])
async def test_every_village_holds_its_forum_by_chat_alone(
    spoken: tuple[Path, datetime], tmp_path: Path, by: Channel
) -> None:
    async with going_on(spoken, tmp_path, by) as stage:
        items = {}
        for number, village in ((n, villages()[n]) for n in held(by)):
            head = f"head{number}"
            items[village.code] = await hold(stage, head, village)
            await hold_after(stage, village)
        assert min(items.values()) > 3
        await nothing_personal(stage)


async def hold_after(stage: Stage, village: Village) -> None:
    """Every item has its resolution, and whoever told of it and can be reached heard so."""
    async with stage.database.read() as uow:
        forum = (await uow.forums.of_village(village.code))[-1]
        assert forum.state is ForumState.CLOSED
        version = await uow.forums.latest_version(forum.id)
        assert version is not None
        decided = {r.item_number for r in await uow.forums.resolutions(forum.id)}
        assert decided == {item.number for item in version.content.items}
        for item in version.content.items:
            issue = await uow.issues.by_code(item.issue_code)
            assert issue is not None
            assert not issue.confidential
            for person in await uow.issues.contributors(issue.id):
                heard = [
                    texts(stage.ever.get(a.user_id, [])) for a in await uow.people.addresses(person)
                ]
                assert any("ที่ประชุม" in said for said in heard), (item.number, person)


async def nothing_personal(stage: Stage) -> None:
    """No text or document for heads holds personal data or a confidential matter's words."""
    rows = told()
    names = {p["text"] for row in rows for p in row["pii"] if p["type"] != "house_no"}
    secret = {str(row["text"]) for row in rows if row["confidential"] and len(row["text"]) > 15}
    assert len(names) > 15
    assert len(secret) > 8
    shown = [
        t for who, said in stage.ever.items() if who.startswith("head") for t in papers(stage, said)
    ]
    assert len(shown) > 100
    for text in shown:
        assert not [n for n in names if n in text], [n for n in names if n in text]
        assert not [s for s in secret if s in text]


def papers(stage: Stage, said: list[Reply]) -> list[str]:
    """The texts said, and the words of every Word file handed over."""
    found = [texts([reply]) for reply in said]
    for file in (f for reply in said for f in reply.files):
        if file.name.endswith(".docx"):
            found.append(words_of(stage.files.get(file.file_id)))
    return found


def words_of(docx: bytes) -> str:
    """All words of a Word file, its runs joined."""
    with zipfile.ZipFile(BytesIO(docx)) as parts:
        pages = [parts.read(n).decode() for n in parts.namelist() if n.endswith(".xml")]
    return re.sub(r"<[^>]+>", "", "\n".join(pages))
