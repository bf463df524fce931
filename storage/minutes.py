"""Minutes that were closed, with the files made of them."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Select, insert, select

from planning.minutes import Minutes
from storage.base import Repository
from storage.minutes_json import from_json, to_json
from storage.tables_minutes import minutes, minutes_files
from storage.tables_plans import forums


class ClosedMinutes(Repository):
    """Queries on closed minutes, which are added and never changed."""

    async def add(self, closed: Minutes, files: tuple[str, ...]) -> Minutes:
        """Keep minutes (id of no meaning yet) with their files, as texts not looked into.

        `Conflict` where the forum has minutes already.
        """
        columns = {
            "code": closed.code,
            "forum_id": closed.forum_id,
            "closed_at": closed.closed_at,
            "sha256": closed.sha256,
            "content": to_json(closed.content),
        }
        kept = replace(closed, id=await self._add(minutes, columns))
        rows = [
            {"minutes_code": kept.code, "position": number, "file": file}
            for number, file in enumerate(files)
        ]
        if rows:
            await self._connection.execute(insert(minutes_files), rows)
        return kept

    async def files(self, code: str) -> tuple[str, ...]:
        """The files kept with minutes, as `add` took them."""
        f = minutes_files.c
        query = select(f.file).where(f.minutes_code == code).order_by(f.position)
        return tuple(row.file for row in await self._rows(query))

    async def by_code(self, code: str) -> Minutes | None:
        """The minutes of a code as it is stored."""
        return await self._first(select(minutes).where(minutes.c.code == code))

    async def of_forum(self, forum_id: int) -> Minutes | None:
        """The minutes of a forum, None while they are not closed."""
        return await self._first(select(minutes).where(minutes.c.forum_id == forum_id))

    async def of_village(self, village_code: str) -> tuple[Minutes, ...]:
        """All closed minutes of a village, the forums' order."""
        return tuple(map(_minutes, await self._rows(_of(village_code))))

    async def last_of(self, village_code: str) -> Minutes | None:
        """The minutes of the latest forum of a village that has some."""
        f = forums.c
        latest = _of(village_code).order_by(None).order_by(f.year_be.desc(), f.number.desc())
        return await self._first(latest.limit(1))

    async def _first(self, query: Select[Any]) -> Minutes | None:
        row = await self._row(query)
        return _minutes(row) if row else None


def _of(village_code: str) -> Select[Any]:
    f = forums.c
    mine = select(minutes).join(forums, f.id == minutes.c.forum_id)
    return mine.where(f.village_code == village_code).order_by(f.year_be, f.number)


def _minutes(row: Row[Any]) -> Minutes:
    return Minutes(
        id=row.id,
        code=row.code,
        forum_id=row.forum_id,
        closed_at=row.closed_at,
        sha256=row.sha256,
        content=from_json(row.content),
    )
