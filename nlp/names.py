"""Names of people: after a title, a kin word, an office or «ชื่อ», and bare ones; not those inside a landmark."""

import re
from collections.abc import Iterator, Sequence

from nlp import name_words as lists
from nlp.bare_names import bare_names
from nlp.given import Span, family_name_end, first_name, formal, full_name_end, segment_at
from nlp.kin import kin_names
from nlp.tokens import commonness, given_names, words

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
    r"นาย(?!ก|อำเภอ|ทุน|จ้าง|หน้า|ช่าง|ท่า|ทะเบียน|ร้อย|พล|แพทย์|ตรวจ|หัว|ประกัน|หนัง|ด่าน|สิบ"
    r"|พราน|ท้าย|แบบ|เรือ|ทหาร|ตำรวจ|ว่า)"
    r"|นาง(?!ฟ้า|เอก|นอง|รอง|พญา|แบบ|พยาบาล|งาม|แอ่น|เลิ้ง|รำ|ไม้|สาว|ลิ้นจี่|โลม|เงือก|กวัก|กอง)))\s?[(\"“]?\s?"
)
_SHORT_TITLE = re.compile(r"(?<!มิถุ)(?<!(?<!ข้าพ)เจ้า)(?<!ท)(?<!ห)(?:นาย|นาง) ?")
"""Titles whose further letters often make another word (นายก, นางรำ)."""
_INITIAL = re.compile(r"[ก-ฮ]\.?(?![ก-๙])")
_LETTERS = re.compile(r"[ก-๙a-z]{3,}")


def names(text: str, landmarks: Sequence[str] = ()) -> list[Span]:
    """(start, end, certainty) of names with their title in a normalised text."""
    held = _landmark_spans(text, landmarks)
    found = [
        s
        for s in (*_titled(text), *kin_names(text), *bare_names(text))
        if not any(a <= s[0] and s[1] <= b for a, b in held) and not _inside_place(text, s[0])
    ]
    return [*found, *_said_again(text, found, held)]


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
    for m in _SHORT_TITLE.finditer(text):
        if len(name := first_name(segment_at(text, m.end()))) > 3 and formal(name):
            yield m.start(), family_name_end(text, m.end() + len(name), True), 0.85


def _said_again(
    text: str, found: Sequence[Span], held: Sequence[tuple[int, int]]
) -> Iterator[Span]:
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
    for part in sorted(parts):
        for m in re.finditer(re.escape(part), text):
            inside = any(a <= m.start() and m.end() <= b for a, b, _ in found) or any(
                a <= m.start() and m.end() <= b for a, b in held
            )
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
    kin = max((k for k in lists.KIN if name.startswith(k)), key=len, default="")
    return name[len(kin) :]
