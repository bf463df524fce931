"""The project bank: projects and their checklists of supporting documents."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from planning.forums import Way
from planning.projects import (
    DocumentKind,
    DocumentState,
    Project,
    ProjectState,
    SupportingDocument,
)
from storage.base import Repository, missing, within
from storage.tables_plans import projects, supporting_documents


def _project(row: Row[Any]) -> Project:
    return Project(
        id=row.id,
        code=row.code,
        village_code=row.village_code,
        issue_id=row.issue_id,
        resolution_code=row.resolution_code,
        name=row.name,
        category=row.category,
        state=ProjectState(row.state),
        way=Way(row.way),
        target_year=row.target_year,
        created_at=row.created_at,
        objective=row.objective,
        target=row.target,
        indicator=row.indicator,
        expected_result=row.expected_result,
        agency=row.agency,
        budget=row.budget,
    )


def _columns(project: Project) -> dict[str, Any]:
    columns = asdict(project)
    del columns["id"]
    return columns


class Projects(Repository):
    """Queries on projects."""

    async def add(self, project: Project, documents: Sequence[DocumentKind]) -> Project:
        """Keep a new project (id 0) with the documents it needs, all missing yet.

        `Conflict` when its code is taken.
        """
        added = replace(project, id=await self._add(projects, _columns(project)))
        rows = [
            {"project_id": added.id, "kind": kind, "position": i, "state": DocumentState.MISSING}
            for i, kind in enumerate(documents)
        ]
        if rows:
            await self._connection.execute(insert(supporting_documents), rows)
        return added

    async def update(self, project: Project) -> None:
        """Keep what is newly known of a project."""
        changed = update(projects).where(projects.c.id == project.id).values(**_columns(project))
        if (await self._run(changed)).rowcount != 1:
            raise missing()

    async def by_code(self, code: str) -> Project | None:
        """The project of a code as it is stored."""
        row = await self._row(select(projects).where(projects.c.code == code))
        return _project(row) if row else None

    async def by_issue(self, issue_id: int) -> Project | None:
        """The newest project that came of an issue."""
        mine = select(projects).where(projects.c.issue_id == issue_id)
        row = await self._row(mine.order_by(projects.c.id.desc()).limit(1))
        return _project(row) if row else None

    async def in_area(self, area: str = "") -> tuple[Project, ...]:
        """Projects of an area ("" is everywhere), by village, then oldest first."""
        query = select(projects).where(within(projects.c.village_code, area))
        query = query.order_by(projects.c.village_code, projects.c.id)
        return tuple(map(_project, await self._rows(query)))

    async def documents(self, project_id: int) -> tuple[SupportingDocument, ...]:
        """A project's checklist, in the order it was asked for."""
        d = supporting_documents.c
        query = select(supporting_documents).where(d.project_id == project_id)
        return tuple(
            SupportingDocument(
                project_id=row.project_id,
                kind=DocumentKind(row.kind),
                state=DocumentState(row.state),
            )
            for row in await self._rows(query.order_by(d.position, d.kind))
        )

    async def set_document(self, document: SupportingDocument) -> None:
        """Set a line of the checklist, added at its end when it was not there."""
        d = supporting_documents.c
        same = (d.project_id == document.project_id) & (d.kind == document.kind)
        change = update(supporting_documents).where(same).values(state=document.state)
        if (await self._run(change)).rowcount:
            return
        last = select(func.max(d.position)).where(d.project_id == document.project_id)
        end = await self._connection.scalar(last)
        position = 0 if end is None else end + 1
        await self._add_new(supporting_documents, asdict(document) | {"position": position})
