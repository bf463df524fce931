"""Which open issues a new telling may belong to, with reasons a villager can judge."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from nlp.dialect import central
from nlp.facets import facet_names
from nlp.normalise import normalise
from nlp.place import find_place, numbers, skeleton, without_places
from nlp.tokens import words
from nlp.values import Candidate, DuplicateMatch, Place, Telling

ASK = 0.25
LINK = 0.7
MOST = 3
ELSEWHERE = -1.0
"""`Compared.place` of two places that cannot be one: such tellings are neither joined nor asked about."""
SURE = 0.8
"""`Place.score` from which a landmark was named, not only its kind."""

_ALIKE = 0.5
_NEAR_M = 150.0
_FAR_M = 600.0
_MINUTE = 60.0
_DAY = 86400.0
_KIN_CODES = (
    frozenset(("drainage", "disaster", "water_source")),
    frozenset(("lighting", "electricity")),
    frozenset(("water_supply", "disaster")),
    frozenset(("water_supply", "water_source")),
    frozenset(("road", "traffic", "drainage")),
    frozenset(("waste", "pollution")),
    frozenset(("pollution", "disaster")),
    frozenset(("nature", "electricity", "disaster")),
    frozenset(("debt", "dispute")),
    frozenset(("health", "animals")),
    frozenset(("drugs", "safety")),
    frozenset(("farming", "disaster", "water_source")),
)
_AGAIN = re.compile(
    r"เพิ่ง(?:ซ่อม|ล้าง|แก้|เปลี่ยน|ทำ|ลอก|เก็บ|มาซ่อม|มาทำ)|หลัง(?:จาก)?ซ่อม|ซ่อมแล้ว[^ ]{0,12}อีก|คนละเรื่อง|อีกเรื่อง"
)
"""Words of a fault that came back after a repair, or of another matter: ask, never join."""
_EMPTY = frozenset(
    "ครับ ค่ะ คะ นะ จ้า เจ้า เด้อ เน้อ แล้ว และ ที่ ใน มี ไม่ บ่ ได้ ให้ ไป มา อยู่ ก็ กะ จะ "
    "เป็น ของ ช่วย ด้วย หน่อย ขอ แจ้ง มาก หลาย เลย อีก วันนี้ เมื่อวาน เมื่อคืน ตั้งแต่ ทั้ง กับ "
    "แต่ ว่า ถึง นี้ นั้น ผู้ใหญ่ ตอนนี้ ทุก วัน ยัง ไหม".split()
)


@dataclass(frozen=True)
class Features:
    """What of a text is compared."""

    plain: str
    grams: frozenset[str]
    words: frozenset[str]
    spot: Place | None
    numbers: tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True)
class Compared:
    """Two tellings side by side. `place`, 1 same, -1 other, 0 unknown; `metres` and `days` apart."""

    likeness: float
    facet: float
    code: float
    place: float
    named: str
    metres: float | None
    seconds: float
    same_sender: bool


@lru_cache(maxsize=8192)
def features(text: str) -> Features:
    """Letter groups and content words of a text."""
    plain = normalise(text).text
    matter = central(without_places(plain))
    bare = skeleton(matter)[0]
    content = frozenset(w for w in words(matter) if w not in _EMPTY and any(map(str.isalnum, w)))
    grams = frozenset(bare[i : i + 3] for i in range(len(bare) - 2))
    return Features(matter, grams, content, find_place(plain), numbers(plain))


def likeness(a: str, b: str) -> float:
    """How alike two texts are, 0 to 1: shared letter groups and words."""
    x, y = features(a), features(b)
    return 0.5 * _share(x.grams, y.grams) + 0.5 * _share(x.words, y.words)


def _share(a: frozenset[str], b: frozenset[str]) -> float:
    """Shared part, between Jaccard and the part of the smaller set."""
    if not a or not b:
        return 0.0
    both = len(a & b)
    return both / math.sqrt(len(a) * len(b))


def duplicates(new: Telling, candidates: Sequence[Candidate]) -> tuple[DuplicateMatch, ...]:
    """At most three candidates at or above the asking threshold, likeliest first."""
    found = [m for c in candidates if (m := _match(new, c)) and m.score >= ASK]
    found.sort(key=lambda m: (-m.score, m.key))
    best = found[:MOST]
    if len(best) > 1 and best[0].score - best[1].score < 0.05:
        best[0] = DuplicateMatch(
            key=best[0].key, score=best[0].score, link=False, reasons=best[0].reasons
        )
    return tuple(
        m if n == 0 else DuplicateMatch(key=m.key, score=m.score, link=False, reasons=m.reasons)
        for n, m in enumerate(best)
    )


def _match(new: Telling, candidate: Candidate) -> DuplicateMatch | None:
    """The candidate judged by its best-fitting telling."""
    judged = [(compare(new, t), t) for t in candidate.tellings]
    agrees = any(c.place > 0 for c, _ in judged)
    if any(c.place <= ELSEWHERE for c, _ in judged) and not agrees:
        return None
    judged = [(c, t) for c, t in judged if c.place > ELSEWHERE]
    if not judged:
        return None
    scored = [(score(c), n) for n, (c, _) in enumerate(judged)]
    top, n = max(scored, key=lambda s: (s[0], -s[1]))
    if any(c.place < 0 for c, _ in judged) and not agrees:
        top *= 0.6
    return DuplicateMatch(
        key=candidate.key,
        score=round(top, 4),
        link=top >= LINK and _sure(judged[n][0]) and not _AGAIN.search(features(new.text).plain),
        reasons=reasons(judged[n][0], judged[n][1]),
    )


def _sure(c: Compared) -> bool:
    """Joining without asking needs an agreeing place, or the same sender shortly after."""
    near = c.metres is not None and c.metres <= _NEAR_M
    same_fault = c.code > 0 and (c.facet > 0 or c.likeness >= _ALIKE)
    if c.place > 0 or (near and c.place == 0):
        return same_fault
    return c.same_sender and c.seconds < 30 * _MINUTE


def compare(a: Telling, b: Telling) -> Compared:
    """The two tellings side by side."""
    named, place = _places(a, b)
    return Compared(
        likeness=likeness(a.text, b.text),
        facet=_facets(a, b),
        code=_codes(a.category, b.category),
        place=place,
        named=named,
        metres=_metres(a, b),
        seconds=abs((a.at - b.at).total_seconds()),
        same_sender=bool(a.sender) and a.sender == b.sender,
    )


def score(c: Compared) -> float:
    """Probability-like score that two tellings of one village are of the same matter."""
    going_on = c.same_sender and c.seconds < 5 * _MINUTE
    code = max(c.code, 0.0) if going_on else c.code  # a further part is seldom of a category itself
    raw = -2.6 + 3.2 * c.likeness + 1.5 * c.facet + 1.6 * code + 1.4 * c.place
    if c.metres is not None:
        raw += 0.8 if c.metres <= _NEAR_M else -0.9 if c.metres > _FAR_M else 0.0
    raw += 0.5 if c.seconds < 2 * _DAY else 0.0 if c.seconds < 10 * _DAY else -0.5
    if c.same_sender:
        raw += 3.2 if going_on else 1.4 if c.seconds < 30 * _MINUTE else 0.5
    return 1 / (1 + math.exp(-raw))


def _codes(a: str, b: str) -> float:
    """1 same category, 0 related ones or unknown, -1 others."""
    if a == b:
        return 0.0 if a in ("other", "service") else 1.0
    if "other" in (a, b) or any(a in group and b in group for group in _KIN_CODES):
        return 0.0
    return -1.2


def _facets(a: Telling, b: Telling) -> float:
    """1 same fault, -1 other faults of one category, 0 unknown."""
    if a.category != b.category:
        return 0.0
    x = facet_names(features(a.text).plain, a.category)
    y = facet_names(features(b.text).plain, a.category)
    if not x or not y:
        return 0.0
    return 1.0 if x & y else -1.0


def _places(a: Telling, b: Telling) -> tuple[str, float]:
    """The shared place's name, and 1 same, -1 other, 0 unknown."""
    if any(m and n and not m & n for m, n in zip(_numbers(a), _numbers(b), strict=True)):
        return "", ELSEWHERE
    x, y = _place(a), _place(b)
    if x is None or y is None:
        return "", 0.0
    if x.landmark and y.landmark:
        sure = min(x.score, y.score) >= SURE
        return (x.landmark, 1.0) if x.landmark == y.landmark else ("", ELSEWHERE if sure else -0.9)
    if x.soi and y.soi:
        return f"ซอย {x.soi}", 1.0
    return ("", 0.4) if x.label == y.label else ("", 0.0)


def _numbers(t: Telling) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers of lanes and of moos a telling speaks of, in its words or its place."""
    lanes, parts = features(t.text).numbers
    more = numbers(t.place.label if t.place else "")
    return lanes | more[0], parts | more[1]


def _place(t: Telling) -> Place | None:
    return t.place or features(t.text).spot


def _metres(a: Telling, b: Telling) -> float | None:
    """Metres between two positions; None where one is unknown."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north = (a.lat - b.lat) * 111_320
    east = (a.lon - b.lon) * 111_320 * math.cos(math.radians((a.lat + b.lat) / 2))
    return math.hypot(north, east)


def reasons(c: Compared, other: Telling) -> tuple[str, ...]:
    """Short Thai phrases for why the two may be the same."""
    out = []
    if c.place > 0 and c.named:
        out.append(f"ที่เดียวกัน: {c.named}")
    elif c.metres is not None and c.metres <= _FAR_M:
        out.append(f"ห่างกันราว {max(10, round(c.metres, -1)):.0f} เมตร")
    if c.facet > 0 or c.code > 0:
        out.append("เรื่องทำนองเดียวกัน")
    if c.likeness >= 0.6:
        out.append("ถ้อยคำคล้ายกันมาก")
    if c.same_sender:
        out.append("คุณเคยแจ้งเรื่องนี้ไว้")
    out.append(_ago(c.seconds))
    return tuple(out)


def _ago(seconds: float) -> str:
    """How far apart in time, in words."""
    if seconds < 3600:
        return "แจ้งห่างกันไม่ถึงชั่วโมง"
    if seconds < _DAY:
        return f"แจ้งห่างกัน {seconds // 3600:.0f} ชั่วโมง"
    return f"แจ้งห่างกัน {seconds // _DAY:.0f} วัน"
