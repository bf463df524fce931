"""What a page is made of, whatever file format it ends in: lines of parts, a table to sign."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, kw_only=True)
class Words:
    """Running text in Thai digits. Breaks only between words; a no-break space holds both sides."""

    text: str
    bold: bool = False


@dataclass(frozen=True, kw_only=True)
class Code:
    """A code as it is stored (Latin letters and digits), never broken."""

    text: str
    bold: bool = False


@dataclass(frozen=True, kw_only=True)
class Dots:
    """A dotted blank to write on, `cm` wide."""

    cm: float


class Mark(StrEnum):
    """Signs that every format draws in its own way."""

    BOX = "box"
    """An empty check box."""
    FILL = "fill"
    """Dots to the right edge."""
    GAP = "gap"
    """A wide space; a line may break here."""


Part = Words | Code | Dots | Mark


class Style(StrEnum):
    """How a line stands on the page."""

    TITLE = "title"
    """Centred and bold."""
    CENTRED = "centred"
    SECTION = "section"
    """วาระที่ …: bold, with air above."""
    PILLAR = "pillar"
    """ด้าน…: bold, a little in."""
    ITEM = "item"
    """Heading of one matter: bold, hanging."""
    POINT = "point"
    """One of several: hanging like a matter, but plain."""
    FIELD = "field"
    """At the left edge, with a little air above: «ผู้มาประชุม», «เริ่มประชุมเวลา …»."""
    PROSE = "prose"
    """Running text whose first line is indented."""
    DETAIL = "detail"
    """Under a heading or a matter, indented."""
    NOTE = "note"
    """Smaller, for explanations."""
    SIGN = "sign"
    """Centred in the right half, with room above to sign."""
    SIGNED = "signed"
    """The name under a signature."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A paragraph. `with_next` keeps it on one page with the line after it; `label` hangs before it."""

    style: Style
    parts: tuple[Part, ...]
    label: str = ""
    with_next: bool = False


@dataclass(frozen=True, kw_only=True)
class SignTable:
    """Starts a new page; its header row is repeated on each page. Widths in cm, None takes the rest."""

    lead: tuple[Line, ...]
    header: tuple[str, ...]
    widths: tuple[float | None, ...]
    rows: int


@dataclass(frozen=True, kw_only=True)
class Page:
    """A whole document. `names` are places and names that should stay on one line."""

    title: str
    lines: tuple[Line, ...]
    sheet: SignTable
    footer: tuple[Part, ...]
    names: tuple[str, ...]


def plain(parts: tuple[Part, ...]) -> str:
    """The words and codes of a line, without its blanks and boxes; a gap is two spaces."""
    return "".join(_told(part) for part in parts)


def _told(part: Part) -> str:
    if isinstance(part, Words | Code):
        return part.text
    return "  " if part is Mark.GAP else ""
