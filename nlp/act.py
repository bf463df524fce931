"""What the sender is doing: telling, asking or only greeting. In doubt it is a matter."""

import re
from functools import cache

from nlp.normalise import MARKS
from nlp.tokens import lines
from nlp.values import Act

_STICKER = re.compile(r"(?:\[?(?:สติกเกอร์|สติ๊กเกอร์|รูปภาพ|รูป|ภาพ|sticker|photo|วิดีโอ|เสียง|ไฟล์)\]?\s*)+")
_MEANS = re.compile(r"\w")
_SELLS = re.compile(r"สินเชื่อ|เงินด่วน|อนุมัติไว|สมัครเว็บ|เครดิตฟรี|สล็อต|บาคาร่า|รายได้เสริมทำที่บ้าน")
_CALLS = re.compile(r"แอดไลน์|@|http|ทักมา|สนใจ")
_LONGEST = 160

_ASK = re.compile(
    r"ไหม|มั้ย|มั๊ย|ไม๊|หรือยัง|รึยัง|หรือเปล่า|รึเปล่า|หรือป่าว|เมื่อไหร่|เมื่อไร|เมื่อใด|ตอนไหน"
    r"|วันไหน|กี่โมง|ที่ไหน|ตรงไหน|ไหนบ้าง|ที่ใด|ยังไง|อย่างไร|ทำไง|อะไรบ้าง"
    r"|อะไร|เท่าไหร่|เท่าไร|กี่บาท|กี่วัน|ใคร|ทำไม|เหรอ|หรอ|ถึงไหน|ขั้นไหน|ว่าไง|\?|ได้บ่|บ่น้อ"
    r"|แล้วบ่|ใสบ่|จั่งได๋|จังได๋|อยู่ไส|ไสแหน่|ยามใด๋|มื้อใด๋|หยังบ่|ไผ"
    r"|ได้ก่อ|ก่อเจ้า|แต้ก๊า|จะใด|เมื่อใด|พรือ|ได้ม่าย|หม้าย|ตอใด|ฟังความ|ขอทราบ|สอบถาม|อยากทราบ"
    r"|อยากรู้|ขอถาม|ติดตามเรื่อง|(?:บ่|ก่อ|ก๊า|นิ)\s*$"
)
_SERVICE_TALK = re.compile(
    r"(?:เรื่อง|ตามที่|ที่|ตี้)(?:ข้าเจ้า|ผม|หนู|ฉัน|ดิฉัน|ป้า|ลุง|เรา)?(?:แจ้ง|ฟ้อง|ถาม|ส่ง|ร้อง)(?:ไป|ไว้|มา|นี้|\b)"
    r"|เรื่องที่แจ้ง|เรื่องที่ส่ง|เรื่องแจ้งไว้|เรื่องของฉัน|บอท|คนหรือ|คนแต้ก๊า|\bai\b|ใครตอบ|ไผตอบ|ส่งหาใคร|ส่งหาไผ|ใครอ่าน"
    r"|ประชุม(?!ชี้แจง)|เวทีประชาคม|เวทีหมู่บ้าน|ขอเบอร์|เบอร์(?:โทร)?(?:อะไร|นายก|อบต|กำนัน|ผู้ใหญ่)|เอกสาร|บัตรประชาชน|ทะเบียน|ต่อบัตร"
    r"|ทำบัตร|แจ้งเกิด|แจ้งตาย|ใบรับรอง|ภาษี|เปิดทำการ|เปิดวัน|วันหยุด|ขั้นตอน|เก็บข้อมูล|ข้อมูลส่วนตัว|แจ้งแทน|แจ้งในนี้|แจ้งเรื่องในนี้"
    r"|แจ้งทางนี้|แจ้งไว้แล้ว|ใบอนุญาต|ย้ายเข้า|ย้ายออก"
)
_TOLD = re.compile(
    r"เสีย(?!ภาษี|เงิน|ค่า)|พัง|ชำรุด|แตก|รั่ว|ตัน|ท่วม|ขัง|ดับ|หัก|ล้ม|เหม็น|มืด|หลุม|ไม่ไหล|บ่ไหล|ไม่ติด|เดือดร้อน|อันตราย|ป่วย|แห้ง|รก|ล้น|ขโมย|ไหม้"
    r"|ควัน|ฝุ่น|เน่า|ร้าว|ทรุด|ถนน|ไฟฟ้า|ประปา|ปั๊ม|ท่อ|สะพาน|ขยะ|คลอง|โกง|หลอก|ทวง|หลังคา|มันเอา|โดน|ประจาน|ยุง|พายุ|แล้ง"
)
"""Words of a matter of one's own; with one of them a question is kept as a matter."""


_WHEN_OR_COST = re.compile(
    r"วันไหน|วันใด|มื้อใด๋|มื้อไหน|กี่โมง|เท่าไหร่|เท่าไร|กี่บาท|ต้องเสีย(?:เงิน|ค่า)[^ ]{0,12}(?:ไหม|มั้ย|หรือ|รึ|บ่|ก่อ)"
)
_WHO_IS = re.compile(
    r"^(?:ใคร|ไผ)(?:คือ|เป็น)(?:ท่าน)?(?:ผู้ใหญ่(?:บ้าน)?|กำนัน|นายก|ปลัด|ผู้ช่วย)[^ ]{0,10} ?(?:ครับ|คะ|ค่ะ|\?)*$"
)
_SERVED = frozenset(("welfare", "service", "other", "health", "animals", "education"))
_LACKED = re.compile(
    r"(?:ไม่|บ่|ม่าย|มิ|บะ)(?:เข้า|ได้|มา|จ่าย|ออก|เคย|มี|ถึง|ครบ|พอ)|หาย|ขาด|ช้า|ล่าช้า|ขอ(?!ถาม|ทราบ)|อยากได้|กัด"
)
"""When a service comes and what it costs, asked by who tells of nothing amiss."""


@cache
def _phrases() -> dict[str, tuple[str, ...]]:
    """First letter -> the phrases that tell nothing."""
    table: dict[str, list[str]] = {}
    for line in lines("chatter.txt"):
        for phrase in line.split():
            table.setdefault(phrase[0], []).append(phrase)
    return {first: tuple(found) for first, found in table.items()}


def only_chatter(text: str) -> bool:
    """Whether a normalised text surely tells nothing: greeting, thanks, sticker, empty plea."""
    if not _MEANS.search(text) or _STICKER.fullmatch(text):
        return True
    if len(text) <= _LONGEST and _made_of_phrases(text):
        return not text.isdigit() or set(text) == {"5"}
    return bool(_SELLS.search(text) and _CALLS.search(text))


def _made_of_phrases(text: str) -> bool:
    """Whether known phrases, digits and signs, one after the other, make up the whole text."""
    reached = [True] + [False] * len(text)
    for at, c in enumerate(text):
        if not reached[at]:
            continue
        if c.isdigit() or not (c.isalpha() or c in MARKS or c in "ะาำๆฯ"):
            reached[at + 1] = True
        for phrase in _phrases().get(c, ()):
            if text.startswith(phrase, at):
                reached[at + len(phrase)] = True
    return reached[-1]


def asks(text: str) -> tuple[str, ...]:
    """The words of a normalised text that ask something."""
    return tuple(dict.fromkeys(m.group() for m in _ASK.finditer(text)))


def act_of(text: str, category: str, kind: str) -> Act:
    """What the sender does with this normalised text, given its category and kind.

    A question is only what asks about the service itself or names no matter of its own.
    """
    if only_chatter(text):
        return Act.CHATTER
    if _WHO_IS.search(text):
        return Act.QUESTION
    if not asks(text) or kind not in ("question", "other"):
        return Act.MATTER
    if category in _SERVED and _WHEN_OR_COST.search(text) and not _LACKED.search(text):
        return Act.MATTER if _TOLD.search(text) else Act.QUESTION
    served = category in ("service", "other") and _SERVICE_TALK.search(text)
    if served and not _TOLD.search(text):
        return Act.QUESTION
    return Act.MATTER
