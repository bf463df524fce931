"""The log of a forum: lines that are never changed, only struck out by later ones. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Said(StrEnum):
    """What a line of the log says."""

    BEGIN = "begin"
    ATTENDANCE = "attendance"
    CHECK_IN = "check_in"
    OFFICE = "office"
    GUEST = "guest"
    ADOPT = "adopt"
    OPEN_ITEM = "open_item"
    VOTES = "votes"
    OPEN_POLL = "open_poll"
    BALLOT = "ballot"
    CLOSE_POLL = "close_poll"
    RESOLVE = "resolve"
    AMEND = "amend"
    NOTE = "note"
    STRIKE = "strike"
    END = "end"


@dataclass(frozen=True, kw_only=True)
class ForumLine:
    """One line of a forum's log. `key` is unique within the forum: the same line twice counts once.

    `said_at` is the platform's own time, `heard_at` when it reached us (both aware, UTC).
    `content` by kind: see `planning.forum_record.record`.
    """

    id: int
    forum_id: int
    key: str
    said: Said
    said_at: datetime
    heard_at: datetime
    item_number: int | None = None
    actor_id: int | None = None
    content: Mapping[str, Any] = field(default_factory=dict, repr=False)


FOR, AGAINST, ABSTAIN = "for", "against", "abstain"
CHOICES = (FOR, AGAINST, ABSTAIN)
"""What a ballot can say (`choice`)."""
STRIKABLE = frozenset(
    {
        Said.BEGIN,
        Said.END,
        Said.ATTENDANCE,
        Said.OFFICE,
        Said.GUEST,
        Said.ADOPT,
        Said.VOTES,
        Said.RESOLVE,
        Said.AMEND,
        Said.NOTE,
    }
)
"""What «take the last back» may strike out."""


def in_order(lines: Iterable[ForumLine]) -> tuple[ForumLine, ...]:
    """Each line once, by the time it was said; of one moment by key."""
    once = {line.key: line for line in lines}
    return tuple(sorted(once.values(), key=lambda line: (line.said_at, line.key)))


def last_strikable(lines: Iterable[ForumLine]) -> ForumLine | None:
    """The line that «take the last back» would strike out now."""
    left, _ = standing(in_order(lines))
    return next((line for line in reversed(left) if line.said in STRIKABLE), None)


def poll_open_at(lines: Iterable[ForumLine], number: int, at: datetime) -> ForumLine | None:
    """The line that opened the poll on an item which a ballot of that time belongs to."""
    opened = None
    for line in in_order(lines):
        if line.said_at > at:
            break
        if line.said is Said.END or (line.said is Said.CLOSE_POLL and line.item_number == number):
            opened = None
        elif line.said is Said.OPEN_POLL and line.item_number == number:
            opened = line
    return opened


def standing(lines: tuple[ForumLine, ...]) -> tuple[list[ForumLine], int]:
    """The lines that no later one struck out, and how many were."""
    keys = {line.key for line in lines if line.said in STRIKABLE}
    struck: set[str] = set()
    before: list[str] = []
    for line in lines:
        if line.said is Said.STRIKE:
            named = line.content.get("key")
            open_ones = [key for key in before if key not in struck]
            struck |= {named} & keys if named else set(open_ones[-1:])
        elif line.said in STRIKABLE:
            before.append(line.key)
    return [x for x in lines if x.said is not Said.STRIKE and x.key not in struck], len(struck)
