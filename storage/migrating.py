"""Running the migrations that lie in `storage/migrations`, without a file of settings."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.locks import alone

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0013"
"""The newest revision in `storage/migrations/versions` (a test holds this)."""
_ADVISORY_LOCK = 0x50524348
"""Any number, as long as it stays the same: processes that migrate one PostgreSQL wait on it."""


def config(connection: Connection) -> "Config":
    """Alembic's settings for a connection whose transaction the caller began and will end."""
    from alembic.config import Config

    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    made.attributes["connection"] = connection
    return made


def _upgrade(connection: Connection) -> None:
    from alembic import command  # a good part of a second to load, and seldom needed

    command.upgrade(config(connection), "head")


def _is_newest(path: Path) -> bool:
    """Whether a SQLite file says of itself that it is at the newest revision."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        try:
            return database.execute("SELECT version_num FROM alembic_version").fetchall() == [
                (NEWEST,)
            ]
        except sqlite3.OperationalError:
            return False


def upgrade_sqlite(url: URL) -> None:
    """Upgrade a SQLite file in one transaction, alone by a lock file beside it. Blocks."""
    path = Path(url.database or "")
    if _is_newest(path):
        return
    engine = create_engine(url.set(drivername="sqlite"), poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: object, _record: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]
        connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]
        connection.execute("PRAGMA synchronous=FULL")  # type: ignore[attr-defined]

    event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    with alone(path.with_name(f"{path.name}.lock")):
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
