"""Photos of the village's own work: what is done with one once it was fetched and looked at."""

import asyncio
from dataclasses import replace
from datetime import datetime

from handlers.context import notify
from handlers.dialogue import texts as t
from handlers.dialogue.texts import spoken
from handlers.messages import Reply
from handlers.ports import FileRemover
from planning.reports import Channel
from storage.database import Database
from storage.unit import UnitOfWork
from storage.values import WorkPhoto


class WorkAlbum:
    """Keeps what was fetched. Files are written before a transaction begins."""

    def __init__(self, database: Database, files: FileRemover, tone: str) -> None:
        """`tone`: how those who sent a photo are spoken to."""
        self._database, self._files, self._tone = database, files, tone

    async def later(self, photo: WorkPhoto) -> None:
        """It was not to be had; it will be asked for again."""
        async with self._database.write() as uow:
            await uow.works.settle_photo(replace(photo, attempts=photo.attempts + 1))

    async def keep_photo(self, photo: WorkPhoto, data: bytes, preview: bytes) -> None:
        """Keep a photo (JPEG bytes), unless it was taken back meanwhile."""
        file_id = await asyncio.to_thread(self._files.put, data)
        preview_id = await asyncio.to_thread(self._files.put, preview)
        async with self._database.write() as uow:
            kept = replace(photo, state="kept", file_id=file_id, preview_id=preview_id)
            if not await uow.works.settle_photo(kept):
                await uow.album.discard([file_id, preview_id])
            await _drop_original(uow, photo, file_id)

    async def give_up(self, photo: WorkPhoto, now: datetime) -> None:
        """It cannot be kept or had: note it, and tell who sent it where that is free."""
        async with self._database.write() as uow:
            await _drop_original(uow, photo)
            settled = await uow.works.settle_photo(replace(photo, state="refused"))
            if not settled or photo.person_id is None or photo.channel is Channel.LINE:
                return
            person = await uow.people.by_id(photo.person_id)
            with t.speaking(spoken(person.language, self._tone)):
                reply = Reply(text=t.WORK_PHOTO_LOST)
            key = f"work photo:{photo.id}"
            await notify(uow, photo.person_id, {photo.channel}, reply, key, now)


async def _drop_original(uow: UnitOfWork, photo: WorkPhoto, kept: str = "") -> None:
    """What the web page sent lies among the kept files until it was looked at."""
    if photo.channel is Channel.WEBCHAT and photo.media_id != kept:
        await uow.album.discard([photo.media_id])
