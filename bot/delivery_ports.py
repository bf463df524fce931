"""What delivery needs of the outbox, and the small values it works with."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from planning.reports import Channel

SendMethod = Literal["reply", "push", "send"]
_log = logging.getLogger(__name__)


class OutboxRow(Protocol):
    """A claimed row."""

    @property
    def id(self) -> int:
        """Its number."""
        ...

    @property
    def channel(self) -> Channel:
        """Where it goes."""
        ...

    @property
    def chat_id(self) -> str:
        """To whom."""
        ...

    @property
    def reply_handle(self) -> str:
        """The platform's handle for a reply, or ""."""
        ...

    @property
    def reply_until(self) -> datetime | None:
        """When the handle dies."""
        ...

    @property
    def payload(self) -> str:
        """The replies, as `replies_to_json` wrote them."""
        ...

    @property
    def retry_key(self) -> str:
        """A UUID made when the row was."""
        ...

    @property
    def attempts(self) -> int:
        """How often it was tried before."""
        ...

    @property
    def urgent(self) -> bool:
        """Whether it may use the reserve."""
        ...

    @property
    def created_at(self) -> datetime:
        """When it was laid in."""
        ...


class OutboxPort(Protocol):
    """The outbox within one transaction."""

    async def claim(self, now: datetime, lease: timedelta, limit: int, /) -> Sequence[OutboxRow]:
        """The oldest unsent row of each free lane, leased."""
        ...

    async def mark_sending(self, row_id: int, method: SendMethod, now: datetime, /) -> None:
        """About to touch the wire; raises `Conflict` unless the row was waiting."""
        ...

    async def mark_sent(self, row_id: int, now: datetime, units: int, /) -> None:
        """Delivered, with the quota units it used."""
        ...

    async def mark_retry(self, row_id: int, next_try_at: datetime, error: str, /) -> None:
        """Not delivered; again at that time."""
        ...

    async def mark_dead(self, row_id: int, error: str, /) -> None:
        """Not delivered and never will be."""
        ...

    async def mark_uncertain(self, row_id: int, error: str, /) -> None:
        """Delivered or not; nobody knows."""
        ...

    async def units_since(self, channel: Channel, since: datetime, /) -> int:
        """Quota units used since then."""
        ...

    async def interrupted(self) -> Sequence[tuple[OutboxRow, str]]:
        """Rows left in sending, with their method."""
        ...

    async def release_leases(self) -> object:
        """Free what was claimed and not begun."""
        ...


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Settings of delivery. `line_month_limit`: pushes a month (300 is Thailand's free plan)."""

    line_month_limit: int = 300
    line_reserve: int = 20
    telegram_per_s: float = 25.0
    batch: int = 32
    lease: timedelta = timedelta(minutes=2)
    give_up: timedelta = timedelta(hours=20)


_BURST = timedelta(milliseconds=200)


class Pace:
    """Spreads messages over time at `per_s` a second; after a pause a fifth of that may go at once."""

    def __init__(self, per_s: float) -> None:
        self._per_s = per_s
        self._booked_until: datetime | None = None

    def wait_s(self, now: datetime, messages: int) -> float:
        """Seconds to wait before these messages may leave; books them."""
        start = max(self._booked_until or now - _BURST, now - _BURST)
        self._booked_until = start + timedelta(seconds=messages / self._per_s)
        return max(0.0, (start - now).total_seconds())


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a row: "sent", "retry" (with `again_at`), "dead" or "uncertain"."""

    row_id: int
    state: str
    error: str = ""
    units: int = 0
    again_at: datetime | None = None

    async def write(self, outbox: OutboxPort, now: datetime) -> None:
        """Note it in the outbox, and in the log where somebody goes without an answer."""
        if self.state in ("dead", "uncertain"):
            _log.warning("outbox row %d is %s: %s", self.row_id, self.state, self.error)
        if self.state == "sent":
            await outbox.mark_sent(self.row_id, now, self.units)
        elif self.state == "retry":
            await outbox.mark_retry(self.row_id, self.again_at or now, self.error)
        elif self.state == "dead":
            await outbox.mark_dead(self.row_id, self.error)
        else:
            await outbox.mark_uncertain(self.row_id, self.error)
