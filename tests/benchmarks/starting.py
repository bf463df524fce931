"""How long a server takes from the start of its process to its first answers."""

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figures import Aim, Figure, median, spread
from tests.benchmarks.processes import environment, free_port, prachakhom, started
from tests.benchmarks.sizes import Size

_NOWHERE = "http://127.0.0.1:9"
_AIM = Aim(limit=3)


def measure(folder: Path, size: Size) -> Iterator[Figure]:
    """Starts with nothing there yet (migrations, keys), then again on the same data."""
    new = [_start(folder / str(n)) for n in range(size.starts)]
    again = [_start(folder / str(n)) for n in range(size.starts)]
    for name, times in (("new data folder", new), ("existing data", again)):
        yield _figure(f"port open and /healthz 200, {name}", [t[0] for t in times])
        yield _figure(f"/readyz 200 (reader and channels loaded), {name}", [t[1] for t in times])


def _start(folder: Path) -> tuple[float, float]:
    port = free_port()
    env = environment(folder, _NOWHERE, PORT=port)
    with started(prachakhom("serve"), env, port) as server:
        return server.seconds_until("/healthz"), server.seconds_until("/readyz")


def _figure(what: str, times: list[float]) -> Figure:
    return Figure(
        part="start", what=what, value=median(times), unit="s", aim=_AIM, note=spread(times)
    )
