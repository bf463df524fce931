"""The agenda of a village with 3,000 messages: drafted, and put in order once more.

Ours: what stands behind each open issue is counted, ranked, arranged as the head wants, and what earlier
forums decided is followed. The floor: reading the village's reports once from the same database.
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from handlers.agendas import draft_agenda
from planning.areas import AreaKind, Village
from planning.arranging import Arranging, ArrangingLine
from planning.codes import new_code, new_tracking_code
from planning.forums import (
    AgendaContent,
    AgendaVersion,
    Forum,
    ForumState,
    Outcome,
    Resolution,
    Way,
    content_hash,
)
from planning.issues import Issue, IssueState, LinkAction, LinkedBy, LinkEvent, StatusUpdate
from planning.reports import Channel, Kind, Report, ReportState
from planning.taxonomy import ALWAYS_CONFIDENTIAL, categories
from storage.database import Database, default_url, migrate
from storage.keys import Keys
from storage.unit import UnitOfWork
from tests.benchmarks.figures import Aim, Figure, median, spread
from tests.benchmarks.sizes import Size

REPORTS, AN_ISSUE, PEOPLE, FORUMS, DECIDED = 3_000, 4, 600, 24, 12
"""Messages of the village, reports an issue, tellers, earlier forums, resolutions of each."""
_AIM_S = 2.0
_NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
_CODES = sorted(set(categories()) - ALWAYS_CONFIDENTIAL)
VILLAGE = Village(
    code="97010101", name="บ้านนาสวรรค์", kind=AreaKind.VILLAGE, moo=1, tambon="ดอนแก้ว",
    district="สวรรค์วิทยา", province="ตัวอย่าง", region="", lat=16.0, lon=103.0, households=180,
)  # fmt: skip


@dataclass(kw_only=True)
class Filling:
    """Makes the village, always the same but for its codes."""

    uow: UnitOfWork
    chance: random.Random
    reports: int = REPORTS
    forums: int = FORUMS
    codes: set[str] = field(default_factory=set)

    async def fill(self) -> None:
        """All of it."""
        await self.uow.areas.put_villages((VILLAGE,))
        people = [(await self.uow.people.new_walk_in(VILLAGE.code, _NOW)).id for _ in range(PEOPLE)]
        issues = [await self._issue(people) for _ in range(self.reports // AN_ISSUE)]
        for number in range(1, self.forums + 1):
            await self._forum(number, issues)
        forum = await self.uow.forums.add(_forum(self.forums + 1, ForumState.PREPARING))
        for number, issue in enumerate(issues[:20]):
            act = Arranging.PIN if number % 4 == 0 else Arranging.TAKE_OUT
            await self.uow.preparing.say(
                ArrangingLine(id=0, forum_id=forum.id, key=f"k{number}", act=act, at=_NOW,
                              issue_code=issue.code, words="รอข้อมูล")
            )  # fmt: skip

    async def _issue(self, people: list[int]) -> Issue:
        told = _NOW - timedelta(minutes=self.chance.randrange(300 * 24 * 60))
        issue = await self.uow.issues.add(
            Issue(
                id=0, code=new_code("issue"), village_code=VILLAGE.code,
                category=self.chance.choice(_CODES), kind=Kind.PROBLEM,
                neutral_line="ถนนภายในหมู่บ้านชำรุดเป็นหลุมเป็นบ่อ", place="หน้าวัด", position=None,
                state=IssueState.NOTED, confidential=False, emergency=False, opened_at=told,
                last_told_at=told,
            )
        )  # fmt: skip
        for person in self.chance.sample(people, AN_ISSUE):
            report = await self.uow.reports.add(
                replace(_report(person, told, issue.category), tracking_code=self._code())
            )
            await self.uow.issues.record(
                LinkEvent(report_id=report.id, issue_id=issue.id, action=LinkAction.LINK,
                          by=LinkedBy.MACHINE, at=told)
            )  # fmt: skip
        return issue

    def _code(self) -> str:
        """A code that no other report has: of thousands made at once two may be alike."""
        code = new_tracking_code()
        while code in self.codes:
            code = new_tracking_code()
        self.codes.add(code)
        return code

    async def _forum(self, number: int, issues: list[Issue]) -> None:
        forum = await self.uow.forums.add(_forum(number, ForumState.CLOSED))
        empty = _empty(forum)
        version = await self.uow.forums.add_version(
            AgendaVersion(id=0, code=new_code("agenda"), forum_id=forum.id, version=1,
                          frozen_at=_NOW, sha256=content_hash(empty), content=empty)
        )  # fmt: skip
        for item, issue in enumerate(self.chance.sample(issues, DECIDED), start=1):
            await self.uow.forums.add_resolution(
                Resolution(id=0, code=new_code("resolution"), forum_id=forum.id,
                           agenda_code=version.code, item_number=item, issue_id=issue.id,
                           outcome=Outcome.APPROVED, votes_for=30, votes_against=2,
                           way=Way.OURSELVES, decided_at=_NOW)
            )  # fmt: skip
            state = self.chance.choice((IssueState.IN_BANK, IssueState.DONE, IssueState.POSTPONED))
            await self.uow.issues.update(replace(issue, state=state))
            await self.uow.issues.add_status(StatusUpdate(issue_id=issue.id, state=state, at=_NOW))


def _forum(number: int, state: ForumState) -> Forum:
    return Forum(
        id=0, code=new_code("forum"), village_code=VILLAGE.code, number=number, year_be=2569,
        state=state, held_on=date(2026, 11, 28), held_at="09.00 น.", place="ศาลากลางบ้าน",
    )  # fmt: skip


def _empty(forum: Forum) -> AgendaContent:
    return AgendaContent(
        forum_code=forum.code, village_code=VILLAGE.code, village_name=VILLAGE.name, moo=1,
        tambon=VILLAGE.tambon, district=VILLAGE.district, province=VILLAGE.province,
        households=VILLAGE.households, forum_number=forum.number, year_be=forum.year_be,
        held_on=forum.held_on, held_at=forum.held_at, place=forum.place, items=(),
    )  # fmt: skip


def _report(person_id: int, told: datetime, category: str) -> Report:
    return Report(
        id=0, tracking_code="", person_id=person_id, channel=Channel.LINE,
        village_code=VILLAGE.code, state=ReportState.LINKED, first_told_at=told, last_told_at=told,
        text="ถนนหน้าวัดเป็นหลุมลึกมาก รถล้มบ่อย ช่วยมาดูหน่อย", masked_text="ถนนหน้าวัดเป็นหลุมลึกมาก รถล้มบ่อย",
        category=category, category_score=0.8, kind=Kind.PROBLEM, confidential=False, emergency=False,
    )  # fmt: skip


async def _seconds(database: Database, read: Callable[[UnitOfWork], Awaitable[object]]) -> float:
    async with database.read() as uow:
        began = time.perf_counter()
        await read(uow)
        return time.perf_counter() - began


async def _measured(folder: Path, repeats: int) -> tuple[list[float], list[float], int]:
    """Seconds of drafting and of reading the reports, and how many items there are."""
    await migrate(default_url(folder))
    database = await Database.open(default_url(folder), Keys.load_or_create(folder / "key"))
    try:
        async with database.write() as uow:
            await Filling(uow=uow, chance=random.Random(2562)).fill()
        items = 0

        async def draft(uow: UnitOfWork) -> None:
            nonlocal items
            items = len((await draft_agenda(uow, VILLAGE, _NOW)).version.content.items)

        async def floor(uow: UnitOfWork) -> None:
            found = await uow.reports.in_area(VILLAGE.code)
            assert len(found) == REPORTS

        await _seconds(database, draft)  # the first statement waits for its making
        await _seconds(database, floor)
        drafts = [await _seconds(database, draft) for _ in range(repeats)]
        return drafts, [await _seconds(database, floor) for _ in range(repeats)], items
    finally:
        await database.close()


def measure(folder: Path, size: Size) -> Iterator[Figure]:
    """Drafting, its floor, and how many times the floor it is."""
    drafts, floors, items = asyncio.run(_measured(folder, max(5, size.repeats)))
    what = f"drafting the agenda of a village with {REPORTS:,} messages"
    note = f"{items} items, {FORUMS} forums before; {spread(drafts)}"
    yield _figure(what, median(drafts), "s", Aim(limit=_AIM_S), note)
    yield _figure("floor: reading these messages once", median(floors), "s", None, spread(floors))
    yield _figure("drafting to its floor", median(drafts) / median(floors), "", None, "")


def _figure(what: str, value: float, unit: str, aim: Aim | None, note: str) -> Figure:
    return Figure(part="drafting", what=what, value=value, unit=unit, aim=aim, note=note)
