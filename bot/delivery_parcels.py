"""Which waiting messages of one chat leave together: on a free reply, or as one push of five objects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.channels.base import ChannelPort, Metered
from bot.delivery_ports import OutboxRow
from handlers.messages import Reply, replies_from_json
from planning.pushes import Rank


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A row and those it takes along, which share its way, its handle and its fate."""

    head: OutboxRow
    along: tuple[OutboxRow, ...] = ()

    @property
    def rank(self) -> Rank:
        """The most pressing of what is in it."""
        return min(row.rank for row in (self.head, *self.along))

    def replies(self) -> tuple[Reply, ...] | None:
        """Everything in it in the order it was laid in; None when the head cannot be read."""
        own = read(self.head)
        if own is None:
            return None
        parts = [(self.head.id, own), *((row.id, read(row) or ()) for row in self.along)]
        return tuple(reply for _, replies in sorted(parts) for reply in replies)


def read(row: OutboxRow) -> tuple[Reply, ...] | None:
    """The replies of a row, None where they cannot be read."""
    try:
        return replies_from_json(row.payload)
    except (ValueError, KeyError, TypeError):
        return None


def alive(row: OutboxRow, now: datetime) -> bool:
    """Whether a row can still leave as a free reply."""
    return bool(row.reply_handle) and row.reply_until is not None and now < row.reply_until


def packed(
    row: OutboxRow, beside: Sequence[OutboxRow], port: ChannelPort | None, now: datetime
) -> Parcel:
    """The parcel that leaves now for the chat whose turn came with `row`; `beside`: what else waits.

    What was tried before goes with exactly what it took along then: a repeated push may have been
    taken. Danger goes at once and by itself, so that nothing stands before it. Else an answer that can
    still leave free takes the rest along.
    """
    if not isinstance(port, Metered):
        return Parcel(head=row)
    if row.tried_at is not None:
        return Parcel(head=row, along=tuple(b for b in beside if b.carried_by == row.id))
    fresh = [b for b in beside if _may_go_along(b, now)]
    head = _head(row, fresh, now)
    if head.rank is Rank.DANGER:
        return Parcel(head=head)
    others = [other for other in (row, *fresh) if other.id != head.id and not alive(other, now)]
    return Parcel(head=head, along=_fitting(head, others, port))


def _may_go_along(row: OutboxRow, now: datetime) -> bool:
    useful = row.useful_until is None or now < row.useful_until
    return row.carried_by is None and row.tried_at is None and useful


def _head(row: OutboxRow, fresh: Sequence[OutboxRow], now: datetime) -> OutboxRow:
    rows = sorted((row, *fresh), key=lambda r: r.id)
    danger = (r for r in rows if r.rank is Rank.DANGER and r.next_try_at <= now)
    free = (r for r in rows if alive(r, now))
    return next(danger, next(free, row))


def _fitting(head: OutboxRow, others: Sequence[OutboxRow], port: Metered) -> tuple[OutboxRow, ...]:
    """Those of `others` that go with the head in one call, the most pressing first to be chosen."""
    along: list[OutboxRow] = []
    for row in sorted(others, key=lambda r: (r.rank, r.id)):
        if _fits((head, *along), row, port):
            along.append(row)
    return tuple(sorted(along, key=lambda r: r.id))


def _fits(taken: Sequence[OutboxRow], row: OutboxRow, port: Metered) -> bool:
    """Whether one more keeps within the objects and buttons of a call, and no two buttons look alike."""
    own = read(row)
    if own is None or row.rank is Rank.DANGER:
        return False
    before = [reply for other in taken for reply in read(other) or ()]
    alike = {b.label for reply in before for b in reply.buttons}
    alike &= {b.label for reply in own for b in reply.buttons}
    return not alike and port.fits((*before, *own))
