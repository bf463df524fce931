"""How much is measured: fully, or quickly to see that the measurements work."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Size:
    """Numbers of what is sent or repeated; `seconds` is the longest any one load may take."""

    commits: int = 500
    rounds: int = 5
    webhooks: int = 4_000
    webhooks_working: int = 4_000
    connections: int = 32
    turns: int = 150
    turn_rounds: int = 3
    single_turns: int = 40
    messages: int = 10_000
    starts: int = 5
    repeats: int = 5
    readings: int = 1_000
    issues: tuple[int, ...] = (1_000, 100_000, 1_000_000)
    seconds: float = 120.0


QUICK = Size(
    commits=50, rounds=1, webhooks=300, webhooks_working=200, turns=40, turn_rounds=1,
    single_turns=5, messages=200, starts=1, repeats=1, readings=60, issues=(1_000, 5_000), seconds=30.0,
)  # fmt: skip
"""Small numbers, whose figures mean little."""
