"""One's own data, consents, linked accounts, slowing and muting."""

import re
from dataclasses import dataclass, field

from handlers.dialogue.intents import Intent
from handlers.dialogue.topic import Topic
from planning.codes import tidy_code
from planning.consents import ConsentKind


@dataclass(frozen=True, kw_only=True)
class ShowOwnData(Intent):
    """«ข้อมูลของฉัน»: all that is kept about the asker."""


@dataclass(frozen=True, kw_only=True)
class AskErase(Intent):
    """«ลบข้อมูลของฉัน»: say what that means and ask once."""


@dataclass(frozen=True, kw_only=True)
class ConfirmErase(Intent):
    """«ยืนยันลบ»: erase, when it was asked about a short while ago."""


@dataclass(frozen=True, kw_only=True)
class KeepData(Intent):
    """Nothing is erased after all."""


@dataclass(frozen=True, kw_only=True)
class ShowConsents(Intent):
    """«ความยินยอม»: what is allowed now, with buttons."""


@dataclass(frozen=True, kw_only=True)
class Decide(Intent):
    """Allow or refuse one thing."""

    kind: ConsentKind
    allowed: bool


@dataclass(frozen=True, kw_only=True)
class LinkAccount(Intent):
    """«เชื่อมบัญชี»: a code for the other app; with `code`, the one that the other app gave."""

    code: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class JoinAccounts(Intent):
    """Yes, the account that gave the code is mine too."""

    code: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class RefuseJoin(Intent):
    """No, the code was somebody else's."""


@dataclass(frozen=True, kw_only=True)
class PartAccounts(Intent):
    """«แยกบัญชี»."""


@dataclass(frozen=True, kw_only=True)
class MuteSender(Intent):
    """«พักผู้แจ้ง AB12CD 7 วัน เหตุผล …»; `code` "" when it cannot be read."""

    code: str
    days: int = 0
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Unmute(Intent):
    """«เลิกพัก AB12CD»."""

    code: str


@dataclass(frozen=True, kw_only=True)
class Repeated(Intent):
    """The same words as a report told within the hour."""

    report_code: str


@dataclass(frozen=True, kw_only=True)
class OnlyLinks(Intent):
    """Nothing but addresses of pages."""


@dataclass(frozen=True, kw_only=True)
class Unheard(Intent):
    """Words of somebody whom an officer lets rest: kept where they came in."""


def _mute(m: re.Match[str]) -> Intent:
    form = re.fullmatch(
        r"(\S+)\s+(\d{1,3})\s*วัน\s*(?:เหตุผล|เพราะ|เนื่องจาก)?\s*:?\s*(.*)", m[1] or ""
    )
    code = tidy_code(form[1]) if form else None
    if form is None or not code:
        return MuteSender(code="")
    return MuteSender(code=code, days=int(form[2]), reason=form[3].strip())


def _unmute(m: re.Match[str]) -> Intent:
    return Unmute(code=tidy_code(m[1]) or "")


def _link(m: re.Match[str]) -> Intent:
    return LinkAccount(code=re.sub(r"\D", "", m[1]))


def _consent(rest: list[str]) -> Intent:
    return Decide(kind=ConsentKind(rest[0]), allowed={"yes": True, "no": False}[rest[1]])


def _account(rest: list[str]) -> Intent:
    return JoinAccounts(code=rest[1]) if rest[0] == "yes" else RefuseJoin()


_SAID: dict[Intent, str] = {
    ShowOwnData(): "ข้อมูลของฉัน|ข้อมูลของผม|ข้อมูลฉัน|ข้อมูลผม|ขอดูข้อมูลของฉัน|ขอข้อมูลของฉัน|my data|/mydata",
    AskErase(): "ลบข้อมูลของฉัน|ลบข้อมูลของผม|ลบข้อมูลฉัน|ลบข้อมูลผม|ลบข้อมูล|ขอลบข้อมูล|delete my data|/forget",
    ConfirmErase(): "ยืนยันลบ|ยืนยันการลบ|ยืนยันลบข้อมูล|confirm delete",
    ShowConsents(): "ความยินยอม|การยินยอม|consent|consents|/consent|ไม่ต้องส่งข่าว|ไม่ต้องส่งข่าวแล้ว|ไม่ต้องส่งข่าวมาแล้ว"
    "|หยุดส่ง|หยุดส่งข่าว|เลิกส่ง|เลิกส่งข่าว|เลิกรับข่าว|ไม่รับข่าว|ไม่รับข่าวแล้ว|ไม่อยากรับข่าว|ไม่อยากรับข่าวแล้ว|stop",
    KeepData(): "ไม่ลบ|ไม่ลบแล้ว|อย่าลบ|ไม่ลบข้อมูล",
    LinkAccount(): "เชื่อมบัญชี|เชื่อมต่อบัญชี|link account|/link",
    PartAccounts(): "แยกบัญชี|เลิกเชื่อมบัญชี|ยกเลิกเชื่อมบัญชี|unlink account|/unlink",
}

TOPIC = Topic(
    exact={words: intent for intent, said in _SAID.items() for words in said.split("|")},
    patterns=(
        (r"(?:เชื่อม(?:ต่อ)?บัญชี|เชื่อม|link account|link|/link)\s*:?\s*(\d(?:[ -]?\d){7})", _link),
        (r"พักผู้แจ้ง\s*(.*)", _mute),
        (r"เลิกพัก(?:ผู้แจ้ง)?\s+(\S+)", _unmute),
    ),
    buttons={
        "mydata": lambda r: ShowOwnData(),
        "erase": lambda r: {"ask": AskErase, "yes": ConfirmErase, "no": KeepData}[r[0]](),
        "consent": lambda r: _consent(r) if r else ShowConsents(),
        "account": _account,
        "unlink": lambda r: PartAccounts(),
    },
)
