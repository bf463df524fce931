"""`prachakhom weights`: how a district's agendas are ranked."""

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import Json, opened, print_json, run

if TYPE_CHECKING:
    from planning.ranking import Weights


def weights(
    district: Annotated[str, typer.Argument(help="Code of a district (4 digits).")],
    change: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help="PART=POINTS, once for each part that changes; 0 leaves it out."
        ),
    ] = None,
    usual: Annotated[bool, typer.Option("--usual", help="Go back to the usual weights.")] = False,
    json: Json = False,
) -> None:
    """Show or change by which weights a district's agendas are ranked; each change is noted."""
    if change and usual:
        raise typer.BadParameter("give --set or --usual")
    points = dict(map(_part, change or ()))
    now = run(lambda: _weights(district, points, usual))
    if json:
        print_json(asdict(now))
        return
    for part, most in asdict(now).items():
        typer.echo(f"{part:<12}{most:g}")


def _part(told: str) -> tuple[str, float]:
    from planning.ranking import PARTS

    name, _, points = told.partition("=")
    if name not in PARTS:
        raise typer.BadParameter(f"{name}: the parts are {', '.join(PARTS)}")
    try:
        return name, float(points)
    except ValueError:
        raise typer.BadParameter(f"{told}: points are a number") from None


async def _weights(district: str, points: dict[str, float], usual: bool) -> "Weights":
    from planning.errors import NotFound
    from planning.ranking import WEIGHTS

    async with opened() as base, base.database.write() as uow:
        if len(district) != 4 or not await uow.areas.villages(district):
            raise NotFound(f"ไม่มีอำเภอรหัส {district} ในระบบ")
        before = await uow.after.weights(district)
        try:
            after = WEIGHTS if usual else replace(before, **points)
        except ValueError as error:
            raise typer.BadParameter(str(error)) from None
        if after != before:
            await uow.after.set_weights(district, None if usual else after, base.now())
            changed = {p: v for p, v in asdict(after).items() if asdict(before)[p] != v}
            told = " ".join(f"{part}={most:g}" for part, most in changed.items())
            await uow.audit.add(base.now(), None, "weights changed", f"district:{district}", told)
        return after
