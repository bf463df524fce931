"""Where, as far as the words say: a landmark of the village, moo, soi, or a plain spot."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from nlp.normalise import MARKS, normalise
from nlp.values import KnownPlace, Place

_RELATIONS = (
    "ตรงข้าม ฝั่งตรงข้าม ด้านหน้า ด้านหลัง ด้านข้าง ทางเข้า ทางไป ปากทาง หน้า หลัง ข้าง ข้างๆ "
    "ใกล้ ใกล้ๆ ท้าย ปาก หัว ตีน ริม ใต้ บน เลย ก่อนถึง แถว แถวๆ ทางลง คอ เชิง"
).split()
_SHOWN = {"ข้างๆ": "ข้าง", "ใกล้ๆ": "ใกล้", "แถวๆ": "แถว", "ฝั่งตรงข้าม": "ตรงข้าม"}
_RELATION = re.compile(
    "(" + "|".join(sorted(_RELATIONS, key=lambda r: -len(r))) + r")(?:กับ|ๆ)?\s?$"
)
_AT = re.compile(
    r"(?:หน้า|หลัง|ข้าง|ตรง|แถว|ใกล้|ท้าย|ปาก|ริม|หัว|ใต้|บน|ที่|บริเวณ|ใน|กลาง|ย่าน|ทาง(?:เข้า|ไป)|แยก|โค้ง|เลย|ก่อนถึง)"
    r"(?:ๆ|กับ|ข้าม)? ?$"
)
_TYPES = {
    "โรงเรียน": ("โรงเรียนบ้าน", "โรงเรียน", "รร.", "รร", "โฮงเฮียน", "โฮงเฮียนบ้าน", "รร.บ้าน"),
    "วัด": ("วัด", "วัดป่า"),
    "มัสยิด": ("มัสยิด", "สุเหร่า", "บาลาย", "ยิด"),
    "รพ.สต.": ("รพ.สต.", "รพ.สต", "รพสต", "อนามัย", "สถานีอนามัย", "โรงพยาบาลตำบล"),
    "ศาลา": ("ศาลา", "ศาลากลางบ้าน", "ศาลาประชาคม", "ศาลาหมู่บ้าน", "ศาลาอเนกประสงค์", "ศาลาบ้าน"),
    "ตลาด": ("ตลาด", "ตลาดนัด"),
    "กาด": ("กาด", "ตลาด"),
    "ร้าน": ("ร้าน", "ฮ้าน"),
    "สะพาน": ("สะพาน", "ขัว"),
    "สามแยก": ("สามแยก", "แยก"),
    "สี่แยก": ("สี่แยก", "แยก"),
    "โค้ง": ("โค้ง", "ทางโค้ง"),
    "ซอย": ("ซอย", "ซ."),
    "หอถัง": ("หอถัง", "ถังประปา"),
    "ถังประปา": ("ถังประปา", "ประปา", "ถังน้ำ"),
    "ฝาย": ("ฝาย",),
    "คลอง": ("คลอง",),
    "หนอง": ("หนอง",),
    "อ่าง": ("อ่าง", "อ่างเก็บน้ำ"),
    "ท่าเรือ": ("ท่าเรือ", "ท่า"),
    "ท่าน้ำ": ("ท่าน้ำ",),
    "สระ": ("สระ",),
    "คุ้ม": ("คุ้ม",),
    "ศาลเจ้า": ("ศาลเจ้า",),
    "บ่อขยะ": ("บ่อขยะ",),
    "เมรุ": ("เมรุ",),
    "สุสาน": ("สุสาน", "ป่าช้า"),
    "ลานกีฬา": ("ลานกีฬา",),
    "สนามกีฬา": ("สนามกีฬา", "สนามบอล"),
    "ฟาร์ม": ("ฟาร์ม",),
    "ป้อมยาม": ("ป้อมยาม", "ป้อม"),
    "ประตูน้ำ": ("ประตูน้ำ",),
    "ดอย": ("ดอย",),
    "โรงสี": ("โรงสี",),
    "ศูนย์พัฒนาเด็กเล็ก": ("ศูนย์พัฒนาเด็กเล็ก", "ศูนย์เด็กเล็ก", "ศพด", "ศูนย์เด็ก"),
    "ลานเท": ("ลานเท",),
    "บ้าน": (),
}
_KINDS = tuple({way for ways in _TYPES.values() for way in ways if len(way) > 1})
_NATURAL = (
    "สระ",
    "หนอง",
    "คลอง",
    "ดอน",
    "ห้วย",
    "โคก",
    "ท่า",
    "ทุ่ง",
    "นา",
    "ดอย",
    "ควน",
    "ซับ",
    "ม่อน",
    "ป่า",
)
_WEAK_ALONE = frozenset(
    "คลอง หนอง บ้าน ซอย แยก คุ้ม ดอย สระ ร้าน ท่า ประปา ป้อม อ่าง ตลาด ยิด รร ลานเท".split()
)
_INNER = ("ข้าม", "หมู่บ้าน", "ชุมชน", "บ้าน", "ต้น", "เจ้าพ่อ", "พ่อ")
_NUMBERED = re.compile(r"(?:ซอย|ซ\.|หมู่|ม\.)[^\d]*\d")
"""Landmarks told from each other by a number only: never called without it."""
_NEVER_ALONE = frozenset(("ซอย", "ซ.", "หมู่", "หมู่ที่"))
_ONLY_WHERE = (
    "วัด", "โรงเรียน", "มัสยิด", "ร้าน", "ตลาด", "กาด", "ซอย", "คุ้ม", "ศาลเจ้า", "โค้ง", "สี่แยก", "สามแยก",
    "แยก", "ท่า", "ชุมชน", "บ้าน", "รพ.สต.", "ป้อม", "สนาม", "ลาน", "ดอย",
)  # fmt: skip
_MOO = re.compile(
    r"(?:หมู่ที่|หมู่|ม\.|(?<![ก-ฮ.])ม) ?(\d{1,2})(?![\d/.]|\s?(?:ต้น|ตัว|คัน|เดือน|วัน|เมตร|ปี))"
)
_SOI = re.compile(r"(?:ซอย|ซ\.|(?<![ก-๙])ซ) ?(?:ที่ ?)?(\d{1,3}(?:/\d{1,3})?)(?!\d)")
_SOIS = re.compile(_SOI.pattern + r"((?: ?(?:,|-|กับ|และ|ถึง) ?(?:ซอย|ซ\.)? ?\d{1,3}(?![\d/]))*)")
_SPOT = re.compile(
    r"(หน้า|หลัง|ข้าง|ตรงข้าม|ใกล้|ท้าย|ปาก|ริม|หัว|ทางเข้า|กลาง)(?:ๆ)? ?(วัด|โรงเรียน|รร\.?"
    r"|มัสยิด|ศาลา|อบต\.?|เทศบาล|ตลาด|อนามัย|รพ\.สต\.?|หมู่บ้าน|บ้านผู้ใหญ่|ซอย|สะพาน|คลอง|หนอง"
    r"|ทุ่ง|ป่าช้า|สนามกีฬา|ปั๊ม|โรงงาน)"
)


def find_place(text: str, places: Sequence[KnownPlace] = ()) -> Place | None:
    """The place a normalised text names; None when it names none."""
    moo, soi = _moo(text), _soi(text)
    best = max(_landmarks(text, tuple(p.name for p in places)), default=None, key=lambda h: h[0])
    if best is None:
        return _without_landmark(text, moo, soi)
    score, start, variant, name = best
    relation = _RELATION.search(text[max(0, start - 12) : start])
    word = relation.group(1) if relation else ""
    shown = f"{_SHOWN.get(word, word)}{name}"
    spoken = f"{relation.group() if relation else ''}{variant}"
    return Place(
        label=shown, landmark=name, moo=moo, soi=soi, score=min(0.98, score), words=(spoken,)
    )


def without_places(text: str, places: Sequence[KnownPlace] = ()) -> str:
    """A normalised text without the words that only say where, so that they do not say what."""
    for _, variant, name in _variants(tuple(p.name for p in places)):
        start = text.find(variant)
        while start >= 0:
            end = start + len(variant)
            relation = _RELATION.search(text[max(0, start - 12) : start])
            only_where = relation or name.startswith(_ONLY_WHERE)
            if only_where and not _inside_number(text, end, variant) and variant != text:
                begin = start - len(relation.group()) if relation else start
                text = f"{text[:begin]} {text[end:]}"
                end = begin
            start = text.find(variant, end)
    return _SPOT.sub(" ", text).strip() or text


def _without_landmark(text: str, moo: int | None, soi: str) -> Place | None:
    """A place made of soi, moo or a plain spot («หน้าวัด»)."""
    spot = _SPOT.search(text)
    parts = [f"ซอย {soi}" if soi else "", f"หมู่ {moo}" if moo else ""]
    if not soi and spot:
        parts.insert(0, spot.group(1) + spot.group(2).rstrip("."))
    label = " ".join(p for p in parts if p)
    if not label:
        return None
    words = tuple(m.group() for m in (_SOI.search(text), _MOO.search(text), spot) if m)
    return Place(label=label, moo=moo, soi=soi, score=0.7 if soi else 0.4, words=words)


def _moo(text: str) -> int | None:
    m = _MOO.search(text)
    return int(m.group(1)) if m and int(m.group(1)) else None


def _soi(text: str) -> str:
    """The lane's number. A lane's name is never taken from a text: it may be anybody's or an insult."""
    m = _SOI.search(text)
    return m.group(1) if m else ""


@lru_cache(maxsize=4096)
def numbers(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Numbers of all lanes, and of all moos, a normalised text or a landmark's name speaks of."""
    lanes = [m.groups() for m in _SOIS.finditer(text)]
    return (
        frozenset(n for first, more in lanes for n in (first, *re.findall(r"\d+", more))),
        frozenset(str(int(m.group(1))) for m in _MOO.finditer(text)),
    )


def _elsewhere(name: str, spoken: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether a landmark bears a number of lane or moo and the text speaks of others only."""
    own = numbers(normalise(name).text)
    return any(mine and said and not mine & said for mine, said in zip(own, spoken, strict=True))


def _landmarks(text: str, names: tuple[str, ...]) -> Iterator[tuple[float, int, str, str]]:
    """(score, start, words, landmark) of every landmark spoken of."""
    if not names:
        return
    bare, at = skeleton(text)
    loose, spoken = _loose(names), numbers(text)
    for score, variant, name in _variants(names):
        start = _standing(text, variant)
        if start >= 0 and variant in loose and not _AT.search(text[max(0, start - 12) : start]):
            continue
        thin = "" if start >= 0 else skeleton(variant)[0]
        place = _standing(bare, thin) if len(thin) > 4 else -1
        if (start < 0 and place < 0) or _elsewhere(name, spoken):
            continue
        yield (score, start, variant, name) if start >= 0 else (
            score - 0.1, at[place], variant, name,
        )  # fmt: skip


def _standing(text: str, variant: str) -> int:
    """Where a way of calling stands, but not as the front of a longer number; -1 if nowhere."""
    start = text.find(variant)
    while start >= 0 and _inside_number(text, start + len(variant), variant):
        start = text.find(variant, start + 1)
    return start


@lru_cache(maxsize=256)
def _loose(names: tuple[str, ...]) -> frozenset[str]:
    """Ways of calling that may as well mean the whole village: names without a word for the kind of
    place, and a landmark's name that others carry too. They name a place only after words for where.
    """
    plain = [normalise(n).text for n in names]
    bare = {
        v for _, v, n in _variants(names) if not v.startswith(_KINDS) and v != normalise(n).text
    }
    shared = {
        n
        for n in plain
        if n.startswith(_NATURAL) and any(o != n and o.endswith(n) and _built(o) for o in plain)
    }
    weak = {v for _, v, _ in _variants(names) if v in _WEAK_ALONE and v.startswith(_NATURAL)}
    return frozenset(bare | shared | weak)


def _built(name: str) -> bool:
    """Whether a landmark is a temple, school or the like, usually called after its village."""
    return name.startswith(("วัด", "โรงเรียน", "รพ.สต.", "มัสยิด", "หอถัง", "ศาลา", "ศูนย์"))


def _inside_number(text: str, end: int, variant: str) -> bool:
    """«ซอย 3» does not speak of «ซอย 31»."""
    return variant[-1].isdigit() and text[end : end + 1].isdigit()


def skeleton(text: str) -> tuple[str, list[int]]:
    """Text without marks and spaces, easily confused letters made one; and where each letter stood."""
    out, at = [], []
    for i, c in enumerate(text):
        if c not in MARKS and c != " ":
            out.append(_ALIKE.get(c, c))
            at.append(i)
    return "".join(out), at


_ALIKE = {"ศ": "ส", "ษ": "ส", "ณ": "น", "ญ": "ย", "ใ": "ไ", "ฬ": "ล", "ฆ": "ค", "ภ": "พ", "ธ": "ท"}


@lru_cache(maxsize=256)
def _variants(names: tuple[str, ...]) -> tuple[tuple[float, str, str], ...]:
    """(score, how it may be said, landmark), the surest first."""
    said: dict[str, set[str]] = {}
    for name in names:
        for variant in _ways(normalise(name).text):
            said.setdefault(variant, set()).add(name)
    out = [
        (_sureness(v, normalise(next(iter(who))).text), v, next(iter(who)))
        for v, who in said.items()
        if len(who) == 1 and len(v) > 2
    ]
    exact = {normalise(n).text: n for n in names}
    out += [(0.95, v, n) for v, n in exact.items() if len(said.get(v, ())) > 1]
    return tuple(sorted(out, key=lambda o: (-o[0], o[1])))


def _sureness(variant: str, name: str) -> float:
    """How surely the variant means the landmark: all of its name most, a bare type word least."""
    if variant == name:
        return 0.95
    if variant in _WEAK_ALONE:
        return 0.3
    share = len(variant) / max(len(name), 1)
    return min(0.9, 0.5 + 0.4 * share)


def _ways(name: str) -> set[str]:
    """Ways a landmark may be called: its name, other words for its type, either part alone."""
    ways = {name, name.replace(" ", "")}
    for kind in sorted(_TYPES, key=len, reverse=True):
        if name.startswith(kind):
            rest = name[len(kind) :].strip()
            ways |= {f"{t}{rest}" for t in _TYPES[kind]} | set(_TYPES[kind])
            ways |= {f"{kind}{core}" for core in _cores(rest)}
            ways |= {core for core in _cores(rest) if not _own_place(core, kind)}
            ways |= {f"{t}{core}" for t in _TYPES[kind] for core in _cores(rest)}
            break
    else:
        ways |= {c for c in _cores(name) if len(c) > 4 and not _own_place(c, "")}
    if _NUMBERED.match(name):
        ways = {w for w in ways if any(map(str.isdigit, w))} or {name}
    return {w for w in ways if len(w) > 2 and not w.isdigit() and w not in _NEVER_ALONE}


def _own_place(name: str, kind: str) -> bool:
    """Whether a part of a landmark's name speaks of another place: «หน้าวัด», «คลองแดง»."""
    return bool(_SPOT.fullmatch(name)) or name.startswith(
        tuple(k for k in _KINDS if not kind.startswith(k) and not k.startswith(kind or "-"))
    )


def _cores(rest: str) -> set[str]:
    """The distinguishing part of a name, with and without words before it."""
    cores = {rest}
    for inner in _INNER:
        if rest.startswith(inner) and len(rest) - len(inner) > 2:
            cores.add(rest[len(inner) :])
    return {c for c in cores if len(c) > 3 and not c.isdigit()}
