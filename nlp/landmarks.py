"""A village's landmarks and every way they may be called, made once for each village."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from nlp.normalise import MARKS, normalise
from nlp.place_kinds import GENERIC, KIN, KINDS, MEN, NATURAL, TREES, WATER, WOMEN, Alone, Kind
from nlp.spots import NUMBER_WORDS, NUMBER_WORDS_VALUE, numbers
from nlp.tokens import given_names, words
from nlp.values import KnownPlace

NAMED = 0.95
OTHERWISE = 0.9
PARTLY = 0.78
CORE = 0.66
KIND = 0.58
SIGN = 0.52
"""How sure a way of calling is: the name, another word for its kind, part of it, its name without the
kind, the kind alone, a description."""

_RELATED = ("", "หน้า", "ข้าง", "หลัง", "ตรงข้าม", "ใกล้", "ริม", "ท้าย")
_INNER = ("ข้าม", "หมู่บ้าน", "ชุมชน", "บ้าน", "ต้น", "เจ้าพ่อ", "พ่อ")
_NUMBER = re.compile(r"(\d{1,3}(?:/\d{1,3})?)$")
_STEM_NUMBER = re.compile(r"^(?!.*หมู่(?:ที่)? ?\d).*\d$|^หมู่")
_BY_NUMBER = re.compile(r"(?:ซอย|ซ\.|หมู่ที่|หมู่|ม\.)[^\d]*\d")
_ALIKE = str.maketrans("ศษณญใฬฆภธ", "สสนยไลคพท")
_SOUNDS = str.maketrans("ศษซณญใฬฆภธฑฒฐฎฏรผขฉ", "สสสนยไลคพทททททตลพคช")
_SOUNDING = {**_SOUNDS, **{ord(c): None for c in (*MARKS, " ")}}
_SILENCED = re.compile("[ก-ฮ][ิุ]?์|(?<=ท)ร")
_SHORTEST = 3
_THIN = 5
_LANE_CORE = 0.5
_LOOSE = 7
_OWNER = re.compile(f"({'|'.join(KIN)})(?=[ก-ฮเแโใไ])(.+)")


@dataclass(frozen=True, slots=True)
class Way:
    """One way of calling: which landmarks it may mean, how surely, and what it needs around it.

    `where`: a word for where must stand before it; `ends`: nothing that may be the rest of a longer
    name may follow. `kind`: it is only the word for a kind; `visited`: see `Kind`.
    """

    words: str
    marks: frozenset[int]
    score: float
    where: bool = False
    ends: bool = False
    kind: bool = False
    visited: bool = False


@dataclass(frozen=True, slots=True)
class Thin:
    """A name as it sounds, for finding it misspelt, and how many letters the word for its kind has."""

    letters: str
    mark: int
    kind: int


Half: TypeAlias = tuple[str, int, Thin]
"""Half of a name as it sounds, how many letters stand before it in the name, and the name."""


@dataclass(frozen=True)
class Landmarks:
    """All ways to call the landmarks of a village, by their first two letters, longest first.

    `numbers` each landmark bears; `numbered`: whether it is told from others by the number it ends in.
    `halves`: for misspelt names, by their first two letters too.
    """

    names: tuple[str, ...]
    starts: dict[str, tuple[Way, ...]]
    halves: dict[str, tuple[Half, ...]]
    numbers: tuple[tuple[frozenset[str], frozenset[str]], ...]
    numbered: tuple[bool, ...]


@dataclass(frozen=True)
class _Name:
    """A landmark's normalised name in its parts."""

    text: str
    kinds: tuple[Kind, ...]
    word: str
    rest: str


def skeleton(text: str) -> tuple[str, list[int]]:
    """Text without marks and spaces, easily confused letters made one; and where each letter stood."""
    kept = [(c, i) for i, c in enumerate(text) if c not in MARKS and c != " "]
    return "".join(c for c, _ in kept).translate(_ALIKE), [i for _, i in kept]


def landmarks(places: Sequence[KnownPlace]) -> Landmarks:
    """The ways of calling a village's landmarks; kept for villages met before."""
    return _landmarks(tuple((p.name, p.aliases) for p in places))


@lru_cache(maxsize=128)
def _landmarks(known: tuple[tuple[str, tuple[str, ...]], ...]) -> Landmarks:
    named = [_parted(normalise(name).text) for name, _ in known]
    ways: dict[str, list[tuple[int, Way]]] = {}
    thin: list[Thin] = []
    for n, (name, (_, aliases)) in enumerate(zip(named, known, strict=True)):
        others = [o for o in named if o.text != name.text]
        for way in _ways(n, name, others, [normalise(a).text for a in aliases]):
            ways.setdefault(way.words, []).append((n, way))
            told_by_number = _any_digit(way.words) or way.words.endswith(NUMBER_WORDS)
            if way.score >= OTHERWISE and not told_by_number:
                thin += _thin(way, n, name)
    by_start: dict[str, list[Way]] = {}
    for text, found in ways.items():
        if len(text) >= _SHORTEST:
            by_start.setdefault(text[:2], []).append(_joined(text, found, named))
    return Landmarks(
        names=tuple(name for name, _ in known),
        starts={s: tuple(sorted(w, key=lambda w: -len(w.words))) for s, w in by_start.items()},
        halves=_halves(thin),
        numbers=tuple(numbers(name.text) for name in named),
        numbered=tuple(bool(_STEM_NUMBER.search(name.text)) for name in named),
    )


def _joined(text: str, found: Sequence[tuple[int, Way]], named: Sequence[_Name]) -> Way:
    """One way from those of several landmarks; a landmark's whole name is its own."""
    own = [(n, w) for n, w in found if w.score == NAMED and named[n].text == text]
    found = own or found
    best = max((w for _, w in found), key=lambda w: (w.score, not w.where, not w.ends))
    marks = {n for n, _ in found}
    return best if marks == best.marks else replace(best, marks=frozenset(marks))


def _parted(text: str) -> _Name:
    """The word for the kind a name begins with, the kinds that may be, and the rest."""
    called = {k: tuple(w for w in (*k.names, *k.calls) if w not in k.never) for k in KINDS}
    word = max((w for ws in called.values() for w in ws if text.startswith(w)), key=len, default="")
    kinds = tuple(k for k, ws in called.items() if word and word in ws)
    return _Name(text, kinds, word, text[len(word) :].strip())


def _ways(n: int, name: _Name, others: Sequence[_Name], aliases: Sequence[str]) -> Iterator[Way]:
    """Every way one landmark may be called."""
    one = frozenset((n,))
    shared = name.text.startswith(NATURAL) and any(
        o.text.endswith(name.text) and any(k.public for k in o.kinds) for o in others
    )
    for text in {name.text, name.text.replace(" ", ""), *aliases}:
        yield Way(text, one, NAMED, where=shared, ends=shared)
    made = [
        *_renamed(name), *_numbered(name), *_parts(name), *_inner(name, others), *_owned(name),
        *_core(name, others), *_alone(name),
    ]  # fmt: skip
    visited = any(k.visited for k in name.kinds)
    by_number = _BY_NUMBER.match(name.text)
    for text, score, where, ends in made:
        numberless = not _any_digit(text) and not text.endswith(NUMBER_WORDS)
        if by_number and numberless and score != PARTLY:
            continue
        yield Way(
            text, one, score, where or shared, ends or shared, score in (KIND, SIGN), visited,
        )  # fmt: skip


Made = Iterator[tuple[str, float, bool, bool]]
"""(words, score, whether a word for where must stand before, whether nothing may follow)."""


def _calls(name: _Name) -> set[str]:
    """Words for a landmark's kind that may stand before its name."""
    return {w for k in name.kinds for w in (*k.names, *k.calls)} | ({name.word} - {""})


def _rests(name: _Name) -> set[str]:
    """The name without the kind, with and without words before it that are often left out."""
    rests = {name.rest}
    for inner in _INNER:
        if name.rest.startswith(inner) and len(name.rest) - len(inner) >= 2:
            rests.add(name.rest[len(inner) :].strip())
        elif inner == "บ้าน" and name.word == "โรงเรียน":
            rests.add(f"บ้าน{name.rest}")
    for group in TREES:
        rests |= {
            r.replace(tree, other)
            for r in rests
            for tree in group
            if r.endswith(tree)
            for other in group
        }
    return rests - {""}


def _renamed(name: _Name) -> Made:
    """Another word for the kind with the name: «โฮงเฮียนบ้านปง»."""
    for call in _calls(name):
        for rest in _rests(name):
            if rest not in GENERIC or call in name.text or any(k.crossing for k in name.kinds):
                yield f"{call}{rest}", OTHERWISE, False, len(rest) < _SHORTEST
                yield f"{call} {rest}", OTHERWISE, False, len(rest) < _SHORTEST


def _numbered(name: _Name) -> Made:
    """A lane or moo with its number otherwise written, or a named lane by its number only."""
    m = _NUMBER.search(name.text)
    if not m or name.word not in ("ซอย", "หมู่"):
        return
    number, plain = m[1], not name.rest[: -len(m[1])].strip(" ที่")
    signs = ("ซอย", "ซ.", "ซอยที่ ") if name.word == "ซอย" else ("หมู่", "ม.", "หมู่ที่ ")
    said = [number, f" {number}", *(w for w in NUMBER_WORDS if NUMBER_WORDS_VALUE[w] == number)]
    for sign in signs:
        for spoken in said:
            if plain or name.word == "ซอย":
                yield f"{sign}{spoken}", OTHERWISE if plain else CORE, False, spoken not in said[:2]


def _parts(name: _Name) -> Made:
    """The kind with part of the name: «สะพานไม้» for «สะพานไม้ข้ามห้วย»."""
    pieces = [w for w in words(_NUMBER.sub("", name.rest).strip()) if w.strip()]
    if not name.word or len(pieces) < (1 if _NUMBER.search(name.rest) else 2):
        return
    heads = ["".join(pieces[:i]) for i in range(1, len(pieces) + 1)]
    tails = ["".join(pieces[i:]) for i in range(1, len(pieces))]
    for part in (*heads, *tails):
        told = part not in GENERIC or (part in heads and name.kinds and name.kinds[0].crossing)
        if (
            part in (name.rest, "หมู่", "หมู่ที่", "ข้าม")
            or part in KIN
            or len(skeleton(part)[0]) < 2
            or not told
        ):
            continue
        for call in _calls(name):
            yield f"{call}{part}", PARTLY, False, True


def _inner(name: _Name, others: Sequence[_Name]) -> Made:
    """A place named by another kind: «ซอยหน้าสุเหร่า» for «ซอยมัสยิด»."""
    relation = next((r for r in _RELATED if r and name.rest.startswith(r)), "")
    rest = name.rest.removeprefix(relation)
    kind = next((k for k in KINDS if rest in k.names), None)
    if not kind or not name.word:
        return
    called = [o.text for o in others if kind in o.kinds]
    for call in _calls(name):
        for other in (*kind.names, *kind.calls, *kind.signs, *called):
            for r in (relation, "") if relation else _RELATED:
                yield f"{call}{r}{other}", OTHERWISE if r == relation else PARTLY, False, True


def _owned(name: _Name) -> Made:
    """A shop by its keeper: «ร้านป้าทองสุข», «หน้าบ้านแม่ทองสุข» for «ร้านแม่ทองสุข»."""
    m = _OWNER.search(name.rest) if name.word.startswith(("ร้าน", "ฮ้าน")) else None
    if not m or len(m[2]) < 2:
        return
    kin, keeper = m[1], m[2]
    goods = name.word[len("ร้าน") :] + name.rest[: m.start()]
    same = {k for group in (WOMEN, MEN) if kin in group for k in group} - {kin}
    for shop in ("ร้าน", "ฮ้าน", "ร้านค้า", f"ร้าน{goods}", goods):
        if shop:
            yield f"{shop}{kin}{keeper}", OTHERWISE, False, len(keeper) < _SHORTEST
            yield f"{shop}{keeper}", PARTLY, False, True
            yield from ((f"{shop}{k}{keeper}", PARTLY, False, True) for k in same)
    yield f"{kin}{keeper}", CORE, True, True
    for home in ("บ้าน", "เฮือน"):
        yield f"{home}{kin}{keeper}", CORE, True, True
    if goods:
        yield f"ร้าน{goods}", KIND, True, True


def _core(name: _Name, others: Sequence[_Name]) -> Made:
    """The name without its kind: «หัวควน» for «สามแยกหัวควน»; never what other places are called."""
    if not name.word or any(k.public for k in name.kinds) or name.word == "หมู่":
        return
    lane = name.word == "ซอย"
    built = tuple(w for k in KINDS if k.public or not k.named for w in k.names)
    for core in _rests(name):
        taken = any(core in o.text for o in others) or core.startswith((*built, *_RELATED[1:]))
        water = core.startswith(WATER) and any(k.crossing for k in name.kinds)
        kin = core.startswith(KIN) and name.word.startswith(("ร้าน", "ฮ้าน"))
        thin = len(skeleton(core)[0])
        if taken or water or kin or core in GENERIC or thin < 3 or _any_digit(core):
            continue
        if lane:
            if not core.startswith((*NATURAL, "สวน", "ไร่", "ริม")):
                yield core, _LANE_CORE, True, True
            continue
        told = thin < _LOOSE and (core in given_names() or not core.startswith(NATURAL))
        yield core, CORE, told, True
        if core.startswith(NATURAL) and name.word not in ("สระ", "หนอง", "อ่างเก็บน้ำ"):
            yield core, CORE, True, True


def _alone(name: _Name) -> Made:
    """The word for the kind, where it is enough: «วัด», «โบสถ์», «ที่เก็บน้ำ»."""
    for kind in name.kinds:
        if kind.alone is Alone.NEVER:
            continue
        where = kind.alone is Alone.AT
        for call in (*kind.names, *kind.calls):
            if call not in kind.never:
                yield call, KIND, where or call in kind.vague, kind.named
        yield from ((sign, SIGN, True, False) for sign in kind.signs)


def _thin(way: Way, n: int, name: _Name) -> Iterator[Thin]:
    """A way as it sounds, if long enough to be known misspelt."""
    letters = sounding(way.words)
    if len(letters) < _THIN or way.where:
        return
    kind = len(letters) - len(sounding(name.rest))
    yield Thin(letters, n, max(kind, 0))


def _halves(thin: Sequence[Thin]) -> dict[str, tuple[Half, ...]]:
    """Both halves of each name by their first two letters: one of them stands where one letter is wrong."""
    out: dict[str, list[Half]] = {}
    for one in dict.fromkeys(thin):
        middle = len(one.letters) // 2
        for half, offset in ((one.letters[:middle], 0), (one.letters[middle:], middle)):
            out.setdefault(half[:2], []).append((half, offset, one))
    return {start: tuple(halves) for start, halves in out.items()}


def sounding(text: str) -> str:
    """Letters as they sound, without marks, spaces and silenced letters."""
    return _SILENCED.sub("", text).translate(_SOUNDING)


def sounds(text: str) -> tuple[str, list[int]]:
    """The same, and where each letter stood."""
    kept = [
        (c, i)
        for i, c in enumerate(text)
        if c not in MARKS and c != " " and not _SILENCED.match(text, i)
    ]
    return "".join(c for c, _ in kept).translate(_SOUNDS), [i for _, i in kept]


def _any_digit(text: str) -> bool:
    return any(map(str.isdigit, text))
