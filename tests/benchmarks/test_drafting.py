"""Drafting an agenda asks the database as often for a large village as for a small one."""

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from handlers.agendas import draft_agenda
from storage.database import Database, default_url, migrate
from storage.files import owner_only_folder
from storage.keys import Keys
from tests.benchmarks.drafting import VILLAGE, Filling

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


async def statements(folder: Path, reports: int, forums: int) -> tuple[int, int]:
    """How many statements drafting takes, and how many items come of it."""
    owner_only_folder(folder)
    await migrate(default_url(folder))
    database = await Database.open(default_url(folder), Keys.load_or_create(folder / "key"))
    said: list[str] = []

    def hear(connection: object, cursor: object, statement: str, *rest: object) -> None:
        said.append(statement)

    try:
        async with database.write() as uow:
            chance = random.Random(1)
            await Filling(uow=uow, chance=chance, reports=reports, forums=forums).fill()
        async with database.read() as uow:
            event.listen(Engine, "before_cursor_execute", hear)
            try:
                draft = await draft_agenda(uow, VILLAGE, NOW)
            finally:
                event.remove(Engine, "before_cursor_execute", hear)
        return len(said), len(draft.version.content.items)
    finally:
        await database.close()


@pytest.mark.usefixtures("untraced")
async def test_the_number_of_queries_does_not_grow(tmp_path: Path) -> None:
    few, items = await statements(tmp_path / "few", 60, 1)
    many, more = await statements(tmp_path / "many", 240, 6)
    assert items < more
    assert 0 < few == many <= 16
