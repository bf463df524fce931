"""Villages and their landmarks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from planning.areas import AreaKind, Landmark, Village
from storage.base import Repository, batches, within
from storage.tables_people import landmarks, villages


def _village(row: Row[Any], found: Sequence[Landmark]) -> Village:
    return Village(
        code=row.code,
        name=row.name,
        kind=AreaKind(row.kind),
        moo=row.moo,
        tambon=row.tambon,
        district=row.district,
        province=row.province,
        region=row.region,
        lat=row.lat,
        lon=row.lon,
        households=row.households,
        landmarks=tuple(found),
    )


def _columns(village: Village) -> dict[str, Any]:
    columns = asdict(village)
    del columns["landmarks"]
    return columns


class Areas(Repository):
    """Queries on villages. Nothing is removed here: reports stand on villages."""

    async def put_villages(self, wanted: Iterable[Village]) -> tuple[int, int]:
        """Add or change villages, with their landmarks; how many were (new, changed)."""
        by_code = {v.code: v for v in wanted}
        known = {v.code: v for v in await self.villages() if v.code in by_code}
        new = [v for v in by_code.values() if v.code not in known]
        changed = [v for v in by_code.values() if v.code in known and known[v.code] != v]
        if new:
            await self._connection.execute(insert(villages), [_columns(v) for v in new])
        if changed:
            await self._change(changed)
        places = [
            {"village_code": v.code, "position": i, **asdict(landmark)}
            for v in (*new, *changed)
            for i, landmark in enumerate(v.landmarks)
        ]
        if places:
            await self._connection.execute(insert(landmarks), places)
        return len(new), len(changed)

    async def _change(self, changed: Sequence[Village]) -> None:
        statement = update(villages).where(villages.c.code == bindparam("at"))
        rows = [_columns(v) for v in changed]
        await self._connection.execute(statement, [{"at": r.pop("code"), **r} for r in rows])
        for codes in batches([v.code for v in changed]):
            old = delete(landmarks).where(landmarks.c.village_code.in_(codes))
            await self._connection.execute(old)

    async def village(self, code: str) -> Village | None:
        """The village of a full code."""
        found = await self._select(villages.c.code == code, landmarks.c.village_code == code)
        return found[0] if found else None

    async def villages(self, area: str = "") -> tuple[Village, ...]:
        """Villages within an area code ("" is everywhere), ordered by code."""
        return await self._select(
            within(villages.c.code, area), within(landmarks.c.village_code, area)
        )

    async def _select(self, which: Any, whose: Any) -> tuple[Village, ...]:
        places: dict[str, list[Landmark]] = defaultdict(list)
        order = (landmarks.c.village_code, landmarks.c.position)
        for row in await self._rows(select(landmarks).where(whose).order_by(*order)):
            landmark = Landmark(name=row.name, lat=row.lat, lon=row.lon)
            places[row.village_code].append(landmark)
        rows = await self._rows(select(villages).where(which).order_by(villages.c.code))
        return tuple(_village(row, places[row.code]) for row in rows)
