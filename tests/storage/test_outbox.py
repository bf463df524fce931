"""The outbox: each message once, in order within a chat, its state known after a crash."""

import asyncio
import uuid
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from planning.errors import Conflict
from planning.reports import Channel
from storage.database import Database
from storage.values import NewOutboxItem, OutboxCounts, OutboxItem
from tests.storage.samples import NOW, after, message

LEASE = timedelta(seconds=60)


async def add(database: Database, *items: NewOutboxItem, now: datetime = NOW) -> list[bool]:
    async with database.write() as unit:
        return [await unit.outbox.add(item, now) for item in items]


async def claim(database: Database, now: datetime = NOW, limit: int = 50) -> tuple[OutboxItem, ...]:
    async with database.write() as unit:
        return await unit.outbox.claim(now, LEASE, limit)


async def sent(database: Database, item: OutboxItem, units: int = 0) -> None:
    async with database.write() as unit:
        await unit.outbox.mark_sending(item.id, "push" if units else "reply", NOW)
    async with database.write() as unit:
        await unit.outbox.mark_sent(item.id, NOW, units)


async def next_try(database: Database) -> datetime | None:
    async with database.read() as unit:
        return await unit.outbox.next_try_at()


def keys_of(items: tuple[OutboxItem, ...]) -> list[str]:
    return [item.dedupe_key for item in items]


async def test_what_comes_out_is_what_went_in(database: Database) -> None:
    new = message("r1", urgent=True)
    assert await add(database, new) == [True]
    (item,) = await claim(database)
    assert (item.channel, item.chat_id, item.reply_handle) == (Channel.LINE, "C1", "token")
    assert (item.reply_until, item.payload) == (new.reply_until, new.payload)
    assert (item.attempts, item.urgent, item.created_at) == (0, True, NOW)
    assert uuid.UUID(item.retry_key).version == 4
    assert "C1" not in item.lane_key
    assert not any(word in repr(item) + repr(new) for word in ("ขอบคุณ", "token", "C1"))


async def test_the_same_message_is_queued_once(database: Database) -> None:
    assert await add(database, message("r1"), message("r1", "C2"), message("r2")) == [
        True,
        False,
        True,
    ]
    async with database.read() as unit:
        assert await unit.outbox.counts() == OutboxCounts(waiting=2, sent=0, dead=0, uncertain=0)


async def test_a_chat_gets_its_messages_in_order(database: Database) -> None:
    await add(database, message("1"), message("2"), message("other", "C2"))
    first = await claim(database)
    assert keys_of(first) == ["1", "other"]
    assert await claim(database) == ()
    await sent(database, first[0])
    assert keys_of(await claim(database)) == ["2"]


async def test_the_urgent_of_different_chats_go_first(database: Database) -> None:
    await add(database, *(message(f"{n}", f"C{n}") for n in range(3)))
    await add(database, message("urgent", "C9", urgent=True))
    assert keys_of(await claim(database, limit=2)) == ["urgent", "0"]
    assert keys_of(await claim(database, limit=2)) == ["1", "2"]


async def test_what_waits_to_be_retried_holds_its_chat_only(database: Database) -> None:
    await add(database, message("1"), message("2"))
    (item,) = await claim(database)
    async with database.write() as unit:
        await unit.outbox.mark_sending(item.id, "push", NOW)
    async with database.write() as unit:
        await unit.outbox.mark_retry(item.id, after(30), "TooManyRequests")
    await add(database, message("other", "C2"))
    assert keys_of(await claim(database, after(1))) == ["other"]
    assert await next_try(database) == after(30)
    (again,) = await claim(database, after(30))
    assert (again.dedupe_key, again.attempts) == ("1", 1)
    assert again.retry_key == item.retry_key


@pytest.mark.parametrize("way", ["dead", "uncertain"])
async def test_what_is_given_up_lets_the_next_go(database: Database, way: str) -> None:
    await add(database, message("1"), message("2"))
    (item,) = await claim(database)
    async with database.write() as unit:
        await unit.outbox.mark_sending(item.id, "push", NOW)
        give_up = unit.outbox.mark_dead if way == "dead" else unit.outbox.mark_uncertain
        await give_up(item.id, "Forbidden")
    assert keys_of(await claim(database)) == ["2"]
    async with database.read() as unit:
        counts = await unit.outbox.counts()
    assert counts == OutboxCounts(
        waiting=1, sent=0, dead=int(way == "dead"), uncertain=int(way == "uncertain")
    )


async def test_a_crash_on_the_wire_is_seen(database: Database) -> None:
    await add(database, message("1"), message("2"), message("3", "C2"))
    one, three = await claim(database)
    async with database.write() as unit:
        await unit.outbox.mark_sending(one.id, "push", NOW)
    async with database.write() as unit:
        await unit.outbox.release_leases()
    async with database.read() as unit:
        ((left, method),) = await unit.outbox.interrupted()
    assert (left, method) == (replace(one, tried_at=NOW), "push")
    assert await claim(database) == (three,)
    assert await claim(database, after(1000)) == (three,)


async def test_the_wire_is_touched_by_one_only(database: Database) -> None:
    await add(database, message("1"))
    (item,) = await claim(database)
    async with database.write() as unit:
        await unit.outbox.mark_sending(item.id, "reply", NOW)
    with pytest.raises(Conflict):
        async with database.write() as unit:
            await unit.outbox.mark_sending(item.id, "push", NOW)


async def test_nothing_is_sent_twice(database: Database) -> None:
    await add(database, message("1"))
    (item,) = await claim(database)
    await sent(database, item)
    for mark in ("mark_sent", "mark_retry", "mark_dead", "mark_uncertain"):
        with pytest.raises(Conflict):
            async with database.write() as unit:
                if mark == "mark_sent":
                    await unit.outbox.mark_sent(item.id, NOW, 1)
                elif mark == "mark_retry":
                    await unit.outbox.mark_retry(item.id, NOW, "x")
                elif mark == "mark_dead":
                    await unit.outbox.mark_dead(item.id, "x")
                else:
                    await unit.outbox.mark_uncertain(item.id, "x")
    assert await claim(database, after(1000)) == ()
    assert await next_try(database) is None


async def test_an_expired_lease_frees_the_message(database: Database) -> None:
    await add(database, message("1"))
    await claim(database)
    assert await next_try(database) == after(60)
    assert keys_of(await claim(database, after(60))) == ["1"]


async def test_units_are_counted_by_channel_and_time(database: Database) -> None:
    telegram = message("t", "C9", channel=Channel.TELEGRAM)
    await add(database, message("1"), message("2", "C2"), message("3", "C3"), telegram)
    for units, item in zip((3, 0, 1, 5), await claim(database), strict=True):
        await sent(database, item, units)
    async with database.read() as unit:
        assert await unit.outbox.units_since(Channel.LINE, NOW) == 4
        assert await unit.outbox.units_since(Channel.TELEGRAM, NOW) == 5
        assert await unit.outbox.units_since(Channel.LINE, after(1)) == 0


async def test_many_senders_never_share_a_chat(database: Database) -> None:
    await add(database, *(message(f"{n}", f"C{n % 5}") for n in range(20)))
    order: dict[str, list[int]] = {}

    async def sender() -> None:
        for _ in range(20):
            for item in await claim(database, limit=2):
                order.setdefault(item.lane_key, []).append(int(item.dedupe_key))
                await sent(database, item)

    await asyncio.gather(*(sender() for _ in range(3)))
    assert sorted(map(len, order.values())) == [4] * 5
    assert all(numbers == sorted(numbers) for numbers in order.values())
