"""`prachakhom migrate`: bring the database up to date."""

import typer

from bot.commands.common import opened, run


def migrate() -> None:
    """Bring the database's tables up to the newest revision (every command does so on start)."""
    run(_migrate)
    typer.echo("database is up to date")


async def _migrate() -> None:
    async with opened() as base:
        await base.database.check()
