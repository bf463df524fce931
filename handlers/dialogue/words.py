"""Reads typed commands and button data into intents. Pure."""

import re
from datetime import date

from handlers.dialogue import intents as i
from handlers.dialogue.clocks import CLOCK, hour_of
from handlers.dialogue.topic import Matched, Pressed
from handlers.dialogue.topics import (
    after,
    desk,
    digests,
    groups,
    helping,
    joining_in,
    media,
    menus,
    minutes,
    own_data,
    preparing,
    running,
    settings,
    telling,
)
from planning.calendar import BE
from planning.codes import tidy_code
from planning.forums import WAY_TH, Outcome, Way
from planning.issues import IssueState
from planning.thai import MONTHS, MONTHS_SHORT, arabic_digits

STATE_WORDS = {
    "รับเรื่อง": IssueState.NOTED,
    "อยู่ในแผน": IssueState.IN_PLAN,
    "เข้าแผน": IssueState.IN_PLAN,
    "ได้งบ": IssueState.FUNDED,
    "กำลังทำ": IssueState.UNDER_WAY,
    "กำลังดำเนินการ": IssueState.UNDER_WAY,
    "เสร็จ": IssueState.DONE,
    "ทำไม่ได้": IssueState.NOT_POSSIBLE,
    "เลื่อน": IssueState.POSTPONED,
}
"""What an officer types after «อัปเดต <code>», longest match first."""

_EXACT: dict[str, i.Intent] = {
    "เรื่องของฉัน": i.MyReports(),
    "เรื่องของผม": i.MyReports(),
    "เมนู": i.Help(),
    "วิธีใช้": i.Help(),
    "ใช้ยังไง": i.Help(),
    "/help": i.Help(),
    "/start": i.Welcome(),
    "ลงทะเบียน": i.Welcome(),
    "เปลี่ยนหมู่บ้าน": i.Welcome(),
    "ความเป็นส่วนตัว": i.Privacy(),
    "/privacy": i.Privacy(),
    "/mine": i.MyReports(),
    "ลงมติ": i.OfferResolution(item=1),
    "ปิดประชุม": i.CloseForum(),
    "ปิดเวที": i.CloseForum(),
    "เรื่องลับ": i.ShowConfidential(),
    "คำถาม": i.ShowQuestions(),
}
_POLITE = r"(?:ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ|เจ้า|เลย|แล้ว|แหละ|กัน|นะ|เด้อ|[ๆ!. ])*"
_YES = re.compile(
    rf"(?:(?:ใช่|เรื่องเดียว|อันเดียว|เหมือน|แม่น|ถูกต้อง|ครับ|คับ|ค่ะ|จ้า|เออ|อือ|โอเค|yes|yeah|ok|okay){_POLITE})+",
    re.IGNORECASE,
)
_NO = re.compile(
    r"(?:(?:ไม่(?:ใช่|เหมือน|ถอน|ลบ|ย้าย|ครับ|คับ|ค่ะ)|อย่า(?:เพิ่ง)?(?:ถอน|ลบ|ย้าย)|คนละเรื่อง|คนละอัน|บ่แม่น|บ่ถอน"
    rf"|nope|no){_POLITE})+",
    re.IGNORECASE,
)


def says_yes(text: str) -> bool | None:
    """True for a plain yes, False for a plain no, None for anything else."""
    words = text.strip()
    if _NO.fullmatch(words):
        return False
    return True if _YES.fullmatch(words) else None


def read_command(text: str) -> i.Intent | None:
    """The intent of a typed command, or None when the text is not one."""
    for_other = re.match(r"\s*แจ้งแทน\s*:?\s*(?:([0-9๐-๙]{8,9})\s+)?(?=\S)", text)
    if for_other:
        code = arabic_digits(for_other[1] or "")
        return i.Tell(text=text[for_other.end() :], for_other=True, village_code=code)
    for pattern, make in RAW:
        as_typed = re.fullmatch(pattern, text, re.IGNORECASE | re.DOTALL)
        told = make(as_typed) if as_typed else None
        if told:
            return told
    line = re.sub(r"^(/\w+)@\w+", r"\1", " ".join(arabic_digits(text).split()))
    bare = re.sub(r"\s*(?:ครับ|ค่ะ|คะ|คับ|หน่อย|จ้า|จ้ะ)+[!.]*$", "", line).lower()
    if bare in EXACT:
        return EXACT[bare]
    for pattern, make in PATTERNS:
        match = re.fullmatch(pattern, line, re.IGNORECASE)
        if match:
            return make(match)
    return None


def _register(m: re.Match[str]) -> i.Intent:
    return i.ChooseVillage(village_code=m[1])


def _resolve(m: re.Match[str]) -> i.Intent:
    rest = m[2]
    outcome = next((o for words, o in _OUTCOMES if words in rest), None)
    if outcome is None:
        return i.OfferResolution(item=int(m[1]))
    votes = re.search(r"(?<!\d)(\d{1,6})\s*(?:/|ต่อ|-|:)\s*(\d{1,6})(?!\d)", rest)
    return i.Resolve(
        item=int(m[1]),
        outcome=outcome,
        votes_for=int(votes[1]) if votes else None,
        votes_against=int(votes[2]) if votes else None,
        way=next((way for way, words in WAY_TH.items() if words in rest), None),
    )


_OUTCOMES = (
    ("ไม่เห็นชอบ", Outcome.REJECTED),
    ("ไม่ผ่าน", Outcome.REJECTED),
    ("เลื่อน", Outcome.POSTPONED),
    ("เห็นชอบ", Outcome.APPROVED),
    ("ผ่าน", Outcome.APPROVED),
)


def _status(m: re.Match[str]) -> i.Intent | None:
    code = tidy_code(m[1])
    if code:
        return i.ShowStatus(code=code)
    return i.ShowStatus(code="") if re.fullmatch(r"[A-Za-z0-9\-/ ]{4,14}", m[1]) else None


def _change(m: re.Match[str]) -> i.Intent:
    code = tidy_code(m[1])
    longest_first = sorted(STATE_WORDS, key=len, reverse=True)
    state_words = next((w for w in longest_first if m[2].startswith(w)), None)
    if not code or not state_words:
        return i.BadCommand(
            sentence="พิมพ์แบบนี้นะคะ: อัปเดต IS-XXXXXX กำลังทำ (แล้วตามด้วยเหตุผลสั้น ๆ)\n"
            "ใช้ได้: " + " / ".join(STATE_WORDS)
        )
    words = m[2].removeprefix(state_words).removeprefix("แล้ว").strip(" :-")
    return i.ChangeStatus(code=code, state=STATE_WORDS[state_words], words=words)


def _convene(m: re.Match[str]) -> i.Intent:
    rest = m[1]
    months = "|".join(re.escape(name) for name in (*MONTHS, *MONTHS_SHORT))
    day = re.search(
        rf"(?<!\d)(\d{{1,2}})(?:\s*({months})\s*(?:พ\.ศ\.\s*)?(\d{{4}}|\d{{2}})?"
        r"|\s*[/-]\s*(\d{1,2})\s*[/-]\s*(\d{4}|\d{2})(?!\d))",
        rest,
    )
    held_on = _day(day) if day else None
    tail = rest[day.end() :] if day else rest
    clock = CLOCK.search(tail)
    hour, minute = hour_of(clock) if clock else (0, 0)
    if held_on is None or hour > 23 or minute > 59:
        return i.BadCommand(
            sentence="พิมพ์วันประชุมแบบนี้นะคะ: นัดประชุม 12 ธันวาคม 2569 13.00 ศาลากลางบ้าน\n"
            "หรือพิมพ์ «นัดประชุม» อย่างเดียว จะมีวันให้เลือก"
        )
    place = (tail[: clock.start()] + " " + tail[clock.end() :]) if clock else tail
    place = re.sub(r"^(?:เวลา|ที่(?=\s)|ณ(?=\s)|[ ,])+", "", " ".join(place.split()))
    held_at = f"{hour:02d}.{minute:02d} น." if clock else ""
    return i.Convene(held_on=held_on, held_at=held_at, place=place)


_ASKS = "ไหม|มั้ย|ไหน|เมื่อไ|กี่โมง|หรือเปล่า|หรือยัง|รึยัง"
_ANY_DAY = "วัน|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์|พรุ่งนี้|มะรืน"


def _month(name: str) -> int:
    return (MONTHS.index(name) if name in MONTHS else MONTHS_SHORT.index(name)) + 1


def _day(m: re.Match[str]) -> date | None:
    if m[4]:
        month, said = int(m[4]), m[5]
    else:
        month, said = _month(m[2]), m[3]
    if not said:
        return None
    year = int(said) if len(said) == 4 else 2500 + int(said)
    year = year - BE if year > 2400 else year
    try:
        return date(year, month, int(m[1])) if 2015 <= year <= 2100 else None
    except ValueError:
        return None


_PATTERNS: tuple[tuple[str, Matched], ...] = (
    (r"(?:ลงทะเบียน|/start)\s*v?(\d{8,9})", _register),
    (r"(?:รับบทบาท|/start)\s*r-?([A-Za-z0-9_-]{8,40})", lambda m: i.Redeem(token=m[1])),
    (r"สรุป(?:\s+(?!ทุก(?:วัน|อาทิตย์|สัปดาห์))(.+))?", lambda m: i.Summarise(area=m[1] or "")),
    (r"(?:ระเบียบวาระ|วาระ|วาระประชุม|ขอวาระ|ขอระเบียบวาระ)", lambda m: i.SendAgenda()),
    (r"(?:แก้(?:ไข)?)?มติ(?:ที่|ข้อ|วาระ)?\s*(\d{1,3})(?:\s+(.*))?", lambda m: _resolve_or_offer(m)),
    (r"(?:สถานะ|ติดตาม)\s*(.+)", _status),
    (r"(?:อัปเดต|อัพเดต|อัพเดท|อัปเดท|เปลี่ยนสถานะ)\s+(\S+)\s+(.+)", _change),
    (rf"นัดประชุม(?!.*(?:{_ASKS}))(?:\s+|(?={_ANY_DAY}|\d))(.+)", _convene),
)


def _resolve_or_offer(m: re.Match[str]) -> i.Intent:
    return _resolve(m) if m[2] else i.OfferResolution(item=int(m[1]))


def read_button(data: str) -> i.Intent | None:
    """The intent behind a button's data, or None for data this version did not make."""
    verb, *rest = data.split(":")
    try:
        return BUTTONS[verb](rest)
    except (KeyError, IndexError, ValueError):
        return None


_BUTTONS: dict[str, Pressed] = {
    "v": lambda r: i.ChooseVillage(village_code=r[0]),
    "same": lambda r: i.SameIssue(report_code=r[0], issue_code=r[1]),
    "diff": lambda r: i.OtherIssue(report_code=r[0], issue_code=r[1]),
    "cats": lambda r: i.OfferCategories(report_code=r[0], skip=int(r[1]) if len(r) > 1 else 0),
    "cat": lambda r: i.CorrectCategory(report_code=r[0], category=r[1]),
    "mine": lambda r: i.MyReports(),
    "help": lambda r: i.Help(),
    "privacy": lambda r: i.Privacy(),
    "summary": lambda r: i.Summarise(),
    "agenda": lambda r: i.SendAgenda(),
    "item": lambda r: i.OfferResolution(item=int(r[0])),
    "vote": lambda r: i.OfferResolution(item=int(r[0]), outcome=Outcome(r[1])),
    "way": lambda r: i.Resolve(item=int(r[0]), outcome=Outcome.APPROVED, way=Way(r[1])),
    "res": lambda r: i.Resolve(item=int(r[0]), outcome=Outcome(r[1])),
    "status": lambda r: i.ShowStatus(code=tidy_code(r[0]) or ""),
    "set": lambda r: i.ChangeStatus(code=tidy_code(r[0]) or "", state=IssueState(r[1])),
    "join": lambda r: i.Welcome(),
}

TOPIC_MODULES = (
    telling, joining_in, groups, helping, media, own_data, settings, menus,
    desk, after, digests, preparing, running, minutes,
)  # fmt: skip
_TOPICS = tuple(module.TOPIC for module in TOPIC_MODULES)
EXACT: dict[str, i.Intent] = {w: n for topic in _TOPICS for w, n in topic.exact.items()} | _EXACT
PATTERNS: tuple[tuple[str, Matched], ...] = (
    *_PATTERNS,
    *(pattern for topic in _TOPICS for pattern in topic.patterns),
    (r"/start\s.*", lambda m: i.Welcome()),
)
RAW: tuple[tuple[str, Matched], ...] = tuple(p for topic in _TOPICS for p in topic.raw)
BUTTONS: dict[str, Pressed] = {
    v: n for topic in _TOPICS for v, n in topic.buttons.items()
} | _BUTTONS
