"""`prachakhom retention`: let go of what was kept for long enough."""

from typing import Annotated

import typer

from bot.commands.common import Json, complain, opened, print_json, run


def retention(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only count what is too old; change nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Empty, remove or erase what is older than the settings keep it, as the server does every day."""
    found = run(lambda: _retention(dry_run))
    if json:
        print_json(found)
        return
    for kind, number in found.items():
        typer.echo(f"{number:>8}  {kind}")
    complain("nothing was changed" if dry_run else "done")


async def _retention(dry_run: bool) -> dict[str, int]:
    from handlers.erasing import finish_erasures
    from handlers.keeping import let_go, too_old

    async with opened() as base:
        rules, now = base.settings.retention, base.now()
        if dry_run:
            return await too_old(base.database, rules, now)
        gone = await let_go(base.database, base.files, rules, now)
        await finish_erasures(base.database, base.files, now)
        return gone
