"""Forums, their frozen agendas with the files made of them, and what was resolved."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update

from planning.forums import AgendaVersion, Forum, ForumState, Outcome, Resolution, Way
from storage.agenda_json import from_json, to_json
from storage.base import Repository, missing, within
from storage.tables_plans import agenda_files, agenda_versions, forums, resolutions


def _columns(value: Forum | Resolution) -> dict[str, Any]:
    columns = asdict(value)
    del columns["id"]
    return columns


def _forum(row: Row[Any]) -> Forum:
    return Forum(
        id=row.id,
        code=row.code,
        village_code=row.village_code,
        number=row.number,
        year_be=row.year_be,
        state=ForumState(row.state),
        held_on=row.held_on,
        held_at=row.held_at,
        place=row.place,
    )


def _version(row: Row[Any]) -> AgendaVersion:
    return AgendaVersion(
        id=row.id,
        code=row.code,
        forum_id=row.forum_id,
        version=row.version,
        frozen_at=row.frozen_at,
        sha256=row.sha256,
        content=from_json(row.content),
    )


def _resolution(row: Row[Any]) -> Resolution:
    return Resolution(
        id=row.id,
        code=row.code,
        forum_id=row.forum_id,
        agenda_code=row.agenda_code,
        item_number=row.item_number,
        issue_id=row.issue_id,
        outcome=Outcome(row.outcome),
        votes_for=row.votes_for,
        votes_against=row.votes_against,
        way=Way(row.way) if row.way else None,
        decided_at=row.decided_at,
        actor_id=row.actor_id,
        reason=row.reason,
        returns_on=row.returns_on,
    )


class Forums(Repository):
    """Queries on forums. Agenda versions and resolutions are added, never changed."""

    async def add(self, forum: Forum) -> Forum:
        """Keep a new forum (id 0); `Conflict` when its code, or its number in the year, is taken."""
        return replace(forum, id=await self._add(forums, _columns(forum)))

    async def update(self, forum: Forum) -> None:
        """Keep what is newly known of a forum."""
        changed = update(forums).where(forums.c.id == forum.id).values(**_columns(forum))
        if (await self._run(changed)).rowcount != 1:
            raise missing()

    async def by_id(self, forum_id: int) -> Forum:
        """The forum of a number; `NotFound` when there is none."""
        row = await self._row(select(forums).where(forums.c.id == forum_id))
        if not row:
            raise missing()
        return _forum(row)

    async def by_code(self, code: str) -> Forum | None:
        """The forum of a code as it is stored."""
        row = await self._row(select(forums).where(forums.c.code == code))
        return _forum(row) if row else None

    async def current(self, village_code: str) -> Forum | None:
        """A village's latest forum that is not closed."""
        f = forums.c
        query = select(forums).where(f.village_code == village_code, f.state != ForumState.CLOSED)
        row = await self._row(query.order_by(f.year_be.desc(), f.number.desc()).limit(1))
        return _forum(row) if row else None

    async def last_number(self, village_code: str, year_be: int) -> int:
        """The highest number of a village's forums in a Buddhist year, 0 when there was none."""
        f = forums.c
        query = select(func.max(f.number))
        mine = query.where(f.village_code == village_code, f.year_be == year_be)
        return await self._connection.scalar(mine) or 0

    async def in_area(self, area: str) -> tuple[Forum, ...]:
        """Every forum of an area's villages, oldest first."""
        inside = select(forums).where(within(forums.c.village_code, area))
        return tuple(map(_forum, await self._rows(inside.order_by(forums.c.id))))

    async def of_village(self, village_code: str) -> tuple[Forum, ...]:
        """A village's forums, oldest first."""
        f = forums.c
        query = select(forums).where(f.village_code == village_code)
        return tuple(map(_forum, await self._rows(query.order_by(f.year_be, f.number))))

    async def add_version(self, version: AgendaVersion) -> AgendaVersion:
        """Freeze an agenda (id 0); `Conflict` when its code or number is taken."""
        columns = {
            "code": version.code,
            "forum_id": version.forum_id,
            "version": version.version,
            "frozen_at": version.frozen_at,
            "sha256": version.sha256,
            "content": to_json(version.content),
        }
        return replace(version, id=await self._add(agenda_versions, columns))

    async def versions(self, forum_id: int) -> tuple[AgendaVersion, ...]:
        """A forum's frozen agendas, oldest first."""
        a = agenda_versions.c
        query = select(agenda_versions).where(a.forum_id == forum_id).order_by(a.version)
        return tuple(map(_version, await self._rows(query)))

    async def version_by_code(self, code: str) -> AgendaVersion | None:
        """The frozen agenda of a code as it is stored."""
        row = await self._row(select(agenda_versions).where(agenda_versions.c.code == code))
        return _version(row) if row else None

    async def latest_version(self, forum_id: int) -> AgendaVersion | None:
        """A forum's newest frozen agenda."""
        a = agenda_versions.c
        query = select(agenda_versions).where(a.forum_id == forum_id)
        row = await self._row(query.order_by(a.version.desc()).limit(1))
        return _version(row) if row else None

    async def add_resolution(self, resolution: Resolution) -> Resolution:
        """Record a resolution (id 0); `Conflict` when its code is taken."""
        return replace(resolution, id=await self._add(resolutions, _columns(resolution)))

    async def resolutions(self, forum_id: int) -> tuple[Resolution, ...]:
        """A forum's resolutions in the order they were recorded, replaced ones among them."""
        return _resolutions(await self._rows(_recorded().where(resolutions.c.forum_id == forum_id)))

    async def resolutions_of_issue(self, issue_id: int) -> tuple[Resolution, ...]:
        """All resolutions on an issue in the order they were recorded."""
        return _resolutions(await self._rows(_recorded().where(resolutions.c.issue_id == issue_id)))

    async def resolution_by_code(self, code: str) -> Resolution | None:
        """The resolution of a code as it is stored."""
        row = await self._row(select(resolutions).where(resolutions.c.code == code))
        return _resolution(row) if row else None

    async def agenda_files(self, agenda_code: str) -> tuple[str, ...]:
        """What `set_agenda_files` kept, () when nothing."""
        a = agenda_files.c
        query = select(a.file).where(a.agenda_code == agenda_code).order_by(a.position)
        return tuple(row.file for row in await self._rows(query))

    async def set_agenda_files(self, agenda_code: str, files: tuple[str, ...]) -> None:
        """Keep which files were made of a frozen agenda, as texts not looked into."""
        old = delete(agenda_files).where(agenda_files.c.agenda_code == agenda_code)
        await self._run(old)
        rows = [
            {"agenda_code": agenda_code, "position": i, "file": file}
            for i, file in enumerate(files)
        ]
        if rows:
            await self._connection.execute(insert(agenda_files), rows)


def _recorded() -> Select[Any]:
    return select(resolutions).order_by(resolutions.c.id)


def _resolutions(rows: Iterable[Row[Any]]) -> tuple[Resolution, ...]:
    return tuple(map(_resolution, rows))
