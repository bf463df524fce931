"""`python -m nlp.train_closed GOLD.csv DIR...`: learn how much each clue for keeping back weighs.

Of the judged texts (a gold CSV and folders of corpora, as the evaluation reads them) only the weights
of the clues named in `nlp.confidential` are kept; they start from what was set by hand and move only as
far as the texts want. Run it after `nlp.train`. Needs scipy (the `test` dependency group).
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from nlp.blame import evidence
from nlp.confidential import FILE, clues, without_address
from nlp.dialect import central
from nlp.emergency import emergency
from nlp.model import log_odds, parts
from nlp.normalise import normalise
from nlp.train_kind import rows_of

HOLD = 2.0
"""How strongly weights are held to what was set by hand."""

BY_HAND = {
    "learnt": 0.76, "weight": 2.03, "formal": 1.5, "office": 0.37, "person": 0.32, "asks": -0.73,
    "danger": -2.0, "spoken": -1.0, "written": 1.5, "told_of": 1.5, "bias": -0.32,
}  # fmt: skip
"""Fitted on the training sentences with the model's answers for authors it had not seen, but for `formal`,
`spoken`, `written`, `told_of` and `danger`: of letters to a complaint centre a third must be kept back, of
what is said in a village's chat few, and a danger wrongly kept back reaches nobody."""

Vector = npt.NDArray[np.float64]
Example = tuple[dict[str, float], bool]
"""The clues of a text, and whether it was judged to be kept back."""


def examples(gold: Path, folders: Sequence[Path]) -> Iterator[Example]:
    """The judged texts, each by itself."""
    judged = {"y": True, "n": False, "True": True, "False": False}
    for file in (gold, *(folder / "messages.jsonl" for folder in folders)):
        for row in rows_of(file):
            text = normalise(str(row["text"])).text
            if text.strip() and str(row["confidential"]) in judged:
                yield told(text), judged[str(row["confidential"])]


def told(text: str) -> dict[str, float]:
    """The clues of a normalised text, as the reader comes to them."""
    matter = central(text)
    found = parts(matter, text)
    blamed = log_odds("confidential", parts(without_address(matter) or matter))
    danger = emergency(text, log_odds("emergency", found)).on
    return clues(text, evidence(text), found, blamed, danger)


def learn(told_of: Sequence[Example]) -> dict[str, float]:
    """Clue -> weight."""
    names = sorted({*BY_HAND, *(name for found, _ in told_of for name in found)})
    by_hand = np.array([BY_HAND.get(name, 0.0) for name in names])
    table = np.array([[float(found.get(name, 0.0)) for name in names] for found, _ in told_of])
    gold = np.array([closed for _, closed in told_of])

    def surprise(weights: Vector) -> tuple[float, Vector]:
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        moved = weights - by_hand
        cost = -np.log(np.where(gold, chance, 1 - chance) + 1e-12).sum()
        steps = table.T @ (chance - gold) + HOLD * moved
        return float(cost + HOLD * (moved**2).sum() / 2), steps

    best = minimize(surprise, by_hand, jac=True, method="L-BFGS-B").x
    return {name: round(float(w), 3) for name, w in zip(names, best, strict=True)}


def main() -> int:
    """Write the weights; 0 when done."""
    gold, *folders = map(Path, sys.argv[1:])
    judged = list(examples(gold, folders))
    lines = [f'"{name}": {w}' for name, w in learn(judged).items()]
    target = Path(__file__).parent / "data" / FILE
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    sys.stdout.write(f"{target.name}: from {len(judged)} texts\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
