"""`prachakhom doctor`: whether this installation can work, check by check."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import typer

from bot.commands.common import FAILED, WRONG, Json, complain, print_json, read_settings

if TYPE_CHECKING:
    from bot.config import Settings

_LEAST_FREE = 500 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Check:
    """One thing looked at. `state`: ok, warning (works, but look at it) or failed."""

    name: str
    state: str
    found: str


def doctor(json: Json = False) -> None:
    """Check settings, folders, keys, database, fonts, reader and the queues; exit 1 if one failed."""
    from bot.config import SettingsMistake

    try:
        settings = read_settings()
    except SettingsMistake as error:
        complain(str(error))
        raise typer.Exit(WRONG) from None
    checks = [_python(), _folder(settings), _space(settings), *_database(settings)]
    checks += [_fonts(), _reader(), *_channels(settings)]
    if json:
        print_json([asdict(c) for c in checks])
    else:
        for check in checks:
            typer.echo(f"{check.state:8}{check.name}: {check.found}")
    if any(c.state == "failed" for c in checks):
        raise typer.Exit(FAILED)


def _check(name: str, look: Callable[[], str]) -> Check:
    """`look` says what it found; what it raises means that the check failed."""
    try:
        return Check(name=name, state="ok", found=look())
    except (OSError, ImportError, ValueError, RuntimeError, LookupError) as error:
        return Check(name=name, state="failed", found=type(error).__name__)


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check(
        name="python", state="ok" if sys.version_info >= (3, 11) else "failed", found=version
    )


def _folder(settings: "Settings") -> Check:
    folder = settings.data_dir.expanduser()
    if not folder.exists():
        return Check(name="data folder", state="warning", found="not made yet")
    others = folder.stat().st_mode & 0o077
    return Check(
        name="data folder",
        state="failed" if others else "ok",
        found="others may enter it; chmod 700 it" if others else "owner only",
    )


def _space(settings: "Settings") -> Check:
    folder = settings.data_dir.expanduser()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    state = "ok" if free >= _LEAST_FREE else "warning"
    return Check(name="disk space", state=state, found=f"{free // 1_048_576} MB free")


def _database(settings: "Settings") -> list[Check]:
    """Opens (and so migrates) the database, then looks at the queues."""
    import asyncio

    from bot.config import SettingsMistake

    try:
        return asyncio.run(_queues(settings))
    except SettingsMistake as error:
        return [Check(name="database", state="failed", found=str(error))]


async def _queues(settings: "Settings") -> list[Check]:
    from bot.app import ground

    async with ground(settings) as base:
        await base.database.check()
        async with base.database.read() as uow:
            villages = len(await uow.areas.villages())
            came, left = await uow.inbox.counts(), await uow.outbox.counts()
            aside = sum(row.outcome == "set_aside" for row in await uow.inbox.outcomes())
        kind = "SQLite" if base.alone else "PostgreSQL"
    return [
        Check(name="database", state="ok", found=f"{kind}, migrated, can be written"),
        Check(name="keys", state="ok", found="key file is owner only"),
        _count("villages", villages, "in the database", bad=villages == 0),
        _count("inbox", came.failed, f"failing of {came.waiting} waiting", bad=came.failed > 0),
        _count("set aside", aside, "messages that could not be handled", bad=aside > 0),
        _count("outbox dead", left.dead, "given up", bad=left.dead > 0),
        _count("outbox uncertain", left.uncertain, "perhaps delivered", bad=left.uncertain > 0),
    ]


def _count(name: str, number: int, words: str, *, bad: bool) -> Check:
    return Check(name=name, state="warning" if bad else "ok", found=f"{number} {words}")


def _fonts() -> Check:
    def look() -> str:
        from bot.documents.fonts import font_bytes

        return f"Sarabun, {len(font_bytes('Regular') + font_bytes('Bold')) // 1024} kB"

    return _check("fonts", look)


def _reader() -> Check:
    def look() -> str:
        from nlp.reader import ThaiReader

        reader = ThaiReader()
        return f"reads «ถนนพัง» as {reader.read('ถนนหน้าวัดพัง').categories[0].code}"

    return _check("reader", look)


def _channels(settings: "Settings") -> list[Check]:
    from bot.commands.serve import check
    from bot.config import SettingsMistake

    checks = []
    if not settings.line_channel_secret:
        checks.append(Check(name="LINE", state="warning", found="is not set up"))
    if not settings.telegram_token:
        checks.append(Check(name="Telegram", state="warning", found="is not set up"))
    try:
        check(settings, webchat=False)
    except SettingsMistake as error:
        return [*checks, Check(name="channels", state="failed", found=str(error))]
    how = "polling" if settings.polling else "webhook"
    return [*checks, Check(name="channels", state="ok", found=f"settings fit; Telegram by {how}")]
