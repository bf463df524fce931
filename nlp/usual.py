"""What nearly every message means alike, so that it does not make two of them look the same.

`python -m nlp.train_joining` makes `data/usual.json` from the sentences of `data/sentences`: two
directions of meaning that messages share whatever they tell, the more so the longer they are.
"""

import json
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from nlp.vectors import Vector

FILE = "usual.json"
Table = npt.NDArray[np.float32]


@cache
def load() -> Table:
    """The shared directions, each of length 1 and square to the other."""
    return np.array(json.loads(files("nlp").joinpath("data", FILE).read_bytes()), np.float32)


def unusual(meaning: Vector) -> Vector:
    """The meaning without what is shared, of length 1; all zero where nothing is left."""
    shared = load()
    rest = meaning - (shared @ meaning) @ shared
    size = float(np.linalg.norm(rest))
    return np.asarray(rest / size if size > 1e-6 else np.zeros_like(rest), np.float32)


def learn(meanings: Table) -> bytes:
    """The bytes of the file, from the meanings of many messages: their mean, and how they differ most."""
    mean = meanings.mean(axis=0, dtype=np.float64)
    apart = meanings - mean
    mean /= np.linalg.norm(mean)
    most = np.linalg.eigh(apart.T @ apart)[1][:, -1]
    most -= mean * (mean @ most)
    most *= np.sign(most[np.argmax(np.abs(most))]) / np.linalg.norm(most)
    return (json.dumps([[round(float(v), 4) for v in row] for row in (mean, most)]) + "\n").encode()
