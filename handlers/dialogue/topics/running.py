"""Running a forum: attendance, votes, resolutions, corrections."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from handlers.dialogue.intents import CloseForum, Intent, OfferResolution
from handlers.dialogue.topic import Topic
from planning.codes import tidy_code
from planning.forum_lines import CHOICES
from planning.thai import arabic_digits


@dataclass(frozen=True, kw_only=True)
class BeginMeeting(Intent):
    """«เริ่มประชุม»; once it was ended, it goes on."""


@dataclass(frozen=True, kw_only=True)
class AskAttendance(Intent):
    """Ask how many came."""


@dataclass(frozen=True, kw_only=True)
class SayAttendance(Intent):
    """«ผู้มาประชุม 42 คน 35 หลัง»; None is what was not said. `each`: a household a person."""

    people: int | None = None
    households: int | None = None
    each: bool = False


@dataclass(frozen=True, kw_only=True)
class AskHands(Intent):
    """Ask how many raised a hand for an item, and how many against."""

    item: int


@dataclass(frozen=True, kw_only=True)
class CountHands(Intent):
    """«12 ต่อ 3 งด 1»; `item` 0 is the one being talked of. `sure`: said after being asked.

    `everybody`: all who came are for it.
    """

    item: int = 0
    for_it: int = 0
    against: int = 0
    abstained: int = 0
    sure: bool = False
    everybody: bool = False


@dataclass(frozen=True, kw_only=True)
class GiveReason(Intent):
    """Why an item was rejected or put off: words, or the number of a reason shown."""

    item: int
    text: str = field(default="", repr=False)
    choice: int | None = None


@dataclass(frozen=True, kw_only=True)
class AskNote(Intent):
    """Ask what to note; `item` 0 is the one being talked of, None no item at all."""

    item: int | None = 0


@dataclass(frozen=True, kw_only=True)
class TakeNote(Intent):
    """«บันทึก …»; `item` as in `AskNote`."""

    text: str = field(repr=False)
    item: int | None = 0


@dataclass(frozen=True, kw_only=True)
class AskWording(Intent):
    """Ask how an item is to read."""

    item: int


@dataclass(frozen=True, kw_only=True)
class AmendItem(Intent):
    """«แก้ข้อ 2 เป็น …»: the wording as the forum amended it."""

    item: int
    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class StrikeLast(Intent):
    """«ยกเลิกล่าสุด»: the last thing recorded is struck out."""


@dataclass(frozen=True, kw_only=True)
class NextItem(Intent):
    """«ข้อต่อไป»: the next item that is not decided."""


@dataclass(frozen=True, kw_only=True)
class ShowProgress(Intent):
    """«ผลประชุม»: every item with what was decided so far."""


@dataclass(frozen=True, kw_only=True)
class ShowCheckIn(Intent):
    """«เช็กชื่อ»: what the chair holds up for others to check in by."""


@dataclass(frozen=True, kw_only=True)
class CheckIn(Intent):
    """«เข้าประชุม ABC123»: somebody is at the forum; "" when what follows is no code."""

    code: str


@dataclass(frozen=True, kw_only=True)
class SayHouse(Intent):
    """The house number of who checked in."""

    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class OpenPoll(Intent):
    """Ask those who checked in on their phones; `paid`: also where a message counts."""

    item: int
    paid: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowPoll(Intent):
    """How a poll stands."""

    item: int


@dataclass(frozen=True, kw_only=True)
class ClosePoll(Intent):
    """The poll is over."""

    item: int


@dataclass(frozen=True, kw_only=True)
class CastBallot(Intent):
    """A vote on a phone; `choice` is one of `planning.forum_record`'s."""

    forum_code: str
    item: int
    choice: str


@dataclass(frozen=True, kw_only=True)
class PollNow(Intent):
    """«โหวต»: what is being voted on at the forum one checked in at."""


_HOUSES = r"(?:ครัวเรือน|หลังคาเรือน|หลังคา|หลัง|บ้าน)"
_PEOPLE = re.compile(rf"(\d{{1,4}})\s*(?:คน)?(?:\s*(?:จาก|/|,)?\s*(\d{{1,4}})\s*{_HOUSES}?)?")
_ONLY_HOUSES = re.compile(rf"(\d{{1,4}})\s*{_HOUSES}")
_POLITE = re.compile(r"\s*(?:ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ|เสียง)+$")
_FOR, _AGAINST = r"(?:เห็นชอบ|เห็นด้วย|ผ่าน|เอา)?", r"(?:ไม่(?:เห็นชอบ|เห็นด้วย|ผ่าน|เอา))?"
_UNIT = r"(?:คน|เสียง)?"
_HANDS = re.compile(
    rf"{_FOR}\s*(\d{{1,4}})\s*{_UNIT}\s*(?:ต่อ|/|-|:|,|\s)\s*{_AGAINST}\s*(\d{{1,4}})\s*{_UNIT}"
    rf"(?:\s*(?:ต่อ|/|-|:|,|\s)?\s*(?:งดออกเสียง|งด)?\s*(\d{{1,4}})\s*{_UNIT})?"
)
_EVERYBODY = re.compile(r"(?:เอกฉันท์|ทุกคน|ทั้งหมด|ยกมือหมด|ยกหมด|เห็นชอบทุกคน|เห็นชอบหมด|หมดทุกคน)")


def _line(text: str) -> str:
    return _POLITE.sub("", " ".join(arabic_digits(text).split()))


def attendance_in(text: str) -> SayAttendance | None:
    """«42», «42 คน 35 หลัง», «35 หลัง» as an answer to «how many came?»; None for anything else."""
    line = re.sub(r"^(?:มา|ประมาณ|ราว\s?ๆ?)\s*", "", _line(text))
    if houses := _ONLY_HOUSES.fullmatch(line):
        return SayAttendance(households=int(houses[1]))
    if people := _PEOPLE.fullmatch(line):
        return SayAttendance(
            people=int(people[1]), households=int(people[2]) if people[2] else None
        )
    return None


def hands_in(text: str, item: int) -> CountHands | None:
    """«30 ต่อ 2 งด 1», «30/2», «เอกฉันท์» as an answer to «how many?»; None for anything else."""
    line = _line(text)
    if _EVERYBODY.fullmatch(line):
        return CountHands(item=item, everybody=True)
    found = _HANDS.fullmatch(line)
    if found is None:
        return None
    return CountHands(
        item=item,
        for_it=int(found[1]),
        against=int(found[2]),
        abstained=int(found[3] or 0),
    )


_HOUSE = re.compile(
    r"(?:อยู่)?\s*(?:บ้าน|house|home)?\s*(?:เลขที่|ที่|no\.?|number)?\s*(\d{1,4}(?:\s*/\s*\d{1,4})?)",
    re.IGNORECASE,
)


def house_in(text: str) -> SayHouse | None:
    """«45/2», «บ้านเลขที่ 45» as an answer to «which house?»; None for anything else."""
    found = _HOUSE.fullmatch(_line(text))
    return SayHouse(text=re.sub(r"\s", "", found[1])) if found else None


def _check_in(m: re.Match[str]) -> Intent:
    return CheckIn(code=tidy_code(m[1]) or "")


def _poll(rest: list[str]) -> Intent:
    item, what = int(rest[0]), rest[1] if len(rest) > 1 else "open"
    return {
        "open": OpenPoll(item=item),
        "paid": OpenPoll(item=item, paid=True),
        "show": ShowPoll(item=item),
        "close": ClosePoll(item=item),
    }[what]


def _ballot(rest: list[str]) -> Intent:
    if rest[2] not in CHOICES:
        raise ValueError("no such choice")
    return CastBallot(forum_code=rest[0], item=int(rest[1]), choice=rest[2])


def _attended(m: re.Match[str]) -> Intent:
    return SayAttendance(people=int(m[1]), households=int(m[2]) if m[2] else None)


def _counted(m: re.Match[str]) -> Intent:
    return CountHands(for_it=int(m[1]), against=int(m[2]), abstained=int(m[3] or 0))


def _noted(m: re.Match[str]) -> Intent | None:
    text = m[1].strip(" :：\n")
    return TakeNote(text=text) if text else AskNote()


def _amended(m: re.Match[str]) -> Intent:
    return AmendItem(item=int(arabic_digits(m[1])), text=m[2].strip())


def _item(m: re.Match[str]) -> Intent:
    return OfferResolution(item=int(m[1]))


def _hands(rest: list[str]) -> Intent:
    if len(rest) == 1:
        return AskHands(item=int(rest[0]))
    if rest[1] == "all":
        return CountHands(item=int(rest[0]), everybody=True)
    item, for_it, against, abstained = map(int, rest[:4])
    return CountHands(
        item=item, for_it=for_it, against=against, abstained=abstained, sure=len(rest) > 4
    )


def _came(rest: list[str]) -> Intent:
    if rest[0] == "each":
        return SayAttendance(each=True)
    return AskAttendance() if rest[0] == "ask" else SayAttendance(people=int(rest[0]))


def _each(words: str, intent: Callable[[], Intent]) -> dict[str, Intent]:
    return {word: intent() for word in words.split("|")}


TOPIC = Topic(
    exact={
        **_each("เริ่มประชุม|เปิดประชุม|เริ่มประชุมได้|ประชุมต่อ", BeginMeeting),
        **_each("ยกเลิกล่าสุด|ลบล่าสุด|ยกเลิกอันล่าสุด", StrikeLast),
        **_each("ข้อต่อไป|เรื่องต่อไป|วาระต่อไป|ข้อถัดไป", NextItem),
        **_each("ผลประชุม|สรุปมติ|มติทั้งหมด", ShowProgress),
        **_each("เช็กชื่อ|เช็คชื่อ|เชคชื่อ|ลงชื่อเข้าประชุม", ShowCheckIn),
        **_each("โหวต|ลงคะแนน|ลงคะแนนเสียง|vote|/vote", PollNow),
        **_each("นับคน|ผู้มาประชุม|จำนวนผู้มาประชุม", AskAttendance),
    },
    patterns=(
        (
            r"(?:มาประชุม|ผู้มาประชุม|ผู้เข้าประชุม|ผู้เข้าร่วมประชุม|เข้าประชุม)\s*(\d{1,4})\s*คน"
            rf"(?:\s*(?:จาก)?\s*(\d{{1,4}})\s*{_HOUSES})?",
            _attended,
        ),
        (
            r"(?:เข้าประชุม|เช็กชื่อ|เช็คชื่อ|check ?in)\s*:?\s*([A-Za-z0-9]{3}[- ]?[A-Za-z0-9]{3})",
            _check_in,
        ),
        (r"/start\s*c([A-Za-z0-9]{6})", _check_in),
        (r"(?:ไป|เปิด|เริ่ม)?\s*ข้อ(?:ที่)?\s*(\d{1,3})", _item),
        (
            r"(\d{1,4})\s*ต่อ\s*(\d{1,4})(?:\s*เสียง)?(?:\s*งด(?:ออกเสียง)?\s*(\d{1,4})(?:\s*เสียง)?)?",
            _counted,
        ),
    ),
    raw=(
        (r"\s*(?:จด)?บันทึก(?:ว่า)?((?:[\s:：].*)?)", _noted),
        (r"\s*แก้(?:ไข)?(?:ข้อความ)?\s*ข้อ\s*([0-9๐-๙]{1,3})\s*(?:เป็น|ว่า|:)\s*(\S.*)", _amended),
    ),
    buttons={
        "begin": lambda r: BeginMeeting(),
        "endforum": lambda r: CloseForum(),
        "came": _came,
        "hands": _hands,
        "why": lambda r: GiveReason(item=int(r[0]), choice=int(r[1])),
        "note": lambda r: AskNote(item=int(r[0]) or None),
        "word": lambda r: AskWording(item=int(r[0])),
        "strike": lambda r: StrikeLast(),
        "next": lambda r: NextItem(),
        "progress": lambda r: ShowProgress(),
        "checkin": lambda r: ShowCheckIn(),
        "poll": _poll,
        "ballot": _ballot,
        "pollnow": lambda r: PollNow(),
    },
)
