"""What a measurement comes to: figures with their unit, and an aim where there is one."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Aim:
    """What a figure ought to be: at least `limit`, or at most where `at_most`."""

    limit: float
    at_most: bool = True

    def met(self, value: float) -> bool:
        """Whether `value` is good enough."""
        return value <= self.limit if self.at_most else value >= self.limit

    def __str__(self) -> str:
        return f"{'at most' if self.at_most else 'at least'} {self.limit:g}"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measured number of the measurement `part`; `note` says what else was seen."""

    part: str
    what: str
    value: float
    unit: str
    aim: Aim | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """The aim and whether it was met, "" where there is none."""
        if self.aim is None:
            return ""
        return f"{self.aim}: {'met' if self.aim.met(self.value) else 'MISSED'}"


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of `values` that at least `share` (0 to 1) of them do not exceed; 0.0 of none."""
    ordered = sorted(values)
    return (
        ordered[max(0, -(-round(share * 10_000) * len(ordered) // 10_000) - 1)] if values else 0.0
    )


def spread(values: Sequence[float], digits: int = 2) -> str:
    """How often something was measured, with the least and the most."""
    return f"median of {len(values)}: {min(values):.{digits}f} to {max(values):.{digits}f}"


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return float(statistics.median(values))
