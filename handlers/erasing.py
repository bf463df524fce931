"""«ลบข้อมูลของฉัน»: everything that tells of a person goes; the needs stay counted without them.

The rows are emptied in the turn's own transaction, so that no crash leaves half of it. What needs the
disk follows as a job (`finish_erasures`), and is done again after a crash.
"""

import asyncio
from datetime import datetime, timedelta
from typing import Any, Protocol

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.topics import own_data as own
from handlers.messages import Button
from handlers.own_data import private
from planning.reports import Channel
from storage.database import Database
from storage.erasures import Erasure
from storage.held import Whose

_ASKED_WITHIN = timedelta(hours=1)
_LAST_WORD_WITHIN = timedelta(hours=1)
"""How long the answer «it is erased» may wait to be sent before it is erased unsent."""


class FileRemover(Protocol):
    """Where files lie."""

    def remove(self, file_id: str) -> None:
        """Remove a file; nothing happens when it is not there."""
        ...


async def ask(turn: Turn, intent: own.AskErase) -> None:
    """Say what erasing means, and ask once."""
    if not private(turn):
        return
    turn.outcome = "erase_asked"
    turn.remember(erase_asked_at=turn.utterance.last_at)
    turn.say(
        t.ERASE_ASK,
        Button(label=t.BUTTON_ERASE_YES, data="erase:yes"),
        Button(label=t.BUTTON_ERASE_NO, data="erase:no"),
    )


async def confirm(turn: Turn, intent: own.ConfirmErase) -> None:
    """Erase, when it was asked about within the hour; else ask."""
    asked = turn.conversation.erase_asked_at
    if asked is None or turn.utterance.last_at - asked > _ASKED_WITHIN or turn.first.group:
        await ask(turn, own.AskErase())
        return
    who = await turn.uow.own_data.whose(turn.person.id)
    kinds = await turn.uow.own_data.erase(who, turn.inbox_ids)
    await turn.uow.erasures.begin(who.people, "self", kinds, turn.now)
    for grant in turn.grants:
        await turn.uow.audit.add(turn.now, None, "role ended", f"area:{grant.area}", grant.role)
    turn.outcome = "erased"
    turn.forgotten = True
    turn.replies.clear()
    turn.say(t.ERASED)


async def keep(turn: Turn, intent: own.KeepData) -> None:
    """Nothing is erased."""
    turn.outcome = "erase_refused"
    turn.remember(erase_asked_at=None)
    turn.say(t.ERASE_KEPT)


async def finish_erasures(database: Database, files: FileRemover, now: datetime) -> int:
    """Do what erasing has left to do: late rows, others' letters, files, free corners; how many.

    Each step may be done again, so that whatever a crash left undone is done the next time.
    """
    async with database.read() as uow:
        found = await uow.erasures.unfinished()
        due = [e for e in found if not await uow.own_data.unsent(e.people) or _long_ago(e, now)]
    if not due:
        return 0
    for erasure in due:
        await _complete(database, erasure)
    if not await remove_files(database, files) or not await database.wipe():
        return 0
    async with database.write() as uow:
        for erasure in due:
            await uow.erasures.finish(erasure.id, now)
    return len(due)


def _long_ago(erasure: Erasure, now: datetime) -> bool:
    return now - erasure.begun_at > _LAST_WORD_WITHIN


async def _complete(database: Database, erasure: Erasure) -> None:
    """Erase what came in between, and what others were told or wrote of the person's reports."""
    async with database.write() as uow:
        await uow.own_data.erase(Whose(people=erasure.people))
        codes = await uow.own_data.codes(erasure.people)
    after: int | None = 0
    while codes and after is not None:
        async with database.write() as uow:
            after = await uow.own_data.empty_letters(codes, after)
    after = 0
    while codes and after is not None:
        async with database.write() as uow:
            after = await uow.own_data.empty_lines(codes, after)


async def remove_files(database: Database, files: FileRemover) -> bool:
    """Remove from the disk what nothing needs any more; False when some of it must wait."""
    while True:
        async with database.write() as uow:
            if not await uow.album.any_unneeded():
                return True
            if await uow.album.any_waiting(Channel.WEBCHAT):
                return False  # a photo on its way from the page lies among the files already
            unneeded = await uow.album.unneeded()
            for file_id in unneeded:
                await asyncio.to_thread(files.remove, file_id)
            await uow.album.removed(unneeded)


EXECUTE: dict[type, Any] = {own.AskErase: ask, own.ConfirmErase: confirm, own.KeepData: keep}
