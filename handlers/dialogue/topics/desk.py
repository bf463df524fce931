"""The issue desk: one matter opened, corrected, closed, passed on, merged, split, undone."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from handlers.dialogue.intents import Intent
from handlers.dialogue.topic import Topic
from planning.codes import tidy_code


class Level(StrEnum):
    """Where a matter is passed up to."""

    TAMBON = "tambon"
    DISTRICT = "district"


class Typed(StrEnum):
    """What the desk may wait for in words."""

    LINE = "line"
    PLACE = "place"
    CLOSE = "close"
    VILLAGE = "village"
    MERGE = "merge"
    SPLIT = "split"


@dataclass(frozen=True, kw_only=True)
class OpenDesk(Intent):
    """«เรื่อง IS-XXXXXX»: the matter at one look, with what can be done about it."""

    code: str


@dataclass(frozen=True, kw_only=True)
class ShowTellings(Intent):
    """What people said, redacted, after the first `skip`."""

    code: str
    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class ShowPhotos(Intent):
    """Its photos, after the first `skip`."""

    code: str
    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class ShowHistory(Intent):
    """Who did what to it, the last first, after the first `skip`."""

    code: str
    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class OfferEnding(Intent):
    """Ways to be done with it: answer and close, do it ourselves, pass it on or up."""

    code: str


@dataclass(frozen=True, kw_only=True)
class AskDesk(Intent):
    """Ask for words: a line, a place, a reason, a village."""

    code: str
    what: Typed


@dataclass(frozen=True, kw_only=True)
class SayAtDesk(Intent):
    """The words asked for, of the matter that was asked about; `of` how many tellings, where numbered."""

    code: str
    what: Typed
    of: int = 0
    text: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class OfferKinds(Intent):
    """Categories to choose from, after the first `skip`."""

    code: str
    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class SetKind(Intent):
    """The right category."""

    code: str
    category: str


@dataclass(frozen=True, kw_only=True)
class HandOn(Intent):
    """It is another village's."""

    code: str
    village_code: str


@dataclass(frozen=True, kw_only=True)
class HandUp(Intent):
    """It is for the tambon or the district."""

    code: str
    level: Level


@dataclass(frozen=True, kw_only=True)
class MarkOurs(Intent):
    """The village does it itself."""

    code: str


@dataclass(frozen=True, kw_only=True)
class OfferMerging(Intent):
    """Matters that may be the same, and what the machine thinks of each."""

    code: str


@dataclass(frozen=True, kw_only=True)
class AskMerge(Intent):
    """Whether to merge it with `other`, with what speaks for it."""

    code: str
    other: str


@dataclass(frozen=True, kw_only=True)
class Merge(Intent):
    """Merge it with `other`."""

    code: str
    other: str


@dataclass(frozen=True, kw_only=True)
class OfferSplitting(Intent):
    """Its tellings by number, and those the machine would take out."""

    code: str


@dataclass(frozen=True, kw_only=True)
class Split(Intent):
    """Take out the tellings of those numbers, `of` so many shown: they are a matter of their own."""

    code: str
    numbers: tuple[int, ...]
    of: int


@dataclass(frozen=True, kw_only=True)
class UndoDesk(Intent):
    """Take back the act of that number, if it is still the last."""

    code: str
    event_id: int


@dataclass(frozen=True, kw_only=True)
class NotTheSame(Intent):
    """A contributor says that what was merged is another matter."""

    event_id: int


def _code(text: str) -> str:
    return tidy_code(text) or ""


def _skip(rest: list[str]) -> int:
    return max(0, int(rest[2])) if len(rest) > 2 else 0


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in text.split(".") if n)


_Pressed = Mapping[str, Callable[[list[str]], Intent]]
_DESK: _Pressed = {
    "told": lambda r: ShowTellings(code=_code(r[1]), skip=_skip(r)),
    "pics": lambda r: ShowPhotos(code=_code(r[1]), skip=_skip(r)),
    "past": lambda r: ShowHistory(code=_code(r[1]), skip=_skip(r)),
    "end": lambda r: OfferEnding(code=_code(r[1])),
    "ask": lambda r: AskDesk(code=_code(r[1]), what=Typed(r[2])),
    "kinds": lambda r: OfferKinds(code=_code(r[1]), skip=_skip(r)),
    "kind": lambda r: SetKind(code=_code(r[1]), category=r[2]),
    "on": lambda r: HandOn(code=_code(r[1]), village_code=r[2]),
    "up": lambda r: HandUp(code=_code(r[1]), level=Level(r[2])),
    "ours": lambda r: MarkOurs(code=_code(r[1])),
    "like": lambda r: OfferMerging(code=_code(r[1])),
    "join": lambda r: AskMerge(code=_code(r[1]), other=_code(r[2])),
    "merge": lambda r: Merge(code=_code(r[1]), other=_code(r[2])),
    "apart": lambda r: OfferSplitting(code=_code(r[1])),
    "split": lambda r: Split(code=_code(r[1]), numbers=_numbers(r[2]), of=int(r[3])),
    "undo": lambda r: UndoDesk(code=_code(r[1]), event_id=int(r[2])),
}


def _opened(m: re.Match[str]) -> Intent | None:
    code = tidy_code(m[1])
    return OpenDesk(code=code) if code and code.startswith("IS-") else None


def _typed(m: re.Match[str]) -> Intent | None:
    code = tidy_code(m[2])
    return _VERBS[m[1]](code) if code and code.startswith("IS-") else None


def _both(m: re.Match[str]) -> Intent | None:
    one, other = tidy_code(m[1]), tidy_code(m[2])
    return AskMerge(code=one, other=other) if one and other else None


_VERBS: Mapping[str, Callable[[str], Intent]] = {
    "แก้ข้อความ": lambda code: AskDesk(code=code, what=Typed.LINE),
    "แก้ที่": lambda code: AskDesk(code=code, what=Typed.PLACE),
    "แก้หมวด": lambda code: OfferKinds(code=code),
    "ปิดเรื่อง": lambda code: AskDesk(code=code, what=Typed.CLOSE),
    "ตอบและปิด": lambda code: AskDesk(code=code, what=Typed.CLOSE),
    "ส่งต่อ": lambda code: OfferEnding(code=code),
    "รวมเรื่อง": lambda code: OfferMerging(code=code),
    "แยกเรื่อง": lambda code: OfferSplitting(code=code),
    "ประวัติ": lambda code: ShowHistory(code=code),
}
_IS = r"(IS[-– ]?[A-Za-z0-9]{6})"
_END = r"(?:\s*(?:หน่อย|นะ|ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ))*"

TOPIC = Topic(
    patterns=(
        (rf"(?:(?:เปิด)?เรื่อง|ประเด็น|ดูเรื่อง|/issue)?\s*{_IS}{_END}", _opened),
        (rf"({'|'.join(_VERBS)})\s*{_IS}{_END}", _typed),
        (rf"รวม(?:เรื่อง)?\s*{_IS}\s*(?:กับ|และ|,)?\s*(?:เรื่อง)?\s*{_IS}{_END}", _both),
    ),
    buttons={
        "desk": lambda r: OpenDesk(code=_code(r[0])),
        "dk": lambda r: _DESK[r[0]](r),
        "notsame": lambda r: NotTheSame(event_id=int(r[0])),
    },
)
"""A matter is opened by `desk:IS-XXXXXX` from anywhere; `dk:join:IS-…:IS-…` asks whether two are one."""
