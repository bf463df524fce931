"""`python -m nlp.train_vectors REPORTS.csv.gz`: learn what words mean from real reports, as numbers.

A word's direction comes from the words around it (positive pointwise mutual information, reduced
by singular value decomposition). Of the reports only dictionary words that are nobody's name are
counted, and only their numbers are kept. Needs scikit-learn (the `test` dependency group).
"""

import csv
import gzip
import io
import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.decomposition import TruncatedSVD

from nlp.tokens import dictionary, given_names, words
from nlp.train import sentences, view
from nlp.vectors import DIMENSIONS, FILE

WINDOW = 7
LEAST = 8
"""A word must occur in so many texts."""
OWN = 3
"""Our own sentences count so many times, for villages say what cities do not."""
LONGEST = 600
MOST_WORDS = 120


def texts(reports: Path) -> list[list[str]]:
    """The words of each report of the CSV (column `text`) and of our sentences."""
    with gzip.open(reports, "rt", encoding="utf-8") as file:
        told = [row["text"][:LONGEST] for row in csv.DictReader(file)]
    return [_words(t) for t in told] + [_words(s.text) for s in sentences()] * OWN


def _words(text: str) -> list[str]:
    return [w for w in words(view(text)) if w.strip()][:MOST_WORDS]


def learn(told: Sequence[Sequence[str]]) -> bytes:
    """The bytes of the vectors file."""
    count = Counter(w for t in told for w in set(t))
    known = dictionary() - given_names()
    names = sorted(w for w, n in count.items() if n >= LEAST and w in known and len(w) > 1)
    rows = {w: n for n, w in enumerate(names)}
    weights = [math.log(len(told) / count[w]) for w in names]
    directions = TruncatedSVD(DIMENSIONS, random_state=0).fit_transform(_company(told, rows))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True) + 1e-9
    out = io.BytesIO()
    np.savez_compressed(
        out,
        words=np.frombuffer("\n".join(names).encode(), np.uint8),
        matrix=np.rint(directions * 127).astype(np.int8),
        weights=np.array(weights, np.float32),
    )
    return out.getvalue()


def _company(told: Iterable[Sequence[str]], rows: dict[str, int]) -> sparse.csr_matrix:
    """Words x words: how much more often two stand together than by chance, never below 0."""
    pairs: Counter[tuple[int, int]] = Counter()
    for text in told:
        known = [rows[w] for w in text if w in rows]
        for n, a in enumerate(known):
            pairs.update((a, b) for b in known[n + 1 : n + 1 + WINDOW] if a != b)
    at = np.array(list(pairs))
    half = sparse.coo_matrix((np.array(list(pairs.values()), float), at.T), (len(rows),) * 2)
    both = (half + half.T).tocoo()
    each = np.asarray(both.sum(1)).ravel()
    smooth = each**0.75 / (each**0.75).sum()
    chance = (each[both.row] / both.data.sum()) * smooth[both.col]
    above = np.log(both.data / both.data.sum() / chance)
    kept = above > 0
    return sparse.csr_matrix((above[kept], (both.row[kept], both.col[kept])), both.shape)


def main() -> int:
    """Write the vectors file; 0 when done."""
    target = Path(__file__).parent / "data" / FILE
    data = learn(texts(Path(sys.argv[1])))
    target.write_bytes(data)
    sys.stdout.write(f"{target.name}: {len(data)} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
