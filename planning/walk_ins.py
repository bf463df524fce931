"""What a helper wrote down for people without a phone, as a list to print."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True)
class WalkInLine:
    """One matter: whose (as they gave it), where, and what became of it in words.

    `line` is "" where it is confidential.
    """

    code: str
    name: str = field(repr=False)
    contact: str = field(repr=False)
    house: str = field(repr=False)
    village: str
    told_on: date
    line: str = field(repr=False)
    state: str


@dataclass(frozen=True, kw_only=True)
class WalkInList:
    """The list of one helper, first told first. `area`: the helper's, in words."""

    area: str
    made_on: date
    lines: tuple[WalkInLine, ...]
