"""Running the migrations that lie in `storage/migrations`, without a file of settings."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

MIGRATIONS = Path(__file__).parent / "migrations"
_ADVISORY_LOCK = 0x50524348
"""Any number, as long as it stays the same: processes that migrate one PostgreSQL wait on it."""


def config(connection: Connection) -> Config:
    """Alembic's settings for a connection whose transaction the caller began and will end."""
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def _upgrade(connection: Connection) -> None:
    command.upgrade(config(connection), "head")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def upgrade_sqlite(url: URL) -> None:
    """Upgrade a SQLite file in one transaction, alone by a lock file beside it. Blocks."""
    path = Path(url.database or "")
    engine = create_engine(url.set(drivername="sqlite"), poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]
        connection.execute("PRAGMA synchronous=FULL")  # type: ignore[attr-defined]

    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    with _alone(path.with_name(f"{path.name}.lock")):
        try:
            with engine.begin() as connection:
                _upgrade(connection)
        finally:
            engine.dispose()


async def upgrade_postgresql(url: URL) -> None:
    """Upgrade a PostgreSQL database in one transaction, alone by an advisory lock."""
    engine = create_async_engine(url, poolclass=NullPool, hide_parameters=True)
    try:
        async with engine.begin() as connection:
            await connection.execute(
                text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK}
            )
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()
