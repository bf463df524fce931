"""What may be pushed on a channel that counts pushes by the month, and what waits for a reply.

A pushed message costs money or is one of a few hundred; a reply to somebody's own message is free. So
what must be pushed is ranked, and each rank may use some of the day's share of what the month has left.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import IntEnum
from fractions import Fraction
from math import ceil

from planning.thai import BANGKOK

COUNTING_ZONE = timezone(timedelta(hours=9))
"""LINE counts its months in Japan's time."""
WARN_AT = (80, 95)
"""Percent of the month's limit at which those who run the system are told, once each."""
_LOOK_HOUR = 8
_DANGER_LOOK = timedelta(hours=1)


class Rank(IntEnum):
    """Why something is sent without being asked for; the lowest goes first.

    ANSWER: to what the person said, when it missed its free reply. OUTCOME: what became of their own
    matter.
    """

    DANGER = 0
    ANSWER = 1
    OUTCOME = 2
    FORUM = 3
    DIGEST = 4
    OTHER = 5


DAY_SHARES = {
    Rank.OUTCOME: Fraction(12),
    Rank.FORUM: Fraction(10),
    Rank.DIGEST: Fraction(1, 2),
    Rank.OTHER: Fraction(1, 4),
}
"""How many days' shares of what is left a rank may use on one day; danger and answers are not held
to days. A digest never uses what a forum's notice, later in the month, will need."""


@dataclass(frozen=True, kw_only=True)
class PushBudget:
    """Units of one month: `used` so far, `used_today` of them today, `reserve` kept for danger.

    `days_left` counts today, so it is at least 1.
    """

    limit: int
    reserve: int
    used: int
    used_today: int
    days_left: int


def room(budget: PushBudget, rank: Rank) -> int:
    """How many more units a message of that rank may use now, never below zero.

    Danger may use all that the month has. Everything else leaves the reserve alone; and what is not
    an answer keeps to its shares of the day.
    """
    if rank is Rank.DANGER:
        return max(0, budget.limit - budget.used)
    spendable = max(0, budget.limit - budget.reserve)
    free = max(0, spendable - budget.used)
    if rank is Rank.ANSWER:
        return free
    at_dawn = max(0, spendable - (budget.used - budget.used_today))
    share = ceil(at_dawn * DAY_SHARES[rank] / max(1, budget.days_left))
    return max(0, min(free, share - budget.used_today))


def month_start(now: datetime) -> datetime:
    """The first moment of the present counted month, aware, in `now`'s zone."""
    return _at_day(now, day=1)


def day_start(now: datetime) -> datetime:
    """The first moment of the present counted day, aware, in `now`'s zone."""
    return _at_day(now, day=now.astimezone(COUNTING_ZONE).day)


def _at_day(now: datetime, day: int) -> datetime:
    there = now.astimezone(COUNTING_ZONE)
    begun = there.replace(day=day, hour=0, minute=0, second=0, microsecond=0)
    return begun.astimezone(now.tzinfo)


def month_end(now: datetime) -> datetime:
    """The first moment of the next counted month, aware, in `now`'s zone."""
    return month_start(month_start(now) + timedelta(days=31, hours=12))


def month_name(now: datetime) -> str:
    """The counted month as "2026-11"."""
    return now.astimezone(COUNTING_ZONE).strftime("%Y-%m")


def days_left(now: datetime) -> int:
    """Days of the counted month from today on, today included."""
    return round((month_end(now) - day_start(now)) / timedelta(days=1))


def next_look(rank: Rank, now: datetime) -> datetime:
    """When a message that may not be pushed now is looked at again: in the morning, or in an hour
    where it is of danger."""
    if rank is Rank.DANGER:
        return now + _DANGER_LOOK
    here = now.astimezone(BANGKOK)
    morning = here.replace(hour=_LOOK_HOUR, minute=0, second=0, microsecond=0)
    return (morning if morning > here else morning + timedelta(days=1)).astimezone(now.tzinfo)


def forecast(used: int, now: datetime) -> int:
    """Units at the end of the month when it goes on as it went; a first day counts as whole."""
    begun, end = month_start(now), month_end(now)
    gone = max(now - begun, timedelta(days=1))
    return round(used * ((end - begun) / gone))


def warnings_due(used: int, limit: int) -> tuple[int, ...]:
    """The percentages of `WARN_AT` that have been reached."""
    return tuple(percent for percent in WARN_AT if limit > 0 and used * 100 >= limit * percent)
