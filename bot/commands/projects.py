"""`prachakhom projects`: the project bank."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.common import Area, Json, VillageCode, area_of, complain, opened, print_json, run
from planning.calendar import target_fiscal_year
from planning.thai import BANGKOK

if TYPE_CHECKING:
    from planning.areas import Village
    from planning.projects import ProjectLine


def projects(
    village: VillageCode = "",
    area: Area = "",
    xlsx: Annotated[Path | None, typer.Option(help="File to write the workbook to.")] = None,
    json: Json = False,
) -> None:
    """List the projects of the bank, and write the workbook with --xlsx."""
    where = area_of(village, area)
    found = run(lambda: _projects(where, xlsx))
    if json:
        print_json(found)
        return
    for project in found:
        typer.echo(f"{project['project_code']}  {project['issue_code']}  {project['name']}")
    complain(f"{len(found)} projects")


async def _projects(area: str, xlsx: Path | None) -> list[dict[str, Any]]:
    from handlers.listing import project, project_lines

    async with opened() as base:
        lines = await project_lines(base.database, area)
        async with base.database.read() as uow:
            villages = await uow.areas.villages(area)
        if xlsx:
            today = base.now().astimezone(BANGKOK).date()
            _write(xlsx, _workbook(lines, area_name(area, villages), today))
    return [project(line) for line in lines]


def _workbook(lines: "Sequence[ProjectLine]", name: str, today: date) -> bytes:
    from bot.documents.workbook import project_workbook

    first = min((line.project.target_year for line in lines), default=target_fiscal_year(today))
    years = tuple(range(first, first + 5))
    return project_workbook(lines, area_name=name, fiscal_years=years, made_on=today)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def area_name(area: str, villages: "Sequence[Village]") -> str:
    """An area as documents call it, by the villages in it: village, tambon or district, and province."""
    if not villages:
        return area
    one = villages[0]
    above = f"อำเภอ{one.district} จังหวัด{one.province}"
    if len(area) >= 8:
        return f"{one.title} ตำบล{one.tambon} {above}"
    same = len({v.tambon_code for v in villages}) == 1
    return f"ตำบล{one.tambon} {above}" if same else above
