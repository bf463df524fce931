"""How agenda items are ranked: a plain sum whose parts are printed beside each item."""

import math
from dataclasses import dataclass, fields
from datetime import datetime

from planning.areas import Village
from planning.feasibility import feasibility
from planning.issues import IssueStanding

_SEVERE = frozenset({"disaster", "safety", "electricity", "water_supply", "health", "traffic"})
_HOMES_A_VOICE = 4
_MOST_LONGER = 30
_FULL_DAYS = 90
_ONCE, _REFUSED = 0.6, 0.3


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Most points each part can give; a district may set its own, 0 leaves a part out.

    Raises `ValueError` for a weight below zero, or when none is above it.
    """

    size: float
    severity: float
    age: float
    vulnerable: float
    feasibility: float
    earlier: float
    evidence: float

    def __post_init__(self) -> None:
        """See the class."""
        every = [getattr(self, part) for part in PARTS]
        if not all(math.isfinite(w) and w >= 0 for w in every) or not any(every):
            raise ValueError("weights are numbers from zero up, and one is above zero")


PARTS = tuple(field.name for field in fields(Weights))
"""The parts of a score in the order they are told."""

WEIGHTS = Weights(
    size=30.0, severity=25.0, age=12.0, vulnerable=10.0, feasibility=8.0, earlier=8.0, evidence=7.0
)
"""Where a district set none of its own."""

FIRST_WEIGHTS = Weights(
    size=40.0, severity=30.0, age=20.0, vulnerable=0.0, feasibility=0.0, earlier=0.0, evidence=10.0
)
"""What agendas were ranked by before they named their weights."""


@dataclass(frozen=True, kw_only=True)
class ScoreParts:
    """Points by part; `total` is their sum, 0..100 where the weights' sum is 100."""

    size: float
    severity: float
    age: float
    evidence: float
    vulnerable: float = 0.0
    feasibility: float = 0.0
    earlier: float = 0.0

    @property
    def total(self) -> float:
        """Sum of the parts."""
        points: list[float] = [getattr(self, part) for part in PARTS]
        return round(sum(points), 1)


def score(
    standing: IssueStanding, village: Village, now: datetime, weights: Weights | None = None
) -> ScoreParts:
    """Score of one issue.

    size: people and supporters, log scale, full at a quarter of the households (at least 12). Where one
    of them says how many households it concerns, that number, up to four for each voice.
    severity: danger to life full, categories that touch life or basic supply half, else a fifth.
    age: days since first told, and up to 30 more where it is said to last longer, full at 90.
    vulnerable: full where a teller says that it strikes old, ill, disabled, pregnant people or children.
    feasibility: what the village or its local authority can do by themselves, see `planning.feasibility`.
    earlier: put off by a forum once 0.6, more often full; refused before and told anew 0.3.
    evidence: photos and position, half each.
    """
    w = weights or WEIGHTS
    shares = {
        "size": _size(standing, village),
        "severity": _severity(standing),
        "age": _age(standing, now),
        "vulnerable": float(standing.vulnerable),
        "feasibility": feasibility(standing.issue),
        "earlier": _earlier(standing),
        "evidence": 0.5 * (standing.photos > 0) + 0.5 * (standing.issue.position is not None),
    }
    points = {part: round(getattr(w, part) * share, 1) for part, share in shares.items()}
    return ScoreParts(**points)


def _size(standing: IssueStanding, village: Village) -> float:
    full = max(12, (village.households or 48) // 4)
    voices = standing.people + standing.supporters
    voices = max(voices, min(standing.households, _HOMES_A_VOICE * voices))
    return min(1.0, math.log1p(voices) / math.log1p(full))


def _severity(standing: IssueStanding) -> float:
    if standing.issue.emergency:
        return 1.0
    return 0.5 if standing.issue.category in _SEVERE else 0.2


def _age(standing: IssueStanding, now: datetime) -> float:
    days = max(0.0, (now - standing.issue.opened_at).total_seconds() / 86_400)
    return min(1.0, (days + _longer(standing)) / _FULL_DAYS)


def _longer(standing: IssueStanding) -> int:
    """Days it is said to have lasted before anybody told it, as far as they count."""
    if standing.since is None:
        return 0
    before = (standing.issue.opened_at.date() - standing.since).days
    return min(max(0, before), _MOST_LONGER)


def _earlier(standing: IssueStanding) -> float:
    if standing.postponed:
        return 1.0 if standing.postponed > 1 else _ONCE
    return _REFUSED if standing.rejected else 0.0
