"""Migrations, transactions and files of the database itself."""

import asyncio
import os
import stat
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.database import Database, default_url, full_url, migrate
from storage.keys import KeyRefused, Keys
from storage.migrating import config
from storage.tables import metadata
from tests.storage.samples import NOW, OTHER, VILLAGE, event, village


def drift(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_migrations_make_the_tables_that_the_code_knows(url: str) -> None:
    engine = create_async_engine(full_url(url), poolclass=NullPool)
    async with engine.connect() as connection:
        assert await connection.run_sync(drift) == []
        await connection.execute(text("DROP INDEX ix_outbox_person_id"))
        (missing,) = await connection.run_sync(drift)
        assert "ix_outbox_person_id" in str(missing)
        await connection.rollback()
    await engine.dispose()


async def test_migrating_back_leaves_nothing(tmp_path: Path) -> None:
    url = default_url(tmp_path)
    await migrate(url)
    engine = create_async_engine(full_url(url), poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(lambda c: command.downgrade(config(c), "base"))
        left = await connection.run_sync(lambda c: inspect(c).get_table_names())
        assert left == ["alembic_version"]
    await engine.dispose()
    await migrate(url)


async def test_migrating_again_changes_nothing(url: str, keys: Keys) -> None:
    database = await Database.open(url, keys)
    async with database.write() as unit:
        await unit.inbox.add([event("a")])
    await database.close()
    await asyncio.gather(migrate(url), migrate(url))
    database = await Database.open(url, keys)
    async with database.read() as unit:
        assert (await unit.inbox.counts()).waiting == 1
    await database.close()


async def test_the_files_are_their_owners_only(tmp_path: Path, keys: Keys) -> None:
    before = os.umask(0)
    try:
        folder = tmp_path / "deep" / "data"
        url = default_url(folder)
        await migrate(url)
        database = await Database.open(url, keys)
        async with database.write() as unit:
            await unit.inbox.add([event("a")])
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()}
        await database.close()
    finally:
        os.umask(before)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    names = ["prachakhom.db", "prachakhom.db-shm", "prachakhom.db-wal", "prachakhom.db.lock"]
    assert modes == dict.fromkeys(names, 0o600)


async def test_sqlite_is_set_to_lose_nothing(sqlite_url: str, keys: Keys) -> None:
    database = await Database.open(sqlite_url, keys)
    for unit_of_work in (database.read, database.write):
        async with unit_of_work() as unit:
            found = {}
            for pragma in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
                row = await unit.areas._row(text(f"PRAGMA {pragma}"))
                assert row is not None
                found[pragma] = row[0]
        assert found == {
            "journal_mode": "wal",
            "synchronous": 2,
            "foreign_keys": 1,
            "busy_timeout": 30_000,
        }
    await database.close()


@pytest.mark.parametrize(
    "bad", ["sqlite://", "sqlite+aiosqlite:///:memory:", "mysql://x/y", "sqlite:///"]
)
async def test_other_databases_are_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="PostgreSQL"):
        await migrate(bad)


async def test_an_error_takes_the_whole_unit_back(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with database.write() as unit:
            await unit.areas.put_villages([village()])
            await unit.inbox.add([event("a")])
            raise RuntimeError
    async with database.read() as unit:
        assert await unit.areas.villages() == ()
        assert await unit.inbox.outcomes() == ()


async def test_a_reader_sees_one_moment_beside_the_writer(database: Database) -> None:
    async with database.read() as reader:
        assert await reader.areas.villages() == ()
        async with database.write() as writer:
            await writer.areas.put_villages([village()])
            assert await reader.areas.villages() == ()
        assert await reader.areas.villages() == ()
    async with database.read() as reader:
        assert await reader.areas.villages() == (village(),)


async def test_reading_writes_nothing(database: Database) -> None:
    with pytest.raises(DBAPIError):
        async with database.read() as unit:
            await unit.areas.put_villages([village()])
    async with database.write() as unit:
        assert await unit.areas.villages() == ()


async def test_one_units_rollback_leaves_the_others_rows(database: Database) -> None:
    async def write(code: str, fail: bool) -> None:
        async with database.write() as unit:
            await unit.areas.put_villages([village(code)])
            await asyncio.sleep(0)
            await unit.people.new_walk_in(code, NOW)
            if fail:
                raise RuntimeError(code)

    codes = [f"200401{n:02d}" for n in range(1, 21)]
    tasks = (write(code, int(code) % 2 == 1) for code in codes)
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(r, RuntimeError) for r in results] == [True, False] * 10
    async with database.read() as unit:
        assert [v.code for v in await unit.areas.villages()] == codes[1::2]


async def test_a_cancelled_unit_leaves_nothing_and_blocks_nobody(database: Database) -> None:
    began = asyncio.Event()

    async def write() -> None:
        async with database.write() as unit:
            await unit.areas.put_villages([village()])
            began.set()
            await asyncio.sleep(3600)

    task = asyncio.create_task(write())
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.write() as unit:
        await unit.areas.put_villages([village(OTHER)])
    async with database.read() as unit:
        assert [v.code for v in await unit.areas.villages()] == [OTHER]


async def test_cancelled_in_the_middle_of_a_statement(database: Database) -> None:
    async def write(n: int) -> None:
        async with database.write() as unit:
            await unit.inbox.add([event(f"{n}-a")])
            await unit.inbox.add([event(f"{n}-b")])

    for turns in range(40):
        task = asyncio.create_task(write(turns))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with database.write() as unit:
        await unit.inbox.add([event("last-a"), event("last-b")])
    async with database.read() as unit:
        kept = [row.event_id for row in await unit.inbox.outcomes()]
    assert kept[-2:] == ["last-a", "last-b"]
    pairs = {name.removesuffix("-a").removesuffix("-b") for name in kept}
    assert len(kept) == 2 * len(pairs)


async def test_more_readers_than_connections_all_get_their_turn(database: Database) -> None:
    async def look() -> int:
        async with database.read() as unit:
            return len(await unit.areas.villages())

    assert await asyncio.gather(*(look() for _ in range(50))) == [0] * 50


async def test_check_says_whether_a_row_can_be_kept(database: Database) -> None:
    await database.check()
    async with database.read() as unit:
        assert await unit.areas.village(VILLAGE) is None


async def test_check_refuses_another_databases_key(url: str, keys: Keys) -> None:
    for _ in range(2):
        database = await Database.open(url, keys)
        await database.check()
        await database.close()
    database = await Database.open(url, Keys(bytes(32)))
    with pytest.raises(KeyRefused):
        await database.check()
    await database.close()


async def test_a_file_that_is_no_database_is_not_opened(tmp_path: Path, keys: Keys) -> None:
    url = default_url(tmp_path)
    (tmp_path / "prachakhom.db").write_bytes(b"not a database" * 1000)
    database = await Database.open(url, keys)
    with pytest.raises(DBAPIError):
        async with database.read() as unit:
            await unit.areas.villages()
    await database.close()
    assert (tmp_path / "prachakhom.db").read_bytes() == b"not a database" * 1000


def test_the_urls_people_have_are_understood() -> None:
    found = full_url("postgres://somebody:secret@db.example/prachakhom?sslmode=require")
    assert found.drivername == "postgresql+asyncpg"
    assert dict(found.query) == {"ssl": "require"}
    assert full_url("sqlite:////data/x.db").drivername == "sqlite+aiosqlite"


async def test_check_fails_before_the_tables_are_made(tmp_path: Path, keys: Keys) -> None:
    database = await Database.open(default_url(tmp_path), keys)
    with pytest.raises(DBAPIError):
        await database.check()
    await database.close()
