"""`prachakhom understand`: what the machine reads in each line, as JSON, nothing kept."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.areas import read_file
from bot.commands.common import FAILED, complain, kindly

if TYPE_CHECKING:
    from nlp.reader import ThaiReader
    from nlp.values import CategoryScore, Flag, KnownPlace, Part, PersonalData, Place, Understanding

LONGEST = 20_000
"""Letters of a line that are read; chat platforms stop at 5,000."""
_MOST_BYTES = LONGEST * 4
_BREAKS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}

File = Annotated[
    Path | None,
    typer.Option(help="File to read instead of the input.", exists=True, dir_okay=False),
]
Villages = Annotated[
    Path | None,
    typer.Option(help="CSV file of villages, for --village.", exists=True, dir_okay=False),
]
Village = Annotated[str, typer.Option(help="Code of the village whose landmarks are meant.")]
Text = Annotated[bool, typer.Option("--text", help="Print the text as it came, too.")]


def understand(
    file: File = None, villages: Villages = None, village: Village = "", text: Text = False
) -> None:
    """Read lines of Thai; print one JSON reading a line, with personal data hidden."""
    if bool(villages) != bool(village):
        raise typer.BadParameter("--villages and --village go together")
    with kindly():
        places = _landmarks(villages, village) if villages else ()
        if file is None:
            if sys.stdin.isatty():
                complain("one text a line; Ctrl-D ends")
            _answer(sys.stdin.buffer, places, text)
            return
        with file.open("rb") as lines:
            _answer(lines, places, text)


def _answer(lines: IO[bytes], places: "Sequence[KnownPlace]", text: bool) -> None:
    """Print a reading for each line as soon as it is there; end quietly when nobody listens."""
    from nlp.reader import ThaiReader

    reader = ThaiReader()
    try:
        for number, line in enumerate(_lines(lines), 1):
            told = {"line": number, **_answered(line, reader, places, text)}
            said = json.dumps(told, ensure_ascii=False).translate(_BREAKS)
            typer.echo(said.encode() + b"\n", nl=False)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _lines(lines: IO[bytes]) -> Iterator[bytes | None]:
    """Each line, without a byte order mark before the first; None for one that is too long."""
    mark = b"\xef\xbb\xbf"
    while line := lines.readline(_MOST_BYTES):
        long = _unfinished(line)
        rest = line
        while _unfinished(rest):
            rest = lines.readline(_MOST_BYTES)
        yield None if long else line.removeprefix(mark).rstrip(b"\r\n")
        mark = b""


def _unfinished(line: bytes) -> bool:
    """Whether a line goes on after what was read of it."""
    return len(line) == _MOST_BYTES and not line.endswith(b"\n")


def _answered(
    line: bytes | None, reader: "ThaiReader", places: "Sequence[KnownPlace]", with_text: bool
) -> dict[str, Any]:
    """The reading of one line, or why there is none."""
    try:
        text = None if line is None else line.decode("utf-8")
    except UnicodeDecodeError as error:
        return {"error": f"not UTF-8 at byte {error.start + 1}"}
    if text is None or len(text) > LONGEST:
        return {"error": f"longer than {LONGEST} letters"}
    own = {"text": text} if with_text else {}
    if not text.strip():
        return own | reading_of("", None)
    try:
        return own | reading_of(text, reader.read(text, places))
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        return own | {"error": f"could not be read: {type(error).__name__}"}


def reading_of(text: str, read: "Understanding | None") -> dict[str, Any]:
    """A reading as JSON. Words of evidence that touch personal data are left out, as in `masked`.

    Without one (an empty line) the same keys stand, empty.
    """
    if read is None:
        empty: dict[str, Any] = {"on": False, "score": 0.0, "words": []}
        return {
            "empty": True, "act": None, "kind": None, "kind_score": 0.0, "category": None,
            "likeliest": [], "categories": {}, "confidential": empty, "emergency": empty,
            "masked": text, "spans": [], "place": None, "parts": [],
        }  # fmt: skip
    shown = _Shown(text, read)
    return {
        "empty": False,
        "act": str(read.act),
        "kind": read.kind,
        "kind_score": round(read.kind_score, 4),
        **shown.matter(read),
        "spans": [_span(s) for s in read.personal_data],
        "parts": [
            {"start": p.start, "end": p.end, "kind": p.kind, **shown.matter(p)} for p in read.parts
        ],
    }


class _Shown:
    """Facts of one reading as JSON, without words that `masked` hides."""

    def __init__(self, text: str, read: "Understanding") -> None:
        from nlp.normalise import normalise

        self._plain, self._open = read.normalised, normalise(read.masked).text
        self._private = [normalise(text[s.start : s.end]).text for s in read.personal_data]

    def words(self, words: Sequence[str]) -> list[str]:
        """The words that may be shown."""
        return [w for w in words if not self._hidden(w)]

    def _hidden(self, word: str) -> bool:
        """Whether a word holds something private, or stands only where something was hidden."""
        if any(p in word for p in self._private if p):
            return True
        return word in self._plain and word not in self._open

    def matter(self, read: "Understanding | Part") -> dict[str, Any]:
        """What is told of a whole message and of each of its parts."""
        return {
            "category": read.categories[0].code,
            "likeliest": [self.category(c) for c in read.categories[:3]],
            "categories": {c.code: round(c.score, 4) for c in read.categories},
            "confidential": self.flag(read.confidential),
            "emergency": self.flag(read.emergency),
            "masked": read.masked,
            "place": self.place(read.place),
        }

    def category(self, c: "CategoryScore") -> dict[str, Any]:
        """A category with the words for it."""
        return {"code": c.code, "score": round(c.score, 4), "words": self.words(c.words)}

    def flag(self, flag: "Flag") -> dict[str, Any]:
        """A yes or no with the words for it."""
        return {"on": flag.on, "score": round(flag.score, 4), "words": self.words(flag.words)}

    def place(self, place: "Place | None") -> dict[str, Any] | None:
        """Where, with the words that gave it."""
        if place is None:
            return None
        return {
            "label": "".join(self.words([place.label])),
            "landmark": place.landmark,
            "relation": place.relation,
            "moo": place.moo,
            "soi": place.soi,
            "until": place.until,
            "others": list(place.others),
            "km": place.km,
            "score": round(place.score, 4),
            "words": self.words(place.words),
        }


def _span(span: "PersonalData") -> dict[str, Any]:
    return {
        "type": str(span.type),
        "start": span.start,
        "end": span.end,
        "certainty": round(span.certainty, 4),
    }


def _landmarks(file: Path, code: str) -> "tuple[KnownPlace, ...]":
    """The landmarks of the village `code` in a file of villages."""
    from nlp.values import KnownPlace

    found = [v for v in read_file(file) if v.code == code]
    if not found:
        complain(f"{file.name}: no village {code}")
        raise typer.Exit(FAILED)
    return tuple(KnownPlace(name=m.name, lat=m.lat, lon=m.lon) for m in found[0].landmarks)
