"""Arranging lines, notices and whom they reach, on both databases."""

from dataclasses import replace
from datetime import date

from planning.arranging import Arranging, ArrangingLine, arrangement
from planning.codes import new_code
from planning.consents import ConsentKind
from planning.convening import when_key
from planning.forums import Forum, ForumState, Outcome, Resolution, Way
from planning.issues import IssueState, StatusUpdate
from planning.notices import Notice, NoticeKind
from planning.reports import Channel
from storage.database import Database
from storage.unit import UnitOfWork
from tests.storage.samples import (
    NOW,
    OTHER,
    VILLAGE,
    after,
    agenda_version,
    empty_agenda,
    forum,
    issue,
    link,
    report,
    with_person,
)


def said(of: Forum, key: str, act: Arranging, code: str = "", words: str = "") -> ArrangingLine:
    return ArrangingLine(
        id=0, forum_id=of.id, key=key, act=act, at=NOW, issue_code=code, words=words, actor_id=1
    )


def noticed(of: Forum, key: str, **changed: object) -> Notice:
    made = Notice(
        id=0, forum_id=of.id, key=key, kind=NoticeKind.CALLED, held_on=of.held_on,
        when_key=when_key(of), to_people=True, people=0, groups=0, at=NOW, actor_id=1,
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


async def test_a_line_said_twice_is_kept_once(database: Database) -> None:
    async with database.write() as unit:
        await with_person(unit)
        held = await unit.forums.add(forum())
        assert await unit.preparing.say(said(held, "1", Arranging.PIN, "IS-A"))
        assert not await unit.preparing.say(said(held, "1", Arranging.UNPIN, "IS-A"))
        assert await unit.preparing.say(said(held, "2", Arranging.TELL, words="ฉีดวัคซีน"))
        other = await unit.forums.add(forum(number=2))
        assert await unit.preparing.say(said(other, "1", Arranging.PIN, "IS-B"))
    async with database.read() as unit:
        lines = await unit.preparing.lines(held.id)
        assert [(x.key, x.act, x.actor_id, x.at) for x in lines] == [
            ("1", Arranging.PIN, 1, NOW), ("2", Arranging.TELL, 1, NOW),
        ]  # fmt: skip
        assert arrangement(lines).pinned == ("IS-A",)
        assert len(await unit.preparing.lines(other.id)) == 1


async def test_a_notice_goes_out_once_and_knows_whom_it_told(database: Database) -> None:
    async with database.write() as unit:
        await with_person(unit)
        second = (await unit.people.new_walk_in(VILLAGE, NOW)).id
        held = await unit.forums.add(forum())
        number = await unit.preparing.add_notice(noticed(held, "a", groups=1), {1, second})
        assert number is not None
        assert await unit.preparing.add_notice(noticed(held, "a"), {1}) is None
        moved = replace(held, held_on=date(2021, 3, 27))
        assert await unit.preparing.add_notice(noticed(moved, "b"), {1})
        (first, later) = await unit.preparing.notices(held.id)
        assert (first.people, first.groups, first.kind) == (2, 1, NoticeKind.CALLED)
        assert later.when_key == when_key(moved)
        assert await unit.preparing.told(held.id) == {1, second}
        assert await unit.preparing.told(held.id, when_key(moved)) == {1}
        assert await unit.preparing.told(held.id, "") == frozenset()


async def test_listeners_can_be_reached_and_do_not_refuse(database: Database) -> None:
    async with database.write() as unit:
        await with_person(unit)
        names = ("here", "second", "away", "refuses", "blocked", "changed")
        found = {
            name: await unit.people.find_or_create(Channel.LINE, name, f"chat {name}", NOW)
            for name in names
        }
        for name, person in found.items():
            await unit.people.set_village(
                person.id, OTHER if name in ("second", "away") else VILLAGE
            )
        await unit.people.set_second_village(found["second"].id, VILLAGE)
        await unit.consents.decide(found["refuses"].id, ConsentKind.NEWS, False, NOW)
        await unit.consents.decide(found["changed"].id, ConsentKind.NEWS, False, NOW)
        await unit.consents.decide(found["changed"].id, ConsentKind.NEWS, True, after(1))
        await unit.people.set_reachable(Channel.LINE, "blocked", False)
        heard = {x.person_id: x for x in await unit.preparing.listeners(VILLAGE)}
        wanted = {found[n].id for n in ("here", "second", "changed")}
        assert set(heard) - {1} == wanted
        assert heard[found["here"].id].chat_id == "chat here"
        ids = [found["away"].id, found["refuses"].id]
        some = await unit.preparing.listeners(person_ids=ids)
        assert [x.person_id for x in some] == [found["away"].id]
        assert await unit.preparing.listeners(person_ids=()) == ()


async def test_a_forum_that_moved_is_found_until_that_is_told(database: Database) -> None:
    async with database.write() as unit:
        await with_person(unit)
        held = await unit.forums.add(forum())
        moved = replace(held, held_on=date(2021, 3, 27))
        for number, meant in enumerate((held, moved)):
            words = when_key(meant)
            line = replace(said(held, f"w{number}", Arranging.WHEN, words=words), at=after(number))
            if number == 1:
                await unit.preparing.add_notice(noticed(held, "called"), {1})
            await unit.preparing.say(line)
        assert await unit.preparing.moved(after(0)) == ()
        assert await unit.preparing.moved(after(1)) == (held.id,)
        await unit.forums.update(replace(moved, state=ForumState.DECIDING))
        assert await unit.preparing.moved(after(1)) == ()
        await unit.forums.update(moved)
        reminder = noticed(moved, "r", kind=NoticeKind.REMINDER)
        await unit.preparing.add_notice(reminder, {1})
        assert await unit.preparing.moved(after(1)) == (held.id,)
        await unit.preparing.add_notice(noticed(moved, "m", kind=NoticeKind.MOVED), {1})
        assert await unit.preparing.moved(after(1)) == ()
        assert await unit.preparing.meeting_on(date(2021, 3, 27)) == (held.id,)
        assert await unit.preparing.meeting_on(date(2021, 3, 20)) == ()


async def resolved(unit: UnitOfWork, number: int, issue_id: int) -> Forum:
    held = await unit.forums.add(forum(number=number, state=ForumState.CLOSED))
    version = await unit.forums.add_version(agenda_version(held, empty_agenda(held)))
    await unit.forums.add_resolution(
        Resolution(id=0, code=new_code("resolution"), forum_id=held.id, agenda_code=version.code,
                   item_number=1, issue_id=issue_id, outcome=Outcome.APPROVED, votes_for=9,
                   votes_against=0, way=Way.OURSELVES, decided_at=after(number))
    )  # fmt: skip
    return held


async def test_the_last_resolution_on_each_issue_is_found(database: Database) -> None:
    async with database.write() as unit:
        await with_person(unit)
        road = await unit.issues.add(issue())
        secret = await unit.issues.add(issue(confidential=True))
        await resolved(unit, 1, road.id)
        second = await resolved(unit, 2, road.id)
        third = await resolved(unit, 3, secret.id)
        await unit.issues.update(replace(road, state=IssueState.DONE))
        done = StatusUpdate(issue_id=road.id, state=IssueState.DONE, at=after(50))
        await unit.issues.add_status(done)
        (old,) = await unit.preparing.old_resolutions(VILLAGE, third.id)
        assert (old.issue_code, old.forum_number, old.forum_id) == (road.code, "2/2564", second.id)
        assert (old.state, old.since) == (IssueState.DONE, after(50))
        (before,) = await unit.preparing.old_resolutions(VILLAGE, second.id)
        assert before.forum_number == "1/2564"
        assert await unit.preparing.old_resolutions(OTHER, 0) == ()
        assert await unit.preparing.last_frozen(VILLAGE, third.id) == NOW
        assert await unit.preparing.last_frozen(OTHER, 0) is None


async def test_issues_are_brought_before_the_forum_together(database: Database) -> None:
    async with database.write() as unit:
        await with_person(unit)
        found = [await unit.issues.add(issue()) for _ in range(3)]
        told = await unit.reports.add(report(1))
        await unit.issues.record(link(told.id, found[0].id))
        backer = (await unit.people.new_walk_in(VILLAGE, NOW)).id
        await unit.issues.support(found[1].id, backer, NOW)
        await unit.preparing.bring_before([x.id for x in found[:2]], NOW)
        states = [(await unit.issues.by_id(x.id)).state for x in found]
        assert states == [IssueState.BEFORE_FORUM, IssueState.BEFORE_FORUM, IssueState.NOTED]
        assert [s.state for s in await unit.issues.statuses(found[1].id)] == states[:1]
        assert await unit.preparing.behind([x.id for x in found]) == {1, backer}
        assert await unit.preparing.behind([found[2].id]) == frozenset()


async def test_news_that_is_owed_is_told_once(database: Database) -> None:
    async with database.write() as unit:
        await with_person(unit)
        found = sorted([(await unit.issues.add(issue())).code for _ in range(3)])
        held = await unit.forums.add(forum())
        version = await unit.forums.add_version(agenda_version(held, empty_agenda(held)))
        await unit.preparing.owe_news(version.code, found)
        assert await unit.preparing.owed_news(2) == (
            (version.code, found[0]),
            (version.code, found[1]),
        )
        assert await unit.preparing.news_told(version.code, found[0])
        assert not await unit.preparing.news_told(version.code, found[0])
        assert len(await unit.preparing.owed_news(9)) == 2
