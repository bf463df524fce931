"""Delivery out of the stored outbox: the same promises as the one in memory."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.line import LineChannel
from bot.channels.telegram import TelegramChannel
from bot.delivery import Sender
from bot.delivery_ports import OutboxPort, Rules
from handlers.messages import Reply, replies_to_json
from planning.pushes import Rank
from planning.reports import Channel
from storage.database import Database, default_url, migrate
from storage.keys import Keys
from storage.values import NewOutboxItem, OutboxCounts
from tests.channels.conftest import HandClock
from tests.fakes.faults import Fault
from tests.fakes.line import StrictLine
from tests.fakes.telegram import StrictTelegram


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = default_url(tmp_path / "data")
    await migrate(url)
    opened = await Database.open(url, Keys(bytes(32)))
    yield opened
    await opened.close()


@pytest.fixture
def sender(
    database: Database, clock: HandClock, line: LineChannel, telegram: TelegramChannel
) -> Sender:
    @asynccontextmanager
    async def outbox() -> AsyncIterator[OutboxPort]:
        async with database.write() as unit:
            yield unit.outbox

    async def unreachable(channel: Channel, chat_id: str) -> None:
        async with database.write() as unit:
            await unit.people.set_reachable(channel, chat_id, False)

    return Sender(
        outbox=outbox,
        channels={Channel.LINE: line, Channel.TELEGRAM: telegram},
        clock=clock,
        unreachable=unreachable,
        rules=Rules(line_month_limit=3, line_reserve=1, gather=timedelta(0)),
        jitter=lambda: 0.0,
    )


async def add(
    database: Database,
    now: datetime,
    channel: Channel,
    chat_id: str,
    text: str,
    handle: str = "",
) -> None:
    item = NewOutboxItem(
        channel=channel,
        lane_id=chat_id,
        chat_id=chat_id,
        reply_handle=handle,
        reply_until=now + timedelta(seconds=50) if handle else None,
        payload=replies_to_json((Reply(text=text),)),
        dedupe_key=f"{chat_id}:{text}",
        rank=Rank.ANSWER,
        person_id=None,
    )
    async with database.write() as unit:
        assert await unit.outbox.add(item, now)


async def counts(database: Database) -> OutboxCounts:
    async with database.read() as unit:
        return await unit.outbox.counts()


async def until_quiet(sender: Sender) -> None:
    while await sender.run_once():
        pass


async def test_replies_pushes_and_the_quota(
    sender: Sender, database: Database, clock: HandClock, fake_line: StrictLine
) -> None:
    await add(database, clock(), Channel.LINE, "U1", "ตอบ", fake_line.issue_token("U1"))
    await add(database, clock(), Channel.LINE, "U2", "โทเคนเสีย", "unknown")
    for chat_id in ("U3", "U4"):
        await add(database, clock(), Channel.LINE, chat_id, "แจ้งผล")
    await until_quiet(sender)
    assert await counts(database) == OutboxCounts(waiting=1, sent=3, dead=0, uncertain=0)
    assert fake_line.pushed == 2
    async with database.read() as unit:
        assert await unit.outbox.units_since(Channel.LINE, clock()) == 2


async def test_floods_order_and_blocked_people(
    sender: Sender, database: Database, clock: HandClock, fake_telegram: StrictTelegram
) -> None:
    fake_telegram.blocked.add("43")
    async with database.write() as unit:
        await unit.people.find_or_create(Channel.TELEGRAM, "43", "43", clock())
    flood = {"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 9}}
    fake_telegram.faults.plan("/sendMessage", Fault(status=429, body=flood))
    for text in ("หนึ่ง", "สอง", "สาม"):
        await add(database, clock(), Channel.TELEGRAM, "42", text)
    await until_quiet(sender)
    assert (await counts(database)).waiting == 3
    clock.forward(seconds=9)
    await until_quiet(sender)
    assert [a.text for a in fake_telegram.answers.of("42")] == ["หนึ่ง", "สอง", "สาม"]
    await add(database, clock(), Channel.TELEGRAM, "43", "ก")
    await until_quiet(sender)
    async with database.read() as unit:
        person = await unit.people.find(Channel.TELEGRAM, "43")
        assert person is not None
        assert await unit.people.addresses(person.id) == ()


async def test_after_a_crash(
    sender: Sender,
    database: Database,
    clock: HandClock,
    fake_line: StrictLine,
    fake_telegram: StrictTelegram,
) -> None:
    await add(database, clock(), Channel.LINE, "U1", "ตอบ", fake_line.issue_token("U1"))
    await add(database, clock(), Channel.LINE, "U2", "ดัน")
    await add(database, clock(), Channel.TELEGRAM, "42", "ส่ง")
    await add(database, clock(), Channel.TELEGRAM, "43", "ยังไม่เริ่ม")
    async with database.write() as unit:
        rows = {r.chat_id: r for r in await unit.outbox.claim(clock(), timedelta(hours=1), 9)}
        await unit.outbox.mark_sending(rows["U1"].id, "reply", clock())
        await unit.outbox.mark_sending(rows["U2"].id, "push", clock())
        await unit.outbox.mark_sending(rows["42"].id, "send", clock())
    assert await sender.recover() == 3
    await until_quiet(sender)
    assert await counts(database) == OutboxCounts(waiting=0, sent=3, dead=0, uncertain=1)
    assert [a.text for a in fake_line.answers.all()] == ["ตอบ", "ดัน"]
    assert [a.text for a in fake_telegram.answers.all()] == ["ยังไม่เริ่ม"]


async def test_senders_side_by_side_send_each_answer_once_and_in_order(
    sender: Sender,
    database: Database,
    clock: HandClock,
    fake_line: StrictLine,
    fake_telegram: StrictTelegram,
) -> None:
    for number in range(5):
        for chat in range(8):
            await add(database, clock(), Channel.TELEGRAM, f"4{chat}", str(number))
            token = fake_line.issue_token(f"U{chat}")
            await add(database, clock(), Channel.LINE, f"U{chat}", str(number), token)
    async with asyncio.TaskGroup() as group:
        for _ in range(3):
            group.create_task(until_quiet(sender))
    await until_quiet(sender)
    assert await counts(database) == OutboxCounts(waiting=0, sent=80, dead=0, uncertain=0)
    for chat in range(8):
        for answers in (fake_telegram.answers.of(f"4{chat}"), fake_line.answers.of(f"U{chat}")):
            assert [a.text for a in answers] == ["0", "1", "2", "3", "4"]


async def test_a_database_that_fails_stops_the_batch_and_leaves_it_to_recovery(
    sender: Sender, database: Database, clock: HandClock, fake_telegram: StrictTelegram
) -> None:
    class Broken(Exception):
        """What a database might say."""

    await add(database, clock(), Channel.TELEGRAM, "42", "ก")
    async with database.write() as unit:
        (row,) = await unit.outbox.claim(clock(), timedelta(0), 1)
    opened = sender._outbox
    uses = 0

    @asynccontextmanager
    async def failing() -> AsyncIterator[OutboxPort]:
        nonlocal uses
        uses += 1
        if uses == 3:  # claimed, marked as sending, and now the outcome
            raise Broken
        async with opened() as box:
            yield box

    sender._outbox = failing
    with pytest.raises(ExceptionGroup) as raised:
        await sender.run_once()
    assert raised.group_contains(Broken)
    async with database.read() as unit:
        assert [(r.id, way) for r, way in await unit.outbox.interrupted()] == [(row.id, "send")]
