"""People, the identities by which platforms know them, their roles and invitations."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from planning.errors import NotFound
from planning.reports import Channel
from planning.roles import Role, RoleGrant
from storage.base import Repository, areas_over, missing
from storage.tables_people import identities, invitations, people, roles
from storage.values import Address, Person


def _person(row: Row[Any]) -> Person:
    return Person(
        id=row.id,
        village_code=row.village_code,
        joined_at=row.joined_at,
        noticed_at=row.noticed_at,
        language=row.language,
        second_village=row.second_village_code,
        outside=row.outside,
        village_asked_at=row.village_asked_at,
    )


def _grant(row: Row[Any]) -> RoleGrant:
    return RoleGrant(person_id=row.person_id, role=Role(row.role), area=row.area)


class People(Repository):
    """Queries on people. Platforms' ids are kept sealed and found by keyed hash."""

    def _key(self, channel: Channel, user_id: str) -> str:
        return self._keys.hash(f"user:{channel}:{user_id}")

    async def find(self, channel: Channel, user_id: str) -> Person | None:
        """The person whom a channel knows by `user_id`."""
        joined = people.join(identities, identities.c.person_id == people.c.id)
        key = self._key(channel, user_id)
        row = await self._row(
            select(people).select_from(joined).where(identities.c.user_key == key)
        )
        return _person(row) if row else None

    async def find_or_create(
        self, channel: Channel, user_id: str, chat_id: str, now: datetime
    ) -> Person:
        """The person whom a channel knows by `user_id`, new at `now` when unknown.

        `chat_id` is where one writes to the person; it is kept from the first time on.
        """
        known = await self.find(channel, user_id)
        if known:
            return known
        person = await self.new_walk_in(None, now)
        identity = {
            "person_id": person.id,
            "channel": channel,
            "user_key": self._key(channel, user_id),
            "user_sealed": self._keys.seal(user_id),
            "chat_sealed": self._keys.seal(chat_id),
            "reachable": True,
            "created_at": now,
        }
        if await self._add_new(identities, identity):
            return person
        await self._run(delete(people).where(people.c.id == person.id))
        known = await self.find(channel, user_id)
        if not known:
            raise missing()
        return known

    async def by_id(self, person_id: int) -> Person:
        """The person of a number; `NotFound` when there is none."""
        row = await self._row(select(people).where(people.c.id == person_id))
        if not row:
            raise missing()
        return _person(row)

    async def new_walk_in(self, village_code: str | None, now: datetime) -> Person:
        """A new person whom no channel knows, as when somebody else writes for them."""
        row = {"village_code": village_code, "joined_at": now}
        added = insert(people).values(row).returning(people)
        return _person((await self._connection.execute(added)).one())

    async def set_village(self, person_id: int, code: str | None) -> None:
        """Where the person lives (code of a known village)."""
        await self._change(person_id, village_code=code)

    async def set_second_village(self, person_id: int, code: str | None) -> None:
        """Another village of the person (code of a known village), None for none."""
        await self._change(person_id, second_village_code=code)

    async def set_outside(self, person_id: int, outside: bool) -> None:
        """Whether the person lives in none of our villages."""
        await self._change(person_id, outside=outside)

    async def set_village_asked(self, person_id: int, now: datetime) -> None:
        """At `now` the person said where they live, or was asked whether it is still so."""
        await self._change(person_id, village_asked_at=now)

    async def set_noticed(self, person_id: int, now: datetime) -> None:
        """The privacy notice was shown at `now`."""
        await self._change(person_id, noticed_at=now)

    async def set_language(self, person_id: int, language: str) -> None:
        """What to speak with the person: "th" or "en"."""
        await self._change(person_id, language=language)

    async def _change(self, person_id: int, **columns: Any) -> None:
        await self._run(update(people).where(people.c.id == person_id).values(**columns))

    async def addresses(self, person_id: int) -> tuple[Address, ...]:
        """Where the person can be written to; channels that were blocked are left out."""
        mine = (identities.c.person_id == person_id) & identities.c.reachable
        rows = await self._rows(select(identities).where(mine).order_by(identities.c.id))
        return tuple(
            Address(
                channel=Channel(row.channel),
                user_id=self._keys.open(row.user_sealed),
                chat_id=self._keys.open(row.chat_sealed),
            )
            for row in rows
        )

    async def set_reachable(self, channel: Channel, user_id: str, reachable: bool) -> None:
        """Whether a channel still delivers to `user_id`; nothing happens when unknown."""
        key = self._key(channel, user_id)
        change = update(identities).where(identities.c.user_key == key)
        await self._run(change.values(reachable=reachable))

    async def grants(self, person_id: int) -> tuple[RoleGrant, ...]:
        """Roles of a person, oldest first."""
        rows = await self._rows(
            select(roles).where(roles.c.person_id == person_id).order_by(roles.c.id)
        )
        return tuple(map(_grant, rows))

    async def holders(self, role: Role, village_code: str) -> tuple[int, ...]:
        """Ids of the people who hold `role` in an area that covers the village."""
        over = roles.c.area.in_(areas_over(village_code))
        query = select(roles.c.person_id).where(roles.c.role == role, over).distinct()
        return tuple(r.person_id for r in await self._rows(query.order_by(roles.c.person_id)))

    async def all_grants(self) -> tuple[RoleGrant, ...]:
        """Every role that anybody holds, oldest first."""
        return tuple(map(_grant, await self._rows(select(roles).order_by(roles.c.id))))

    async def grant(self, person_id: int, role: Role, area: str, now: datetime) -> RoleGrant:
        """Give a role within an area; giving it twice is giving it once."""
        row = {"person_id": person_id, "role": role, "area": area, "granted_at": now}
        await self._add_new(roles, row)
        return RoleGrant(person_id=person_id, role=role, area=area)

    async def invite(
        self, token: str, role: Role, area: str, expires_at: datetime, now: datetime
    ) -> None:
        """Promise a role to whoever brings `token` before `expires_at`; only its hash is kept."""
        row = {
            "token_key": self._keys.hash(f"invitation:{token}"),
            "role": role,
            "area": area,
            "created_at": now,
            "expires_at": expires_at,
        }
        await self._add(invitations, row)

    async def redeem(self, token: str, person_id: int, now: datetime) -> RoleGrant:
        """Give the role of an invitation, once; `NotFound` when unknown, used or expired."""
        i = invitations.c
        mine = i.token_key == self._keys.hash(f"invitation:{token}")
        valid = (i.used_at.is_(None)) & (i.expires_at > now)
        use = update(invitations).where(mine, valid).values(used_at=now, used_by=person_id)
        row = await self._row(use.returning(i.role, i.area))
        if not row:
            raise NotFound("รหัสเชิญนี้ใช้ไม่ได้แล้วค่ะ อาจหมดอายุหรือมีผู้ใช้ไปแล้ว ขอรหัสใหม่จากอำเภอได้นะคะ")
        return await self.grant(person_id, Role(row.role), row.area, now)
