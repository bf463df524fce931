"""Names of people: after a title, a kin word, an office or «ชื่อ», and bare ones; not those inside a landmark."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from nlp import name_words as lists
from nlp.bare_names import bare_names
from nlp.given import (
    FOND,
    Span,
    cut_up,
    family_name_end,
    family_names,
    first_name,
    first_names,
    formal,
    full_name_end,
    goes_on,
    longer_word,
    segment_at,
    whole_cut,
)  # fmt: skip
from nlp.kin import kin_names
from nlp.lexicon import lexicon
from nlp.tokens import commonness, dictionary, given_names, words

_RANK = (
    r"(?:ว่าที่ ?)?(?:พล|พ|ร|จ|ส|น)\. ?(?:ต|ท|อ|ส)\. ?(?:[ตทอ]\.)?|ว่าที่ ?ร้อย(?:ตรี|โท|เอก)"
    r"|ด\.ต\.|จ\.ส\.[ตทอ]\.?|ส\.ต\.[ตทอ]\.?"
    r"|ร้อย(?:ตรี|โท|เอก)|พัน(?:ตรี|โท|เอก)|จ่าสิบ(?:ตรี|โท|เอก)|สิบ(?:ตรี|โท|เอก)|ดาบตำรวจ|อส\.ทพ\."
)
_TITLE = re.compile(
    rf"(?:(?<![ก-ฮa-z.])(?:(?:{_RANK})(?: ?หญิง)?|ดร\.|นพ\.|พญ\.|ทพ\.|ผศ\.|รศ\."
    r"|mr\.?|mrs\.?|ms\.?(?= ?[a-z]+ [a-z])"
    r"|(?<!near )miss(?! (?:again|you|the|it|my|a)\b)|นส\.|ดช\.|ดญ\.|(?:น ส|ด ช|ด ญ)(?= ))"
    r"|(?<![ก-ฮ]\.)(?:นางสาว|นาง สาว|(?<!ส)(?:น\. ?ส\.|น\.ส(?=[ ก-ฮเแโใไ]))(?! ?[34ล])"
    r"|ด\. ?[ชญ]\.|ด\.[ชญ](?=[ ก-ฮเแโใไ])|เด็กชาย(?!แดน|คา|ทะเล|หาด)|เด็กหญิง)"
    r"|(?<!เจ๊)(?<!เจ้)(?<!แม่)(?<!มิถุ)(?<!(?<!ข้าพ)เจ้า)(?<!ท)(?<!ห)(?:"
    r"นาย(?!ก(?![ะาัำิีึืุู็่้๊๋]|ฤต|รุง|มล)|อำเภอ|ทุน|จ้าง|หน้า|ช่าง|ท่า|ทะเบียน|ร้อย|พล|แพทย์|ตรวจ|หัว|ประกัน|หนัง|ด่าน|สิบ"
    r"|พราน|ท้าย|แบบ|เรือ|ทหาร|ตำรวจ|ว่า)"
    r"|นาง(?!ฟ้า|เอก|นอง|รอง|พญา|แบบ|พยาบาล|งาม|แอ่น|เลิ้ง|รำ|ไม้|สาว|ลิ้นจี่|โลม|เงือก|กวัก|กอง)))\s?[(\"“]?\s?"
)
_DOTLESS = re.compile(r"(?<![ก-๙a-z.])(?:ดช|ดญ|นส) ?")
_SPELT = re.compile(r"(?<![ก-๙])(?:[เแโใไ]? ?[ก-ฮ][ะาำิีึืุู่้๊๋์ั็]{0,3}(?: |(?![ก-๙]))){4,}")
"""Letters each by itself: «น า ย ส ม ช า ย»."""
_SPELT_TITLE = re.compile(r"นางสาว|นาย|นาง|เด็กชาย|เด็กหญิง")
_SHORT_TITLE = re.compile(r"(?<!มิถุ)(?<!(?<!ข้าพ)เจ้า)(?<!ท)(?<!ห)(?:นาย|นาง) ?")
"""Titles whose further letters often make another word (นายก, นางรำ)."""
_INITIAL = re.compile(r"[ก-ฮ]\.?(?![ก-๙])")
_KIN = re.compile("|".join(re.escape(k) for k in sorted(lists.KIN, key=lambda k: (-len(k), k))))
_LETTERS = re.compile(r"[ก-๙a-z]{3,}")


def names(text: str, landmarks: Sequence[str] = ()) -> list[Span]:
    """(start, end, certainty) of names with their title in a normalised text."""
    held = _Spans(_landmark_spans(text, landmarks))
    found = [
        _without_matter(text, s)
        for s in (*_titled(text), *kin_names(text), *bare_names(text))
        if not held.hold(s[0], s[1]) and not _inside_place(text, s[0])
    ]
    found += _listed_after(text, found)
    return [*found, *_said_again(text, found, held)]


_AND = re.compile(r" ?(?:กับ|และ|,|/) ?")


def _listed_after(text: str, found: Sequence[Span]) -> list[Span]:
    """Names without a title or kin word right after a name and «กับ», «และ» or a comma."""
    out = []
    for _, end, _ in found:
        if not (sign := _AND.match(text, end)):
            continue
        segment = segment_at(text, sign.end())
        for size in range(min(len(segment), 14), 1, -1):
            name = segment[:size]
            if name in given_names() and whole_cut(segment, size) and commonness(name) < 600:
                told = size == len(segment) or goes_on(segment[size:])
                if told and name not in lists.NO_NAME and not longer_word(segment, 0, size):
                    out.append((sign.end(), sign.end() + size, 0.6))
                break
    return out


class _Spans:
    """Stretches of a text, asked whether one of them holds another."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def hold(self, start: int, end: int) -> bool:
        """Whether one of the stretches begins at `start` or before and ends at `end` or after."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end


def _landmark_spans(text: str, landmarks: Sequence[str]) -> list[tuple[int, int]]:
    """Where known landmarks' names stand."""
    return [
        (m.start(), m.end())
        for name in landmarks
        if len(name) > 2
        for m in re.finditer(re.escape(name.lower()), text)
    ]


def _inside_place(text: str, start: int) -> bool:
    """Whether what stands at `start` goes on the name of a shop, lane, temple and the like."""
    return bool(lists.PLACE.search(text[max(0, start - 32) : start]))


def _titled(text: str) -> Iterator[Span]:
    for m in _TITLE.finditer(text):
        end = full_name_end(text, m.end())
        if end > m.end():
            yield m.start(), end, 0.95
        elif m.group()[0] in "นด" and (initial := _INITIAL.match(text, m.end())):
            yield m.start(), initial.end(), 0.8
    for m in _DOTLESS.finditer(text):
        name = first_name(segment_at(text, m.end()))
        if len(name) > 1 and name in given_names() and name not in lists.EVERYDAY:
            yield m.start(), family_name_end(text, m.end() + len(name), True), 0.85
    for m in _SPELT.finditer(text):
        joined = m.group().replace(" ", "")
        title = _SPELT_TITLE.match(joined)
        if (title and len(joined) > title.end() + 1) or formal(first_name(joined)):
            yield m.start(), m.start() + len(m.group().rstrip()), 0.8
    for m in _SHORT_TITLE.finditer(text):
        if len(name := first_name(segment_at(text, m.end()))) > 3 and formal(name):
            yield m.start(), family_name_end(text, m.end() + len(name), True), 0.85


def _said_again(text: str, found: Sequence[Span], held: _Spans) -> Iterator[Span]:
    """Further places where a first or family name that was found stands without its title."""
    parts = {
        part
        for start, end, _ in found
        for part in _LETTERS.findall(_without_title(text[start:end]))
        if len(part) > 3
        and (
            _mostly_name(part) or (len(part) > 4 and not commonness(part) and len(words(part)) > 1)
        )
    }
    known = _Spans((start, end) for start, end, _ in found)
    for part in sorted(parts):
        for m in re.finditer(re.escape(part), text):
            inside = known.hold(m.start(), m.end()) or held.hold(m.start(), m.end())
            rest = segment_at(text, m.end())
            goes_on = not rest or bool(lists.TELLS.match(rest)) or text[m.end()] in "ๆฯ"
            if not inside and goes_on and not _inside_place(text, m.start()):
                yield m.start(), m.end(), 0.7


def _mostly_name(word: str) -> bool:
    """Whether a word is a first name, and no other word or a rare one."""
    return formal(word) or (len(word) > 4 and word in given_names() and commonness(word) < 1000)


def _without_title(name: str) -> str:
    """A name found, without the title, kin word or office at its front."""
    if m := _TITLE.match(name):
        return name[m.end() :]
    kin = _KIN.match(name)
    return name[kin.end() :] if kin else name


def _without_matter(text: str, span: Span) -> Span:
    """A name found, cut before what is told of the person: «ป้าบัว|จมน้ำ», «นายแดง| ไฟดับ»."""
    start, end, sure = span
    first = end - len(_without_title(text[start:end]).lstrip())
    gap = text.find(" ", first, end)
    last = end if gap < 0 else gap
    cut = _matter_in(text, first, last)
    if cut < last:
        return start, cut, sure
    if gap > 0 and _tells(text[gap + 1 : end].strip()):
        return start, gap, sure
    return span


def _matter_in(text: str, first: int, last: int) -> int:
    """Where, inside a first name, a word of the matter begins; its end if nowhere."""
    name = first_name(text[first:last])
    family = text[first + len(name) : last]
    listed = formal(name) or (len(name) > 3 and name in first_names())
    known = listed and (not family or family in family_names() or bool(FOND.fullmatch(family)))
    for at in range(first + 2, last):
        if not whole_cut(text[:last], at) or text[at - 1] in "เแโใไ":
            continue
        told = lists.MATTER.match(text, at)
        if told and (told.end() > last or not known):
            return at
        if not known and (_term_at(text, at, last) or _a_word(text, first, at, last)):
            return at
    return last


def _term_at(text: str, at: int, last: int) -> bool:
    """Whether a long word of the categories stands at `at`, where the name so far is one."""
    return any(text[at:n] in lexicon() for n in range(at + 5, min(last, at + 16) + 1))


def _a_word(text: str, first: int, at: int, last: int) -> bool:
    """Whether a known first name ends at `at` and what is left is a longer word and no name."""
    rest = text[at:last]
    likely = rest in dictionary() and rest not in given_names() and rest not in lists.ENDINGS
    return len(rest) > 4 and likely and text[first:at] in given_names()


def _tells(family: str) -> bool:
    """Whether a family name found is rather what the matter is."""
    if lists.MATTER.match(family):
        return True
    if family in family_names() or FOND.fullmatch(family):
        return False
    if family in dictionary() and family not in given_names():
        return True
    cut = cut_up(family[:40])
    terms = lexicon()
    return any(w in terms and len(w) > 3 for w in cut) or bool(
        cut and len(cut[0]) > 2 and cut[0] in terms
    )
