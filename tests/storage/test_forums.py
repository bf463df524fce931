"""Forums, frozen agendas, resolutions and the bank."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.engine import default
from sqlalchemy.exc import DBAPIError

from planning.codes import new_code
from planning.errors import Conflict, NotFound
from planning.forums import (
    AgendaContent,
    AgendaItem,
    AgendaVersion,
    CarriedOver,
    Forum,
    ForumState,
    Outcome,
    Resolution,
    Way,
    content_hash,
)
from planning.issues import Issue, IssueState
from planning.projects import (
    DocumentKind,
    DocumentState,
    Project,
    ProjectState,
    SupportingDocument,
)
from planning.ranking import ScoreParts
from planning.taxonomy import Pillar
from storage.database import Database
from storage.tables_base import Baht
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
    with_person,
)


def full_agenda(of: Forum, matter: Issue) -> AgendaContent:
    item = AgendaItem(
        number=1,
        issue_code=matter.code,
        line="ซ่อมแซมถนน «หน้าวัด»",
        pillar=Pillar.INFRASTRUCTURE,
        category="road",
        place="หน้าวัด",
        people=3,
        reports=4,
        supporters=1,
        score=ScoreParts(size=17.1, severity=15.0, age=0.1, evidence=5.0),
    )
    carried = CarriedOver(
        issue_code="IS-OLD",
        line="ขุดลอกลำห้วย",
        forum_number="3/2563",
        state=IssueState.UNDER_WAY,
    )
    return replace(
        empty_agenda(of),
        items=(item, replace(item, number=2, pillar=Pillar.SOCIAL, pinned=True)),
        carried_over=(carried,),
        opening=("ปลัดอำเภอมาพบชาวบ้าน",),
        conveners=("อบต.สมมุติ", "สาธารณสุขอำเภอ"),
        held_on=date(2021, 3, 20),
        households=122,
    )


async def frozen(unit: UnitOfWork) -> tuple[Issue, Forum, AgendaVersion]:
    await with_person(unit)
    matter = await unit.issues.add(issue())
    held = await unit.forums.add(forum())
    made = agenda_version(held, full_agenda(held, matter))
    return matter, held, await unit.forums.add_version(made)


def resolved(matter: Issue, version: AgendaVersion, **changed: object) -> Resolution:
    made = Resolution(
        id=0,
        code=new_code("resolution"),
        forum_id=version.forum_id,
        agenda_code=version.code,
        item_number=1,
        issue_id=matter.id,
        outcome=Outcome.APPROVED,
        votes_for=42,
        votes_against=3,
        way=Way.ASK_SUPPORT,
        decided_at=NOW,
        actor_id=1,
    )
    return replace(made, **changed)  # type: ignore[arg-type]


async def test_forums_are_numbered_by_village_and_year(database: Database) -> None:
    async with database.write() as unit:
        await with_person(unit)
        assert await unit.forums.last_number(VILLAGE, 2564) == 0
        assert await unit.forums.current(VILLAGE) is None
        first = await unit.forums.add(forum())
        second = await unit.forums.add(forum(number=2, held_on=None, held_at="", place=""))
        await unit.forums.add(forum(number=7, village_code=OTHER))
        next_year = await unit.forums.add(forum(year_be=2565))
        with pytest.raises(Conflict):
            await unit.forums.add(forum(number=2))
    async with database.write() as unit:
        assert await unit.forums.last_number(VILLAGE, 2564) == 2
        assert await unit.forums.of_village(VILLAGE) == (first, second, next_year)
        assert await unit.forums.current(VILLAGE) == next_year
        await unit.forums.update(replace(next_year, state=ForumState.CLOSED))
        assert await unit.forums.current(VILLAGE) == second
        assert await unit.forums.by_id(first.id) == first
        assert await unit.forums.by_code(second.code) == second
        assert await unit.forums.by_code("FM-NONE") is None
        with pytest.raises(NotFound):
            await unit.forums.by_id(12345)
        with pytest.raises(NotFound):
            await unit.forums.update(replace(first, id=12345))


async def test_a_frozen_agenda_comes_back_equal(database: Database) -> None:
    async with database.write() as unit:
        _, held, version = await frozen(unit)
        second = await unit.forums.add_version(agenda_version(held, empty_agenda(held), version=2))
        with pytest.raises(Conflict):
            await unit.forums.add_version(agenda_version(held, empty_agenda(held), version=2))
    async with database.read() as unit:
        kept = await unit.forums.version_by_code(version.code)
        assert kept == version
        assert kept is not None
        assert content_hash(kept.content) == kept.sha256
        assert await unit.forums.versions(held.id) == (version, second)
        assert await unit.forums.latest_version(held.id) == second
        assert await unit.forums.latest_version(12345) is None
        assert await unit.forums.version_by_code("AG-NONE") is None


async def test_files_of_an_agenda_are_replaced_whole(database: Database) -> None:
    async with database.write() as unit:
        _, _, version = await frozen(unit)
        assert await unit.forums.agenda_files(version.code) == ()
        await unit.forums.set_agenda_files(version.code, ('{"name": "ก"}', "b", "c"))
        await unit.forums.set_agenda_files(version.code, ("x", '{"name": "ก"}'))
        assert await unit.forums.agenda_files(version.code) == ("x", '{"name": "ก"}')
        await unit.forums.set_agenda_files(version.code, ())
        assert await unit.forums.agenda_files(version.code) == ()


async def test_resolutions_are_all_kept(database: Database) -> None:
    async with database.write() as unit:
        matter, held, version = await frozen(unit)
        first = await unit.forums.add_resolution(resolved(matter, version))
        later = await unit.forums.add_resolution(
            resolved(
                matter,
                version,
                outcome=Outcome.POSTPONED,
                way=None,
                votes_for=None,
                votes_against=None,
                decided_at=after(60),
                actor_id=None,
            )
        )
        with pytest.raises(Conflict):
            await unit.forums.add_resolution(resolved(matter, version, code=first.code))
    async with database.read() as unit:
        assert await unit.forums.resolutions(held.id) == (first, later)
        assert await unit.forums.resolutions_of_issue(matter.id) == (first, later)
        assert await unit.forums.resolution_by_code(later.code) == later
        assert await unit.forums.resolution_by_code("RS-NONE") is None


async def test_a_project_stands_on_its_resolution(database: Database) -> None:
    async with database.write() as unit:
        matter, _, version = await frozen(unit)
        decided = await unit.forums.add_resolution(resolved(matter, version))
        new = Project(
            id=0,
            code=new_code("project"),
            village_code=VILLAGE,
            issue_id=matter.id,
            resolution_code=decided.code,
            name="ก่อสร้างถนน คสล.",
            category="road",
            state=ProjectState.IDEA,
            way=Way.ASK_SUPPORT,
            target_year=2567,
            created_at=NOW,
        )
        wanted = (DocumentKind.PHOTOS, DocumentKind.DRAWING)
        kept = await unit.projects.add(new, wanted)
        with pytest.raises(Conflict):
            await unit.projects.add(new, wanted)
        costed = replace(
            kept, budget=Decimal("1250000.25"), state=ProjectState.BRIEF, agency="อบต."
        )
        await unit.projects.update(costed)
        with pytest.raises(NotFound):
            await unit.projects.update(replace(costed, id=12345))
    async with database.read() as unit:
        assert await unit.projects.by_code(kept.code) == costed
        assert await unit.projects.by_code("PJ-NONE") is None
        assert await unit.projects.by_issue(matter.id) == costed
        assert await unit.projects.by_issue(12345) is None
        assert await unit.projects.in_area() == (costed,)
        assert await unit.projects.in_area("2004") == (costed,)
        assert await unit.projects.in_area("2005") == ()
        assert [d.kind for d in await unit.projects.documents(kept.id)] == list(wanted)
    with pytest.raises(DBAPIError):
        async with database.write() as unit:
            await unit.projects.add(replace(new, code="PJ-2", resolution_code="RS-NONE"), ())


async def test_a_checklist_is_ticked_line_by_line(database: Database) -> None:
    async with database.write() as unit:
        matter, _, version = await frozen(unit)
        decided = await unit.forums.add_resolution(resolved(matter, version))
        project = await unit.projects.add(
            Project(
                id=0,
                code=new_code("project"),
                village_code=VILLAGE,
                issue_id=matter.id,
                resolution_code=decided.code,
                name="x",
                category="road",
                state=ProjectState.IDEA,
                way=Way.TOGETHER,
                target_year=2567,
                created_at=NOW,
                budget=Decimal("0.01"),
            ),
            (),
        )
        assert await unit.projects.documents(project.id) == ()
        lines = [
            SupportingDocument(project_id=project.id, kind=kind, state=DocumentState.RECEIVED)
            for kind in (DocumentKind.UPKEEP, DocumentKind.MAP)
        ]
        for line in lines:
            await unit.projects.set_document(line)
        checked = replace(lines[0], state=DocumentState.CHECKED)
        await unit.projects.set_document(checked)
        assert await unit.projects.documents(project.id) == (checked, lines[1])
        kept = await unit.projects.by_code(project.code)
        assert kept == project


@pytest.mark.parametrize("money", ["0", "0.01", "1250000.25", "99999999999999.99"])
def test_money_is_kept_to_the_satang(money: str) -> None:
    column, dialect = Baht(), default.DefaultDialect()
    satang = column.process_bind_param(Decimal(money), dialect)
    assert column.process_result_value(satang, dialect) == Decimal(money)


def test_a_fraction_of_a_satang_is_refused() -> None:
    with pytest.raises(ValueError, match="whole satang"):
        Baht().process_bind_param(Decimal("0.001"), default.DefaultDialect())
