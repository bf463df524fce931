"""How many households and how long, as people say it. Pure."""

import re

from planning.thai import arabic_digits

WHOLE_VILLAGE = 0
"""Number of households that stands for all of them."""

_COUNTED = {
    "หนึ่ง": 1, "นึง": 1, "สอง": 2, "สาม": 3, "สี่": 4, "ห้า": 5, "หก": 6, "เจ็ด": 7, "แปด": 8, "เก้า": 9,
    "สิบ": 10, "ยี่สิบ": 20, "สามสิบ": 30,
}  # fmt: skip
_NUMBER = rf"(?:\d{{1,4}}|{'|'.join(sorted(_COUNTED, key=len, reverse=True))})"
_RANGE = rf"(?P<low>{_NUMBER})\s*(?:(?:-|–|ถึง|หรือ|,)?\s*(?P<high>{_NUMBER}))?\s*(?:กว่า)?\s*"
_HOMES = r"(?:หลังคาเรือน|หลังคา|หลัง|ครัวเรือน|ครอบครัว|ครัว|เรือน|บ้าน(?!เลขที่))"
_WHOLE = re.compile(
    r"(?:ทั้ง|หมด|เหมิด|โม้ด|ทุก|ตลอด)\s*(?:หมู่บ้าน|หมู่|คุ้ม|ชุมชน|หลังคาเรือน|หลัง|ครัวเรือน|ครอบครัว|บ้าน(?!เลขที่))"
)
_ONE = re.compile(
    r"(?:บ้าน|หลัง|ครอบครัว)\s*เดียว|เฉพาะบ้าน|แค่บ้าน|บ้าน(?:ผม|ฉัน|หนู|ป้า|ยาย|ลุง|เรา)(?:คนเดียว|เอง|บ้านเดียว)"
)
_SOME = re.compile(rf"{_RANGE}{_HOMES}")
_BARE = re.compile(rf"(?:ประมาณ|ราว|สัก|น่าจะ|แถว|มี)*\s*{_RANGE}(?:ครับ|คับ|ค่ะ|คะ|จ้า|[ .])*")
_UNITS = {"วัน": 1, "มื้อ": 1, "คืน": 1, "อาทิตย์": 7, "สัปดาห์": 7, "เดือน": 30, "ปี": 365}
_UNIT = "|".join(_UNITS)
_LONG = re.compile(rf"{_RANGE}(?P<unit>{_UNIT})")
_ABOUT = r"(?:ประมาณ|ราวๆ|ราว|สัก|น่าจะ|แถว|มีอยู่|มี|ได้|เป็น|มา|\s)*"
_END = r"(?:แล้ว|เลย|ได้|เอง|ด้วย|ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ|นะ|[ๆ.! ])*"
_JUST_HOMES = re.compile(rf"{_ABOUT}(?:{_RANGE}(?:{_HOMES})?|{_WHOLE.pattern}){_END}")
_JUST_LONG = re.compile(rf"{_ABOUT}{_RANGE}(?:{_UNIT})\s*(?:กว่า)?\s*(?:มา)?{_END}")
_CAME = re.compile(rf"มา(?:ได้)?\s*{_RANGE}(?P<unit>{_UNIT})")
_ALREADY = re.compile(rf"{_RANGE}(?P<unit>{_UNIT})\s*(?:กว่า)?\s*(?:มา)?แล้ว")
_SAID = (
    (re.compile(r"วันนี้|เมื่อเช้า|เมื่อกี้|เพิ่ง|มื้อนี้"), 0),
    (re.compile(r"เมื่อวาน|เมื่อคืน|มื้อวาน"), 1),
    (re.compile(r"หลายวัน"), 4),
    (re.compile(r"อาทิตย์นี้|สัปดาห์นี้|เป็นอาทิตย์"), 5),
    (re.compile(r"เดือนนี้|หลายอาทิตย์|หลายสัปดาห์"), 20),
    (re.compile(r"หลายเดือน|เป็นเดือน"), 90),
    (re.compile(r"หลายปี|เป็นปี|นานมาก"), 730),
)


def households(text: str, *, answering: bool = False) -> int | None:
    """How many households a text says it concerns; `WHOLE_VILLAGE` for all; None when it does not say.

    `answering`: the text answers that very question, so that a bare number is one.
    """
    line = " ".join(arabic_digits(text).split())
    if _WHOLE.search(line):
        return WHOLE_VILLAGE
    if some := _SOME.search(line):
        return _middle(some["low"], some["high"])
    if _ONE.search(line):
        return 1
    bare = _BARE.fullmatch(line) if answering else None
    return _middle(bare["low"], bare["high"]) if bare else None


def lasting_days(text: str, *, answering: bool = False) -> int | None:
    """For how many days a text says it has been so; None when it does not say.

    `answering`: the text answers that very question, so that a time by itself is one.
    """
    line = " ".join(arabic_digits(text).split())
    if answering:
        if long := _LONG.search(line):
            return _middle(long["low"], long["high"]) * _UNITS[long["unit"]]
        return next((days for sign, days in _SAID if sign.search(line)), None)
    lasts = _CAME.search(line) or _ALREADY.search(line)
    if lasts:
        return _middle(lasts["low"], lasts["high"]) * _UNITS[lasts["unit"]]
    return None


def only_measure(text: str) -> bool:
    """Whether a text is a number of households or a length of time and not a word more."""
    line = " ".join(arabic_digits(text).split())
    return bool(_JUST_HOMES.fullmatch(line) or _JUST_LONG.fullmatch(line))


def _middle(low: str, high: str | None) -> int:
    first = _number(low)
    last = _number(high) if high else first
    return max(1, (first + last) // 2)


def _number(words: str) -> int:
    return _COUNTED[words] if words in _COUNTED else int(words)
