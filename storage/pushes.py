"""What a month's pushes used, by our own count and by the platform's, and what still waits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from planning.pushes import Rank
from planning.reports import Channel
from storage.base import Repository
from storage.tables_joining_in import push_months
from storage.tables_messages import outbox


@dataclass(frozen=True, kw_only=True)
class ToldQuota:
    """What the platform last said of a month; `limit` None: without limit."""

    limit: int | None
    used: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Messages of one rank that are not sent yet; `held` of them wait for a reply or a better day."""

    rank: Rank
    number: int
    held: int


class Pushes(Repository):
    """Queries on pushes."""

    async def note_told(
        self, channel: Channel, month: str, limit: int | None, used: int, now: datetime
    ) -> None:
        """Keep what the platform says of a month ("2026-11") in place of what it said before."""
        said = {"told_limit": limit, "told_used": used, "told_at": now}
        row = {"channel": channel, "month": month, **said}
        statement = self._insert(push_months).values(**row)
        await self._run(
            statement.on_conflict_do_update(index_elements=["channel", "month"], set_=said)
        )

    async def told(self, channel: Channel, month: str) -> ToldQuota | None:
        """What the platform last said of a month; None when it was not asked."""
        p = push_months.c
        mine = select(push_months).where(p.channel == channel, p.month == month)
        row = await self._row(mine)
        if row is None:
            return None
        return ToldQuota(limit=row.told_limit, used=row.told_used, at=row.told_at)

    async def waiting(self, channel: Channel) -> tuple[Waiting, ...]:
        """What is not sent yet, by rank, the most pressing first."""
        o = outbox.c
        counted = select(
            o.rank, func.count().label("number"), func.count(o.held_since).label("held")
        )
        query = counted.where(o.channel == channel, o.finished.is_(None))
        return tuple(
            Waiting(rank=Rank(row.rank), number=row.number, held=row.held)
            for row in await self._rows(query.group_by(o.rank).order_by(o.rank))
        )

    async def given_up(self, channel: Channel, since: datetime) -> int:
        """Messages laid in at `since` or later that were given up without having been carried."""
        o = outbox.c
        query = select(func.count()).where(
            o.channel == channel,
            o.created_at >= since,
            o.finished == "dead",
            o.held_since.is_not(None),
        )
        return int(await self._connection.scalar(query) or 0)
