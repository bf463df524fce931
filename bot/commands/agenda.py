"""`prachakhom agenda`: a village's agenda, frozen and written."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import Json, VillageCode, area_of, opened, print_json, run

if TYPE_CHECKING:
    from planning.forums import AgendaVersion


def agenda(
    village: VillageCode,
    out: Annotated[Path | None, typer.Option(help="Folder to write the documents to.")] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Only show; freeze and write nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Show a village's agenda and freeze it under its number, as the head's «ระเบียบวาระ» does."""
    where = area_of(village, "")
    version, paths = run(lambda: _agenda(where, out, preview))
    if json:
        from handlers.listing import agenda as listed

        frozen = {} if preview else {"files": [str(p) for p in paths]}
        print_json({**listed(version), **frozen})
        return
    content = version.content
    typer.echo(f"{content.village_name}  ครั้งที่ {content.forum_number}/{content.year_be}")
    if not preview:
        typer.echo(f"{version.code}  ฉบับที่ {version.version}")
    for item in content.items:
        typer.echo(f"{item.number}. {item.line}  {item.issue_code}  {item.people} คน")
    for path in paths:
        typer.echo(str(path))


async def _agenda(
    village_code: str, out: Path | None, preview: bool
) -> tuple["AgendaVersion", list[Path]]:
    from bot.app import turn_settings
    from handlers.agendas import draft_agenda
    from handlers.news import Voice
    from handlers.outcomes import freeze_and_tell
    from planning.errors import NotFound

    async with opened() as base, base.database.write() as uow:
        village = await uow.areas.village(village_code)
        if village is None:
            raise NotFound(f"ไม่มีหมู่บ้านรหัส {village_code} ในระบบ")
        back = base.settings.rejected_return
        draft = await draft_agenda(uow, village, base.now(), rejected_return=back)
        if preview:
            return draft.version, []
        voice = Voice(uow=uow, now=base.now(), settings=turn_settings(base.settings))
        version = await freeze_and_tell(voice, draft, village.title)
        if not draft.stored:
            await uow.audit.add(base.now(), None, "agenda frozen", version.code, version.sha256)
    return version, _written(version, out) if out else []


def _written(version: "AgendaVersion", out: Path) -> list[Path]:
    from bot.documents.maker import OfficialDocuments

    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for made in OfficialDocuments().agenda(version):
        paths.append(out / made.name)
        paths[-1].write_bytes(made.data)
    return paths
