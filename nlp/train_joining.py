"""`python -m nlp.train_joining CORPUS... [--pairs PAIRS.csv]`: learn when two tellings are one matter.

Each CORPUS is a folder with `messages.jsonl`, `issues.jsonl` and `villages.csv`, played in time
order; PAIRS.csv has `text_a, text_b, metres, days, label`. Only numbers of pairs are learnt from,
and only thresholds and values are kept. Needs scikit-learn (the `test` group).
"""

import csv
import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from nlp import usual
from nlp.comparing import whole_meaning
from nlp.evaluation.duplicates import State, pair_tellings, told_of
from nlp.joining import FILE, NAMES, RISING, pairs
from nlp.reader import ThaiReader
from nlp.train import sentences
from nlp.values import Candidate

PAIR_WEIGHT = 2.0
"""A judged pair of real reports weighs so much beside a pair of a played corpus."""
Example = tuple[tuple[float, ...], bool, float]


def played(folder: Path, reader: ThaiReader) -> list[Example]:
    """Each message beside every issue open then in its village."""
    state, out = State(), list[Example]()
    rows = [json.loads(line) for line in (folder / "messages.jsonl").open(encoding="utf-8")]
    issues = [json.loads(line) for line in (folder / "issues.jsonl").open(encoding="utf-8")]
    with (folder / "villages.csv").open(encoding="utf-8-sig") as file:
        villages = list(csv.DictReader(file))
    for _, gold, new in told_of(rows, issues, villages, reader):
        beside = pairs(new, state.candidates(new.village))
        out += [(p.numbers, p.key in gold, 1.0) for p in beside]
        for key in gold:
            state.add(key, new)
    return out


def judged(file: Path, reader: ThaiReader) -> list[Example]:
    """The pairs a reader judged same or different."""
    out = []
    with file.open(encoding="utf-8-sig") as rows:
        for row in csv.DictReader(rows):
            if row["label"] in ("same", "different"):
                old, new = pair_tellings(row, reader)
                (both,) = pairs(new, [Candidate(key="old", tellings=(old,))])
                out.append((both.numbers, row["label"] == "same", PAIR_WEIGHT))
    return out


def learn(examples: Sequence[Example]) -> bytes:
    """The bytes of the trees' file."""
    model = HistGradientBoostingClassifier(
        max_iter=250,
        learning_rate=0.04,
        max_leaf_nodes=8,
        min_samples_leaf=25,
        l2_regularization=5,
        max_features=0.5,
        monotonic_cst=[int(n in RISING) for n in NAMES],
        random_state=0,
    )
    table = np.array([numbers for numbers, _, _ in examples])
    model.fit(table, [same for _, same, _ in examples], sample_weight=[w for *_, w in examples])
    trees = [_tree(step[0].nodes) for step in model._predictors]
    raw = {"names": NAMES, "base": float(model._baseline_prediction[0, 0]), "trees": trees}
    text = json.dumps(raw, separators=(",", ":"))
    return gzip.compress(text.encode(), 9, mtime=0)


def _tree(nodes: Any) -> list[tuple[int, float, int, int, float]]:
    return [
        (-1, 0.0, 0, 0, round(float(n["value"]), 5))
        if n["is_leaf"]
        else (
            int(n["feature_idx"]),
            float(n["num_threshold"]),
            int(n["left"]),
            int(n["right"]),
            0.0,
        )
        for n in nodes
    ]


def main() -> int:
    """Write the trees' file; 0 when done."""
    given = sys.argv[1:]
    at = given.index("--pairs") if "--pairs" in given else len(given)
    reader = ThaiReader()
    folder = Path(__file__).parent / "data"
    common = usual.learn(np.array([whole_meaning(s.text) for s in sentences()]))
    (folder / usual.FILE).write_bytes(common)
    examples = [e for folder in given[:at] for e in played(Path(folder), reader)]
    examples += [e for file in given[at + 1 :] for e in judged(Path(file), reader)]
    target = folder / FILE
    data = learn(examples)
    target.write_bytes(data)
    sys.stdout.write(f"{target.name}: {len(data)} bytes from {len(examples)} pairs\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
