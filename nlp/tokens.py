"""Thai words: dictionary segmentation with the trade's own words. Loaded on first use."""

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from threading import Lock
from typing import Any, Generic, TypeVar

T = TypeVar("T")

_LONGEST = 1500
_KEPT = 1024
_RARE = 500
"""Words that occur less often than this are rare."""
_VERBAL = (
    "V",
    "ADJ",
    "ADV",
    "AUX",
    "X",
    "DET",
    "PART",
    "PRON",
    "CCONJ",
    "SCONJ",
    "ADP",
    "RPRE",
    "J",
    "NEG",
)
_TORN = frozenset("ัิีึืฺุู็่้๊๋์ํ")
_lock = Lock()


@cache
def lines(name: str) -> tuple[str, ...]:
    """Lines of a data file of this package without blanks and `#` comments."""
    text = files("nlp").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(s for line in text.splitlines() if (s := line.strip()) and not s.startswith("#"))


@cache
def domain_words() -> frozenset[str]:
    """Words added to the dictionary, so that they stay whole."""
    return frozenset(w for line in lines("words.txt") for w in line.split())


@cache
def dialect_words() -> tuple[frozenset[str], frozenset[str]]:
    """Forms of the dialect lexicon that are whole words of more than one letter, and the central
    words they stand for.
    """
    forms, standards = set[str](), set[str]()
    for line in lines("dialect.txt"):
        said, standard = line.split(" ", 1)[1].split(" = ")
        standards.add(standard)
        if "*" not in line.split(" ", 1)[0]:
            forms.update(w for w in said.split("|") if len(w) > 1)
    return frozenset(forms), frozenset(standards)


@cache
def trade_terms() -> frozenset[str]:
    """Words and phrases that village matters are told with: ours, the categories', and what dialect
    words stand for.
    """
    told = {t for line in lines("lexicon.txt") for t in line.split(" ", 2)[2].split("|")}
    return domain_words() | dialect_words()[1] | told


@cache
def dictionary() -> frozenset[str]:
    """Words of standard Thai, and the trade's."""
    from pythainlp.corpus import thai_words

    return frozenset(thai_words()) | domain_words()


@cache
def given_names() -> frozenset[str]:
    """Thai first names (the dictionary package's lists) and our list of nicknames."""
    from pythainlp.corpus import thai_female_names, thai_male_names

    return frozenset(thai_female_names()) | frozenset(thai_male_names()) | nicknames()


@cache
def nicknames() -> frozenset[str]:
    """Common nicknames and short names after kin words."""
    return frozenset(w for line in lines("nicknames.txt") for w in line.split())


@cache
def _counts() -> dict[str, int]:
    """How often words that are not rare occur, by the dictionary package's counts of a balanced corpus."""
    from pythainlp.corpus import tnc

    return {word: n for word, n in tnc.unigram_word_freqs().items() if n >= _RARE}


def commonness(word: str) -> int:
    """How often a word occurs among some 33 million words; 0 for a rare or unknown one."""
    return _counts().get(word, 0)


@cache
def verbal() -> frozenset[str]:
    """Words that the dictionary package's lists of parts of speech give as a verb, adjective, adverb or
    a word of grammar.
    """
    found = set[str]()
    for name in ("pos_orchid_unigram.json", "tdtb-unigram_tagger.json"):
        table = json.loads(files("pythainlp.corpus").joinpath(name).read_text(encoding="utf-8-sig"))
        found.update(w for w, kind in table.items() if kind.startswith(_VERBAL) and " " not in w)
    return frozenset(found)


def known_word(word: str) -> bool:
    """Whether a word is one of the trade's or not a rare one."""
    return word in domain_words() or commonness(word) > 0


def words(text: str, more: frozenset[str] = frozenset()) -> list[str]:
    """`text` cut into words; joined again they are `text`. Spaces are words of their own.

    `more` are words of two letters or more kept whole besides the dictionary's; the
    same set is prepared once.
    """
    if not text:
        return []
    if not more and (known := _alike.get(text)):
        return list(known)
    return list(_cut(text, more))


_alike: dict[str, tuple[str, ...]] = {}
"""Texts cut with further words of which none stood in them: cut without they are the same."""


@lru_cache(maxsize=1024)
def _cut(text: str, more: frozenset[str]) -> tuple[str, ...]:
    """The same, kept for the steps of one reading that look at the same text."""
    with _lock:
        large, small = _tree(), _small(more)
    known: Any = Both(large, small) if small else large
    out: list[str] = []
    for start in range(0, len(text), _LONGEST):
        out += _segment()(text[start : start + _LONGEST], known, safe_mode=len(text) > 300)
    done = tuple(out)
    if small and known.asked_in_vain:
        if len(_alike) >= _KEPT:
            _alike.clear()
        _alike[text] = done
    return done


@cache
def _segment() -> Any:
    """The dictionary segmentation of the package."""
    from pythainlp.tokenize.newmm import segment

    return segment


@cache
def _tree() -> Any:
    """The tree of the dictionary's words."""
    from pythainlp.util import Trie

    return Trie(dictionary())


@lru_cache(maxsize=512)
def _small(more: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """These words but for the dictionary's, by their first three letters, the shortest first."""
    out: dict[str, tuple[str, ...]] = {}
    for word in sorted(more - dictionary(), key=lambda w: (len(w), w)):
        out[word[:3]] = (*out.get(word[:3], ()), word)
    return out


class Both:
    """A tree of words and some further words asked as one, so that these need no tree of all words.

    `small` are the further words by their first three letters; `asked_in_vain` as long as none of them
    stood where it was asked.
    """

    def __init__(self, large: Any, small: Mapping[str, Sequence[str]]) -> None:
        self._large, self._small = large.prefixes, small
        self.asked_in_vain = True

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        """Words of either that stand in `text` from `start` on, the shortest first."""
        found: list[str] = self._large(text, start)
        more = list(self._small.get(text[start : start + 2], ()))
        if ways := self._small.get(text[start : start + 3]):
            more += [w for w in ways if text.startswith(w, start) and w not in more]
        if not more:
            return found
        self.asked_in_vain = False
        return sorted({*found, *more}, key=len)


class TermIndex(Generic[T]):
    """Finds many fixed strings in a text, longest first, without overlap, no letter torn from its mark.

    `terms` maps a string of at least two characters to whatever it stands for.
    """

    def __init__(self, terms: Mapping[str, T]) -> None:
        self._by_start: dict[str, list[tuple[str, T]]] = {}
        for term in sorted(terms, key=lambda t: (-len(t), t)):
            self._by_start.setdefault(term[:2], []).append((term, terms[term]))

    def find(self, text: str) -> list[tuple[int, str, T]]:
        """(start, term, value) of each hit in order."""
        out: list[tuple[int, str, T]] = []
        at, end, by_start = 0, len(text) - 1, self._by_start
        while at < end:
            for term, value in by_start.get(text[at : at + 2], ()):
                if (
                    text.startswith(term, at)
                    and text[at + len(term) : at + len(term) + 1] not in _TORN
                ):
                    out.append((at, term, value))
                    at += len(term)
                    break
            else:
                at += 1
        return out
