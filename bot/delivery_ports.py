"""What delivery needs of the outbox, and the small values it works with."""

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from planning.pushes import Rank
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
    def rank(self) -> Rank:
        """How pressing it is where it must be pushed."""
        ...

    @property
    def created_at(self) -> datetime:
        """When it was laid in."""
        ...

    @property
    def next_try_at(self) -> datetime:
        """Not to be sent by itself before."""
        ...

    @property
    def tried_at(self) -> datetime | None:
        """When the wire was first touched for it."""
        ...

    @property
    def useful_until(self) -> datetime | None:
        """After that it is of no use to anyone; None: always."""
        ...

    @property
    def carried_by(self) -> int | None:
        """The row of the same chat that takes it along."""
        ...


class OutboxPort(Protocol):
    """The outbox within one transaction."""

    async def claim(self, now: datetime, lease: timedelta, limit: int, /) -> Sequence[OutboxRow]:
        """The oldest due row of each free lane, leased."""
        ...

    async def beside(self, row_ids: Collection[int], /) -> Mapping[int, Sequence[OutboxRow]]:
        """By row: what else of its chat waits, oldest first."""
        ...

    async def carried(self, row_id: int, /) -> Sequence[OutboxRow]:
        """What a row takes along, oldest first."""
        ...

    async def lease_instead(self, row_id: int, other_id: int, until: datetime, /) -> None:
        """Free a claimed row and lease another of its lane in its place."""
        ...

    async def mark_sending(
        self, row_id: int, method: SendMethod, now: datetime, along: Collection[int] = (), /
    ) -> frozenset[int]:
        """About to touch the wire; raises `Conflict` unless the row was waiting.

        Gives those of `along` that really go with it.
        """
        ...

    async def mark_sent(
        self, row_id: int, now: datetime, units: int, about: Sequence[tuple[str, str]] = (), /
    ) -> None:
        """Delivered with what it took along, the quota units it used, and what was `about` which report.

        Each of `about` is the platform's message id and a report's code.
        """
        ...

    async def mark_retry(self, row_id: int, next_try_at: datetime, error: str, /) -> None:
        """Not delivered; again at that time, with the same along."""
        ...

    async def put_off(
        self,
        row_id: int,
        until: datetime,
        error: str,
        /,
        *,
        held_since: datetime | None = None,
        fresh: bool = True,
    ) -> None:
        """Not before `until`, in nobody's way till then. `held_since`: it waits for a reply.

        `fresh`: surely no try of it was taken, so that it may go with others than before.
        """
        ...

    async def let_go(self, row_id: int, /, *, tried: bool = False) -> None:
        """What a row took along goes by itself again; `tried`: never along any more."""
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
    """Settings of delivery. `line_month_limit`: pushes a month (300 is Thailand's free plan).

    `gather`: how long a push waits for others to the same person, to leave as one. `carry`: how long
    a message waits for a day with room or for the person's next reply. `give_up`: how long one is tried.
    """

    line_month_limit: int = 300
    line_reserve: int = 30
    gather: timedelta = timedelta(minutes=2)
    carry: timedelta = timedelta(days=14)
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
    """What became of a row: "sent", "dead", "uncertain", or with `again_at` "retry", "gather", "held".

    "gather": it waits for others to the same person. "held": for their next reply, or a day with room
    (`fresh`: surely no try of it was taken). `about`: which message that went out speaks of which report.
    """

    row_id: int
    state: str
    error: str = ""
    units: int = 0
    again_at: datetime | None = None
    fresh: bool = True
    about: tuple[tuple[str, str], ...] = ()

    async def write(self, outbox: OutboxPort, now: datetime) -> None:
        """Note it in the outbox, and in the log where somebody goes without an answer."""
        if self.state in ("dead", "uncertain"):
            _log.warning("outbox row %d is %s: %s", self.row_id, self.state, self.error)
        if self.state == "sent":
            await outbox.mark_sent(self.row_id, now, self.units, self.about)
        elif self.state == "retry":
            await outbox.mark_retry(self.row_id, self.again_at or now, self.error)
        elif self.state in ("gather", "held"):
            held, at = now if self.state == "held" else None, self.again_at or now
            await outbox.put_off(self.row_id, at, self.error, held_since=held, fresh=self.fresh)
        elif self.state == "dead":
            await outbox.mark_dead(self.row_id, self.error)
        else:
            await outbox.mark_uncertain(self.row_id, self.error)
