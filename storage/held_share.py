"""What is kept about a person in one table: how it is found, and what erasing leaves of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table


@dataclass(frozen=True, kw_only=True)
class Whose:
    """A person: numbers of their rows in `people`, and the keyed hashes their messages lie under."""

    people: tuple[int, ...]
    senders: tuple[str, ...] = ()
    lanes: tuple[str, ...] = ()
    talks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """What a sealed column holds after erasing."""

    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Held:
    """One table's share. `whose` finds the rows.

    `left`: None removes the rows; else what the columns that tell of somebody hold afterwards.
    `stays`: columns that tell of nobody once the others are emptied. `shown`: told to the person.
    """

    table: Table
    whose: Callable[[Whose], ColumnElement[bool]]
    left: Mapping[str, Any] | None = None
    stays: frozenset[str] = field(default=frozenset())
    shown: bool = True


def columns(names: str) -> frozenset[str]:
    """Names of columns, parted by spaces."""
    return frozenset(names.split())


def by_person(table: Table, name: str = "person_id") -> Callable[[Whose], ColumnElement[bool]]:
    """Rows that name the person in a column."""
    return lambda who: table.c[name].in_(who.people)
