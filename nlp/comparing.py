"""A new telling beside the tellings of an open issue, as numbers: what is alike, where, when, who."""

import math
import re
from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nlp.dialect import central
from nlp.facets import facet_names
from nlp.landmarks import skeleton
from nlp.model import logits, parts
from nlp.normalise import normalise
from nlp.odds import softmax
from nlp.place import find_place, without_places
from nlp.positions import metres_between
from nlp.spots import numbers
from nlp.tokens import words
from nlp.usual import unusual
from nlp.values import Place, Telling
from nlp.vectors import Vector, load, meaning

ELSEWHERE = -1.0
"""`Compared.place` of two places that cannot be one."""
SURE = 0.75
"""`Place.score` from which a landmark was named, not only its kind."""
NEAR_M = 150.0
FAR_M = 600.0
APART_M = 400.0
"""Tellings that share positions farther apart are not at one spot, however alike their places' names."""
SAME_PHOTO_BITS = 6
"""Photos whose hashes differ in at most so many of 64 bits are taken for the same."""
HALF_HOUR = 1800.0
FIVE_MINUTES = 300.0
HOUR = 3600.0
DAY = 86400.0
_UNKNOWN_WEIGHT = 7.0
"""Weight of a word that has no vector: rare words tell much."""
_SOFTENED = 1.5
"""What the category's log-odds are divided by, so that the second likeliest count too."""

KIN_CODES = (
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
WIDE_CODES = frozenset(
    ("water_supply", "electricity", "telecom", "pollution", "health", "disaster", "drainage", "farming",
     "water_source", "animals", "safety", "drugs", "official_conduct", "welfare", "debt")
)  # fmt: skip
"""Categories whose matters seldom end at one spot."""
_AGAIN = re.compile(
    r"เพิ่ง(?:ซ่อม|ล้าง|แก้|เปลี่ยน|ทำ|ลอก|เก็บ|มาซ่อม|มาทำ)|หลัง(?:จาก)?(?:ที่)?(?:ช่าง)?(?:มา)?(?:ซ่อม|เปลี่ยน)"
    r"|ซ่อม(?:ไป|แล้ว|เสร็จ)|(?:ปะ|เปลี่ยน|แก้|ลอก)(?:ไป)?แล้ว|(?:ดับ|เสีย|พัง|หลุด|แตก)อีก|(?:ติด|ไหล|หาย)แล้ว"
    r"|ไม่ได้(?:ดับ|เสีย|พัง|ตัน)|คนละเรื่อง|อีกเรื่อง|ฝากเรื่อง"
)
_MENDED = re.compile(
    r"(?:ซ่อม|แก้|เปลี่ยน)[^ ]{0,8}(?:เสร็จ|เรียบร้อย)|เรียบร้อยแล้ว|ขอบคุณ.{0,20}(?:ซ่อม|แก้|มา|เปลี่ยน)"
    r"|(?:ซ่อม|แก้|เปลี่ยน|ลอก|เก็บ|ตัด|มา|ติด|ไหล|หาย|เสร็จ|ใช้ได้|ดี|จับได้|ลด|แห้ง)[^ ]{0,14}แล้ว[^ ]{0,6} ?.{0,12}ขอบ"
)
_EMPTY = frozenset(
    "ครับ ค่ะ คะ นะ จ้า เจ้า เด้อ เน้อ แล้ว และ ที่ ใน มี ไม่ บ่ ได้ ให้ ไป มา อยู่ ก็ กะ จะ "
    "เป็น ของ ช่วย ด้วย หน่อย ขอ แจ้ง มาก หลาย เลย อีก วันนี้ เมื่อวาน เมื่อคืน ตั้งแต่ ทั้ง กับ "
    "แต่ ว่า ถึง นี้ นั้น ผู้ใหญ่ ตอนนี้ ทุก วัน ยัง ไหม".split()
)


@dataclass(frozen=True, eq=False)
class Features:
    """What of a text is compared."""

    plain: str
    grams: frozenset[str]
    words: dict[str, float]
    meaning: Vector
    topics: Vector
    spot: Place | None
    numbers: tuple[frozenset[str], frozenset[str]]


@dataclass(frozen=True)
class Compared:
    """Two tellings side by side. `place`, 1 same, -1 other, 0 unknown; `metres` and `seconds` apart.

    `likeness`, `sense`, `rare` and `topic` are from 0 to 1: shared letters and words, meaning, rare
    words, likely categories. `photo` tells whether any photo looks the same.
    """

    likeness: float
    sense: float
    rare: float
    topic: float
    facet: float
    code: float
    place: float
    named: str
    metres: float | None
    seconds: float
    same_sender: bool
    photo: bool = False


@lru_cache(maxsize=8192)
def features(text: str) -> Features:
    """Letter groups, content words and meaning of a text."""
    plain = normalise(text).text
    matter = central(without_places(plain))
    bare = skeleton(matter)[0]
    content = _content(matter)
    return Features(
        plain=matter,
        grams=frozenset(bare[i : i + 3] for i in range(len(bare) - 2)),
        words={w: _weight(w) for w in content},
        meaning=unusual(meaning(content)),
        topics=_topics(matter),
        spot=find_place(plain),
        numbers=numbers(plain),
    )


def _content(matter: str) -> set[str]:
    return {w for w in words(matter) if w not in _EMPTY and any(map(str.isalnum, w))}


def whole_meaning(text: str) -> Vector:
    """What a text means, with what nearly every message means: `nlp.usual` is learnt from it."""
    return meaning(_content(central(without_places(normalise(text).text))))


def _topics(matter: str) -> Vector:
    """The roots of the categories' probabilities, softened: the product of two tells how alike they are."""
    raw = logits("category", parts(matter))
    odds = softmax({code: value / _SOFTENED for code, value in raw.items()})
    return np.sqrt(np.array([*odds.values()], np.float32))


def _weight(word: str) -> float:
    row = load().rows.get(word)
    return _UNKNOWN_WEIGHT if row is None else float(load().weights[row])


def comes_again(text: str) -> bool:
    """Whether words tell of a fault come back after a repair, or of another matter."""
    return bool(_AGAIN.search(features(text).plain))


def mended(text: str) -> bool:
    """Whether words tell that a fault is mended, or thank for it."""
    return bool(_MENDED.search(features(text).plain))


def compare(a: Telling, b: Telling) -> Compared:
    """The two tellings side by side."""
    named, place = _places(a, b)
    x, y = features(a.text), features(b.text)
    return Compared(
        likeness=likeness(a.text, b.text),
        sense=float(x.meaning @ y.meaning),
        rare=_rare(x.words, y.words),
        topic=float(x.topics @ y.topics),
        facet=_facets(a, b),
        code=_codes(a.category, b.category),
        place=place,
        named=named,
        metres=_metres(a, b),
        seconds=abs((a.at - b.at).total_seconds()),
        same_sender=bool(a.sender) and a.sender == b.sender,
        photo=_same_photo(a.photo_hashes, b.photo_hashes),
    )


def likeness(a: str, b: str) -> float:
    """How alike two texts are, 0 to 1: shared letter groups and words."""
    x, y = features(a), features(b)
    return 0.5 * _share(x.grams, y.grams) + 0.5 * _share(x.words.keys(), y.words.keys())


def _share(a: Set[str], b: Set[str]) -> float:
    """Shared part, between Jaccard and the part of the smaller set."""
    return len(a & b) / math.sqrt(len(a) * len(b)) if a and b else 0.0


def _rare(a: dict[str, float], b: dict[str, float]) -> float:
    """Shared words by weight."""
    whole = math.fsum(a.values()) * math.fsum(b.values())
    return math.fsum(a[w] for w in a.keys() & b.keys()) / math.sqrt(whole) if whole else 0.0


def _codes(a: str, b: str) -> float:
    """1 same category, 0 related ones or unknown, -1 others."""
    if a == b:
        return 0.0 if a in ("other", "service") else 1.0
    if "other" in (a, b) or any(a in group and b in group for group in KIN_CODES):
        return 0.0
    return -1.0


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
    if a.village != b.village:
        return "", 0.0
    if any(m and n and not m & n for m, n in zip(_numbers(a), _numbers(b), strict=True)):
        return "", ELSEWHERE
    x, y = _place(a), _place(b)
    if x is None or y is None:
        return "", 0.0
    if x.landmark and y.landmark:
        shared = landmarks_of(x) & landmarks_of(y)
        if shared:
            return (x.landmark if x.landmark in shared else min(shared)), 1.0
        return "", ELSEWHERE if min(x.score, y.score) >= SURE else -0.9
    if x.soi and y.soi:
        return f"ซอย {x.soi}", 1.0
    return ("", 0.4) if x.label == y.label else ("", 0.0)


def landmarks_of(place: Place) -> set[str]:
    """The landmarks a place names."""
    return {place.landmark, place.until, *place.others} - {""}


def _numbers(t: Telling) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers of lanes and of moos a telling speaks of, in its words or its place."""
    lanes, moos = features(t.text).numbers
    more = numbers(t.place.label if t.place else "")
    return lanes | more[0], moos | more[1]


def _place(t: Telling) -> Place | None:
    return t.place or features(t.text).spot


def _metres(a: Telling, b: Telling) -> float | None:
    """Metres between two positions; None where one is unknown."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return metres_between((a.lat, a.lon), (b.lat, b.lon))


def _same_photo(a: Iterable[int], b: Iterable[int]) -> bool:
    others = tuple(b)
    return any((x ^ y).bit_count() <= SAME_PHOTO_BITS for x in a for y in others)
