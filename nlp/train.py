"""`python -m nlp.train`: learn the model from the sentences of `data/sentences`, always the same way.

`--calibrate` measures anew how sure the model may be (minutes). Needs scikit-learn (the `test`
dependency group); reading with the model does not.
"""

import io
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from nlp.codes import CODES
from nlp.dialect import central
from nlp.kind import KINDS
from nlp.model import FILE, Parts, load, parts, weighed
from nlp.normalise import normalise
from nlp.tokens import lines
from nlp.vectors import Vector

Weights = npt.NDArray[np.float32]

STRENGTH = {"category": 0.5, "kind": 3.0, "confidential": 10.0, "emergency": 10.0}
"""Inverse of the regularisation of each head."""
STEPS = 200
"""Most steps the fitting may take."""
FOLDS = 3
TOLERANCE = 1e-3
TEMPERATURES = (
    0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 2.0,
)  # fmt: skip
FRAMED = frozenset(
    f"{name}.txt"
    for name in ("centre", "city", "complaints", "first", "letters", "reports", "towns")
)
"""Files whose sentences are told a second time inside a frame, for their category alone."""
FRAMED_WEIGHT = 0.3
LEAST = 2
"""Features whose weights are all below so many of 127 steps are left out."""
NEVER = -20.0
_KIND = {"p": "problem", "n": "need", "q": "question", "c": "complaint_person", "o": "other"}


@dataclass(frozen=True)
class Sentence:
    """One training sentence. `flags` holds c (confidential) and e (emergency), or ? where not judged."""

    codes: tuple[str, ...]
    kind: str
    flags: str
    region: str
    text: str
    source: str


def sentences() -> list[Sentence]:
    """All training sentences, file by file; a bad line raises `ValueError` naming it."""
    out = []
    folder = files("nlp").joinpath("data", "sentences")
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                out.append(_sentence(line, file.name, n))
    return out


def _sentence(line: str, file: str, n: int) -> Sentence:
    try:
        codes, kind, flags, region, text = line.split(" ", 4)
        told = tuple(codes.split("|"))
        if not set(told) <= set(CODES) or flags not in ("-", "?", "c", "e", "ce"):
            raise ValueError(line)
        return Sentence(told, _KIND[kind], flags, region, text, file)
    except (ValueError, KeyError) as bad:
        raise ValueError(f"{file}, line {n}: not `code[|also] kind flags region text`") from bad


def view(text: str) -> str:
    """A text as the reader looks at it for its category."""
    return central(normalise(text).text)


Rows = Sequence[tuple[int, str]]
"""(number of the sentence, class) of each example of a head."""


@dataclass(frozen=True)
class Head:
    """One question the model answers."""

    name: str
    classes: tuple[str, ...]
    rows: Callable[[Sequence[Sentence]], Rows]


def _category(told: Sequence[Sentence]) -> Rows:
    return [(n, s.codes[0]) for n, s in enumerate(told)]


def _flag(letter: str) -> Callable[[Sequence[Sentence]], Rows]:
    def rows(told: Sequence[Sentence]) -> Rows:
        judged = [(n, s.flags) for n, s in enumerate(told) if s.flags != "?"]
        return [(n, "y" if letter in flags else "n") for n, flags in judged]

    return rows


HEADS = (
    Head("category", CODES, _category),
    Head("kind", KINDS, lambda told: [(n, s.kind) for n, s in enumerate(told)]),
    Head("confidential", ("n", "y"), _flag("c")),
    Head("emergency", ("n", "y"), _flag("e")),
)


def framed(text: str) -> str:
    """A sentence with an opening, an ending or both around it, always the same ones."""
    before, after = ([f[2:] for f in lines("frames.txt") if f[0] == side] for side in "<>")
    chance = crc32(f"{text}0".encode())
    opening = before[chance % len(before)]
    ending = after[(chance >> 8) % len(after)]
    if (chance >> 16) % 3 == 0:
        return f"{opening}{' ' if (chance >> 20) % 2 else ''}{text}"
    return f"{text} {ending}" if (chance >> 16) % 3 == 1 else f"{opening}{text} {ending}"


def vocabulary(found: Sequence[Parts]) -> tuple[dict[str, int], Vector]:
    """Rows and rarity of the features: every word, and what else two sentences share."""
    count = Counter(f for p in found for f in p.counts)
    names = sorted(f for f, n in count.items() if n > 1 or f[0] == "w")
    rarity = [math.log((1 + len(found)) / (1 + count[f])) + 1 for f in names]
    return {f: n for n, f in enumerate(names)}, np.array(rarity, np.float32)


def matrix(found: Sequence[Parts], rows: dict[str, int], rarity: Vector) -> Any:
    """Sentences x (features and dense columns), sparse."""
    known = [weighed(p, rows, rarity) for p in found]
    ends = np.cumsum([0, *(len(index) for index, _ in known)])
    counted = sparse.csr_matrix(
        (np.concatenate([v for _, v in known]), np.concatenate([i for i, _ in known]), ends),
        shape=(len(found), len(rows)),
    )
    return sparse.hstack([counted, np.array([p.dense for p in found])]).tocsr().astype(np.float32)


def fitted(
    head: Head, table: Any, examples: Rows, counts: Sequence[float] | None = None
) -> tuple[Weights, Vector]:
    """Weights (columns of `table` x classes) and bias of one head; `counts` is how much each example
    counts, by default all alike.
    """
    model = _learner(head)
    numbers = [head.classes.index(c) for _, c in examples]
    model.fit(table[[n for n, _ in examples]], numbers, counts)
    weights = np.zeros((table.shape[1], len(head.classes)), np.float32)
    bias = np.full(len(head.classes), NEVER, np.float32)
    if len(head.classes) == 2:
        weights[:, 1], bias[:] = model.coef_[0], (0.0, model.intercept_[0])
    else:
        weights[:, model.classes_], bias[model.classes_] = model.coef_.T, model.intercept_
    return weights, bias


def _learner(head: Head) -> Any:
    """Margins tell many categories apart better than likelihoods do; yes and no need the latter."""
    if head.name == "category":
        return LinearSVC(C=STRENGTH[head.name], random_state=0)
    return LogisticRegression(C=STRENGTH[head.name], max_iter=STEPS, tol=TOLERANCE)


def temperature(head: Head, table: Any, told: Sequence[Sentence]) -> float:
    """What logits must be divided by to be honest about authors never seen.

    Files of sentences are left out in turn; the answer is the likeliest of a fixed list.
    """
    raw, gold = [], []
    names = sorted({s.source for s in told})
    rows = head.rows(told)
    for fold in range(FOLDS):
        out = set(names[fold::FOLDS])
        weights, bias = fitted(head, table, [r for r in rows if told[r[0]].source not in out])
        mine = [(n, c) for n, c in rows if told[n].source in out]
        raw.append(table[[n for n, _ in mine]] @ weights + bias)
        gold += [head.classes.index(c) for _, c in mine]
    logits = np.concatenate(raw)

    def surprise(divisor: float) -> float:
        shares = logits / divisor
        shares = shares - shares.max(1, keepdims=True)
        told_of = shares[np.arange(len(gold)), gold] - np.log(np.exp(shares).sum(1))
        return -float(told_of.mean())

    return min(TEMPERATURES, key=surprise)


def _parts(text: str) -> Parts:
    typed = normalise(text).text
    return parts(central(typed), typed)


def train(calibrate: bool = False) -> bytes:
    """The bytes of the model file; the same for the same sentences, lexicon and vectors.

    Unless it is to `calibrate` anew (slow), the temperatures of the model there is are kept.
    """
    told = sentences()
    found = [_parts(s.text) for s in told]
    rows, rarity = vocabulary(found)
    table = matrix(found, rows, rarity)
    category, *others = HEADS
    learnt = [_fitted_framed(category, table, told, rows, rarity)]
    learnt += [fitted(h, table, h.rows(told)) for h in others]
    kept = {h.name: temperature(h, table, told) for h in HEADS} if calibrate else load().temperature
    about = {
        "heads": [(h.name, h.classes) for h in HEADS],
        "temperature": kept,
        "sentences": len(told),
    }
    weights = np.concatenate([w for w, _ in learnt], axis=1)
    bias = np.concatenate([b for _, b in learnt])
    return packed(rows, rarity, weights, bias, about)


def _fitted_framed(
    head: Head, table: Any, told: Sequence[Sentence], rows: dict[str, int], rarity: Vector
) -> tuple[Weights, Vector]:
    """The head fitted to the sentences and to those of `FRAMED` told again in a frame."""
    examples = head.rows(told)
    again = [(n, c) for n, c in examples if told[n].source in FRAMED]
    more = matrix([_parts(framed(told[n].text)) for n, _ in again], rows, rarity)
    both = [*examples, *((len(told) + at, c) for at, (_, c) in enumerate(again))]
    counts = [1.0] * len(examples) + [FRAMED_WEIGHT] * len(again)
    return fitted(head, sparse.vstack([table, more]).tocsr(), both, counts)


def packed(
    rows: dict[str, int], rarity: Vector, weights: Weights, bias: Vector, about: dict[str, object]
) -> bytes:
    """The model as a file: weights in 255 steps a column, features that weigh nothing left out."""
    words, dense = weights[: len(rows)], weights[len(rows) :]
    scale = np.maximum(np.abs(words).max(0) / 127, 1e-9)
    steps = np.rint(words / scale).astype(np.int8)
    kept = [(f, n) for f, n in rows.items() if np.abs(steps[n]).max() >= LEAST]
    order = [n for _, n in kept]
    out = io.BytesIO()
    np.savez_compressed(
        out,
        features=np.frombuffer("\n".join(f for f, _ in kept).encode(), np.uint8),
        rarity=rarity[order].astype(np.float16),
        sparse=steps[order],
        dense=dense.astype(np.float16),
        bias=bias,
        scale=scale,
        about=np.frombuffer(json.dumps(about, sort_keys=True).encode(), np.uint8),
    )
    return out.getvalue()


def main() -> int:
    """Write the model file beside the sentences; 0 when done."""
    target = Path(__file__).parent / "data" / FILE
    data = train(calibrate="--calibrate" in sys.argv)
    target.write_bytes(data)
    sys.stdout.write(f"{target.name}: {len(data)} bytes from {len(sentences())} sentences\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
