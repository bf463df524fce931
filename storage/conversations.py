"""Where each conversation stands."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update

from planning.errors import Conflict
from planning.reports import Channel
from storage.base import Repository
from storage.tables_messages import conversations
from storage.values import StoredConversation


class Conversations(Repository):
    """Queries on conversations. States lie sealed, under a keyed hash of whose they are."""

    def _key(self, channel: Channel, user_id: str) -> str:
        return self._keys.hash(f"conversation:{channel}:{user_id}")

    async def load(self, channel: Channel, user_id: str) -> StoredConversation:
        """The state kept for a user, version 0 and "" when none was."""
        mine = conversations.c.conversation_key == self._key(channel, user_id)
        row = await self._row(select(conversations).where(mine))
        if not row:
            return StoredConversation(version=0, state="")
        return StoredConversation(version=row.version, state=self._keys.open(row.state_sealed))

    async def last_used(self, users: Collection[tuple[Channel, str]]) -> tuple[Channel, str] | None:
        """Of one person's (channel, user id) pairs the one they wrote by last; None: by none yet."""
        keys = {self._key(channel, user_id): (channel, user_id) for channel, user_id in users}
        c = conversations.c
        query = select(c.conversation_key).where(c.conversation_key.in_(keys))
        row = await self._row(query.order_by(c.updated_at.desc()).limit(1))
        return keys[row.conversation_key] if row else None

    async def save(
        self, channel: Channel, user_id: str, state: str, expected_version: int, now: datetime
    ) -> None:
        """Keep a state as version `expected_version` + 1; `Conflict` when another was kept since."""
        row = {
            "version": expected_version + 1,
            "state_sealed": self._keys.seal(state),
            "updated_at": now,
        }
        key = self._key(channel, user_id)
        c = conversations.c
        if expected_version:
            expected = (c.conversation_key == key) & (c.version == expected_version)
            change = update(conversations).where(expected).values(**row)
            kept = (await self._run(change)).rowcount == 1
        else:
            row |= {"conversation_key": key, "channel": channel}
            kept = await self._add_new(conversations, row)
        if not kept:
            raise Conflict("the conversation moved on meanwhile")
