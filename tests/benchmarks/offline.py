"""Documents and reading, in this process alone."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from bot.documents.maker import OfficialDocuments
from bot.documents.workbook import project_workbook
from nlp.reader import ThaiReader
from nlp.values import Candidate, Telling
from tests.benchmarks.figures import Figure, median, percentile, spread
from tests.benchmarks.people import tellings
from tests.benchmarks.sizes import Size
from tests.documents.samples import project_line, version

_ITEMS, _PROJECTS, _ISSUES = 30, 500, 60


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def documents(folder: Path, size: Size) -> Iterator[Figure]:
    """An agenda as DOCX, PDF and PNG, and a workbook; each the first time and later."""
    agenda, lines = version(_ITEMS), [project_line(n) for n in range(1, _PROJECTS + 1)]
    maker = OfficialDocuments()

    def workbook() -> bytes:
        years = tuple(range(2566, 2571))
        return project_workbook(
            lines, area_name="ทดลอง", fiscal_years=years, made_on=date(2021, 3, 9)
        )

    named: tuple[tuple[str, Callable[[], object]], ...] = (
        (f"agenda of {_ITEMS} items (DOCX, PDF, PNG)", lambda: maker.agenda(agenda)),
        (f"workbook of {_PROJECTS} projects", workbook),
    )
    for what, make in named:
        first = _timed(make)
        later = [_timed(make) for _ in range(size.repeats)]
        note = f"{spread(later)}; the first in a process {first:.2f}"
        yield Figure(part="documents", what=what, value=median(later), unit="s", note=note)


def reading(folder: Path, size: Size) -> Iterator[Figure]:
    """Loading the language part, reading a message, comparing one with a village's issues."""
    made: list[ThaiReader] = []

    def load() -> None:
        made.append(ThaiReader())
        made[0].warm()

    yield _figure("loading, once in a process", _timed(load), "s")
    reader, texts = made[0], list(islice(cycle(tellings()), size.readings))
    times = [_timed(lambda text=text: reader.read(text)) * 1e6 for text in texts]  # type: ignore[misc]
    yield _figure("one message", median(times), "µs", _tail(times))
    new, issues = _telling(texts[0], 0), _issues(texts)
    again = [_timed(lambda: reader.duplicates(new, issues)) * 1e6 for _ in texts[:100]]
    yield _figure(f"one telling against {len(issues)} issues", median(again), "µs", _tail(again))


def _tail(times: list[float]) -> str:
    return f"p99 {percentile(times, 0.99):.0f} of {len(times)}"


def _issues(texts: list[str]) -> list[Candidate]:
    return [
        Candidate(key=str(n), tellings=[_telling(text, n), _telling(text, n + 1)])
        for n, text in enumerate(texts[1 : _ISSUES + 1])
    ]


def _telling(text: str, sender: int) -> Telling:
    from datetime import UTC, datetime

    return Telling(
        text=text, category="road", village="99010101", sender=str(sender),
        at=datetime(2021, 3, 9, tzinfo=UTC), place=None, lat=None, lon=None, photo=False,
    )  # fmt: skip


def _figure(what: str, value: float, unit: str, note: str = "") -> Figure:
    return Figure(part="reading", what=what, value=value, unit=unit, note=note)
