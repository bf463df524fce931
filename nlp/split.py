"""Two matters in one message: where one ends and the next begins. Rather no cut than a wrong one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from nlp.kind import tells_fault_or_wish
from nlp.values import CategoryScore, Place

MOST = 4
"""A message is cut into at most so many parts."""

_SHORTEST = 6
_FEWEST = 10
_FEWEST_OF_A_FAULT = 4
"""Letters without marks that a side must have at least; fewer where both sides tell a fault or wish."""

_LONGEST = 1200
_TRIES = 6


class Sign(IntEnum):
    """How plainly a place in the text says that something else begins."""

    CLAUSE = 1
    JOINED = 2
    COUNTED = 3


_LEAST = {Sign.CLAUSE: 0.65, Sign.JOINED: 0.5, Sign.COUNTED: 0.3}
"""How likely the category of both sides must be, by the sign between them."""

_COUNTED = re.compile(
    r"(?:แล้วก็|และ|กับ|ส่วน)?(?:อีก|แหม)(?:เรื่อง|ประการ|อย่าง(?:หนึ่ง|นึง)|ข้อ|ปัญหา|จุด|ที่(?:หนึ่ง|นึง))"
    r"|(?:เรื่อง|ข้อ|ประการ|อัน|ปัญหา|อย่าง)(?:ที่)? ?(?:สอง|สาม|ต่อไป|[2-9](?!\d))|(?:แล้วก็|และ|กับ|ส่วน)เรื่อง"
    r"|นอกจาก(?:นี้|นั้น)|(?<=\n)[-•*]"
)
"""Words that count matters: another one, the second, «2.»."""

_JOINED = re.compile(
    r"(?<= )(?:ส่วน(?!ตัว|รวม|กลาง|ใหญ่|มาก|ราชการ|น้อย|หนึ่ง|แบ่ง|ผสม|เกิน|บุคคล|ลึก|ต่าง)|แถม|พ่วง|แล้วก็|และ|ไหนจะ)"
    r"|พ่วง(?=คู|ราง|ท่อ|ไฟ|ถนน)"
    r"|(?<=[ก-๙])(?:แล้วก็|และ(?!เด็ก|คน))(?=[ก-๙])"
    r"|(?<= )(?:ข้าง ?ๆ|ใกล้ ?ๆ)(?= ?ก็|กัน)|\n|(?<= )แต่(?=ถนน|ไฟ|น้ำ|ท่อ|ขยะ|สะพาน|หลุม|ฝา)"
)
"""Words that add something."""

_NUMBERED = re.compile(r"(?<![\d.,/:])[(]?[2-9][.)](?!\d)")
_FIRST = re.compile(r"(?:^|[ \n:])[(]?1[.)](?!\d)")
"""A list; that of a form numbers place, picture and office, not matters."""

_FORM = re.compile(
    r"[(]?\d[.)] ?(?:ภาพ|รูป|ตามรูป|เขต|แขวง|สถานที่|ที่ตั้ง|บริเวณ|พิกัด|จังหวัด|อำเภอ|ตำบล|วันที่|เวลา|โทร|ชื่อ|ผู้แจ้ง"
    r"|หน่วยงาน|เคย|สาเหตุ|เพราะ|ผล|ความเสี่ยง|มีความ)"
)

_BESIDES = re.compile(
    r"ทั้ง(?!หมด|หมู่|วัน|คืน|สอง|ที่|นั้น|ตำบล|ซอย|บ้าน|เพ|เส้น|สาย|ปี|แถบ|เดือน|หลัง|สาม|นี้|ๆ|ตัว|ชุมชน|ต้น)"
)

_LETTER = re.compile(r"[ก-ฮa-z]")
_SAME_ONE = re.compile(
    r" ?(?:และ|แล้วก็|แถม) ?(?:ยัง|ให้|เก็บ|ขวาง|ลด|สกปรก|ไม่|บ่|ม่าย|มี|ทำ|ส่ง|ขอ|เป็น|กีด|ปล่อย|ทิ้ง|นำ|จะ|ได้|ถูก|โดน|กลิ่น"
    r"|เป่า|ใช้|เอา|มา|ไป|เข้า|ออก"
    r"|อยาก|ต้อง|ฝาก|พวก|เพื่อน|ครอบครัว|ญาติ|ลูก|แม่|พ่อ|ยาย|ตา|นา[ยง]|ซอย|ฝั่ง|หมู่|ม\.|ถนน[^ ]{0,3}$|สุข|ความ|การ|ที่"
    r"|ใน|เกรง|กลัว|อาจ|เกิด|\d|ขอบคุณ)"
)
"""What goes on about the same matter, person or place."""

_BOTH = re.compile(
    r"(?:[2-9]|สอง|สาม|หลาย) ?(?:เรื่อง|อย่าง|ข้อ|ปัญหา|ประการ)|ทั้งสอง(?:เรื่อง|อย่าง|จุด|ที่)|พร้อมกัน"
)
"""The message says itself that it holds several; then «กับ» and «และ» count them."""

_WITH = re.compile(r"(?<= )(?:กับ|และ|แล้วก็)|(?<=[ก-๙])(?:กับ|และ)(?=[ก-๙])")
_FAULT_WITH = re.compile(r"(?<=[ก-๙ ])กับ(?!ดัก|ข้าว|แก้ม|แกล้ม)")
"""Counts too where a fault or wish is told on both sides."""

_CLAUSE = re.compile(r" (?=(?:[^ \n]{2,24})ก็|แต่|ยิ่ง|อ้อ|เออ|ปล\.|ฝาก)|[,;] ?|(?<=[ก-๙])ก็(?=ไม่|บ่|ม่าย)")
"""A new clause; nothing says that it is a new matter."""

_ALSO = re.compile(r" (?=[^ \n]{2,16}ก็)")


_HANGS = re.compile(
    r"^ ?(?:และ|แล้วก็|แล้ว|ก็|ส่วน|แถม)?(?:เพราะ|เนื่องจาก|ทำให้|จน|เลย|ก็เลย|จึง|กลัว|เกรง|ย่าน|กั๋ว|เดี๋ยว|เพื่อ|เวลา|ถ้า"
    r"|หาก|ตอน|เสี่ยง|อาจ|เกิด|ส่งผล|เป็นเหตุ|ไม่งั้น|ไม่ฉะนั้น|บ่จั่งซั่น|เท่าที่)"
)
_BECAUSE = re.compile(
    r"ทำให้|เพราะ|เนื่องจาก|จนทำ|ส่งผล|เป็นเหตุ|จึง(?!แจ้ง)|เลย(?=ต้อง|ทำ|ไม่)|ก่อนถึง|ระหว่างรอ|(?:แล้ว|พอ)(?:ฝน|น้ำ)"
)
"""Words that tie a consequence to its cause."""

_TELLS_NOTHING = frozenset(("other", "service"))
_TIED = frozenset(
    frozenset(pair)
    for pair in (
        ("drainage", "road"), ("lighting", "safety"), ("lighting", "traffic"), ("lighting", "electricity"),
        ("pollution", "health"),
        ("pollution", "waste"), ("waste", "animals"), ("nature", "electricity"), ("traffic", "safety"),
        ("road", "traffic"),
        ("animals", "health"), ("drainage", "health"), ("drainage", "waste"), ("drainage", "pollution"),
        ("water_source", "farming"),
        ("water_source", "drainage"), ("water_source", "disaster"), ("water_source", "pollution"),
        ("water_source", "water_supply"), ("drainage", "water_supply"),
        ("disaster", "nature"), ("disaster", "drainage"), ("disaster", "road"), ("disaster",
        "public_building"), ("disaster", "electricity"),
        ("disaster", "farming"), ("disaster", "welfare"), ("debt", "dispute"), ("debt", "livelihood"),
        ("debt", "official_conduct"),
        ("debt", "farming"), ("land", "dispute"), ("livelihood", "farming"), ("welfare", "health"),
        ("welfare", "public_building"),
        ("drugs", "safety"), ("drugs", "dispute"), ("dispute", "safety"), ("dispute", "pollution"),
        ("education", "public_building"),
        ("education", "health"), ("animals", "farming"), ("animals", "traffic"), ("animals", "disaster"),
        ("animals", "safety"),
        ("nature", "road"), ("nature", "safety"), ("traffic", "livelihood"), ("road", "water_supply"),
        ("telecom", "health"),
        ("road", "safety"), ("waste", "health"),
        ("official_conduct", "dispute"),
    )
)  # fmt: skip
"""Categories of which one is often the cause, the consequence or the scene of the other."""


@dataclass(frozen=True)
class Side:
    """What a stretch of text says by itself."""

    categories: tuple[CategoryScore, ...]
    place: Place | None


@dataclass(frozen=True)
class Stretch:
    """`text[start:end]` of the normalised text and what it says."""

    start: int
    end: int
    side: Side


def split(text: str, read: Callable[[int, int], Side]) -> tuple[Stretch, ...]:
    """The matters of a normalised text in the order told; empty where it is only one.

    `read(start, end)` says what a stretch of the text tells by itself; it is asked only where the
    words give a reason to.
    """
    if not 2 * _SHORTEST <= len(text) <= _LONGEST:
        return ()
    whole = Stretch(0, len(text), Side((), None))
    found, tries = [whole], 0
    for at, sign in _cuts(text):
        last = found[-1]
        if len(found) == MOST or tries == _TRIES:
            break
        if not last.start + _SHORTEST <= at <= len(text) - _SHORTEST or _hangs(
            text, last.start, at, sign
        ):
            continue
        if not _sound(text, last.start, at, sign):
            continue
        tries += 1
        if both := _two(read, (last.start, at), (at, len(text)), sign):
            found[-1:] = both
    return tuple(found) if len(found) > 1 else ()


def _cuts(text: str) -> Iterator[tuple[int, Sign]]:
    """Where the text may be cut, with the plainest sign there, in order."""
    signs = [(m.start(), Sign.COUNTED) for m in _COUNTED.finditer(text)]
    signs += [(m.start(), Sign.JOINED) for m in _JOINED.finditer(text)]
    if _FIRST.search(text) and not _FORM.search(text):
        signs += [(m.start(), Sign.COUNTED) for m in _NUMBERED.finditer(text)]
    if _BOTH.search(text):
        signs += [(m.start(), Sign.COUNTED) for m in _WITH.finditer(text)]
    signs += [(at, Sign.JOINED) for at in _between_faults(text)]
    signs += [(m.start(), Sign.CLAUSE) for m in _ALSO.finditer(text)]
    if signs or len(text) >= 4 * _SHORTEST:
        signs += [(m.start(), Sign.CLAUSE) for m in _CLAUSE.finditer(text)]
    both = [m.start() for m in _BESIDES.finditer(text)]
    signs += [(at, Sign.JOINED) for before, at in pairwise(both) if 10 < at - before < 40]
    best: dict[int, Sign] = {}
    for at, sign in signs:
        best[at] = max(sign, best.get(at, sign))
    yield from sorted(best.items())


def _between_faults(text: str) -> Iterator[int]:
    """Where «กับ» stands between two faults or wishes."""
    for m in _FAULT_WITH.finditer(text):
        if all(map(tells_fault_or_wish, (text[: m.start()], text[m.end() :]))):
            yield m.start()


def _hangs(text: str, start: int, at: int, sign: Sign) -> bool:
    """Whether what follows a cut hangs on what stands before it: reason, consequence, time."""
    if _HANGS.match(text[at:]):
        return True
    near = text[max(start, at - 30) : at + 30]
    return sign < Sign.COUNTED and _BECAUSE.search(near) is not None


def _sound(text: str, start: int, at: int, sign: Sign) -> bool:
    """Whether words and not mere signs stand on both sides."""
    left, right = text[start:at], text[at:]
    if _SAME_ONE.match(right) or (text[at] == "," and text[at + 1 : at + 2].isdigit()):
        return False
    fewest = min(len(_LETTER.findall(left)), len(_LETTER.findall(right)))
    if fewest < _FEWEST:
        told = [tells_fault_or_wish(side) for side in (left, right)]
        counted = any(told) and sign is Sign.COUNTED and fewest > _FEWEST_OF_A_FAULT
        return counted or (fewest >= _FEWEST_OF_A_FAULT and all(told))
    return True


def _two(
    read: Callable[[int, int], Side], first: tuple[int, int], then: tuple[int, int], sign: Sign
) -> list[Stretch]:
    """Both stretches if each carries a matter of its own, none otherwise; the shorter is read first."""
    sides: dict[tuple[int, int], Side] = {}
    for where in sorted((first, then), key=lambda s: s[1] - s[0]):
        sides[where] = side = read(*where)
        best = side.categories[0]
        if best.code in _TELLS_NOTHING or best.score < _LEAST[sign]:
            return []
        if not best.words and sign < Sign.COUNTED:
            return []
    left, right = sides[first], sides[then]
    codes = frozenset((left.categories[0].code, right.categories[0].code))
    counted, apart = sign is Sign.COUNTED, _elsewhere(left.place, right.place)
    if len(codes) == 1 and not (counted and apart):
        return []
    if codes in _TIED and not (counted or apart):
        return []
    return [Stretch(*first, left), Stretch(*then, right)]


def _elsewhere(a: Place | None, b: Place | None) -> bool:
    """Whether both sides name a place, and not the same."""
    return a is not None and b is not None and (a.landmark or a.label) != (b.landmark or b.label)
