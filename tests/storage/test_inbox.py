"""The inbox: each event once, one sender at a time, nothing forgotten."""

import asyncio
from datetime import datetime, timedelta

import pytest

from planning.errors import Conflict
from planning.reports import Channel
from storage.database import Database
from storage.values import InboxCounts, InboxItem, NewInboxItem
from tests.storage.samples import NOW, after, event

LEASE = timedelta(seconds=60)
WAIT = timedelta(seconds=2)
LONGEST = timedelta(seconds=8)


async def add(database: Database, *items: NewInboxItem) -> int:
    async with database.write() as unit:
        return await unit.inbox.add(items)


async def claim(database: Database, now: datetime) -> tuple[InboxItem, ...]:
    async with database.write() as unit:
        return await unit.inbox.claim(now, LEASE, WAIT, LONGEST)


async def next_ready(database: Database) -> datetime | None:
    async with database.read() as unit:
        return await unit.inbox.next_ready_at(WAIT)


def names(items: tuple[InboxItem, ...]) -> list[str]:
    return [item.event_id for item in items]


async def test_a_second_delivery_is_not_new(database: Database) -> None:
    assert await add(database, event("a"), event("b")) == 2
    assert await add(database, event("b"), event("c"), event("c")) == 1
    assert await add(database, event("a", channel=Channel.TELEGRAM)) == 1
    assert await add(database) == 0
    async with database.read() as unit:
        assert [row.event_id for row in await unit.inbox.outcomes()] == ["a", "b", "c", "a"]
        assert await unit.inbox.counts() == InboxCounts(waiting=4, handled=0, failed=0)


async def test_what_comes_out_is_what_went_in(database: Database) -> None:
    new = event("a", sent_at=after(-3))
    await add(database, new)
    async with database.read() as unit:
        item = await unit.inbox.by_event(Channel.LINE, "a")
        assert await unit.inbox.by_event(Channel.TELEGRAM, "a") is None
    assert item is not None
    assert (item.sent_at, item.received_at) == (new.sent_at, new.received_at)
    assert (item.payload, item.attempts) == (new.payload, 0)
    assert "U1" not in item.sender_key
    assert "ถนนพัง" not in repr(item) + repr(new)


async def test_a_burst_is_claimed_whole_when_it_has_ended(database: Database) -> None:
    await add(database, event("second", at=1), event("first", at=0), event("third", at=1))
    assert await claim(database, after(2.9)) == ()
    assert await next_ready(database) == after(3)
    assert names(await claim(database, after(3))) == ["first", "second", "third"]
    assert await claim(database, after(4)) == ()


async def test_order_is_the_platforms_not_the_arrivals(database: Database) -> None:
    late = event("told first", at=5, sent_at=after(-10))
    await add(database, event("told later", at=1), late)
    assert names(await claim(database, after(7))) == ["told first", "told later"]


async def test_who_never_pauses_is_heard_after_the_longest_wait(database: Database) -> None:
    await add(database, *(event(f"{n}", at=n) for n in range(8)))
    assert await claim(database, after(7.9)) == ()
    assert len(await claim(database, after(8))) == 8


async def test_the_immediate_do_not_wait_and_take_their_neighbours(database: Database) -> None:
    await add(database, event("a", at=0), event("b", "U2", at=0))
    await add(database, event("help", at=0.5, immediate=True))
    assert await next_ready(database) == after(0.5)
    assert names(await claim(database, after(0.5))) == ["a", "help"]
    assert await claim(database, after(1)) == ()


async def test_the_oldest_sender_is_served_first(database: Database) -> None:
    await add(database, event("late", "U1", at=1), event("early", "U2", at=0))
    await add(database, event("early again", "U2", at=1))
    assert names(await claim(database, after(9))) == ["early", "early again"]
    assert names(await claim(database, after(9))) == ["late"]


async def test_a_leased_sender_is_left_alone_until_the_lease_ends(database: Database) -> None:
    await add(database, event("a"))
    assert names(await claim(database, after(2))) == ["a"]
    await add(database, event("b", at=3))
    assert await claim(database, after(61)) == ()
    assert await next_ready(database) == after(62)
    assert names(await claim(database, after(62))) == ["a", "b"]


async def test_leases_can_be_released_after_a_crash(database: Database) -> None:
    await add(database, event("a"))
    await claim(database, after(2))
    async with database.write() as unit:
        await unit.inbox.release_leases()
    assert names(await claim(database, after(2))) == ["a"]


async def test_failures_back_off_and_are_counted(database: Database) -> None:
    await add(database, event("a"))
    (item,) = await claim(database, after(2))
    async with database.write() as unit:
        await unit.inbox.mark_failed([item.id], "ValueError", after(30))
    assert await claim(database, after(29)) == ()
    assert await next_ready(database) == after(30)
    (again,) = await claim(database, after(30))
    assert again.attempts == 1
    async with database.read() as unit:
        assert await unit.inbox.counts() == InboxCounts(waiting=1, handled=0, failed=1)


async def test_backoff_does_not_hold_back_what_comes_after(database: Database) -> None:
    await add(database, event("a"))
    (item,) = await claim(database, after(2))
    async with database.write() as unit:
        await unit.inbox.mark_failed([item.id], "ValueError", after(300))
    await add(database, event("b", at=10))
    assert await next_ready(database) == after(12)
    assert await claim(database, after(11.9)) == ()
    assert names(await claim(database, after(12))) == ["a", "b"]


async def test_handled_once_and_never_again(database: Database) -> None:
    await add(database, event("a"), event("b"))
    ids = [item.id for item in await claim(database, after(2))]
    async with database.write() as unit:
        await unit.inbox.mark_handled(ids, after(3), "report")
    assert await claim(database, after(100)) == ()
    assert await next_ready(database) is None
    with pytest.raises(Conflict):
        async with database.write() as unit:
            await unit.inbox.mark_handled(ids[:1], after(4), "report")
    async with database.read() as unit:
        rows = await unit.inbox.outcomes()
        assert [(r.outcome, r.handled_at) for r in rows] == [("report", after(3))] * 2
        assert await unit.inbox.counts() == InboxCounts(waiting=0, handled=2, failed=0)


async def test_a_part_done_by_another_undoes_the_whole_unit(database: Database) -> None:
    await add(database, event("a"), event("b"))
    first, second = (item.id for item in await claim(database, after(2)))
    async with database.write() as unit:
        await unit.inbox.mark_handled([first], after(3), "report")
    with pytest.raises(Conflict):
        async with database.write() as unit:
            await unit.inbox.mark_handled([first, second], after(4), "report")
    async with database.read() as unit:
        assert [r.outcome for r in await unit.inbox.outcomes()] == ["report", ""]


async def test_many_workers_never_share_a_sender(database: Database) -> None:
    await add(database, *(event(f"{n}", f"U{n % 10}") for n in range(40)))
    taken: list[tuple[InboxItem, ...]] = []

    async def worker() -> None:
        for _ in range(40):
            items = await claim(database, after(100))
            if items:
                taken.append(items)

    await asyncio.gather(*(worker() for _ in range(4)))
    assert len(taken) == 10
    assert {len(items) for items in taken} == {4}
    assert len({items[0].sender_key for items in taken}) == 10


async def test_the_ready_one_is_found_behind_many_that_are_not(database: Database) -> None:
    fresh = [event(f"{n}", f"U{n}", at=0) for n in range(300)]
    await add(database, *fresh, event("now", "U999", at=1, immediate=True))
    assert names(await claim(database, after(1))) == ["now"]


async def test_more_than_one_list_can_be_handled_at_once(database: Database) -> None:
    assert await add(database, *(event(f"{n}") for n in range(2500))) == 2500
    ids = [item.id for item in await claim(database, after(2))]
    assert len(ids) == 2500
    async with database.write() as unit:
        await unit.inbox.mark_handled(ids, NOW, "report")
        assert (await unit.inbox.counts()).handled == 2500
