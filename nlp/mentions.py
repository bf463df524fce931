"""Where a text speaks of a village's landmarks, by name, otherwise or misspelt, and how surely."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.landmarks import NAMED, OTHERWISE, Landmarks, Thin, Way, sounding, sounds
from nlp.normalise import MARKS
from nlp.place_kinds import CONTINUES, KIN, NAME_STARTS
from nlp.spots import NUMBER_WORDS, at_place, before, denied, numbered, numbers, on_the_way

LEAST = 0.45
"""Score under which a landmark is not said to be meant."""

_TORN = MARKS | frozenset("ะาำๅ")
_OPEN = frozenset("เแโใไ")
_MARKED = 0.06
_GOING = 0.25
_VISITING = 0.1
_PEOPLE = 0.12
_REACHES = ("ถึง", "ยัน", "ฮอด", "จนถึง", "ไปจนถึง", "ไปถึง", "ไปฮอด")
_REACHED = re.compile(rf" ?(?:{'|'.join(_REACHES)})(?:ที่|แถว|ตรง|หน้า|ข้าง|หลัง|ท้าย)? ?")
_SEVERAL = ("หลาย", "ทุก", "ตาม", "แต่ละ", "บาง", "ต่าง")
_FROM = ("จาก", "จากที่", "จากหน้า", "จากแถว", "จาก ")
_NUMBER_NEXT = re.compile(r" ?(?:ที่ ?)?\d")
_PEOPLE_OF = re.compile(
    r"(?:ครู(?:เวร)?|ผอ\.?|ผู้อำนวยการ|เจ้าหน้าที่|หมอ|พยาบาล|กรรมการ|ภารโรง|เจ้าอาวาส|แม่ค้า|พ่อค้า|นักเรียน|เด็ก) ?$"
)
_MISSPELT = 0.1
_ONE_WRONG = 0.15
_SURE_CORE = 6
_HOMOPHONE_CORE = 4
_LONG = 9
_ENDS = ("ดตทจชส", "นล", "บปพฟ", "กค")
_HOLDERS = ("โรงเรียน", "รร.", "สะพาน", "ตลาด", "ร้าน", "ซอย", "ฝาย", "ท่า", "หมู่บ้าน", "ชาวบ้าน")
"""Places and people named after another place: «โรงเรียนวัดแวง» is not the temple."""
_MEASURED = (
    "ไฟ", "ระดับ", "ค่า", "ได้", "อุณหภูมิ", "ไข้", "ความ", "ดู", "เอง", "ที่ดิน", "เขต", "ผล", "แปลง", "กัน", "ดวง",
    "พื้นที่", "ปริมาณ", "น้ำหนัก", "ขนาด", "แรง", "แสง", "เสียง", "ฝุ่น",
)  # fmt: skip
_OTHER_WORDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "วัด": (("ห", "รัง", "ชี้", "ตัว", "เครื่อง", "มาตร", "ตรวจ"), _MEASURED),
    "โรงเรียน": ((), ("เปิด", "ปิดเทอม", "เลิก", "หลาย", "เอกชน")),
    "ตลาด": (("เข",), ()),
    "หลาด": (("ประ",), ()),
    "ศาลา": ((), ("ริม", "รอ", "พัก", "ที่พัก", "วัด", "กลางจังหวัด", "กลางน้ำ", "ว่าการ", "ท่า", "ไทย", "ผู้โดยสาร")),
    "ที่ประชุมหมู่บ้าน": (("ใน", "เข้า", "ต่อ", "เสนอ"), ()),
    "ศาลากลาง": ((), ("จังหวัด", "น้ำ", "เมือง")),
    "ท่า": ((), ("น", "ทาง", "ที", "ไหน")),
    "สระ": ((), ("ผม",)),
    "กาด": (("ปร", "ข", "อ"), ()),
    "แยก": ((), ("ขยะ", "ย้าย", "ทาง", "กัน", "ออก")),
    "ประปา": (("น้ำ", "ท่อ", "การ", "ค่า", "มาตร"), ("ภูมิภาค", "ไหล", "ไม่", "บ่")),
    "โค้ง": ((), ("งอ",)),
    "ขัว": (("ถ",), ()),
    "สวน": ((), ("ทาง", "กัน", "ยาง", "ปาล์ม")),
    "รร": (("ธ", "ก", "พ", "ส"), ("ม",)),
}  # fmt: skip
"""Letters before and after, with which a word for a kind is another word."""


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A stretch of a text that speaks of one of the landmarks `marks` (more than one: not known which)."""

    start: int
    end: int
    marks: frozenset[int]
    score: float
    kind: bool = False


def mentions(text: str, known: Landmarks) -> list[Mention]:
    """Landmarks spoken of in a normalised text, in order; misspelt names where no better one is."""
    if not known.names or not text:
        return []
    found = list(_spelt(text, known))
    sure = {n for m in found for n in m.marks if m.score >= LEAST + _MARKED and not m.kind}
    found += [
        m
        for m in _misspelt(text, known, sure)
        if not any(o.start < m.end and m.start < o.end and o.score >= m.score for o in found)
    ]
    return sorted(found, key=lambda m: (m.start, -m.score))


def _spelt(text: str, known: Landmarks) -> Iterator[Mention]:
    """Ways of calling that stand in the text as they are written, longest first, without overlap."""
    spoken, at, last = None, 0, 0
    while at < len(text) - 1:
        ways = known.starts.get(text[at : at + 2])
        hit = None
        if ways and not (at and text[at - 1] in _OPEN):
            spoken = spoken or numbers(text)
            hit = _first(text, at, ways, known, spoken, last)
        if hit:
            yield hit
            at = last = hit.end
        else:
            at += 1


def _first(
    text: str,
    at: int,
    ways: Sequence[Way],
    known: Landmarks,
    spoken: tuple[frozenset[str], frozenset[str]],
    last: int,
) -> Mention | None:
    """The longest way that stands at `at` and fits what is around it; the landmark before ends at `last`."""
    for way in ways:
        if not text.startswith(way.words, at):
            continue
        end = at + len(way.words)
        marks = frozenset(n for n in way.marks if not _elsewhere(known.numbers[n], spoken))
        if not marks or not _whole(text, end, way.words):
            continue
        if way.words.endswith(NUMBER_WORDS) and not numbered(text, at):
            continue
        if not way.kind and not way.words[-1].isdigit() and _NUMBER_NEXT.match(text, end):
            marks = frozenset(n for n in marks if not known.numbered[n])
            if not marks:
                continue
        score = _fitting(text, at, end, way, last)
        if score >= LEAST:
            return Mention(start=at, end=end, marks=marks, score=score, kind=way.kind)
        if way.kind:
            return None
    return None


def _elsewhere(
    own: tuple[frozenset[str], frozenset[str]], spoken: tuple[frozenset[str], frozenset[str]]
) -> bool:
    """Whether a landmark bears a number of lane or moo and the text speaks of others only."""
    return any(mine and said and not mine & said for mine, said in zip(own, spoken, strict=True))


def _whole(text: str, end: int, words: str) -> bool:
    """Whether nothing that belongs to the last letter or number follows."""
    after = text[end : end + 1]
    if words[-1].isdigit():
        return not after.isdigit() and not (after == "/" and text[end + 1 : end + 2].isdigit())
    return after not in _TORN or not after


def _fitting(text: str, start: int, end: int, way: Way, last: int) -> float:
    """How surely a way means the landmark here; 0 where what stands around speaks against it."""
    where = at_place(text, start) or text.startswith(_REACHES, end)
    if denied(text, start) or (way.where and not where and not _kept_by(text, start, end, way)):
        return 0.0
    if way.ends and not goes_on(text, end):
        return 0.0
    if way.kind and _another_word(text, start, end, way.words, where):
        return 0.0
    if text.endswith(_HOLDERS, 0, start):
        return 0.0 if way.score < OTHERWISE else LEAST
    score = way.score + _MARKED if where and way.score < OTHERWISE else way.score
    of_stretch = text.startswith(_REACHES, end) and text.endswith(_FROM, 0, start)
    of_stretch = of_stretch or bool(last and _REACHED.fullmatch(text, last, start))
    if on_the_way(text, start) and not of_stretch:
        score -= _VISITING if way.visited else _GOING
    if _PEOPLE_OF.search(before(text, start)):
        score -= _PEOPLE
    return score


def _kept_by(text: str, start: int, end: int, way: Way) -> bool:
    """«บ้านยายสี ขายของ»: a keeper's house where something is sold is the shop."""
    return way.words.startswith(("บ้าน", "เฮือน")) and text[end : end + 8].lstrip().startswith(
        "ขายของ"
    )


def goes_on(text: str, end: int) -> bool:
    """Whether a place's name ends here: nothing follows, or a word with which sentences go on."""
    if text[end - 1] == "." and text[end : end + 1] == " ":
        end += 1
    after = text[end : end + 1]
    if not "ก" <= after <= "๎":
        return True
    word, name = _at(text, end, _CONTINUES), _at(text, end, _NAMES)
    return len(word) > len(name) and text[end + len(word) : end + len(word) + 1] not in MARKS


def _at(text: str, end: int, terms: dict[str, tuple[str, ...]]) -> str:
    """The longest of the terms that stands there; "" if none."""
    return next((w for w in terms.get(text[end : end + 2], ()) if text.startswith(w, end)), "")


def _by_start(terms: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Words by their first two letters, longest first."""
    out: dict[str, tuple[str, ...]] = {}
    for word in sorted(set(terms), key=lambda w: (-len(w), w)):
        out[word[:2]] = (*out.get(word[:2], ()), word)
    return out


_CONTINUES = _by_start(CONTINUES)
_NAMES = _by_start(NAME_STARTS)


def _another_word(text: str, start: int, end: int, words: str, where: bool) -> bool:
    """Whether the letters of a kind are part of another word here: «จังหวัด», «แยกขยะ»."""
    if text.endswith(_SEVERAL, 0, start) or (
        words.endswith("แยก") and _NUMBER_NEXT.match(text, end)
    ):
        return True
    left, right = _OTHER_WORDS.get(words, ((), ()))
    if left and text.endswith(left, 0, start):
        return True
    if where and words == "วัด":
        return False
    return bool(right) and text.startswith(right, end)


def _misspelt(text: str, known: Landmarks, sure: set[int]) -> Iterator[Mention]:
    """Names with marks left out or one letter wrong, of landmarks not named rightly."""
    bare, at = sounding(text), [0]
    best: dict[int, tuple[float, int, int]] = {}
    for i in range(len(bare) - 1):
        for half, offset, thin in known.halves.get(bare[i : i + 2], ()):
            if thin.mark in sure or not bare.startswith(half, i):
                continue
            found = _wrongly_spelt(bare, i, offset, thin)
            if found and found > best.get(thin.mark, (0.0, 0, 0)):
                best[thin.mark] = found
    for mark, (score, start, length) in best.items():
        at = at if len(at) > 1 else sounds(text)[1]
        begin, end = at[start], at[start + length] if start + length < len(at) else len(text)
        end = begin + len(text[begin:end].rstrip())
        torn = begin and text[begin - 1] in _OPEN
        if torn or (length < _LONG and not goes_on(text, end)):
            continue
        if denied(text, begin) or _elsewhere(known.numbers[mark], numbers(text)):
            continue
        score -= _GOING if on_the_way(text, begin) else 0.0
        if score >= LEAST:
            yield Mention(start=begin, end=end, marks=frozenset((mark,)), score=score)


def _wrongly_spelt(bare: str, at: int, offset: int, thin: Thin) -> tuple[float, int, int] | None:
    """(score, start, length) of a name in a text, both without marks, if half of it stands at `at`."""
    letters = thin.letters
    if bare.startswith(letters, at - offset) and at >= offset:
        end = at - offset + len(letters)
        return (
            None
            if bare[end : end + 1].isdigit()
            else (NAMED - _MISSPELT, at - offset, len(letters))
        )
    if len(letters) <= _SURE_CORE:
        return None
    for longer in (0, -1, 1):
        begin = at - offset - (longer if offset else 0)
        window = bare[max(begin, 0) : begin + len(letters) + longer]
        if begin >= 0 and _one_wrong(window, thin):
            return NAMED - _ONE_WRONG, begin, len(window)
    return None


def _same_end(a: str, b: str) -> bool:
    """Whether two letters sound alike at the end of a syllable: «พุด» for «พุธ»."""
    return a == b or any(a in group and b in group for group in _ENDS)


def _one_wrong(window: str, thin: Thin) -> bool:
    """Whether a stretch is the name with one letter wrong, neither at an end nor in a short name."""
    letters = thin.letters
    if (
        abs(len(window) - len(letters)) > 1
        or window[:1] != letters[0]
        or not _same_end(window[-1], letters[-1])
    ):
        return False
    same = next((i for i, (a, b) in enumerate(zip(window, letters, strict=False)) if a != b), 0)
    if not same:
        return False
    rest, own = window[same:], letters[same:]
    if rest[1:] != own[1:] and rest[1:] != own and rest != own[1:]:
        return False
    core = letters[thin.kind :]
    if len(window) == len(letters) and _same_end(window[same], letters[same]):
        return len(core) >= _HOMOPHONE_CORE
    return same < thin.kind or (len(core) >= _SURE_CORE and not core.startswith(KIN))
