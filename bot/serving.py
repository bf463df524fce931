"""Running the web application with uvicorn inside our own loop, with our own signals."""

import asyncio
import logging
import signal
import socket
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from bot.config import Settings, SettingsMistake

_GRACE_S = 10
_log = logging.getLogger(__name__)


class _Server(uvicorn.Server):
    """uvicorn kills its own process with the signal it caught, before workers could finish."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to `serve_app`."""
        yield


@contextmanager
def bound(settings: Settings) -> Iterator[socket.socket]:
    """The socket to listen on; raises `SettingsMistake` when the address cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        why = error.strerror or type(error).__name__
        place = f"{settings.host} port {settings.port}"
        raise SettingsMistake(f"PRACHAKHOM_PORT: cannot listen on {place} ({why})") from None
    with listener:
        yield listener


def run_loop(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run `main` in a new loop, uvloop's where it is installed."""
    factory: Callable[[], asyncio.AbstractEventLoop] | None = None
    with suppress(ImportError):
        import uvloop

        factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(main())


async def serve_app(app: ASGIApp, listener: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT; open requests are answered first, a second signal hurries."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=_GRACE_S,
    )
    server = _Server(config)

    def stop(name: str) -> None:
        _log.info("%s: stopping", name)
        server.force_exit = server.should_exit
        server.should_exit = True

    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError, RuntimeError):  # not on Windows, not off the main thread
            loop.add_signal_handler(one, stop, one.name)
    await server.serve(sockets=[listener])
