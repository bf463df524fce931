"""How our accounts at the platforms are to stand, from the settings and from who holds which role."""

from collections.abc import Mapping, Sequence

from bot.channels.line_setup import WantedMenu
from bot.channels.telegram_setup import Wanted
from bot.config import Settings, clear
from bot.documents.menu_picture import DrawnTile, menu_png
from bot.menus import (
    COLUMNS,
    COMMANDS,
    GROUP_COMMANDS,
    HEIGHT,
    MENUS,
    ROWS,
    VILLAGER,
    WIDTH,
    Command,
    Menu,
    line_menu,
    role_commands,
)

LINE_PATH, TELEGRAM_PATH = "/line/webhook", "/telegram/webhook"


def endpoint(settings: Settings, path: str) -> str:
    """A webhook's public address; "" where the server has none."""
    return settings.public_url + path if settings.public_url else ""


def line_menus(users: Mapping[str, Sequence[str]]) -> list[WantedMenu]:
    """LINE's menus with their pictures. `users`: LINE user ids by menu; everybody else is a villager."""
    return [_line_menu(menu, users.get(menu.role, ())) for menu in MENUS]


def _line_menu(menu: Menu, users: Sequence[str]) -> WantedMenu:
    tiles = [DrawnTile(label=t.label, hint=t.hint, colour=t.colour) for t in menu.tiles]
    picture = menu_png(tiles, (WIDTH, HEIGHT), COLUMNS, ROWS)
    everybody = menu is VILLAGER
    return WantedMenu(
        role=menu.role,
        body=line_menu(menu, picture),
        picture=picture,
        users=() if everybody else users,
        everybody=everybody,
    )


def telegram_wanted(settings: Settings, chats: Mapping[str, Sequence[str]]) -> Wanted:
    """How the Telegram bot is to stand. `chats`: chat ids by menu."""
    return Wanted(
        endpoint="" if settings.polling else endpoint(settings, TELEGRAM_PATH),
        secret=clear(settings.telegram_secret),
        private={"": _thai(COMMANDS[VILLAGER.role]), "en": _english(COMMANDS[VILLAGER.role])},
        groups=_thai(GROUP_COMMANDS),
        roles={
            chat: role_commands(role)
            for role, ids in chats.items()
            for chat in ids
            if role != VILLAGER.role
        },
    )


def _thai(commands: Sequence[Command]) -> list[tuple[str, str]]:
    return [(c.name, c.thai) for c in commands]


def _english(commands: Sequence[Command]) -> list[tuple[str, str]]:
    return [(c.name, c.english) for c in commands]
