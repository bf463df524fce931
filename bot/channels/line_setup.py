"""LINE's account put in order: webhook, menus by role. Doing it again changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

from bot.channels.base import DeliveryFailed, Refused
from bot.channels.setup import Finding, Step

_OURS = "prachakhom:"
_WEBHOOK = "/v2/bot/channel/webhook/endpoint"
_BULK = 500
"""People one call can give a menu."""


class LineAccount(Protocol):
    """A LINE channel as far as its account is managed."""

    async def manage(
        self, method: str, path: str, body: dict[str, Any] | None = None, picture: bytes = b""
    ) -> dict[str, Any]:
        """One call about the account."""
        ...


@dataclass(frozen=True, kw_only=True)
class WantedMenu:
    """A role's menu as LINE takes it, with its picture, and the LINE user ids that see it.

    Everybody else sees that of `everybody`.
    """

    role: str
    body: dict[str, Any]
    picture: bytes
    users: Sequence[str] = ()
    everybody: bool = False


async def set_up(
    line: LineAccount, endpoint: str, menus: Sequence[WantedMenu], *, dry_run: bool = False
) -> list[Step]:
    """Point the webhook at `endpoint` ("" leaves it) and put the menus in place; what was (or would be) done.

    Raises a `DeliveryFailed` when LINE refuses or does not answer; beginning again goes on.
    """
    done = await _webhook(line, endpoint, dry_run) if endpoint else []
    there = await _menus(line)
    for menu in menus:
        done += await _menu(line, menu, there, dry_run)
    wanted = {menu.body["name"] for menu in menus}
    for name, menu_id in there.items():
        if name not in wanted:
            done.append(Step(channel="line", what=f"take away the old menu {name}"))
            if not dry_run:
                await line.manage("DELETE", f"/v2/bot/richmenu/{quote(menu_id, safe='')}")
    return done


async def _webhook(line: LineAccount, endpoint: str, dry_run: bool) -> list[Step]:
    now = await _endpoint(line)
    if now.get("endpoint") == endpoint:
        return []
    if not dry_run:
        await line.manage("PUT", _WEBHOOK, {"endpoint": endpoint})
    return [Step(channel="line", what=f"point the webhook at {endpoint}")]


async def _endpoint(line: LineAccount) -> dict[str, Any]:
    try:
        return await line.manage("GET", _WEBHOOK)
    except Refused:  # none was ever set
        return {}


async def _menus(line: LineAccount) -> dict[str, str]:
    """Ids of our menus by name."""
    found = (await line.manage("GET", "/v2/bot/richmenu/list")).get("richmenus") or []
    return {
        str(m["name"]): str(m.get("richMenuId", ""))
        for m in found
        if str(m.get("name", "")).startswith(_OURS)
    }


async def _menu(
    line: LineAccount, menu: WantedMenu, there: Mapping[str, str], dry_run: bool
) -> list[Step]:
    name = str(menu.body["name"])
    menu_id, steps = there.get(name, ""), []
    if not menu_id:
        steps.append(Step(channel="line", what=f"draw the menu {name}"))
        menu_id = "" if dry_run else await _made(line, menu)
    if menu.users:
        steps.append(Step(channel="line", what=f"show {name} to {len(menu.users)} people"))
    if menu.everybody and not await _is_default(line, menu_id):
        steps.append(Step(channel="line", what=f"show {name} to everybody"))
        if not dry_run:
            await line.manage("POST", f"/v2/bot/user/all/richmenu/{quote(menu_id, safe='')}")
    for first in range(0, 0 if dry_run else len(menu.users), _BULK):
        some = list(menu.users[first : first + _BULK])
        await line.manage(
            "POST", "/v2/bot/richmenu/bulk/link", {"richMenuId": menu_id, "userIds": some}
        )
    return steps


async def _made(line: LineAccount, menu: WantedMenu) -> str:
    made = await line.manage("POST", "/v2/bot/richmenu", menu.body)
    menu_id = str(made["richMenuId"])
    path = f"/v2/bot/richmenu/{quote(menu_id, safe='')}"
    try:
        await line.manage("POST", f"{path}/content", picture=menu.picture)
    except DeliveryFailed:  # without its picture it would be taken for finished next time
        await line.manage("DELETE", path)
        raise
    return menu_id


async def _is_default(line: LineAccount, menu_id: str) -> bool:
    try:
        return (await line.manage("GET", "/v2/bot/user/all/richmenu")).get("richMenuId") == menu_id
    except Refused:  # there is none
        return False


async def show_menu(line: LineAccount, user_id: str, role: str) -> None:
    """Show one person the menu of a role, where that was set up. Raises a `DeliveryFailed`."""
    for name, menu_id in (await _menus(line)).items():
        if name.startswith(f"{_OURS}{role}:"):
            user = quote(user_id, safe="")
            await line.manage("POST", f"/v2/bot/user/{user}/richmenu/{quote(menu_id, safe='')}")
            return


async def check(line: LineAccount, bot_id: str, endpoint: str, menus: set[str]) -> list[Finding]:
    """What is right and wrong with the account: token, id, webhook (tried), menus by role."""
    try:
        info = await line.manage("GET", "/v2/bot/info")
    except DeliveryFailed as problem:
        return [_found("token", False, f"LINE refuses the access token or is silent ({problem})")]
    ids = {str(info.get("basicId")), str(info.get("premiumId"))}
    found = [
        _found("token", True, "taken"),
        _found(
            "id", bot_id in ids, "as set" if bot_id in ids else "PRACHAKHOM_LINE_BOT_ID is another"
        ),
        _found(
            "chat mode",
            info.get("chatMode") == "bot",
            "bot"
            if info.get("chatMode") == "bot"
            else "turn chat off in the account's settings, "
            "or people's words wait for somebody's hand",
        ),
    ]
    there = {name.split(":")[1] for name in await _menus(line)}
    missing = ", ".join(sorted(menus - there))
    found.append(_found("menus", not missing, f"missing: {missing}" if missing else "in place"))
    if endpoint:
        found += await _webhook_findings(line, endpoint)
    return found


async def _webhook_findings(line: LineAccount, endpoint: str) -> list[Finding]:
    now = await _endpoint(line)
    if now.get("endpoint") != endpoint:
        return [_found("webhook", False, "leads elsewhere: run channels setup")]
    if not now.get("active"):
        return [_found("webhook", False, "is off: turn on «Use webhook» in the console")]
    tried = await line.manage("POST", "/v2/bot/channel/webhook/test", {"endpoint": endpoint})
    if tried.get("success"):
        return [_found("webhook", True, "tried and answered")]
    status = tried.get("statusCode")
    why = "PRACHAKHOM_LINE_CHANNEL_SECRET is wrong" if status in (401, 403) else "is the server up?"
    return [
        _found("webhook", False, f"tried and failed ({status} {tried.get('reason', '')}): {why}")
    ]


def _found(topic: str, good: bool, what: str) -> Finding:
    return Finding(channel="line", topic=topic, good=good, what=what)
