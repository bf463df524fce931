"""`python -m tests.nlp.floors`: the scores of today beside the floors they must not fall under.

`--write` sets the floors anew, a little under what is measured. `floor.json` holds them by corpus,
kind of evaluation and measure.
"""

import argparse
import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from nlp.evaluation.categories import evaluate_categories, evaluate_corpus_categories
from nlp.evaluation.duplicates import evaluate_duplicate_pairs, evaluate_duplicates_corpus
from nlp.evaluation.personal import evaluate_personal_data
from nlp.evaluation.rows import Reader, Row, Scores
from nlp.reader import ThaiReader
from nlp.values import KnownPlace, Understanding
from tests.shared import SHARED

FILE = Path(__file__).with_name("floor.json")
MARGIN = 0.01
AT_MOST = frozenset({"false_alarm", "other_rate"})
"""Measures that must not rise; all others must not fall."""
EXACT = frozenset({"recall_phone", "recall_national_id"})
"""Measures whose floor is what was measured."""

_ROOT = Path(__file__).parents[2]
_SHARED = {
    "real citizen texts": "data/gold_dev.csv",
    "real pairs": "data/duplicate_pairs_dev.csv",
    "village chat": "data/village_chat/messages.jsonl",
}
OWN = {
    "our demonstration": _ROOT / "bot/demo/data/messages.jsonl",
    "our second corpus": _ROOT / "tests/nlp/corpus/messages.jsonl",
}
"""Corpora of the project itself; the file of one that is not there yet is left out."""

_CATEGORIES = (
    "top1", "top1_lenient", "top3_lenient", "macro_f1", "kind_accuracy", "confidential_recall",
    "confidential_precision", "emergency_recall", "emergency_precision", "other_rate",
)  # fmt: skip
_DUPLICATES = (
    "auto_precision", "auto_coverage", "suggest_at_3", "false_alarm", "bcubed_f1",
    "bcubed_f1_confirmed",
)  # fmt: skip
_PERSONAL = ("recall", "precision", "recall_phone", "recall_national_id")
_PAIRS = ("auc", "best_f1", "precision_at_recall_80")

Floors = dict[str, dict[str, dict[str, float]]]
Evaluate = Callable[[Path, Reader], Scores]


class Remembering:
    """A reader that reads the same text once, however many figures want it."""

    def __init__(self, reader: ThaiReader) -> None:
        self._read = cache(reader.read)
        self.duplicates = reader.duplicates

    def read(self, text: str, places: Sequence[KnownPlace] = ()) -> Understanding:
        """As the reader reads it."""
        return self._read(text, tuple(places))


def shared_names() -> Mapping[str, str]:
    """Corpora that are not part of the project: name -> file under the shared folder."""
    return _SHARED


def rows(file: Path) -> list[Row]:
    """The rows of a CSV or JSONL file."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        if file.suffix == ".jsonl":
            return [json.loads(line) for line in lines]
        return list(csv.DictReader(lines))


def _of_rows(file: Path, reader: Reader) -> Scores:
    return evaluate_categories(rows(file), reader)[0]


def _of_pairs(file: Path, reader: Reader) -> Scores:
    return evaluate_duplicate_pairs(rows(file), reader)[0]


def _of_messages(file: Path, reader: Reader) -> Scores:
    villages = rows(file.with_name("villages.csv"))
    return evaluate_corpus_categories(rows(file), villages, reader)[0]


def _of_personal(file: Path, reader: Reader) -> Scores:
    scores, _ = evaluate_personal_data(rows(file), rows(file.with_name("villages.csv")), reader)
    by_type = {f"recall_{kind}": value for kind, value in scores["recall_by_type"].items()}
    return scores | by_type


def _of_duplicates(file: Path, reader: Reader) -> Scores:
    issues, villages = (
        rows(file.with_name("issues.jsonl")),
        rows(file.with_name("villages.csv")),
    )
    return evaluate_duplicates_corpus(rows(file), issues, villages, reader)[0]


_CORPUS: dict[str, tuple[Evaluate, Sequence[str]]] = {
    "categories": (_of_messages, _CATEGORIES),
    "personal-data": (_of_personal, _PERSONAL),
    "duplicates": (_of_duplicates, _DUPLICATES),
}


_OTHERS: dict[str, dict[str, tuple[Evaluate, Sequence[str]]]] = {
    # two dangers among them: recall is worth holding, precision is not
    "real citizen texts": {
        "categories": (_of_rows, [m for m in _CATEGORIES if m != "emergency_precision"])
    },
    "real pairs": {"duplicates": (_of_pairs, _PAIRS)},
}


def evaluations(corpus: str) -> Mapping[str, tuple[Evaluate, Sequence[str]]]:
    """What is measured of a corpus, by kind: how, and which of its figures have floors."""
    return _OTHERS.get(corpus, _CORPUS)


def measured(corpus: str, kind: str, file: Path, reader: Reader) -> dict[str, float]:
    """The figures that have floors; those of types that a corpus does not hold are left out."""
    evaluate, names = evaluations(corpus)[kind]
    scores = evaluate(file, reader)
    return {name: scores[name] for name in names if name in scores}


def fallen(floors: Mapping[str, float], scores: Mapping[str, float]) -> dict[str, str]:
    """What is worse than its floor, or not measured any more."""
    return {
        name: f"{scores.get(name)}, floor {floor}"
        for name, floor in floors.items()
        if name not in scores or (scores[name] > floor if name in AT_MOST else scores[name] < floor)
    }


def floor_of(name: str, value: float) -> float:
    """A floor a little under `value` (over it, where less is better)."""
    if name in EXACT:
        return value
    return round(min(1.0, value + MARGIN) if name in AT_MOST else max(0.0, value - MARGIN), 3)


@cache
def floors() -> Floors:
    """The floors as they are written down."""
    found: Floors = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    return found


def files() -> dict[str, Path]:
    """The file of each corpus that is there."""
    shared = {name: SHARED / path for name, path in _SHARED.items()} if SHARED else {}
    return {name: file for name, file in (shared | OWN).items() if file.exists()}


def _compared(reader: Reader) -> Iterator[tuple[str, str, dict[str, float]]]:
    for corpus, file in files().items():
        for kind in evaluations(corpus):
            yield corpus, kind, measured(corpus, kind, file, reader)


def main(words: Sequence[str]) -> None:
    """Print scores and floors; write the floors where that is asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.nlp.floors")
    parser.add_argument("--write", action="store_true", help="set the floors anew")
    options = parser.parse_args(words)
    new: dict[str, Any] = json.loads(json.dumps(floors()))
    for corpus, kind, scores in _compared(Remembering(ThaiReader())):
        old = floors().get(corpus, {}).get(kind, {})
        for name, value in scores.items():
            note = "  FALLEN" if fallen({name: old[name]} if name in old else {}, scores) else ""
            sys.stdout.write(f"{corpus}, {kind}: {name} {value} (floor {old.get(name)}){note}\n")
        new.setdefault(corpus, {})[kind] = {n: floor_of(n, v) for n, v in scores.items()}
    if options.write:
        FILE.write_text(json.dumps(new, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
