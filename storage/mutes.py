"""Senders whom an officer lets rest."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, select, update

from storage.base import Repository
from storage.tables_own_data import mutes


@dataclass(frozen=True, kw_only=True)
class Mute:
    """Until when, why, and whether the sender was told."""

    id: int
    until: datetime
    reason: str = field(repr=False)
    told: bool


class Mutes(Repository):
    """Queries on mutes. Reasons lie sealed."""

    async def now(self, person_id: int, at: datetime) -> Mute | None:
        """The mute that holds for a person at a moment, the one that lasts longest."""
        m = mutes.c
        holds = (m.person_id == person_id) & (m.since <= at) & (m.until > at)
        row = await self._row(select(mutes).where(holds).order_by(m.until.desc()).limit(1))
        if not row:
            return None
        return Mute(
            id=row.id,
            until=row.until,
            reason=self._keys.open(row.reason_sealed),
            told=row.told_at is not None,
        )

    async def begin(
        self, person_id: int, code: str, until: datetime, reason: str, actor_id: int, now: datetime
    ) -> None:
        """Let a sender rest until then, because of the report of that code."""
        row = {
            "person_id": person_id,
            "report_code": code,
            "since": now,
            "until": until,
            "reason_sealed": self._keys.seal(reason),
            "actor_id": actor_id,
        }
        await self._run(insert(mutes).values(**row))

    async def end(self, person_id: int, now: datetime) -> bool:
        """End every mute of a person now; False when there was none."""
        m = mutes.c
        ended = update(mutes).where(m.person_id == person_id, m.until > now).values(until=now)
        return (await self._run(ended)).rowcount > 0

    async def told(self, mute_id: int, now: datetime) -> None:
        """The sender has been told."""
        await self._run(update(mutes).where(mutes.c.id == mute_id).values(told_at=now))
