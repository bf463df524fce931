"""An outbox in memory that keeps the same promises as the stored one."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from bot.delivery_ports import OutboxPort, SendMethod
from handlers.messages import Reply, replies_to_json
from planning.errors import Conflict
from planning.pushes import Rank
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
    rank: Rank
    created_at: datetime
    next_try_at: datetime
    attempts: int = 0
    state: str = "waiting"
    method: str = ""
    error: str = ""
    units: int = 0
    sent_at: datetime | None = None
    leased_until: datetime | None = None
    tried_at: datetime | None = None
    held_since: datetime | None = None
    useful_until: datetime | None = None
    carried_by: int | None = None
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
        rank: Rank = Rank.ANSWER,
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
            rank=Rank.DANGER if urgent else rank,
            created_at=self._clock(),
            next_try_at=self._clock(),
        )
        self.rows.append(row)
        return row

    @asynccontextmanager
    async def open(self) -> AsyncIterator[OutboxPort]:
        """One transaction."""
        yield self
        self.commits += 1

    async def claim(self, now: datetime, lease: timedelta, limit: int, /) -> Sequence[Row]:
        """The oldest due row of each free lane."""
        found: list[Row] = []
        for row in self.rows:
            lane = [r for r in self._lane(row) if r.id != row.id]
            own = row.state == "waiting" and row.carried_by is None and row.next_try_at <= now
            busy = any(r.state == "sending" or _leased(r, now) for r in (row, *lane))
            older = any(r.id < row.id and _in_the_way(r, now) for r in lane)
            if own and not busy and not older:
                found.append(row)
        chosen = sorted(found, key=lambda r: (r.rank, r.id))[:limit]
        for row in chosen:
            row.leased_until = now + lease
        return chosen

    def _lane(self, row: Row) -> list[Row]:
        """Unfinished rows of a row's chat, itself among them."""
        chat = (row.channel, row.chat_id)
        unfinished = (r for r in self.rows if r.state in ("waiting", "sending"))
        return [r for r in unfinished if (r.channel, r.chat_id) == chat]

    async def beside(self, row_ids: Collection[int], /) -> dict[int, Sequence[Row]]:
        """What else of each row's chat waits."""
        return {
            i: [r for r in self._lane(self._row(i)) if r.id != i and r.state == "waiting"]
            for i in row_ids
        }

    async def carried(self, row_id: int, /) -> Sequence[Row]:
        """What a row takes along."""
        return [r for r in self._lane(self._row(row_id)) if r.carried_by == row_id]

    async def lease_instead(self, row_id: int, other_id: int, until: datetime, /) -> None:
        """Lease another row of the lane."""
        self._row(row_id).leased_until, self._row(other_id).leased_until = None, until

    def _row(self, row_id: int) -> Row:
        return self.rows[row_id - 1]

    def _end(self, row_id: int, state: str, error: str = "") -> Row:
        row = self._row(row_id)
        if row.state not in ("waiting", "sending"):
            raise Conflict("settled before")
        row.state, row.error, row.leased_until = state, error, None
        row.history.append(state)
        return row

    async def mark_sending(
        self, row_id: int, method: SendMethod, now: datetime, along: Collection[int] = (), /
    ) -> frozenset[int]:
        """About to touch the wire."""
        row = self._row(row_id)
        if row.state != "waiting":
            raise Conflict("not waiting")
        taken = [r for r in map(self._row, along) if r.carried_by in (None, row_id)]
        taken = [r for r in taken if r.state == "waiting"]
        for one in (row, *taken):
            one.state, one.method, one.tried_at = "sending", method, one.tried_at or now
            one.history.append(f"sending:{method}")
        for one in taken:
            one.carried_by = row_id
        return frozenset(r.id for r in taken)

    def _along(self, row_id: int) -> list[Row]:
        return [r for r in self._lane(self._row(row_id)) if r.carried_by == row_id]

    async def mark_sent(
        self, row_id: int, now: datetime, units: int, about: Sequence[tuple[str, str]] = (), /
    ) -> None:
        """Delivered."""
        for other in self._along(row_id):
            self._end(other.id, "sent").sent_at = now
        row = self._end(row_id, "sent")
        row.sent_at, row.units = now, units

    async def mark_retry(self, row_id: int, next_try_at: datetime, error: str, /) -> None:
        """Again at that time."""
        for other in self._along(row_id):
            self._end(other.id, "waiting", error)
        row = self._end(row_id, "waiting", error)
        row.next_try_at, row.attempts = next_try_at, row.attempts + 1

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
        """Not before that time."""
        along = self._along(row_id)
        row = self._end(row_id, "waiting", error)
        row.next_try_at, row.attempts = until, 0
        row.held_since = row.held_since or held_since
        for other in along:
            other.state = "waiting"
        if fresh:
            row.tried_at = None
            await self.let_go(row_id)

    async def let_go(self, row_id: int, /, *, tried: bool = False) -> None:
        """What was along goes by itself again."""
        for other in self._along(row_id):
            other.state, other.carried_by = "waiting", None
            other.tried_at = other.tried_at if tried else None

    async def mark_dead(self, row_id: int, error: str, /) -> None:
        """Never."""
        await self.let_go(row_id)
        self._end(row_id, "dead", error)

    async def mark_uncertain(self, row_id: int, error: str, /) -> None:
        """Nobody knows."""
        for other in self._along(row_id):
            self._end(other.id, "uncertain", error)
        self._end(row_id, "uncertain", error)

    async def units_since(self, channel: Channel, since: datetime, /) -> int:
        """Units used since then."""
        rows = (r for r in self.rows if r.channel is channel and r.sent_at and r.sent_at >= since)
        return sum(r.units for r in rows)

    async def interrupted(self) -> Sequence[tuple[Row, str]]:
        """Rows left in sending."""
        left = (r for r in self.rows if r.state == "sending")
        return [(r, r.method) for r in left if r.carried_by is None]

    async def release_leases(self) -> None:
        """Free what was claimed and not begun."""
        for row in self.rows:
            if row.state == "waiting":
                row.leased_until = None


def _leased(row: Row, now: datetime) -> bool:
    return row.leased_until is not None and row.leased_until > now


def _in_the_way(row: Row, now: datetime) -> bool:
    put_off = not row.attempts and row.next_try_at > now
    return row.carried_by is None and not put_off
