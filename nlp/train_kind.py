"""`python -m nlp.train_kind GOLD.csv DIR...`: learn how much each sign of a kind weighs, as numbers.

Of the judged texts (a gold CSV and folders of corpora, as the evaluation reads them) only the weights
of signs named in `nlp.kind` are kept; they start from what was set by hand and move only as far as the
texts want. Run it again after `nlp.train` and `nlp.train_closed`. Needs scipy (the `test` dependency group).
"""

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from nlp.act import only_chatter
from nlp.blame import evidence
from nlp.category import categorise
from nlp.codes import CODES
from nlp.confidential import DOUBTFUL, suspicion, without_address
from nlp.dialect import central
from nlp.emergency import emergency
from nlp.kind import FILE, KINDS, signs
from nlp.model import log_odds, logits, parts
from nlp.normalise import normalise

HOLD = 6.0
"""How strongly weights are held to what was set by hand."""

BY_HAND = {
    "always": {"problem": 1.0, "complaint_person": -0.6, "other": -1.0},
    "fault": {"problem": 0.8, "need": -0.3, "question": -0.4},
    "plan": {"problem": -0.5, "need": 1.6},
    "wish": {"need": 1.4},
    "asks for": {"need": 1.4},
    "have made": {"need": 1.2, "question": -1.2},
    "asks": {"question": 1.3},
    "asks twice": {"question": 0.7},
    "wants to know": {"question": 0.8},
    "blame": {"complaint_person": 1.2},
    "personal": {"complaint_person": 1.4},
    "accused": {"complaint_person": 1.0},
    "open": {"complaint_person": -1.5},
    "thanks": {"other": 0.8},
    "thanks, done": {"other": 1.5},
    "small talk": {"other": 1.0},
    "danger": {"problem": 0.8},
}
FURTHER = (
    "ends asking", "urges", "named", "written", "trade", "trade, written", "mended", "around",
    *(f"category {code}" for code in CODES),
)  # fmt: skip
"""Signs that nothing is known of beforehand."""

Matrix = npt.NDArray[np.float64]
Example = tuple[dict[str, float], list[str], str]
"""The model's logits, the signs found, the judged kind."""


def examples(gold: Path, folders: Sequence[Path]) -> Iterator[Example]:
    """The judged texts that stand for themselves: no chatter, no message of a burst."""
    rows = [r for r in rows_of(gold) if r["kind"] != "?"]
    for folder in folders:
        rows += [r for r in rows_of(folder / "messages.jsonl") if not r["burst_id"]]
    for row in rows:
        text = normalise(str(row["text"])).text
        if not only_chatter(text):
            yield *_told(text), str(row["kind"])


def _told(text: str) -> tuple[dict[str, float], list[str]]:
    """What the model and the signs say of a normalised text, as the reader comes to it."""
    found = parts(central(text), text)
    danger = emergency(text, log_odds("emergency", found)).on
    blamed = log_odds("confidential", parts(without_address(central(text)) or central(text)))
    closed = suspicion(text, evidence(text), found, blamed, danger) >= DOUBTFUL
    category = categorise(found, closed)[0].code
    return logits("kind", found), signs(text, category, closed, danger)


def rows_of(file: Path) -> list[dict[str, object]]:
    """The rows of a CSV or JSONL file."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        if file.suffix == ".jsonl":
            return [json.loads(line) for line in lines]
        return [dict(row) for row in csv.DictReader(lines)]


def learn(told: Sequence[Example]) -> dict[str, list[float]]:
    """Sign -> weight a kind, in the order of `KINDS`; `learnt` multiplies the model's logits."""
    names = [*BY_HAND, *FURTHER]
    by_hand = np.array([[BY_HAND.get(n, {}).get(k, 0.0) for k in KINDS] for n in names])
    found = np.array([[float(n in held) for n in names] for _, held, _ in told])
    learnt = np.array([[said[k] for k in KINDS] for said, _, _ in told])
    gold = np.array([KINDS.index(kind) for _, _, kind in told])
    rows = np.arange(len(gold))

    def surprise(flat: Matrix) -> tuple[float, Matrix]:
        share, weights = flat[0], flat[1:].reshape(by_hand.shape)
        raw = share * learnt + found @ weights
        raw -= raw.max(1, keepdims=True)
        chance = np.exp(raw) / np.exp(raw).sum(1, keepdims=True)
        moved = weights - by_hand
        cost = -np.log(chance[rows, gold] + 1e-12).sum()
        cost += HOLD * ((moved**2).sum() / 2 + 5 * (share - 1) ** 2)
        chance[rows, gold] -= 1
        steps = (found.T @ chance + HOLD * moved).ravel()
        return float(cost), np.r_[(chance * learnt).sum() + HOLD * 10 * (share - 1), steps]

    best = minimize(surprise, np.r_[1.0, by_hand.ravel()], jac=True, method="L-BFGS-B").x
    table = {"learnt": [round(float(best[0]), 3)] * len(KINDS)}
    for name, weights in zip(names, best[1:].reshape(by_hand.shape), strict=True):
        table[name] = [round(float(w), 3) for w in weights]
    return table


def main() -> int:
    """Write the weights; 0 when done."""
    gold, *folders = map(Path, sys.argv[1:])
    told = list(examples(gold, folders))
    lines = [f"{json.dumps(n)}: {w}" for n, w in learn(told).items()]
    target = Path(__file__).parent / "data" / FILE
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    sys.stdout.write(f"{target.name}: from {len(told)} texts\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
