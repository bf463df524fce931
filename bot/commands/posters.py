"""`prachakhom posters`: a PDF a village, to print and hang."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import Area, VillageCode, area_of, opened, run
from bot.deep_links import line_link, telegram_link

if TYPE_CHECKING:
    from bot.documents.poster import Poster
    from planning.areas import Village


def posters(
    out: Annotated[Path, typer.Option(help="Folder for the files; made if missing.")] = Path(
        "posters"
    ),
    village: VillageCode = "",
    area: Area = "",
) -> None:
    """Make a poster a village: two QR codes that join the reader to it, and three lines on how."""
    where = area_of(village, area)
    run(lambda: _posters(where, out))


async def _posters(area: str, out: Path) -> None:
    made = await _wanted(area)
    await asyncio.to_thread(_write, made, out)


def _write(made: "Iterable[Poster]", out: Path) -> None:
    from bot.documents.poster import poster_file

    out.mkdir(parents=True, exist_ok=True)
    for poster in made:
        file = poster_file(poster)
        (out / file.name).write_bytes(file.data)
        typer.echo(out / file.name)


async def _wanted(area: str) -> "tuple[Poster, ...]":
    from bot.config import PREFIX, SettingsMistake
    from planning.errors import NotFound

    async with opened() as base:
        line, telegram = base.settings.line_bot_id, base.settings.telegram_bot_name
        if not (line or telegram):
            raise SettingsMistake(
                f"{PREFIX}LINE_BOT_ID, {PREFIX}TELEGRAM_BOT_NAME: set one, for the codes lead there"
            )
        async with base.database.read() as uow:
            found = await uow.areas.villages(area)
    if not found:
        raise NotFound(f"ไม่มีหมู่บ้านรหัส {area or '(ทั้งหมด)'} ในระบบ นำเข้าด้วยคำสั่ง areas import ก่อน")
    return tuple(_poster(place, line, telegram) for place in found)


def _poster(village: "Village", line: str, telegram: str) -> "Poster":
    from bot.documents.poster import Poster

    parts = (("ตำบล", village.tambon), ("อำเภอ", village.district), ("จังหวัด", village.province))
    return Poster(
        code=village.code,
        village=village.title,
        where=" ".join(f"{kind}{name}" for kind, name in parts if name),
        line=line_link(line, f"ลงทะเบียน {village.code}"),
        telegram=telegram_link(telegram, f"v{village.code}"),
    )
