"""`prachakhom serve`: the server, until it is told to stop."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import kindly, read_settings

if TYPE_CHECKING:
    import socket

    from bot.config import Settings


def serve(
    webchat: Annotated[
        bool, typer.Option("--webchat", help="Also serve the web chat (loopback only).")
    ] = False,
    host: Annotated[
        str | None, typer.Option(help="Address to listen on, over PRACHAKHOM_HOST.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Port to listen on, over PRACHAKHOM_PORT.")
    ] = None,
) -> None:
    """Serve the webhooks and work on what comes in, until SIGTERM or Ctrl-C."""
    from bot.logs import set_up_logs
    from bot.serving import bound, run_loop

    with kindly():
        settings = read_settings(host=host, port=port)
        check(settings, webchat)
        set_up_logs(settings.log_level)
        with only_server(settings), bound(settings) as listener:
            actual = settings.model_copy(update={"port": listener.getsockname()[1]})
            run_loop(lambda: _serve(actual, webchat, listener))


def check(settings: "Settings", webchat: bool) -> None:
    """Refuse settings that cannot serve; raises `SettingsMistake`."""
    from bot.config import SettingsMistake

    secret, token = bool(settings.line_channel_secret), bool(settings.line_access_token)
    if secret != token:
        missing = "LINE_ACCESS_TOKEN" if secret else "LINE_CHANNEL_SECRET"
        raise SettingsMistake(f"PRACHAKHOM_{missing}: is needed for LINE beside the other one")
    if settings.telegram_token and not settings.polling and not settings.telegram_secret:
        raise SettingsMistake("PRACHAKHOM_TELEGRAM_SECRET: is needed for Telegram's webhook")
    if webchat and not settings.on_loopback:
        raise SettingsMistake("PRACHAKHOM_HOST: the web chat is served on 127.0.0.1 only")


@contextmanager
def only_server(settings: "Settings") -> Iterator[None]:
    """One server on one data folder, unless the database is PostgreSQL's, which several may share.

    Raises `SettingsMistake` when another runs there.
    """
    from bot.config import SettingsMistake, clear
    from storage.files import owner_only_folder
    from storage.locks import Taken, alone

    if clear(settings.database_url).startswith("postgres"):
        yield
        return
    folder = settings.data_dir.expanduser()
    with ExitStack() as held:
        try:
            owner_only_folder(folder)
            held.enter_context(alone(folder / "serve.lock", wait=False))
        except Taken:
            raise SettingsMistake("PRACHAKHOM_DATA_DIR: another server runs on it") from None
        yield


async def _serve(settings: "Settings", webchat: bool, listener: "socket.socket") -> None:
    from bot.app import build
    from bot.commands.personas import personas, settle
    from bot.serving import serve_app

    people = personas() if webchat else ()
    async with build(settings, people=people) as app:
        if people:
            await settle(app.ground, people)
        await app.recover()
        app.run()
        base = f"http://{settings.host}:{settings.port}"
        typer.echo(f"Prachakhom listens on {base}", err=True)
        if people:
            typer.echo(f"Web chat: {base}/chat/", err=True)
        await serve_app(app.web(), listener)
