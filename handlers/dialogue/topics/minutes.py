"""The minutes of a forum: reading the draft, putting it right, closing it, telling the results."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from handlers.dialogue.intents import Intent
from handlers.dialogue.topic import Topic


class Part(StrEnum):
    """What of the minutes the head says by itself."""

    CHAIR = "chair"
    RECORDER = "recorder"
    CHECKER = "checker"
    GUEST = "guest"
    ADOPTED = "adopted"
    BEGAN = "began"
    ENDED = "ended"
    DAY = "day"


@dataclass(frozen=True, kw_only=True)
class ShowMinutes(Intent):
    """«รายงานการประชุม»: the draft to read, or the minutes last closed."""


@dataclass(frozen=True, kw_only=True)
class CorrectMinutes(Intent):
    """What of the minutes can be put right, or (with a part) what it is to be."""

    part: Part | None = None


@dataclass(frozen=True, kw_only=True)
class SetPart(Intent):
    """«แก้ผู้จด …»: what a part of the minutes is to be."""

    part: Part
    text: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class CloseMinutes(Intent):
    """«รับรองและปิดรายงาน»; `seen` names the draft that was read, "" where the words were typed."""

    seen: str = ""


@dataclass(frozen=True, kw_only=True)
class PostResults(Intent):
    """«ส่งผลลงกลุ่ม»: the picture of the results goes to the village's groups. `sure`: its cost was told."""

    sure: bool = False


_CALLED: dict[str, Part] = {
    "ประธาน": Part.CHAIR,
    "ประธานที่ประชุม": Part.CHAIR,
    "ผู้จด": Part.RECORDER,
    "ผู้จดรายงาน": Part.RECORDER,
    "ผู้จดรายงานการประชุม": Part.RECORDER,
    "คนจด": Part.RECORDER,
    "ผู้ตรวจ": Part.CHECKER,
    "ผู้ตรวจรายงาน": Part.CHECKER,
    "ผู้ตรวจรายงานการประชุม": Part.CHECKER,
    "ผู้เข้าร่วม": Part.GUEST,
    "ผู้เข้าร่วมประชุม": Part.GUEST,
    "เวลาเริ่ม": Part.BEGAN,
    "เวลาเริ่มประชุม": Part.BEGAN,
    "เวลาเลิก": Part.ENDED,
    "เวลาเลิกประชุม": Part.ENDED,
    "วันประชุม": Part.DAY,
}
_NAMES = "|".join(sorted(_CALLED, key=len, reverse=True))


def _set(m: re.Match[str]) -> Intent:
    text = re.sub(r"^\s*(?:เป็น|คือ|:)?\s*", "", m[2] or "").strip()
    part = _CALLED[m[1]]
    return SetPart(part=part, text=text) if text else CorrectMinutes(part=part)


def _adopted(m: re.Match[str]) -> Intent:
    return SetPart(part=Part.ADOPTED, text=(m[1] or "").strip())


def _pressed(rest: list[str]) -> Intent:
    match rest[0]:
        case "fix":
            return CorrectMinutes(part=Part(rest[1]) if len(rest) > 1 else None)
        case "set":
            return SetPart(part=Part(rest[1]))
        case "close":
            return CloseMinutes(seen=rest[1])
        case "post":
            return PostResults(sure=len(rest) > 1)
    return ShowMinutes()


def _each(words: str, intent: Intent) -> dict[str, Intent]:
    return dict.fromkeys(words.split("|"), intent)


TOPIC = Topic(
    exact={
        **_each("รายงานการประชุม|รายงานประชุม|ร่างรายงาน|ดูรายงาน|ดูร่างรายงาน", ShowMinutes()),
        **_each("แก้รายงาน|แก้ไขรายงาน|แก้รายงานการประชุม", CorrectMinutes()),
        **_each("ปิดรายงาน|รับรองรายงาน|รับรองและปิดรายงาน|ปิดรายงานการประชุม", CloseMinutes()),
        **_each("ส่งผลลงกลุ่ม|ส่งผลเข้ากลุ่ม|ส่งผลประชุมลงกลุ่ม", PostResults()),
    },
    raw=(
        (rf"\s*(?:แก้(?:ไข)?|เพิ่ม|ตั้ง)\s*({_NAMES})((?:\s*(?:เป็น|คือ|:)|\s).{{0,200}})?", _set),
        (
            r"\s*รับรองรายงาน(?:การ)?(?:ประชุม)?ครั้ง(?:ก่อน|ที่แล้ว)(?:\s*(?:โดย)?(?:มีการ)?แก้(?:ไข)?\s*(?:ว่า|:)?(.{1,400}))?",
            _adopted,
        ),
    ),
    buttons={"mn": _pressed},
)
