"""Whole turns a second, webhook to reply at the imitated platform, beside an echo bot that keeps nothing.

Ours: the webhook is committed, the words are read, looked up among the village's issues, a report and an
issue are written, a receipt with buttons is composed, queued, committed and sent. Everybody writes once
and had come to a village before. The wait for the rest of a burst is set to 0.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from bot.platforms.serving import Answers
from bot.simulate import Platforms
from tests.benchmarks.figures import Aim, Figure, median, percentile, spread
from tests.benchmarks.hosting import Waiting, hosted
from tests.benchmarks.people import (
    join_words,
    line_post,
    telegram_post,
    tellings,
    village_codes,
    villages,
)
from tests.benchmarks.processes import (
    environment,
    free_port,
    import_villages,
    in_loop,
    peer,
    prachakhom,
    started,
)
from tests.benchmarks.sizes import Size
from tests.benchmarks.wire import drive

VILLAGES = 50
_ids = count(1)


@dataclass(kw_only=True)
class Crowd:
    """People of one platform who write to one server; `joins`: they come to a village first."""

    platforms: Platforms
    port: int
    size: Size
    on_line: bool
    joins: bool
    codes: list[str] = field(default_factory=lambda: village_codes(VILLAGES))
    words: list[str] = field(default_factory=tellings)
    _people: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def answers(self) -> Answers:
        """What they are told."""
        return self.platforms.line.answers if self.on_line else self.platforms.telegram.answers

    async def newcomers(self, number: int) -> list[int]:
        """So many new people, each in a village where that is asked."""
        people = [next(self._people) for _ in range(number)]
        if self.joins:
            await self.burst(people, [join_words(n, self.codes) for n in people])
        return people

    def chat(self, person: int) -> str:
        """The person's id at the platform."""
        return f"U{person:032x}" if self.on_line else str(person)

    def _post(self, person: int, text: str) -> bytes:
        if self.on_line:
            return line_post(self.chat(person), [text], self.platforms.line)
        return telegram_post(next(_ids), person, text)

    async def burst(self, people: list[int], texts: list[str]) -> float:
        """All write as fast as the server takes it; seconds until all are answered."""
        posts = [self._post(p, text) for p, text in zip(people, texts, strict=True)]
        waiting = Waiting(self.answers, map(self.chat, people))
        began = time.perf_counter()
        load = await drive(self.port, iter(posts), self.size.connections, self.size.seconds)
        await waiting.all(self.size.seconds)
        if waiting.left or load.statuses[200] != len(people):
            raise RuntimeError(f"{waiting.left} of {len(people)} were never answered")
        return time.perf_counter() - began

    async def tell(self, people: list[int]) -> float:
        """All tell something; turns a second."""
        texts = [self.words[n % len(self.words)] for n in people]
        return len(people) / await self.burst(people, texts)

    async def singles(self, number: int) -> list[float]:
        """Milliseconds from webhook to reply, one person after the other."""
        people = await self.newcomers(number)
        return [await self.burst([p], [self.words[p % len(self.words)]]) * 1000 for p in people]


@dataclass(frozen=True, kw_only=True)
class Turns:
    """What was measured of one bot: turns a second by round, milliseconds of single turns."""

    rates: list[float]
    singles: list[float]


def _measured(command: list[str], folder: Path, size: Size, *, on_line: bool, ours: bool) -> Turns:
    async def main() -> Turns:
        platforms, port = Platforms(), free_port()
        async with hosted(platforms.app) as outside:
            env = environment(folder, outside, PORT=port)
            if ours:
                import_villages(env, villages(VILLAGES), folder)
            words = command if command[-1] == "serve" else [*command, str(port), outside]
            with started(words, env, port) as server:
                await asyncio.to_thread(server.seconds_until, "/readyz")
                return await _crowded(platforms, port, size, on_line, ours)

    return in_loop(main())


async def _crowded(platforms: Platforms, port: int, size: Size, on_line: bool, ours: bool) -> Turns:
    crowd = Crowd(platforms=platforms, port=port, size=size, on_line=on_line, joins=ours)
    await crowd.singles(2)  # the first answer waits for libraries and connections
    rates = [await crowd.tell(await crowd.newcomers(size.turns)) for _ in range(size.turn_rounds)]
    return Turns(rates=rates, singles=await crowd.singles(size.single_turns))


def measure(folder: Path, size: Size) -> Iterator[Figure]:
    """The echo bot in both its ways, then ours in both channels."""
    echo = _measured(peer("echo"), folder / "a", size, on_line=False, ours=False)
    fast = _measured(peer("echo-at-once"), folder / "b", size, on_line=False, ours=False)
    telegram = _measured(peer("unpaced"), folder / "c", size, on_line=False, ours=True)
    line = _measured(prachakhom("serve"), folder / "d", size, on_line=True, ours=True)
    named = (
        ("echo bot, as it comes (one after the other)", echo),
        ("echo bot, 256 updates at once", fast),
        ("ours on Telegram, its pace of 25/s lifted", telegram),
        ("ours on LINE", line),
    )
    for name, turns in named:
        yield _figure(name, median(turns.rates), "turns/s", note=spread(turns.rates, 0))
    for name, other in named[:2]:
        ratio = median(telegram.rates) / median(other.rates)
        yield _figure(f"ours to the {name}", ratio, "", Aim(limit=1, at_most=False))
    for name, turns in named:
        note = f"p99 {percentile(turns.singles, 0.99):.1f} ms of {len(turns.singles)}"
        yield _figure(f"one turn alone, {name}", median(turns.singles), "ms", note=note)


def _figure(what: str, value: float, unit: str, aim: Aim | None = None, note: str = "") -> Figure:
    return Figure(part="turns", what=what, value=value, unit=unit, aim=aim, note=note)
