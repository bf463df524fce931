"""Repository of people."""

from datetime import datetime

from planning.reports import Channel
from planning.roles import Role, RoleGrant
from storage.base import Repository
from storage.values import Address, Person


class People(Repository):
    """Queries on people."""

    async def find(self, channel: Channel, user_id: str) -> Person | None:
        """See the contract."""
        raise NotImplementedError

    async def find_or_create(
        self, channel: Channel, user_id: str, chat_id: str, now: datetime
    ) -> Person:
        """See the contract."""
        raise NotImplementedError

    async def by_id(self, person_id: int) -> Person:
        """See the contract."""
        raise NotImplementedError

    async def new_walk_in(self, village_code: str | None, now: datetime) -> Person:
        """See the contract."""
        raise NotImplementedError

    async def set_village(self, person_id: int, code: str | None) -> None:
        """See the contract."""
        raise NotImplementedError

    async def set_noticed(self, person_id: int, now: datetime) -> None:
        """See the contract."""
        raise NotImplementedError

    async def addresses(self, person_id: int) -> tuple[Address, ...]:
        """See the contract."""
        raise NotImplementedError

    async def set_reachable(self, channel: Channel, user_id: str, reachable: bool) -> None:
        """See the contract."""
        raise NotImplementedError

    async def grants(self, person_id: int) -> tuple[RoleGrant, ...]:
        """See the contract."""
        raise NotImplementedError

    async def holders(self, role: Role, village_code: str) -> tuple[int, ...]:
        """See the contract."""
        raise NotImplementedError

    async def grant(self, person_id: int, role: Role, area: str, now: datetime) -> RoleGrant:
        """See the contract."""
        raise NotImplementedError

    async def invite(
        self, token: str, role: Role, area: str, expires_at: datetime, now: datetime
    ) -> None:
        """See the contract."""
        raise NotImplementedError

    async def redeem(self, token: str, person_id: int, now: datetime) -> RoleGrant:
        """See the contract."""
        raise NotImplementedError
