"""Which of the 27 categories a text is about: a weighted lexicon and a small trained model."""

from collections.abc import Sequence

from nlp.codes import CODES
from nlp.lexicon import lexicon
from nlp.model import Parts, logits, speaking
from nlp.odds import softmax
from nlp.values import CategoryScore

ALWAYS = frozenset(("drugs", "official_conduct", "dispute"))
"""Categories that are confidential by their nature: never without a word that speaks for them."""

_ORDER = {code: n for n, code in enumerate(CODES)}
UNFOUNDED_PENALTY = 2.0
STRONG_WORD = 3.0
EXPLAINED = 3
"""So many of the likeliest categories give the model's words besides the lexicon's."""


def strong_words(category: CategoryScore) -> tuple[str, ...]:
    """The words that alone speak for a category confidential by its nature; none of another."""
    if category.code not in ALWAYS:
        return ()
    table = lexicon()
    return tuple(
        w for w in category.words if table.get(w, {}).get(category.code, 0.0) >= STRONG_WORD
    )


def categorise(found: Parts, blamed: bool) -> tuple[CategoryScore, ...]:
    """All 27 categories of a text, likeliest first; scores sum to 1, the likeliest give their words.

    `found` are the features of the text as `nlp.model.parts` gives them; `blamed` whether the text
    holds evidence of a closed matter (`nlp.blame`), without which none is likely.
    """
    raw = logits("category", found)
    for code in ALWAYS if not blamed else ():
        raw[code] -= UNFOUNDED_PENALTY * (not _told_outright(found, code))
    ranked = sorted(softmax(raw).items(), key=lambda p: (-p[1], _ORDER[p[0]]))
    said = speaking("category", found, [code for code, _ in ranked[:EXPLAINED]])
    return tuple(
        CategoryScore(code=code, score=score, words=_words(found, code, said.get(code, [])))
        for code, score in ranked
    )


def _told_outright(found: Parts, code: str) -> bool:
    table = lexicon()
    return any(table[w].get(code, 0.0) >= STRONG_WORD for w in found.lexicon.get(code, ()))


def _words(found: Parts, code: str, said: Sequence[str]) -> tuple[str, ...]:
    """The lexicon's words for a code, then those of the model that are not in them."""
    listed = found.lexicon.get(code, [])
    if not said:
        return tuple(listed)
    return (*listed, *(w for w in said if not any(w in known for known in listed)))
