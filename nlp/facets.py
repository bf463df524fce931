"""Faults within a category (hole, bridge, footpath …): what is wrong, in formal words."""

from dataclasses import dataclass
from functools import cache, lru_cache

from nlp.tokens import lines


@dataclass(frozen=True)
class Facet:
    """One fault: its name within the category, formal wordings, and the words that speak for it."""

    code: str
    name: str
    problem: str
    need: str
    terms: tuple[str, ...]


@cache
def facets(code: str) -> tuple[Facet, ...]:
    """Facets of a category, the general one first; empty for an unknown code."""
    return tuple(f for f in _all() if f.code == code)


@cache
def _all() -> tuple[Facet, ...]:
    out = []
    for line in lines("facets.txt"):
        code, name, problem, need, terms = line.split(";")
        out.append(Facet(code, name, problem, need, tuple(t for t in terms.split("|") if t)))
    return tuple(out)


def facet_weights(text: str, code: str) -> dict[str, int]:
    """Facet name -> letters of it found in a normalised text; only those found."""
    found = {}
    for facet in facets(code):
        letters = sum(len(t) for t in facet.terms if t in text)
        if letters:
            found[facet.name] = letters
    return found


def facet_of(text: str, code: str) -> Facet | None:
    """The fault a normalised text speaks of most; the general one if none; None without category."""
    table = facets(code)
    if not table:
        return None
    weights = facet_weights(text, code)
    return max(table, key=lambda f: weights.get(f.name, 0))


@lru_cache(maxsize=8192)
def facet_names(text: str, code: str) -> frozenset[str]:
    """Names of the faults found in a normalised text."""
    return frozenset(facet_weights(text, code))
