"""The language part: microseconds a message, step by step, beside cutting words alone and a usual
pipeline in the same run; start and memory of a fresh process; search among open issues."""

import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nlp.reader
from nlp.normalise import normalise
from nlp.reader import ThaiReader
from nlp.tokens import words
from tests.benchmarks import open_issues
from tests.benchmarks.classifiers import Missing, encoder, letters_and_border
from tests.benchmarks.figures import Aim, Figure, median, percentile, spread
from tests.benchmarks.machine import resident_mb
from tests.benchmarks.sentences import sentences
from tests.benchmarks.sizes import Size

_AIM_READING, _AIM_START, _AIM_MEMORY = Aim(limit=1500), Aim(limit=2), Aim(limit=400)
_ROUNDS = 3
_STEPS = {
    "central": "central Thai",
    "without_places": "words for where left out",
    "parts": "features for the models (words are cut here)",
    "categorise": "category",
    "kind_of": "kind",
    "act_of": "act",
    "personal_data": "personal data",
    "mask": "masking",
    "find_place": "place",
    "evidence": "signs of what is kept back",
}
"""Better names for the functions that the reader calls."""
_READY = """
import sys, time
from nlp.reader import ThaiReader
reader = ThaiReader()
reader.warm()
reader.read(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
"""
Call = Callable[[str], object]


def measure(folder: Path, size: Size) -> Iterator[Figure]:
    """All of it."""
    yield from steps(size)
    yield from beside_others(size)
    yield from fresh(size)
    yield from open_issues.measure(size)


def texts(count: int) -> list[str]:
    """As many different sentences, taken evenly from all files."""
    found = [s.text for s in sentences()]
    return found[:: max(1, len(found) // count)][:count]


def steps(size: Size) -> Iterator[Figure]:
    """What each function that the reader calls takes of one reading, in the middle of all readings."""
    reader, told = ThaiReader(), texts(size.readings)
    reader.warm()
    spent: dict[str, list[float]] = {}
    with _watched() as watch:
        for text in told:
            watch.clear()
            began = time.perf_counter()
            reader.read(text)
            watch["whole, with the watching"] = time.perf_counter() - began
            for name, seconds in watch.items():
                spent.setdefault(name, []).append(seconds * 1e6)
    whole = sum(spent["whole, with the watching"])
    for name, times in sorted(spent.items(), key=lambda item: sum(item[1])):
        yield _figure(
            f"step: {_STEPS.get(name, name)}", sum(times) / len(told),
            f"mean; {100 * sum(times) / whole:.0f} % of the whole", None,
        )  # fmt: skip


@contextmanager
def _watched() -> Iterator[dict[str, float]]:
    """Seconds in each function of ours that the reader's module calls, until the end of the block.

    What a watched function spends in another watched one counts for the inner one only.
    """
    seconds: dict[str, float] = defaultdict(float)
    inner = [0.0]
    ours = {
        name: value
        for name, value in vars(nlp.reader).items()
        if callable(value)
        and not isinstance(value, type)
        and str(getattr(value, "__module__", "")).startswith("nlp.")
        and value.__module__ != nlp.reader.__name__
    }

    def watch(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any, **named: Any) -> Any:
            inner.append(0.0)
            began = time.perf_counter()
            try:
                return call(*given, **named)
            finally:
                spent = time.perf_counter() - began
                seconds[name] += spent - inner.pop()
                inner[-1] += spent

        return timed

    try:
        for name, value in ours.items():
            setattr(nlp.reader, name, watch(name, value))
        yield seconds
    finally:
        for name, value in ours.items():
            setattr(nlp.reader, name, value)


def _calls() -> Iterator[tuple[str, Call, Aim | None]]:
    """What is timed side by side; peers that are not installed are left out."""
    from pythainlp.tokenize import word_tokenize

    reader = ThaiReader()
    reader.warm()
    yield "newmm alone", lambda text: word_tokenize(text, engine="newmm"), None
    yield "ours: normalise", normalise, None
    yield "ours: words cut, with the trade's own", words, None
    yield "ours: quick look for danger", reader.is_emergency, None
    yield "ours: whole reading", reader.read, _AIM_READING
    try:
        yield "letters 2-5 + LinearSVC (category and kind only)", letters_and_border().read, None
        yield "sentence encoder alone", encoder().encode, None
    except Missing as missing:
        sys.stderr.write(f"left out: {missing} is not installed\n")


def beside_others(size: Size) -> Iterator[Figure]:
    """Medians over rounds of different texts, all ways on the same texts in turn; and ratios."""
    calls = list(_calls())
    told = texts(size.readings)
    rounds = [told[n::_ROUNDS] for n in range(_ROUNDS)]
    times: dict[str, list[list[float]]] = {name: [] for name, _, _ in calls}
    for _, call, _ in calls:
        call(rounds[0][0])
    for part in rounds:
        for name, call, _ in calls:
            times[name].append([_microseconds(call, text) for text in part])
    for name, _, aim in calls:
        every = [t for part in times[name] for t in part]
        note = f"p99 {percentile(every, 0.99):.0f} of {len(every)}"
        yield _figure(name, statistics.median(every), note, aim)
    ours = [statistics.median(part) for part in times["ours: whole reading"]]
    for name in times:
        if not name.startswith("ours"):
            ratios = [o / statistics.median(p) for o, p in zip(ours, times[name], strict=True)]
            yield Figure(
                part="language", what=f"ours, whole, to {name}", value=median(ratios), unit="x",
                note=spread(ratios),
            )  # fmt: skip


def _microseconds(call: Call, text: str) -> float:
    began = time.perf_counter()
    call(text)
    return (time.perf_counter() - began) * 1e6


def fresh(size: Size) -> Iterator[Figure]:
    """A process of its own, from its start until it has read one text, and what it holds then."""
    times, held = [], []
    for _ in range(size.starts):
        began = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-c", _READY, "น้ำไม่ไหล"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            assert process.stdin and process.stdout
            assert process.stdout.readline() == b"ready\n"
            times.append(time.perf_counter() - began)
            held.append(resident_mb(process.pid))
            process.stdin.close()
    yield Figure(part="language", what="a fresh process until its first reading",
                 value=median(times), unit="s", aim=_AIM_START, note=spread(times))  # fmt: skip
    yield Figure(part="language", what="memory of that process", value=median(held), unit="MB",
                 aim=_AIM_MEMORY, note=spread(held, 0))  # fmt: skip


def _figure(what: str, value: float, note: str, aim: Aim | None) -> Figure:
    return Figure(part="language", what=what, value=value, unit="µs", aim=aim, note=note)
