"""Words that speak for a category, with weights: the hand-written part of the category reading."""

from functools import cache

from nlp.tokens import TermIndex, lines


@cache
def lexicon() -> dict[str, dict[str, float]]:
    """Term -> category code -> weight."""
    table: dict[str, dict[str, float]] = {}
    for line in lines("lexicon.txt"):
        code, weight, terms = line.split(" ", 2)
        for term in terms.split("|"):
            have = table.setdefault(term, {})
            have[code] = max(have.get(code, 0.0), float(weight))
    return table


@cache
def _index() -> TermIndex[dict[str, float]]:
    return TermIndex(lexicon())


def lexicon_hits(text: str) -> tuple[dict[str, float], dict[str, list[str]]]:
    """Weight and words per category of a normalised text; a word counts once, later words less."""
    weights: dict[str, float] = {}
    words: dict[str, list[str]] = {}
    for _, term, codes in _index().find(text):
        for code, weight in codes.items():
            seen = words.setdefault(code, [])
            if term not in seen:
                weights[code] = weights.get(code, 0.0) + weight / (1 + 0.3 * len(seen))
                seen.append(term)
    return weights, words
