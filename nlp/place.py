"""Where, as far as the words say: a landmark of the village, moo, soi, or a plain spot."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from nlp.landmarks import landmarks
from nlp.landmarks import skeleton as skeleton
from nlp.mentions import Mention, mentions
from nlp.positions import metres_to, nearest
from nlp.spots import Spot, denied, relation, spots
from nlp.spots import numbers as numbers
from nlp.values import KnownPlace, Place

Position = tuple[float, float]
"""Latitude and longitude in degrees."""

_MOST = 0.98
_CLOSE_M = 120.0
_NEAR_M = 350.0
_FAR_M = 1500.0
_BESIDE_M = 50.0
_BESIDE = 0.5
_MOO_ONLY = 0.4
_SURE = 0.7
_TO = re.compile(
    r"^(?:นี้|เรา)? ?(?:(?:ไป|มา|เรื่อย|ลง|ขึ้น|ออก|ยาว)*(?:จน)?(?:ถึง|ยัน|ฮอด)|ไป|มา|-|–)"
    r" ?(?:ที่|แถว|ตรง)?(?:ทาง|ปาก|หน้า|ข้าง|หลัง|ท้าย)?$"
)
_AND = re.compile(r"^ ?(?:กับ|และ|แล้วก็|ถึง|-|–|ไป) ?(?:ที่|แถว|ตรง)?(?:หน้า|ข้าง|หลัง|ท้าย)?$")
_FROM = re.compile(r"(?:จาก|ตั้งแต่|แต่|ช่วง|เส้น|สาย|ระหว่าง|ถนน)(?:ที่|แถว|ตรง|หน้า|ข้าง|หลัง|ท้าย|ปาก)? ?$")
_BETWEEN = re.compile(r"ระหว่าง(?:ที่|แถว|ตรง|หน้า|ข้าง|หลัง|ท้าย|ปาก)? ?$")
_ONLY_WHERE = (
    "วัด", "โรงเรียน", "มัสยิด", "ร้าน", "ตลาด", "กาด", "ซอย", "คุ้ม", "ศาลเจ้า", "โค้ง", "สี่แยก", "สามแยก",
    "แยก", "ท่า", "ชุมชน", "บ้าน", "รพ.สต.", "ป้อม", "สนาม", "ลาน", "ดอย",
)  # fmt: skip
_SPOT = re.compile(
    r"(หน้า|หลัง|ข้าง|ตรงข้าม|ใกล้|ท้าย|ปาก|ริม|หัว|ทางเข้า|กลาง)(?:ๆ)? ?(วัด|โรงเรียน|รร\.?"
    r"|มัสยิด|ศาลา|อบต\.?|เทศบาล|ตลาด|อนามัย|รพ\.สต\.?|หมู่บ้าน|บ้านผู้ใหญ่|ซอย|สะพาน|คลอง|หนอง"
    r"|ทุ่ง|ป่าช้า|สนามกีฬา|ปั๊ม|โรงงาน)"
)
"""What is taken out of a text before its category is looked for; the model is trained on what is left."""


@dataclass(frozen=True, kw_only=True)
class _Found:
    """A landmark meant, with the relation before it and the metres to the shared position."""

    start: int
    end: int
    name: str
    relation: str
    score: float
    metres: float | None

    @property
    def label(self) -> str:
        return f"{self.relation}{self.name}"


def find_place(
    text: str, places: Sequence[KnownPlace] = (), *, at: Position | None = None
) -> Place | None:
    """The place a normalised text names; None when it names none.

    `at` is a position shared with the text: a landmark near it is surer, one far from it less, and of
    several that a word may mean the near one is meant.
    """
    plain = [s for s in spots(text) if not denied(text, s.start)]
    found = _landmarks(text, places, at) if places else []
    if not found:
        return _of_spots(text, plain)
    best = max(found, key=lambda f: (f.score, -f.start))
    first, second, between = _range(text, found, best)
    label = first.label
    if second:
        label = (
            f"ระหว่าง{first.label}กับ{second.label}" if between else f"{first.label}ถึง{second.label}"
        )
    spans = tuple((f.start, f.end) for f in (first, second) if f)
    return Place(
        label=label,
        landmark=first.name,
        moo=next((s.moo for s in plain if s.moo is not None), None),
        soi=next((s.soi for s in plain if s.soi), ""),
        km=next((s.km for s in plain if s.km), ""),
        score=min(_MOST, best.score),
        words=tuple(text[a:b] for a, b in spans),
        spans=spans,
        relation=first.relation,
        until=second.name if second else "",
        others=tuple(
            dict.fromkeys(f.name for f in found if f.score >= _SURE and f.name != first.name)
        ),
        metres=first.metres,
    )


def beside(told: Place | None, places: Sequence[KnownPlace], at: Position) -> Place | None:
    """What the words told, or where that is nothing or only a moo the landmark beside the position.

    Such a place's `words` hold nothing of the landmark; where a sender lives may be told by it.
    """
    near = nearest(*at, places, _BESIDE_M)
    if near is None or (told and (told.landmark or told.score > _MOO_ONLY)):
        return told
    name = near.place.name
    return Place(
        label=f"ใกล้{name}",
        landmark=name,
        moo=told.moo if told else None,
        score=_BESIDE,
        words=told.words if told else (),
        spans=told.spans if told else (),
        relation="ใกล้",
        metres=near.metres,
    )


def without_places(text: str, places: Sequence[KnownPlace] = ()) -> str:
    """A normalised text without the words that only say where, so that they do not say what."""
    known = landmarks(places)
    for mention in reversed(mentions(text, known) if places else []):
        names = [known.names[n] for n in mention.marks]
        _, begin = relation(text, mention.start)
        only_where = begin < mention.start or all(n.startswith(_ONLY_WHERE) for n in names)
        if only_where and mention.end - begin < len(text):
            text = f"{text[:begin]} {text[mention.end :]}"
    return _SPOT.sub(" ", text).strip() or text


def _landmarks(text: str, places: Sequence[KnownPlace], at: Position | None) -> list[_Found]:
    """The landmarks meant, in the order of the text."""
    out = []
    for mention in mentions(text, landmarks(places)):
        place, score = _meant(mention, places, at)
        if place is None:
            continue
        metres = metres_to(place, at)
        word, begin = relation(text, mention.start)
        out.append(
            _Found(
                start=begin, end=mention.end, name=place.name, relation=word,
                score=score + _nearness(metres, mention.kind), metres=metres,
            )
        )  # fmt: skip
    return out


def _meant(
    mention: Mention, places: Sequence[KnownPlace], at: Position | None
) -> tuple[KnownPlace | None, float]:
    """The landmark a mention means; of several only one that is near the position, the others not."""
    if len(mention.marks) == 1:
        return places[next(iter(mention.marks))], mention.score
    near = sorted((m, n) for n in mention.marks if (m := metres_to(places[n], at)) is not None)
    if len(near) < len(mention.marks) or near[0][0] > _CLOSE_M or near[1][0] < 2 * _CLOSE_M:
        return None, 0.0
    return places[near[0][1]], mention.score - 0.05


def _nearness(metres: float | None, kind: bool) -> float:
    """What a landmark's distance from the shared position adds to its score."""
    if metres is None:
        return 0.0
    if metres <= _NEAR_M:
        return 0.08 if metres <= _CLOSE_M else 0.04
    return (-0.12 if kind else -0.05) if metres > _FAR_M else 0.0


def _range(text: str, found: Sequence[_Found], best: _Found) -> tuple[_Found, _Found | None, bool]:
    """(first, second, whether between): the ends of the stretch the best landmark belongs to."""
    for a, b in pairwise(found):
        if best not in (a, b) or a.name == b.name:
            continue
        middle, left = text[a.end : b.start], text[max(0, a.start - 12) : a.start]
        if _BETWEEN.search(left) and _AND.match(middle):
            return a, b, True
        if _TO.match(middle) and (_FROM.search(left) or "ถึง" in middle or "ยัน" in middle):
            return a, b, False
    return best, None, False


def _of_spots(text: str, found: Sequence[Spot]) -> Place | None:
    """A place made of soi, moo, kilometre post, zone or a plain spot («หน้าวัด»)."""
    soi = next((s for s in found if s.soi), None)
    moo = next((s for s in found if s.moo is not None), None)
    km = next((s for s in found if s.km), None)
    zone = next((s for s in found if not s.soi and s.moo is None and not s.km), None)
    parts = [zone if not soi else None, km, soi, moo]
    told = [s for s in parts if s]
    if not told:
        return None
    return Place(
        label=" ".join(s.label for s in told),
        moo=moo.moo if moo else None,
        soi=soi.soi if soi else "",
        km=km.km if km else "",
        score=max(s.score for s in told),
        words=tuple(text[s.start : s.end] for s in told),
        spans=tuple((s.start, s.end) for s in told),
    )
