"""What a turn needs of the outside, one narrow protocol each; `bot/app.py` supplies the parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from handlers.messages import FileRef
from nlp.values import Candidate, DuplicateMatch, KnownPlace, Telling, Understanding
from planning.areas import Village
from planning.check_in import CheckInCard
from planning.forums import AgendaVersion
from planning.minutes import Minutes
from planning.outlook import Outlook
from planning.surveys import SheetRow
from planning.walk_ins import WalkInList


class Reader(Protocol):
    """The language part. Pure and thread-safe; called on a thread with no transaction open."""

    def read(
        self,
        text: str,
        places: Sequence[KnownPlace] = (),
        *,
        at: tuple[float, float] | None = None,
    ) -> Understanding:
        """The understanding of one text, sent from a position (degrees) where that was shared."""
        ...

    def is_emergency(self, text: str) -> bool:
        """Quick look (well under a millisecond) before any waiting for the rest of a burst."""
        ...

    def duplicates(
        self, new: Telling, candidates: Sequence[Candidate]
    ) -> tuple[DuplicateMatch, ...]:
        """At most 3 candidates that may be the same, likeliest first; none below the asking threshold."""
        ...

    def neutral_line(self, text: str, category: str, kind: str, place: str) -> str:
        """Formal one-line wording for an agenda, without names, particles or anger."""
        ...

    def shared_line(self, texts: Sequence[str], category: str, kind: str, place: str) -> str:
        """The formal line of a matter that several tell of: what most of them say."""
        ...


@dataclass(frozen=True, kw_only=True)
class MadeFile:
    """A document's bytes. `picture` is a PNG of its first page, empty where there is none."""

    name: str
    media_type: str
    data: bytes
    picture: bytes = b""


class DocumentMaker(Protocol):
    """Makes official documents; slow (up to seconds), called on a thread."""

    def agenda(self, version: AgendaVersion) -> tuple[MadeFile, ...]:
        """DOCX and PDF (the PDF with a picture of page 1) of a frozen agenda; same bytes each time."""
        ...

    def minutes(self, minutes: Minutes) -> tuple[MadeFile, ...]:
        """DOCX and PDF (with a picture of page 1) of minutes; of closed ones a PNG of the results, too.

        The same bytes each time.
        """
        ...

    def check_in(self, card: CheckInCard) -> MadeFile:
        """PNG to hold up at a forum, for checking in by phone."""
        ...

    def walk_ins(self, listed: WalkInList) -> MadeFile:
        """DOCX of what a helper wrote down for others."""
        ...

    def summary(self, seen: Outlook) -> MadeFile:
        """PNG of an area at one look."""
        ...

    def survey_form(self, villages: Sequence[Village], made_on: date) -> MadeFile:
        """XLSX to fill in: headings, one example row, and the names that may be used."""
        ...


class SheetRefusal(StrEnum):
    """Why a file is not read as a table."""

    EMPTY = "empty"
    NOT_A_TABLE = "not_a_table"
    OLD_OR_LOCKED = "old_or_locked"
    MACROS = "macros"
    TOO_LARGE = "too_large"
    BROKEN = "broken"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table as it was read, or why it was not."""

    rows: tuple[SheetRow, ...] = ()
    refused: SheetRefusal | None = None


class SheetReader(Protocol):
    """Reads a table somebody sent; up to seconds, called on a thread. Never raises for the bytes."""

    def __call__(self, data: bytes, most_rows: int) -> Sheet:
        """The rows of a CSV or XLSX file, at most a few more than `most_rows`."""
        ...


class FileKeeper(Protocol):
    """Keeps bytes by their SHA-256."""

    def put(self, data: bytes) -> str:
        """Store durably; the SHA-256 in hex."""
        ...

    def get(self, file_id: str) -> bytes:
        """The bytes; raises `FileNotFoundError`."""
        ...


class FileRemover(FileKeeper, Protocol):
    """Keeps bytes, and removes them again."""

    def remove(self, file_id: str) -> None:
        """Remove the bytes; nothing happens when there are none."""
        ...


class Listener(Protocol):
    """Hears words in a voice message; slow (seconds), called on a thread, one at a time."""

    def hear(self, sound: bytes) -> str:
        """The words spoken (m4a, ogg or mp3 bytes), "" where none can be made out."""
        ...


def file_ref(keeper: FileKeeper, made: MadeFile) -> FileRef:
    """Store a made file (and its picture) and return the reference to hand over."""
    return FileRef(
        file_id=keeper.put(made.data),
        name=made.name,
        media_type=made.media_type,
        picture_id=keeper.put(made.picture) if made.picture else "",
    )
