"""Dialect words and usual misspellings read as central Thai, for category, kind and comparison."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.abbreviations import spelled_out
from nlp.spelling import repaired
from nlp.tokens import TermIndex, dialect_words, dictionary, lines, words

REGIONS = {"i": "isan", "n": "northern", "s": "southern"}
"""Letter in the lexicon -> region."""
_PASSES = 6
_NAMED = frozenset("หนอง ห้วย โคก ดอน โนน บาง ดง กุด ควน ดอย เกาะ บึง ทุ่ง".split())
"""Words after which a place's name follows."""
_LONG = 5
"""Letters from which a word is not taken for a scrap of an unknown one."""
_THAI = re.compile("[ก-ฮะ-ฺเ-ๅ็-๎]+")
_LINE = re.compile(r"([insc]+)([*?$^~]*) (\S+) = (.+)")
_CLOSING = frozenset("นะ ครับ ค่ะ คะ คับ จ้า จ้ะ เจ้า เด้อ น้อ เนาะ เน้อ เลย ล่ะ อ่ะ ฮะ".split())
"""Words after which, or before which, a clause still ends."""


@dataclass(frozen=True)
class Entry:
    """One line of the lexicon. `regions` is empty for misspelt or spoken central Thai."""

    forms: tuple[str, ...]
    regions: tuple[str, ...]
    standard: str
    anywhere: bool
    unsure: bool
    """Whether it counts only beside a surer word of its region."""
    telling: bool
    """Whether it shows the region by itself."""
    stands: str
    """`$` only where a clause ends, `^` only where it goes on, empty anywhere."""


@dataclass(frozen=True)
class Speech:
    """`region` (central, isan, northern, southern) a text is written in, and the words that say so."""

    region: str
    words: tuple[str, ...] = ()


@cache
def entries() -> tuple[Entry, ...]:
    """The whole lexicon, in the order of the file. Raises ValueError at a line that is none."""
    return tuple(_entry(line) for line in lines("dialect.txt"))


def _entry(line: str) -> Entry:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"not a line of the dialect lexicon: {line}")
    letters, marks, forms, standard = found.groups()
    return Entry(
        forms=tuple(forms.split("|")),
        regions=tuple(REGIONS[c] for c in letters if c in REGIONS),
        standard=standard,
        anywhere="*" in marks,
        unsure="?" in marks,
        telling=not set("?~") & set(marks),
        stands="$" if "$" in marks else "^" if "^" in marks else "",
    )


@cache
def _tables() -> tuple[dict[str, tuple[Entry, ...]], TermIndex[Entry]]:
    """Entries by whole word, and by letters found anywhere."""
    whole: dict[str, tuple[Entry, ...]] = {}
    part: dict[str, Entry] = {}
    for entry in entries():
        for form in entry.forms:
            if entry.anywhere:
                part[form] = entry
            else:
                whole[form] = (*whole.get(form, ()), entry)
    return whole, TermIndex(part)


def cut_up(text: str) -> list[str]:
    """The words of a text, dialect words kept whole."""
    return words(text, dialect_words()[0])


def region_of(text: str) -> Speech:
    """Which region's words a normalised text holds most; central where it holds none."""
    found = list(_sure(cut_up(text)))
    scores = _weighed(found)
    if not scores:
        return Speech("central")
    top = max(REGIONS.values(), key=lambda r: scores.get(r, 0.0))
    return Speech(top, tuple(dict.fromkeys(w for w, e in found if top in e.regions)))


@lru_cache(maxsize=1024)
def central(text: str) -> str:
    """A normalised text in central Thai, abbreviations spelled out, usual misspellings mended,
    without emoji and laughter: for comparing and telling what it is about, not for showing.
    Doing it again changes nothing.
    """
    for _ in range(_PASSES):
        done = repaired(_once(spelled_out(text)))
        if done == text:
            break
        text = done
    return text


def _once(text: str) -> str:
    """Every word of the lexicon replaced once."""
    whole, part = _tables()
    out, at = [], 0
    for start, said, entry in part.find(text):
        out += [text[at:start], entry.standard]
        at = start + len(said)
    cut = cut_up("".join((*out, text[at:])))
    if not any(w in whole for w in cut):
        return "".join(cut)
    scores = _weighed(_sure(cut))
    return "".join(
        next((e.standard for e in whole.get(w, ()) if _fits(e, cut, n, scores)), w)
        for n, w in enumerate(cut)
    )


def _sure(cut: Sequence[str]) -> Iterator[tuple[str, Entry]]:
    """Words of a region that need no other word beside them."""
    whole, part = _tables()
    for n, word in enumerate(cut):
        for entry in whole.get(word, ()):
            if entry.regions and entry.telling and _stands(entry, cut, n):
                yield word, entry
    for _, said, entry in part.find("".join(cut)):
        if entry.regions:
            yield said, entry


def _weighed(found: Iterator[tuple[str, Entry]] | Sequence[tuple[str, Entry]]) -> dict[str, float]:
    """Region -> weight of its words; a word that regions share counts for each in part."""
    scores: dict[str, float] = {}
    for entry in dict(found).values():
        for region in entry.regions:
            scores[region] = scores.get(region, 0.0) + 1 / len(entry.regions)
    return scores


def _fits(entry: Entry, cut: Sequence[str], n: int, scores: dict[str, float]) -> bool:
    """Whether the word at `n` is to be read as this entry says."""
    if not _stands(entry, cut, n):
        return False
    if not entry.unsure:
        return True
    own = max(scores.get(r, 0.0) for r in entry.regions)
    return own > max((v for r, v in scores.items() if r not in entry.regions), default=0.0)


def _stands(entry: Entry, cut: Sequence[str], n: int) -> bool:
    """Whether the word at `n` stands where the entry wants it, and is no scrap of another word."""
    if entry.stands and (entry.stands == "$") != _ends(cut, n + 1):
        return False
    if n and cut[n - 1] in _NAMED:
        return False
    return len(cut[n]) >= _LONG or not (_scrap(cut, n - 1) or _scrap(cut, n + 1))


def _scrap(cut: Sequence[str], n: int) -> bool:
    """Whether the `n`-th is a piece of a word that the dictionary lacks."""
    return 0 <= n < len(cut) and _THAI.fullmatch(cut[n]) is not None and not _whole(cut[n])


def _whole(word: str) -> bool:
    return len(word) > 1 and (word in dictionary() or word in dialect_words()[0])


def _ends(cut: Sequence[str], n: int) -> bool:
    """Whether a clause is over before the word at `n`."""
    return n >= len(cut) or cut[n] in _CLOSING or not any(map(str.isalnum, cut[n]))
