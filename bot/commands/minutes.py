"""`prachakhom minutes`: the closed minutes of a village, and their documents just as they were made."""

import json as js
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.common import Json, VillageCode, area_of, opened, print_json, run

if TYPE_CHECKING:
    from planning.minutes import Minutes


def minutes(
    village: VillageCode,
    code: Annotated[str, typer.Option(help="Only these minutes (MN-…).")] = "",
    out: Annotated[Path | None, typer.Option(help="Folder to write the documents to.")] = None,
    json: Json = False,
) -> None:
    """List a village's closed minutes; with --out, write the very files made when they were closed."""
    where = area_of(village, "")
    found, paths = run(lambda: _minutes(where, code, out))
    if json:
        print_json(
            [{**listed(one), "files": [str(p) for p in paths.get(one.code, [])]} for one in found]
        )
        return
    for one in found:
        head = one.content.head
        typer.echo(f"{one.code}  ครั้งที่ {head.forum_number}/{head.year_be}  {one.sha256[:8]}")
        for path in paths.get(one.code, []):
            typer.echo(str(path))


def listed(one: "Minutes") -> dict[str, Any]:
    """Minutes as JSON shows them."""
    content = one.content
    return {
        "code": one.code,
        "forum_code": content.head.forum_code,
        "forum_number": content.head.forum_number,
        "year_be": content.head.year_be,
        "held_on": content.head.held_on,
        "closed_at": one.closed_at,
        "sha256": one.sha256,
        "people": content.attendance.present,
        "households": content.attendance.households,
        "items": [
            {
                "number": item.item.number,
                "issue_code": item.item.issue_code,
                "line": item.line,
                "outcome": item.outcome,
                "way": item.way,
            }
            for item in content.items
        ],
    }


async def _minutes(
    village_code: str, code: str, out: Path | None
) -> tuple[list["Minutes"], dict[str, list[Path]]]:
    from planning.errors import NotFound

    async with opened() as base, base.database.read() as uow:
        if await uow.areas.village(village_code) is None:
            raise NotFound(f"ไม่มีหมู่บ้านรหัส {village_code} ในระบบ")
        found = [m for m in await uow.minutes.of_village(village_code) if code in ("", m.code)]
        if code and not found:
            raise NotFound(f"ไม่มีรายงานการประชุม {code} ของหมู่บ้านนี้")
        kept = {m.code: [js.loads(x) for x in await uow.minutes.files(m.code)] for m in found}
        paths = {
            name: _written(base.files, files, out) if out else [] for name, files in kept.items()
        }
    return found, paths


def _written(store: Any, files: list[dict[str, str]], out: Path) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for file in files:
        paths.append(out / file["name"])
        paths[-1].write_bytes(store.get(file["file_id"]))
    return paths
