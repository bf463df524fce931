"""Groups of a village: binding, how far the bot listens there, what it does unasked."""

import re
from dataclasses import dataclass

from handlers.dialogue.asking import Asked
from handlers.dialogue.intents import Intent
from handlers.dialogue.topic import Topic
from handlers.dialogue.topics.telling import ShowOne
from planning.codes import ALPHABET, tidy_code


@dataclass(frozen=True, kw_only=True)
class MakeGroupCode(Intent):
    """«ผูกกลุ่ม»: a head wants a code to bind the village's group."""


@dataclass(frozen=True, kw_only=True)
class BindGroup(Intent):
    """«ผูกกลุ่ม CODE» in a group; "" when what follows is no code."""

    code: str = ""


@dataclass(frozen=True, kw_only=True)
class UnbindGroup(Intent):
    """«เลิกผูกกลุ่ม», in the group or, by `channel` or for all, in private."""

    channel: str = ""


@dataclass(frozen=True, kw_only=True)
class SetListening(Intent):
    """«ฟังทุกข้อความ» or «ฟังเมื่อเรียก»."""

    listens: bool


@dataclass(frozen=True, kw_only=True)
class ShowGroups(Intent):
    """«กลุ่มหมู่บ้าน»: which groups are bound and how they are set."""


@dataclass(frozen=True, kw_only=True)
class GreetGroup(Intent):
    """The bot was brought into a group."""


@dataclass(frozen=True, kw_only=True)
class GroupGone(Intent):
    """The bot was removed from a group."""


@dataclass(frozen=True, kw_only=True)
class GroupMoved(Intent):
    """A group got another id."""


@dataclass(frozen=True, kw_only=True)
class AnswerGroup(Intent):
    """Called in a group with nothing to keep. `private`: it was something to talk of in private.

    `asked`: a question that is answered there in one line.
    """

    private: bool = False
    thanks: bool = False
    asked: Asked | None = None


_CODE = rf"([{ALPHABET}{ALPHABET.lower()}]{{4}})[- ]?([{ALPHABET}{ALPHABET.lower()}]{{4}})"


def _bind(m: re.Match[str]) -> Intent:
    found = re.fullmatch(_CODE, m[1].strip())
    return BindGroup(code=(found[1] + found[2]).upper() if found else "")


def _follow(m: re.Match[str]) -> Intent | None:
    code = tidy_code(m[1])
    return ShowOne(report_code=code) if code else None


TOPIC = Topic(
    exact={
        "ผูกกลุ่ม": MakeGroupCode(),
        "เลิกผูกกลุ่ม": UnbindGroup(),
        "ยกเลิกผูกกลุ่ม": UnbindGroup(),
        "กลุ่มหมู่บ้าน": ShowGroups(),
        "ฟังทุกข้อความ": SetListening(listens=True),
        "ฟังเมื่อเรียก": SetListening(listens=False),
    },
    patterns=(
        (r"ผูกกลุ่ม\s*:?\s*([A-Za-z0-9\- ]{4,20})", _bind),
        (r"/start\s*g([A-Za-z0-9]{8})", _bind),
        (r"(?:/start\s*t|คุยต่อเรื่อง\s*)([A-Za-z0-9]{6})", _follow),
    ),
    buttons={
        "group": lambda r: {
            "code": MakeGroupCode(),
            "show": ShowGroups(),
            "free": UnbindGroup(channel=r[1] if len(r) > 1 else ""),
            "all": SetListening(listens=True),
            "called": SetListening(listens=False),
        }[r[0]],
    },
)
