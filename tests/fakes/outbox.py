"""An outbox in memory that keeps the same promises as the stored one."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from bot.delivery_ports import OutboxPort, SendMethod
from handlers.messages import Reply, replies_to_json
from planning.errors import Conflict
from planning.reports import Channel


@dataclass(kw_only=True)
class Row:
    """One row, changed in place."""

    id: int
    channel: Channel
    chat_id: str
    payload: str
    reply_handle: str
    reply_until: datetime | None
    retry_key: str
    urgent: bool
    created_at: datetime
    attempts: int = 0
    state: str = "waiting"
    method: str = ""
    error: str = ""
    units: int = 0
    sent_at: datetime | None = None
    next_try_at: datetime | None = None
    leased_until: datetime | None = None
    history: list[str] = field(default_factory=list)


class MemoryOutbox:
    """Rows in order; each chat is a lane."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.rows: list[Row] = []
        self.commits = 0
        self._clock = clock

    def add(
        self,
        channel: Channel,
        chat_id: str,
        *replies: Reply | str,
        handle: str = "",
        until: datetime | None = None,
        urgent: bool = False,
    ) -> Row:
        """Lay one answer in."""
        made = tuple(r if isinstance(r, Reply) else Reply(text=r) for r in replies)
        row = Row(
            id=len(self.rows) + 1,
            channel=channel,
            chat_id=chat_id,
            payload=replies_to_json(made),
            reply_handle=handle,
            reply_until=until,
            retry_key=str(uuid4()),
            urgent=urgent,
            created_at=self._clock(),
        )
        self.rows.append(row)
        return row

    @asynccontextmanager
    async def open(self) -> AsyncIterator[OutboxPort]:
        """One transaction."""
        yield self
        self.commits += 1

    async def claim(self, now: datetime, lease: timedelta, limit: int, /) -> Sequence[Row]:
        """The oldest unsent row of each free lane."""
        found: list[Row] = []
        lanes: set[tuple[Channel, str]] = set()
        for row in self.rows:
            lane = (row.channel, row.chat_id)
            if row.state not in ("waiting", "sending") or lane in lanes:
                continue
            lanes.add(lane)
            busy = row.state == "sending" or (row.leased_until and row.leased_until > now)
            due = row.next_try_at is None or row.next_try_at <= now
            if due and not busy:
                row.leased_until = now + lease
                found.append(row)
        return sorted(found, key=lambda r: not r.urgent)[:limit]

    def _row(self, row_id: int) -> Row:
        return self.rows[row_id - 1]

    def _end(self, row_id: int, state: str, error: str = "") -> Row:
        row = self._row(row_id)
        if row.state not in ("waiting", "sending"):
            raise Conflict("settled before")
        row.state, row.error, row.leased_until = state, error, None
        row.history.append(state)
        return row

    async def mark_sending(self, row_id: int, method: SendMethod, now: datetime, /) -> None:
        """About to touch the wire."""
        row = self._row(row_id)
        if row.state != "waiting":
            raise Conflict("not waiting")
        row.state, row.method = "sending", method
        row.history.append(f"sending:{method}")

    async def mark_sent(self, row_id: int, now: datetime, units: int, /) -> None:
        """Delivered."""
        row = self._end(row_id, "sent")
        row.sent_at, row.units = now, units

    async def mark_retry(self, row_id: int, next_try_at: datetime, error: str, /) -> None:
        """Again at that time."""
        row = self._end(row_id, "waiting", error)
        row.next_try_at, row.attempts = next_try_at, row.attempts + 1

    async def mark_dead(self, row_id: int, error: str, /) -> None:
        """Never."""
        self._end(row_id, "dead", error)

    async def mark_uncertain(self, row_id: int, error: str, /) -> None:
        """Nobody knows."""
        self._end(row_id, "uncertain", error)

    async def units_since(self, channel: Channel, since: datetime, /) -> int:
        """Units used since then."""
        rows = (r for r in self.rows if r.channel is channel and r.sent_at and r.sent_at >= since)
        return sum(r.units for r in rows)

    async def interrupted(self) -> Sequence[tuple[Row, str]]:
        """Rows left in sending."""
        return [(r, r.method) for r in self.rows if r.state == "sending"]

    async def release_leases(self) -> None:
        """Free what was claimed and not begun."""
        for row in self.rows:
            if row.state == "waiting":
                row.leased_until = None
