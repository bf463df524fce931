"""Putting a platform's account in order, and saying what is wrong with it. Shared values."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing looked at. `good` False needs somebody's hand; `what` says what was found and to do."""

    channel: str
    topic: str
    good: bool
    what: str


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to change, in words; nothing names a token or a person."""

    channel: str
    what: str
