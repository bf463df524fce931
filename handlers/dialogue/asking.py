"""Kinds of questions that are answered from what is known. Pure."""

import re
from enum import StrEnum

from nlp.values import Understanding
from planning.codes import tidy_code


class Asked(StrEnum):
    """What somebody wants to know."""

    WHAT = "what"
    WHO_READS = "who_reads"
    PRIVACY = "privacy"
    FORUM = "forum"
    BECAME = "became"
    CALL = "call"
    HOW = "how"
    VILLAGE = "village"


_WHEN = r"เมื่อไหร่|เมื่อไร|เมื่อใด|วันไหน|ตอนไหน|กี่โมง|วันที่เท่า|มื้อใด๋|ยามใด๋|เมื่อได๋|ที่ไหน|อยู่ไส"
_WHO = r"ใคร|ไผ|ผู้ใด๋|เพิ่น"
_HOW_DONE = r"ยังไง|อย่างไร|ทำไง|จั่งได๋|จังได๋|จะใด|พรือ|ตรงไหน|ได้ไหม|ได้มั้ย|ได้บ่"
_NEWS = r"ถึงไหน|ฮอดไส|ขั้นไหน|ว่าไง|ว่ายังไง|ยังไงแล้ว|ยังไงบ้าง|หรือยัง|รึยัง|แล้วบ่|คืบหน้า|ได้เรื่อง|เป็นไง|เมื่อไหร่|เมื่อไร|เงียบ"
_TOLD = r"(?:แจ้ง|บอก|ฟ้อง|ส่ง|ร้องเรียน|ร้อง)"
_SIGNS: tuple[tuple[Asked, re.Pattern[str]], ...] = (
    (
        Asked.VILLAGE,
        re.compile(
            r"(?:ชาวบ้าน|ลูกบ้าน|คนอื่น|คนในหมู่บ้าน|เพื่อนบ้าน|หมู่บ้านเรา|บ้านเรา|ใครๆ)\s*(?:เขา|เค้า|เพิ่น)?\s*(?:แจ้ง|บอก|เดือดร้อน|มีเรื่อง)\S{0,6}(?:อะไร|หยัง|ไหน)"
            r"|what (?:do|did|have) (?:others|people|neighbou?rs|the villagers) (?:report|told|tell)",
            re.IGNORECASE,
        ),
    ),
    (
        Asked.BECAME,
        re.compile(
            rf"(?:เรื่อง|ตามที่|ที่|อันที่|ตี้).{{0,30}}{_TOLD}.{{0,40}}(?:{_NEWS})|ติดตามเรื่อง|เรื่อง(?:ของ)?(?:ผม|หนู|ฉัน|ป้า|ลุง|ยาย|เรา)\S{{0,12}}(?:{_NEWS})"
            r"|เรื่อง\s*\S{1,15}?\s*(?:ไป)?(?:ถึงไหน|ฮอดไส)|เรื่อง\s*\S{1,15}?\s*(?:มี(?:ความ)?)?คืบหน้า(?:ไหม|มั้ย|บ้าง|บ่|หรือ|รึ|แล้วหรือ)"
            r"|(?:what|any)\b.{0,20}(?:happened|became|news|progress).{0,16}\bmy\b.{0,12}report"
            r"|(?:status of|where is) my report"
            rf"|\b[A-Z0-9]{{6}}\b.{{0,20}}(?:{_NEWS})|(?:{_NEWS}).{{0,12}}\b[A-Z0-9]{{6}}\b",
            re.IGNORECASE,
        ),
    ),
    (
        Asked.FORUM,
        re.compile(
            rf"(?:ประชุม|ประชาคม|เวที).{{0,24}}(?:{_WHEN})|(?:{_WHEN}).{{0,14}}(?:ประชุม|ประชาคม|เวที)"
            r"|(?:ประชุม|ประชาคม).{0,14}(?:มีไหม|มีมั้ย|มีบ่|มีหรือ|มีรึ)|(?:จะ)?มี(?:การ)?(?:นัด)?(?:ประชุม|ประชาคม)\S{0,14}?(?:ไหม|มั้ย|บ่|หรือเปล่า|หรือยัง|รึยัง)"
            r"|(?:when|where)\b.{0,16}\bmeeting",
            re.IGNORECASE,
        ),
    ),
    (
        Asked.PRIVACY,
        re.compile(
            r"(?:เก็บ|เปิดเผย|รู้|เห็น|เอา)\S{0,10}(?:ข้อมูล|ชื่อ|เบอร์|รูป)\S{0,24}(?:ไหม|มั้ย|อะไร|บ้าง|หรือเปล่า|ป่าว|บ่|\?)"
        ),
    ),
    (
        Asked.WHO_READS,
        re.compile(
            rf"(?:{_WHO})\S{{0,6}}(?:อ่าน|เห็น|รับเรื่อง|เป็นคนดู|ดูเรื่อง|ได้รับ)|(?:ส่ง|ถึง|ไป)(?:ถึง|หา|ไปหา|ไปให้|ให้)?(?:{_WHO})"
            r"|\bwho (?:reads|sees|gets|will read|will see)",
            re.IGNORECASE,
        ),
    ),
    (
        Asked.CALL,
        re.compile(
            r"เบอร์(?:โทร)?|โทร(?:หา|แจ้ง|ไป|ถาม)?(?:ใคร|ไผ|ไหน|ที่ไหน|เบอร์)|ติดต่อ(?:ใคร|ไผ|ที่ไหน|ได้ที่|หน่วย|เจ้าหน้าที่)"
        ),
    ),
    (
        Asked.WHAT,
        re.compile(
            rf"(?:นี่|นี้|ไลน์|บอท|บอต|ระบบ|แชต|แชท)\S{{0,10}}(?:คืออะไร|คือหยัง|ทำอะไร|เอาไว้ทำ|ไว้ทำ|ใช้ทำ)|(?:คน|บอท|บอต|ai|เครื่อง)(?:จริง)?(?:หรือ|รึ|แม่น|แต้|ไหม|มั้ย|ป่าว)"
            rf"|(?:{_WHO})(?:เป็นคน)?ตอบ|(?:คืออะไร|คือหยัง)(?:ครับ|คับ|ค่ะ|คะ|[ ?])*$"
            r"|^what(?:'s| is) this\b.{0,12}$|\bare you (?:a |an )?(?:bot|robot|human|person|real)",
            re.IGNORECASE,
        ),
    ),
    (
        Asked.HOW,
        re.compile(
            rf"(?:แจ้ง|ส่งรูป|ส่งตำแหน่ง|ใช้|พิมพ์|ถอน|เปลี่ยน|แก้|เพิ่ม|ลง|เล่น)\S{{0,16}}(?:{_HOW_DONE})|วิธี(?:แจ้ง|ใช้|ส่ง|ทำ)"
        ),
    ),
)
"""Tried in this order: the first sign that is found tells the kind."""
_CLEARLY_CALL = re.compile(
    r"(?:ขอ|มี|อยากได้|อยากทราบ|รู้|บอก)\S{0,4}เบอร์|เบอร์(?:โทร)?\S{0,20}(?:อะไร|เท่าไหร่|เท่าไร|ไหม|มั้ย|หน่อย|\?)|โทร(?:หา|แจ้ง)?(?:ใคร|ไผ|เบอร์ไหน|ที่ไหน)"
)
_CODE = re.compile(r"(?<![A-Za-z0-9])(?:(?:IS|PJ)-?)?[A-Za-z0-9]{6}(?![A-Za-z0-9])", re.IGNORECASE)
_LEAVE = re.compile(
    r"ไม่มี(?:อะไร|เรื่อง|ไร)\S{0,4}แล้ว|บ่มีหยังแล้ว|แค่นี้(?:แหละ|ก่อน|ค่ะ|ครับ|นะ)|ฝันดี|ราตรีสวัสดิ์|ลาก่อน"
    r"|good ?night|\bbye\b",
    re.IGNORECASE,
)
_LONGEST, _SHORT, _BRIEF = 140, 60, 32
_CLEAR = 0.35


def asked(text: str) -> Asked | None:
    """What a question wants to know, where that is something the system knows; None otherwise."""
    line = " ".join(text.split())
    if len(line) > _LONGEST:
        return None
    return next((kind for kind, sign in _SIGNS if sign.search(line)), None)


def asked_plainly(text: str, reading: Understanding | None) -> Asked | None:
    """The same for words read as a matter: only what can hardly be one.

    That is asking after what was told before, for a number to call, or whatever in few words that name
    no fault. Danger and what must stay confidential never is.
    """
    if reading is None or reading.emergency.on or reading.confidential.on:
        return None
    kind = asked(text)
    if kind is Asked.BECAME:
        return kind
    if len(" ".join(text.split())) > _SHORT:
        return None
    if wants_number(text) and len(text.strip()) <= _BRIEF:
        return Asked.CALL
    first = reading.categories[0]
    return kind if first.code in ("other", "service") or first.score < _CLEAR else None


def says_thanks(text: str) -> bool:
    """Whether small talk thanks, in Thai or English."""
    return re.search(r"ขอบ|แต๊งกิ้ว|แทงกิ้ว|thank|\bthx\b", text, re.IGNORECASE) is not None


def takes_leave(text: str) -> bool:
    """Whether small talk ends the talk: nothing more to tell, good night."""
    return _LEAVE.search(text) is not None


def wants_number(text: str) -> bool:
    """Whether words ask for a telephone number, whatever else they tell."""
    return _CLEARLY_CALL.search(text) is not None


def asks_for_news(text: str) -> bool:
    """Whether words, said of a report, ask what became of it."""
    return re.search(_NEWS, text) is not None


def subject_of(text: str) -> str:
    """What «เรื่อง…ที่แจ้ง» names («เรื่องน้ำที่แจ้งไป» -> «น้ำ»); "" where it names nothing."""
    found = re.search(
        r"เรื่อง\s*(\S{2,15}?)\s*(?:ที่|ตี้|อันที่|ไปถึงไหน|ถึงไหน|ฮอดไส|คืบหน้า|มีความคืบหน้า)", text
    )
    return found[1] if found else ""


def code_in(text: str) -> str:
    """The first receipt's or issue's code that a text names, as it is stored; "" for none."""
    found = (tidy_code(m[0]) for m in _CODE.finditer(text))
    return next((code for code in found if code), "")
