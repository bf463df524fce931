"""Whatever is linked and unlinked: the kept link is the replayed log, the counts a plain recount."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.issues import LinkAction, present_links
from planning.reports import ReportState
from storage.database import Database, default_url, migrate
from storage.keys import Keys
from tests.storage.samples import NOW, issue, link, report, with_person

PEOPLE, REPORTS, ISSUES = 3, 5, 3
moves = st.lists(
    st.tuples(
        st.sampled_from(LinkAction),
        st.integers(0, REPORTS - 1),
        st.integers(0, ISSUES - 1),
    ),
    max_size=15,
)
supports = st.sets(st.tuples(st.integers(0, ISSUES - 1), st.integers(0, PEOPLE - 1)))
withdrawals = st.sets(st.integers(0, REPORTS - 1))


async def play(
    database: Database,
    steps: list[tuple[LinkAction, int, int]],
    backing: set[tuple[int, int]],
    taken_back: set[int],
) -> None:
    async with database.write() as unit:
        people = [await with_person(unit, f"U{n}") for n in range(PEOPLE)]
        issues = [await unit.issues.add(issue()) for _ in range(ISSUES)]
        reports = [
            await unit.reports.add(
                report(
                    people[n % PEOPLE],
                    photos=n,
                    state=ReportState.WITHDRAWN if n in taken_back else ReportState.LINKED,
                )
            )
            for n in range(REPORTS)
        ]
        for action, which, to in steps:
            await unit.issues.record(link(reports[which].id, issues[to].id, action))
        for to, who in backing:
            await unit.issues.support(issues[to].id, people[who], NOW)
    async with database.read() as unit:
        kept = [await unit.reports.by_id(r.id) for r in reports]
        log = [e for r in reports for e in await unit.issues.link_events(report_id=r.id)]
        links = present_links(log)
        assert len(log) == len(steps)
        assert {r.id: r.issue_id for r in kept if r.issue_id} == links
        for matter in issues:
            behind = [
                r for r in kept if r.issue_id == matter.id and r.state != ReportState.WITHDRAWN
            ]
            tellers = {r.person_id for r in behind}
            backers = {people[w] for to, w in backing if issues[to].id == matter.id}
            standing = await unit.issues.standing(matter.id)
            assert standing.people == len(tellers)
            assert standing.reports == len(behind)
            assert standing.photos == sum(r.photos for r in behind)
            assert standing.supporters == len(backers - tellers)
            assert await unit.issues.contributors(matter.id) == tuple(sorted(tellers | backers))


def test_on_sqlite() -> None:
    with TemporaryDirectory() as folder, asyncio.Runner() as runner:
        url = default_url(Path(folder) / "data")
        runner.run(migrate(url))
        _hold(runner, url)


def test_on_postgresql(postgresql_url: str) -> None:
    with asyncio.Runner() as runner:
        _hold(runner, postgresql_url)


def _hold(runner: asyncio.Runner, url: str) -> None:
    database = runner.run(Database.open(url, Keys(bytes(32))))

    @settings(max_examples=30)
    @given(moves, supports, withdrawals)
    def holds(
        steps: list[tuple[LinkAction, int, int]],
        backing: set[tuple[int, int]],
        taken_back: set[int],
    ) -> None:
        runner.run(play(database, steps, backing, taken_back))

    try:
        holds()
    finally:
        runner.run(database.close())
