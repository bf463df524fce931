"""`prachakhom quota`: what the month's pushes on LINE used and will use."""

from typing import TYPE_CHECKING

import typer

from bot.commands.common import Json, opened, print_json, run

if TYPE_CHECKING:
    from handlers.quota import Spending


def quota(json: Json = False) -> None:
    """Show what was pushed on LINE this month, what it comes to at this pace, and what waits."""
    found = run(_quota)
    if json:
        print_json(found.json())
        return
    from handlers.quota import in_words

    typer.echo(in_words(found))
    if found.given_up:
        typer.echo(f"given up: {found.given_up}")


async def _quota() -> "Spending":
    from bot.app import turn_settings
    from handlers.quota import spending

    async with opened() as base, base.database.read() as uow:
        return await spending(uow, turn_settings(base.settings), base.now())
