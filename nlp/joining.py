"""How likely a telling belongs to an open issue: numbers for the pair, weighed by learnt trees.

`python -m nlp.train_joining` makes `data/joining.json.gz` from corpora whose true issues are known.
"""

import gzip
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np

from nlp.comparing import (
    APART_M,
    DAY,
    ELSEWHERE,
    FAR_M,
    FIVE_MINUTES,
    HALF_HOUR,
    HOUR,
    NEAR_M,
    WIDE_CODES,
    Compared,
    Features,
    comes_again,
    compare,
    features,
    mended,
)
from nlp.odds import logistic
from nlp.values import Candidate, Telling

FILE = "joining.json.gz"
TELLINGS = 12
"""So many latest tellings of an issue are kept and compared."""
_FAR = math.log1p(1000.0)
_MANY_WORDS = 12
_LAST = 3

NAMES = (
    "like", "like_mean", "sense", "sense_mean", "rare", "topic", "topic_mean", "facet", "other_facet",
    "code", "sense_all", "topic_all", "covered", "telling", "mended", "place", "elsewhere", "no_place",
    "near", "far", "positions", "metres", "since_last", "since_first", "own", "own_half_hour",
    "own_five_minutes", "own_latest", "village_latest", "tellings", "again", "thanks", "words", "wide",
    "here", "photo", "behind_like", "behind_sense", "behind_topic", "behind_telling", "behind_place",
    "rivals",
)  # fmt: skip
"""The numbers of a pair, in order."""
RISING = frozenset(
    ("like", "like_mean", "sense", "sense_mean", "rare", "topic", "topic_mean", "facet", "code",
     "sense_all", "topic_all", "covered", "telling", "place", "near", "own", "behind_like",
     "behind_sense", "behind_topic", "behind_telling", "behind_place")
)  # fmt: skip
"""More of these never makes a pair less likely."""
_RANKED = tuple(NAMES.index(n) for n in ("like", "sense_all", "topic", "telling", "place"))
"""By these a candidate is also set beside the best of all candidates."""


@dataclass(frozen=True, eq=False)
class Setting:
    """What is to be known of all candidates at once: whose the latest tellings are, and how many
    candidates speak of each word."""

    own_latest: str
    village_latest: str
    count: int
    spread: Mapping[str, int]


@dataclass(frozen=True, eq=False)
class Pair:
    """A candidate beside the new telling: the numbers, and each of its tellings compared.

    `here` tells whether any of its tellings is of the same village, `photo` whether any photo is
    the same, `mended` whether one of its last few tellings says that it was mended.
    """

    key: str
    numbers: tuple[float, ...]
    compared: tuple[Compared, ...]
    here: bool
    photo: bool
    mended: bool


Tree = tuple[tuple[int, float, int, int, float], ...]
"""Nodes: (number or -1 at a leaf, threshold, node if at most, node if more, value)."""


@cache
def load() -> tuple[float, tuple[Tree, ...]]:
    """Base value and trees of the shipped model."""
    raw = json.loads(gzip.decompress(files("nlp").joinpath("data", FILE).read_bytes()))
    if tuple(raw["names"]) != NAMES:
        raise ValueError(f"{FILE} was learnt with other numbers; run python -m nlp.train_joining")
    return float(raw["base"]), tuple(tuple(tuple(node) for node in t) for t in raw["trees"])


def likelihood(numbers: Sequence[float]) -> float:
    """Probability that the pair with these numbers is one matter."""
    value, trees = load()
    for tree in trees:
        at = 0
        while (node := tree[at])[0] >= 0:
            at = node[2] if numbers[node[0]] <= node[1] else node[3]
        value += node[4]
    return logistic(value)


def pairs(new: Telling, candidates: Sequence[Candidate]) -> list[Pair]:
    """Each candidate that has tellings beside the new one, and beside the best of the others.

    The order of candidates, and of a candidate's tellings, makes no difference to a pair.
    """
    told = [
        (c.key, tuple(sorted(c.tellings, key=_order)[-TELLINGS:])) for c in candidates if c.tellings
    ]
    about = _setting(new, told)
    found = [_pair(new, key, tellings, about) for key, tellings in told]
    best = [max((p.numbers[n] for p in found), default=0.0) for n in _RANKED]
    rivals = float(sum(p.numbers[NAMES.index("place")] > 0 for p in found))
    return [
        replace(
            p,
            numbers=(
                *p.numbers,
                *(p.numbers[n] - most for n, most in zip(_RANKED, best, strict=True)),
                rivals,
            ),
        )
        for p in found
    ]


def _order(t: Telling) -> tuple[object, ...]:
    """By time; tellings of one moment by what they tell, so that no other order comes through."""
    return t.at, t.text, t.sender, t.category, t.village, repr(t)


def _setting(new: Telling, told: Sequence[tuple[str, Sequence[Telling]]]) -> Setting:
    latest = [(t.at, k) for k, tellings in told for t in tellings if t.village == new.village]
    own = [
        (t.at, k) for k, tellings in told for t in tellings if new.sender and t.sender == new.sender
    ]
    return Setting(
        own_latest=max(own)[1] if own else "",
        village_latest=max(latest)[1] if latest else "",
        count=len(told),
        spread=Counter(w for _, tellings in told for w in _vocabulary(_seen(tellings))),
    )


def _seen(tellings: Sequence[Telling]) -> list[Features]:
    return [features(t.text) for t in tellings]


def _vocabulary(seen: Sequence[Features]) -> set[str]:
    return {w for f in seen for w in f.words}


def _pair(new: Telling, key: str, tellings: Sequence[Telling], about: Setting) -> Pair:
    """The candidate's numbers but those beside the best."""
    compared = _no_spot_apart([compare(new, t) for t in tellings])
    here = any(t.village == new.village for t in tellings)
    numbers = (
        *_alike(compared),
        *_as_a_whole(new, tellings, about),
        *_where(compared),
        *_when(new, tellings, compared, about, key),
        *_what(new, here),
    )
    return Pair(
        key=key,
        numbers=numbers,
        compared=compared,
        here=here,
        photo=any(c.photo for c in compared),
        mended=any(mended(t.text) for t in tellings[-_LAST:]),
    )


def _no_spot_apart(compared: Sequence[Compared]) -> tuple[Compared, ...]:
    """The same, but no place of one name is one spot where all shared positions are far apart."""
    metres = [c.metres for c in compared if c.metres is not None]
    if not metres or min(metres) <= APART_M:
        return tuple(compared)
    return tuple(replace(c, place=ELSEWHERE, named="") if c.place > 0 else c for c in compared)


def _alike(compared: Sequence[Compared]) -> tuple[float, ...]:
    return (
        *_best(c.likeness for c in compared),
        *_best(c.sense for c in compared),
        max(c.rare for c in compared),
        *_best(c.topic for c in compared),
        float(any(c.facet > 0 for c in compared)),
        float(any(c.facet < 0 for c in compared)),
        max(c.code for c in compared),
    )


def _best(values: Iterator[float]) -> tuple[float, float]:
    """The greatest, and the mean of the three greatest."""
    ranked = sorted(values, reverse=True)[:3]
    return ranked[0], math.fsum(ranked) / len(ranked)


def _as_a_whole(new: Telling, tellings: Sequence[Telling], about: Setting) -> tuple[float, ...]:
    """The new telling beside all that was told of the candidate, taken together."""
    mine, seen = features(new.text), _seen(tellings)
    sense = np.sum([f.meaning for f in seen], axis=0)
    size = float(np.linalg.norm(sense))
    topics = np.sqrt(np.mean([f.topics**2 for f in seen], axis=0))
    shared = mine.words.keys() & _vocabulary(seen)
    whole = math.fsum(mine.words.values()) or 1.0
    covered = math.fsum(mine.words[w] for w in shared) / whole
    most = _rarity(about.count, 0)
    telling = math.fsum(mine.words[w] * _rarity(about.count, about.spread[w]) for w in shared)
    return (
        float(mine.meaning @ sense) / size if size else 0.0,
        float(mine.topics @ topics),
        covered,
        telling / (whole * most) if about.count > 1 else covered,
        float(any(mended(t.text) for t in tellings)),
    )


def _rarity(count: int, spread: int) -> float:
    """How much a word tells that `spread` of so many candidates speak of."""
    return math.log((count + 1) / (spread + 0.5))


def _where(compared: Sequence[Compared]) -> tuple[float, ...]:
    places = [c.place for c in compared]
    metres = [c.metres for c in compared if c.metres is not None]
    nearest = min(metres, default=None)
    return (
        max(0.0, *places),
        min(0.0, *places),
        places.count(0.0) / len(places),
        float(nearest is not None and nearest <= NEAR_M),
        float(nearest is not None and nearest > FAR_M),
        float(nearest is not None),
        _FAR if nearest is None else math.log1p(nearest),
    )


def _when(
    new: Telling,
    tellings: Sequence[Telling],
    compared: Sequence[Compared],
    about: Setting,
    key: str,
) -> tuple[float, ...]:
    own = min((c.seconds for c in compared if c.same_sender), default=None)
    return (
        math.log1p(abs((new.at - tellings[-1].at).total_seconds()) / HOUR),
        math.log1p(abs((new.at - tellings[0].at).total_seconds()) / DAY),
        float(own is not None),
        float(own is not None and own < HALF_HOUR),
        float(own is not None and own < FIVE_MINUTES),
        float(key == about.own_latest),
        float(key == about.village_latest),
        math.log1p(len(tellings)),
    )


def _what(new: Telling, here: bool) -> tuple[float, ...]:
    return (
        float(comes_again(new.text)),
        float(mended(new.text)),
        float(min(len(features(new.text).words), _MANY_WORDS)),
        float(new.category in WIDE_CODES),
        float(here),
        float(new.photo),
    )
