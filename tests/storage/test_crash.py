"""What is left after a killed process, a full disk, and two processes starting at once."""

import asyncio
import os
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.database import Database, default_url, full_url
from storage.keys import Keys
from tests.storage.samples import event

ROOT = Path(__file__).resolve().parents[2]
KEYS = Keys(bytes(32))


async def start(what: str, url: str) -> Process:
    uncounted = {k: v for k, v in os.environ.items() if k != "COVERAGE_PROCESS_CONFIG"}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.storage.writer", what, url, cwd=ROOT, stdout=PIPE, env=uncounted
    )  # fmt: skip


@pytest.mark.parametrize("units", [1, 40])
async def test_a_killed_writer_leaves_every_committed_unit_whole(url: str, units: int) -> None:
    process = await start("write", url)
    assert process.stdout is not None
    said = [int(await process.stdout.readline()) for _ in range(units)]
    process.kill()
    said += [int(line) for line in (await process.stdout.read()).splitlines()]
    assert await process.wait() < 0
    database = await Database.open(url, KEYS)
    async with database.write() as unit:
        counts = Counter(row.event_id.split("/")[0] for row in await unit.inbox.outcomes())
        waiting = (await unit.outbox.counts()).waiting
    await database.check()
    await database.close()
    assert set(counts.values()) == {20}
    assert waiting == len(counts)
    assert said == list(range(len(said)))
    assert {str(n) for n in said} <= counts.keys()
    assert len(counts) <= len(said) + 1
    if url.startswith("sqlite"):
        assert integrity(url) == "ok"


def integrity(url: str) -> str:
    connection = sqlite3.connect(full_url(url).database or "")
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        connection.close()


async def test_processes_that_migrate_at_once_all_succeed(tmp_path: Path) -> None:
    url = default_url(tmp_path)
    processes = [await start("migrate", url) for _ in range(3)]
    assert [await process.wait() for process in processes] == [0, 0, 0]
    for process in processes:
        await process.communicate()
    database = await Database.open(url, KEYS)
    await database.check()
    await database.close()


async def test_postgresql_too_is_migrated_by_one_at_a_time(postgresql_url: str) -> None:
    fresh = "prachakhom_fresh"
    database = await Database.open(postgresql_url, KEYS)
    async with database._writer.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(text(f"CREATE DATABASE {fresh}"))
    await database.close()
    url = full_url(postgresql_url).set(database=fresh).render_as_string(hide_password=False)
    processes = [await start("migrate", url) for _ in range(3)]
    for process in processes:
        await process.communicate()
    assert [process.returncode for process in processes] == [0, 0, 0]
    migrated = await Database.open(url, KEYS)
    await migrated.check()
    await migrated.close()


async def test_a_full_disk_is_said_and_costs_nothing_kept(sqlite_url: str) -> None:
    database = await Database.open(sqlite_url, KEYS)
    async with database.write() as unit:
        await unit.inbox.add([event("kept")])
        row = await unit.inbox._row(text("PRAGMA page_count"))
        assert row is not None
        await unit.inbox._row(text(f"PRAGMA max_page_count={row[0] + 5}"))
    with pytest.raises(DBAPIError, match="full"):
        async with database.write() as unit:
            await unit.inbox.add([event("lost")])
            await unit.inbox.add([event(f"{n}", payload="ก" * 1000) for n in range(500)])
    async with database.write() as unit:
        assert [r.event_id for r in await unit.inbox.outcomes()] == ["kept"]
        await unit.inbox._row(text("PRAGMA max_page_count=1000000"))
    async with database.write() as unit:
        await unit.inbox.add([event(f"{n}", payload="ก" * 1000) for n in range(500)])
    async with database.read() as unit:
        assert (await unit.inbox.counts()).waiting == 501
    await database.close()
    assert integrity(sqlite_url) == "ok"
