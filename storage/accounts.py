"""Accounts of one person on several channels: joined by the person's own code, and parted again."""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, delete, exists, func, insert, or_, select, update

from planning.reports import Channel
from planning.roles import Role
from storage.base import Repository
from storage.tables_digests import digests
from storage.tables_groups import walk_ins
from storage.tables_matters import reports, supporters
from storage.tables_media import told_parts
from storage.tables_messages import conversations, inbox, outbox
from storage.tables_own_data import account_codes, account_joins, account_tries
from storage.tables_people import identities, roles


class Accounts(Repository):
    """Queries on joined accounts. Codes are kept as keyed hashes."""

    def _key(self, code: str) -> str:
        return self._keys.hash(f"account:{code}")

    async def make_code(
        self, code: str, person_id: int, channel: Channel, now: datetime, life: timedelta
    ) -> None:
        """Keep a code of a person, in the place of earlier ones; `Conflict` when it is taken."""
        await self._run(delete(account_codes).where(account_codes.c.person_id == person_id))
        await self._run(delete(account_codes).where(account_codes.c.expires_at <= now))
        row = {"code_key": self._key(code), "person_id": person_id, "channel": channel}
        await self._add(account_codes, row | {"made_at": now, "expires_at": now + life})

    async def owner(self, code: str, now: datetime) -> tuple[int, Channel] | None:
        """Who made a code that still holds, and on which channel."""
        c = account_codes.c
        query = select(account_codes).where(c.code_key == self._key(code), c.expires_at > now)
        row = await self._row(query)
        return (row.person_id, Channel(row.channel)) if row else None

    async def spend(self, code: str) -> None:
        """The code is used up."""
        await self._run(delete(account_codes).where(account_codes.c.code_key == self._key(code)))

    async def tried(self, person_id: int, now: datetime) -> None:
        """A wrong code was typed."""
        await self._run(insert(account_tries).values(person_id=person_id, at=now))

    async def tries(self, person_id: int, since: datetime) -> int:
        """How many wrong codes a person typed since then."""
        t = account_tries.c
        query = select(func.count()).where(t.person_id == person_id, t.at >= since)
        return int(await self._connection.scalar(query) or 0)

    async def channels(self, person_id: int) -> tuple[Channel, ...]:
        """The channels that know a person."""
        i = identities.c
        query = select(i.channel).where(i.person_id == person_id).order_by(i.id)
        return tuple(Channel(row.channel) for row in await self._rows(query))

    async def joined(self, person_id: int) -> bool:
        """Whether other accounts are joined to this person's."""
        j = account_joins.c
        query = select(j.id).where(j.kept_id == person_id, j.left_at.is_(None)).limit(1)
        return await self._row(query) is not None

    async def join(self, kept_id: int, other_id: int, channel: Channel, now: datetime) -> None:
        """Make the person `other_id` of `channel` one with `kept_id`; what came along is noted."""
        moved: dict[str, Any] = {
            "reports": await self._ids(reports, reports.c.id, other_id),
            "supports": await self._ids(supporters, supporters.c.said_of_id, other_id),
            "both": await self._both_support(kept_id, other_id),
            "roles": await self._roles(other_id),
            "own_roles": await self._roles(kept_id),
        }
        await self._move(reports, other_id, kept_id)
        await self._move(identities, other_id, kept_id)
        await self._move_digests(other_id, kept_id)
        for said_of in moved["supports"]:
            await self._support(said_of, other_id, kept_id, now)
        for table in (supporters, roles):
            await self._run(delete(table).where(table.c.person_id == other_id))
        for role, area in moved["roles"]:
            await self._grant(kept_id, role, area, now)
        row = {"kept_id": kept_id, "other_id": other_id, "channel": channel, "joined_at": now}
        await self._run(insert(account_joins).values(**row, moved=json.dumps(moved)))

    async def note_role(self, person_id: int, channel: Channel, role: Role, area: str) -> None:
        """A role was given to a person who wrote by `channel`: it stays with that account on parting."""
        j = account_joins.c
        mine = select(account_joins).where(j.kept_id == person_id, j.left_at.is_(None))
        for row in await self._rows(mine):
            moved = json.loads(row.moved)
            noted = moved["roles" if row.channel == channel else "own_roles"]
            if [role, area] not in noted:
                noted.append([role, area])
                same = update(account_joins).where(j.id == row.id)
                await self._run(same.values(moved=json.dumps(moved)))

    async def part(self, person_id: int, channel: Channel, now: datetime) -> int:
        """Undo joining: the account of `channel`, or from the first account all; how many parted.

        Both sides forget what was spoken of.
        """
        j = account_joins.c
        mine = select(account_joins).where(j.kept_id == person_id, j.left_at.is_(None))
        rows = await self._rows(mine.order_by(j.id.desc()))
        wanted = [row for row in rows if row.channel == channel] or rows
        if wanted:
            await self._forget_talks(person_id)
        for row in wanted:
            await self._give_back(row, now)
        return len(wanted)

    async def _give_back(self, row: Any, now: datetime) -> None:
        """What was told by the channel goes with it, whenever it was told."""
        moved, kept, other = json.loads(row.moved), row.kept_id, row.other_id
        r, i = reports.c, identities.c
        told = (r.person_id == kept) & or_(r.channel == row.channel, r.id.in_(moved["reports"]))
        await self._run(update(reports).where(told).values(person_id=other))
        await self._give_back_written(row)
        known = (i.person_id == kept) & (i.channel == row.channel)
        await self._run(update(identities).where(known).values(person_id=other))
        for said_of in moved["supports"]:
            await self._support(said_of, kept, other, now)
            if said_of not in moved["both"]:
                await self._unsupport(said_of, kept)
        for role, area in moved["roles"]:
            if await self._revoke(kept, role, area, keep=[role, area] in moved["own_roles"]):
                await self._grant(other, role, area, now)
        left = update(account_joins).where(account_joins.c.id == row.id)
        await self._run(left.values(left_at=now))

    async def _give_back_written(self, row: Any) -> None:
        """What was said to the channel, and what it told for others while joined."""
        kept, other = row.kept_id, row.other_id
        r, w, o = reports.c, walk_ins.c, outbox.c
        by_them = exists().where(
            told_parts.c.report_id == r.id,
            told_parts.c.message_key == inbox.c.message_key,
            inbox.c.message_key != "",
            inbox.c.channel == row.channel,
        )
        written = (r.channel == Channel.WALK_IN) & by_them
        own = update(reports).where(r.person_id == kept, written)
        await self._run(own.values(person_id=other))
        theirs = w.person_id.in_(select(r.person_id).where(written))
        helped = update(walk_ins).where(w.helper_id == kept, theirs)
        await self._run(helped.values(helper_id=other))
        said = update(outbox).where(o.person_id == kept, o.channel == row.channel)
        await self._run(said.values(person_id=other))

    async def _forget_talks(self, person_id: int) -> None:
        known = await self._rows(select(identities).where(identities.c.person_id == person_id))
        talks = [
            self._keys.hash(f"conversation:{row.channel}:{self._keys.open(row.user_sealed)}")
            for row in known
        ]
        gone = delete(conversations).where(conversations.c.conversation_key.in_(talks))
        await self._run(gone)

    async def _ids(self, table: Table, column: Any, person_id: int) -> list[int]:
        query = select(column).where(table.c.person_id == person_id).order_by(column)
        return [row[0] for row in await self._rows(query)]

    async def _both_support(self, kept_id: int, other_id: int) -> list[int]:
        issue = supporters.c.said_of_id
        mine = await self._ids(supporters, issue, kept_id)
        return sorted(set(mine) & set(await self._ids(supporters, issue, other_id)))

    async def _roles(self, person_id: int) -> list[list[str]]:
        mine = select(roles.c.role, roles.c.area).where(roles.c.person_id == person_id)
        return [[row.role, row.area] for row in await self._rows(mine.order_by(roles.c.id))]

    async def _move(self, table: Table, one: int, other: int) -> None:
        await self._run(update(table).where(table.c.person_id == one).values(person_id=other))

    async def _move_digests(self, one: int, other: int) -> None:
        """Digests go along; where both have one of an area, the other's own stays."""
        d = digests.c
        theirs = select(d.area).where(d.person_id == other).scalar_subquery()
        moving = update(digests).where(d.person_id == one, d.area.not_in(theirs))
        await self._run(moving.values(person_id=other))

    async def _support(self, said_of: int, like: int, person_id: int, now: datetime) -> None:
        """A person says «me too» wherever the person `like` says it, who once said it of `said_of`."""
        s = supporters.c
        theirs = select(s.issue_id).where(s.said_of_id == said_of, s.person_id == like)
        if row := await self._row(theirs):
            mine = {"said_of_id": said_of, "person_id": person_id, "issue_id": row.issue_id}
            await self._add_new(supporters, mine | {"since": now})

    async def _unsupport(self, said_of: int, person_id: int) -> None:
        s = supporters.c
        mine = (s.said_of_id == said_of) & (s.person_id == person_id)
        await self._run(delete(supporters).where(mine))

    async def _grant(self, person_id: int, role: str, area: str, now: datetime) -> None:
        row = {"person_id": person_id, "role": Role(role), "area": area, "granted_at": now}
        await self._add_new(roles, row)

    async def _revoke(self, person_id: int, role: str, area: str, *, keep: bool) -> bool:
        c = roles.c
        mine = (c.person_id == person_id) & (c.role == role) & (c.area == area)
        if keep:
            return await self._row(select(c.id).where(mine)) is not None
        return (await self._run(delete(roles).where(mine))).rowcount == 1
