"""`python -m tests.benchmarks`: measure and print, figures side by side. docs/benchmarks.md explains."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.benchmarks import (
    drafting,
    language,
    machine,
    memory,
    offline,
    starting,
    turns,
    webhooks,
)
from tests.benchmarks.figures import Figure
from tests.benchmarks.sizes import QUICK, Size

Measure = Callable[[Path, Size], Iterable[Figure]]

MEASURES: dict[str, Measure] = {
    "disk": lambda folder, size: machine.commits(folder, size.commits),
    "start": starting.measure,
    "reading": offline.reading,
    "language": language.measure,
    "documents": offline.documents,
    "drafting": drafting.measure,
    "webhooks": webhooks.measure,
    "turns": turns.measure,
    "memory": memory.measure,
}


def asked(words: list[str]) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"of {', '.join(MEASURES)}; or all"
    )
    parser.add_argument("--quick", action="store_true", help="small numbers, to see that it works")
    parser.add_argument("--only", action="append", choices=MEASURES, help="may be repeated")
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    parser.add_argument("--dir", type=Path, help="where to lay the databases (the disk measured)")
    options = parser.parse_args(words)
    unknown = [p for p in options.parts if p not in MEASURES]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}")
    return options


def measured(names: Iterable[str], size: Size, where: Path | None) -> Iterator[Figure]:
    """The figures, as they come."""
    for name in names:
        with tempfile.TemporaryDirectory(dir=where, prefix="benchmark-") as folder:
            own = Path(folder) / name
            own.mkdir()
            yield from MEASURES[name](own, size)


def as_table(figures: Iterable[Figure], title: str) -> Table:
    """The figures for people."""
    table = Table(title=title, title_justify="left", show_lines=False)
    for column in ("", "Measured", "Figure", "", "Aim", "Seen"):
        table.add_column(column, justify="right" if column == "Figure" else "left")
    for f in figures:
        table.add_row(f.part, f.what, number(f.value), f.unit, f.verdict, f.note)
    return table


def number(value: float) -> str:
    """A figure with as many digits as mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def main(words: list[str]) -> None:
    """Measure what is asked for and print it."""
    options = asked(words)
    size = QUICK if options.quick else Size()
    title = f"{machine.described()}; load {machine.load_average()} before"
    figures: list[Figure] = []
    with Console(stderr=True).status("measuring") as status:
        for figure in measured(
            [*options.parts, *(options.only or ())] or MEASURES, size, options.dir
        ):
            figures.append(figure)
            status.update(f"measuring; last {figure.part}: {figure.what}")
    if options.json:
        told = {"machine": title, "figures": [asdict(f) | {"verdict": f.verdict} for f in figures]}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    else:
        Console(width=None if sys.stdout.isatty() else 160).print(as_table(figures, title))


if __name__ == "__main__":
    main(sys.argv[1:])
