"""Memory of a server when idle and after ten thousand messages, each answered."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

from bot.simulate import Platforms
from tests.benchmarks.figures import Aim, Figure
from tests.benchmarks.hosting import hosted
from tests.benchmarks.machine import resident_mb
from tests.benchmarks.people import villages
from tests.benchmarks.processes import (
    Running,
    environment,
    free_port,
    import_villages,
    in_loop,
    prachakhom,
    started,
)
from tests.benchmarks.sizes import Size
from tests.benchmarks.turns import VILLAGES, Crowd

_AT_ONCE = 100
_LONGEST_S = 600.0
_BETWEEN = ("เรื่องของฉัน", "ช่วยเหลือ", "สวัสดีค่ะ")
"""What people write besides: after each telling one of these."""
_AIM = Aim(limit=300)


def measure(folder: Path, size: Size) -> Iterator[Figure]:
    """Real `serve`, LINE, as many messages as fit in ten minutes."""
    idle, after, number, seconds = in_loop(_grown(folder, size))
    yield _figure("idle, ready", idle, f"settings of `serve`, {VILLAGES} villages")
    yield _figure(
        f"after {number:,} messages, all answered", after,
        f"{number / seconds:.0f} messages/s over LINE, every second one a telling",
    )  # fmt: skip


async def _grown(folder: Path, size: Size) -> tuple[float, float, int, float]:
    platforms, port = Platforms(), free_port()
    async with hosted(platforms.app) as outside:
        env = environment(folder, outside, PORT=port)
        import_villages(env, villages(VILLAGES), folder)
        with started(prachakhom("serve"), env, port) as server:
            await asyncio.to_thread(server.seconds_until, "/readyz")
            await asyncio.sleep(2)
            idle = resident_mb(server.pid)
            crowd = Crowd(platforms=platforms, port=port, size=size, on_line=True, joins=True)
            began = time.perf_counter()
            number = await _talk(crowd, server, size.messages)
            return idle, resident_mb(server.pid), number, time.perf_counter() - began


async def _talk(crowd: Crowd, server: Running, messages: int) -> int:
    """Let newcomers join, tell and ask in groups; how many messages were sent and answered."""
    done, end = 0, time.perf_counter() + _LONGEST_S
    while done < messages and time.perf_counter() < end:
        people = await crowd.newcomers(_AT_ONCE)
        done += len(people)
        for number in range(9):
            if done >= messages:
                break
            await crowd.burst(people, [_said(crowd, p, number) for p in people])
            done += len(people)
    return done


def _said(crowd: Crowd, person: int, number: int) -> str:
    if number % 2:
        return _BETWEEN[number // 2 % len(_BETWEEN)]
    return crowd.words[(person * 7 + number) % len(crowd.words)]


def _figure(what: str, value: float, note: str) -> Figure:
    return Figure(part="memory", what=what, value=value, unit="MB", aim=_AIM, note=note)
