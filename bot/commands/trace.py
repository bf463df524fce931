"""`prachakhom trace`: the whole way of one matter."""

from typing import Annotated, Any

import typer

from bot.commands.common import Json, opened, print_json, run


def trace(
    code: Annotated[str, typer.Argument(help="Code of a report, issue, agenda item, …")],
    json: Json = False,
) -> None:
    """Show the whole way of a matter, both ways, from any code that stands on it."""
    found = run(lambda: _trace(code))
    if json:
        print_json(found)
        return
    for line in lines_of(found):
        typer.echo(line)


async def _trace(code: str) -> dict[str, Any]:
    from handlers.listing import trace as traced

    async with opened() as base:
        return await traced(base.database, code)


def lines_of(value: dict[str, Any], depth: int = 0) -> list[str]:
    """A nested value as indented lines; what is empty is left out."""
    pad = "  " * depth
    lines = []
    for name, inner in value.items():
        if inner in (None, "", [], {}, False):
            continue
        if isinstance(inner, dict):
            lines += [f"{pad}{name}", *lines_of(inner, depth + 1)]
        elif isinstance(inner, list) and isinstance(inner[0], dict):
            for number, one in enumerate(inner, 1):
                lines += [f"{pad}{name} {number}", *lines_of(one, depth + 1)]
        else:
            lines.append(f"{pad}{name}: {inner}")
    return lines
