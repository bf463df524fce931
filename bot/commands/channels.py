"""`prachakhom channels`: put webhooks, menus and commands in place, and say what is wrong with them."""

from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.common import FAILED, Json, complain, opened, print_json, run

if TYPE_CHECKING:
    from bot.app import Ground
    from bot.channels.base import ChannelPort
    from bot.channels.setup import Finding, Step
    from bot.config import Settings
    from planning.reports import Channel
    from planning.roles import Role

channels = typer.Typer(
    help="Put webhooks, menus and commands of LINE and Telegram in place; say what is wrong with them.",
    no_args_is_help=True,
)
_GROUPS = "LINE says nothing of groups: look in its console whether the account may join them."


@channels.command()
def setup(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done.")] = False,
) -> None:
    """Put everything in place; again and again without harm."""
    done, failed = run(lambda: _setup(dry_run))
    for step in done:
        typer.echo(f"{step.channel}: {'would ' if dry_run else ''}{step.what}")
    for channel, why in failed.items():
        complain(f"{channel}: {why}")
    if failed:
        raise typer.Exit(FAILED)
    if not done:
        typer.echo("nothing to do")


@channels.command()
def check(json: Json = False) -> None:
    """Say what is right and wrong; exit 1 when something needs a hand."""
    found = run(_check)
    if json:
        print_json([asdict(f) for f in found])
    for finding in () if json else found:
        mark = "ok   " if finding.good else "WRONG"
        typer.echo(f"{mark} {finding.channel} {finding.topic}: {finding.what}")
    if not json and any(f.channel == "line" for f in found):
        typer.echo(_GROUPS)
    if not all(f.good for f in found):
        raise typer.Exit(FAILED)


@asynccontextmanager
async def _accounts() -> AsyncIterator[tuple["Ground", "dict[Channel, ChannelPort]"]]:
    """The channels that are set. Raises `SettingsMistake` where none is."""
    from bot.config import PREFIX, SettingsMistake
    from bot.ports import channel_ports
    from bot.web.links import LinkDesk

    async with opened() as base:
        desk = LinkDesk(base.files, base.keys, "", timedelta(hours=1), base.now)
        ports = channel_ports(base.settings, desk)
        if not ports:
            raise SettingsMistake(f"{PREFIX}LINE_ACCESS_TOKEN, {PREFIX}TELEGRAM_TOKEN: set one")
        try:
            yield base, ports
        finally:
            for port in ports.values():
                await port.close()


async def _addresses(base: "Ground") -> "dict[Channel, dict[str, list[str]]]":
    """User ids by channel and menu, of everybody who holds a role."""
    from planning.roles import menu_of

    found: dict[Channel, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    roles: dict[int, set[Role]] = defaultdict(set)
    async with base.database.read() as uow:
        for grant in await uow.people.all_grants():
            roles[grant.person_id].add(grant.role)
        for person_id, held in roles.items():
            for address in await uow.people.addresses(person_id):
                found[address.channel][menu_of(held)].append(address.user_id)
    return found


async def _setup(dry_run: bool) -> "tuple[list[Step], dict[Channel, str]]":
    """What was done, and why not where a platform does not answer or refuses; the others go on."""
    from planning.errors import PrachakhomError

    done: list[Step] = []
    failed: dict[Channel, str] = {}
    async with _accounts() as (base, ports):
        users = await _addresses(base)
        for channel, port in ports.items():
            try:
                done += await _set_up(base.settings, port, users[channel], dry_run)
            except PrachakhomError as error:
                failed[channel] = str(error) or type(error).__name__
    return done, failed


async def _set_up(
    settings: "Settings", port: "ChannelPort", users: "dict[str, list[str]]", dry_run: bool
) -> "list[Step]":
    from bot.account_setup import LINE_PATH, endpoint, line_menus, telegram_wanted
    from bot.channels import line_setup, telegram_setup
    from bot.channels.line import LineChannel
    from bot.channels.telegram import TelegramChannel

    if isinstance(port, LineChannel):
        where = endpoint(settings, LINE_PATH)
        return await line_setup.set_up(port, where, line_menus(users), dry_run=dry_run)
    if isinstance(port, TelegramChannel):
        return await telegram_setup.set_up(port, telegram_wanted(settings, users), dry_run=dry_run)
    return []


async def _check() -> "list[Finding]":
    """What was found; a platform that does not answer or refuses is one finding, the others go on."""
    from bot.channels.setup import Finding
    from planning.errors import PrachakhomError

    found: list[Finding] = []
    async with _accounts() as (base, ports):
        users = await _addresses(base)
        for channel, port in ports.items():
            try:
                found += await _checked(base.settings, port, users[channel])
            except PrachakhomError as error:
                why = str(error) or type(error).__name__
                found.append(Finding(channel=channel, topic="answers", good=False, what=why))
    return found


async def _checked(
    settings: "Settings", port: "ChannelPort", users: "dict[str, list[str]]"
) -> "list[Finding]":
    from bot.account_setup import LINE_PATH, endpoint, telegram_wanted
    from bot.channels import line_setup, telegram_setup
    from bot.channels.line import LineChannel
    from bot.channels.telegram import TelegramChannel
    from bot.menus import MENUS

    if isinstance(port, LineChannel):
        where = endpoint(settings, LINE_PATH)
        roles = {menu.role for menu in MENUS}
        return await line_setup.check(port, settings.line_bot_id, where, roles)
    if isinstance(port, TelegramChannel):
        wanted = telegram_wanted(settings, users)
        return await telegram_setup.check(port, settings.telegram_bot_name, wanted)
    return []
