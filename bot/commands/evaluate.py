"""`prachakhom evaluate`: how well the machine reads, scored against files labelled by people."""

import csv
import io
import json as jsonlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from bot.commands.common import Json, complain, kindly, print_json

if TYPE_CHECKING:
    from nlp.reader import ThaiReader

evaluate = typer.Typer(help="Scores against labelled files.", no_args_is_help=True)
Result = tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]
Labelled = Annotated[Path, typer.Argument(help="Labelled file or folder.", exists=True)]
_PAIR = ("id", "text_a", "text_b", "metres", "days", "label")
_MESSAGE = ("message_id", "village_code", "text", "issue_ids")
Predictions = Annotated[
    Path | None, typer.Option(help="File for one JSON line a message: what was decided and why.")
]


@evaluate.callback()
def _evaluate() -> None:
    """Scores against labelled files."""


@evaluate.command()
def categories(path: Labelled, json: Json = False, predictions: Predictions = None) -> None:
    """Category, kind, confidentiality and danger, over a labelled CSV or a corpus's messages."""
    _report(lambda: _categories(path), json, predictions)


@evaluate.command()
def duplicates(path: Labelled, json: Json = False, predictions: Predictions = None) -> None:
    """Finding the same matter, over a corpus folder or a CSV of labelled pairs."""
    _report(lambda: _duplicates(path), json, predictions)


@evaluate.command("personal-data")
def personal_data(path: Labelled, json: Json = False, predictions: Predictions = None) -> None:
    """Masking of personal data, over a corpus's messages."""
    _report(lambda: _personal_data(path), json, predictions)


@evaluate.command()
def places(path: Labelled, json: Json = False, predictions: Predictions = None) -> None:
    """Landmarks read from words and shared positions, over a corpus folder."""
    _report(lambda: _places(path), json, predictions)


@evaluate.command()
def lines(path: Labelled, json: Json = False, predictions: Predictions = None) -> None:
    """Formal lines against written ones, over a corpus folder."""
    _report(lambda: _lines(path), json, predictions)


def _report(score: Callable[[], Result], json: bool, predictions: Path | None) -> None:
    with kindly():
        scores, decided = score()
        if predictions:
            with predictions.open("w", encoding="utf-8") as file:
                for line in decided:
                    file.write(jsonlib.dumps(line, ensure_ascii=False, default=str) + "\n")
    if json:
        print_json(scores)
        return
    for told in _told(scores):
        typer.echo(told)


def _told(scores: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """A line a score; a breakdown's parts in a line each."""
    for name, value in scores.items():
        if isinstance(value, Mapping) and any(isinstance(v, Mapping) for v in value.values()):
            yield f"{name}:"
            yield from _told(value, depth + 1)
            continue
        parts = value.items() if isinstance(value, Mapping) else [("", value)]
        yield "  " * depth + f"{name}: " + ", ".join(f"{n} {_number(v)}".strip() for n, v in parts)


def _number(value: object) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _categories(path: Path) -> Result:
    from nlp.evaluation.categories import evaluate_categories, evaluate_corpus_categories

    if path.suffix == ".csv":
        rows = _csv(path, "id", "text", "primary", "kind", "confidential", "emergency")
        return evaluate_categories(rows, _reader())
    messages = _messages(path, "sent_at", "category", "kind", "confidential", "emergency")
    return evaluate_corpus_categories(messages, _villages(path), _reader())


def _duplicates(path: Path) -> Result:
    from nlp.evaluation.duplicates import evaluate_duplicate_pairs, evaluate_duplicates_corpus

    if path.suffix == ".csv":
        return evaluate_duplicate_pairs(_csv(path, *_PAIR), _reader())
    folder = path if path.is_dir() else path.parent
    issues = _json_lines(folder / "issues.jsonl", "issue_id")
    return evaluate_duplicates_corpus(
        _messages(path, "sent_at"), issues, _villages(path), _reader()
    )


def _personal_data(path: Path) -> Result:
    from nlp.evaluation.personal import evaluate_personal_data

    return evaluate_personal_data(_messages(path, "pii"), _villages(path), _reader())


def _places(path: Path) -> Result:
    from nlp.evaluation.places import evaluate_places

    folder = path if path.is_dir() else path.parent
    issues = _json_lines(folder / "issues.jsonl", "issue_id")
    return evaluate_places(_messages(path), issues, _villages(path))


def _lines(path: Path) -> Result:
    from nlp.evaluation.wordings import evaluate_lines

    folder = path if path.is_dir() else path.parent
    issues = _json_lines(folder / "issues.jsonl", "issue_id", "summary_th", "village_code")
    return evaluate_lines(_messages(path), issues, _villages(path), _reader())


def _reader() -> "ThaiReader":
    from nlp.reader import ThaiReader

    reader = ThaiReader()
    reader.warm()
    return reader


def _messages(path: Path, *more: str) -> list[dict[str, Any]]:
    """The messages of a corpus: a folder's `messages.jsonl`, or the file itself."""
    file = path / "messages.jsonl" if path.is_dir() else path
    return _json_lines(file, *_MESSAGE, *more)


def _villages(path: Path) -> list[dict[str, str]]:
    """The `villages.csv` beside the messages; none where there is none."""
    file = (path if path.is_dir() else path.parent) / "villages.csv"
    return _csv(file, "village_code") if file.exists() else []


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        _refuse(path, error.object.count(b"\n", 0, error.start) + 1, "no UTF-8 text")


def _csv(path: Path, *needed: str) -> list[dict[str, str]]:
    reader = csv.DictReader(io.StringIO(_text(path), newline=""))
    rows = list(reader)
    missing = [name for name in needed if name not in (reader.fieldnames or ())]
    if missing or not rows:
        _refuse(path, 1, f"column {missing[0]} is missing" if missing else "no rows")
    return rows


def _json_lines(path: Path, *needed: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = jsonlib.loads(line)
        except ValueError:
            _refuse(path, number, "no JSON")
        missing = [n for n in needed if n not in row] if isinstance(row, dict) else needed
        if missing:
            _refuse(path, number, f"no object with {', '.join(missing)}")
        rows.append(row)
    if not rows:
        _refuse(path, 1, "no rows")
    return rows


def _refuse(path: Path, line: int, why: str) -> NoReturn:
    complain(f"{path.name}: line {line}: {why}")
    raise typer.Exit(1)
