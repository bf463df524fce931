"""Telephones, national numbers and bank accounts: long runs of digits in any spelling."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nlp.values import PersonalDataType as Type

Found = tuple[Type, int, int, float]
HOTLINES = frozenset(
    "191 199 1669 1567 1300 1784 1111 1129 1130 1155 1192 1193 1196 1323 1330 1362 1386 1422 1555".split()
)
_WORDS = {
    **{w: str(n) for n, w in enumerate("ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด เก้า".split())},
    **{w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine".split())},
    "ซูน": "0", "ศูน": "0", "สูน": "0", "สูนย์": "0", "ซูนย์": "0",
    "นึง": "1", "นึ่ง": "1", "เอ็ด": "1", "โท": "2", "ซาว": "2", "สี": "4", "เจ็ต": "7", "o": "0",
}  # fmt: skip
_DIGIT = (
    r"(?:\d|ศูนย์|ศูน|ซูนย์|ซูน|สูนย์|สูน|หนึ่ง|นึง|นึ่ง|สอง|โท(?!ร)|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า"
    r"|(?<![a-z])o(?=[ -]?[689])|(?<=\d)o(?=[\d -])|zero|one|two|three|four|five|six|seven|eight|nine)"
)
_GAP = r"(?:[ \n\-.–—−‐‑_*~•·()|\u20e3]{0,3}|ขีด)"
_RUN = re.compile(rf"{_DIGIT}(?:{_GAP}{_DIGIT}){{6,}}")
_ONE = re.compile(_DIGIT)
_NOT_A_RUN = re.compile(
    r"(?<![\d.])(?:[5-9]|1\d|2[01]|9[7-9]|10[0-6])\.\d{3,}(?![\d.])"
    r"|(?<![\d./])\d{1,2}([/.])\d{1,2}\1(?:25|20)?\d\d(?!\d|\1\d)"
    r"|(?<![\d.\-])\d{1,2}[.:]\d{2}(?= ?(?:น|-|–|ถึง))"
    r"|(?<![\d.\-])\d{1,3}\.\d{1,2}(?= |$)"
)
"""Positions, dates, times of day and decimals."""
_SLASHED = re.compile(
    r"(?<![\d/,])0[689](?:[/,]?\d){8}(?!\d|[/,]\d)|(?<![\d/,])[1-8](?:/?\d){12}(?!\d|[/,]\d)"
)
"""Numbers of people cut by signs that dates and amounts are cut by."""
_ODD = r"(?:[ \-]?(?:x|[^\d\nก-๙a-z,./:+%\[\] \-]){1,3}[ \-]?|[ \-])?"
_ODD_PHONE = re.compile(rf"(?<![\d.,/x])0[689](?:{_ODD}\d){{8}}(?![\d%])")
_ODD_CARD = re.compile(rf"(?<![\d.,/x])[1-8](?:(?:{_ODD}|,)\d){{12}}(?![\d%])")
_CARD_SHAPES = {
    (1, 4, 5, 2, 1),
    (5, 5, 3),
    (1, 4, 4, 4),
    (1, 4, 5, 3),
    (1, 4, 5, 2),
    (5, 8),
    (4, 4, 5),
}
_LIKE_DIGITS = re.compile(r"(?<![a-z\d])[0o][689b][\dlibo|](?:[ \-.]{0,2}[\dlibo|]){7}(?![a-z\d|])")
"""Telephones with letters that look like digits."""
_LINK = (
    r"(?:[ :;=.(\-]|กลับ|หา|มา|ไป|ที่|ได้|ผม|หนู|ฉัน|ดิฉัน|แม่|พ่อ|ลูก|แฟน|บ้าน|นี้|คือ|ศัพท์|มือถือ|เบอร์|โทร|ติดต่อ"
    r"|หมายเลข|เลข|ของ|เลย|ค่ะ|ครับ|me|at|is|no|number|นะ|ด่วน|เขา|แก|ใหม่|ผู้แจ้ง|ตรง|ก็)"
)
_CALL = re.compile(
    rf"(?:โทร|เบอร์|มือถือ|ติดต่อ|call|phone|tel|mobile|wa|whatsapp|☎|📞|📱){_LINK}{{0,6}}$"
)
_CARD = re.compile(
    r"(?:บัตร|ปชช|ประชาชน|เลขประจำตัว|13 ?หลัก|สิบสามหลัก|id card|national id|citizen id|คนพิการ)"
    rf"(?:{_LINK}|ปชช|ประชาชน|ประจำตัว|เลขที่|คนพิการ|คน|ทอง|ผู้สูงอายุ|ยาย|ตา|ลุง|ป้า|ว่า){{0,5}}$"
)
_BANK = re.compile(
    r"(?:บัญชี|บช\.?|พร้อมเพย์|promptpay|ธ\.?ก\.?ส\.?|กสิกร(?:ไทย)?|กรุงไทย|ออมสิน|ไทยพาณิชย์|กรุงศรี|กรุงเทพ"
    r"|ทหารไทย|ทีทีบี|ttb|scb|kbank|ktb|bbl|bay|ธนาคาร|โอน|ทรูมันนี่|วอเลท|wallet|ธอส\.?)"
    r"[^\d\n]{0,24}$"
)
_OFFICE = re.compile(
    r"(?:อบต|อบจ|เทศบาล|รพ\.? ?สต|รพ|โรงพยาบาล|สถานี[ก-๙]*|สภ|โรงพัก|ไฟฟ้า[ก-๙]*|ประปา[ก-๙]*|อำเภอ[ก-๙]*"
    r"|ชลประทาน[ก-๙]*|สำนักงาน[ก-๙]*|กู้ภัย[ก-๙]*|อนามัย|ศูนย์[ก-๙]*|กรม[ก-๙]*|ธนาคาร[ก-๙]*|call ?center)\.?"
    r"(?: ?[ก-๙]{2,14})?(?: ?(?:เบอร์(?:โทร)?|โทร|ที่|ได้ที่|หมายเลข|ติดต่อ|คือ)[ .:]?){0,3}[ :(]*$"
)
_PERSON = re.compile(r"ผม|หนู|ดิฉัน|แม่|พ่อ|ยาย|ลุง|ป้า|ตา(?!ม)|พี่|น้อง|นาย|นาง|บ้าน ?:? ?$")
_UNIT = re.compile(
    r" ?(?:บาท|คน|ครัวเรือน|เมตร|ม\.|กม|กิโล|วัน|ไร่|ลิตร|ล้าน|แสน|หมื่น|พัน|%|หลัง|ราย|ต้น|ชุด|ตัว|คัน|ดวง|โมง|น\."
    r"|ครั้ง|ปี|เดือน|ขวบ|ตร\.|ตาราง)"
)
_TAIL = re.compile(r" ?(?:ต่อ|ext\.?|#) ?\d{1,5}(?!\d)|-\d{1,2}(?![\d-])")
_FOREIGN = re.compile(r"(?:00)?660?[2-9]\d{7,8}")


class Group(NamedTuple):
    """Digits written without a gap, and where."""

    digits: str
    start: int
    end: int


def checksum_holds(digits: str) -> bool:
    """Whether 13 digits satisfy the national number's check digit."""
    total = sum(int(d) * (13 - i) for i, d in enumerate(digits[:12]))
    return (11 - total % 11) % 10 == int(digits[12])


def long_numbers(text: str) -> Iterator[Found]:
    """Telephones, national numbers and bank accounts in a normalised text."""
    for m in _SLASHED.finditer(text):
        kind = Type.PHONE if m.group()[0] == "0" else Type.NATIONAL_ID
        if not m.group().isdigit():
            yield kind, m.start(), m.end(), 0.8
    yield from _disguised(text)
    for run in _RUN.finditer(text):
        called = bool(_CALL.search(text, max(0, run.start() - 40), run.start()))
        groups = _groups(run)
        for part in [groups] if called else _parts(text, groups):
            yield from _finds(text, part, called)


def _disguised(text: str) -> Iterator[Found]:
    """Numbers cut by odd signs, or with letters for digits: «081x234x5678», «08l-234-5678»."""
    for m in _ODD_PHONE.finditer(text):
        if re.search(r"[^\d \-]", m.group()):
            yield Type.PHONE, m.start(), m.end(), 0.85
    for m in _ODD_CARD.finditer(text):
        shape = tuple(map(len, re.findall(r"\d+", m.group())))
        told = _CARD.search(text, max(0, m.start() - 40), m.start())
        if re.search(r"[^\d \-]", m.group()) and (told or shape in _CARD_SHAPES):
            yield Type.NATIONAL_ID, m.start(), m.end(), 0.85
    for m in _LIKE_DIGITS.finditer(text):
        if not m.group().isdigit() and sum(map(str.isdigit, m.group())) > 6:
            yield Type.PHONE, m.start(), m.end(), 0.8


def _groups(run: re.Match[str]) -> list[Group]:
    """The run's digits in the groups they were written in."""
    out: list[Group] = []
    for m in _ONE.finditer(run.string, run.start(), run.end()):
        digit = _WORDS.get(m.group(), m.group())
        if out and out[-1].end == m.start():
            out[-1] = Group(out[-1].digits + digit, out[-1].start, m.end())
        else:
            out.append(Group(digit, m.start(), m.end()))
    return out


def _parts(text: str, groups: Sequence[Group]) -> Iterator[list[Group]]:
    """The groups without positions, dates, times and decimals, cut where such stood."""
    first, last = max(0, groups[0].start - 6), groups[-1].end
    closed = [m.span() for m in _NOT_A_RUN.finditer(text[: last + 6], first)]
    part: list[Group] = []
    for g in groups:
        if any(a < g.end and g.start < b for a, b in closed):
            yield part
            part = []
        else:
            part.append(g)
    yield part


def _finds(text: str, groups: Sequence[Group], called: bool) -> Iterator[Found]:
    """What the groups hold, from left to right; what is left after «โทร» counts as a telephone."""
    if not groups:
        return
    while len(groups) > 1 and groups[0].digits in HOTLINES and len(groups[1].digits) != 4:
        groups = groups[1:]
    before = text[max(0, groups[0].start - 48) : groups[0].start]
    if whole := _by_context(text, groups, before):
        yield whole
        return
    at, hit = 0, False
    while at < len(groups):
        size, found = _shaped(text, groups[at:], called)
        if found:
            hit = True
            rest = groups[at + size :]
            if found[0] is Type.NATIONAL_ID and sum(len(g.digits) for g in rest) <= 4 and rest:
                found = (*found[:2], rest[-1].end, found[3])
            if not _of_an_office(text, found):
                yield found
        at += size
    if called and not hit:
        rest = [g for g in groups if g.digits not in HOTLINES]
        if 7 <= sum(len(g.digits) for g in rest) <= 12 and not rest[0].digits.startswith("1800"):
            yield Type.PHONE, rest[0].start, rest[-1].end, 0.7


def _by_context(text: str, groups: Sequence[Group], before: str) -> Found | None:
    """A number whose kind the words before it tell."""
    digits = "".join(g.digits for g in groups)
    start, end = groups[0].start, groups[-1].end
    if len(digits) == 13 and digits[0] != "0" and not _amounts(text, groups):
        return Type.NATIONAL_ID, start, end, 0.99 if checksum_holds(digits) else 0.85
    if 7 <= len(digits) <= 15 and _CARD.search(before) and not _mobile(digits):
        return Type.NATIONAL_ID, start, end, 0.8
    if 9 <= len(digits) <= 15:
        plain = not _mobile(digits) and not _FOREIGN.fullmatch(digits)
        if plain and _BANK.search(before) and not _amounts(text, groups):
            return Type.BANK_ACCOUNT, start, end, 0.85
    return None


def _shaped(text: str, groups: Sequence[Group], called: bool) -> tuple[int, Found | None]:
    """How many groups the number at the front takes, and what it is."""
    digits = ""
    best: tuple[int, Found | None] = (1, None)
    for n, g in enumerate(groups):
        digits += g.digits
        if len(digits) > 13:
            break
        kind = _kind(text, digits, groups[: n + 1], called)
        if kind:
            best = (n + 1, _extended(text, kind, groups[0].start, g.end))
            if len(digits) != 9 or digits[1] == "2" or digits[1] not in "689":
                break
    return best


def _kind(text: str, digits: str, groups: Sequence[Group], called: bool) -> Type | None:
    """What kind of number exactly these digits are."""
    size = len(digits)
    if size == 13 and digits[0] != "0":
        return None if _amounts(text, groups) else Type.NATIONAL_ID
    if size == 10 and tuple(len(g.digits) for g in groups) == (3, 1, 5, 1):
        return Type.BANK_ACCOUNT
    if digits[0] == "0" and (_mobile(digits) or (size == 9 and digits[1] in "234567")):
        return Type.PHONE
    odd = size == 11 or (size == 9 and called)
    if odd and digits[0] == "0" and digits[1] in "689":
        return Type.PHONE
    foreign = text[groups[0].start - 1 : groups[0].start] == "+" or called or digits[2:3] in "689"
    if size in (10, 11, 12, 13) and foreign and _FOREIGN.fullmatch(digits):
        return Type.PHONE
    return None


def _mobile(digits: str) -> bool:
    return len(digits) == 10 and digits[0] == "0" and digits[1] in "689"


def _amounts(text: str, groups: Sequence[Group]) -> bool:
    """Whether spaced groups are rather a list of amounts."""
    round_ones = sum(len(g.digits) > 1 and g.digits.endswith("0") for g in groups)
    spaced = all(text[a.end : b.start] == " " for a, b in pairwise(groups))
    return (
        len(groups) > 1
        and spaced
        and (bool(_UNIT.match(text, groups[-1].end)) or round_ones > max(2, len(groups) // 2))
    )


def _extended(text: str, kind: Type, start: int, end: int) -> Found:
    """The find with the sign before it and an extension after it."""
    if kind is Type.PHONE:
        while start and text[start - 1] in "+(":
            start -= 1
        if tail := _TAIL.match(text, end):
            end = tail.end()
    return kind, start, end, 0.95 if kind is Type.PHONE else 0.85


def _of_an_office(text: str, found: Found) -> bool:
    """Whether a land line's number directly follows the name of an office and no person."""
    kind, start, end, _ = found
    digits = [d for d in text[start:end] if d.isdigit()]
    if kind is not Type.PHONE or len(digits) != 9 or digits[1] in "689":
        return False
    before = text[max(0, start - 48) : start]
    office = _OFFICE.search(before)
    return bool(office) and not _PERSON.search(before[office.start() if office else 0 :])
