"""`prachakhom agenda`: a village's agenda, frozen and written."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import Json, VillageCode, area_of, opened, print_json, run

if TYPE_CHECKING:
    from bot.app import Ground
    from handlers.messages import FileRef
    from planning.forums import AgendaVersion


def agenda(
    village: VillageCode = "",
    code: Annotated[
        str, typer.Option(help="Code of a frozen agenda (AG-…): its own papers once more.")
    ] = "",
    out: Annotated[Path | None, typer.Option(help="Folder to write the documents to.")] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Only show; freeze and write nothing.")
    ] = False,
    json: Json = False,
) -> None:
    """Show a village's agenda and freeze it under its number, as the head's «ระเบียบวาระ» does."""
    if bool(village) == bool(code):
        raise typer.BadParameter("give --village, or --code of a frozen agenda")
    where = area_of(village, "")
    version, paths = run(lambda: _frozen(code, out) if code else _agenda(where, out, preview))
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
    from bot.documents.maker import OfficialDocuments
    from handlers.agendas import draft_agenda
    from handlers.freezing import freeze_and_tell
    from handlers.news import Voice
    from handlers.papers import keep_papers, prepare_agenda
    from planning.errors import NotFound

    async with opened() as base:
        async with base.database.read() as uow:
            village = await uow.areas.village(village_code)
            if village is None:
                raise NotFound(f"ไม่มีหมู่บ้านรหัส {village_code} ในระบบ")
            how = turn_settings(base.settings)
            if preview:
                back = how.rejected_return
                draft = await draft_agenda(uow, village, base.now(), rejected_return=back)
                return draft.version, []
        draft, files = await prepare_agenda(
            base.database, OfficialDocuments(), base.files, village, base.now(),
            rejected_return=how.rejected_return,
        )  # fmt: skip
        async with base.database.write() as uow:
            voice = Voice(uow=uow, now=base.now(), settings=how)
            version = await freeze_and_tell(voice, draft, village.title)
            await keep_papers(uow, version, files)
            if not draft.stored:
                await uow.audit.add(base.now(), None, "agenda frozen", version.code, version.sha256)
        return version, _written(base, files, out) if out else []


async def _frozen(code: str, out: Path | None) -> tuple["AgendaVersion", list[Path]]:
    """A frozen agenda by its code, with the very papers that were made of it then."""
    from bot.documents.maker import OfficialDocuments
    from handlers.papers import made_papers
    from planning.codes import tidy_code
    from planning.errors import NotFound

    async with opened() as base:
        async with base.database.read() as uow:
            version = await uow.forums.version_by_code(tidy_code(code) or code)
        if version is None:
            raise NotFound(f"ไม่พบระเบียบวาระ {code}")
        if out is None:
            return version, []
        files = await made_papers(base.database, OfficialDocuments(), base.files, version)
        return version, _written(base, files, out)


def _written(base: "Ground", files: "tuple[FileRef, ...]", out: Path) -> list[Path]:
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for ref in files:
        paths.append(out / ref.name)
        paths[-1].write_bytes(base.files.get(ref.file_id))
    return paths
