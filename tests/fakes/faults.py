"""Failures planned for the next calls of an imitated platform."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What one call meets. `taken`: the platform acts on it all the same; `hang`: no answer ever."""

    status: int = 500
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    taken: bool = False
    hang: bool = False

    @classmethod
    def passing(cls) -> "Fault":
        """No fault: the call in this place of the plan passes."""
        return cls(status=0)


class Faults:
    """An ASGI application around another: calls whose path contains a planned part meet its faults."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._planned: deque[tuple[str, Fault]] = deque()

    def plan(self, path_part: str, *faults: Fault) -> None:
        """The next calls to this path meet these, one each."""
        self._planned.extend((path_part, fault) for fault in faults)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one call."""
        fault = self._next(scope.get("path", ""))
        if fault is None or not fault.status:
            await self._app(scope, receive, send)
            return
        if fault.taken:
            await self._app(scope, receive, _lost)
        if fault.hang:
            while (await receive())["type"] != "http.disconnect":
                pass
            return
        await JSONResponse(fault.body, fault.status, fault.headers)(scope, receive, send)

    def _next(self, path: str) -> Fault | None:
        for at, (part, fault) in enumerate(self._planned):
            if part in path:
                del self._planned[at]
                return fault
        return None


async def _lost(message: Message) -> None:
    """Where an answer goes that nobody gets."""
