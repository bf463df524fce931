"""From weighed evidence to probabilities."""

import math
from collections.abc import Mapping
from typing import TypeVar

Name = TypeVar("Name")

_FARTHEST = 30.0
"""Log-odds beyond which a probability is as good as certain."""


def logistic(log_odds: float) -> float:
    """The probability of yes, strictly between 0 and 1."""
    return 1 / (1 + math.exp(-max(-_FARTHEST, min(_FARTHEST, log_odds))))


def softmax(logits: Mapping[Name, float]) -> dict[Name, float]:
    """Logits of answers that exclude each other, to probabilities that sum to 1."""
    top = max(logits.values())
    exps = {name: math.exp(v - top) for name, v in logits.items()}
    total = math.fsum(exps.values())
    return {name: v / total for name, v in exps.items()}
