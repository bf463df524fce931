"""`python -m tests.benchmarks.baselines`: ours beside the usual ways, as tables in Markdown.

Needs the peers (`requirements-benchmark.lock`); one that is not installed is left out and named.
"""

import argparse
import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.evaluation import measures
from nlp.evaluation.categories import evaluate_categories, evaluate_corpus_categories
from nlp.evaluation.duplicates import evaluate_duplicate_pairs, evaluate_duplicates_corpus
from nlp.evaluation.rows import Reader, Row, Scores
from nlp.reader import ThaiReader
from tests.benchmarks.classifiers import CLASSIFIERS, Missing
from tests.benchmarks.likenesses import LIKENESSES, Likeness, MostAlike, thresholds

ROOT = Path(__file__).parents[2]
OURS = "**ours**"
CATEGORY = ("top1", "top1_lenient", "top3_lenient", "macro_f1", "kind_accuracy", "other_rate",
            "us_per_text")  # fmt: skip
DUPLICATE = ("auto_precision", "auto_coverage", "suggest_at_3", "false_alarm", "bcubed_f1",
             "bcubed_f1_confirmed", "ms_per_message")  # fmt: skip
PAIR = ("auc", "best_f1", "precision_at_recall_80")
BREAKDOWNS = ("by_source", "by_dialect", "by_code")


@dataclass(frozen=True)
class Corpus:
    """Labelled texts: rows of a gold CSV (no villages), or the messages of a corpus."""

    name: str
    rows: Sequence[Row]
    villages: Sequence[Row]
    issues: Sequence[Row]

    def categories(self, reader: Reader) -> Scores:
        """How well `reader` finds categories and kinds."""
        if self.villages:
            return evaluate_corpus_categories(self.rows, self.villages, reader)[0]
        return evaluate_categories(self.rows, reader)[0]


def _rows(file: Path) -> list[Row]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8-sig", newline="") as lines:
        if file.suffix == ".jsonl":
            return [json.loads(line) for line in lines if line.strip()]
        return list(csv.DictReader(lines))


def corpora(shared: Path) -> list[Corpus]:
    """What there is of: real texts, village chat, the demonstration's corpus, the tests' corpus."""
    gold = Corpus("real citizen texts", _rows(shared / "gold_dev.csv"), [], [])
    folders = {
        "village chat": shared / "village_chat",
        "our demonstration": ROOT / "bot" / "demo" / "data",
        "our second corpus": ROOT / "tests" / "nlp" / "corpus",
    }
    chats = [
        Corpus(name, _rows(f / "messages.jsonl"), _rows(f / "villages.csv"), _rows(f / "issues.jsonl"))
        for name, f in folders.items()
    ]  # fmt: skip
    return [c for c in (gold, *chats) if c.rows]


def told(text: str) -> None:
    """Say on stderr how far it is."""
    sys.stderr.write(text + "\n")


def table(title: str, columns: Sequence[str], lines: Iterable[tuple[str, Scores]]) -> Iterator[str]:
    """A Markdown table, a line a reader."""
    yield f"\n{title}\n"
    yield "| | " + " | ".join(columns) + " |"
    yield "|---" * (len(columns) + 1) + "|"
    for name, scores in lines:
        yield f"| {name} | " + " | ".join(_cell(scores.get(c)) for c in columns) + " |"


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 20 else f"{value:.3f}"
    return "" if value is None else str(value)


def taught(wanted: Sequence[str]) -> Iterator[tuple[str, Reader]]:
    """The classifiers that are installed, taught, and ours."""
    for name, make in CLASSIFIERS.items():
        if wanted and not any(w in name for w in wanted):
            continue
        try:
            told(f"teaching: {name}")
            yield name, make()
        except Missing as missing:
            told(f"{name}: left out, {missing} is not installed")
    ours = ThaiReader()
    ours.warm()
    yield OURS, ours


def category_tables(known: Sequence[Corpus], wanted: Sequence[str]) -> Iterator[str]:
    """Category and kind, a table a corpus; then ours and the first peer by source, dialect and code."""
    readers = list(taught(wanted))
    scores = {}
    for corpus in known:
        for name, reader in readers:
            told(f"reading: {corpus.name}, {name}")
            scores[corpus.name, name] = corpus.categories(reader)
    for corpus in known:
        lines = [(n, scores[corpus.name, n]) for n, _ in readers]
        title = f"Categories: {corpus.name}, {lines[0][1]['n']} texts"
        yield from table(title, CATEGORY, lines)
    first = readers[0][0]
    for by in BREAKDOWNS:
        both = {c.name: (scores[c.name, OURS], scores[c.name, first]) for c in known}
        yield from _broken_down(by, first, both)


def _broken_down(by: str, peer: str, found: Mapping[str, tuple[Scores, Scores]]) -> Iterator[str]:
    """The first choice's share right, ours and one peer's: a line a part, a column a corpus."""
    columns = {name: pair for name, pair in found.items() if len(pair[0][by]) > 1}
    parts = sorted({part for ours, _ in columns.values() for part in ours[by]})
    lines = [(p, {name: _beside(p, by, *pair) for name, pair in columns.items()}) for p in parts]
    if lines:
        what = by.removeprefix("by_")
        title = f"First choice right by {what}: ours / {peer} (of so many texts)"
        yield from table(title, list(columns), [line for line in lines if any(line[1].values())])


def _beside(part: str, by: str, ours: Scores, peer: Scores) -> str:
    """Both shares and the number they stand on; nothing where there is no such text."""
    own, other = ours[by].get(part, {"n": 0}), peer[by].get(part, {})
    return f"{own['top1']:.2f} / {other['top1']:.2f} ({own['n']})" if own["n"] else ""


def played(corpus: Corpus, likeness: Likeness) -> Scores:
    """A peer with thresholds set on this corpus, so that it asks as often as is allowed."""

    def play(reader: Reader) -> tuple[Scores, Any]:
        return evaluate_duplicates_corpus(corpus.rows, corpus.issues, corpus.villages, reader)

    ask, link = thresholds(play(MostAlike(likeness))[1], corpus.rows)
    return play(MostAlike(likeness, ask, link))[0]


def paired(rows: Iterable[Row], likeness: Likeness) -> Scores:
    """A peer over pairs of texts."""
    judged = [r for r in rows if r["label"] != "unsure"]
    scores = [likeness(str(r["text_a"]), str(r["text_b"])) for r in judged]
    gold = [r["label"] == "same" for r in judged]
    return {
        "auc": measures.auc(scores, gold),
        "best_f1": measures.best_f1(scores, gold),
        "precision_at_recall_80": measures.precision_at_recall(scores, gold, 0.8),
    }


def duplicate_tables(known: Sequence[Corpus], pairs: list[Row]) -> Iterator[str]:
    """The same matter found: a table a corpus with issues, and one of pairs."""
    likenesses: dict[str, Likeness] = {}
    for name, make in LIKENESSES.items():
        try:
            likenesses[name] = make()
        except Missing as missing:
            told(f"{name}: left out, {missing} is not installed")
    ours = ThaiReader()
    for corpus in (c for c in known if c.issues):
        told(f"playing: {corpus.name}")
        lines = [(n, played(corpus, like)) for n, like in likenesses.items()]
        own = evaluate_duplicates_corpus(corpus.rows, corpus.issues, corpus.villages, ours)[0]
        title = f"The same matter: {corpus.name}, {own['n']} messages"
        yield from table(title, DUPLICATE, [*lines, (OURS, own)])
    if pairs:
        told("comparing pairs")
        lines = [(n, paired(pairs, like)) for n, like in likenesses.items()]
        own = evaluate_duplicate_pairs(pairs, ours)[0]
        yield from table(f"Pairs of real reports, {own['n']}", PAIR, [*lines, (OURS, own)])


def main(words: Sequence[str]) -> None:
    """Print the tables that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.baselines")
    parser.add_argument("--part", choices=("categories", "duplicates"), help="one part only")
    parser.add_argument(
        "--peer", action="append", default=[], help="classifiers whose name has this"
    )
    parser.add_argument("--corpus", action="append", default=[], help="corpora whose name has this")
    options = parser.parse_args(words)
    shared = Path(os.environ.get("PRACHAKHOM_SHARED", ROOT.parent / "shared")) / "data"
    known = [c for c in corpora(shared) if _named(c.name, options.corpus)]
    parts: dict[str, Callable[[], Iterator[str]]] = {
        "categories": lambda: category_tables(known, options.peer),
        "duplicates": lambda: duplicate_tables(known, _rows(shared / "duplicate_pairs_dev.csv")),
    }
    for name, lines in parts.items():
        if options.part in (None, name):
            for line in lines():
                sys.stdout.write(line + "\n")


def _named(name: str, wanted: Sequence[str]) -> bool:
    return not wanted or any(w in name for w in wanted)


if __name__ == "__main__":
    main(sys.argv[1:])
