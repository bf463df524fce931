"""`prachakhom simulate`: play a message file against a running server."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from json import dumps as json_text
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import FAILED, Json, complain, kindly, print_json, read_settings

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.message_file import Happening, Line
    from bot.simulate import Platforms, Play, Tally


Invitations = Annotated[
    list[str] | None,
    typer.Option(
        help="Invitation of a field worker for the next account that writes walk-ins down; "
        "may be given several times."
    ),
]
Answers = Annotated[
    Path | None, typer.Option(help="With --serve-fakes: file (JSONL) for what was answered.")
]


def simulate(
    file: Annotated[
        Path, typer.Argument(help="Message file (JSONL).", exists=True, dir_okay=False)
    ],
    server: Annotated[str, typer.Option(help="Scheme, host and port of the server.")],
    repeat: Annotated[int, typer.Option(min=1, max=100, help="Send each event so often.")] = 1,
    shuffle: Annotated[
        int, typer.Option(min=0, help="Mix the order within windows of so many events.")
    ] = 0,
    seed: Annotated[int, typer.Option(help="For the same order each time.")] = 1,
    rate: Annotated[float, typer.Option(min=0, help="Events a second; 0: as fast as it goes.")] = 0,
    join: Annotated[
        bool, typer.Option("--join/--no-join", help="Let each account join its village first.")
    ] = True,
    patience: Annotated[
        float, typer.Option(min=0, help="Seconds to try one event again while the server is away.")
    ] = 60,
    serve_fakes: Annotated[
        int | None,
        typer.Option(
            min=0, max=65535, help="Serve both platforms' fakes on this port of loopback."
        ),
    ] = None,
    desk_invite: Invitations = None,
    answers: Answers = None,
    json: Json = False,
) -> None:
    """Play FILE against a server as signed LINE webhooks and Telegram updates; say what was taken."""
    from bot.config import SettingsMistake
    from bot.message_file import joins, playing_order, read_lines

    with kindly():
        base = _origin(server)
        settings = read_settings()
        lines = read_lines(file.read_text(encoding="utf-8-sig").splitlines())
        play = _play(settings, base, rate, patience)
        if missing := _missing(play, lines):
            raise SettingsMistake(f"{missing}: is needed to play this file's messages")
        events = playing_order(lines, repeat, shuffle, seed)
        first = joins(lines, desk_invite or ()) if join else ()
        tally = _run(play, first, events, serve_fakes, answers)
    _show(tally, json)
    if tally.accepted < tally.sent:
        raise typer.Exit(FAILED)


def _show(tally: "Tally", json: bool) -> None:
    if json:
        print_json(tally.to_json())
        return
    for name, value in tally.to_json().items():
        if value is not None:
            typer.echo(f"{name.replace('_', ' ')}: {value}")


def _origin(server: str) -> str:
    from bot.config import origin

    try:
        return origin(server)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--server") from None


def _play(settings: "Settings", server: str, rate: float, patience: float) -> "Play":
    from bot.config import clear
    from bot.simulate import Play

    return Play(
        server=server,
        line_secret=(*settings.line_secrets, "")[0],
        telegram_secret=clear(settings.telegram_secret),
        rate=rate,
        patience_s=patience,
    )


def _missing(play: "Play", lines: "tuple[Line, ...]") -> str:
    """The setting without which some lines could not be played, or ""."""
    channels = {line.channel for line in lines}
    if not play.line_secret and channels & {"line", "walk_in"}:
        return "PRACHAKHOM_LINE_CHANNEL_SECRET"
    if not play.telegram_secret and "telegram" in channels:
        return "PRACHAKHOM_TELEGRAM_SECRET"
    return ""


def _run(
    play: "Play",
    first: "tuple[Happening, ...]",
    then: "tuple[Happening, ...]",
    fakes: int | None,
    answers: Path | None,
) -> "Tally":
    """Play with a progress bar on a terminal, beside the fakes where a port is given."""
    import asyncio

    from bot.simulate import Player

    with _fakes(fakes) as platforms, _progress(len(first) + len(then)) as step:
        tally = asyncio.run(Player(play, platforms, step).run(first, then))
        if platforms and answers:
            answers.write_text("".join(_answer_lines(platforms)), encoding="utf-8")
        return tally


def _answer_lines(platforms: "Platforms") -> Iterator[str]:
    """Each message the platforms were given, a line of JSON."""
    for channel, given in (
        ("line", platforms.line.answers),
        ("telegram", platforms.telegram.answers),
    ):
        for answer in given.all():
            row = {
                "channel": channel,
                "chat_id": answer.chat_id,
                "method": answer.method,
                "at": answer.at.isoformat(),
                "text": answer.text,
                "buttons": [{"label": label, "data": data} for label, data in answer.buttons],
            }
            yield json_text(row, ensure_ascii=False) + "\n"


@contextmanager
def _fakes(port: int | None) -> "Iterator[Platforms | None]":
    if port is None:
        yield None
        return
    from bot.platforms.serving import serving
    from bot.simulate import Platforms

    platforms = Platforms()
    with serving(platforms.app, port) as base:
        complain(f"fakes of LINE and Telegram: {base}")
        yield platforms


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], object]]:
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("events", total=total)
        yield lambda: bar.advance(task)
