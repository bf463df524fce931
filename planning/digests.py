"""The regular digest: when it comes. What it tells of is worked out by `planning.outlook`."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from planning.thai import BANGKOK

DAYS_TH = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LATE = timedelta(hours=1)
_MORNING, _EVENING = 6, 21
"""Hours (Thai time) between which what missed its hour is sent after all."""


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """When a digest comes, in Thai time. `weekday` 0 is Monday; None is every day."""

    weekday: int | None
    hour: int
    minute: int = 0


USUAL = Rhythm(weekday=0, hour=8)
"""Mondays at eight."""


@dataclass(frozen=True, kw_only=True)
class Digest:
    """One person's digest of one area. What happened until `told_until` was told, or was nothing.

    `area`: a code of 2, 4, 6 digits or a village's. `next_at`: when the next is due (aware, UTC).
    """

    id: int
    person_id: int
    area: str
    rhythm: Rhythm
    stopped: bool
    told_until: datetime
    next_at: datetime


def next_at(rhythm: Rhythm, after: datetime) -> datetime:
    """The first moment of the rhythm later than `after`, in `after`'s zone."""
    there = after.astimezone(BANGKOK)
    at = there.replace(hour=rhythm.hour, minute=rhythm.minute, second=0, microsecond=0)
    days = 0 if rhythm.weekday is None else (rhythm.weekday - there.weekday()) % 7
    at += timedelta(days=days)
    if at <= there:
        at += timedelta(days=1 if rhythm.weekday is None else 7)
    return at.astimezone(after.tzinfo)


def may_go(due: datetime, now: datetime) -> bool:
    """Whether a digest that was due then may be sent now: what missed its hour waits out the night."""
    if now < due:
        return False
    return now - due <= _LATE or _MORNING <= now.astimezone(BANGKOK).hour < _EVENING
