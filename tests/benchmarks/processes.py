"""Our servers and those they are measured against, each a process of its own."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Coroutine, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import uvloop

from bot.config import setting_names

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
LINE_SECRET, TELEGRAM_SECRET, TOKEN = "bench-line", "bench-telegram", "1:bench"
_START_S = 60.0


def in_loop(main: Coroutine[Any, Any, T]) -> T:
    """The result of `main` in a fast loop."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(main)


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, kw_only=True)
class Running:
    """A server that was started. `began`: when, by `time.perf_counter`."""

    port: int
    pid: int
    began: float

    def status(self, path: str) -> int:
        """The status of a GET; 0 while nobody answers."""
        request = f"GET {path} HTTP/1.0\r\nhost: 127.0.0.1\r\n\r\n".encode()
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as wire:
                wire.sendall(request)
                return int(wire.recv(1024)[9:12] or 0)
        except OSError:
            return 0

    def seconds_until(self, path: str, pause_s: float = 0.005) -> float:
        """Seconds from its start until a GET of `path` gives 200."""
        while self.status(path) != 200:
            if time.perf_counter() - self.began > _START_S:
                raise TimeoutError(f"{path} did not answer 200")
            time.sleep(pause_s)
        return time.perf_counter() - self.began


def environment(folder: Path, platforms: str, **settings: object) -> dict[str, str]:
    """Our settings for a server with both platforms imitated at `platforms`."""
    clean = {k: v for k, v in os.environ.items() if k not in setting_names()}
    ours = {
        "DATA_DIR": folder,
        "LINE_CHANNEL_SECRET": LINE_SECRET,
        "LINE_ACCESS_TOKEN": "bench",
        "LINE_API_BASE": platforms,
        "LINE_MONTH_LIMIT": 10_000_000,
        "TELEGRAM_TOKEN": TOKEN,
        "TELEGRAM_SECRET": TELEGRAM_SECRET,
        "TELEGRAM_MODE": "webhook",
        "TELEGRAM_API_BASE": platforms,
        "ANSWER_WAIT_SECONDS": 0,
        "LOG_LEVEL": "error",
        **settings,
    }
    return clean | {f"PRACHAKHOM_{name}": str(value) for name, value in ours.items()}


def prachakhom(*words: str) -> list[str]:
    """The command line of one of our commands."""
    return [sys.executable, "-c", "from bot.cli import main; main()", *words]


def peer(name: str, *words: str) -> list[str]:
    """The command line of one of `tests.benchmarks.peers`."""
    return [sys.executable, "-m", "tests.benchmarks.peers", name, *words]


def import_villages(env: Mapping[str, str], lines: list[str], folder: Path) -> None:
    """Bring villages into a new database by our own command."""
    folder.mkdir(exist_ok=True)
    file = folder / "villages.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = prachakhom("areas", "import", str(file))
    subprocess.run(command, env=dict(env), cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)  # fmt: skip


@contextmanager
def started(command: list[str], env: Mapping[str, str], port: int) -> Iterator[Running]:
    """A server process while inside; ended with SIGTERM, then killed."""
    began = time.perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=dict(env), cwd=ROOT, stdout=quiet, stderr=quiet)
    try:
        yield Running(port=port, pid=process.pid, began=began)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
