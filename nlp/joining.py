"""How likely a telling belongs to an open issue: numbers for the pair, weighed by learnt trees.

`python -m nlp.train_joining` makes `data/joining.json.gz` from corpora whose true issues are known.
"""

import gzip
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from nlp.comparing import (
    DAY,
    FAR_M,
    FIVE_MINUTES,
    HALF_HOUR,
    HOUR,
    NEAR_M,
    WIDE_CODES,
    Compared,
    comes_again,
    compare,
    features,
)
from nlp.values import Candidate, Telling

FILE = "joining.json.gz"
TELLINGS = 12
"""So many latest tellings of an issue are compared."""
_FAR = math.log1p(1000.0)
_MANY_WORDS = 12

NAMES = (
    "like", "like_mean", "sense", "sense_mean", "rare", "facet", "other_facet", "code", "place",
    "elsewhere", "no_place", "near", "far", "positions", "metres", "since_last", "since_first",
    "own", "own_half_hour", "own_five_minutes", "own_latest", "village_latest", "tellings", "again",
    "words", "wide", "here", "photo",
)  # fmt: skip
"""The numbers of a pair, in order."""
RISING = frozenset(
    ("like", "like_mean", "sense", "sense_mean", "rare", "facet", "code", "place", "near", "own")
)
"""More of these never makes a pair less likely."""


@dataclass(frozen=True)
class Setting:
    """What is to be known of all candidates at once: whose the latest tellings are."""

    own_latest: str = ""
    village_latest: str = ""


@dataclass(frozen=True, eq=False)
class Pair:
    """A candidate beside the new telling: the numbers, and each of its tellings compared.

    `here` tells whether any of its tellings is of the same village.
    """

    key: str
    numbers: tuple[float, ...]
    compared: tuple[Compared, ...]
    here: bool


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
    return 1 / (1 + math.exp(-value))


def setting(new: Telling, candidates: Sequence[Candidate]) -> Setting:
    """Which candidates hold the sender's and the village's latest telling."""
    own = [
        (t.at, c.key)
        for c in candidates
        for t in c.tellings
        if new.sender and t.sender == new.sender
    ]
    latest = [(t.at, c.key) for c in candidates for t in c.tellings if t.village == new.village]
    return Setting(
        own_latest=max(own)[1] if own else "",
        village_latest=max(latest)[1] if latest else "",
    )


def pair(new: Telling, candidate: Candidate, about: Setting) -> Pair:
    """The candidate's numbers; it must have a telling."""
    tellings = sorted(candidate.tellings, key=lambda t: t.at)[-TELLINGS:]
    compared = tuple(compare(new, t) for t in tellings)
    here = any(t.village == new.village for t in tellings)
    numbers = (
        *_alike(compared),
        *_where(compared),
        *_when(new, tellings, compared, about, candidate.key),
        *_what(new, here),
    )
    return Pair(candidate.key, numbers, compared, here)


def _alike(compared: Sequence[Compared]) -> tuple[float, ...]:
    likes = sorted((c.likeness for c in compared), reverse=True)
    senses = sorted((c.sense for c in compared), reverse=True)
    return (
        likes[0],
        math.fsum(likes[:3]) / len(likes[:3]),
        senses[0],
        math.fsum(senses[:3]) / len(senses[:3]),
        max(c.rare for c in compared),
        float(any(c.facet > 0 for c in compared)),
        float(any(c.facet < 0 for c in compared)),
        max(c.code for c in compared),
    )


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
        float(min(len(features(new.text).words), _MANY_WORDS)),
        float(new.category in WIDE_CODES),
        float(here),
        float(new.photo),
    )
