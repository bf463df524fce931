"""What was kept for long enough is emptied, a chunk a transaction. Done twice, it does nothing more."""

from datetime import datetime
from typing import Any

from handlers.erasing import FileRemover, remove_files
from planning.retention import KINDS, Retention, cutoff
from storage.database import Database

_CHUNK = 500


async def too_old(database: Database, rules: Retention, now: datetime) -> dict[str, int]:
    """How much of each kind is too old; nothing is changed."""
    async with database.read() as uow:
        return {
            kind: await uow.too_old.count(kind, before)
            for kind in KINDS
            if (before := cutoff(rules, kind, now))
        }


async def let_go(
    database: Database, files: FileRemover, rules: Retention, now: datetime
) -> dict[str, int]:
    """Empty, remove or erase what is too old; how much of each kind."""
    gone: dict[str, int] = {}
    for kind in KINDS:
        before = cutoff(rules, kind, now)
        gone[kind] = await _let_go(database, kind, before, now) if before else 0
    await remove_files(database, files)
    if any(gone.values()):
        await database.wipe()
    return {kind: number for kind, number in gone.items() if number}


async def _let_go(database: Database, kind: str, before: datetime, now: datetime) -> int:
    gone, chunk = 0, 1 if kind == "people" else _CHUNK
    while True:
        async with database.write() as uow:
            ids: tuple[Any, ...] = await uow.too_old.ids(kind, before, chunk)
            if kind == "people":
                for person_id in ids:
                    who = await uow.own_data.whose(person_id)
                    kinds = await uow.own_data.erase(who)
                    await uow.erasures.begin(who.people, "retention", kinds, now)
            elif ids:
                await uow.too_old.remove(kind, ids)
        if not ids:
            return gone
        gone += len(ids)
