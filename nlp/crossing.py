"""Matters of different villages that look like one thing: one canal, one road, one smoke."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from types import MappingProxyType

from nlp.comparing import DAY, KIN_CODES, features, landmarks_of
from nlp.facets import facet_names
from nlp.place_kinds import GENERIC, NAME_STARTS
from nlp.spots import numbers
from nlp.tokens import words
from nlp.values import Candidate
from nlp.vectors import load

LINKED = 0.6
"""From here two matters are given as one thing."""

_WATER = "แม่น้ำ ลำน้ำ ลำห้วย ลำคลอง คลอง ห้วย น้ำแม่ บึง เขื่อน ฝาย อ่างเก็บน้ำ อ่าง ประตูน้ำ".split()
_HILL = "ดอย ภูเขา ภู เขา ควน ม่อน เทือกเขา".split()
_ROAD = "ถนนสาย ทางหลวง สาย ถนน เส้น".split()
_WORKS = "โรงงาน เหมือง โรงไฟฟ้า โรงโม่ ฟาร์ม บ่อดิน บ่อทราย".split()
_KINDS = {
    **dict.fromkeys(_WATER, "สายน้ำ"),
    **dict.fromkeys(_HILL, "เขา"),
    **dict.fromkeys(_ROAD, "ถนน"),
    **dict.fromkeys(_WORKS, "โรงงาน"),
}
"""Words for things that several villages share, and what such a thing is called in a reason."""
_HEADS = sorted(_KINDS, key=lambda h: (-len(h), h))
_NOT_NAMES = frozenset(
    "หน้า หลัง ข้าง ท้าย ปาก ริม ใต้ บน แถว ตรง กลาง ใน ทาง ที่ นี้ นั้น เข้า ไป มา จาก ถึง บ้าน หมู่ ซอย "
    "หมู่บ้าน น้ำ เรา เฮา ใหญ่ เล็ก เก่า ใหม่ สาธารณะ ชลประทาน ส่งน้ำ ระบายน้ำ หลัก เดียว เดิม เชื่อม ลูกรัง "
    "คอนกรีต ลาดยาง รอง เมน ดำ แดง เขียว ขาว เหลือง ดิน".split()
)
_WIDE = re.compile(
    r"หมอกควัน|pm ?2\.?5|(?:ไฟ|เผา|ไหม้)ป่า|ไฟไหม้(?:ดอย|เขา|ภู)|เผา(?:อ้อย|ตอซัง|ฟาง)|น้ำป่า|น้ำหลาก|น้ำล้นตลิ่ง|"
    r"เขื่อนปล่อยน้ำ"
)
"""Smoke and water that come over more than one village."""
_WHERE = tuple("หน้า หลัง ข้าง ท้าย ปาก ริม ใต้ แถว ตรง ใน ทาง ที่ เข้า ไป หมู่".split())
_OF_OTHERS = (
    "วัด",
    "โรงเรียน",
    "บ้าน",
    "ซอย",
    "ร้าน",
    "ตลาด",
    "ชุมชน",
    "อบต",
    "อบต.",
    "ตำบล",
    "ต.",
    "อำเภอ",
    "อ.",
    "หมู่บ้าน",
)
"""A name after one of these is that of a building or village, not of the water or hill it is called after."""
_SHORTEST, _LONGEST = 3, 14
_NAMED, _BOTH_WAYS, _WIDELY, _ALIKE, _FAULT = 0.4, 0.4, 0.3, 0.6, 0.15
_APART, _AT_ONCE = 30 * DAY, 7 * DAY
_TAMBON, _MOO = 6, slice(6, 8)
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Link:
    """Two matters (keys, the lesser first) that look like one, how likely, and why in Thai."""

    first: str
    second: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Side:
    """What is told of an issue, taken together."""

    key: str
    village: str
    code: str
    faults: frozenset[str]
    texts: tuple[str, ...]
    names: dict[tuple[str, str], set[str]]
    wide: bool
    profile: dict[str, float]
    moos: frozenset[int]
    first: float
    last: float


def shared_matters(
    issues: Sequence[Candidate], village_names: Mapping[str, str] = _NONE
) -> tuple[Link, ...]:
    """Pairs of issues of different villages that look like one thing, likeliest first.

    Only villages of one tambon are held together. `village_names` (code: name) help to know a road
    from one village to another. The order of `issues` makes no difference.
    """
    sides = defaultdict(list)
    for issue in sorted(issues, key=lambda i: i.key):
        if issue.tellings:
            side = _side(issue)
            sides[side.village[:_TAMBON]].append(side)
    found = [
        link
        for near in sides.values()
        for a, b in combinations(near, 2)
        if (link := _link(a, b, village_names))
    ]
    return tuple(sorted(found, key=lambda n: (-n.score, n.first, n.second)))


def _side(issue: Candidate) -> _Side:
    tellings = sorted(issue.tellings, key=lambda t: (t.at, t.text, t.sender))
    codes = Counter(t.category for t in tellings)
    code = min(codes, key=lambda c: (-codes[c], c))
    villages = Counter(t.village for t in tellings)
    seen = [features(t.text) for t in tellings]
    said = Counter(w for f in seen for w in f.words)
    weights = {w: v for f in seen for w, v in f.words.items()}
    marks = {n for t in tellings if t.place for n in landmarks_of(t.place)}
    texts = tuple(f.plain for f in seen) + tuple(sorted(marks))
    return _Side(
        key=issue.key,
        village=min(villages, key=lambda v: (-villages[v], v)),
        code=code,
        faults=frozenset(n for f in seen for n in facet_names(f.plain, code)),
        texts=texts,
        names=_named(texts, marks),
        wide=any(_WIDE.search(t) for t in texts),
        profile={w: weights[w] * (1 + math.log(n)) for w, n in said.items()},
        moos=frozenset(int(m) for t in texts for m in numbers(t)[1] if m.isdigit()),
        first=tellings[0].at.timestamp(),
        last=tellings[-1].at.timestamp(),
    )


def _named(texts: Sequence[str], marks: set[str]) -> dict[tuple[str, str], set[str]]:
    """(what kind, name) of things several villages may share, and the words before the name.

    `marks` are those of the texts that are landmarks' names.
    """
    out: dict[tuple[str, str], set[str]] = defaultdict(set)
    for text in texts:
        for head in _HEADS:
            start = text.find(head)
            while start >= 0:
                rest = text[start + len(head) :]
                name = _known(rest) if text in marks else _name(rest[:_LONGEST])
                if name and not text[:start].endswith(_OF_OTHERS):
                    out[_KINDS[head], name].add(head)
                start = text.find(head, start + 1)
    return out


def _known(rest: str) -> str:
    """The rest of a landmark's name after the word for its kind; "" where that tells nothing."""
    plain = rest.startswith(_WHERE) or rest in GENERIC or rest in _NOT_NAMES
    return "" if plain or len(rest) < _SHORTEST or any(map(str.isdigit, rest)) else rest


def _name(rest: str) -> str:
    """The name a text begins with; "" where it may be a state, a place or a plain word.

    One of its words is none that people often use.
    """
    pieces = words(rest.split(" ")[0])
    if not pieces or pieces[0] in _NOT_NAMES or pieces[0] in GENERIC:
        return ""
    rows = load().rows
    name = pieces[0]
    if pieces[0] in rows or pieces[0] in NAME_STARTS:
        if len(pieces) < 2 or (pieces[0] in rows and pieces[1] in rows):
            return ""
        name += pieces[1]
    return name if len(name) >= _SHORTEST and not any(map(str.isdigit, name)) else ""


def _link(a: _Side, b: _Side, village_names: Mapping[str, str]) -> Link | None:
    """The link of two issues, if they look like one thing."""
    apart = max(a.first, b.first) - min(a.last, b.last)
    if a.village == b.village or apart > _APART or not _akin(a.code, b.code):
        return None
    shared = sorted(a.names.keys() & b.names.keys())
    score, reasons = 0.0, list[str]()
    if shared:
        score = _NAMED
        reasons.append(_shown(a, b, shared))
    elif a.code == b.code == "road" and _ways(a, b, village_names):
        score = _BOTH_WAYS
        reasons.append("ถนนระหว่างสองหมู่บ้าน ต่างฝ่ายต่างเอ่ยถึงกัน")
    elif a.wide and b.wide and a.code == b.code and apart <= _AT_ONCE:
        score = _WIDELY
        reasons.append("ควันหรือน้ำที่ไปถึงหลายหมู่บ้านในช่วงเดียวกัน")
    if not reasons:
        return None
    if a.code == b.code and a.faults & b.faults:
        score += _FAULT
        reasons.append("เรื่องทำนองเดียวกัน")
    score += _ALIKE * _cosine(_without(a, shared), _without(b, shared))
    if score < LINKED:
        return None
    reasons.append(_gap(apart))
    return Link(first=a.key, second=b.key, score=round(min(score, 0.99), 4), reasons=tuple(reasons))


def _shown(a: _Side, b: _Side, names: Sequence[tuple[str, str]]) -> str:
    """The kind, and the name most often said with the same word before it, or said at all."""
    ways = sorted(
        (kind, h + name) for kind, name in names for h in a.names[kind, name] | b.names[kind, name]
    )

    def often(way: tuple[str, str]) -> int:
        return min(sum(way[1] in t for t in side.texts) for side in (a, b))

    kind, said = max(ways, key=lambda way: (often(way), len(way[1])))
    return f"เอ่ยถึง{kind}เดียวกัน: {said}"


def _without(side: _Side, names: Sequence[tuple[str, str]]) -> dict[str, float]:
    """The words of an issue without those of names: what is said of the thing."""
    said = "".join(name for _, name in names)
    return {w: v for w, v in side.profile.items() if w not in said and w not in _KINDS}


def _gap(seconds: float) -> str:
    """How far apart in time, in words."""
    return "แจ้งในช่วงเดียวกัน" if seconds < DAY else f"แจ้งห่างกัน {math.floor(seconds / DAY)} วัน"


def _akin(a: str, b: str) -> bool:
    return a == b or any(a in group and b in group for group in KIN_CODES)


def _ways(a: _Side, b: _Side, village_names: Mapping[str, str]) -> bool:
    """Whether each of the two speaks of the other's village."""
    return _speaks_of(a, b.village, village_names) and _speaks_of(b, a.village, village_names)


def _speaks_of(side: _Side, village: str, village_names: Mapping[str, str]) -> bool:
    name = village_names.get(village, "").removeprefix("บ้าน")
    if len(name) > 2 and any(name in t for t in side.texts):
        return True
    moo = village[_MOO]
    return moo.isdigit() and int(moo) in side.moos


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    over = math.fsum(a[w] * b[w] for w in a.keys() & b.keys())
    size = math.fsum(v * v for v in a.values()) * math.fsum(v * v for v in b.values())
    return over / math.sqrt(size) if size else 0.0
