"""Making sure that what was erased lies in no free corner of the database's files."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from storage.tables import metadata


def wipe_sqlite(url: URL, busy_seconds: int) -> bool:
    """Write the file anew without its free corners and cut the log beside it. Blocks.

    False when a reader held the log open; the next time will do.
    """
    path = Path(url.database or "")
    with closing(sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)) as database:
        database.execute("PRAGMA temp_store=MEMORY")
        database.execute("PRAGMA secure_delete=ON")
        database.execute("VACUUM")
        busy = database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


async def wipe_postgresql(url: URL) -> None:
    """Let every table's dead rows be written over; it locks nobody out.

    Their bytes stay in the server's files until then, and in its log until that is recycled.
    """
    engine = create_async_engine(url, poolclass=NullPool, hide_parameters=True)
    try:
        async with engine.connect() as connection:
            alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
            for table in metadata.sorted_tables:
                await alone.execute(text(f"VACUUM {table.name}"))
    finally:
        await engine.dispose()
