"""`prachakhom summary`: the open issues of an area."""

from typing import TYPE_CHECKING

import typer

from bot.commands.common import Area, Json, VillageCode, area_of, opened, print_json, run

if TYPE_CHECKING:
    from handlers.listing import AreaSummary


def summary(village: VillageCode = "", area: Area = "", json: Json = False) -> None:
    """Show the open issues of a village or area by pillar, with numbers of people."""
    where = area_of(village, area)
    if not where:
        raise typer.BadParameter("give --village or --area")
    found = run(lambda: _summary(where))
    print_json(found.data) if json else typer.echo(found.text)


async def _summary(area: str) -> "AreaSummary":
    from handlers.listing import summary as listed

    async with opened() as base:
        return await listed(base.database, area, base.now())
