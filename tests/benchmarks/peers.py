"""Servers started as processes: `python -m tests.benchmarks.peers NAME PORT [PLATFORMS]`.

`bare` only answers 200; `paused` is ours taking webhooks while nobody works on them; `unpaced` is ours
whole, without the 25 messages a second that Telegram asks bots to keep to; `echo` and `echo-at-once`
are an echo bot on python-telegram-bot's Application, one update after the other or 256 at once.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from bot.app import App, build
from bot.config import Settings, load_settings
from bot.delivery_ports import Pace
from bot.serving import bound, run_loop, serve_app
from tests.benchmarks.processes import TOKEN

Serve = Callable[[ASGIApp], Awaitable[None]]


async def _bare(serve: Serve, platforms: str) -> None:
    async def ok(request: Request) -> Response:
        return Response()

    await serve(Starlette(routes=[_ready(), Route("/line/webhook", ok, methods=["POST"])]))


def _ready() -> Route:
    async def ok(request: Request) -> Response:
        return Response()

    return Route("/readyz", ok)


@asynccontextmanager
async def _ours() -> AsyncIterator[App]:
    async with build(load_settings()) as app:
        await app.recover()
        yield app


async def _paused(serve: Serve, platforms: str) -> None:
    async with _ours() as app:
        app.jobs.when_stopping(app.intake.close)
        app.jobs.start("intake", app.intake.run)
        await asyncio.to_thread(app.reader.load)
        await serve(app.web())


async def _unpaced(serve: Serve, platforms: str) -> None:
    async with _ours() as app:
        app.sender._pace = Pace(1e9)
        app.run()
        await serve(app.web())


async def _echo(serve: Serve, platforms: str) -> None:
    await _echo_bot(serve, platforms, at_once=False)


async def _echo_at_once(serve: Serve, platforms: str) -> None:
    await _echo_bot(serve, platforms, at_once=True)


async def _echo_bot(serve: Serve, platforms: str, at_once: bool) -> None:
    from telegram import Update
    from telegram.ext import Application, MessageHandler, filters
    from telegram.request import HTTPXRequest

    async def say(update: Update, context: Any) -> None:
        assert update.message is not None and update.message.text is not None
        await update.message.reply_text(update.message.text)

    wire = HTTPXRequest(connection_pool_size=256, httpx_kwargs={"trust_env": False})
    builder = Application.builder().token(TOKEN).base_url(f"{platforms}/bot").request(wire)
    application = builder.updater(None).concurrent_updates(at_once).build()
    application.add_handler(MessageHandler(filters.TEXT, say))

    async def take(request: Request) -> Response:
        update = Update.de_json(json.loads(await request.body()), application.bot)
        await application.update_queue.put(update)
        return Response()

    async with application:
        await application.start()
        route = Route("/telegram/webhook", take, methods=["POST"])
        await serve(Starlette(routes=[_ready(), route]))
        await application.stop()


PEERS: dict[str, Callable[[Serve, str], Awaitable[None]]] = {
    "bare": _bare,
    "paused": _paused,
    "unpaced": _unpaced,
    "echo": _echo,
    "echo-at-once": _echo_at_once,
}


def main(name: str, port: str, platforms: str = "") -> None:
    """Serve until SIGTERM, with our own uvicorn settings and loop for all alike."""
    with bound(Settings.model_construct(host="127.0.0.1", port=int(port))) as listener:

        async def serve(app: ASGIApp) -> None:
            await serve_app(app, listener)

        async def run() -> None:
            await PEERS[name](serve, platforms)

        run_loop(run)


if __name__ == "__main__":
    main(*sys.argv[1:])
