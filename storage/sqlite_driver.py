"""SQLite connections for the engine, made so that a statement costs one visit to its thread.

The usual cursor of aiosqlite goes to the connection's thread four times for each statement (open,
execute, fetch, close); a unit of work spends most of its time on these visits.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import aiosqlite

# at DEBUG it would write statements with their values, which are people's words
logging.getLogger("aiosqlite").setLevel(logging.WARNING)


class QuickCursor:
    """A cursor, as far as SQLAlchemy's adapter asks for one, whose rows are fetched at once."""

    arraysize = 1

    def __init__(self, connection: "QuickConnection") -> None:
        """A cursor of `connection` that has executed nothing yet."""
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> "QuickCursor":
        return self

    async def execute(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Execute a statement and fetch what it gives."""
        await self._visit(sqlite3.Cursor.execute, statement, values)

    async def executemany(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Execute a statement once for each row of values."""
        await self._visit(sqlite3.Cursor.executemany, statement, rows)

    async def _visit(self, how: Any, statement: str, values: Any) -> None:
        work = partial(self._run, how, statement, values)
        await self._connection._execute(work)

    def _run(self, how: Any, statement: str, values: Any) -> None:
        cursor = self._connection._conn.cursor()
        try:
            how(cursor, statement, values)
            self._rows = cursor.fetchall() if cursor.description else []
            self.description = cursor.description
            self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid
        finally:
            cursor.close()

    async def fetchall(self) -> list[Any]:
        """The rows of the last statement."""
        return self._rows

    async def close(self) -> None:
        """Nothing is open any more."""


class QuickConnection(aiosqlite.Connection):
    """A connection that gives such cursors."""

    _asked = _done = 0  # a visit whose asker was cancelled still goes on in the thread

    def cursor(self) -> QuickCursor:  # type: ignore[override]
        """A new cursor, without a visit to the thread."""
        return QuickCursor(self)

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        def counted() -> Any:
            try:
                return fn(*args, **kwargs)
            finally:
                self._done += 1

        self._asked += 1
        return await super()._execute(counted)  # type: ignore[no-untyped-call]

    async def rollback(self) -> None:
        """End what is open. The pool asks so after each commit, when nothing is: no visit then."""
        if self._asked != self._done or self._conn.in_transaction:
            await super().rollback()


async def connect(path: str, busy_seconds: float, pragmas: Sequence[str]) -> QuickConnection:
    """A connection to a file, in autocommit until somebody says BEGIN, with pragmas set.

    Another process's write lock is waited for up to `busy_seconds`.
    """

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=busy_seconds, isolation_level=None)
        try:
            # the last one reads the file: one that is no database fails here, and is closed here
            for pragma in (*pragmas, "schema_version"):
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    made = QuickConnection(opened, iter_chunk_size=64)
    made._thread.daemon = True
    try:
        await made
    finally:
        if (
            made._connection is None
        ):  # not opened: the thread's last word needs our loop to be there
            await asyncio.to_thread(made._thread.join)
    return made
