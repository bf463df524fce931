"""Usual ways to find the same matter: the most alike earlier message decides."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from nlp.evaluation.rows import Row
from nlp.normalise import normalise
from nlp.reader import ThaiReader
from nlp.tokens import words
from nlp.values import Candidate, DuplicateMatch, KnownPlace, Telling, Understanding
from tests.benchmarks.classifiers import encoder, peer_module

Likeness = Callable[[str, str], float]
MOST = 3
FALSE_ALARM = 0.25
PRECISION = 0.95


def token_sets() -> Likeness:
    """rapidfuzz, sets of words."""
    ratio = peer_module("rapidfuzz.fuzz").token_set_ratio

    @cache
    def cut(text: str) -> str:
        return " ".join(w for w in words(normalise(text).text) if not w.isspace())

    return lambda a, b: float(ratio(cut(a), cut(b))) / 100


def min_hash() -> Likeness:
    """datasketch, MinHash of 128 permutations over groups of three letters."""
    make = peer_module("datasketch").MinHash

    @cache
    def sketch(text: str) -> Any:
        plain, made = normalise(text).text, make(num_perm=128)
        made.update_batch([plain[i : i + 3].encode() for i in range(max(1, len(plain) - 2))])
        return made

    return lambda a, b: float(sketch(a).jaccard(sketch(b)))


def cosine() -> Likeness:
    """The sentence encoder's vectors, cosine."""
    encode = encoder().encode

    @cache
    def vector(text: str) -> Any:
        return encode(text)

    return lambda a, b: float(vector(a) @ vector(b))


LIKENESSES: dict[str, Callable[[], Likeness]] = {
    "rapidfuzz token_set_ratio": token_sets,
    "MinHash (datasketch)": min_hash,
    "sentence encoder, cosine": cosine,
}
"""By name, how to make each. Raises `Missing`."""


class MostAlike:
    """A reader that knows only how alike two texts are. Asks from `ask`, joins from `link`."""

    def __init__(self, likeness: Likeness, ask: float = -1.0, link: float = 9.0) -> None:
        self.likeness, self.ask, self.link = likeness, ask, link
        self._reader = ThaiReader()

    def read(self, text: str, places: Sequence[KnownPlace] = ()) -> Understanding:
        """As ours; what is read is not used."""
        return self._reader.read(text, places)

    def duplicates(
        self, new: Telling, candidates: Sequence[Candidate]
    ) -> tuple[DuplicateMatch, ...]:
        """The three candidates with the most alike telling."""
        scored = sorted(
            ((max(self.likeness(new.text, t.text) for t in c.tellings), c.key) for c in candidates),
            key=lambda found: (-found[0], found[1]),
        )
        return tuple(
            DuplicateMatch(key=key, score=score, link=not n and score >= self.link, reasons=())
            for n, (score, key) in enumerate(scored[:MOST])
            if score >= self.ask
        )


def thresholds(
    predictions: Sequence[Mapping[str, Any]], messages: Sequence[Row]
) -> tuple[float, float]:
    """The lowest thresholds (ask, link) with false alarms and precision as wanted.

    They are set on the very messages that are then scored, which favours the peer.
    """
    gold = {str(m["message_id"]): [str(i) for i in m["issue_ids"]] for m in messages}
    tops = [
        (p["matches"][0]["score"], p["matches"][0]["key"] in gold[str(p["id"])])
        for p in predictions
        if p["matches"]
    ]
    opening = sum(not p["issue_existed"] for p in predictions)
    alarms = sorted(
        (p["matches"][0]["score"] for p in predictions if p["matches"] and not p["issue_existed"]),
        reverse=True,
    )
    allowed = int(FALSE_ALARM * opening)
    ask = alarms[allowed] + 1e-9 if allowed < len(alarms) else -1.0
    link = 9.0
    for score in {s for s, _ in tops}:
        joined = [good for s, good in tops if s >= score]
        if sum(joined) >= PRECISION * len(joined):
            link = min(link, score)
    return ask, max(link, ask)
