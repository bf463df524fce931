"""`python -m nlp.train`: learn the small model from `data/sentences.txt`, always the same way."""

import gzip
import json
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlp.category import CODES, LEXICON_SHARE, lexicon_hits, softmax
from nlp.dialect import central
from nlp.kind import KINDS
from nlp.model import FILE, SCALE, parts
from nlp.normalise import normalise
from nlp.place import without_places
from nlp.tokens import lines

EPOCHS = 24
RATE = 3.0
DECAY = 2e-4
SEED = 2562
_KIND = {"p": "problem", "n": "need", "q": "question", "c": "complaint_person", "o": "other"}

Weights = dict[str, list[float]]


@dataclass(frozen=True)
class Example:
    """One sentence: features, what it is labelled, and what is known of it without the model."""

    found: tuple[str, ...]
    label: str
    known: Mapping[str, float]


def sentences() -> list[tuple[str, str, str]]:
    """(code, kind, text as the reader would look at it) of each training sentence."""
    out = []
    for line in lines("sentences.txt"):
        code, kind, text = line.split(" ", 2)
        out.append((code, _KIND[kind], central(without_places(normalise(text).text))))
    return out


def learn(examples: Sequence[Example], classes: Sequence[str]) -> tuple[list[float], Weights]:
    """Bias and weights of a softmax regression by stochastic descent; rare features left out."""
    counts = Counter(f for e in examples for f in e.found)
    weights: Weights = {
        f: [0.0] * len(classes) for f, n in sorted(counts.items()) if n > 1 or f[0] == "w"
    }
    bias = [0.0] * len(classes)
    order = list(examples)
    chance = random.Random(SEED)  # noqa: S311 - the same order each time is what is wanted
    for epoch in range(EPOCHS):
        chance.shuffle(order)
        rate = RATE / (1 + 0.15 * epoch)
        for example in order:
            _step(example, classes, bias, weights, rate)
    return bias, weights


def _step(
    example: Example, classes: Sequence[str], bias: list[float], weights: Weights, rate: float
) -> None:
    """Move bias and weights a little towards the label of one example."""
    columns = [weights[f] for f in example.found if f in weights]
    size = 1 / math.sqrt(len(example.found) or 1)
    raw = {
        c: bias[n] + size * math.fsum(w[n] for w in columns) + example.known.get(c, 0.0)
        for n, c in enumerate(classes)
    }
    for n, (code, share) in enumerate(softmax(raw).items()):
        error = (code == example.label) - share
        if abs(error) > 1e-3:
            bias[n] += 0.05 * rate * error
            for w in columns:
                w[n] += rate * size * error - DECAY * rate * w[n]


def packed(bias: Sequence[float], weights: Weights, classes: Sequence[str]) -> dict[str, object]:
    """The model as plain values for the file; weights near nothing are left out."""
    rows = {}
    for feature in sorted(weights):
        row: list[int] = []
        for column, weight in enumerate(weights[feature]):
            if abs(weight) >= 0.12:
                row += [column, round(weight * SCALE)]
        if row:
            rows[feature] = row
    return {"classes": list(classes), "bias": [round(b * SCALE) for b in bias], "weights": rows}


def train() -> bytes:
    """The bytes of the model file; the same for the same sentences and lexicon."""
    rows = [(code, kind, text, tuple(parts(text))) for code, kind, text in sentences()]

    def examples(
        label: Callable[[str, str], str], known: Callable[[str], Mapping[str, float]]
    ) -> list[Example]:
        return [Example(f, label(code, kind), known(text)) for code, kind, text, f in rows]

    category = examples(lambda code, _: code, lexicon_logits)
    kind = examples(lambda _, kind: kind, lambda _: {})
    model = {
        "category": packed(*learn(category, CODES), CODES),
        "kind": packed(*learn(kind, KINDS), KINDS),
    }
    text = json.dumps(model, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return gzip.compress(text.encode(), 9, mtime=0)


def lexicon_logits(text: str) -> dict[str, float]:
    """What the lexicon alone says of a normalised text."""
    return {c: LEXICON_SHARE * w for c, w in lexicon_hits(text)[0].items()}


def main() -> int:
    """Write the model file beside the sentences; 0 when done."""
    target = Path(__file__).parent / "data" / FILE
    data = train()
    target.write_bytes(data)
    sys.stdout.write(f"{target.name}: {len(data)} bytes from {len(sentences())} sentences\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
