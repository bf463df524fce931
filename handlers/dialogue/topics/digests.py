"""The summary, its picture and the regular digest."""

import re
from dataclasses import dataclass

from handlers.dialogue.clocks import CLOCK, hour_of
from handlers.dialogue.intents import Intent, ShowQuestions, Summarise
from handlers.dialogue.topic import Topic
from planning.codes import tidy_code
from planning.digests import DAYS_TH

_DATA_BYTES = 64


@dataclass(frozen=True, kw_only=True)
class ShowDisputed(Intent):
    """Matters said to be done of which somebody says that they are not; `area` a code, "" one's own."""

    area: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowUnsure(Intent):
    """Matters that may be one, of which nobody said whether they are."""

    area: str = ""


@dataclass(frozen=True, kw_only=True)
class KeepApart(Intent):
    """Two matters are not one, whatever the machine thinks."""

    one: str
    other: str


@dataclass(frozen=True, kw_only=True)
class ShowDigest(Intent):
    """«ส่งสรุป»: when the digest comes, with buttons to change it; `hours`: the hours to choose from."""

    hours: bool = False


@dataclass(frozen=True, kw_only=True)
class SetDigest(Intent):
    """«สรุปทุกวันจันทร์ 8 โมง». `day`: 0 is Monday, "daily", or "" as before; `clock` None: as before."""

    day: str = ""
    clock: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True)
class StopDigest(Intent):
    """«หยุดส่งสรุป»."""


def look_data(area: str, words: str, skip: int = 0) -> str:
    """A button's data for looking at an area's matters; "" where the words are too long for one.

    The words go as Thai's own bytes in hex, since a button's data is plain ASCII.
    """
    try:
        data = f"sum:{area}:{words.encode('tis-620').hex()}:{skip}"
    except UnicodeEncodeError:
        return ""
    return data if len(data) <= _DATA_BYTES else ""


def _look(rest: list[str]) -> Intent:
    words = bytes.fromhex(rest[1]).decode("tis-620")
    return Summarise(area=f"{rest[0]} {words}".strip(), skip=int(rest[2]))


def _pair(rest: list[str]) -> Intent:
    return KeepApart(one=tidy_code(rest[0]) or "", other=tidy_code(rest[1]) or "")


_DAY_NAMES = {name: str(n) for n, name in enumerate(DAYS_TH)} | {"พฤหัส": "3"}
_EVERY = re.compile(
    rf"(?:วัน\s?({'|'.join(sorted(_DAY_NAMES, key=len, reverse=True))})"
    rf"|({'|'.join(name for name in _DAY_NAMES if name != 'อาทิตย์')})|(วัน)|(?:สัปดาห์|อาทิตย์))"
)
_SMALL = re.compile(r"(?:ตอน|เวลา|เช้า|เย็น|ค่ำ|ให้|หน่อย|ด้วย|มา|นะ|เลย|ครับ|ค่ะ|คะ|จ้า|น\.|[\s,.])+")


def _every(m: re.Match[str]) -> Intent | None:
    """When the digest is wished; None for words that say more than a day and an hour."""
    day = _EVERY.match(m[1])
    if day is None:
        return None
    rest = m[1][day.end() :]
    clock = CLOCK.search(rest)
    hour, minute = hour_of(clock) if clock else (0, 0)
    rest = rest[: clock.start()] + rest[clock.end() :] if clock else rest
    if _SMALL.sub("", rest) or hour > 23 or minute > 59:
        return None
    name = _DAY_NAMES.get(day[1] or day[2] or "", "daily" if day[3] else "")
    return SetDigest(day=name, clock=(hour, minute) if clock else None)


def _digest(rest: list[str]) -> Intent:
    what, *more = rest
    if what == "day":
        return SetDigest(day=more[0] if more[0] == "daily" else str(range(7)[int(more[0])]))
    if what == "hour":
        return SetDigest(clock=(range(24)[int(more[0])], 0))
    return {"stop": StopDigest(), "hours": ShowDigest(hours=True), "set": ShowDigest()}[what]


_SHOW = "ส่งสรุป|ตั้งเวลาสรุป|เวลาส่งสรุป|เวลาสรุป|ตั้งสรุป|สรุปอัตโนมัติ|เปลี่ยนเวลาสรุป|เปลี่ยนวันส่งสรุป"
_STOP = "หยุดส่งสรุป|เลิกส่งสรุป|ไม่ต้องส่งสรุป|ไม่ต้องส่งสรุปแล้ว|หยุดสรุป|ยกเลิกสรุป|ยกเลิกส่งสรุป|ไม่รับสรุป|ไม่เอาสรุป"

TOPIC = Topic(
    exact={
        **dict.fromkeys(_SHOW.split("|"), ShowDigest()),
        **dict.fromkeys(_STOP.split("|"), StopDigest()),
    },
    patterns=((r"(?:ขอ|ช่วย)?(?:ส่ง)?สรุป(?:ให้|มา)?\s*ทุก\s*(.+)", _every),),
    buttons={
        "digest": _digest,
        "sum": _look,
        "questions": lambda r: ShowQuestions(),
        "disputed": lambda r: ShowDisputed(area=r[0] if r else ""),
        "unsure": lambda r: ShowUnsure(area=r[0] if r else ""),
        "apart": _pair,
    },
)
