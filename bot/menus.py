"""What the menus offer, by role: LINE's picture of six tiles and Telegram's list of commands.

A tile says what a person would type, so that it does the same as the words everywhere.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT, COLUMNS, ROWS = 2500, 1686, 3, 2
"""Of the picture in pixels, and how its tiles stand."""


@dataclass(frozen=True, kw_only=True)
class Tile:
    """A place to press: a large word, a small one below, and the words it says."""

    label: str
    hint: str
    says: str
    colour: str


@dataclass(frozen=True, kw_only=True)
class Menu:
    """A role's menu. `bar`: what stands on LINE's bar (14 letters). `tiles`: six, row by row."""

    role: str
    bar: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, kw_only=True)
class Command:
    """A Telegram command with what it does in Thai and English."""

    name: str
    thai: str
    english: str


_GREEN, _BLUE, _AMBER, _RED, _GREY, _PURPLE = (
    "#1b6e4f", "#1f5f99", "#8a5a00", "#a3262a", "#4a5560", "#5b3f8c",
)  # fmt: skip
_TELL = Tile(label="แจ้งเรื่อง", hint="พิมพ์หรือส่งรูป", says="แจ้งเรื่อง", colour=_GREEN)
_MINE = Tile(label="เรื่องของฉัน", hint="ถึงไหนแล้ว", says="เรื่องของฉัน", colour=_BLUE)
_VILLAGE = Tile(label="เรื่องในหมู่บ้าน", hint="เพื่อนบ้านเดือดร้อนอะไร", says="เรื่องในหมู่บ้าน", colour=_AMBER)
_HELP = Tile(label="วิธีใช้", hint="ทำอะไรได้บ้าง", says="วิธีใช้", colour=_GREY)
_SUMMARY = Tile(label="สรุป", hint="เรื่องค้างทั้งหมด", says="สรุป", colour=_BLUE)
_QUESTIONS = Tile(label="คำถาม", hint="จากชาวบ้าน", says="คำถาม", colour=_PURPLE)

VILLAGER = Menu(
    role="villager",
    bar="เมนู",
    tiles=(
        _TELL, _MINE, _VILLAGE,
        Tile(label="โทรด่วน", hint="191 · 199 · 1669", says="เบอร์ฉุกเฉิน", colour=_RED),
        Tile(label="ข้อมูลของฉัน", hint="ดู แก้ ลบ", says="ข้อมูลของฉัน", colour=_PURPLE),
        _HELP,
    ),
)  # fmt: skip
HEAD = Menu(
    role="head",
    bar="เมนูผู้ใหญ่",
    tiles=(
        _SUMMARY,
        Tile(label="ระเบียบวาระ", hint="เอกสารประชุม", says="ระเบียบวาระ", colour=_GREEN),
        Tile(label="ลงมติ", hint="ทีละข้อ", says="ลงมติ", colour=_RED),
        _QUESTIONS, _TELL, _HELP,
    ),
)  # fmt: skip
KAMNAN = Menu(
    role="kamnan",
    bar="เมนูกำนัน",
    tiles=(
        Tile(label="สรุปตำบล", hint="ทุกหมู่บ้าน", says="สรุป", colour=_BLUE),
        Tile(label="เรื่องใหม่", hint="ตั้งแต่ดูครั้งก่อน", says="สรุป ใหม่", colour=_GREEN),
        Tile(label="เรื่องด่วน", hint="อันตรายถึงชีวิต", says="สรุป ด่วน", colour=_RED),
        _QUESTIONS, _TELL, _HELP,
    ),
)  # fmt: skip
OFFICER = Menu(
    role="officer",
    bar="เจ้าหน้าที่",
    tiles=(
        _SUMMARY, _QUESTIONS,
        Tile(label="เรื่องลับ", hint="เฉพาะเจ้าหน้าที่อำเภอ", says="เรื่องลับ", colour=_RED),
        _TELL, _MINE, _HELP,
    ),
)  # fmt: skip
MENUS = (VILLAGER, HEAD, KAMNAN, OFFICER)

_COMMON = (
    Command(name="mine", thai="เรื่องของฉัน", english="My reports"),
    Command(name="village", thai="เรื่องในหมู่บ้าน", english="Open matters of my village"),
    Command(name="help", thai="วิธีใช้", english="Help"),
    Command(name="mydata", thai="ข้อมูลของฉัน", english="My data"),
    Command(name="privacy", thai="ความเป็นส่วนตัว", english="Privacy"),
    Command(name="language", thai="ภาษา", english="Language"),
)
_SUMMARY_COMMAND = Command(name="summary", thai="สรุปเรื่องค้าง", english="Summary of open matters")
_QUESTIONS_COMMAND = Command(name="questions", thai="คำถามจากชาวบ้าน", english="Questions")
COMMANDS: dict[str, tuple[Command, ...]] = {
    "villager": _COMMON,
    "head": (
        _SUMMARY_COMMAND,
        Command(name="meeting", thai="นัดประชุม", english="Call the forum"),
        Command(name="arrange", thai="จัดวาระ", english="Arrange the agenda"),
        Command(name="agenda", thai="ระเบียบวาระ", english="Agenda of the forum"),
        Command(name="decide", thai="ลงมติ", english="Record resolutions"),
        _QUESTIONS_COMMAND,
        *_COMMON,
    ),
    "kamnan": (_SUMMARY_COMMAND, _QUESTIONS_COMMAND, *_COMMON),
    "officer": (_SUMMARY_COMMAND, _QUESTIONS_COMMAND, *_COMMON),
}
GROUP_COMMANDS = (Command(name="help", thai="วิธีใช้ในกลุ่ม", english="Help in a group"),)


def role_commands(role: str) -> list[tuple[str, str]]:
    """Telegram's commands of a menu: name and what it does, in Thai."""
    return [(c.name, c.thai) for c in COMMANDS.get(role, COMMANDS[VILLAGER.role])]


def line_menu(menu: Menu, picture: bytes) -> dict[str, Any]:
    """The menu as LINE takes it. Its name carries a hash of all it shows."""
    wide, high = WIDTH // COLUMNS, HEIGHT // ROWS
    areas = [
        {
            "bounds": {
                "x": n % COLUMNS * wide,
                "y": n // COLUMNS * high,
                "width": wide,
                "height": high,
            },
            "action": {"type": "message", "label": tile.label, "text": tile.says},
        }
        for n, tile in enumerate(menu.tiles)
    ]
    body = {
        "size": {"width": WIDTH, "height": HEIGHT},
        "selected": True,
        "chatBarText": menu.bar,
        "areas": areas,
    }
    shown = json.dumps(body, ensure_ascii=False, sort_keys=True).encode() + picture
    return {**body, "name": f"prachakhom:{menu.role}:{hashlib.sha256(shown).hexdigest()[:12]}"}
