"""Formal one-line wording for agendas, composed of fixed phrases: never the sender's own words."""

import re

from nlp.facets import facet_of
from nlp.normalise import normalise
from nlp.personal import numbers_hidden

_INSIDE = re.compile(r"^(?:ซอย|หมู่|คุ้ม|ชุมชน|บ้าน(?!เลขที่))")
_RELATION = re.compile(r"^(?:บริเวณ|ช่วง|ตั้งแต่|ภายใน|ถนนสาย|สาย)")
_WISHED = re.compile(r"^(?:ขอ|อยาก|ต้องการ)")
_NOT_SHOWN = re.compile(r"[^ก-๙a-zA-Z0-9 ./()\-]")
_LONGEST_PLACE = 60


def neutral_line(text: str, category: str, kind: str, place: str) -> str:
    """One formal line: what is wrong or wanted in the category, and where (`place` may be empty)."""
    plain = normalise(text).text
    facet = facet_of(plain, category) or facet_of(plain, "other")
    assert facet is not None  # the category `other` always has its general facet
    phrase = facet.need if kind == "need" else facet.problem
    if kind == "question" and not phrase.startswith("ขอ"):
        phrase = f"สอบถามเรื่อง{phrase.removeprefix('เรื่อง')}"
    where = _where(place)
    return f"{phrase} {where}" if where else phrase


def _where(place: str) -> str:
    """The place with «บริเวณ» or «ภายใน» before it, without signs or numbers of people."""
    shown = _NOT_SHOWN.sub("", " ".join(numbers_hidden(place).split()))[:_LONGEST_PLACE].strip()
    if not shown or _RELATION.match(shown):
        return shown
    return f"ภายใน{shown}" if _INSIDE.match(shown) else f"บริเวณ{shown}"
