"""The village's own work: marks on its to-do list, and the photos that show it done."""

from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Row, func, select, update

from planning.issues import Issue, IssueState
from planning.reports import Channel
from planning.village_work import Mark, VillageWork, WorkMark, work_of
from storage.base import Repository
from storage.issues import issue_of
from storage.tables_after import work_marks, work_photos
from storage.tables_matters import issues
from storage.tables_media import unneeded_files
from storage.values import WorkPhoto

_SHOWN = ("waiting", "kept")


class Works(Repository):
    """Queries on village work. Marks are added, never changed."""

    async def mark(self, mark: WorkMark) -> WorkMark:
        """Add a mark (id 0)."""
        columns = asdict(mark)
        del columns["id"]
        return replace(mark, id=await self._add(work_marks, columns))

    async def marks(self, issue_id: int) -> tuple[WorkMark, ...]:
        """All marks of a matter, oldest first."""
        query = select(work_marks).where(work_marks.c.issue_id == issue_id)
        return tuple(map(_mark, await self._rows(query.order_by(work_marks.c.id))))

    async def in_village(self, village_code: str) -> tuple[VillageWork, ...]:
        """What a village does by itself and has not done yet, longest on the list first."""
        i = issues.c
        query = select(issues).where(i.village_code == village_code, ~i.confidential)
        rows = await self._rows(query.where(i.state == IssueState.VILLAGE_WORK))
        return await self._works(tuple(map(issue_of, rows)))

    async def done_in(self, village_code: str, limit: int) -> tuple[VillageWork, ...]:
        """What a village did by itself, the last first."""
        i, w = issues.c, work_marks.c
        done = select(w.issue_id, func.max(w.id).label("last")).where(w.mark == Mark.DONE)
        latest = done.group_by(w.issue_id).subquery("latest")
        query = select(issues).join(latest, latest.c.issue_id == i.id)
        query = query.where(i.village_code == village_code, i.state == IssueState.DONE)
        rows = await self._rows(
            query.where(~i.confidential).order_by(latest.c.last.desc()).limit(limit)
        )
        works = await self._works(tuple(map(issue_of, rows)))
        return tuple(sorted(works, key=lambda w: w.done_at or w.since, reverse=True))

    async def work(self, issue: Issue) -> VillageWork:
        """The line of one matter."""
        (found,) = await self._works((issue,))
        return found

    async def _works(self, found: tuple[Issue, ...]) -> tuple[VillageWork, ...]:
        ids = [issue.id for issue in found]
        marks: dict[int, list[WorkMark]] = {}
        for row in await self._rows(select(work_marks).where(work_marks.c.issue_id.in_(ids))):
            marks.setdefault(row.issue_id, []).append(_mark(row))
        p = work_photos.c
        shown = select(p.issue_id, func.count().label("number")).where(p.issue_id.in_(ids))
        shown = shown.where(p.state.in_(_SHOWN)).group_by(p.issue_id)
        photos = {row.issue_id: row.number for row in await self._rows(shown)}
        works = (work_of(i, marks.get(i.id, ()), photos.get(i.id, 0)) for i in found)
        return tuple(sorted(works, key=lambda w: (w.since, w.issue.id)))

    # photos

    async def add_photo(self, photo: WorkPhoto) -> WorkPhoto:
        """Note a photo (id 0) to be fetched. The platform's media id lies sealed."""
        columns = asdict(photo)
        del columns["id"]
        sealed = {"media_sealed": self._keys.seal(columns.pop("media_id"))}
        return replace(photo, id=await self._add(work_photos, columns | sealed))

    async def photos(self, issue_id: int) -> tuple[WorkPhoto, ...]:
        """A matter's photos that are kept, oldest first."""
        p = work_photos.c
        query = select(work_photos).where(p.issue_id == issue_id, p.state == "kept")
        return tuple(map(self._photo, await self._rows(query.order_by(p.id))))

    async def photos_to_fetch(self, limit: int) -> tuple[WorkPhoto, ...]:
        """Photos still waiting to be fetched, those with the fewest attempts first."""
        p = work_photos.c
        query = select(work_photos).where(p.state == "waiting").order_by(p.attempts, p.id)
        return tuple(map(self._photo, await self._rows(query.limit(limit))))

    async def settle_photo(self, photo: WorkPhoto) -> bool:
        """Keep what became of a photo that waited; False when it waits no more."""
        p = work_photos.c
        columns = {
            "state": photo.state,
            "attempts": photo.attempts,
            "file_id": photo.file_id,
            "preview_id": photo.preview_id,
        }
        waits = (p.id == photo.id) & (p.state == "waiting")
        return (await self._run(update(work_photos).where(waits).values(**columns))).rowcount == 1

    async def take_back(self, message_key: str) -> None:
        """The message that brought a photo was taken back: it is forgotten."""
        p = work_photos.c
        mine = (p.message_key == message_key) & p.state.in_(_SHOWN)
        rows = await self._rows(select(p.file_id, p.preview_id).where(mine)) if message_key else ()
        if not rows:
            return
        gone = {"state": "gone", "file_id": "", "preview_id": "", "message_key": ""}
        blank = gone | {"media_sealed": self._keys.seal("")}
        await self._run(update(work_photos).where(mine).values(**blank))
        for file_id in {f for row in rows for f in row if f}:
            await self._add_new(unneeded_files, {"file_id": file_id})

    def _photo(self, row: Row[Any]) -> WorkPhoto:
        return WorkPhoto(
            id=row.id,
            issue_id=row.issue_id,
            person_id=row.person_id,
            channel=Channel(row.channel),
            media_id=self._keys.open(row.media_sealed),
            message_key=row.message_key,
            state=row.state,
            attempts=row.attempts,
            file_id=row.file_id,
            preview_id=row.preview_id,
            sent_at=row.sent_at,
        )


def _mark(row: Row[Any]) -> WorkMark:
    return WorkMark(
        id=row.id,
        issue_id=row.issue_id,
        mark=Mark(row.mark),
        at=row.at,
        resolution_code=row.resolution_code,
        actor_id=row.actor_id,
    )
