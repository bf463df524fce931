"""How agenda items are ranked: a plain sum whose parts are printed beside each item."""

import math
from dataclasses import dataclass
from datetime import datetime

from planning.areas import Village
from planning.issues import IssueStanding

_SEVERE = frozenset({"disaster", "safety", "electricity", "water_supply", "health", "traffic"})
_HOMES_A_VOICE = 4
_MOST_LONGER = 30


@dataclass(frozen=True, kw_only=True)
class Weights:
    """Most points each part can give; a district may set its own."""

    size: float = 40.0
    severity: float = 30.0
    age: float = 20.0
    evidence: float = 10.0


@dataclass(frozen=True, kw_only=True)
class ScoreParts:
    """Points by part; `total` is their sum, 0..100 with the default weights."""

    size: float
    severity: float
    age: float
    evidence: float

    @property
    def total(self) -> float:
        """Sum of the parts."""
        return round(self.size + self.severity + self.age + self.evidence, 1)


def score(
    standing: IssueStanding, village: Village, now: datetime, weights: Weights | None = None
) -> ScoreParts:
    """Score of one issue.

    size: people and supporters, log scale, full at a quarter of the households (at least 12). Where one
    of them says how many households it concerns, that number, up to four for each voice.
    severity: danger to life full, categories that touch life or basic supply half, else a fifth.
    age: days since first told, and up to 30 more where it is said to last longer, full at 90.
    evidence: photos and position, half each.
    """
    w = weights or Weights()
    issue = standing.issue
    full = max(12, (village.households or 48) // 4)
    voices = standing.people + standing.supporters
    voices = max(voices, min(standing.households, _HOMES_A_VOICE * voices))
    days = max(0.0, (now - issue.opened_at).total_seconds() / 86_400) + _longer(standing)
    severe = 1.0 if issue.emergency else 0.5 if issue.category in _SEVERE else 0.2
    evidence = 0.5 * (standing.photos > 0) + 0.5 * (issue.position is not None)
    return ScoreParts(
        size=round(w.size * min(1.0, math.log1p(voices) / math.log1p(full)), 1),
        severity=round(w.severity * severe, 1),
        age=round(w.age * min(1.0, days / 90), 1),
        evidence=round(w.evidence * evidence, 1),
    )


def _longer(standing: IssueStanding) -> int:
    """Days it is said to have lasted before anybody told it, as far as they count."""
    if standing.since is None:
        return 0
    before = (standing.issue.opened_at.date() - standing.since).days
    return min(max(0, before), _MOST_LONGER)
