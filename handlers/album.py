"""Media of reports: what is done with a photo or voice message once it was fetched and looked at."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from handlers.context import Turn, notify
from handlers.dialogue import texts as t
from handlers.dialogue.intents import CannotRead
from handlers.dialogue.texts import spoken
from handlers.messages import Button, IncomingMessage, MessageKind, Reply
from handlers.ports import FileRemover
from handlers.work_album import WorkAlbum
from planning.areas import distance_m
from planning.reports import Channel, Position, Report, ReportState
from storage.album import alike
from storage.database import Database
from storage.unit import UnitOfWork
from storage.values import Attachment, Media, NewInboxItem, WorkPhoto

NEAR_ENOUGH_M = 20_000
"""A photo taken farther from the village says nothing of where the matter is."""
_LONGEST_ECHO = 300


@dataclass(frozen=True, kw_only=True)
class Photo:
    """A photo as it may be kept: JPEG bytes and a small preview. See `bot.pictures.Picture`."""

    data: bytes = field(repr=False)
    preview: bytes = field(repr=False)
    look: str
    spot: tuple[float, float] | None = field(default=None, repr=False)


class PhotoAlbum:
    """Keeps what was fetched. Files are written before a transaction begins, and removed after."""

    def __init__(
        self, database: Database, files: FileRemover, tone: str, came: Callable[[], None]
    ) -> None:
        """`came` is called when heard words wait in the inbox."""
        self._database, self._files, self._tone, self._came = database, files, tone, came
        self._works = WorkAlbum(database, files, tone)

    async def due(self) -> tuple[Media, ...]:
        """Media to be fetched."""
        async with self._database.read() as uow:
            told = await uow.reports.attachments_to_fetch(50)
            return (*told, *await uow.works.photos_to_fetch(20))

    async def later(self, attachment: Media) -> None:
        """It was not to be had; it will be asked for again."""
        if isinstance(attachment, WorkPhoto):
            await self._works.later(attachment)
            return
        async with self._database.write() as uow:
            if await uow.album.waiting(attachment.id):
                again = replace(attachment, attempts=attachment.attempts + 1)
                await uow.reports.update_attachment(again)

    async def keep_photo(self, attachment: Media, photo: Photo, now: datetime) -> None:
        """Keep a photo with its report, unless the report has it already.

        Its place is the report's where that has none and lies within 20 km of its village.
        """
        if isinstance(attachment, WorkPhoto):
            await self._works.keep_photo(attachment, photo.data, photo.preview)
            return
        file_id = await asyncio.to_thread(self._files.put, photo.data)
        preview_id = await asyncio.to_thread(self._files.put, photo.preview)
        async with self._database.write() as uow:
            known = (await uow.album.hashes([attachment.report_id])).get(attachment.report_id, ())
            twin = any(alike(look, photo.look) for look in known)
            same = replace(attachment, state="same")
            new = replace(attachment, state="kept", file_id=file_id, preview_id=preview_id)
            kept = same if twin else replace(new, photo_hash=photo.look)
            settled = await uow.album.settle(kept)
            if twin or not settled:
                await uow.album.discard([file_id, preview_id])
            await self._drop_original(uow, attachment, file_id)
            if not settled:
                return
            report = await uow.reports.by_id(attachment.report_id)
            await self._count(uow, report)
            await self._place(uow, report, photo.spot)

    async def _drop_original(self, uow: UnitOfWork, attachment: Attachment, kept: str = "") -> None:
        """What the web page sent lies among the kept files until it was looked at."""
        if attachment.channel is Channel.WEBCHAT and attachment.media_id != kept:
            await uow.album.discard([attachment.media_id])

    async def _count(self, uow: UnitOfWork, report: Report) -> None:
        await uow.album.set_photos(report.id, await uow.album.photos(report.id))

    async def _place(
        self, uow: UnitOfWork, report: Report, spot: tuple[float, float] | None
    ) -> None:
        village = await uow.areas.village(report.village_code) if report.village_code else None
        told = report.state is not ReportState.WITHDRAWN and report.position is None
        if (
            not told
            or spot is None
            or village is None
            or village.lat is None
            or village.lon is None
        ):
            return
        if distance_m(village.lat, village.lon, *spot) > NEAR_ENOUGH_M:
            return
        place = Position(lat=spot[0], lon=spot[1])
        await uow.album.set_photo_place(report.id, place)
        if report.issue_id is not None:
            issue = await uow.issues.by_id(report.issue_id)
            if issue.position is None:
                await uow.issues.update(replace(issue, position=place))

    async def keep_voice(
        self, attachment: Media, sound: bytes, heard: str | None, now: datetime
    ) -> None:
        """Keep a voice message; words heard in it go the way of typed ones.

        `heard` None: nobody listened; "": nothing was understood.
        """
        assert isinstance(attachment, Attachment)  # village work has photos alone
        file_id = await asyncio.to_thread(self._files.put, sound)
        async with self._database.write() as uow:
            if not await uow.album.settle(replace(attachment, state="kept", file_id=file_id)):
                await uow.album.discard([file_id])
                return
            if heard:
                await self._hear(uow, attachment, heard, now)
            elif heard is not None:
                await self._tell(uow, attachment, "voice_unheard", now)
        if heard:
            self._came()

    async def _hear(
        self, uow: UnitOfWork, attachment: Attachment, heard: str, now: datetime
    ) -> None:
        for item, _ in await uow.retracting.came_as(attachment.message_key):
            said = IncomingMessage.from_json(item.payload)
            if said.kind is MessageKind.VOICE and said.media_id:
                words = replace(
                    said,
                    event_id=f"heard:{attachment.message_key}",
                    text=heard,
                    media_id="",
                    reply_handle="",
                )
                await uow.inbox.add(
                    [
                        NewInboxItem(
                            channel=said.channel,
                            event_id=words.event_id,
                            sender=said.user_id or said.chat_id,
                            sent_at=said.sent_at,
                            received_at=now,
                            immediate=True,
                            payload=words.to_json(),
                            chat_id=said.chat_id,
                            message_id=said.message_id,
                        )
                    ]
                )
                return

    async def give_up(self, attachment: Media, remark: str, now: datetime) -> None:
        """It cannot be kept or had: note it, and tell the sender by the phrase `remark`."""
        if isinstance(attachment, WorkPhoto):
            await self._works.give_up(attachment, now)
            return
        lost = remark == "photo_lost"
        given_up = replace(attachment, state="gone" if lost else "refused")
        async with self._database.write() as uow:
            await self._drop_original(uow, attachment)
            if not await uow.album.settle(given_up):
                return
            await self._count(uow, await uow.reports.by_id(attachment.report_id))
            await self._tell(uow, attachment, remark, now)

    async def _tell(
        self, uow: UnitOfWork, attachment: Attachment, remark: str, now: datetime
    ) -> None:
        """Say it where that is free; on LINE it waits for the person's next words."""
        report = await uow.reports.by_id(attachment.report_id)
        if report.state is ReportState.WITHDRAWN:
            return
        if attachment.channel is Channel.LINE:
            await uow.told.owe(report.person_id, Channel.LINE, remark, report.tracking_code)
            return
        person = await uow.people.by_id(report.person_id)
        with t.speaking(spoken(person.language, self._tone)):
            phrase: str = getattr(t, remark.upper())
        reply = Reply(text=phrase.format(code=report.tracking_code))
        key = f"media:{attachment.id}"
        await notify(uow, report.person_id, {attachment.channel}, reply, key, now)

    async def sweep(self) -> int:
        """Remove files that nothing needs any more; how many."""
        async with self._database.read() as uow:
            if not await uow.album.any_unneeded() or await uow.album.any_waiting(Channel.WEBCHAT):
                return 0
        async with self._database.write() as uow:
            unneeded = await uow.album.unneeded()
            for file_id in unneeded:
                self._files.remove(file_id)
            await uow.album.removed(unneeded)
        return len(unneeded)


def say_heard(turn: Turn) -> None:
    """Put what the machine heard before the answer, so that the person can set it right."""
    first = turn.first
    heard = first.kind is MessageKind.VOICE and not first.media_id and bool(first.text)
    if not heard or first.group or not turn.replies or not turn.outcome.startswith("added:"):
        return
    words = " ".join(first.text.split())
    echo = t.HEARD.format(
        words=words if len(words) <= _LONGEST_ECHO else words[:_LONGEST_ECHO] + "…"
    )
    last = turn.replies[-1]
    code = turn.outcome.removeprefix("added:")
    button = Button(label=t.BUTTON_MISHEARD, data=f"misheard:{code}")
    turn.replies[-1] = replace(last, text=f"{echo}\n\n{last.text}", buttons=(button, *last.buttons))


def say_unopened(turn: Turn) -> None:
    """After a receipt: that a film or file sent along with the words cannot be opened."""
    kinds = {m.kind for m in turn.utterance.media}
    told = turn.outcome.startswith(("report:", "added:", "question:")) and not turn.first.group
    if told and MessageKind.VIDEO in kinds:
        turn.say(t.VIDEO_TOO)
    elif told and MessageKind.FILE in kinds:
        turn.say(t.FILE_TOO)


async def cannot_read(turn: Turn, intent: CannotRead) -> None:
    """Say kindly what cannot be opened, and what to send instead; old buttons do no harm."""
    turn.outcome = "unreadable"
    kind = turn.first.kind
    turn.say(getattr(t, _UNREAD.get(kind, "CANNOT_READ")))


_UNREAD = {
    MessageKind.BUTTON: "STALE",
    MessageKind.VIDEO: "VIDEO_UNREAD",
    MessageKind.FILE: "FILE_UNREAD",
    MessageKind.CONTACT: "CONTACT_UNKEPT",
}
EXECUTE: dict[type, Any] = {CannotRead: cannot_read}
