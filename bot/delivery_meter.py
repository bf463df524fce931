"""What this month's pushes have used, and whether one more may leave."""

import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.channels.base import ChannelPort, Metered, Quota, RetryLater
from bot.delivery_ports import OutboxPort, Rules
from planning.pushes import (
    PushBudget,
    Rank,
    day_start,
    days_left,
    month_start,
    room,
)
from planning.reports import Channel

QUOTA_WAIT = timedelta(hours=1)

NoteTold = Callable[[Quota], Awaitable[None]]


class Meter:
    """Counts pushes as the outbox and the platform tell, whichever is more.

    The platform is asked at most once an hour, and only when a push is due; `note` keeps what it says.
    """

    def __init__(self, rules: Rules, note: NoteTold | None) -> None:
        self._rules = rules
        self._note = note
        self._used = 0
        self._today = 0
        self._elsewhere = 0
        self._limit: int | None = None
        self._booked: dict[int, int] = {}  # units of pushes on their way, by row
        self._asked_at: datetime | None = None
        self._shut_until: datetime | None = None

    async def read(self, outbox: OutboxPort, now: datetime) -> None:
        """Take our own counts from the outbox."""
        self._used = await outbox.units_since(Channel.LINE, month_start(now))
        self._today = await outbox.units_since(Channel.LINE, day_start(now))

    async def ask(self, port: ChannelPort, now: datetime) -> None:
        """Ask the platform, unless that was done within the hour of this month."""
        asked = self._asked_at
        fresh = asked is not None and max(now - QUOTA_WAIT, month_start(now)) < asked
        if fresh or not isinstance(port, Metered):
            return
        self._asked_at, self._limit, self._elsewhere = now, None, 0
        with contextlib.suppress(RetryLater):  # our own count has to do then
            told = await port.quota()
            self._limit, self._elsewhere = told.limit, max(0, told.used - self._used)
            if self._note:
                await self._note(told)

    @property
    def used(self) -> int:
        """Units used this month, those on their way among them."""
        return self._used + self._elsewhere + sum(self._booked.values())

    @property
    def limit(self) -> int:
        """Units a month: ours, or the platform's where that is less."""
        ours = self._rules.line_month_limit
        return ours if self._limit is None else min(ours, self._limit)

    def affords(self, rank: Rank, cost: int, now: datetime) -> bool:
        """Whether a push of that rank and cost may leave now."""
        if self._shut_until and now < self._shut_until:
            return False
        budget = PushBudget(
            limit=self.limit,
            reserve=self._rules.line_reserve,
            used=self.used,
            used_today=self._today + sum(self._booked.values()),
            days_left=days_left(now),
        )
        return cost <= room(budget, rank)

    def book(self, row_id: int, cost: int) -> None:
        """A push is on its way."""
        self._booked[row_id] = cost

    def settle(self, row_id: int, units: int) -> None:
        """It has ended, and used so many units."""
        self._booked.pop(row_id, None)
        self._used += units
        self._today += units

    def shut(self, now: datetime) -> None:
        """The platform says that the month is used up: no push for an hour."""
        self._shut_until = now + QUOTA_WAIT
