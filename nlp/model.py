"""A linear model over words, letter groups, the lexicon and word meanings, one head a question.

`python -m nlp.train` makes `data/model.npz` from the sentences in `data/sentences`.
"""

import io
import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from nlp.codes import CODES
from nlp.lexicon import lexicon_hits
from nlp.tokens import words
from nlp.vectors import Vector, meaning

FILE = "model.npz"
LETTERS = (2, 3, 4, 5)
"""Lengths of the letter groups."""
LEXICON_SCALE = 0.3

_THAI_MARKS = frozenset("ะาำัิีึืฺุู็่้๊๋์ํ๎ๆฯ")


@dataclass(frozen=True, eq=False)
class Parts:
    """Features of a text: counts of words and pairs, then of letter groups, dense columns, lexicon words by
    category."""

    counts: dict[str, int]
    dense: Vector
    lexicon: dict[str, list[str]]

    @cached_property
    def scores(self) -> Vector:
        """Raw value of every column of the shipped model."""
        model = load()
        index, values = weighed(self, model.rows, model.rarity)
        raw = values @ model.sparse[index]
        return np.asarray(raw + self.dense @ model.dense + model.bias, np.float32)


@dataclass(frozen=True, eq=False)
class Linear:
    """Weights of all heads: `sparse` (features x columns) and `dense`.

    `heads[name]` is the first column and the class names of a head; `temperature` what its logits
    are divided by, so that probabilities are honest.
    """

    rows: dict[str, int]
    rarity: Vector
    sparse: Vector
    dense: Vector
    bias: Vector
    heads: dict[str, tuple[int, tuple[str, ...]]]
    temperature: dict[str, float]


@cache
def load() -> Linear:
    """The shipped model."""
    raw = np.load(io.BytesIO(files("nlp").joinpath("data", FILE).read_bytes()))
    names = bytes(raw["features"]).decode().split("\n")
    about = json.loads(bytes(raw["about"]).decode())
    heads, at = {}, 0
    for name, classes in about["heads"]:
        heads[name] = (at, tuple(classes))
        at += len(classes)
    return Linear(
        rows={f: n for n, f in enumerate(names)},
        rarity=raw["rarity"].astype(np.float32),
        sparse=raw["sparse"].astype(np.float32) * raw["scale"],
        dense=raw["dense"].astype(np.float32),
        bias=raw["bias"],
        heads=heads,
        temperature=about["temperature"],
    )


def parts(text: str, typed: str = "") -> Parts:
    """Features of a normalised text in central Thai; letter groups of it as it was `typed`, if given."""
    cut = [w for w in words(text) if not w.isspace()]
    told_by = [f"w{w}" for w in cut]
    told_by += [f"b{a}_{b}" for a, b in pairwise(cut)]
    plain = f"^{''.join([c for c in typed or text if c.isalpha() or c in _THAI_MARKS])}$"
    for n in LETTERS:
        told_by += [f"c{plain[i : i + n]}" for i in range(len(plain) - n + 1)]
    counts = Counter(told_by)
    weights, found = lexicon_hits(text)
    told = [LEXICON_SCALE * weights.get(code, 0.0) for code in CODES]
    return Parts(dict(counts), np.concatenate([np.array(told, np.float32), meaning(cut)]), found)


def weighed(
    found: Parts, rows: Mapping[str, int], rarity: Vector
) -> tuple[npt.NDArray[np.intp], Vector]:
    """Rows and values of the known features: damped counts times rarity, each family of length 1."""
    names, counts = list(found.counts), list(found.counts.values())
    told = list(map(rows.get, names))
    letters = next((n for n, f in enumerate(names) if f[0] == "c"), len(names))
    index: list[npt.NDArray[np.intp]] = []
    values: list[Vector] = []
    for start, end in ((letters, len(names)), (0, letters)):
        known = [n for n in range(start, end) if told[n] is not None]
        at = np.array([told[n] for n in known], np.intp)
        damped = rarity[at] * (1.0 + np.log(np.array([counts[n] for n in known], np.float64)))
        index.append(at)
        values.append(np.asarray(damped / (math.sqrt(float(damped @ damped)) or 1.0), np.float32))
    return np.concatenate(index), np.concatenate(values)


def log_odds(name: str, found: Parts) -> float:
    """Log-odds of yes of a head that answers yes or no, as learnt: not made calibrated."""
    start, classes = load().heads[name]
    answers = found.scores[start : start + len(classes)]
    return float(answers[classes.index("y")] - answers[classes.index("n")])


def logits(name: str, found: Parts) -> dict[str, float]:
    """Class -> calibrated logit of the head `name`."""
    model = load()
    start, classes = model.heads[name]
    raw = found.scores[start : start + len(classes)] / model.temperature[name]
    return {c: float(v) for c, v in zip(classes, raw, strict=True)}


def speaking(
    name: str, found: Parts, classes: Sequence[str], most: int = 3
) -> dict[str, list[str]]:
    """The words of a text that speak most for each of some classes of a head."""
    model = load()
    start, names = model.heads[name]
    told = [
        (f[1:], row) for f in found.counts if f[0] == "w" and (row := model.rows.get(f)) is not None
    ]
    out: dict[str, list[str]] = {}
    for c in classes:
        column = start + names.index(c)
        weights = [(float(model.sparse[row, column] * model.rarity[row]), w) for w, row in told]
        out[c] = [w for v, w in sorted(weights, reverse=True)[:most] if v > 0]
    return out
