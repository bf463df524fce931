"""What is too old is emptied or removed, a chunk at a time; the same again changes nothing."""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, delete, func, or_, select, update

from planning.issues import IssueState
from planning.retention import CLOSED_STATES
from storage.album import Album
from storage.base import Repository
from storage.held import NEUTRAL
from storage.tables_groups import walk_ins
from storage.tables_matters import attachments, issues, reports, status_updates
from storage.tables_media import earlier_words, told_parts
from storage.tables_messages import conversations, inbox, outbox
from storage.tables_own_data import own_files
from storage.tables_people import identities, people, roles


class TooOld(Repository):
    """Queries on what was kept for long enough. Each gives rows of one kind older than a moment."""

    async def count(self, kind: str, before: datetime) -> int:
        """How many there are."""
        found = self._found(kind, before).subquery()
        return int(await self._connection.scalar(select(func.count()).select_from(found)) or 0)

    async def ids(self, kind: str, before: datetime, limit: int) -> tuple[Any, ...]:
        """Some of them."""
        rows = await self._rows(self._found(kind, before).limit(limit))
        return tuple(row[0] for row in rows)

    def _found(self, kind: str, before: datetime) -> Select[Any]:
        table, column = _TABLES[kind]
        return select(table.c[column]).where(_OLD[kind](before)).order_by(table.c[column])

    async def remove(self, kind: str, ids: Collection[Any]) -> None:
        """Empty or remove these rows of a kind. People are not removed here but erased."""
        table, column = _TABLES[kind]
        these = table.c[column].in_(ids)
        if kind == "photos":
            await self._free(these)
        if kind == "own_data":
            await Album(self._connection, self._keys).discard(ids)
        if kind in _ROWS_GO:
            await self._run(delete(table).where(these))
            return
        await self._run(update(table).where(these).values(**self._emptied(kind)))
        for words in (told_parts, earlier_words) if kind == "words" else ():
            await self._run(delete(words).where(words.c.report_id.in_(ids)))

    def _emptied(self, kind: str) -> dict[str, Any]:
        seal = self._keys.seal
        if kind == "inbox":
            return {"payload_sealed": seal("{}"), "sender_key": "", "message_key": ""}
        if kind == "outbox":
            empty = seal("")
            return {
                "payload_sealed": seal("[]"),
                "chat_sealed": empty,
                "reply_handle_sealed": empty,
                "lane_key": "",
            }
        if kind == "photos":
            gone = {"media_sealed": seal(""), "message_key": "", "state": "gone"}
            return gone | {"file_id": "", "preview_id": "", "photo_hash": ""}
        return {"text": NEUTRAL, "masked_text": NEUTRAL, "lat": None, "lon": None}

    async def _free(self, these: ColumnElement[bool]) -> None:
        a = attachments.c
        rows = await self._rows(select(a.file_id, a.preview_id).where(these))
        names = {name for row in rows for name in row if name}
        await Album(self._connection, self._keys).discard(names)


_OVER = (*CLOSED_STATES, IssueState.MERGED)


def _closed(before: datetime) -> Select[Any]:
    """Issues that are over, and of which nothing was said since then."""
    s = status_updates.c
    said = select(func.max(s.at)).where(s.issue_id == issues.c.id).scalar_subquery()
    over = issues.c.state.in_(CLOSED_STATES)
    quiet = func.coalesce(said, issues.c.last_told_at) < before
    return select(issues.c.id).where(over, quiet, issues.c.last_told_at < before)


def _photos(before: datetime) -> ColumnElement[bool]:
    mine = select(reports.c.id).where(reports.c.issue_id.in_(_closed(before)))
    return attachments.c.report_id.in_(mine) & (attachments.c.state == "kept")


def _words(before: datetime) -> ColumnElement[bool]:
    r = reports.c
    told = or_(r.text != NEUTRAL, r.masked_text != NEUTRAL, r.lat.is_not(None))
    return r.issue_id.in_(_closed(before)) & told


def _silent(before: datetime) -> ColumnElement[bool]:
    """People a channel knows, without a role, who told nothing and were answered nothing since.

    Not those who told of a matter that is still open: their words are still needed.
    """
    p = people.c
    told = select(reports.c.id).where(reports.c.person_id == p.id, reports.c.last_told_at >= before)
    heard = select(outbox.c.id).where(outbox.c.person_id == p.id, outbox.c.created_at >= before)
    open_still = (
        select(reports.c.id)
        .join(issues, issues.c.id == reports.c.issue_id)
        .where(reports.c.person_id == p.id, issues.c.state.not_in(_OVER))
    )
    known = select(identities.c.id).where(identities.c.person_id == p.id)
    acts = select(roles.c.id).where(roles.c.person_id == p.id)
    return (
        (p.joined_at < before)
        & known.exists()
        & ~acts.exists()
        & ~told.exists()
        & ~heard.exists()
        & ~open_still.exists()
    )


def _written_down(before: datetime) -> ColumnElement[bool]:
    """Names of people written down by helpers, for whom nothing was told since."""
    told = select(reports.c.id).where(
        reports.c.person_id == walk_ins.c.person_id, reports.c.last_told_at >= before
    )
    return (walk_ins.c.written_at < before) & ~told.exists()


_ROWS_GO = frozenset({"conversations", "own_data", "walk_ins"})
_TABLES: dict[str, tuple[Table, str]] = {
    "inbox": (inbox, "id"),
    "outbox": (outbox, "id"),
    "conversations": (conversations, "conversation_key"),
    "photos": (attachments, "id"),
    "words": (reports, "id"),
    "people": (people, "id"),
    "walk_ins": (walk_ins, "person_id"),
    "own_data": (own_files, "file_id"),
}
_OLD: dict[str, Callable[[datetime], ColumnElement[bool]]] = {
    "inbox": lambda before: (inbox.c.handled_at < before) & (inbox.c.sender_key != ""),
    "outbox": lambda before: (
        outbox.c.finished.is_not(None) & (outbox.c.created_at < before) & (outbox.c.lane_key != "")
    ),
    "conversations": lambda before: conversations.c.updated_at < before,
    "photos": _photos,
    "words": _words,
    "people": _silent,
    "walk_ins": _written_down,
    "own_data": lambda before: own_files.c.made_at < before,
}
