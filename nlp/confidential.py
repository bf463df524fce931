"""Whether a matter must stay out of the open forum. Without words that speak for it none is."""

from collections.abc import Sequence

from nlp.blame import Evidence
from nlp.category import ALWAYS, strong_words
from nlp.values import CategoryScore, Flag

ON = 0.3
"""From this score on a matter is kept back: a doubtful one is, for what was shown cannot be unshown."""

_ABOUT_LAND = ("land", "dispute", "debt")


def confidential(
    found: Evidence, categories: Sequence[CategoryScore], kind: tuple[str, float]
) -> Flag:
    """The flag for a text's evidence, categories (likeliest first), kind and that kind's score."""
    share = sum(c.score for c in categories if c.code in ALWAYS)
    open_still, words = 1 - found.weight, list(found.words)
    if found.land and categories[0].code in _ABOUT_LAND:
        open_still *= 0.55
        words += found.land
    beside = _beside(found, categories[0], kind[0])
    if beside:
        open_still *= 0.65 - 0.3 * share
        words += beside
    score = 1 - open_still if words else 0.25 * share
    return Flag(on=score >= ON, score=min(0.99, score), words=tuple(dict.fromkeys(words)))


def _beside(found: Evidence, first: CategoryScore, kind: str) -> tuple[str, ...]:
    """Words that speak for a closed matter only because its category or kind does too."""
    strong = strong_words(first)
    blames = kind == "complaint_person"
    if strong and (blames or first.score >= 0.3):
        return strong
    return found.formal if blames or first.code in ALWAYS else ()
