"""Names after kin words and offices: «ลุงดำ», «ครูสมศรี», «บังหมาน». Each is weighed by what stands around."""

import re
from collections.abc import Iterator
from functools import cache

from nlp import name_words as lists
from nlp.given import (
    Span,
    compound,
    cut_up,
    family_name_end,
    family_names,
    first_name,
    formal,
    goes_on,
    grown,
    longer_word,
    one_syllable,
    segment_at,
    whole_cut,
)  # fmt: skip
from nlp.lexicon import lexicon
from nlp.tokens import (
    commonness,
    dialect_words,
    dictionary,
    given_names,
    known_word,
    nicknames,
    verbal,
    words,
)

_AT = re.compile(
    "|".join(re.escape(k) for k in sorted(lists.KIN, key=lambda k: (-len(k), k)))
    .replace("|อี|", "|อี(?!ก(?![ิีึืุูำ่้]))|")
    .replace("|น้า|", "|(?<!ห)น้า(?!ม(?:ม|บ|ท|ไ|ใ|ก|$| ))|")
    .replace("|บัง|", "|บัง(?!ทัศ|เอิญ)|")
    .replace("|แบ|", "|แบ(?!ง|ก)|")
    .replace("|เฮีย|", "|เฮีย(?!น(?![ิีึืุูำ่้า]))|")
)
_OFTEN_TORN = frozenset(("ยาย", "ลุง"))
"""Kin words the segmentation at times joins to the end of the word before."""
_NUMBERS = frozenset("หนึ่ง สอง สาม".split())
_SECOND = frozenset("ตา ถา มูล หล้า คำ แก้ว ปัน ฟอง จันทร์ ศรี เพ็ญ วรรณ พร สา ผาย ลือ".split())
"""Words that end many first names of two words, of which the first is a name too."""
_OTHER = re.compile(r"เป๋น|ก้อ|ที่|ตี้|อี้|สิ|ว่า")
"""Dialect and other words the segmentation tears at the front of a segment."""
_ENOUGH = 3.0
_COMMON = 1000
_LIST_SIGN = re.compile(r" ?(?:,|/|และ|กับ|แล้วก็|หรือ)? ?")
"""What stands between two names of a list."""


def kin_names(text: str) -> Iterator[Span]:
    """(start, end, certainty) of names with the kin word or office before them."""
    after = 0
    for m in _AT.finditer(text):
        if m.start() < after or (
            _part_of_word(text, m.start(), m.end()) and not _surely_named(text, m.start(), m.end())
        ):
            continue
        listed = after > 0 and bool(_LIST_SIGN.fullmatch(text, after, m.start()))
        found = _name_after(text, m.start(), m.end(), m.group(), listed)
        if found:
            after = found[1]
            yield found


def _name_after(text: str, start: int, kin_end: int, kin: str, listed: bool) -> Span | None:
    """The kin word with the name after it; `listed` where it follows another name."""
    at = kin_end
    while text[at : at + 1] in (" ", '"', "'", "“", "‘", "(") and at < kin_end + 2:
        at += 1
    segment = segment_at(text, at)
    spaced = at > kin_end
    initial = re.match(r"[ก-ฮ]\.(?!\S)", segment)
    if initial and kin in lists.OFFICES:
        return start, at + initial.end(), 0.8
    if kin.endswith(".") and not spaced and (name := first_name(segment)) and formal(name):
        return start, family_name_end(text, at + len(name)), 0.85
    best = max(
        (
            (_weight(text, start, at, kin, name, listed), len(name), name)
            for name in _choices(segment)
        ),
        default=(0.0, 0, ""),
    )
    if best[0] < _ENOUGH:
        return None
    if kin in lists.RELATIONS:
        start = at
    end = _whole(text, at, best[1])
    sure = min(0.9, 0.5 + best[0] / 20)
    further = (
        family_name_end(text, end, formal(best[2]))
        if kin in lists.FORMAL or formal(best[2])
        else end
    )
    family = text[end + 1 : further] in family_names()
    return start, further if kin in lists.FORMAL or family else end, sure


def _whole(text: str, at: int, size: int) -> int:
    """Where a name at `at` ends that goes on with a rare or unknown word before what is told."""
    end = at + size
    while end < len(text) and text[end] == text[end - 1] and whole_cut(text, end + 1):
        end += 1
    rest = segment_at(text, end)[:24]
    if not rest or lists.TELLS.match(rest) or lists.MATTER.match(rest):
        return end
    more = cut_up(rest)[0]
    told = end + len(more)
    rare = len(more) <= 6 and not commonness(more) and more not in lists.NO_NAME
    over = not segment_at(text, told) or bool(lists.TELLS.match(text, told))
    if more in _SECOND and over:
        return told
    return (
        told if rare and over and more not in dialect_words()[0] and more not in lexicon() else end
    )


def _choices(segment: str) -> set[str]:
    """What at the front of a segment could be a name."""
    head = first_name(segment)
    cut = cut_up(segment[:26])
    if _OTHER.match(segment) and not (
        (len(head) > 3 and formal(head)) or (cut[0] in nicknames() and len(cut[0]) > 2)
    ):
        return set()
    out = {head, grown(segment, head)} if head else set()
    if len(cut) > 1 and _listed(cut[0] + cut[1]) and not commonness(cut[1]):
        out.add(cut[0] + cut[1])
    if not cut or cut[0] in lists.STOP or cut[0] in lists.NOT_NAMES:
        return out
    whole = len(segment) <= 7 and segment not in dictionary() and one_syllable(segment)
    if whole and any(len(w) == 1 for w in cut):
        out.add(segment)
    if 1 < len(cut[0]) <= 6 and one_syllable(cut[0]):
        out.add(cut[0])
    return {w for w in out if len(w) > 1 and whole_cut(segment, len(w))}


def _weight(text: str, start: int, at: int, kin: str, name: str, listed: bool) -> float:
    """How much speaks for `name` at `at` being a person's, the kin word standing at `start`."""
    if name in lists.NO_NAME or name in lists.KIN:
        return 0.0
    if name in lists.COMPOUNDS.get(kin, ()) and not (
        name in given_names() and lists.SAYS.match(text, at + len(name))
    ):
        return 0.0
    if _rather_another(text, at, name):
        return 0.0
    if kin == "บัง" and longer_word(text, at, at + len(name)):
        return 0.0
    if listed and (name not in verbal() or text[at + len(name) :][:1] in ("", " ", ",")):
        return _ENOUGH + 1
    if kin in lists.LISTED_ONLY and not _listed(name):
        return 0.0
    strength = 2.0 if kin in lists.STRONG else 1.0 if kin in lists.MIDDLE else 0.0
    before = 1.0 if lists.BEFORE.search(text[max(0, start - 9) : start]) else 0.0
    end = at + len(name)
    follows = text[end : end + 1]
    told = goes_on(text[end : end + 26]) or bool(_next_kin().match(text, end))
    over = told or not ("ก" <= follows <= "๙") or follows == "ๆ"
    listed_one = name in given_names() and not longer_word(text, at, end)
    after = 1.0 if over else 0.0 if listed_one and name not in verbal() else -0.5
    spaced = float(text[at - 1] == " ") * (2.0 if name in dictionary() and strength < 2 else 1.0)
    if _rather_told(text, end, kin, name, told) or (
        name in lists.EVERYDAY
        and (spaced or after < 0 or (kin not in lists.STRONG and not lists.SAYS.match(text, end)))
    ):
        return 0.0
    if spaced and name in verbal() and name not in given_names():
        return 0.0
    likeness = _likeness(name) + 0.5 * (kin in lists.ELDERS and name in given_names())
    if after > 0 and not spaced and kin in lists.SURE and name not in verbal():
        likeness = max(likeness, 1.0)
    housed = kin in lists.STRONG and lists.OF_A_HOUSE.search(text[max(0, start - 9) : start])
    if housed and name in given_names() and name not in lists.WEATHER:
        likeness += 1.0
    if housed and kin in lists.STRONG and not told and after > 0 and not spaced:
        likeness = max(likeness, 1.0)
    return strength + likeness + before + after - spaced


def _rather_another(text: str, at: int, name: str) -> bool:
    """Whether what stands at `at` is rather a longer word than the name (เปีย|ก, สาย|ตา, สอง|คน)."""
    end = at + len(name)
    told = lists.TELLS.match(text, at)
    matter = lists.MATTER.match(text, at)
    if matter and matter.end() >= end:
        return True
    if told and told.end() >= end and len(name) < 5 and name not in given_names():
        return True
    if name in _NUMBERS and text.startswith(("คน", "ตัว", "หลัง", "วัน", "ราย", "ผัวเมีย"), end):
        return True
    return any(text[at:n] in verbal() for n in range(end + 1, min(len(text), end + 4) + 1))


def _rather_told(text: str, end: int, kin: str, name: str, told: bool) -> bool:
    """Whether a nickname that is an everyday word is rather what goes on after the kin word."""
    if name in lists.WEATHER and kin not in lists.FORMAL:
        return told and not lists.SPEAKS.match(text, end)
    if name == "หนู":
        return kin not in lists.ELDERS
    asked = not told or bool(lists.ASKS.match(text, end))
    return name == "หน่อย" and text[end : end + 1] not in ",/)" and asked


def _listed(name: str) -> bool:
    """Whether a name is a known one, or two known ones joined."""
    if name in given_names() or compound(name):
        return True
    cut = cut_up(name)
    both = len(cut) == 2 and cut[0] in given_names() and cut[1] in nicknames()
    return both and cut[1] not in lists.NEVER


def _likeness(name: str) -> float:
    """How much a word by itself is like a name."""
    common = commonness(name)
    if name in lists.EVERYDAY:
        return 0.0
    if name in given_names() or compound(name):
        if name not in dictionary():
            return 4.0 if len(name) > 3 else 3.0
        usual = 1.0 if name in nicknames() else 0.5
        return usual + (2.0 if common == 0 else 1.0 if common < _COMMON else 0.0)
    if name not in dictionary():
        return 1.5 if len(name) <= 7 else 1.0
    if name in dialect_words()[0]:
        return -2.0
    playful = "๊" in name or "๋" in name
    return 1.0 if common == 0 else 0.5 * playful if common < 1.5 * _COMMON else -2.0


@cache
def _next_kin() -> re.Pattern[str]:
    """A further person right after a name."""
    return re.compile(r"นาย|นาง|น\.ส\.|ลุง|ป้า|น้า(?!ม)|ยาย|พ่อ|แม่|ลูก|เมีย|ผัว|หลาน")


def _part_of_word(text: str, start: int, end: int) -> bool:
    """Whether the kin word is only a piece of a longer word (เวลา, ป้าย, แม่น้ำ)."""
    if text[end : end + 1] in tuple("ะาิีึืุูัๆ็์่้๊๋ำ") or text[start - 1 : start] in tuple("เแโใไ"):
        return True
    left = max(0, start - 12) if start and "ก" <= text[start - 1] <= "๙" else start
    place = left
    for word in words(text[left : end + 12]):
        after = place + len(word)
        torn = place < start < after and (text[start:end] not in _OFTEN_TORN or known_word(word))
        torn = torn and word != "ญาติผู้ใหญ่"
        if torn or (place == start and after > end and word in dictionary() and not _named(word)):
            return True
        place = after
    return False


def _surely_named(text: str, start: int, end: int) -> bool:
    """Whether the letters after a kin word that seems torn are a long first name and no other word."""
    if text[start - 1 : start] in tuple("เแโใไ") or not text[end : end + 1].strip():
        return False
    segment = segment_at(text, end)
    return any(
        formal(segment[:n]) and whole_cut(segment, n) for n in range(5, min(len(segment), 14) + 1)
    )


def _named(word: str) -> bool:
    """Whether a dictionary word that begins with a kin word is as well a rare first name."""
    return word in given_names() and commonness(word) == 0
