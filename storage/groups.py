"""Groups the bot is in, and the codes by which heads bind them to their village."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select, update

from planning.reports import Channel
from storage.base import Repository, missing
from storage.group_values import Group
from storage.tables_groups import group_codes, groups
from storage.tables_people import people
from storage.tables_telling import sent_messages


class Groups(Repository):
    """Queries on groups. Their ids at the platform lie sealed and are found by keyed hash."""

    def _chat_key(self, channel: Channel, chat_id: str) -> str:
        return self._keys.hash(f"group:{channel}:{chat_id}")

    async def find(self, channel: Channel, chat_id: str) -> Group | None:
        """The group of a chat, None when the bot has not met it."""
        key = self._chat_key(channel, chat_id)
        return await self._one(select(groups).where(groups.c.chat_key == key))

    async def find_or_create(self, channel: Channel, chat_id: str, now: datetime) -> Group:
        """The group of a chat, new and unbound when the bot has not met it."""
        known = await self.find(channel, chat_id)
        if known:
            return known
        nobody = insert(people).values(joined_at=now).returning(people.c.id)
        row = {
            "channel": channel,
            "chat_key": self._chat_key(channel, chat_id),
            "chat_sealed": self._keys.seal(chat_id),
            "nobody_id": await self._connection.scalar(nobody),
            "listens": False,
            "greeted": False,
            "joined_at": now,
        }
        await self._add_new(groups, row)
        known = await self.find(channel, chat_id)
        if not known:
            raise missing()
        return known

    async def sent_about(self, channel: Channel, chat_id: str, message_id: str) -> str:
        """Code of the report that a message of the bot's own is about; "" for anybody else's message."""
        key = self._message_key(channel, chat_id, message_id)
        sent = select(sent_messages.c.report_code).where(sent_messages.c.message_key == key)
        row = await self._row(sent) if key else None
        return str(row[0]) if row else ""

    async def of_village(self, village_code: str) -> tuple[Group, ...]:
        """The groups bound to a village, at most one a channel."""
        query = select(groups).where(groups.c.village_code == village_code)
        rows = await self._rows(query.order_by(groups.c.channel))
        return tuple(map(self._group, rows))

    async def bind(self, group: Group, village_code: str) -> None:
        """Make it the village's group on its channel; another of the village is let go."""
        g = groups.c
        other = update(groups).where(g.channel == group.channel, g.village_code == village_code)
        await self._run(other.where(g.id != group.id).values(village_code=None, listens=False))
        listens = group.listens and group.village_code == village_code
        await self._change(group.id, village_code=village_code, listens=listens, left_at=None)

    async def unbind(self, group_id: int) -> None:
        """Let the group go; it is nobody's, and quiet."""
        await self._change(group_id, village_code=None, listens=False)

    async def set_listens(self, group_id: int, listens: bool) -> None:
        """Whether clear matters are taken up unasked."""
        await self._change(group_id, listens=listens)

    async def set_greeted(self, group_id: int) -> None:
        """The greeting was said."""
        await self._change(group_id, greeted=True)

    async def set_left(self, group_id: int, left_at: datetime | None) -> None:
        """When the bot was removed; None: it is back."""
        await self._change(group_id, left_at=left_at)

    async def move(self, group: Group, new_chat_id: str) -> bool:
        """The platform gave the chat a new id; False when that id is known already."""
        if await self.find(group.channel, new_chat_id):
            return False
        key, sealed = self._chat_key(group.channel, new_chat_id), self._keys.seal(new_chat_id)
        await self._change(group.id, chat_key=key, chat_sealed=sealed)
        return True

    async def _change(self, group_id: int, **columns: Any) -> None:
        await self._run(update(groups).where(groups.c.id == group_id).values(**columns))

    async def add_code(
        self, code: str, village_code: str, made_by: int, now: datetime, expires_at: datetime
    ) -> None:
        """Keep a one-time code for a village's group (its hash alone); the maker's older ones end."""
        c = group_codes.c
        older = update(group_codes).where(c.made_by == made_by, c.used_at.is_(None))
        await self._run(older.where(c.village_code == village_code).values(used_at=now))
        row = {
            "code_key": self._keys.hash(f"group code:{code}"),
            "village_code": village_code,
            "made_by": made_by,
            "expires_at": expires_at,
        }
        await self._add(group_codes, row)

    async def use_code(self, code: str, now: datetime) -> tuple[str, int] | None:
        """Use a code up: its village and who made it; None when unknown, used or too old."""
        c = group_codes.c
        mine = update(group_codes).where(c.code_key == self._keys.hash(f"group code:{code}"))
        use = mine.where(c.used_at.is_(None), c.expires_at > now).values(used_at=now)
        row = await self._row(use.returning(c.village_code, c.made_by))
        return (row.village_code, row.made_by) if row else None

    async def count(self) -> int:
        """How many groups are bound and not left."""
        bound = groups.c.village_code.is_not(None) & groups.c.left_at.is_(None)
        return int(await self._connection.scalar(select(func.count()).where(bound)) or 0)

    async def _one(self, query: Select[Any]) -> Group | None:
        row = await self._row(query)
        return self._group(row) if row else None

    def _group(self, row: Row[Any]) -> Group:
        return Group(
            id=row.id,
            channel=Channel(row.channel),
            chat_id=self._keys.open(row.chat_sealed),
            nobody_id=row.nobody_id,
            village_code=row.village_code,
            listens=row.listens,
            greeted=row.greeted,
            left_at=row.left_at,
        )
