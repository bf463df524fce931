"""Which of the 27 categories a text is about: a weighted lexicon and a small trained model."""

import math
from collections.abc import Mapping, Sequence
from functools import cache

from nlp.model import logits
from nlp.tokens import TermIndex, lines
from nlp.values import CategoryScore

CODES = (
    "road", "lighting", "electricity", "water_supply", "drainage", "water_source", "telecom",
    "public_building", "livelihood", "farming", "debt", "welfare", "health", "education",
    "animals", "waste", "pollution", "nature", "safety", "traffic", "drugs", "disaster",
    "land", "official_conduct", "dispute", "service", "other",
)  # fmt: skip
"""Category codes in the order of the taxonomy."""

ALWAYS = frozenset(("drugs", "official_conduct", "dispute"))
"""Categories that are confidential by their nature: never without a word that speaks for them."""

LEXICON_SHARE = 0.6
MODEL_SHARE = 1.0
OTHER_PENALTY = 1.1
UNFOUNDED_PENALTY = 2.0
STRONG_WORD = 3.0


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


def strong_words(category: CategoryScore) -> tuple[str, ...]:
    """The words that alone speak for a category confidential by its nature; none of another."""
    if category.code not in ALWAYS:
        return ()
    table = lexicon()
    return tuple(w for w in category.words if table[w].get(category.code, 0.0) >= STRONG_WORD)


def categorise(text: str, found: Sequence[str], blamed: bool) -> tuple[CategoryScore, ...]:
    """All 27 categories of a normalised text in central Thai, likeliest first; scores sum to 1.

    `found` are the features of the text as `nlp.model.parts` gives them; `blamed` whether the text
    holds evidence of a closed matter (`nlp.blame`), without which none is likely.
    """
    weights, words = lexicon_hits(text)
    learnt = logits("category", found)
    raw = {
        code: LEXICON_SHARE * weights.get(code, 0.0) + MODEL_SHARE * learnt.get(code, 0.0)
        for code in CODES
    }
    told = max((w for c, w in weights.items() if c != "other"), default=0.0)
    raw["other"] -= OTHER_PENALTY * min(told, 3.0)
    for code in ALWAYS if not blamed else ():
        raw[code] -= UNFOUNDED_PENALTY * (weights.get(code, 0.0) < STRONG_WORD)
    return tuple(
        CategoryScore(code=code, score=score, words=tuple(words.get(code, ())))
        for code, score in sorted(softmax(raw).items(), key=lambda p: (-p[1], CODES.index(p[0])))
    )


def softmax(raw: Mapping[str, float]) -> dict[str, float]:
    """Logits to probabilities that sum to 1."""
    top = max(raw.values())
    exps = {k: math.exp(v - top) for k, v in raw.items()}
    total = math.fsum(exps.values())
    return {k: v / total for k, v in exps.items()}
