"""The database: where it lies, its connections and its transactions."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from functools import partial
from pathlib import Path

from sqlalchemy import event, func, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.files import owner_only_folder
from storage.keys import KeyRefused, Keys
from storage.migrating import upgrade_postgresql, upgrade_sqlite
from storage.sqlite_driver import connect
from storage.tables_messages import heartbeat
from storage.unit import UnitOfWork
from storage.wiping import wipe_postgresql, wipe_sqlite

BUSY_SECONDS = 30
READERS = 4


async def migrate(url: str) -> None:
    """Bring the tables up to the newest revision; safe when several processes start at once."""
    full = full_url(url)
    if full.drivername.startswith("sqlite"):
        _owner_only(full)
        await asyncio.to_thread(upgrade_sqlite, full)
    else:
        await upgrade_postgresql(full)


def default_url(data_dir: Path) -> str:
    """URL of the SQLite file under `data_dir`, both made owner-only when absent."""
    owner_only_folder(data_dir)
    url = URL.create("sqlite+aiosqlite", database=str(data_dir.resolve() / "prachakhom.db"))
    _owner_only(url)
    return url.render_as_string(hide_password=False)


def full_url(url: str) -> URL:
    """`url` with the asynchronous driver we use; `ValueError` for a database we do not know."""
    parsed = make_url(url)
    name = parsed.get_backend_name()
    if name == "sqlite" and parsed.database not in (None, "", ":memory:"):
        return parsed.set(drivername="sqlite+aiosqlite")
    if name in ("postgresql", "postgres"):
        query = {"ssl" if key == "sslmode" else key: value for key, value in parsed.query.items()}
        return parsed.set(drivername="postgresql+asyncpg", query=query)
    raise ValueError("the database is a SQLite file or a PostgreSQL server")


def _owner_only(url: URL) -> None:
    # SQLite gives -wal and -shm the mode of the database file, so that one must be right first
    path = Path(url.database or "")
    path.touch(mode=0o600)
    path.chmod(0o600)


def _sqlite_engine(url: URL, *, begin: str, pragmas: tuple[str, ...], size: int) -> AsyncEngine:
    every = ("foreign_keys=ON", "synchronous=FULL", *pragmas)
    engine = create_async_engine(
        url,
        pool_size=size,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        async_creator=partial(connect, url.database or "", BUSY_SECONDS, every),
        hide_parameters=True,
    )
    # the driver's own BEGIN would come too late for reads and is never IMMEDIATE
    event.listen(engine.sync_engine, "begin", lambda c: c.exec_driver_sql(begin))
    return engine


class Database:
    """Connections to one database; every unit of work has one to itself."""

    def __init__(self, readers: AsyncEngine, writer: AsyncEngine, keys: Keys) -> None:
        """Use `open`."""
        self._readers, self._writer, self._keys = readers, writer, keys
        self._single = writer.dialect.name == "sqlite"
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, url: str, keys: Keys) -> "Database":
        """Open without migrating. `url` is sqlite:// with a file or postgresql://."""
        full = full_url(url)
        if full.drivername.startswith("sqlite"):
            _owner_only(full)
            return cls(
                _sqlite_engine(full, begin="BEGIN", pragmas=("query_only=ON",), size=READERS),
                _sqlite_engine(
                    full, begin="BEGIN IMMEDIATE", pragmas=("secure_delete=ON",), size=1
                ),
                keys,
            )
        engine = create_async_engine(full, pool_pre_ping=True, hide_parameters=True)
        snapshot = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        return cls(snapshot, engine, keys)

    @asynccontextmanager
    async def _unit(self, engine: AsyncEngine) -> AsyncIterator[UnitOfWork]:
        async with engine.begin() as connection:
            yield UnitOfWork(connection, self._keys)

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A read-only transaction, on a connection of its own, that sees one moment throughout."""
        return self._unit(self._readers)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[UnitOfWork]:
        """A transaction, committed on leaving, rolled back when an error leaves it.

        On SQLite one at a time; others wait their turn (another process's up to 30 s).
        """
        async with self._turn if self._single else nullcontext(), self._unit(self._writer) as unit:
            yield unit

    async def check(self) -> None:
        """Raise unless a row can be written and kept, and the key file is this database's.

        The first check binds the database to its key: `KeyRefused` for any other from then on.
        """
        mine = self._keys.hash("the key of this database")
        h = heartbeat.c
        beat = update(heartbeat).values(
            beats=h.beats + 1, key_check=func.coalesce(h.key_check, mine)
        )
        async with (
            self._turn if self._single else nullcontext(),
            self._writer.begin() as connection,
        ):
            bound = (await connection.execute(beat.returning(h.key_check))).scalar_one()
            if bound != mine:
                raise KeyRefused("the key file is not the one this database was begun with")

    async def wipe(self) -> bool:
        """Leave nothing of what was erased in free corners of the files; False: try again later.

        On SQLite the file is written anew, while others wait (about a second for 100 MB); on PostgreSQL
        dead rows are given back to their tables.
        """
        if not self._single:
            await wipe_postgresql(self._writer.url)
            return True
        async with self._turn:
            return await asyncio.to_thread(wipe_sqlite, self._writer.url, BUSY_SECONDS)

    async def close(self) -> None:
        """Close every connection."""
        await self._readers.dispose()
        await self._writer.dispose()
