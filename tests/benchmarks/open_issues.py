"""Search among many open issues: `python -m tests.benchmarks.open_issues COUNT` in a process of its own."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import import_module, util
from typing import Any, Protocol

from nlp.candidates import Content, content
from nlp.values import Place, Telling
from tests.benchmarks.figures import Aim, Figure, percentile
from tests.benchmarks.machine import resident_mb
from tests.benchmarks.sentences import Sentence, sentences
from tests.benchmarks.sizes import Size

PER_VILLAGE = 100
"""Open issues of one village."""
QUERIES, LIMIT, SEED = 300, 20, 2562
_AIM_MS = Aim(limit=5)
_WHERE = (
    "หน้าวัด", "ข้างโรงเรียน", "ปากซอย 3", "ท้ายซอย 2", "ตรงสะพาน", "หลังตลาด", "หน้าศาลา", "ริมคลอง",
    "หน้าบ้านผู้ใหญ่", "แถวสามแยก", "ข้างสระ", "ทางเข้าหมู่บ้าน", "หน้าอนามัย", "ตรงโค้ง", "หลังวัด", "หน้าร้านค้า",
)  # fmt: skip
_KM = 0.009
_START = datetime(2021, 3, 9, tzinfo=UTC)


class Index(Protocol):
    """What finds candidates."""

    def add(self, key: str, telling: Telling, prepared: Content | None = None) -> None:
        """Know a telling of the open issue `key`; `prepared` is what was read of its text before."""
        ...

    def nearest(self, telling: Telling, limit: int) -> Sequence[Any]:
        """The issues most like it, likeliest first."""
        ...


def village(number: int) -> tuple[str, float, float]:
    """Code and position of a made-up village, two kilometres from the next, 200 in a row."""
    code = f"{10 + number // 100_000:02d}{number // 10 % 10_000:04d}{number % 10 + 1:02d}"
    return code, 14 + 2 * _KM * (number // 200), 100 + 2 * _KM * (number % 200)


@cache
def _sentences() -> tuple[Sentence, ...]:
    return tuple(s for s in sentences() if s.kind in ("problem", "need") and s.code != "other")


def telling(number: int, villages: int, chance: random.Random) -> Telling:
    """A made-up telling: one of our sentences, somewhere in a village, at some time of half a year."""
    said, where = chance.choice(_sentences()), chance.choice(_WHERE)
    code, lat, lon = village(number % villages)
    located = chance.random() < 0.3
    return Telling(
        text=f"{said.text} {where}",
        category=said.code,
        village=code,
        sender=f"u{chance.randrange(villages * 200)}",
        at=_START + timedelta(minutes=chance.randrange(180 * 24 * 60)),
        place=Place(
            label=where, landmark="" if "ซอย" in where else where, score=0.8, words=(where,)
        ),
        lat=lat + _KM * (chance.random() - 0.5) if located else None,
        lon=lon + _KM * (chance.random() - 0.5) if located else None,
    )


def tellings(count: int) -> Iterator[tuple[str, Telling]]:
    """`count` open issues with one telling each, always the same."""
    chance, villages = random.Random(SEED), max(1, count // PER_VILLAGE)
    for number in range(count):
        yield f"i{number}", telling(number, villages, chance)


def again(told: Telling, chance: random.Random) -> Telling:
    """The same matter told once more: some words left out, another sender, a day later."""
    said = told.text.split(" ")
    kept = [w for w in said if len(said) < 3 or chance.random() < 0.8]
    return replace(
        told, text=" ".join(kept) + " ยังไม่มีใครมาดู", sender="another", at=told.at + timedelta(days=1)
    )


def searched(index: Index, count: int) -> dict[str, float]:
    """What filling and asking an index of `count` open issues takes.

    The made-up texts are few and read beforehand; a new telling's text is read when it is asked for.
    """
    import os

    prepare = cache(content)
    for _, told in tellings(count):
        prepare(told.text)
    held, filled = resident_mb(os.getpid()), 0.0
    wanted = set(range(0, count, max(1, count // QUERIES)))
    asked: list[tuple[str, Telling]] = []
    for number, (key, told) in enumerate(tellings(count)):
        prepared = prepare(told.text)
        began = time.perf_counter()
        index.add(key, told, prepared)
        filled += time.perf_counter() - began
        if number in wanted:
            asked.append((key, told))
    chance, times, found = random.Random(SEED + 1), [], 0
    for key, told in asked[:QUERIES]:
        new = again(told, chance)
        began = time.perf_counter()
        near = index.nearest(new, LIMIT)
        times.append((time.perf_counter() - began) * 1e3)
        found += any(getattr(n, "key", n) == key for n in near)
    return {
        "fill_us": filled / count * 1e6,
        "mb": resident_mb(os.getpid()) - held,
        "ms": percentile(times, 0.5),
        "p99_ms": percentile(times, 0.99),
        "found": found / len(times),
    }


def made() -> Index | None:
    """An empty index of ours; None where there is none yet."""
    if util.find_spec("nlp.candidates") is None:
        return None
    module = import_module("nlp.candidates")
    fits = [
        c
        for c in vars(module).values()
        if isinstance(c, type)
        and c.__module__ == module.__name__
        and hasattr(c, "add")
        and hasattr(c, "nearest")
    ]
    index: Index = fits[0]()
    return index


def measure(size: Size) -> Iterator[Figure]:
    """Each count of open issues in a process of its own."""
    if made() is None:
        sys.stderr.write("left out: no index of open issues yet\n")
        return
    for count in size.issues:
        run = [sys.executable, "-m", "tests.benchmarks.open_issues", str(count)]
        done = subprocess.run(run, capture_output=True, check=True, text=True)
        yield from _figures(count, json.loads(done.stdout))


def _figures(count: int, got: dict[str, float]) -> Iterator[Figure]:
    name = f"{count:,} open issues"
    note = f"p99 {got['p99_ms']:.2f} of {QUERIES}; the right one among {LIMIT}: {got['found']:.2f}"
    yield Figure(part="language", what=f"candidates among {name}", value=got["ms"], unit="ms",
                 aim=_AIM_MS, note=note)  # fmt: skip
    yield Figure(part="language", what=f"memory for {name}", value=got["mb"], unit="MB",
                 note=f"adding one: {got['fill_us']:.0f} µs, its text read before")  # fmt: skip


if __name__ == "__main__":
    own = made()
    assert own is not None
    sys.stdout.write(json.dumps(searched(own, int(sys.argv[1]))) + "\n")
