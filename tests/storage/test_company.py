"""Messages that go with others, wait for a reply, and what a month of pushes used; and who is asked."""

from datetime import timedelta

import pytest

from planning.errors import Conflict
from planning.issues import IssueState, StatusUpdate
from planning.pushes import Rank
from planning.reports import Channel
from storage.checks import DoneCheck
from storage.database import Database
from storage.pushes import ToldQuota, Waiting
from storage.values import OutboxItem
from tests.storage.samples import NOW, after, issue, link, message, report, with_person

LEASE = timedelta(seconds=60)


async def laid_in(database: Database, *keys: str) -> dict[str, int]:
    """Messages of one chat; their numbers."""
    async with database.write() as unit:
        for key in keys:
            assert await unit.outbox.add(message(key, rank=Rank.OUTCOME), NOW)
    async with database.write() as unit:
        (head,) = await unit.outbox.claim(NOW, LEASE, 9)
        beside = (await unit.outbox.beside([head.id])).get(head.id, ())
        await unit.outbox.release_leases()
    return {item.dedupe_key: item.id for item in (head, *beside)}


async def state(database: Database, number: int) -> OutboxItem | None:
    """A message that waits by itself, as it would be claimed much later."""
    async with database.write() as unit:
        found = await unit.outbox.claim(after(10**7), timedelta(0), 99)
    return next((item for item in found if item.id == number), None)


async def test_what_goes_along_shares_its_fate(database: Database) -> None:
    ids = await laid_in(database, "1", "2", "3")
    async with database.write() as unit:
        taken = await unit.outbox.mark_sending(ids["1"], "push", NOW, [ids["2"], ids["3"]])
        assert taken == {ids["2"], ids["3"]}
    async with database.read() as unit:
        ((left, way),) = await unit.outbox.interrupted()
        assert (left.id, way, left.tried_at) == (ids["1"], "push", NOW)
        along = await unit.outbox.carried(ids["1"])
        assert [(i.id, i.carried_by) for i in along] == [(ids["2"], ids["1"]), (ids["3"], ids["1"])]
    async with database.write() as unit:
        await unit.outbox.mark_retry(ids["1"], after(5), "x")
        assert await unit.outbox.interrupted() == ()
        (head,) = await unit.outbox.claim(after(5), LEASE, 9)
        assert head.id == ids["1"]
        assert len((await unit.outbox.beside([head.id]))[head.id]) == 2
        await unit.outbox.mark_sending(ids["1"], "push", after(5), [ids["2"], ids["3"]])
        await unit.outbox.mark_sent(ids["1"], after(6), 1)
    async with database.read() as unit:
        counts = await unit.outbox.counts()
        assert (counts.sent, counts.waiting) == (3, 0)
        assert await unit.outbox.units_since(Channel.LINE, NOW) == 1


@pytest.mark.parametrize("way", ["dead", "uncertain"])
async def test_company_is_freed_or_given_up_with_its_head(database: Database, way: str) -> None:
    ids = await laid_in(database, "1", "2")
    async with database.write() as unit:
        await unit.outbox.mark_sending(ids["1"], "push", NOW, [ids["2"]])
        give_up = unit.outbox.mark_dead if way == "dead" else unit.outbox.mark_uncertain
        await give_up(ids["1"], "x")
        counts = await unit.outbox.counts()
    assert (counts.waiting, counts.dead, counts.uncertain) == (
        (1, 1, 0) if way == "dead" else (0, 0, 2)
    )
    freed = await state(database, ids["2"])
    if way == "dead":
        assert freed
        assert (freed.carried_by, freed.tried_at) == (None, None)


async def test_what_somebody_else_took_does_not_come_along(database: Database) -> None:
    ids = await laid_in(database, "1", "2")
    async with database.write() as unit:
        await unit.outbox.mark_sending(ids["2"], "push", NOW)
        assert await unit.outbox.mark_sending(ids["1"], "reply", NOW, [ids["2"]]) == frozenset()
    with pytest.raises(Conflict):
        async with database.write() as unit:
            await unit.outbox.mark_sending(ids["2"], "push", NOW, [ids["1"]])


async def test_what_is_put_off_is_in_nobodys_way(database: Database) -> None:
    ids = await laid_in(database, "1", "2")
    async with database.write() as unit:
        await unit.outbox.mark_sending(ids["1"], "reply", NOW, [ids["2"]])
        await unit.outbox.put_off(ids["1"], after(100), "quota", held_since=after(1))
        assert await unit.outbox.next_try_at() == NOW
        (item,) = await unit.outbox.claim(after(2), LEASE, 9)
        assert (item.id, item.carried_by) == (ids["2"], None)
        await unit.outbox.lease_instead(ids["2"], ids["1"], after(60))
        assert await unit.outbox.claim(after(3), LEASE, 9) == ()
        await unit.outbox.mark_sending(ids["2"], "reply", after(4))
        await unit.outbox.mark_sent(ids["2"], after(4), 0)
        assert await unit.outbox.next_try_at() == after(100)
        await unit.outbox.put_off(ids["1"], after(200), "quota", held_since=after(9))
    held = await state(database, ids["1"])
    assert held
    assert (held.held_since, held.attempts, held.tried_at) == (after(1), 0, None)


async def test_what_may_have_been_taken_keeps_its_company(database: Database) -> None:
    ids = await laid_in(database, "1", "2")
    async with database.write() as unit:
        await unit.outbox.mark_sending(ids["1"], "push", NOW, [ids["2"]])
        await unit.outbox.put_off(ids["1"], after(9), "quota", fresh=False)
        assert [i.id for i in await unit.outbox.carried(ids["1"])] == [ids["2"]]
    again = await state(database, ids["1"])
    assert again
    assert again.tried_at == NOW
    async with database.write() as unit:
        await unit.outbox.let_go(ids["1"], tried=True)
    alone = await state(database, ids["1"])
    assert alone
    async with database.read() as unit:
        ((other,),) = (await unit.outbox.beside([ids["1"]])).values()
    assert (other.tried_at, other.carried_by) == (NOW, None)


async def test_the_most_pressing_of_different_chats_go_first(database: Database) -> None:
    async with database.write() as unit:
        for rank in reversed(Rank):
            await unit.outbox.add(message(rank.name, rank.name, rank=rank), NOW)
        await unit.outbox.add(message("urgent", "U", rank=Rank.OTHER, urgent=True), NOW)
        found = await unit.outbox.claim(NOW, LEASE, 9)
    names = [r.name for r in Rank]
    assert [i.dedupe_key for i in found] == ["DANGER", "urgent", *names[1:]]
    assert found[1].rank is Rank.DANGER


async def test_what_waits_and_what_the_platform_says(database: Database) -> None:
    ids = await laid_in(database, "1", "2")
    async with database.write() as unit:
        await unit.outbox.add(message("d", "C2", rank=Rank.DIGEST), NOW)
        await unit.outbox.add(message("t", "C3", channel=Channel.TELEGRAM), NOW)
        await unit.outbox.put_off(ids["1"], after(9), "quota", held_since=NOW)
        assert await unit.pushes.told(Channel.LINE, "2021-03") is None
        await unit.pushes.note_told(Channel.LINE, "2021-03", 200, 5, NOW)
        await unit.pushes.note_told(Channel.LINE, "2021-03", None, 7, after(1))
    async with database.read() as unit:
        assert await unit.pushes.waiting(Channel.LINE) == (
            Waiting(rank=Rank.OUTCOME, number=2, held=1),
            Waiting(rank=Rank.DIGEST, number=1, held=0),
        )
        told = await unit.pushes.told(Channel.LINE, "2021-03")
        assert told == ToldQuota(limit=None, used=7, at=after(1))
        assert await unit.pushes.told(Channel.LINE, "2021-04") is None
        assert await unit.pushes.given_up(Channel.LINE, NOW) == 0


async def test_who_was_asked_answers_once(database: Database) -> None:
    async with database.write() as unit:
        one, two, three = [await with_person(unit, f"U{n}") for n in range(3)]
        matter = await unit.issues.add(issue())
        for person, at in ((one, 30), (two, 20)):
            told = await unit.reports.add(
                report(person, first_told_at=after(at), last_told_at=after(at))
            )
            await unit.issues.record(link(told.id, matter.id))
        await unit.issues.support(matter.id, two, after(40))
        await unit.issues.support(matter.id, three, after(25))
        assert await unit.checks.latest_behind(matter.id) == (two, one, three)
        done = StatusUpdate(issue_id=matter.id, state=IssueState.DONE, at=NOW)
        first, second = await unit.issues.add_status(done), await unit.issues.add_status(done)
        assert await unit.checks.ask(matter.id, first, one, NOW)
        assert not await unit.checks.ask(matter.id, first, one, after(1))
        assert await unit.checks.ask(matter.id, second, one, NOW)
        assert await unit.checks.answer(first, one, "not_yet", after(2))
        assert not await unit.checks.answer(first, one, "done", after(3))
        assert not await unit.checks.answer(first, two, "done", after(3))
    async with database.read() as unit:
        assert await unit.checks.find(first, one) == DoneCheck(
            issue_id=matter.id, status_id=first, person_id=one, asked_at=NOW,
            answer="not_yet", answered_at=after(2),
        )  # fmt: skip
        again = await unit.checks.find(second, one)
        assert again
        assert again.answer is None
        assert await unit.checks.find(first, two) is None


async def test_support_passes_on_and_is_listed(database: Database) -> None:
    async with database.write() as unit:
        one, two = [await with_person(unit, f"U{n}") for n in range(2)]
        here, there = await unit.issues.add(issue()), await unit.issues.add(issue())
        await unit.issues.support(here.id, one, after(1))
        await unit.issues.support(here.id, two, after(2))
        await unit.issues.support(there.id, two, after(3))
        assert [i.id for i in await unit.issues.supported(two)] == [there.id, here.id]
        await unit.issues.pass_support(here.id, there.id)
        assert await unit.issues.contributors(there.id) == (one, two)
        assert await unit.issues.contributors(here.id) == ()
        assert await unit.issues.supported_since(there.id, one) == after(1)
        assert await unit.issues.supported_since(there.id, two) == after(3)
        assert await unit.issues.supported_since(here.id, one) is None


async def test_the_channel_somebody_used_last(database: Database) -> None:
    line, telegram = (Channel.LINE, "U1"), (Channel.TELEGRAM, "42")
    async with database.write() as unit:
        assert await unit.conversations.last_used([line, telegram]) is None
        await unit.conversations.save(*line, "{}", 0, after(5))
        await unit.conversations.save(*telegram, "{}", 0, after(1))
        assert await unit.conversations.last_used([line, telegram]) == line
        await unit.conversations.save(*telegram, "{}", 1, after(9))
        assert await unit.conversations.last_used([line, telegram]) == telegram
        assert await unit.conversations.last_used([line]) == line
