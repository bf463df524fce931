"""The papers of an agenda: made once when it is frozen, and the very same bytes ever after."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from handlers.agendas import Draft, draft_agenda
from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.topics.preparing import Reprint
from handlers.messages import FileRef, Reply
from handlers.ports import DocumentMaker, FileKeeper, file_ref
from planning.areas import Village
from planning.forums import AgendaVersion
from planning.roles import Action
from storage.database import Database
from storage.unit import UnitOfWork


async def prepare_agenda(
    database: Database,
    documents: DocumentMaker,
    files: FileKeeper,
    village: Village,
    now: datetime,
    *,
    rejected_return: bool = True,
) -> tuple[Draft, tuple[FileRef, ...]]:
    """The agenda as it would be frozen now with its papers: those kept, where it is frozen already."""
    async with database.read() as uow:
        draft = await draft_agenda(uow, village, now, rejected_return=rejected_return)
    return draft, await made_papers(database, documents, files, draft.version)


async def made_papers(
    database: Database, documents: DocumentMaker, files: FileKeeper, version: AgendaVersion
) -> tuple[FileRef, ...]:
    """The papers kept of an agenda; made where there are none (any more). No transaction is open."""
    async with database.read() as uow:
        kept = await kept_papers(uow, version)
    there = await asyncio.to_thread(_are_there, files, kept)
    if kept and there:
        return kept
    made = await asyncio.to_thread(documents.agenda, version)
    return tuple([await asyncio.to_thread(file_ref, files, m) for m in made])


def _are_there(files: FileKeeper, kept: Iterable[FileRef]) -> bool:
    try:
        return all(files.get(ref.file_id) for ref in kept)
    except FileNotFoundError:
        return False


async def kept_papers(uow: UnitOfWork, version: AgendaVersion) -> tuple[FileRef, ...]:
    """The papers that were made of a frozen agenda, () where none were kept."""
    texts = await uow.forums.agenda_files(version.code)
    return tuple(FileRef(**json.loads(text)) for text in texts)


async def keep_papers(uow: UnitOfWork, version: AgendaVersion, files: tuple[FileRef, ...]) -> None:
    """Keep which papers were made of a frozen agenda."""
    if files and await kept_papers(uow, version) != files:
        texts = tuple(json.dumps(asdict(ref), ensure_ascii=False) for ref in files)
        await uow.forums.set_agenda_files(version.code, texts)


async def reprint(turn: Turn, intent: Reprint) -> None:
    """The papers of a frozen agenda once more, for those who may see what is before its village."""
    version = await turn.uow.forums.version_by_code(intent.code)
    if version is None or not turn.may(Action.SEE_SUMMARY, version.content.village_code):
        turn.outcome = "not_found"
        turn.say(t.REPRINT_NONE)
        return
    turn.outcome = f"agenda:{version.code}"
    files = await kept_papers(turn.uow, version)
    if not files:
        turn.say(t.REPRINT_NO_FILES.format(code=version.code))
        return
    text = t.REPRINTED.format(code=version.code, version=version.version)
    turn.replies.append(Reply(text=text, files=files))


EXECUTE: dict[type, Any] = {Reprint: reprint}
