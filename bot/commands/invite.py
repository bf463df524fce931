"""`prachakhom invite`: a one-time code that gives a role."""

from datetime import timedelta
from typing import Annotated

import typer

from bot.commands.common import Area, Json, VillageCode, area_of, opened, print_json, run
from bot.deep_links import line_link, telegram_link
from planning.roles import Role

_ROLES = [role.value for role in Role if role is not Role.VILLAGER]


def invite(
    role: Annotated[str, typer.Option(help=f"The role: {', '.join(_ROLES)}.")],
    village: VillageCode = "",
    area: Area = "",
    json: Json = False,
) -> None:
    """Print a one-time code for a role in a village or area, with links that open LINE and Telegram."""
    if role not in _ROLES:
        raise typer.BadParameter(f"«{role}» is not one of {', '.join(_ROLES)}")
    where = area_of(village, area)
    if not where:
        raise typer.BadParameter("give --village or --area")
    if role == Role.KAMNAN and len(where) != 6:
        raise typer.BadParameter("a kamnan's area is a tambon: give --area with 6 digits")
    made = run(lambda: _invite(Role(role), where))
    if json:
        print_json(made)
        return
    for name, value in made.items():
        typer.echo(f"{name}: {value}")


async def _invite(role: Role, area: str) -> dict[str, str]:
    from planning.codes import new_tracking_code
    from planning.errors import NotFound

    token = new_tracking_code() + new_tracking_code()
    async with opened() as base:
        now = base.now()
        ends = now + timedelta(days=base.settings.invite_days)
        async with base.database.write() as uow:
            if not await uow.areas.villages(area):
                raise NotFound(f"ไม่มีหมู่บ้านในพื้นที่รหัส {area} นำเข้าด้วยคำสั่ง areas import ก่อน")
            await uow.people.invite(token, role, area, ends, now)
            await uow.audit.add(now, None, "invited", f"{role}:{area}")
        line, telegram = base.settings.line_bot_id, base.settings.telegram_bot_name
    words = f"รับบทบาท r-{token}"
    found = {"role": role.value, "area": area, "code": f"r-{token}", "say": words,
             "expires_at": ends.isoformat(timespec="minutes")}  # fmt: skip
    found |= {"line": line_link(line, words), "telegram": telegram_link(telegram, f"r{token}")}
    return {name: value for name, value in found.items() if value}
