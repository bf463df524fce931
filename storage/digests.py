"""Looks at a summary, the regular digests with the windows they told of, and pictures of summaries."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from planning.digests import Digest, Rhythm
from storage.base import Repository
from storage.tables_digests import digest_windows, digests, looks, summary_pictures
from storage.tables_messages import outbox

SITTING = timedelta(hours=1)
"""Looks within that time are one: what was new at the first is new at the last."""
_ARRIVED = ("sent", "uncertain")


def _digest(row: Row[Any]) -> Digest:
    return Digest(
        id=row.id,
        person_id=row.person_id,
        area=row.area,
        rhythm=Rhythm(weekday=row.weekday, hour=row.hour, minute=row.minute),
        stopped=row.stopped,
        told_until=row.told_until,
        next_at=row.next_at,
    )


class Digests(Repository):
    """Queries on digests."""

    async def looked(self, person_id: int, area: str) -> tuple[datetime, datetime] | None:
        """When a person's last sitting over an area began, and what it counted from."""
        mine = (looks.c.person_id == person_id) & (looks.c.area == area)
        row = await self._row(select(looks).where(mine))
        return (row.looked_at, row.since) if row else None

    async def note_look(
        self, person_id: int, area: str, looked_at: datetime, since: datetime
    ) -> None:
        """Keep the present sitting in place of the one before."""
        when = {"looked_at": looked_at, "since": since}
        row = self._insert(looks).values(person_id=person_id, area=area, **when)
        await self._run(row.on_conflict_do_update(index_elements=["person_id", "area"], set_=when))

    async def of_person(self, person_id: int) -> tuple[Digest, ...]:
        """A person's digests, stopped ones among them, by area."""
        mine = select(digests).where(digests.c.person_id == person_id)
        return tuple(map(_digest, await self._rows(mine.order_by(digests.c.area))))

    async def add(self, digest: Digest) -> bool:
        """Keep a new digest (id 0); False where the person has one of that area."""
        return await self._add_new(digests, _columns(digest))

    async def set_rhythm(self, digest_id: int, rhythm: Rhythm, next_at: datetime) -> None:
        """Let a digest come so from now on, also one that was stopped."""
        when = {"weekday": rhythm.weekday, "hour": rhythm.hour, "minute": rhythm.minute}
        same = update(digests).where(digests.c.id == digest_id)
        await self._run(same.values(**when, next_at=next_at, stopped=False))

    async def stop(self, person_id: int) -> None:
        """Send a person no digest any more."""
        mine = update(digests).where(digests.c.person_id == person_id)
        await self._run(mine.values(stopped=True))

    async def remove(self, digest_ids: Iterable[int]) -> None:
        """Forget digests of areas that somebody has no role in any more."""
        ids = sorted(set(digest_ids))
        await self._run(delete(digest_windows).where(digest_windows.c.digest_id.in_(ids)))
        await self._run(delete(digests).where(digests.c.id.in_(ids)))

    async def all(self) -> tuple[Digest, ...]:
        """Every digest, by number."""
        return tuple(map(_digest, await self._rows(select(digests).order_by(digests.c.id))))

    async def due(self, now: datetime, limit: int) -> tuple[Digest, ...]:
        """Digests whose hour has come, the longest waiting first."""
        d = digests.c
        waiting = select(digests).where(d.next_at <= now, ~d.stopped)
        return tuple(map(_digest, await self._rows(waiting.order_by(d.next_at, d.id).limit(limit))))

    async def take(self, digest: Digest, told_until: datetime, next_at: datetime) -> bool:
        """Move a digest on to its next hour; False where somebody else did, or it was changed."""
        d = digests.c
        same = (d.id == digest.id) & (d.next_at == digest.next_at) & ~d.stopped
        moved = update(digests).where(same, d.told_until == digest.told_until)
        done = await self._run(moved.values(told_until=told_until, next_at=next_at))
        return done.rowcount == 1

    async def note_window(
        self, digest_id: int, opens: datetime, closes: datetime, dedupe_key: str
    ) -> None:
        """A message tells of what happened after `opens`, up to `closes`."""
        row = {"digest_id": digest_id, "opens": opens, "closes": closes, "dedupe_key": dedupe_key}
        await self._run(insert(digest_windows).values(**row))

    async def untold_since(self, digest: Digest) -> datetime:
        """From when on nothing has arrived: earlier than `told_until` where the last messages did not."""
        w, o = digest_windows.c, outbox.c
        joined = digest_windows.outerjoin(outbox, o.dedupe_key == w.dedupe_key)
        mine = select(w.opens, o.finished, o.method).select_from(joined)
        rows = await self._rows(mine.where(w.digest_id == digest.id).order_by(w.closes.desc()))
        since = digest.told_until
        for row in rows:
            if row.finished in _ARRIVED or row.method:
                break
            since = min(since, row.opens)
        return since

    # pictures

    async def note_picture(self, file_id: str, now: datetime) -> None:
        """A picture was given to somebody now."""
        row = self._insert(summary_pictures).values(file_id=file_id, made_at=now)
        again = {"made_at": now}
        await self._run(row.on_conflict_do_update(index_elements=["file_id"], set_=again))

    async def drop_pictures(self, made_before: datetime) -> tuple[str, ...]:
        """Forget pictures that are too old to be opened any more; their ids."""
        old = delete(summary_pictures).where(summary_pictures.c.made_at < made_before)
        gone = await self._connection.execute(old.returning(summary_pictures.c.file_id))
        return tuple(sorted(row.file_id for row in gone))


def _columns(digest: Digest) -> dict[str, Any]:
    return {
        "person_id": digest.person_id,
        "area": digest.area,
        "weekday": digest.rhythm.weekday,
        "hour": digest.rhythm.hour,
        "minute": digest.rhythm.minute,
        "stopped": digest.stopped,
        "told_until": digest.told_until,
        "next_at": digest.next_at,
    }
