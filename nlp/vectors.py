"""What words mean by the company they keep: vectors learnt from real reports, kept as numbers only.

`data/vectors.npz` holds for some 6,000 dictionary words a direction in 100 dimensions and a weight
(rarer words weigh more). `python -m nlp.learn vectors` makes it; no sentence is in it.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

FILE = "vectors.npz"
DIMENSIONS = 100

Vector = npt.NDArray[np.float32]
"""One dimension, float32."""


@dataclass(frozen=True)
class Vectors:
    """`rows[word]` is the row of `matrix` (words x 100, int8) and of `weights` (words)."""

    rows: dict[str, int]
    matrix: npt.NDArray[np.int8]
    weights: Vector


@cache
def load() -> Vectors:
    """The shipped vectors."""
    raw = np.load(io.BytesIO(files("nlp").joinpath("data", FILE).read_bytes()))
    names = bytes(raw["words"]).decode().split("\n")
    return Vectors({w: n for n, w in enumerate(names)}, raw["matrix"], raw["weights"])


def meaning(words: Iterable[str]) -> Vector:
    """Direction of a set of words, of length 1; all zero where none is known."""
    known = load()
    rows = sorted({r for w in words if (r := known.rows.get(w)) is not None})
    if not rows:
        return np.zeros(DIMENSIONS, np.float32)
    total = known.weights[rows] @ known.matrix[rows].astype(np.float32)
    size = float(np.linalg.norm(total))
    return np.asarray(total / size if size else total, np.float32)
