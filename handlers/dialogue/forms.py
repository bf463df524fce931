"""What words are by their form alone, whatever the language model takes them for. Pure.

Each test asks that nothing is left over: one word that is neither the command's nor a place's, and the
words are heard as somebody's own.
"""

import re

from handlers.dialogue.words import STATE_WORDS
from nlp.values import Place
from planning.forums import WAY_TH
from planning.thai import MONTHS, MONTHS_SHORT, arabic_digits


def _any(*words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_POLITE = r"ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ|นะ|เด้อ|[\s,.!]"
_PLACE = _any(
    *"แถวๆ แถว ตรง ที่ ณ อยู่ บริเวณ ละแวก ย่าน ช่วง หน้า หลัง ข้าง ข้างๆ ใกล้ ใกล้ๆ ติด ติดกับ ริม ท้าย ปาก "
    "หัว กลาง ตรงข้าม ฝั่ง เยื้อง ทางเข้า ปากทาง ทางไป ระหว่าง กับ ถึง ใต้ บน ใน นอก เหนือ ล่าง ใหญ่ เล็ก ใหม่ เก่า "
    "นี้ นั้น นี่ นั่น เลย แหละ เอง ๆ ถนน ทาง ซอย หมู่ หมู่ที่ คุ้ม บ้าน หมู่บ้าน ชุมชน ตำบล วัด มัสยิด โรงเรียน ศาลา "
    "ศาลากลาง ศาลาประชาคม ศาลาอเนกประสงค์ หอประชุม ที่ทำการ ผู้ใหญ่ ผู้ใหญ่บ้าน กำนัน อบต เทศบาล อนามัย รพ.สต. "
    "ตลาด ร้านค้า สะพาน คลอง คลองส่งน้ำ ห้วย หนอง หนองน้ำ บึง สระ สระน้ำ อ่างเก็บน้ำ ฝาย ท่าน้ำ ทุ่งนา นา สวน สามแยก "
    "สี่แยก แยก โค้ง สนามกีฬา ป่าช้า เมรุ".split()
)
"""Words that say where and never what is wrong there."""
_MONTH = _any(*MONTHS, *MONTHS_SHORT)
_DAY = (
    rf"\d{{1,2}}\s*(?:{_MONTH})(?:\s*(?:พ\.ศ\.\s*)?(?:\d{{4}}|\d{{2}})(?![\d.:]))?"
    r"|วัน(?:ที่|นี้|จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)|พรุ่งนี้|มะรืนนี้|มะรืน"
)
_TIME = (
    r"เวลา|\d{1,2}[.:]\d{2}(?:\s*น\.?)?|บ่าย\s*\d{1,2}(?:\s*โมง)?|\d{1,2}\s*(?:ทุ่ม|โมงเย็น|โมงเช้า|โมง)"
)
_DECIDED = (
    r"ไม่เห็นชอบ|เห็นชอบ|ไม่ผ่าน|ผ่าน|เลื่อน(?:การพิจารณา)?|\d+\s*(?:/|ต่อ|-|:)\s*\d+|เสียง|คะแนน|ด้วย|โดย|ให้"
)
_COMMAND = re.compile(
    rf"มติ(?:ที่|ข้อ|วาระ)?\s*\d{{1,3}}(?!\d)(?:{_DECIDED}|{_any(*WAY_TH.values())}|{_POLITE})*+"
    rf"|นัดประชุม\s+(?:{_DAY}|{_TIME}|{_PLACE}|{_POLITE})*+"
    rf"|(?:อัปเดต|อัพเดต|อัพเดท|อัปเดท|เปลี่ยนสถานะ)\s+[A-Za-z]{{2}}-\w{{6}}\s+(?:{_any(*STATE_WORDS)})"
    rf"(?:แล้ว|{_POLITE})*+"
)
_ONLY_PLACE = re.compile(rf"(?:{_PLACE}|{_POLITE}|\d{{1,3}})++")
_AREA = re.compile(r"(?:ตำบล|ต\.|อำเภอ|อ\.)\s?[ก-์]{2,12}")


def only_command(text: str, place: Place | None) -> bool:
    """Whether a text is a leader's command and its arguments (numbers, dates, votes, ways, a place)."""
    return _COMMAND.fullmatch(_rest(text, place)) is not None


def only_place(text: str, place: Place | None) -> bool:
    """Whether a text says where and nothing else: «แถวสระหลวงค่ะ»."""
    return _ONLY_PLACE.fullmatch(_rest(text, place) or " ") is not None


def like_an_area(words: str) -> bool:
    """Whether words have the form of a tambon's or a district's name, known or not."""
    return _AREA.fullmatch(words.strip()) is not None


def _rest(text: str, place: Place | None) -> str:
    """The text on one line without the words of the place that was found in it."""
    line = " ".join(arabic_digits(text).split())
    if place:
        for words in (*place.words, *place.others):
            line = line.replace(words, " ", 1) if words else line
    return line
