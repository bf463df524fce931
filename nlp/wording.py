"""Formal one-line wording for agendas, composed of fixed phrases: never the sender's own words.

A line is what is wrong or wanted, at the place, with what else the words surely say: how far it reaches,
what it comes from, that it came back after a repair, what it does, what is asked for. The phrases stand
in `data/facets.txt`, `data/wordings.txt` (finer ones) and `data/details.txt`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nlp.dialect import central
from nlp.facets import Facet, facets
from nlp.normalise import normalise
from nlp.personal import numbers_hidden
from nlp.tokens import lines

_INSIDE = re.compile(r"^(?:ซอย|หมู่|คุ้ม|ชุมชน|บ้าน(?!เลขที่))")
_RELATION = re.compile(r"^(?:บริเวณ|ช่วง|ตั้งแต่|ภายใน|ถนนสาย|สาย)")
_NOT_SHOWN = re.compile(r"[^ก-๙a-zA-Z0-9 ./()\-]")
_THINGS = (
    ("ทางแยก", "สามแยก", "สี่แยก", "ห้าแยก", "แยก"),
    ("ทางโค้ง", "โค้ง"),
    ("สถานพยาบาล", "รพ.สต.", "โรงพยาบาล", "อนามัย"),
    ("สระน้ำ", "หนองน้ำ", "สระ", "หนอง", "บึง"),
    ("ลำห้วย", "ห้วย"),
    ("ท่าเทียบเรือ", "ท่าเรือ", "ท่าน้ำ"),
    ("สะพานไม้", "สะพาน"),
    *((word,) for word in ("คลอง", "ลำเหมือง", "ฝาย", "ประตูน้ำ", "ศาลา", "เมรุ", "สนามกีฬา")),
    ("ศูนย์พัฒนาเด็กเล็ก",),
)
"""Things that a place may be named after: «สะพาน» at «สะพานไม้ข้ามห้วย» is that bridge."""
_COUNTED = re.compile(r"(?<![\d.,])(\d{1,3}) ?(ต้น|ดวง|จุด|หลังคาเรือน|แห่ง|เมตร|กิโลเมตร)(?![ก-๙])")
_COUNTS = {
    "road": "จุด แห่ง เมตร กิโลเมตร",
    "lighting": "ต้น ดวง จุด",
    "electricity": "ต้น หลังคาเรือน",
    "water_supply": "หลังคาเรือน จุด",
    "disaster": "หลังคาเรือน",
}
_LONGEST_PLACE, _LONGEST_LINE, _MOST_DETAILS = 60, 130, 3
_SAID_BY = 3
"""One of so many tellings must say a detail for the line of all to say it."""
_FINER = 3
"""How much more a finer wording counts than a fault's general one."""


@dataclass(frozen=True)
class _Phrase:
    """A formal wording; «@» marks where the place goes. Alternatives of words that must all be there."""

    code: str
    problem: str
    need: str
    terms: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class _Detail:
    slot: str
    words: str
    terms: tuple[tuple[str, ...], ...]


def _terms(column: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(t.split("&")) for t in column.split("|") if t)


@cache
def _phrases(code: str) -> tuple[_Phrase, ...]:
    """The finer wordings of a category, then its faults' own, the general one last."""
    rows = (line.split(";") for line in lines("wordings.txt"))
    finer = [_Phrase(c, problem, need, _terms(t)) for c, problem, need, t in rows if c == code]
    return (*finer, *map(_of_fault, reversed(facets(code) or facets("other"))))


def _of_fault(fault: Facet) -> _Phrase:
    return _Phrase(fault.code, fault.problem, fault.need, tuple((t,) for t in fault.terms))


@cache
def _details(code: str) -> tuple[_Detail, ...]:
    rows = (line.split(";") for line in lines("details.txt"))
    return tuple(_Detail(s, w, _terms(t)) for s, codes, w, t in rows if code in codes.split())


def phrases_of(code: str) -> tuple[str, ...]:
    """Every fixed phrase a line of a category may be made of; «@» marks where the place goes."""
    said = [p for phrase in _phrases(code) for p in (phrase.problem, phrase.need)]
    return tuple(dict.fromkeys([*said, *(d.words for d in _details(code))]))


def _letters(text: str, terms: tuple[tuple[str, ...], ...]) -> int:
    """How many letters of the words that speak for something are found."""
    return sum(sum(map(len, words)) for words in terms if all(w in text for w in words))


def neutral_line(text: str, category: str, kind: str, place: str) -> str:
    """One formal line: what is wrong or wanted in the category, and where (`place` may be empty)."""
    return shared_line((text,), category, kind, place)


def shared_line(texts: Sequence[str], category: str, kind: str, place: str) -> str:
    """The line of a matter told by several: what most of them say, details that a third of them say.

    `texts` are masked or raw tellings; nothing of them is taken over but numbers of things.
    """
    said = [central(normalise(text).text) for text in texts] or [""]
    phrase = _spoken_of(said, category)
    wish = kind == "need" or (kind == "question" and phrase.need.startswith("ขอทราบ"))
    asks = (
        kind == "question" and phrase.need.startswith("ขอ") and not phrase.need.startswith("ขอให้")
    )
    what = _at(phrase.need if wish or asks else phrase.problem, _where(place))
    if kind == "question" and not what.startswith(("ขอทราบ", "สอบถาม")):
        what = f"สอบถามเรื่อง{'การ' * asks}{what.removeprefix('เรื่อง')}"
    for more in _more(said, category, wish, what):
        if len(what) + len(more) < _LONGEST_LINE:
            what = f"{what} {more}"
    return what


def _spoken_of(said: Sequence[str], category: str) -> _Phrase:
    """The phrase that the tellings speak of most: each gives its share to those it speaks for."""
    phrases = _phrases(category)
    finer = len(phrases) - len(facets(category) or facets("other"))
    weights: Counter[int] = Counter()
    for text in said:
        found = {n: _letters(text, p.terms) for n, p in enumerate(phrases)}
        most = max(found.values())
        shares = {n: letters / most for n, letters in found.items() if letters}
        weights.update({n: s * (_FINER if n < finer else 1) for n, s in shares.items()})
    best = max(weights.values(), default=0)
    return next((p for n, p in enumerate(phrases) if best and weights[n] == best), phrases[-1])


def _at(phrase: str, where: str) -> str:
    """The phrase with the place in it, once: «สะพาน@ผุพัง» at «สะพานไม้» is «สะพานไม้ผุพัง»."""
    thing, marked, rest = phrase.partition("@")
    if not marked:
        return f"{phrase} {where}" if where else phrase
    if not where:
        return f"{thing}{' ' if thing and rest.startswith('ขอ') else ''}{rest}".strip()
    named = where.removeprefix("บริเวณ")
    for names in _THINGS:
        own = next((n for n in names if thing.endswith(n)), "")
        if own and named.startswith(names):
            return f"{thing.removesuffix(own)}{named}{rest}"
    return f"{thing}{where}{' ' + rest if rest and named[-1:].isascii() else rest}"


def _more(said: Sequence[str], category: str, wish: bool, what: str) -> list[str]:
    """What else the tellings say: extent, cause, return, effect, and what they ask for."""
    enough = max(1, -(-len(said) // _SAID_BY))
    out, slots = [], set()
    for detail in _details(category):
        times = sum(_letters(text, detail.terms) > 0 for text in said)
        told = detail.words in what or (wish and detail.slot == "ask")
        if times >= enough and not told and detail.slot not in slots:
            slots.add(detail.slot)
            out.append(detail.words)
    counted = _counted(said, category)
    return ([counted] if counted else []) + out[:_MOST_DETAILS]


def _counted(said: Sequence[str], category: str) -> str:
    """How many things are concerned, where one of the tellings counts them and none says otherwise."""
    units = _COUNTS.get(category, "").split()
    found = {(m[1], m[2]) for text in said for m in _COUNTED.finditer(text) if m[2] in units}
    if len(found) != 1:
        return ""
    number, unit = found.pop()
    return f"{'ระยะทาง' if unit.endswith('เมตร') else 'จำนวน'} {number} {unit}"


def _where(place: str) -> str:
    """The place with «บริเวณ» or «ภายใน» before it, without signs or numbers of people."""
    shown = _NOT_SHOWN.sub("", " ".join(numbers_hidden(place).split()))[:_LONGEST_PLACE].strip()
    if not shown or _RELATION.match(shown):
        return shown
    return f"ภายใน{shown}" if _INSIDE.match(shown) else f"บริเวณ{shown}"
