"""What to look at in a summary, as it is typed: «น้ำ», «ใหม่», «ด่วน», «ด้านสังคม». Pure."""

import re
from functools import cache

from nlp.lexicon import lexicon
from planning.outlook import Only
from planning.taxonomy import ALWAYS_CONFIDENTIAL, PILLAR_TH, Pillar, categories

_FRESH = frozenset("ใหม่ ใหม่ๆ ล่าสุด เพิ่ม เพิ่มมา".split())
_URGENT = frozenset("ด่วน เร่งด่วน ฉุกเฉิน อันตราย ด่วนๆ".split())
_OLD = frozenset("เก่า ค้าง ค้างนาน นาน นานๆ ค้างเก่า".split())
_WHOLE = frozenset("ทั้งหมด ทุกเรื่อง หมด ทุกอย่าง รายการ".split())
_PILLARS = {
    "โครงสร้างพื้นฐาน": Pillar.INFRASTRUCTURE,
    "โครงสร้าง": Pillar.INFRASTRUCTURE,
    "เศรษฐกิจ": Pillar.ECONOMY,
    "สังคม": Pillar.SOCIAL,
    "สิ่งแวดล้อม": Pillar.ENVIRONMENT,
    "ทรัพยากร": Pillar.ENVIRONMENT,
    "ความมั่นคง": Pillar.SECURITY,
    "บริหาร": Pillar.ADMINISTRATION,
    "การบริหาร": Pillar.ADMINISTRATION,
    **{name.removeprefix("ด้าน"): pillar for pillar, name in PILLAR_TH.items()},
}
_LED_BY = re.compile(r"^(?:เรื่อง|ปัญหา|หมวด|ด้าน|เฉพาะ|แต่|ที่)+(?=\S)")
_FAULT = re.compile("ไม่|บ่|พัง|แตก|รั่ว|ดับ|ตัน|ขาด|ล้ม|ท่วม|ไหม้|หาย|ตาย|กัด|เสีย(?!ง)|ชำรุด|เหม็น|อยาก|ขอ")
"""What tells rather than names: «น้ำไม่ไหล» is somebody's own words."""
_LONGEST, _SHORT = 20, 12
_WIDE = {
    "น้ำ": frozenset({"water_supply", "water_source", "drainage"}),
    "ไฟ": frozenset({"lighting", "electricity"}),
    "เสียง": frozenset({"pollution", "telecom"}),
}
"""Words of several categories."""


def read_look(text: str) -> tuple[Only, str]:
    """Which matters are asked for, and the words left over, which name an area (or nothing known)."""
    only, rest, said = Only(), [], []
    for word in text.split():
        more = _part(only, _LED_BY.sub("", word))
        if more is None:
            rest.append(word)
        else:
            only = more
            said.append(word)
    return _named(only, said), " ".join(rest)


def one_word(text: str) -> bool:
    """Whether this is a single word that tells of no fault: something to look for, not somebody's telling."""
    return len(text.split()) == 1 and len(text) <= _SHORT and not _FAULT.search(text)


def with_words(only: Only, text: str) -> Only:
    """The same, and only matters whose line or place has these words."""
    said = " ".join(filter(None, (only.said, text)))
    topics, words = (*only.topics, frozenset[str]()), (*only.words, text)
    return Only(**{**vars(only), "said": said, "topics": topics, "words": words})


def _named(only: Only, said: list[str]) -> Only:
    return Only(**{**vars(only), "said": " ".join(said)})


def _part(only: Only, word: str) -> Only | None:
    """`only` with what one word asks for; None for a word that asks for nothing known."""
    kept = vars(only)
    for field, words in (
        ("fresh", _FRESH), ("urgent", _URGENT), ("old", _OLD), ("whole", _WHOLE),
    ):  # fmt: skip
        if word in words:
            return Only(**{**kept, field: True})
    if word in _PILLARS:
        return Only(**{**kept, "pillar": _PILLARS[word]})
    topic = topics_of(word)
    if topic:
        return Only(**{**kept, "topics": (*only.topics, topic), "words": (*only.words, word)})
    return None


@cache
def topics_of(word: str) -> frozenset[str]:
    """Codes of the public categories that a word names; none for what tells of a fault."""
    if not 2 <= len(word) <= _LONGEST or _FAULT.search(word):
        return frozenset()
    usual = {code for code, weight in lexicon().get(word, {}).items() if weight >= 2}
    named = {c.code for c in categories().values() if word in re.split(r"[ :]|และ", c.name_th)}
    found = _WIDE.get(word) or frozenset(usual or named)
    return found - ALWAYS_CONFIDENTIAL - {"other"}
