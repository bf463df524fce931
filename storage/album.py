"""Media of reports: what became of them, which photos look alike, which files nothing needs."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, or_, select, update

from planning.reports import Position, ReportState
from storage.base import Repository, batches
from storage.reports import Reports
from storage.tables_after import work_photos
from storage.tables_matters import attachments, reports
from storage.tables_media import unneeded_files
from storage.values import Attachment

ALIKE_BITS = 5
"""Photos whose hashes differ in at most so many of 64 bits are taken for the same photo."""
_COUNTED = ("waiting", "kept")


def alike(one: str, other: str, bits: int = ALIKE_BITS) -> bool:
    """Whether two photo hashes (hex) are near; a photo without a hash is like no other."""
    if not one or not other:
        return False
    return (int(one, 16) ^ int(other, 16)).bit_count() <= bits


class Album(Repository):
    """Queries on media."""

    async def settle(self, attachment: Attachment) -> bool:
        """Keep what became of media that waited; False when it waits no more (or was taken back)."""
        a = attachments.c
        columns = {
            "state": attachment.state,
            "file_id": attachment.file_id,
            "preview_id": attachment.preview_id,
            "photo_hash": attachment.photo_hash,
        }
        waits = (a.id == attachment.id) & (a.state == "waiting")
        return (await self._run(update(attachments).where(waits).values(**columns))).rowcount == 1

    async def of_message(self, message_key: str) -> tuple[Attachment, ...]:
        """Media sent with a message, in the order they were noted."""
        a = attachments.c
        rows = await self._rows(
            select(attachments).where(a.message_key == message_key).order_by(a.id)
        )
        found = {row.report_id for row in rows} if message_key else set()
        mine = Reports(self._connection, self._keys)
        media = [m for report_id in sorted(found) for m in await mine.attachments(report_id)]
        return tuple(m for m in media if m.message_key == message_key)

    async def waiting(self, attachment_id: int) -> bool:
        """Whether media still waits to be fetched."""
        a = attachments.c
        query = select(a.id).where(a.id == attachment_id, a.state == "waiting")
        return await self._row(query) is not None

    async def any_waiting(self, channel: str) -> bool:
        """Whether any media of a channel still waits."""
        for table in (attachments, work_photos):
            waits = (table.c.state == "waiting") & (table.c.channel == channel)
            if await self._row(select(table.c.id).where(waits).limit(1)) is not None:
                return True
        return False

    async def photos(self, report_id: int) -> int:
        """How many different photos a report has or will have."""
        a = attachments.c
        mine = (a.report_id == report_id) & (a.kind == "photo") & a.state.in_(_COUNTED)
        return int(await self._connection.scalar(select(func.count()).where(mine)) or 0)

    async def hashes(self, report_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
        """The hashes of each report's kept photos, oldest first; reports without are left out."""
        a = attachments.c
        found: dict[int, tuple[str, ...]] = {}
        for some in batches(sorted(set(report_ids))):
            query = select(a.report_id, a.photo_hash).order_by(a.id)
            query = query.where(a.report_id.in_(some), a.photo_hash != "", a.state == "kept")
            for row in await self._rows(query):
                found[row.report_id] = (*found.get(row.report_id, ()), row.photo_hash)
        return found

    async def same_photo(
        self, photo_hash: str, village_codes: Sequence[str], but: int = 0
    ) -> tuple[int, ...]:
        """Ids of reports of those villages with a photo like it, `but` one; a hint, not a proof."""
        a, r = attachments.c, reports.c
        joined = attachments.join(reports, r.id == a.report_id)
        told = r.state != ReportState.WITHDRAWN
        query = select(a.report_id, a.photo_hash).select_from(joined).distinct()
        query = query.where(r.village_code.in_(village_codes), told, a.photo_hash != "")
        rows = await self._rows(query.where(a.report_id != but))
        return tuple(sorted({r.report_id for r in rows if alike(r.photo_hash, photo_hash)}))

    async def remove(self, media: Sequence[Attachment]) -> None:
        """Remove media of a report; their files are removed later where nothing else needs them."""
        for one in media:
            await self._run(delete(attachments).where(attachments.c.id == one.id))
        await self.discard([f for one in media for f in (one.file_id, one.preview_id) if f])

    async def discard(self, file_ids: Collection[str]) -> None:
        """Note files that may be needed no more; who removes them looks again."""
        for file_id in sorted(set(file_ids)):
            await self._add_new(unneeded_files, {"file_id": file_id})

    async def unneeded(self, limit: int = 100) -> tuple[str, ...]:
        """Files noted as unneeded to which nothing refers; those in use are struck off the list."""
        a, u = attachments.c, unneeded_files.c
        p = work_photos.c
        used = select(a.id).where(or_(a.file_id == u.file_id, a.preview_id == u.file_id)).exists()
        work = select(p.id).where(or_(p.file_id == u.file_id, p.preview_id == u.file_id)).exists()
        await self._run(delete(unneeded_files).where(or_(used, work)))
        rows = await self._rows(select(u.file_id).order_by(u.file_id).limit(limit))
        return tuple(row.file_id for row in rows)

    async def any_unneeded(self) -> bool:
        """Whether any file was noted as unneeded."""
        return await self._row(select(unneeded_files.c.file_id).limit(1)) is not None

    async def set_photos(self, report_id: int, photos: int) -> None:
        """How many photos a report has."""
        mine = (reports.c.id == report_id) & (reports.c.photos != photos)
        await self._run(update(reports).where(mine).values(photos=photos))

    async def set_photo_place(self, report_id: int, place: Position) -> None:
        """Where a photo says it was taken, for a report without a position."""
        mine = (reports.c.id == report_id) & reports.c.lat.is_(None)
        columns = {"lat": place.lat, "lon": place.lon, "position_by_photo": True}
        await self._run(update(reports).where(mine).values(**columns))

    async def removed(self, file_ids: Collection[str]) -> None:
        """The files are gone."""
        for some in batches(sorted(file_ids)):
            u = unneeded_files.c
            await self._run(delete(unneeded_files).where(u.file_id.in_(some)))
