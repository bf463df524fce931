"""`prachakhom areas import`: villages from a CSV file."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import Json, opened, print_json, run

if TYPE_CHECKING:
    from planning.areas import Village

areas = typer.Typer(help="Villages and communities.", no_args_is_help=True)


@areas.callback()
def _areas() -> None:
    """Villages and communities."""


@areas.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="CSV file of villages.", exists=True, dir_okay=False)
    ],
    json: Json = False,
) -> None:
    """Import villages from FILE; a bad row is named by line and column, and nothing is half imported."""
    new, changed, total = run(lambda: _import(file))
    if json:
        print_json({"villages": total, "new": new, "changed": changed})
    else:
        typer.echo(f"{total} villages: {new} new, {changed} changed")


def read_file(file: Path) -> "tuple[Village, ...]":
    """The villages of a CSV file. Raises `RowMistakes`."""
    from planning.areas import read_villages
    from planning.errors import RowMistake, RowMistakes

    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RowMistakes((RowMistake(1, "-", "the file is not UTF-8 text"),)) from None
    return read_villages(text.splitlines(keepends=True))


async def _import(file: Path) -> tuple[int, int, int]:
    villages = read_file(file)
    async with opened() as base, base.database.write() as uow:
        new, changed = await uow.areas.put_villages(villages)
    return new, changed, len(villages)
