"""Names without a title, where the sentence shows them: «ชื่อ…», «ผม… ครับ», a signature."""

import re
from collections.abc import Iterator

from nlp import name_words as lists
from nlp.given import (
    Span,
    family_name_end,
    family_names,
    first_name,
    first_names,
    formal,
    full_name_end,
    goes_on,
    longer_word,
    may_begin,
    segment_at,
    whole_cut,
)  # fmt: skip
from nlp.tokens import (
    commonness,
    dialect_words,
    dictionary,
    given_names,
    nicknames,
    verbal,
    words,
)

_SELDOM = 700
"""Words that occur less often are seldom what is meant where a person may be named."""

_CALLED = re.compile(
    r"(?:(?<!เ)(?<!ราย)(?<!ลง)(?<!เสีย)(?<!มี)ชื่อ(?:เล่น|จริง|ผู้แจ้ง|ผู้ร้อง)?(?:ว่า|คือ)?|นามสกุล|ตระกูล|ผู้แจ้ง"
    r"|ผู้ร้อง(?:เรียน|ทุกข์)?(?:ชื่อ)?"
    r"|ข้าพเจ้า|กระผม|ดิฉัน|ลงชื่อ|ผู้ติดต่อ|ผู้ประสานงาน|เรียกว่า|เรียกกันว่า|ฉายา)\s?[:=]?\s?"
)
_CALLED_PERSON = re.compile(
    r"(?<![เแโใไ])(?:แม่|พ่อ|ยาย|ตา|ลูก(?:ชาย|สาว)?|หลาน(?:ชาย|สาว)?|ผม|หนู|ฉัน|เด็ก|คน|สามี|ภรรยา|เมีย|ผัว|แฟน"
    r"|เพื่อน|พี่(?:ชาย|สาว)?"
    r"|น้อง(?:ชาย|สาว)?|คนไข้|ผู้ป่วย|คนข้างบ้าน|เพื่อนบ้าน|ลุง|ป้า|น้า|อา|แก|เขา|มัน|เฮา|ข้อย|เปิ้น|เพิ่น|เรา)"
    r"(?:เขา|แก|มัน|ผม|หนู|ฉัน)? ?ชื่อ(?!เสียง)(?:เล่น)?(?:ว่า|คือ)? ?"
)
_CALLED_DIALECT = re.compile(
    r"(?<![เแโใไ])(?:ข้อย|ข่อย|เปิ้น|เพิ่น|เฮา|ฉาน|ข้าเจ้า|แม่|พ่อ|ลูก|หลาน|ยาย|ผม|หนู|ฉัน|คน|เขา|เมีย|ผัว|ผู้เฒ่า"
    r"|เด็ก(?:น้อย)?|ละอ่อน)"
    r" ?(?:ชื่อ|ซื่อ|ซือ|จื้อ|จื่อ|จื๊อ|ฉื่อ)(?:ว่า|ว่าง)? ?"
)
_HONEST = re.compile(r"เสียง|สัตย์|ตรง|บื้อ|ๆ|มาก|ดี(?=$| )")
_OF_A_THING = re.compile(
    r"(?:ร้าน|คอนโด|หมู่บ้าน|อาคาร|โครงการ|ซอย|ถนน|โรงงาน|บริษัท|วัด|สถานที่|ป้าย|กลุ่ม|เพจ|แอพ|แอป)[ก-๙]{0,16} ?\Z"
)
_I = re.compile(
    r"(?:(?<![ก-๙])|(?<=ครับ)|(?<=ค่ะ)|(?<=คะ)|(?<=ดี)|(?<=คับ))"
    r"(?:ผม|หนู|ฉัน|ดิฉัน|กระผม|ข้าพเจ้า|ข้อย|เฮา|เรา|นี่|นี้|พี่|แม่|พ่อ) ?(?!ชื่อ)"
)
_POLITE = re.compile(
    r" ?(?:นะ|ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ|จ๊ะ|เอง|เด้อ|เจ้า|เน้อ)|,| ?\d{1,4}/\d| ?(?:อยู่|บ้านเลขที่|เบอร์|โทร|ม\.|หมู่)"
)
_HERE = re.compile(
    r"(?:^|\n|[.!?…\-–—:,/(] ?|(?:จาก|โดย|ของ|กับ|และ|ให้|คือ|แฟน|เพื่อน|เมีย|ผัว|สามี|ภรรยา|ลูก|หลาน|หา|เรียน|ติดต่อ|เจอ"
    r"|ถาม|ถึง|ครับ|ค่ะ|คะ|นะ|ด้วย|เรียก|ว่า|ฝาก|บอก|ชื่อ|รับแทน|แจ้ง|โทรหา|เห็น|ถูก|หรือ|แต่) ?| )(?=[ก-ฮเแโใไ])"
)
_NUMBER_NEXT = re.compile(
    r" ?(?:ครับ|ค่ะ|คะ)? ?(?:\(|มือถือ|เบอร์|โทร\.?|tel\.?|:)? ?:? ?(?:\(?\+?(?:0|66)(?:[ \-.()]{0,2}\d){8}|ศูนย์)"
)
_SOMEBODY = re.compile(
    r"(?:(?:แม่|พ่อ|ลูก|เมีย|ผัว|บ้าน|รถ|ที่|หมา|ยาย|ตา|เบอร์)ของ|โทรหา|ติดต่อ|แฟน|ถามหา) ?\Z"
)
_TOLD = re.compile(r" (?:แจ้ง|บอก|โทร|ฝาก|ร้อง|ครับ|ค่ะ)")
_AT_HOME = re.compile(r" (?:บ้าน(?!พัก|เมือง)|อยู่|อายุ|เบอร์|โทร|หมู่|ม\.|ครับ|ค่ะ|คะ|แจ้ง|เองครับ|เองค่ะ)")
_LANE = re.compile(r"[ \-]?(?:\d{1,3}(?!\d|/)|ซอย|ซ\.)")
_FACE = re.compile(
    r"(?:เฟสบุ๊ค|เฟซบุ๊ก|เฟสบุค|เฟซบุค|เฟส|เฟซ|facebook|ไลน์|ไลน)\s?(?:ชื่อ|ของ|คือ|:|ว่า)*\s?:?\s?"
)
_LATIN = re.compile(
    r"(?<![a-z])(?:my name is|i am|i'm|name is|name:|call me|named|this is|contact|ask for|regards,?"
    r"|thanks,?|from|by"
    r"|(?:husband|wife|son|daughter|mother|father|brother|sister|friend|house|home|dog|car|land) of"
    r"|(?:my|her|his|our) (?:husband|wife|son|daughter|mother|father|brother|sister|friend|uncle|aunt"
    r"|neighbou?r|boss|boy|girl|mum|mom|dad))"
    r"\s+(?!husband|wife|son|daughter|mother|father|my\b|mr|mrs|miss"
    r"|khun)([a-z]{2,15})((?: [a-z]{3,20}(?= from\b|[.,]|$))?)"
)
_LOOSE = re.compile(r"(?:contact|regards|thanks|from|by)")
_ROMAN_KIN = re.compile(
    r"(?<![a-z.])((?:khun|lung|loong|pee|phi|nong|auntie|aunty|uncle|aunt|grandma|grandpa|granny|teacher"
    r"|kru|kroo|ajarn|ajahn|k\.|p'|n'|headman|kamnan"
    r"|phuyai|phu yai)\s?([a-z]{2,15}))(?![a-z])"
)
_NOT_LATIN = frozenset(
    "a an the in at from very not so here living sick old afraid sorry happy worried tired it he his her him "
    "this that these there she they them one my our us we me village moo soi bangkok thailand line near "
    "next before since "
    "yesterday today monday you your and or but is was has have had cannot can will who with about for "
    "to of on by no yes "
    "police office officer tambon district hospital school temple market chief headman doctor water road "
    "house electricity "
    "fell got needs need lives live works work went cant died just also still now again please thanks "
    "thank all people "
    "somebody someone anyone nobody everyone outside inside behind behalf ban baan bua khai khaen".split()
)


_SLOT = re.compile(
    r"(?P<sure>ของ|ฝากถึง|ฝากบอก|บอก|เมีย|ผัว|สามี|ภรรยา|แฟน|ลูกสาว|ลูกชาย|ลูก|หลานสาว|หลานชาย|หลาน|เพื่อน|คือ"
    r"|โทรหา|ติดต่อ|ถามหา|ขอบคุณ"
    r"|ถึง|เชิญ|ญาติ|พ่อ|แม่|เจ้า|เรียกว่า|เรียก|ตาม)"
    r"|(?:ให้|กับ|และ|เห็น|บ้าน|ที่ดิน|ที่นา|สวน|รถ|ที่|โดย|จาก|หา|ด่า|ตี|ชน|ว่า|แต่|เพราะ|โดน|ถูก|หรือ)"
)
"""What stands before the name of a person; after the sure ones nicknames count too."""
_SIGNED = re.compile(
    r"(?:(?:ครับ|คับ|ค่ะ|คะ|นะ|จ้า|จ้ะ|ขอบคุณ|ด้วย|เจ้า|เด้อ|เน้อ)[ \n]+|\n|[\-–—] ?|จาก ?|โดย ?)([ก-๙]{2,14})[ .)]*\Z"
)
"""A word that ends a message after what is polite."""


_NUMBER = re.compile(r"\d ?\Z")
_COUNTING = frozenset(
    "ต้น ดวง หลัง คัน ตัว ใบ บ่อ แห่ง จุด เส้น สาย แปลง คน ลูก ฝา แผ่น ตอน ปี วัน มื้อ บาท".split()
)
"""Words that count things, some of which are nicknames as well: «3 ต้น» names nobody."""


def bare_names(text: str) -> Iterator[Span]:
    """(start, end, certainty) of names without a title in a normalised text."""
    for start, end, sure in _found(text):
        counts = text[start:end] in _COUNTING and _NUMBER.search(text[max(0, start - 3) : start])
        if not counts:
            yield start, end, sure


def _found(text: str) -> Iterator[Span]:
    yield from _called(text)
    yield from _in_slots(text)
    yield from _called_upon(text)
    yield from _signed(text)
    yield from _of_the_teller(text)
    yield from _standing_alone(text)
    yield from _latin(text)


def _called(text: str) -> Iterator[Span]:
    for m in _CALLED.finditer(text):
        segment = segment_at(text, m.end())
        if m.group().startswith(("นามสกุล", "ตระกูล")):
            if (
                m.group()[0] == "น"
                and len(segment) > 3
                and not lists.STOP & set(words(segment[:40]))
            ):
                yield m.end(), m.end() + len(segment), 0.8
            elif size := _family(segment):
                yield m.end(), m.end() + size, 0.8
            continue
        if _OF_A_THING.search(text[max(0, m.start() - 26) : m.start()]):
            continue
        word = first_name(segment)
        named = "ชื่อ" in m.group()
        ends = m.end() + len(word) == len(text) or text[m.end() + len(word)] in " \n,.)"
        likely = word in given_names() and (named or ends or formal(word))
        if (
            word
            and word not in lists.EVERYDAY
            and word != "หนู"
            and (likely or (named and not commonness(word)))
        ):
            yield m.end(), full_name_end(text, m.end()), 0.85
    for m in _CALLED_PERSON.finditer(text):
        segment = segment_at(text, m.end())
        cut = words(segment)
        if 1 < len(segment) <= 10 and not lists.STOP & set(cut):
            yield m.end(), family_name_end(text, m.end() + len(segment)), 0.7
        elif cut and len(cut[0]) > 1 and cut[0] not in lists.STOP | lists.NOT_NAMES:
            name = first_name(segment) or cut[0]
            if name in given_names() or lists.TELLS.match(segment, len(name)):
                yield m.end(), m.end() + len(name), 0.7
    for m in _CALLED_DIALECT.finditer(text):
        name = first_name(segment_at(text, m.end()))
        if (
            name in given_names()
            and name not in lists.EVERYDAY
            and not _HONEST.match(text, m.end())
        ):
            yield m.end(), family_name_end(text, m.end() + len(name)), 0.7
    for m in _FACE.finditer(text):
        if size := _likely(text, m.end()):
            yield m.end(), m.end() + size, 0.7


def _family(segment: str) -> int:
    """Length of the longest listed family name at the front."""
    sizes = range(min(len(segment), 24), 3, -1)
    return next((n for n in sizes if segment[:n] in family_names() and whole_cut(segment, n)), 0)


def _of_the_teller(text: str) -> Iterator[Span]:
    """«ผมสมชายครับ», «หนู แนน นะคะ»."""
    for m in _I.finditer(text):
        segment = segment_at(text, m.end())
        if not may_begin(segment):
            continue
        for size in range(min(len(segment), 14), 1, -1):
            name = segment[:size]
            if name not in given_names() or name in lists.EVERYDAY or not whole_cut(segment, size):
                continue
            end = m.end() + size
            further = family_name_end(text, end)
            usual = commonness(name) >= 1000 and m.group().strip() not in ("ดิฉัน", "กระผม", "ข้าพเจ้า")
            if further > end or (not usual and (_POLITE.match(text, end) or _ended(text, end))):
                yield m.end(), further, 0.75
                break


def _in_slots(text: str) -> Iterator[Span]:
    """First names and nicknames where a sentence names a person: «ของสำราญ», «ที่ไพศาลถม…»."""
    for m in _SLOT.finditer(text):
        sure = m.group("sure") is not None
        size = _named_in_slot(segment_at(text, m.end()), sure)
        if size and not lists.PLACE.search(text[max(0, m.start() - 32) : m.start()]):
            yield m.end(), family_name_end(text, m.end() + size), 0.65 if sure else 0.6


def _named_in_slot(segment: str, sure: bool) -> int:
    """Length of the name at the front of a segment, if what follows goes on as after a name."""
    if not may_begin(segment):
        return 0
    for size in range(min(len(segment), 14), 1, -1):
        name = segment[:size]
        if name not in given_names() or not whole_cut(segment, size):
            continue
        if not _rare(name, sure) or longer_word(segment, 0, size):
            continue
        rest = segment[size:]
        if goes_on(rest) or (sure and (not rest or (len(name) > 3 and formal(name)))):
            return size
    return 0


def _rare(name: str, sure: bool) -> bool:
    """Whether a listed name is seldom another word."""
    if name in lists.SELDOM_NAME:
        return False
    if name in first_names() and len(name) > 3:
        if not sure and name in nicknames() and name in dictionary() and commonness(name):
            return False
        return commonness(name) < _SELDOM and name not in verbal()
    marked = "๊" in name or "๋" in name
    playful = (marked or name not in dictionary()) and (sure or len(name) > 2)
    return playful and not commonness(name) and name not in dialect_words()[0]


def _called_upon(text: str) -> Iterator[Span]:
    """A nickname that begins a message and stands alone: «ตู่ ไปดูปั๊มที»."""
    name = segment_at(text, 0)
    playful = ("๊" in name or "๋" in name or name not in dictionary()) and not commonness(name)
    alone = 1 < len(name) < len(text) and name in given_names()
    if alone and playful and name not in lists.SELDOM_NAME and name not in dialect_words()[0]:
        yield 0, len(name), 0.6


def _signed(text: str) -> Iterator[Span]:
    """A name that ends a message: «… ขอบคุณค่ะ แนน»."""
    m = _SIGNED.search(text, max(0, len(text) - 32))
    name = m.group(1) if m else ""
    if (
        m
        and name in given_names()
        and commonness(name) < 2 * _SELDOM
        and name not in lists.SELDOM_NAME
    ):
        yield m.start(1), m.end(1), 0.65


def _ended(text: str, end: int) -> bool:
    return end == len(text) or text[end] in "\n,.)"


def _standing_alone(text: str) -> Iterator[Span]:
    """First names that are no other word, where a person may be named."""
    after = 0
    for m in _HERE.finditer(text):
        at = m.end()
        if at < after or not may_begin(text[at : at + 3]):
            continue
        size = _likely(text, at) or _nickname_of_somebody(text, m) or _teller(text, m)
        numbered = _LANE.match(text, at + size) and not _NUMBER_NEXT.match(text, at + size)
        if size and not numbered:
            after = at + size
            yield at, after, 0.7


def _likely(text: str, at: int) -> int:
    """Length of a bare first name, with its family name, at `at`; 0 if none is likely there."""
    segment = segment_at(text, at)
    size = next(
        (
            n
            for n in range(min(len(segment), 14), 2, -1)
            if segment[:n] in given_names() and formal(segment[:n]) and whole_cut(segment, n)
        ),
        0,
    )
    if not size:
        return _nickname_with_number(text, at, segment) or _saying(segment)
    end = at + size
    further = family_name_end(text, end, True)
    if further > end:
        return further - at
    rest = segment[size:]
    tells = bool(lists.TELLS.match(rest)) or bool(re.match(r"ลูก|เมีย|นาย|นาง|ลุง|ป้า", rest))
    return size if size > 3 and (not rest or tells) else 0


def _saying(segment: str) -> int:
    """Length of a first name that is also a rare word, where the person says or does something."""
    for size in range(min(len(segment), 12), 3, -1):
        name = segment[:size]
        if name in first_names() and lists.SAYS.match(segment, size):
            seldom = commonness(name) < 300 and name not in verbal() and whole_cut(segment, size)
            return size if seldom and name not in lists.SELDOM_NAME else 0
    return 0


def _teller(text: str, before: re.Match[str]) -> int:
    """Length of a rare word that is a first name at the start of a line, before a word of telling."""
    segment = segment_at(text, before.end())
    known = len(segment) > 3 and segment in first_names() and commonness(segment) < 300
    if known and _AT_HOME.match(text, before.end() + len(segment)):
        return 0 if segment in lists.SELDOM_NAME or segment in verbal() else len(segment)
    if before.group().strip() or not _TOLD.match(text, before.end() + len(segment)):
        return 0
    line_begins = before.end() == 0 or text[before.start() : before.end()].startswith("\n")
    return len(segment) if known and line_begins else 0


def _nickname_of_somebody(text: str, before: re.Match[str]) -> int:
    """Length of a rare nickname after «แม่ของ», «โทรหา» and the like, before a word that tells."""
    if not _SOMEBODY.search(before.string[max(0, before.end() - 12) : before.end()]):
        return 0
    segment = segment_at(text, before.end())
    for size in range(min(len(segment), 10), 1, -1):
        name = segment[:size]
        if name in nicknames() and whole_cut(segment, size) and not commonness(name):
            return size if size == len(segment) or lists.TELLS.match(segment, size) else 0
    return 0


def _nickname_with_number(text: str, at: int, segment: str) -> int:
    """Length of a nickname or name that is followed by a telephone, maybe after a family name."""
    size = next((n for n in range(min(len(segment), 14), 1, -1) if segment[:n] in given_names()), 0)
    if not size or not whole_cut(segment, size) or segment[:size] in lists.STOP:
        return 0
    end = at + size
    if (further := family_name_end(text, end)) > end and segment[:size] not in lists.EVERYDAY:
        known = text[end + 1 : further] in family_names()
        if known and (commonness(segment[:size]) < 1000 or _NUMBER_NEXT.match(text, further)):
            return further - at
    name = segment[:size]
    likely = name not in lists.EVERYDAY and (name in nicknames() or commonness(name) < 1000)
    return size if likely and _NUMBER_NEXT.match(text, end) else 0


def _latin(text: str) -> Iterator[Span]:
    for m in _LATIN.finditer(text):
        first = m.group(1)
        if first in _NOT_LATIN or first.endswith(("ing", "ed", "ly")):
            continue
        ends = text[m.end() : m.end() + 1] in ("", ".", ",", "\n", "!")
        if _LOOSE.match(m.group()) and not (ends or m.group().startswith("contact")):
            continue
        if m.group().startswith(("from", "by", "thanks")) and m.end(1) != len(text.rstrip(" .!")):
            continue
        yield m.start(1), m.end(), 0.8
    for m in _ROMAN_KIN.finditer(text):
        if m.group(2) not in _NOT_LATIN and ("+" not in text[m.start() - 1 : m.start()]):
            yield m.start(1), m.end(1), 0.8
