"""First and family names: what they look like, and where they end."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import accumulate

from nlp import name_words as lists
from nlp.tokens import commonness, dictionary, given_names, verbal, words

Span = tuple[int, int, float]
"""(start, end, certainty)."""

_MARKS = "ะาำิีึืุู่้๊๋์ั็"
_EDGE = re.compile(r"[^ก-๙a-z.]|[ๆฯ]")
_COMMON = 1000
_LONGEST = 64


@cache
def family_names() -> frozenset[str]:
    """Thai family names (the dictionary package's list)."""
    from pythainlp.corpus import thai_family_names

    return frozenset(thai_family_names())


@cache
def first_names() -> frozenset[str]:
    """Thai first names (the dictionary package's lists), without nicknames."""
    from pythainlp.corpus import thai_female_names, thai_male_names

    return frozenset(thai_female_names()) | frozenset(thai_male_names())


_ELEMENT = (
    "บัว คำ แก้ว บุญ ทอง จันทร์ จัน แสง ศรี อิน อินทร์ หล้า ปัน มูล ฟอง กอง ขัน ตุ้ย สม ดวง เพ็ญ หอม วัน นวล อ่อน หนู เสาร์ "
    "พุด แพง ตา ผัด "
    "เรือน ชุม แสน ก๋อง ติ๊บ จั๋น จั๋นทร์ บุ๋ญ คำพัน หมื่น เครือ มะลิ พวง ลำ สาย"
)
_COMPOUND = re.compile(
    rf"(?:{'|'.join(_ELEMENT.split())})(?:{'|'.join(_ELEMENT.split())}|มี|ดี|มา|ใส|จีน|สี|ถา|เพชร|เงิน|หลาย|สุข"
    rf"|ชู|เรือง|น้อย|ผาย|ใบ|เย็น|เลิศ|ลือ|นาค|วรรณ|ชัย|สา|สอน|ไหล|เกิด|โฮม|ไพ|ลอย|ผง|เขียว|ซาว|ซ้อน|เที่ยง|สิงห์|เปา"
    rf"|อ้าย|ผัน|หนัก|รอด)"
)


def compound(name: str) -> bool:
    """Whether a word no dictionary has is made of two words that old first names are made of."""
    return len(name) > 3 and bool(_COMPOUND.fullmatch(name)) and name not in dictionary()


def formal(name: str) -> bool:
    """Whether a word is a first name and no other word."""
    return len(name) > 2 and name in given_names() and name not in dictionary()


def segment_at(text: str, at: int) -> str:
    """Thai or Latin letters from `at` up to a space or sign, so many at most as a name may need."""
    m = _EDGE.search(text, at, at + _LONGEST)
    return text[at : m.start() if m else at + _LONGEST]


def whole_cut(segment: str, size: int) -> bool:
    """Whether a cut at `size` does not tear a letter from its marks."""
    return size >= len(segment) or segment[size] not in _MARKS


def longer_word(text: str, at: int, end: int) -> bool:
    """Whether a longer word than the name that ends at `end` stands at `at` (ทุ|เรียน)."""
    return any(text[at:n] in dictionary() for n in range(end + 1, min(len(text), end + 6) + 1))


_SYLLABLE = re.compile(
    "[เแโใไ]?(?:ห[งญนมยรลว]|[กขคตปผพทจสบฟซดศ][รลว]|[ก-ฮ])[ัิีึืุู็]?[่้๊๋]?(?:ัว|[ะาำวอ])?(?:[ก-ฮ]?[ก-ฮ]์|[ก-ฮ])?ะ?"
)


def one_syllable(word: str) -> bool:
    """Whether a word has the form of a nickname of one syllable."""
    plain = all("ก" <= c <= "ฮ" for c in word)
    return bool(_SYLLABLE.fullmatch(word)) and not (plain and word[0] == word[-1])


@lru_cache(maxsize=512)
def cut_up(segment: str) -> tuple[str, ...]:
    """The words of a segment, remembered: they are asked for repeatedly."""
    return tuple(words(segment))


def first_name(segment: str) -> str:
    """A first name at the front of a segment: a known one, or words no dictionary has."""
    cut = cut_up(segment[:26])
    if not cut:
        return ""
    least = 5 if cut[0] in lists.STOP else 4 if cut[0] in lists.NOT_NAMES else 2
    ends = set(accumulate(map(len, cut)))
    joined = _COMPOUND.match(segment)
    for size in range(min(len(segment), 18), least - 1, -1):
        if (segment[:size] in given_names() or (joined and compound(segment[:size]))) and (
            size in ends or (size > 3 and whole_cut(segment, size))
        ):
            return segment[:size]
    if least > 2:
        return ""
    head = ""
    for word in cut:
        if word in dictionary() or len(head + word) > 14:
            break
        head += word
    return head if len(head) > 1 and head[0] not in "ะาิีึืุูๆฯ" else ""


@cache
def _beginnings() -> frozenset[str]:
    """The first three letters of names, and names of two."""
    return frozenset(name[:3] for name in given_names())


def may_begin(segment: str) -> bool:
    """Whether a listed name can stand at the front of a segment."""
    known = _beginnings()
    return segment[:3] in known or segment[:2] in known


def goes_on(rest: str) -> bool:
    """Whether what follows a name tells of somebody: a telling word, a verb or a matter."""
    if lists.TELLS.match(rest) or lists.MATTER.match(rest):
        return True
    cut = cut_up(rest[:26])
    return bool(cut) and cut[0] in verbal()


def grown(segment: str, head: str, titled: bool = False) -> str:
    """The first name with a further word of it: «อิน» and «ถา», «ทอง» and «มี» before a space.

    After a title any word but a verb goes on the name.
    """
    rest = words(segment[len(head) :][:12])
    if not rest or len(head) + len(rest[0]) > 10:
        return head
    ends = len(head) + len(rest[0]) == len(segment)
    if rest[0] in lists.ENDINGS:
        return head + rest[0] if ends else head
    known = (
        bool(lists.TELLS.match(rest[0]))
        or rest[0] in lists.STOP
        or rest[0] in lists.NOT_NAMES
        or (rest[0] in verbal() if titled else commonness(rest[0]) >= _COMMON)
    )
    return head if known or not ends or len(rest[0]) < 2 else head + rest[0]


def full_name_end(text: str, at: int) -> int:
    """Where the first name at `at`, and the family name after it, end; `at` if none."""
    segment = segment_at(text, at)
    first = first_name(segment)
    if not first:
        cut = cut_up(segment[:26])
        plain = cut[0] if cut and len(cut[0]) > 1 else ""
        first = "" if plain in lists.STOP or plain in lists.NOT_NAMES else plain
    first = grown(segment, first, True) if first else first
    if not first:
        return at
    return family_name_end(text, at + len(first), first in given_names())


def family_name_end(text: str, end: int, sure: bool = False) -> int:
    """Where a family name after the first name ends; `end` if none follows.

    `sure` where a title and a first name that is no other word stand before it.
    """
    if text[end : end + 1] != " ":
        return _joined_family(text, end) if sure else end
    segment = segment_at(text, end + 1)
    if joined := _JOINED.match(text, end + 1):
        return joined.end()
    if segment in ("แซ่", "ณ"):
        return end + 2 + len(segment) + len(segment_at(text, end + 2 + len(segment)))
    known = _known_family(segment, sure)
    if known:
        return _second_part(text, end + 1 + known)
    if (told := _TOLD_BY.search(segment)) and told.start() > 3:
        segment = segment[: told.start()]
    if len(segment) < 3 or segment in _PLAIN or _TOLD_BY.match(segment):
        return end
    if sure and FOND.fullmatch(segment):
        return end + 1 + len(segment)
    cut = words(segment[:40])
    if sure and (own := _before_what_is_told(cut)):
        return end + 1 + own
    told_first = cut[0] in lists.STOP or bool(lists.TELLS.fullmatch(cut[0]))
    if told_first or cut[0] in lists.NOT_NAMES or commonness(segment):
        return end
    foreign = any(w not in dictionary() for w in cut)
    short = len(segment) <= 13 or (len(segment) <= 18 and (foreign or len(cut) <= 3))
    if short and len(cut) <= 5 and not lists.STOP & set(cut):
        return _second_part(text, end + 1 + len(segment))
    family = first_name(segment)
    return end + 1 + len(family) if len(family) > 4 else end


def _before_what_is_told(cut: Sequence[str]) -> int:
    """Letters of an unlisted family name before words that go on otherwise: «ขำสมมุติ|ด้วยครับ»."""
    size = 0
    for word in cut:
        if size and (word in lists.STOP or lists.TELLS.fullmatch(word)):
            return size if 4 < size <= 16 else 0
        if word in lists.STOP or lists.MATTER.match(word):
            return 0
        size += len(word)
    return 0


_FAMILY_BEGINS = re.compile(
    r"(?:ศรี|สุข|แก้ว|ทอง|บุญ|จันทร์|วงศ์|วงษ์|พงษ์|พงศ์|รัตน|สิงห์|คำ|พรหม|อินทร์|ไชย|ชัย|แสง|เพชร|สม|มั่น|เจริญ|เกตุ|นาค|พูล"
    r"|ผล|โพธิ์|ภู่"
    r"|เรือง|ปัญญา|ธรรม|กิตติ|วิเศษ|หอม|มณี|สาย|ดวง|ขาว|อ่อน|เที่ยง|นวล|หงษ์|ยอด|แพง|โสภา|สีดา|สาร|หมื่น|ใจ(?=ดี|งาม|มั่น"
    r"|เย็น|สม|กล้า|หาญ)|ดี(?=สม|งาม|พร้อม|มั่น)|มี(?=สุข|สม|ชัย|ทรัพย์|บุญ|ศรี))"
)
"""What family names often begin with."""


def _joined_family(text: str, end: int) -> int:
    """Where a family name written right after a first name ends: a listed one, or one that looks like it."""
    rest = segment_at(text, end)
    if _FAMILY_BEGINS.match(rest):
        at = end
        for word in cut_up(rest[:26]):
            if at > end and (
                word in lists.STOP or lists.TELLS.match(text, at) or lists.MATTER.match(text, at)
            ):
                break
            at += len(word)
        if 4 < at - end <= 16 and not _everyday(text[end:at]):
            return at
    listed = len(rest) > 3 and rest in family_names()
    listed = listed and not lists.TELLS.match(rest) and not lists.MATTER.match(rest)
    return end + len(rest) if listed or FOND.fullmatch(rest) else end


def _known_family(segment: str, sure: bool) -> int:
    """Length of the listed family name at the front of a segment, before its end or a telling word."""
    for size in range(min(len(segment), 24), 3, -1):
        if segment[:size] in family_names() and whole_cut(segment, size):
            rest = segment[size:]
            if not rest or (size > 4 and lists.TELLS.match(rest)):
                told = [w in lists.STOP or bool(lists.TELLS.fullmatch(w)) for w in words(segment)]
                plain = segment in _PLAIN or (all(told) if sure else told[0])
                return 0 if plain or (not sure and _everyday(segment[:size])) else size
    return 0


def _everyday(word: str) -> bool:
    """Whether a listed family name is rather an everyday word."""
    return commonness(word) >= _COMMON or bool(lists.TELLS.match(word) and word in dictionary())


def _second_part(text: str, end: int) -> int:
    """The end after «ณ …» or «(นามสกุลเดิม)» that goes on a family name."""
    m = re.compile(r" ณ ?[ก-๙]{2,16}").match(text, end)
    return m.end() if m else end


FOND = re.compile(r"รัก(?!ษา|กัน|ลูก|เมีย|ผัว|แม่|พ่อ|มาก|แฟน|เขา|ผม|หนู)[ก-๙]{3,9}")
"""Family names as «รักเรียน», «รักไทย»."""
_JOINED = re.compile(r"[ก-๙]{2,16} ณ ?[ก-๙]{2,16}")
_TOLD_BY = re.compile(
    r"(?:ได้|มา|ฝาก|เป็นคน|ที่)?(?:บอก|แจ้ง|โทร|ฝาก|ร้องเรียน|ขอให้|เล่า|อายุ|อยู่บ้าน|มาขอ|มายื่น)"
)
_PLAIN = frozenset("ผู้ใหญ่บ้าน กำนัน ราษฎร แจ้งว่า ร้องเรียน".split())
