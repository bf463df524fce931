"""Words taken back: emptied where they came in, struck where they are still to be said."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from storage.base import Repository
from storage.inbox import inbox_item
from storage.tables_messages import inbox, outbox
from storage.values import InboxItem, ToldLetter


class Retracting(Repository):
    """Queries that remove words from the inbox and the outbox."""

    async def came_as(self, message_key: str) -> tuple[tuple[InboxItem, bool], ...]:
        """Every event about a message (itself, its edits), and whether it was handled; by arrival."""
        if not message_key:
            return ()
        mine = select(inbox).where(inbox.c.message_key == message_key).order_by(inbox.c.id)
        return tuple(
            (inbox_item(row, self._keys), row.handled_at is not None)
            for row in await self._rows(mine)
        )

    async def empty_event(self, inbox_id: int, payload: str) -> None:
        """Put `payload` (the event without its words) in the place of what came."""
        same = inbox.c.id == inbox_id
        sealed = self._keys.seal(payload)
        await self._run(update(inbox).where(same).values(payload_sealed=sealed))

    async def to_be_said(self) -> tuple[ToldLetter, ...]:
        """Every message that waits to be sent, whoever it is for."""
        o = outbox.c
        return await self._letters(o.finished.is_(None) & (o.method == ""))

    async def said_to(self, person_id: int, since: datetime) -> tuple[ToldLetter, ...]:
        """What was written to a person since then and is no longer waiting."""
        o = outbox.c
        mine = (o.person_id == person_id) & (o.created_at >= since)
        return await self._letters(mine & o.finished.is_not(None))

    async def _letters(self, which: ColumnElement[bool]) -> tuple[ToldLetter, ...]:
        o = outbox.c
        query = select(o.id, o.payload_sealed).where(which).order_by(o.id)
        return tuple(
            ToldLetter(id=row.id, payload=self._keys.open(row.payload_sealed))
            for row in await self._rows(query)
        )

    async def rewrite_letter(self, outbox_id: int, payload: str) -> None:
        """Put other words into a message, sent or not."""
        same = outbox.c.id == outbox_id
        sealed = self._keys.seal(payload)
        await self._run(update(outbox).where(same).values(payload_sealed=sealed))

    async def drop_letter(self, outbox_id: int, payload: str) -> None:
        """A message that waits is not to be sent at all; nothing happens to one on its way."""
        o = outbox.c
        waits = (o.id == outbox_id) & o.finished.is_(None) & (o.method == "")
        dropped = {"finished": "dropped", "error": "taken back"}
        sealed = self._keys.seal(payload)
        await self._run(update(outbox).where(waits).values(**dropped, payload_sealed=sealed))

    async def drop_news(self, key: str, payload: str) -> frozenset[int]:
        """News under that key that waits to be sent is not to be sent at all; whom it was for."""
        o = outbox.c
        waits = o.finished.is_(None) & (o.method == "") & o.dedupe_key.startswith(f"{key}:")
        rows = await self._rows(select(o.id, o.person_id).where(waits))
        for row in rows:
            await self.drop_letter(row.id, payload)
        return frozenset(row.person_id for row in rows if row.person_id is not None)
