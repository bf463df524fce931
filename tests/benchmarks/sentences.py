"""The project's own training sentences, as the peers are given them to learn from."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from planning.taxonomy import categories

FOLDER = Path(__file__).parents[2] / "nlp" / "data"
_KINDS = {"p": "problem", "n": "need", "q": "question", "c": "complaint_person", "o": "other"}


@dataclass(frozen=True)
class Sentence:
    """One sentence with its first category, its kind and its region (empty where none is given)."""

    text: str
    code: str
    kind: str
    region: str


@cache
def sentences() -> tuple[Sentence, ...]:
    """All of them, files in order of their names: those that our own model learns from."""
    files = [*sorted((FOLDER / "sentences").glob("*.txt")), FOLDER / "sentences.txt"]
    return tuple(s for file in files if file.exists() for s in _of(file))


def _of(file: Path) -> Iterator[Sentence]:
    """The sentences of one file: `code[|second] kind flags region text`, or `code kind text`."""
    columns = 4 if file.parent.name == "sentences" else 2
    for line in file.read_text(encoding="utf-8").splitlines():
        cells = line.split(" ", columns)
        code = cells[0].split("|")[0]
        if len(cells) > columns and code in categories() and cells[1] in _KINDS:
            yield Sentence(cells[-1], code, _KINDS[cells[1]], cells[3] if columns == 4 else "")
