"""How long what is kept, and from which day on it is too old."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from planning.issues import IssueState

CLOSED_STATES = frozenset({IssueState.DONE, IssueState.CLOSED, IssueState.NOT_POSSIBLE})
"""Matters that are over: from then on their photos and words have a time to live."""


@dataclass(frozen=True, kw_only=True)
class Retention:
    """Days that things are kept; 0 keeps them for ever.

    `inbox`: events as they came in, after they were handled. `outbox`: what was said, after it was
    sent or given up. `conversations`: where a conversation stands, after its last message. `photos`,
    `words`: of reports, after their matter is over. `people`: those who have not written for so long.
    `walk_ins`: names of those written down by helpers.
    `own_data`: files made of one's own data.
    """

    inbox: int = 90
    outbox: int = 30
    conversations: int = 180
    photos: int = 365
    words: int = 1095
    people: int = 1095
    walk_ins: int = 1095
    own_data: int = 1


KINDS = tuple(field.name for field in fields(Retention))
"""What is kept for a time, in the order in which it is removed."""


def cutoff(rules: Retention, kind: str, now: datetime) -> datetime | None:
    """The moment before which things of a kind are too old; None when they are kept for ever."""
    days: int = getattr(rules, kind)
    return now - timedelta(days=days) if days else None
