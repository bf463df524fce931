"""The register of erasing: when, by whose wish, of which kinds and how much; never of whom by name."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from storage.base import Repository
from storage.tables_own_data import erasures


@dataclass(frozen=True, kw_only=True)
class Erasure:
    """An erasure. `people`: rows that stay without a name, known until all is finished."""

    id: int
    people: tuple[int, ...]
    asked_by: str
    kinds: Mapping[str, int]
    begun_at: datetime
    finished_at: datetime | None


class Erasures(Repository):
    """Queries on the register."""

    async def begin(
        self, people: Collection[int], asked_by: str, kinds: Mapping[str, int], now: datetime
    ) -> None:
        """Note that somebody was erased, with the numbers of rows by table."""
        row = {
            "ref_key": self._keys.hash(f"erased:{min(people)}"),
            "asked_by": asked_by,
            "persons": json.dumps(sorted(people)),
            "kinds": json.dumps(dict(sorted(kinds.items()))),
            "number": sum(kinds.values()),
            "begun_at": now,
        }
        await self._run(insert(erasures).values(**row))

    async def unfinished(self) -> tuple[Erasure, ...]:
        """Erasures of which something is left to do, oldest first."""
        return await self._find(finished=False)

    async def all(self) -> tuple[Erasure, ...]:
        """The whole register, oldest first."""
        return await self._find(finished=True) + await self._find(finished=False)

    async def _find(self, *, finished: bool) -> tuple[Erasure, ...]:
        e = erasures.c
        which = e.finished_at.is_not(None) if finished else e.finished_at.is_(None)
        return tuple(
            Erasure(
                id=row.id,
                people=tuple(json.loads(row.persons or "[]")),
                asked_by=row.asked_by,
                kinds=json.loads(row.kinds),
                begun_at=row.begun_at,
                finished_at=row.finished_at,
            )
            for row in await self._rows(select(erasures).where(which).order_by(e.id))
        )

    async def finish(self, erasure_id: int, now: datetime) -> None:
        """Nothing is left to do; the number of the row without a name is forgotten as well."""
        same = erasures.c.id == erasure_id
        await self._run(update(erasures).where(same).values(finished_at=now, persons=""))
