"""Mending words that no dictionary knows by the trade's words they look like; known words stay."""

import re
from collections.abc import Sequence
from functools import cache

from nlp.tokens import dialect_words, dictionary, trade_terms, words

_WIDEST = 4
_SHORTEST, _MIDDLE, _LONG = 3, 5, 6
"""Letters of a skeleton from which marks, letters of one sound, and one letter more may differ."""
_THAI = re.compile(r"[ก-ฮะ-ฺเ-ๅ็-๎]+")
_MARKS = frozenset("ฺ็่้๊๋์ํ๎ั")
_ALIKE = str.maketrans(
    {"ศ": "ส", "ษ": "ส", "ณ": "น", "ญ": "ย", "ใ": "ไ", "ฬ": "ล", "ร": "ล", "ฆ": "ค", "ภ": "พ", "ธ": "ท",
     "ฑ": "ท", "ฒ": "ท", "ฎ": "ด", "ฏ": "ต", "ี": "ิ", "ึ": "ิ", "ื": "ิ", "ู": "ุ"}
)  # fmt: skip


def bare(word: str) -> str:
    """Letters of a word without tones and other marks."""
    return "".join(c for c in word if c not in _MARKS)


def skeleton(word: str) -> str:
    """The same, and letters that are often confused made one."""
    return bare(word).translate(_ALIKE)


@cache
def _index() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Bare letters -> term, skeleton -> term, and skeleton less one letter -> term; only where there
    is one such term.
    """
    plain: dict[str, set[str]] = {}
    exact: dict[str, set[str]] = {}
    near: dict[str, set[str]] = {}
    for term in filter(_THAI.fullmatch, trade_terms()):
        bone = skeleton(term)
        plain.setdefault(bare(term), set()).add(term)
        exact.setdefault(bone, set()).add(term)
        for less in _less(bone) if len(bone) >= _LONG else ():
            near.setdefault(less, set()).add(term)
    return _single(plain), _single(exact), _single(near)


def _single(table: dict[str, set[str]]) -> dict[str, str]:
    return {bone: next(iter(terms)) for bone, terms in table.items() if len(terms) == 1}


def _less(bone: str) -> list[str]:
    """The word with each letter but the first left out."""
    return [bone[:n] + bone[n + 1 :] for n in range(1, len(bone))]


def repaired(text: str) -> str:
    """A text with stretches that hold an unknown word read as the one term they look like."""
    cut = words(text, dialect_words()[0])
    known = [_known(w) for w in cut]
    if all(known):
        return text
    out: list[str] = []
    n = 0
    while n < len(cut):
        term, wide = _best(cut, known, n)
        out.append(term)
        n += wide
    return "".join(out)


def _best(cut: Sequence[str], known: Sequence[bool], n: int) -> tuple[str, int]:
    """The term for the widest stretch from `n` on, and its width in words; else the word itself."""
    for wide in range(min(_WIDEST, len(cut) - n), 0, -1):
        if all(known[n : n + wide]):
            continue
        said = "".join(cut[n : n + wide])
        term = _term(said) if _THAI.fullmatch(said) else None
        if term:
            return term, wide
    return cut[n], 1


def _term(said: str) -> str | None:
    """The trade's term that an unknown stretch of letters is a misspelling of: the longer it is, the
    more may differ (marks; one letter too many, too few or another; letters of one sound).
    """
    plain, exact, near = _index()
    bone = skeleton(said)
    if len(bone) < _SHORTEST:
        return None
    found = plain.get(bare(said))
    if len(bone) >= _MIDDLE:
        found = found or exact.get(bone)
    if len(bone) >= _LONG:
        found = found or near.get(bone) or _first(exact, bone)
    if len(bone) > _LONG:
        found = found or _first(near, bone)
    return found


def _first(table: dict[str, str], bone: str) -> str | None:
    """The term of the first shortened form that the table knows."""
    return next((table[less] for less in _less(bone) if less in table), None)


def _known(word: str) -> bool:
    """Whether a word is of the dictionary, or no Thai word at all."""
    return (
        word in dictionary()
        or word in trade_terms()
        or word in dialect_words()[0]
        or not _THAI.fullmatch(word)
    )
