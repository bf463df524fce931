"""The web application, made from finished parts."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.channels.base import ChannelPort
from bot.web.files import Opener, file_endpoint
from bot.web.guards import LoopbackOnly, SafeHeaders
from bot.web.webchat import WebChat
from bot.web.webhooks import Take, Webhook


@dataclass(frozen=True, kw_only=True)
class WebParts:
    """What the site is made of.

    `line`/`telegram`: None where not configured. `ready` names each check and whether it holds.
    """

    take: Take
    ready: Callable[[], Awaitable[Mapping[str, bool]]]
    open_file: Opener
    now: Callable[[], datetime]
    line: ChannelPort | None = None
    telegram: ChannelPort | None = None
    chat: WebChat | None = None


def make_web(parts: WebParts) -> Starlette:
    """The ASGI application: webhooks, signed files, health, and the web chat where it is asked for."""
    routes: list[BaseRoute] = [
        Route("/line/webhook", Webhook(parts.line, parts.take, parts.now), methods=["POST"]),
        Route(
            "/telegram/webhook", Webhook(parts.telegram, parts.take, parts.now), methods=["POST"]
        ),
        Route("/healthz", _healthz),
        Route("/readyz", _readyz(parts.ready)),
        Route("/files/{token}", file_endpoint(parts.open_file)),
    ]
    if parts.chat:
        routes.append(Mount("/chat", app=LoopbackOnly(parts.chat.app())))
        routes.append(Route("/chat", _to_chat))
    return Starlette(routes=routes, middleware=[Middleware(SafeHeaders)])


async def _healthz(request: Request) -> Response:
    return PlainTextResponse("ok")


async def _to_chat(request: Request) -> Response:
    return RedirectResponse("/chat/")


def _readyz(
    ready: Callable[[], Awaitable[Mapping[str, bool]]],
) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        checks = dict(await ready())
        holds = all(checks.values())
        return JSONResponse({"ready": holds, "checks": checks}, 200 if holds else 503)

    return handle
