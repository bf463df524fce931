"""What every repository stands on."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, CursorResult, Row, Table, and_, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.base import Executable

from planning.errors import Conflict, NotFound
from planning.reports import Position
from storage.keys import Keys

Item = TypeVar("Item")
Insert = sqlite.Insert | postgresql.Insert

IN_LIST = 1000
"""Longest list put into one `IN (…)`; both databases allow at least thirty times that."""


def batches(items: Sequence[Item], size: int = IN_LIST) -> Iterator[tuple[Item, ...]]:
    """`items` in runs of at most `size`."""
    rest = iter(items)
    while run := tuple(islice(rest, size)):
        yield run


def within(column: ColumnElement[str], area: str) -> ColumnElement[bool]:
    """Whether a village code lies in `area`, as `planning.areas.covers`; "" is everywhere."""
    if not area:
        return true()
    if len(area) in (2, 4, 6):
        return and_(column >= area, column <= area + "9" * 9)
    return column == area


def areas_over(village_code: str) -> tuple[str, ...]:
    """Every area code that covers the village, itself included."""
    return (*(village_code[:digits] for digits in (2, 4, 6)), village_code)


def position(row: Row[Any]) -> Position | None:
    """The position of a row with `lat` and `lon`."""
    return None if row.lat is None else Position(lat=row.lat, lon=row.lon)


def missing() -> NotFound:
    """What to raise when a number leads nowhere, for instance that of an old button."""
    return NotFound("ไม่พบรายการนี้แล้วค่ะ ลองพิมพ์เลขรับเรื่องอีกครั้งนะคะ")


class Repository:
    """A set of queries on one unit of work's connection."""

    def __init__(self, connection: AsyncConnection, keys: Keys) -> None:
        """Queries on `connection`; `keys` seal and hash what may not be read at rest."""
        self._connection = connection
        self._keys = keys

    def _message_key(self, channel: str, chat_id: str, message_id: str) -> str:
        """The keyed hash by which a message is found again; "" for one without an id."""
        named = f"message:{channel}:{chat_id}:{message_id}"
        return self._keys.hash(named) if message_id else ""

    def _insert(self, table: Table) -> Insert:
        """An INSERT that knows ON CONFLICT on the database at hand."""
        if self._connection.dialect.name == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)

    async def _add(self, table: Table, row: Mapping[str, Any]) -> int:
        """Insert a row; its id. `Conflict` (with the unit still usable) when a unique value is taken."""
        statement = self._insert(table).values(**row).on_conflict_do_nothing()
        added = await self._connection.scalar(statement.returning(table.c.id))
        if added is None:
            raise Conflict(f"{table.name}: a value that must be unique is taken")
        return int(added)

    async def _add_new(self, table: Table, row: Mapping[str, Any]) -> bool:
        """Insert a row unless a unique value of it is taken; whether it was inserted."""
        done = await self._run(self._insert(table).values(**row).on_conflict_do_nothing())
        return done.rowcount == 1

    async def _run(self, statement: Executable) -> CursorResult[Any]:
        """Execute a statement that changes rows."""
        result = await self._connection.execute(statement)
        assert isinstance(result, CursorResult)
        return result

    async def _rows(self, statement: Executable) -> Sequence[Row[Any]]:
        """All rows of a query."""
        return (await self._connection.execute(statement)).all()

    async def _row(self, statement: Executable) -> Row[Any] | None:
        """The first row of a query."""
        return (await self._connection.execute(statement)).first()
