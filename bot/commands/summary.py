"""`prachakhom summary`: the open issues of an area."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import Area, Json, VillageCode, area_of, opened, print_json, run

if TYPE_CHECKING:
    from handlers.listing import AreaSummary


def summary(
    village: VillageCode = "",
    area: Area = "",
    only: Annotated[str, typer.Option(help="Only these, as after «สรุป»: น้ำ, ใหม่, ด่วน.")] = "",
    picture: Annotated[
        Path | None, typer.Option(help="Draw it, too, into this PNG file.", dir_okay=False)
    ] = None,
    json: Json = False,
) -> None:
    """Show the open issues of a village or area by pillar, with numbers of people."""
    where = area_of(village, area)
    if not where:
        raise typer.BadParameter("give --village or --area")
    found = run(lambda: _summary(where, only))
    if picture:
        from bot.ports import LazyDocuments

        picture.write_bytes(LazyDocuments().summary(found.seen).data)
    print_json(found.data) if json else typer.echo(found.text)


async def _summary(area: str, words: str) -> "AreaSummary":
    from handlers.listing import summary as listed

    async with opened() as base:
        return await listed(base.database, area, base.now(), words)
