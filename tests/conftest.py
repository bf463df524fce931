"""For every test: no network but loopback, one fixed clock, hypothesis without deadlines."""

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import hypothesis
import pytest

# a worker for each processor: the threads of a second kind would only stand in their way
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

hypothesis.settings.register_profile(
    "prachakhom", deadline=None, max_examples=60, derandomize=True, database=None
)
hypothesis.settings.load_profile("prachakhom")

NOW = datetime(2021, 3, 9, 1, 30, tzinfo=UTC)
"""The fixed clock of the tests: 9 March B.E. 2564, 08.30 in Thailand."""


class NetworkUsed(AssertionError):
    """A test reached out of this machine."""


def _refuse(host: object) -> None:
    if host in (None, "", "localhost", b"localhost", "testserver"):
        return
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        near = ipaddress.ip_address(text).is_loopback or text in ("0.0.0.0", "::")
    except ValueError:
        near = False
    if not near:
        raise NetworkUsed(f"a test tried to reach {text}; only loopback is there for tests")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Connections and look-ups beyond loopback fail loudly, sockets of the file system do not."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex
    look_up = socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse(address[0])
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse(address[0])
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse(host)
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)
    yield


@pytest.fixture
def now() -> datetime:
    """The fixed clock."""
    return NOW


@pytest.fixture
def untraced() -> Iterator[None]:
    """Coverage counts nothing meanwhile: for work over whole corpora, which counting would double."""
    tracing = sys.gettrace()
    sys.settrace(None)
    yield
    sys.settrace(tracing)
