"""Load over HTTP/1.1 on loopback: each connection kept open and sending its next request on the answer."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

from tests.benchmarks.figures import percentile

Times = list[float]


@dataclass(kw_only=True)
class Load:
    """What came of a load. `latencies` in seconds, one an answer; `seconds` from first to last."""

    latencies: Times = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Good answers (200) a second."""
        return self.statuses[200] / self.seconds if self.seconds else 0.0

    def ms(self, share: float) -> float:
        """A percentile of the latencies, in milliseconds."""
        return percentile(self.latencies, share) * 1000


def post(path: str, body: bytes, **headers: str) -> bytes:
    """A whole request; underlines in the names of headers stand for dashes."""
    lines = [f"POST {path} HTTP/1.1", "host: 127.0.0.1", "content-type: application/json"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines.append(f"content-length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class _Connection(asyncio.Protocol):
    def __init__(self, load: Load, take: Callable[[], bytes | None]) -> None:
        self._load, self._take = load, take
        self._seen = b""
        self._began = 0.0
        self._transport = asyncio.Transport()
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # the fast loop's is no subclass
        self._next()

    def _next(self) -> None:
        request = self._take()
        if request is None:
            self._transport.close()
            return
        self._began = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._seen += data
        head, found, body = self._seen.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        self._seen = b""
        self._load.latencies.append(time.perf_counter() - self._began)
        self._load.statuses[int(head[9:12])] += 1
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ended.done():
            self.ended.set_result(None)


def _length(head: bytes) -> int:
    found = head.lower().partition(b"content-length:")[2]
    return int(found.split(b"\r\n", 1)[0]) if found else 0


async def drive(port: int, requests: Iterator[bytes], connections: int, seconds: float) -> Load:
    """Send `requests`, each once, over so many connections; at most for `seconds`."""
    load, began = Load(), time.perf_counter()

    def take() -> bytes | None:
        over = time.perf_counter() - began > seconds
        return None if over else next(requests, None)

    loop = asyncio.get_running_loop()
    opened = [
        await loop.create_connection(lambda: _Connection(load, take), "127.0.0.1", port)
        for _ in range(connections)
    ]
    async with asyncio.timeout(seconds + 60):
        await asyncio.gather(*(connection.ended for _, connection in opened))
    load.seconds = time.perf_counter() - began
    return load
