"""Preparing a forum: its day, hour and place, who is told, and how its agenda is arranged."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from handlers.dialogue.intents import Convene, Intent
from handlers.dialogue.topic import Topic
from planning.codes import tidy_code


@dataclass(frozen=True, kw_only=True)
class ProposeForum(Intent):
    """«นัดประชุม» and no more: offer days."""


@dataclass(frozen=True, kw_only=True)
class PickPlace(Intent):
    """One of the places offered; None: the head will type it."""

    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class AskToCall(Intent):
    """How many a notice would reach and what it costs, before anything is sent."""


@dataclass(frozen=True, kw_only=True)
class CallForum(Intent):
    """Send the notice: to everybody of the village, or to its groups alone."""

    to_people: bool


@dataclass(frozen=True, kw_only=True)
class CallLater(Intent):
    """Do not send it yet."""


@dataclass(frozen=True, kw_only=True)
class TellMoved(Intent):
    """Tell those who know another day, hour or place."""


@dataclass(frozen=True, kw_only=True)
class CallOff(Intent):
    """«ยกเลิกนัดประชุม»; not `sure`: ask first."""

    sure: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowArranging(Intent):
    """«จัดวาระ»: the draft of the agenda after the first `skip` items."""

    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class ShowItem(Intent):
    """One item of the draft with what can be done about it."""

    issue_code: str


@dataclass(frozen=True, kw_only=True)
class MoveItem(Intent):
    """One place up or down."""

    issue_code: str
    up: bool


@dataclass(frozen=True, kw_only=True)
class PinItem(Intent):
    """Before all others, or no longer."""

    issue_code: str
    on: bool


@dataclass(frozen=True, kw_only=True)
class AskReason(Intent):
    """Why an item is to be taken out."""

    issue_code: str


@dataclass(frozen=True, kw_only=True)
class TakeOut(Intent):
    """Take an item out for a reason typed, or the one of that `number` that was offered."""

    issue_code: str
    words: str = field(default="", repr=False)
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class PutIn(Intent):
    """Words that looked as if they should not stand on an agenda may, the head says."""


@dataclass(frozen=True, kw_only=True)
class OfferOthers(Intent):
    """Matters of the village that are not in the draft, after the first `skip`."""

    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class BringIn(Intent):
    """Take a matter up that is not in the draft."""

    issue_code: str


@dataclass(frozen=True, kw_only=True)
class AskItem(Intent):
    """Ask for the words of an item of the head's own."""


@dataclass(frozen=True, kw_only=True)
class AddItem(Intent):
    """An item of the head's own: told as the head's own report."""

    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ShowOpening(Intent):
    """What the chair tells the meeting (วาระที่ ๑)."""


@dataclass(frozen=True, kw_only=True)
class AskOpening(Intent):
    """Ask for one more of it."""


@dataclass(frozen=True, kw_only=True)
class AddOpening(Intent):
    """One more thing the chair tells."""

    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class DropOpening(Intent):
    """One less, by its number."""

    number: int


@dataclass(frozen=True, kw_only=True)
class ShowConveners(Intent):
    """Who holds the forum together with the village."""


@dataclass(frozen=True, kw_only=True)
class AskConvener(Intent):
    """Ask for one more."""


@dataclass(frozen=True, kw_only=True)
class AddConvener(Intent):
    """One more, as typed or the one of that `number` that was offered."""

    text: str = ""
    number: int | None = None


@dataclass(frozen=True, kw_only=True)
class DropConvener(Intent):
    """One less, by its number."""

    number: int


@dataclass(frozen=True, kw_only=True)
class ShowArranged(Intent):
    """«ประวัติวาระ»: what was done to the draft."""


@dataclass(frozen=True, kw_only=True)
class Reprint(Intent):
    """«ระเบียบวาระ AG-…»: the papers of a frozen agenda once more."""

    code: str


def _code(text: str) -> str:
    return tidy_code(text) or ""


def _reprint(m: re.Match[str]) -> Intent | None:
    code = tidy_code(m[1])
    return Reprint(code=code) if code and code.startswith("AG-") and "/" not in code else None


def _convener(m: re.Match[str]) -> Intent:
    return AddConvener(text=m[1].strip())


_ASKS_DAY = "นัดประชุม นัดประชาคม นัดเวที เลือกวันประชุม /meeting".split()
_ARRANGES = "จัดวาระ จัดวาระประชุม จัดระเบียบวาระ แก้วาระ /arrange".split()
_CALLS_OFF = "ยกเลิกนัดประชุม เลิกนัดประชุม ยกเลิกนัด งดประชุม".split()

_Pressed = Mapping[str, Callable[[list[str]], Intent]]
_MEET: _Pressed = {
    "ask": lambda r: AskToCall(),
    "days": lambda r: ProposeForum(),
    "on": lambda r: Convene(held_on=date.fromisoformat(r[1])),
    "at": lambda r: Convene(held_on=None, held_at=f"{int(r[1][:2]):02d}.{int(r[1][2:]):02d} น."),
    "in": lambda r: PickPlace(number=int(r[1])),
    "where": lambda r: PickPlace(),
    "all": lambda r: CallForum(to_people=True),
    "group": lambda r: CallForum(to_people=False),
    "later": lambda r: CallLater(),
    "moved": lambda r: TellMoved(),
    "off": lambda r: CallOff(),
    "offyes": lambda r: CallOff(sure=True),
}
_ARRANGE: _Pressed = {
    "list": lambda r: ShowArranging(skip=int(r[1]) if len(r) > 1 else 0),
    "item": lambda r: ShowItem(issue_code=_code(r[1])),
    "up": lambda r: MoveItem(issue_code=_code(r[1]), up=True),
    "down": lambda r: MoveItem(issue_code=_code(r[1]), up=False),
    "pin": lambda r: PinItem(issue_code=_code(r[1]), on=True),
    "unpin": lambda r: PinItem(issue_code=_code(r[1]), on=False),
    "out": lambda r: AskReason(issue_code=_code(r[1])),
    "why": lambda r: TakeOut(issue_code=_code(r[1]), number=int(r[2])),
    "sure": lambda r: PutIn(),
    "others": lambda r: OfferOthers(skip=int(r[1]) if len(r) > 1 else 0),
    "in": lambda r: BringIn(issue_code=_code(r[1])),
    "add": lambda r: AskItem(),
    "tells": lambda r: ShowOpening(),
    "tell": lambda r: AskOpening(),
    "untell": lambda r: DropOpening(number=int(r[1])),
    "with": lambda r: ShowConveners(),
    "join": lambda r: AddConvener(number=int(r[1])) if len(r) > 1 else AskConvener(),
    "part": lambda r: DropConvener(number=int(r[1])),
    "log": lambda r: ShowArranged(),
}


TOPIC = Topic(
    exact={
        **dict.fromkeys(_ASKS_DAY, ProposeForum()),
        **dict.fromkeys(_ARRANGES, ShowArranging()),
        **dict.fromkeys(_CALLS_OFF, CallOff()),
        "แจ้งนัดประชุม": AskToCall(),
        "ประกาศประชุม": AskToCall(),
        "ประวัติวาระ": ShowArranged(),
        "เพิ่มวาระ": AskItem(),
        "ผู้จัดร่วม": ShowConveners(),
        "หน่วยงานร่วม": ShowConveners(),
        "เรื่องประธานแจ้ง": ShowOpening(),
        "เรื่องแจ้งที่ประชุม": ShowOpening(),
    },
    patterns=(
        (r"(?:ระเบียบวาระ|วาระ)\s*(AG-?[A-Za-z0-9]{6})", _reprint),
        (r"(?:ผู้จัดร่วม|หน่วยงานร่วม)\s*:?\s+(\S.{1,80})", _convener),
    ),
    raw=((r"\s*เพิ่มวาระ\s*:?\s+(\S.*)", lambda m: AddItem(text=m[1].strip())),),
    buttons={
        "meet": lambda r: _MEET[r[0]](r),
        "arr": lambda r: _ARRANGE[r[0]](r),
    },
)
