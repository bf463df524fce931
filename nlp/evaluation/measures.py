"""Measures on plain lists: recall, precision, F1, AUC, B-cubed."""

from collections import Counter
from collections.abc import Hashable, Sequence


def share(part: int, whole: int) -> float:
    """`part / whole` to four places; 0 of nothing is 0."""
    return round(part / whole, 4) if whole else 0.0


def recall_precision(gold: Sequence[bool], said: Sequence[bool]) -> tuple[float, float]:
    """Recall and precision of yes-or-no answers."""
    both = sum(g and s for g, s in zip(gold, said, strict=True))
    return share(both, sum(gold)), share(both, sum(said))


def macro_f1(gold: Sequence[str], said: Sequence[str], least: int = 5) -> float:
    """Mean F1 over the gold classes that have at least `least` rows."""
    counts, told = Counter(gold), Counter(said)
    right = Counter(g for g, s in zip(gold, said, strict=True) if g == s)
    f1s = [2 * right[c] / (n + told[c]) for c, n in counts.items() if n >= least]
    return round(sum(f1s) / len(f1s), 4) if f1s else 0.0


def auc(scores: Sequence[float], gold: Sequence[bool]) -> float:
    """Chance that a true pair scores above a false one; ties count half."""
    yes = [s for s, g in zip(scores, gold, strict=True) if g]
    no = [s for s, g in zip(scores, gold, strict=True) if not g]
    if not yes or not no:
        return 0.0
    wins = sum((y > n) + 0.5 * (y == n) for y in yes for n in no)
    return round(wins / (len(yes) * len(no)), 4)


def precision_recall(scores: Sequence[float], gold: Sequence[bool]) -> list[tuple[float, float]]:
    """(precision, recall) at each distinct score taken as the threshold, highest first."""
    out = []
    for threshold in sorted(set(scores), reverse=True):
        said = [s >= threshold for s in scores]
        recall, precision = recall_precision(gold, said)
        out.append((precision, recall))
    return out


def best_f1(scores: Sequence[float], gold: Sequence[bool]) -> float:
    """The best F1 any threshold reaches."""
    points = precision_recall(scores, gold)
    return round(max((2 * p * r / (p + r) for p, r in points if p + r), default=0.0), 4)


def precision_at_recall(scores: Sequence[float], gold: Sequence[bool], least: float) -> float:
    """The best precision among thresholds whose recall is at least `least`."""
    return max((p for p, r in precision_recall(scores, gold) if r >= least), default=0.0)


def bcubed_f1(gold: Sequence[Hashable], said: Sequence[Hashable]) -> float:
    """B-cubed F1 of two clusterings of the same items."""
    if not gold:
        return 0.0
    pairs, golds, saids = Counter(zip(gold, said, strict=True)), Counter(gold), Counter(said)
    precision = sum(n * n / saids[s] for (_, s), n in pairs.items()) / len(gold)
    recall = sum(n * n / golds[g] for (g, _), n in pairs.items()) / len(gold)
    return round(2 * precision * recall / (precision + recall), 4)
