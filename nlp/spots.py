"""Places told without a landmark's name: lanes, moos, kilometre posts, zones, plain spots; and the
words for where that stand before a place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

NUMBER_WORDS_VALUE = {
    "สิบเอ็ด": "11", "สิบสอง": "12", "สิบสาม": "13", "สิบสี่": "14", "สิบห้า": "15", "สิบหก": "16",
    "สิบเจ็ด": "17", "สิบแปด": "18", "สิบเก้า": "19", "ยี่สิบ": "20", "หนึ่ง": "1", "สอง": "2", "สาม": "3",
    "สี่": "4", "ห้า": "5", "หก": "6", "เจ็ด": "7", "แปด": "8", "เก้า": "9", "สิบ": "10",
}  # fmt: skip
NUMBER_WORDS = tuple(NUMBER_WORDS_VALUE)

_WORD = (
    "(?:" + "|".join(NUMBER_WORDS) + ")"
    "(?![ัิีึืฺุู็่้๊๋์ะาำ]|ัคคี|แยก|แพร่ง|แถว|เดียว|พี่น้อง|ห้อง|คอน|พระยา|เสมียน|เหลี่ยม|ร้อย|พัน|หมื่น|สิบ|"
    "(?:คน|ตัว|ต้น|ดวง|คัน|เดือน|วัน|เมตร|ปี|ชั้น|ครั้ง|รอบ|ทุ่ม|โมง|ใบ|ราย|เจ้า|จุด|ข้างทาง|ฝั่ง|ฝ่าย|ฟาก|เลน|ขวบ))"
)
_N = r"(?:\d{1,2}(?![\d/.]|\s?(?:ต้น|ตัว|คัน|เดือน|วัน|เมตร|ปี|ดวง|ครั้ง|คน))|" + _WORD + ")"
_LANE = r"(?:\d{1,3}(?:/\d{1,3})?(?!\d)|" + _WORD + ")"
_MOO_SIGN = r"(?:หมู่ที่|หมู่|(?<![กซตช])ม\.|(?<![ก-๙.])ม)"
_SOI_SIGN = r"(?:ซอย|ซ\.|(?<![ก-๙])ซ)"
_MORE = r"((?: ?(?:,|-|–|กับ|และ|ถึง|ยัน|ฮอด) ?(?:{sign} ?)?{n})*)"
_MOO = re.compile(f"{_MOO_SIGN} ?({_N})" + _MORE.format(sign=_MOO_SIGN, n=_N))
_SOI = re.compile(f"{_SOI_SIGN} ?(?:ที่ ?)?({_LANE})" + _MORE.format(sign=_SOI_SIGN, n=_LANE))
_GRADE = re.compile(r"(?:ชั้น|เรียน(?:อยู่|จบ)?|จบ|เด็ก|ป\. ?\d ?(?:-|–|ถึง)) ?$")
_OTHERS = re.compile(r"(?:ร่วมกับ|ฝาก|ชาว|(?<![เแโใไ])คน|ผู้ใหญ่(?:บ้าน)?|กำนัน|อสม\.?|พวก|เด็ก|วัยรุ่น) ?$")
_WAY_TO = re.compile(r"(?:ถนน|ทาง|เส้น|สาย)(?:ที่)?ไป ?$")
_MORE_NUMBER = re.compile(rf" ?(-|–|ถึง|ยัน|ฮอด)?[^\d,]*?({_LANE})")
_KM = re.compile(
    r"(?:หลักกิโล(?:เมตร)?|กิโลเมตร|กิโล|กม\.?) ?(?:ที่ ?)?(\d{1,3}(?:[+.]\d{1,3})?)(?![\d/])"
    r"(?! ?(?:บาท|ละ|คน|วัน|ตัว|ลัง|ถุง))"
)
_KM_BEFORE = re.compile(r"(?:\d|หลาย|ละ|ครึ่ง|สิบ|สอง|สาม) ?$")
_BLOCK = re.compile(
    r"(โซน|บล็อก|บล็อค|บล๊อก|บล๊อค|เฟส|ล็อค|ล็อก|แถวที่) ?(?:ที่ ?)?(\d{1,2}|[a-z])(?![\da-z.])"
)
_BLOCK_SHOWN = {"บล็อค": "บล็อก", "บล๊อก": "บล็อก", "บล๊อค": "บล็อก", "ล็อค": "ล็อก"}

_RELATIONS = (
    "ตรงข้าม ฝั่งตรงข้าม ตรงกันข้าม เยื้อง ด้านหน้า ด้านหลัง ด้านข้าง ทางเข้า ทางไป ถนนไป ปากทาง ปากทางเข้า หน้า หลัง ข้าง "
    "ใกล้ ใก้ ท้าย ปาก หัว ตีน ริม ใต้ บน เลย ก่อนถึง ก่อนจะถึง ก่อนฮอด แถว ละแวก ทางลง คอ เชิง ติด ถัดจาก รอบ สุด ต้น กลาง ใน"
).split()
_SHOWN = {
    "ฝั่งตรงข้าม": "ตรงข้าม", "ตรงกันข้าม": "ตรงข้าม", "ใก้": "ใกล้", "ก่อนจะถึง": "ก่อนถึง", "ก่อนฮอด": "ก่อนถึง",
    "ละแวก": "แถว", "ติด": "ติดกับ", "ถนนไป": "ทางไป", "ปากทางเข้า": "ปากทาง", "ในกลาง": "กลาง",
}  # fmt: skip
_PLAIN_WHERE = frozenset(("ใน", "บน", "กลาง", "ต้น", "ติด", "รอบ", "สุด"))
"""Relations that are shown only where they tell more than the place itself."""
_BEYOND = r"(?:(?<![ก-๙])|(?<=อยู่)|(?<=ตรง)|(?<=ทาง)|(?<=ถนน)|(?<=บ้าน)|(?<=ที่))เลย"
"""«เลยวัดไป», but not «ดับหมดเลย วัด…»."""
RELATION = re.compile(
    "("
    + "|".join(_BEYOND if r == "เลย" else r for r in sorted(_RELATIONS, key=lambda r: (-len(r), r)))
    + r")(?:กับ|ๆ| ๆ)? ?$"
)
_AT = re.compile(
    r"(?:ตรง|แถว|ที่|ตี้|ทาง|บริเวณ|กลาง|ย่าน|แยก|โค้ง|ช่วง|โซน|อยู่|หม่อง|ถนน|เส้น|สาย|ผ่าน|รั้ว|ห้องน้ำ|กำแพง|"
    r"ลาน|หลังคา|ประตู|หลุม|ราดยาง|เสา|ไฟ)"
    r"(?:ๆ| ๆ|กับ)? ?$"
)
_MOTION = re.compile(
    r"(?:(?<!ทาง)(?<!ถนน)(?<!เส้น)(?<!สาย)(?<!แยก)(?<!ซอย)(?<!เลี้ยว)ไป(?:ที่)?|(?<!ห)มา(?:จาก|ที่|ถึง)?|กลับ(?:จาก)?|(?<!ถัด)(?<!ห่าง)จาก|"
    r"(?<!ก่อน)(?<!ใกล้)(?<!จะ)ถึง|ฮอด|เมือ|(?<!ทาง)(?<!ถนน)เข้า|ส่ง|ยัน|ร่วมกับ|แจ้ง|บอก|โทร(?:หา)?) ?$"
)
_FLOWS = re.compile(r"(?:น้ำ|ท่วม|ไหล|ไฟ|ช้าง|งู|ดิน)(?:ป่า|โคลน|เสีย)?[^ ]{0,6}เข้า ?$")
_NEGATED = re.compile(
    r"(?:ไม่ใช่|บ่แม่น|ไม่ได้อยู่|ไม่เกี่ยวกับ|คนละ(?:ที่|ทาง|เรื่อง|ซอย)กับ|เหมือน|เช่นเดียวกับ|คล้าย)"
    r"(?:กับ)? ?(?:ที่|แถว|ตรง|หน้า|ของ)? ?$"
)

_FACILITIES = {
    "โฮงเฮียน": "โรงเรียน", "รร.": "โรงเรียน", "รร": "โรงเรียน", "อบต.": "อบต", "รพ.สต": "รพ.สต.", "รพสต": "รพ.สต.",
    "หลาด": "ตลาด", "ขัว": "สะพาน", "สพาน": "สะพาน", "โบสถ์": "วัด", "สุเหร่า": "มัสยิด", "หมู่บ้าน": "หมู่บ้าน",
    "ปั๊มน้ำมัน": "ปั๊ม", "ปั้ม": "ปั๊ม", "สนามบอล": "สนามกีฬา", "ทุ่งนา": "ทุ่ง", "โรงพัก": "สถานีตำรวจ",
}  # fmt: skip
_SPOT_WORDS = (
    "วัด โรงเรียน มัสยิด ศาลา อบต เทศบาล ตลาด กาด อนามัย รพ.สต. บ้านผู้ใหญ่ บ้านกำนัน ซอย สะพาน คลอง หนอง ห้วย ฝาย ทุ่ง "
    "ป่าช้า เมรุ สนามกีฬา ปั๊ม โรงงาน อ่างเก็บน้ำ เขื่อน สถานีตำรวจ ศูนย์เด็กเล็ก สามแยก สี่แยก ดอย ทางรถไฟ เซเว่น ปากซอย"
).split()
_SPOT = re.compile(
    r"(หน้า|หลัง|ข้าง|ตรงข้าม|ใกล้|ท้าย|ปาก|ริม|หัว|ทางเข้า|กลาง|ใต้|บน|เชิง|แถว|ก่อนถึง|เลย)(?:ๆ| ๆ|กับ)? ?("
    + "|".join(
        re.escape(w) for w in sorted({*_SPOT_WORDS, *_FACILITIES}, key=lambda w: (-len(w), w))
    )
    + r")(?!เลิก|เปิดเทอม|ปิดเทอม)"
)


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place without a landmark, where it stands, and what may be shown of it."""

    start: int
    end: int
    label: str
    score: float
    moo: int | None = None
    soi: str = ""
    km: str = ""


def before(text: str, start: int) -> str:
    """The letters before a place that may say how it is meant."""
    return text[max(0, start - 18) : start]


def relation(text: str, start: int) -> tuple[str, int]:
    """The relation word that ends at `start` as it is shown, and where it begins; "" if none."""
    m = RELATION.search(before(text, start))
    if not m:
        return "", start
    word = _SHOWN.get(m[1], m[1])
    return "" if word in _PLAIN_WHERE else word, start - len(m[0])


def at_place(text: str, start: int) -> bool:
    """Whether a word for where stands before a place."""
    left = before(text, start)
    return bool(RELATION.search(left) or _AT.search(left))


def on_the_way(text: str, start: int) -> bool:
    """Whether a place is only gone to or come from: «ไปวัด», «กลับจากกาด»."""
    left = before(text, start)
    return bool(_MOTION.search(left)) and not _FLOWS.search(left)


def denied(text: str, start: int) -> bool:
    """Whether a place is said not to be meant: «ไม่ใช่ซอย 3», «เหมือนหน้าวัด»."""
    left = before(text, start)
    m = RELATION.search(left)
    return bool(_NEGATED.search(left) or (m and _NEGATED.search(left[: m.start()])))


def numbered(text: str, start: int) -> bool:
    """Whether a lane or a moo with its number stands at `start`."""
    return bool(_SOI.match(text, start) or _MOO.match(text, start))


def spots(text: str) -> Iterator[Spot]:
    """Lanes, moos, posts, zones and plain spots of a normalised text, in no order."""
    yield from _lanes(text)
    yield from _moos(text)
    for m in _KM.finditer(text):
        if not _KM_BEFORE.search(before(text, m.start())):
            yield Spot(start=m.start(), end=m.end(), label=f"กม. {m[1]}", score=0.6, km=m[1])
    for m in _BLOCK.finditer(text):
        shown = f"{_BLOCK_SHOWN.get(m[1], m[1])} {m[2].upper()}"
        yield Spot(start=m.start(), end=m.end(), label=shown, score=0.5)
    for m in _SPOT.finditer(text):
        label = m[1] + _FACILITIES.get(m[2], m[2])
        yield Spot(start=m.start(), end=m.end(), label=label, score=0.4)


def _lanes(text: str) -> Iterator[Spot]:
    for m in _SOI.finditer(text):
        number = NUMBER_WORDS_VALUE.get(m[1], m[1])
        label = f"ซอย {number}" + _more(m[2], "ซอย")
        yield Spot(start=m.start(), end=m.end(), label=label, score=0.7, soi=number)


def _moos(text: str) -> Iterator[Spot]:
    for m in _MOO.finditer(text):
        left = before(text, m.start())
        if (number := _moo_number(m)) and not _GRADE.search(left) and not _OTHERS.search(left):
            way = "ทางไป" if _WAY_TO.search(left) else ""
            label = f"{way}หมู่ {number}" + _more(m[2], "หมู่")
            yield Spot(start=m.start(), end=m.end(), label=label, score=0.4, moo=number)


def _moo_number(m: re.Match[str]) -> int:
    return int(NUMBER_WORDS_VALUE.get(m[1], m[1]))


def _more(text: str, sign: str) -> str:
    """Further numbers as they are shown: « ถึงหมู่ 5», « และหมู่ 7»; at most two."""
    out = ""
    for m in list(_MORE_NUMBER.finditer(text))[:2]:
        out += f" {'ถึง' if m[1] else 'และ'}{sign} {NUMBER_WORDS_VALUE.get(m[2], m[2])}"
    return out


@lru_cache(maxsize=4096)
def numbers(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Numbers of all lanes, and of all moos, a normalised text or a landmark's name speaks of."""
    lanes: set[str] = set()
    for m in _SOI.finditer(text):
        lanes |= _counted(NUMBER_WORDS_VALUE.get(m[1], m[1]), m[2])
    moos: set[str] = set()
    for m in _MOO.finditer(text):
        if not _GRADE.search(before(text, m.start())):
            moos |= _counted(str(_moo_number(m)), m[2])
    return frozenset(lanes), frozenset(moos)


def _counted(first: str, more: str) -> set[str]:
    """All numbers of a list; what lies between the ends of a range is among them."""
    out, last = {first}, first
    for m in _MORE_NUMBER.finditer(more):
        number = NUMBER_WORDS_VALUE.get(m[2], m[2])
        if m[1] and last.isdigit() and number.isdigit() and 0 < int(number) - int(last) <= 12:
            out |= {str(k) for k in range(int(last), int(number))}
        out.add(str(int(number)) if number.isdigit() else number)
        last = number
    return out
