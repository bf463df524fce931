"""`prachakhom demo`: a fictional district's days, from messages to agenda and project bank."""

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.common import kindly


def demo(
    out: Annotated[Path, typer.Option(help="Folder for what the demo makes.")] = Path("demo-out"),
    serve: Annotated[
        bool,
        typer.Option(
            "--serve/--no-serve", help="Open the web chat at the end until Ctrl-C, or end."
        ),
    ] = True,
    port: Annotated[int, typer.Option(help="Port of the web chat (0: any free one).")] = 8000,
) -> None:
    """Play a fictional district and write its summary, agenda, project workbook and one trace."""
    from bot.demo import play

    with kindly():
        play.run(out=out, serve=serve, port=port)
