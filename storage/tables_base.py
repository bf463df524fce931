"""The table collection and the column types that both databases keep and sort alike."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Integer, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
BIG = BigInteger().with_variant(Integer(), "sqlite")


class UtcTime(TypeDecorator[datetime]):
    """Aware times, kept in UTC to the microsecond. A naive time is refused with `ValueError`.

    SQLite keeps them as text of one width, so that their order is the order of the times.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, a time elsewhere."""
        kept = Text() if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(kept)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """The time in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone cannot be kept")
        utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        return utc.isoformat(" ", "microseconds") if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The time, aware."""
        if value is None:
            return None
        kept = datetime.fromisoformat(value) if isinstance(value, str) else value
        return kept.astimezone(UTC)


class Baht(TypeDecorator[Decimal]):
    """Money in baht, kept as whole satang. A fraction of a satang is refused with `ValueError`."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """The money in satang."""
        if value is None:
            return None
        satang = value * 100
        if satang != satang.to_integral_value():
            raise ValueError("money is whole satang")
        return int(satang)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """The money in baht with two decimals."""
        return None if value is None else Decimal(value).scaleb(-2)


def key() -> Column[int]:
    """The number of a row, given by the database."""
    return Column("id", BIG, primary_key=True)


def refers(
    name: str, target: str, *, optional: bool = False, part_of_key: bool = False
) -> Column[Any]:
    """A column that names a row of another table."""
    return Column(name, ForeignKey(target), nullable=optional, primary_key=part_of_key)


def time(name: str, *, optional: bool = False) -> Column[datetime]:
    """A column for a time."""
    return Column(name, UtcTime(), nullable=optional)


def words(name: str) -> Column[str]:
    """A column for text of any length, "" where there is none."""
    return Column(name, Text, nullable=False)
