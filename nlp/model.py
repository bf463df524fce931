"""A small linear model over words and letter groups, trained by `python -m nlp.train`."""

import gzip
import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from nlp.tokens import words

FILE = "model.json.gz"
SCALE = 1000.0


@dataclass(frozen=True)
class Linear:
    """Weights by feature: `classes` name the columns, `weights[feature]` is (column, weight)s."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: dict[str, tuple[tuple[int, float], ...]]


@cache
def load(name: str) -> Linear | None:
    """The trained model of that name; None where no model has been made yet."""
    path = files("nlp").joinpath("data", FILE)
    if not path.is_file():
        return None
    raw = json.loads(gzip.decompress(path.read_bytes()))[name]
    return Linear(
        classes=tuple(raw["classes"]),
        bias=tuple(b / SCALE for b in raw["bias"]),
        weights={
            f: tuple((c, w / SCALE) for c, w in zip(p[::2], p[1::2], strict=True))
            for f, p in raw["weights"].items()
        },
    )


def parts(text: str) -> list[str]:
    """Features of a normalised text, each once: words, pairs of words, letter groups, ends."""
    cut = [w for w in words(text) if not w.isspace()]
    found = {f"w{w}" for w in cut}
    found.update(f"b{a}_{b}" for a, b in pairwise(cut))
    plain = f"^{''.join(c for c in text if c.isalpha() or c in _THAI_MARKS)}$"
    found.update(f"c{plain[i : i + 4]}" for i in range(len(plain) - 3))
    return sorted(found)


_THAI_MARKS = frozenset("ัิีึืฺุู็่้๊๋์ํ๎ๆฯ")


def logits(name: str, found: Iterable[str]) -> dict[str, float]:
    """Class -> logit of the model `name`; empty without a model."""
    model = load(name)
    if model is None:
        return {}
    total = list(model.bias)
    features = list(found)
    size = 1 / math.sqrt(len(features) or 1)
    known = [p for f in features if (p := model.weights.get(f))]
    for pairs in known:
        for column, weight in pairs:
            total[column] += size * weight
    return dict(zip(model.classes, total, strict=True))
