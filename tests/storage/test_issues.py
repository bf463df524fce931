"""Issues: what stands behind them, counted once each."""

from dataclasses import replace

import pytest

from planning.errors import Conflict, NotFound
from planning.issues import IssueStanding, IssueState, LinkAction, LinkedBy, StatusUpdate
from planning.reports import Position, ReportState
from storage.database import Database
from storage.unit import UnitOfWork
from tests.storage.samples import NOW, OTHER, VILLAGE, after, issue, link, report, with_person


async def told(unit: UnitOfWork, issue_id: int, person_id: int, at: float = 0, **more: int) -> int:
    kept = await unit.reports.add(
        report(person_id, first_told_at=after(at), last_told_at=after(at), **more)
    )
    await unit.issues.record(link(kept.id, issue_id))
    return kept.id


async def test_an_issue_comes_back_equal(database: Database) -> None:
    async with database.write() as unit:
        await with_person(unit)
        new = issue(position=Position(lat=12.5, lon=100.5), last_told_at=after(60))
        kept = await unit.issues.add(new)
        assert kept == replace(new, id=kept.id)
        with pytest.raises(Conflict):
            await unit.issues.add(new)
        changed = replace(kept, state=IssueState.IN_BANK, position=None, confidential=True)
        await unit.issues.update(changed)
        with pytest.raises(NotFound):
            await unit.issues.update(replace(kept, id=12345))
    async with database.read() as unit:
        assert await unit.issues.by_id(kept.id) == changed
        assert await unit.issues.by_code(kept.code) == changed
        assert await unit.issues.by_code("IS-NONE") is None
        with pytest.raises(NotFound):
            await unit.issues.by_id(12345)
        with pytest.raises(NotFound):
            await unit.issues.standing(12345)


async def test_people_count_once_and_withdrawn_words_not_at_all(database: Database) -> None:
    async with database.write() as unit:
        a, b, c = [await with_person(unit, user) for user in ("U1", "U2", "U3")]
        matter = await unit.issues.add(issue())
        await told(unit, matter.id, a, photos=1)
        await told(unit, matter.id, a, photos=2)
        await told(unit, matter.id, b)
        gone = await told(unit, matter.id, c, photos=9)
        withdrawn = replace(await unit.reports.by_id(gone), state=ReportState.WITHDRAWN)
        await unit.reports.update(withdrawn)
        assert await unit.issues.support(matter.id, b, NOW)
        assert await unit.issues.support(matter.id, c, NOW)
        assert not await unit.issues.support(matter.id, c, NOW)
    expected = IssueStanding(issue=matter, people=2, reports=3, photos=3, supporters=1)
    async with database.read() as unit:
        assert await unit.issues.standing(matter.id) == expected
        assert await unit.issues.standings() == (expected,)
        assert await unit.issues.contributors(matter.id) == (a, b, c)
    async with database.write() as unit:
        assert await unit.issues.unsupport(matter.id, c)
        assert not await unit.issues.unsupport(matter.id, c)
        assert await unit.issues.contributors(matter.id) == (a, b)


async def test_standings_are_those_asked_for(database: Database) -> None:
    async with database.write() as unit:
        await with_person(unit)
        late = await unit.issues.add(issue(opened_at=after(9)))
        early = await unit.issues.add(issue())
        there = await unit.issues.add(issue(village_code=OTHER, state=IssueState.DONE))
        secret = await unit.issues.add(issue(confidential=True))
        merged = await unit.issues.add(issue(state=IssueState.MERGED))
    async with database.read() as unit:

        async def ids(**how: object) -> list[int]:
            found = await unit.issues.standings(**how)  # type: ignore[arg-type]
            return [s.issue.id for s in found]

        assert await ids() == [early.id, there.id, late.id]
        assert await ids(area=VILLAGE) == [early.id, late.id]
        assert await ids(area="200401", states={IssueState.DONE}) == [there.id]
        assert await ids(confidential=True) == [secret.id]
        assert await ids(confidential=None) == [early.id, there.id, secret.id, late.id]
        assert await ids(states={IssueState.MERGED}) == []
        assert await ids(states=()) == []
        assert (await unit.issues.standing(merged.id)).issue == merged


async def test_a_telling_is_compared_with_open_ones(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        old = await unit.issues.add(issue())
        new = await unit.issues.add(issue(last_told_at=after(99), state=IssueState.FUNDED))
        for done in (IssueState.DONE, IssueState.MERGED, IssueState.NOT_POSSIBLE):
            await unit.issues.add(issue(last_told_at=after(200), state=done))
        elsewhere = await unit.issues.add(issue(village_code=OTHER))
        numbers = [await told(unit, old.id, person_id, at) for at in range(7)]
    async with database.read() as unit:
        found = await unit.issues.tellings([VILLAGE], per_issue=3)
        assert [(i, [r.id for r in reports]) for i, reports in found] == [
            (new, []),
            (old, [numbers[0], numbers[5], numbers[6]]),
        ]
        few = await unit.issues.tellings([VILLAGE, OTHER], limit_issues=1)
        assert [i for i, _ in few] == [new]
        assert [i for i, _ in await unit.issues.tellings([OTHER])] == [elsewhere]
        assert await unit.issues.tellings([]) == ()


async def test_the_log_keeps_who_said_what(database: Database) -> None:
    async with database.write() as unit:
        head = await with_person(unit)
        one, two = await unit.issues.add(issue()), await unit.issues.add(issue())
        kept = await unit.reports.add(report(head))
        opened = replace(link(kept.id, one.id), by=LinkedBy.OPENED)
        moved = replace(link(kept.id, one.id), action=LinkAction.UNLINK, by=LinkedBy.HEAD)
        guess = replace(link(kept.id, two.id), score=0.83, reason="ใกล้วัดเหมือนกัน", actor_id=head)
        for line in (opened, moved, guess):
            await unit.issues.record(line)
    async with database.read() as unit:
        assert await unit.issues.link_events() == (opened, moved, guess)
        assert await unit.issues.link_events(issue_id=one.id) == (opened, moved)
        assert await unit.issues.link_events(report_id=kept.id) == (opened, moved, guess)
        assert await unit.issues.link_events(issue_id=two.id, report_id=kept.id) == (guess,)


async def test_states_are_told_in_order(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        matter = await unit.issues.add(issue())
        first = StatusUpdate(issue_id=matter.id, state=IssueState.IN_BANK, at=NOW)
        second = StatusUpdate(
            issue_id=matter.id,
            state=IssueState.POSTPONED,
            at=after(1),
            words="รอแบบแปลน",
            actor_id=person_id,
        )
        await unit.issues.add_status(first)
        await unit.issues.add_status(second)
        assert await unit.issues.statuses(matter.id) == (first, second)
