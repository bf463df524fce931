"""Durable signed LINE webhooks a second, beside a bare Starlette handler that only answers 200."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path

from bot.platforms.serving import serving
from bot.simulate import Platforms
from tests.benchmarks.figures import Aim, Figure, median, spread
from tests.benchmarks.people import line_post, tellings
from tests.benchmarks.processes import (
    Running,
    environment,
    free_port,
    in_loop,
    peer,
    prachakhom,
    started,
)
from tests.benchmarks.sizes import Size
from tests.benchmarks.wire import Load, drive

_NOWHERE = "http://127.0.0.1:9"
_PEOPLE = 500


def measure(folder: Path, size: Size) -> Iterator[Figure]:
    """Rounds of bare and ours in turn, then ours with everybody working."""
    bare: list[Load] = []
    ours: list[Load] = []
    env = environment(folder / "paused", _NOWHERE)
    with ExitStack() as stack:
        ports = free_port(), free_port()
        servers = [
            stack.enter_context(started(peer(name, str(port)), env, port))
            for name, port in zip(("bare", "paused"), ports, strict=True)
        ]
        for server in servers:
            server.seconds_until("/healthz" if server is servers[1] else "/readyz")
        for _ in range(size.rounds):
            bare.append(_round(servers[0], size))
            ours.append(_round(servers[1], size))
    _check_kept(folder / "paused", sum(load.statuses[200] for load in ours))
    yield from _beside(bare, ours, size)
    yield from _working(folder / "working", size, median([load.rate for load in bare]))


def _round(server: Running, size: Size) -> Load:
    made = [
        line_post(f"U{n % _PEOPLE:032x}", [text])
        for n, text in enumerate(islice(cycle(tellings()), size.webhooks))
    ]
    return in_loop(drive(server.port, iter(made), size.connections, size.seconds))


def _check_kept(folder: Path, accepted: int) -> None:
    """Every 200 must be a row, or the measurement measured something else."""
    with sqlite3.connect(folder / "prachakhom.db") as database:
        kept = database.execute("SELECT count(*) FROM inbox").fetchone()[0]
    if kept != accepted:
        raise RuntimeError(f"{accepted} webhooks were answered with 200, {kept} rows were kept")


def _beside(bare: list[Load], ours: list[Load], size: Size) -> Iterator[Figure]:
    plain, durable = [x.rate for x in bare], [x.rate for x in ours]
    what = f"one event each, {size.connections} connections"
    yield _figure("bare handler, only answers 200", median(plain), "/s", note=spread(plain, 0))
    yield _figure(f"durable and signed, nobody working, {what}", median(durable), "/s",
                  note=spread(durable, 0))  # fmt: skip
    ratios = [mine / other for mine, other in zip(durable, plain, strict=True)]
    yield _figure("ratio, nobody working", median(ratios), "", Aim(limit=0.5, at_most=False),
                  spread(ratios))  # fmt: skip
    yield from _latencies("bare handler", bare)
    yield from _latencies("durable, nobody working", ours, Aim(limit=50))


def _latencies(who: str, loads: list[Load], aim: Aim | None = None) -> Iterator[Figure]:
    for share, name in ((0.5, "p50"), (0.99, "p99")):
        values = [load.ms(share) for load in loads]
        yield _figure(
            f"{name} {who}", median(values), "ms", aim if share > 0.9 else None, spread(values)
        )


def _working(folder: Path, size: Size, bare: float) -> Iterator[Figure]:
    platforms = Platforms()
    port = free_port()
    with serving(platforms.app) as outside:
        env = environment(folder, outside, PORT=port)
        with started(prachakhom("serve"), env, port) as server:
            server.seconds_until("/readyz")
            quantity = size.webhooks_working
            made = (
                line_post(f"U{n % _PEOPLE:032x}", [text], platforms.line)
                for n, text in enumerate(islice(cycle(tellings()), quantity))
            )
            load = in_loop(drive(port, iter(list(made)), size.connections, size.seconds))
            said = len(platforms.line.answers.chats())
    note = f"{load.statuses[200]} of {quantity} accepted; {said} people answered meanwhile"
    yield _figure("durable, turns worked on meanwhile", load.rate, "/s", note=note)
    yield _figure("ratio, turns worked on meanwhile", load.rate / bare, "",
                  note="to the bare handler with the machine to itself")  # fmt: skip
    yield from _latencies("durable, turns worked on meanwhile", [load], Aim(limit=50))


def _figure(what: str, value: float, unit: str, aim: Aim | None = None, note: str = "") -> Figure:
    return Figure(part="webhooks", what=what, value=value, unit=unit, aim=aim, note=note)
