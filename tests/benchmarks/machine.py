"""The machine a measurement was made on, and its disk's price of a durable commit."""

import os
import platform
import sqlite3
import subprocess
import time
from pathlib import Path

from tests.benchmarks.figures import Figure, median, percentile


def described() -> str:
    """Cores, interpreter and kernel, without names or paths."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"{usable} cores ({platform.machine()}), {platform.python_implementation()} "
        f"{platform.python_version()}, {platform.system()} {platform.release()}, "
        f"SQLite {sqlite3.sqlite_version}"
    )


def resident_mb(pid: int) -> float:
    """Memory of a process that lies in RAM, in millions of bytes."""
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1e6
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, check=True)
    return int(told.stdout) * 1024 / 1e6


def load_average() -> str:
    """How busy the machine was in the last minute, "" where it cannot tell."""
    return f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""


def commits(folder: Path, count: int) -> list[Figure]:
    """The price of one commit of one row with synchronous=FULL, nothing else running."""
    database = sqlite3.connect(folder / "commits.db", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE t (x BLOB)")
    times = []
    for _ in range(count):
        began = time.perf_counter()
        database.execute("INSERT INTO t VALUES (randomblob(600))")
        times.append((time.perf_counter() - began) * 1000)
    database.close()
    note = f"p99 {percentile(times, 0.99):.2f} ms of {count}"
    return [
        Figure(part="disk", what="one durable commit", value=median(times), unit="ms", note=note)
    ]
