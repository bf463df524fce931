"""Refining a report: words, place, photos, withdrawing; where people belong; questions and answers."""

import re
from dataclasses import dataclass, field

from handlers.dialogue.asking import Asked
from handlers.dialogue.intents import ChooseVillage, Intent, OfferCategories
from handlers.dialogue.topic import Topic
from planning.codes import tidy_code


@dataclass(frozen=True, kw_only=True)
class LetGo(Intent):
    """«ยกเลิก», «ไม่รู้»: the open question ends, and nothing else changes. `unsure`: nobody knows."""

    unsure: bool = False


@dataclass(frozen=True, kw_only=True)
class AddTo(Intent):
    """«เพิ่มเติม AB12CD …»: more for a report of one's own; `code` "" is the one last spoken of."""

    code: str
    text: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class AskMore(Intent):
    """The next words, photos or location belong to that report."""

    report_code: str


@dataclass(frozen=True, kw_only=True)
class AskNewPlace(Intent):
    """«ที่ไม่ถูก»: ask where it is."""

    report_code: str


@dataclass(frozen=True, kw_only=True)
class CorrectPlace(Intent):
    """Where it is, typed or shared."""

    report_code: str
    text: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class SayHouseholds(Intent):
    """How many households it concerns; 0 is the whole village."""

    report_code: str
    number: int
    text: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class SaySince(Intent):
    """For how many days it has been so."""

    report_code: str
    days: int
    text: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class AskWithdraw(Intent):
    """«ถอนเรื่อง AB12CD»: ask once before it is withdrawn; `report_code` "" is the last one."""

    report_code: str = ""


@dataclass(frozen=True, kw_only=True)
class Withdraw(Intent):
    """Withdraw the report, after the question."""

    report_code: str


@dataclass(frozen=True, kw_only=True)
class ShowOne(Intent):
    """One of one's own reports whole, with all that can be done about it."""

    report_code: str


@dataclass(frozen=True, kw_only=True)
class MoveReport(Intent):
    """The report is about another village, by code or as typed."""

    report_code: str
    village_code: str = ""
    text: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class ChooseSecond(Intent):
    """A second village, by code or as typed; neither: ask which."""

    village_code: str = ""
    text: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class DropSecond(Intent):
    """No second village any more."""


@dataclass(frozen=True, kw_only=True)
class Outside(Intent):
    """The person lives in none of our villages."""


@dataclass(frozen=True, kw_only=True)
class StillHere(Intent):
    """The village on record is still right."""


@dataclass(frozen=True, kw_only=True)
class AnswerQuestion(Intent):
    """A question that is answered from what is known; `code` is one it names."""

    kind: Asked
    text: str = field(repr=False)
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class AskHead(Intent):
    """The question just answered goes to the head all the same."""


@dataclass(frozen=True, kw_only=True)
class AnswerVillager(Intent):
    """«ตอบ AB12CD …»: somebody with a role answers a kept question."""

    code: str
    text: str = field(default="", repr=False)


def _more(match: re.Match[str]) -> Intent | None:
    words = match[1].strip()
    first, _, rest = words.partition("\n") if "\n" in words.split(" ")[0] else words.partition(" ")
    code = (
        tidy_code(first.rstrip(":：")) if re.fullmatch(r"[A-Za-z0-9๐-๙\-]+[:：]?", first) else None
    )
    if code and "-" not in code:
        return AddTo(code=code, text=rest.strip())
    return AddTo(code="", text=words)


def _answer(match: re.Match[str]) -> Intent | None:
    code = tidy_code(match[1])
    if code is None or "-" in code:
        return None
    return AnswerVillager(code=code, text=(match[2] or "").strip())


_BACK = (
    "ยกเลิก กลับ ย้อนกลับ ออก ไม่เอา ไม่เอาแล้ว ไม่ตอบ ข้าม ข้ามไปก่อน พอแล้ว ไว้ก่อน บ่เอา บ่เอาแล้ว /cancel cancel"
)
_SECOND = "มีนาอีกหมู่บ้าน มีที่อีกหมู่บ้าน มีบ้านอีกหมู่บ้าน หมู่บ้านที่สอง หมู่บ้านที่2 เพิ่มหมู่บ้าน อีกหมู่บ้าน"
_NO_SECOND = "เลิกหมู่บ้านที่สอง ลบหมู่บ้านที่สอง เอาหมู่บ้านที่สองออก"
_OUTSIDE = "ไม่ได้อยู่แถวนี้ คนนอกพื้นที่ คนต่างถิ่น ไม่ได้อยู่ที่นี่"
_STRANGER = (
    r"(?:(?:ผม|หนู|ฉัน|ดิฉัน|เรา)\s*)?(?:ไม่ใช่คน(?:ที่นี่|แถวนี้|ในพื้นที่)|(?:เป็น)?คนนอก|แค่(?:มาเที่ยว|ผ่านมา|ผ่านทาง))"
    r"(?:ครับ|คับ|ค่ะ|คะ|จ้า|นะ|เฉย\s?ๆ|[!. ])*"
)

_WRONG_KIND = "ผิดหมวด หมวดผิด หมวดไม่ถูก หมวดไม่ใช่ ไม่ใช่หมวดนี้ แก้หมวด เปลี่ยนหมวด"
_WRONG_PLACE = "สถานที่ผิด ที่ผิด ผิดที่ ที่ไม่ถูก สถานที่ไม่ถูก แก้ที่ แก้สถานที่ ตำแหน่งผิด"
_POLITE = r"(?:แล้ว|เลย|ด้วย|หน่อย|ให้ที|ได้ไหม|ได้มั้ย|ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ|นะ|[ๆ!. ])*"
_ASKS = r"(?:(?:ไม่เอา|ไม่แจ้ง|เปลี่ยนใจ|ขอโทษ|พอ)(?:แล้ว|ครับ|ค่ะ|นะ|\s)*)?(?:ขอ|อยาก|จะ|ช่วย)*\s*"
_TOLD = r"\s*(?:(?:อัน|เรื่อง)?(?:นี้|นั้น|เมื่อกี้|ตะกี้|เดิม|ล่าสุด)|ที่(?:ผม|ฉัน|หนู)?(?:เพิ่ง)?(?:แจ้ง|บอก|ส่ง)(?:ไป|ไว้|มา)?)*"
_REGRET = rf"{_ASKS}(?:ถอน|ยกเลิก)\s*(?:เรื่อง|การแจ้ง|คำแจ้ง|ที่แจ้ง|แจ้ง){_TOLD}{_POLITE}"
_OF_WHAT = rf"{_ASKS}ถอนเรื่อง\s*[ก-๙]{{2,12}}{_POLITE}"
_SLIP = (
    rf"(?:ขอโทษ{_POLITE})?\s*(?:(?:อัน|เรื่อง|ข้อความ)?(?:เมื่อกี้|ตะกี้|นี้|นั้น)\s*)?(?:ผม|ฉัน|หนู|แม่|ยาย)?"
    rf"(?:ส่ง|พิมพ์|กด|แจ้ง)ผิด(?:ไป|คน|ห้อง|กลุ่ม|เรื่อง)*{_POLITE}"
)
"""Whole lines of regret, that name nothing or no more than what it is about."""

TOPIC = Topic(
    exact={
        **dict.fromkeys(_WRONG_KIND.split(), OfferCategories(report_code="")),
        **dict.fromkeys(_WRONG_PLACE.split(), AskNewPlace(report_code="")),
        **dict.fromkeys(_BACK.split(), LetGo()),
        **dict.fromkeys(_SECOND.split(), ChooseSecond()),
        **dict.fromkeys(_NO_SECOND.split(), DropSecond()),
        **dict.fromkeys(_OUTSIDE.split(), Outside()),
        "ถอนเรื่อง": AskWithdraw(),
        "ยกเลิกเรื่อง": AskWithdraw(),
        "เพิ่มเติม": AddTo(code=""),
    },
    patterns=(
        (rf"(?:{_STRANGER})+", lambda m: Outside()),
        (
            r"(?:ขอ)?(?:ถอน|ยกเลิก)(?:เรื่อง|แจ้ง|ที่แจ้ง)?\s*([A-Za-z0-9\-]{6,9})",
            lambda m: AskWithdraw(report_code=c) if (c := tidy_code(m[1])) else None,
        ),
        (rf"{_REGRET}|{_OF_WHAT}|{_SLIP}", lambda m: AskWithdraw()),
    ),
    raw=(
        (r"\s*เพิ่มเติม\s*[:：]?\s+(\S.*)", _more),
        (r"\s*ตอบ\s*(?:คำถาม)?\s*([A-Za-z0-9๐-๙]{6})(?:\s*[:：]?\s+(.*))?", _answer),
    ),
    buttons={
        "back": lambda r: LetGo(),
        "skip": lambda r: LetGo(unsure=True),
        "add": lambda r: AskMore(report_code=r[0]),
        "place": lambda r: AskNewPlace(report_code=r[0]),
        "size": lambda r: SayHouseholds(report_code=r[0], number=int(r[1])),
        "since": lambda r: SaySince(report_code=r[0], days=int(r[1])),
        "drop": lambda r: AskWithdraw(report_code=r[0]),
        "dropyes": lambda r: Withdraw(report_code=r[0]),
        "one": lambda r: ShowOne(report_code=r[0]),
        "at": lambda r: MoveReport(report_code=r[0], village_code=r[1]),
        "second": lambda r: ChooseSecond(village_code=r[0] if r else ""),
        "out": lambda r: Outside(),
        "move": lambda r: ChooseVillage(village_code=r[0], sure=True),
        "still": lambda r: StillHere(),
        "askhead": lambda r: AskHead(),
    },
)
