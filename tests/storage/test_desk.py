"""The desk's log in the database: what stands is what the log gives, and comes back when undone."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.desk import DeskAction, DeskEvent, in_force
from planning.issues import LinkAction, LinkedBy
from storage.database import Database, default_url, migrate
from storage.keys import Keys
from storage.unit import UnitOfWork
from tests.storage.samples import NOW, issue, link, message, report, with_person

PEOPLE, REPORTS, ISSUES = 3, 5, 3
Move = tuple[str, int, int]
moves = st.lists(
    st.tuples(
        st.sampled_from("tell leave merge split undo support".split()),
        st.integers(0, 9),
        st.integers(0, 9),
    ),
    max_size=9,
)


@dataclass
class Case:
    """A few people, tellings and matters in an open unit of work."""

    unit: UnitOfWork
    people: list[int]
    reports: list[int]
    issues: list[int]
    steps: int = 0

    def now(self) -> datetime:
        return NOW + timedelta(minutes=self.steps)

    async def act(self, at: int, action: DeskAction, **more: object) -> DeskEvent:
        self.steps += 1
        event = DeskEvent(id=0, issue_id=at, action=action, at=self.now(), **more)  # type: ignore[arg-type]
        event = await self.unit.desk.add(event)
        await self.unit.desk.play(event, LinkedBy.HEAD)
        return event

    async def links(self) -> dict[int, int | None]:
        return {r: (await self.unit.reports.by_id(r)).issue_id for r in self.reports}

    async def standings(self) -> list[tuple[int, int, int]]:
        found = [await self.unit.issues.standing(i) for i in self.issues]
        return [(s.people, s.reports, s.supporters) for s in found]

    async def play(self, move: Move) -> None:
        kind, one, other = move
        self.steps += 1
        told = self.reports[one % REPORTS]
        at, to = self.issues[one % len(self.issues)], self.issues[other % len(self.issues)]
        if kind == "tell":
            await self.unit.issues.record(link(told, to))
        elif kind == "leave":
            await self.unit.issues.record(link(told, to, LinkAction.UNLINK))
        elif kind == "support":
            await self.unit.issues.support(to, self.people[one % PEOPLE], self.now())
        elif kind == "merge" and at != to:
            await self.act(at, DeskAction.MERGE, other_id=to)
        elif kind == "split":
            await self._split(at, other)
        elif kind == "undo":
            await self._undo(at, one)

    async def _split(self, at: int, other: int) -> None:
        new = (await self.unit.issues.add(issue())).id
        self.issues.append(new)
        some = [r for n, r in enumerate(self.reports) if (n + other) % 2]
        await self.act(at, DeskAction.SPLIT, other_id=new, content={"reports": some})

    async def _undo(self, at: int, which: int) -> None:
        acts = in_force(await self.unit.desk.of_issue(at))
        if acts:
            await self.act(at, DeskAction.UNDO, undoes=acts[which % len(acts)].id)


async def begin(unit: UnitOfWork) -> Case:
    people = [await with_person(unit, f"U{n}") for n in range(PEOPLE)]
    issues = [(await unit.issues.add(issue())).id for _ in range(ISSUES)]
    reports = []
    for n in range(REPORTS):
        kept = await unit.reports.add(report(people[n % PEOPLE]))
        await unit.issues.record(link(kept.id, issues[n % ISSUES]))
        reports.append(kept.id)
    return Case(unit, people, reports, issues)


async def hold(database: Database, said: list[Move]) -> None:
    async with database.write() as unit:
        case = await begin(unit)
        for move in said:
            count = sum(at is not None for at in (await case.links()).values())
            await case.play(move)
            links = await case.links()
            assert move[0] in ("tell", "leave") or count == sum(
                at is not None for at in links.values()
            )
        links = await case.links()
        for one in case.issues:
            _, wanted = await unit.desk.should_stand(one)
            assert all(links[r] == at for r, at in wanted.reports.items())
        before = await case.links(), await case.standings()
        done = await case.act(case.issues[0], DeskAction.MERGE, other_id=case.issues[1])
        await case.act(case.issues[0], DeskAction.UNDO, undoes=done.id)
        assert (await case.links(), await case.standings()) == before
        undone = [a for i in case.issues for a in in_force(await unit.desk.of_issue(i))]
        for act in {a.id: a for a in undone}.values():
            await case.act(act.issue_id, DeskAction.UNDO, undoes=act.id)
        for matter in case.issues:
            assert in_force(await unit.desk.of_issue(matter)) == ()


def test_on_sqlite() -> None:
    with TemporaryDirectory() as folder, asyncio.Runner() as runner:
        url = default_url(Path(folder) / "data")
        runner.run(migrate(url))
        _hold(runner, url, 8)


def test_on_postgresql(postgresql_url: str) -> None:
    with asyncio.Runner() as runner:
        _hold(runner, postgresql_url, 3)


def _hold(runner: asyncio.Runner, url: str, examples: int) -> None:
    database = runner.run(Database.open(url, Keys(bytes(32))))

    @settings(max_examples=examples, deadline=None)
    @given(moves)
    def holds(said: list[Move]) -> None:
        runner.run(hold(database, said))

    try:
        holds()
    finally:
        runner.run(database.close())


async def test_support_passes_along_and_comes_back(database: Database) -> None:
    async with database.write() as unit:
        case = await begin(unit)
        one, two, three = case.issues
        asked = case.people[0]
        first = await unit.issues.add(issue())
        for matter in (first.id, two):
            await unit.issues.support(matter, asked, NOW)
        merged = await case.act(first.id, DeskAction.MERGE, other_id=two)
        assert not await unit.issues.support(two, asked, case.now())
        assert [i.id for i in await unit.issues.supported(asked)] == [two]
        assert (await unit.own_data.counts(asked))[1] == 1
        await case.act(two, DeskAction.MERGE, other_id=three)
        assert (await unit.issues.standing(two)).supporters == 0
        await case.act(first.id, DeskAction.UNDO, undoes=merged.id)
        assert await unit.issues.supported_since(first.id, asked) == NOW
        assert await unit.issues.supported_since(three, asked) == NOW
        assert await unit.issues.supported_since(one, asked) is None


async def test_who_says_it_is_another_matter_is_found_by_the_act(database: Database) -> None:
    async with database.write() as unit:
        case = await begin(unit)
        one, two, _ = case.issues
        teller, other = case.people[0], case.people[2]
        await unit.issues.support(one, other, NOW)
        await unit.desk.lock([two, one])
        merged = await case.act(one, DeskAction.MERGE, other_id=two)
        assert await unit.desk.taken_along(merged, teller) == (case.reports[0], case.reports[3])
        assert await unit.desk.taken_along(merged, case.people[1]) == ()
        assert await unit.desk.back_again(merged, other, case.now())
        assert not await unit.desk.back_again(merged, other, case.now())
        assert await unit.issues.supported_since(one, other) == case.now()
        await case.act(one, DeskAction.UNDO, undoes=merged.id)
        assert (await unit.issues.standing(one)).supporters == 1
        assert await unit.desk.by_id(merged.id) == merged
        assert await unit.desk.by_id(10_000) is None
        await unit.desk.rewrite(merged.id, {"state": "noted"})
        kept = await unit.desk.by_id(merged.id)
        assert kept is not None
        assert kept.content == {"state": "noted"}


async def test_news_of_what_was_undone_is_not_sent(database: Database) -> None:
    async with database.write() as unit:
        person = await with_person(unit)
        for key in ("desk:7:1", "desk:71:1", "desk:7:2"):
            await unit.outbox.add(message(key, person_id=person), NOW)
        (first, *_) = await unit.outbox.claim(NOW, timedelta(seconds=30), 1)
        await unit.outbox.mark_sending(first.id, "push", NOW)
        assert await unit.retracting.drop_news("desk:7", "[]") == {person}
        assert await unit.retracting.drop_news("desk:7", "[]") == frozenset()
        assert (await unit.outbox.counts()).waiting == 2
