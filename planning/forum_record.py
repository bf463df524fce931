"""What happened at a forum: a log of what was said there, and the record it folds into.

The log is the truth: a line is never changed, only struck out by a later one. Lines may come late, twice
or in any order (a phone that was without a network); the record is made of them in the order of
`said_at`, so that it does not depend on when they came.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from planning.forums import Outcome, Way


class Said(StrEnum):
    """What a line of the log says."""

    BEGIN = "begin"
    ATTENDANCE = "attendance"
    CHECK_IN = "check_in"
    OFFICE = "office"
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


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """Who came: counted by hand, or checked in by phone. Households where they were counted."""

    people: int = 0
    households: int | None = None
    checked_in: int = 0


@dataclass(frozen=True, kw_only=True)
class Votes:
    """Votes on one item, counted by hand or (`polled`) on the phones of those checked in."""

    for_it: int
    against: int
    abstained: int = 0
    polled: bool = False


@dataclass(frozen=True, kw_only=True)
class ItemRecord:
    """What happened on one item of the frozen agenda. `line`: as amended, "" where it was not."""

    number: int
    line: str = field(default="", repr=False)
    votes: Votes | None = None
    outcome: Outcome | None = None
    way: Way | None = None
    decided_at: datetime | None = None
    notes: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, kw_only=True)
class ForumRecord:
    """A forum as it went: what the minutes are written from.

    `chair`, `recorder`: names as the head gave them, "" where not. `notes`: what was said under no item.
    `corrections`: how many lines were struck out or said anew before the minutes were closed.
    """

    forum_id: int
    began_at: datetime | None = None
    ended_at: datetime | None = None
    chair: str = field(default="", repr=False)
    recorder: str = field(default="", repr=False)
    attendance: Attendance = Attendance()
    items: tuple[ItemRecord, ...] = ()
    open_item: int | None = None
    notes: tuple[str, ...] = field(default=(), repr=False)
    corrections: int = 0
