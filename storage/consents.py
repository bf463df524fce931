"""What people allowed and refused."""

from datetime import datetime

from sqlalchemy import insert, select

from planning.consents import ALLOWED_UNASKED, NOTICE_VERSION, Consent, ConsentKind
from storage.base import Repository
from storage.tables_own_data import consents


class Consents(Repository):
    """Queries on consents. Decisions are added, never changed; the last one holds."""

    async def allows(self, person_id: int, kind: ConsentKind) -> bool:
        """Whether the person allows it; for those who never decided, what holds unasked."""
        return (await self.current(person_id))[kind].allowed

    async def current(self, person_id: int) -> dict[ConsentKind, Consent]:
        """What holds now, by kind."""
        found = {
            kind: Consent(kind=kind, allowed=allowed) for kind, allowed in ALLOWED_UNASKED.items()
        }
        mine = select(consents).where(consents.c.person_id == person_id)
        for row in await self._rows(mine.order_by(consents.c.id)):
            kind = ConsentKind(row.kind)
            found[kind] = Consent(kind=kind, allowed=row.allowed, notice=row.notice, at=row.at)
        return found

    async def decide(self, person_id: int, kind: ConsentKind, allowed: bool, now: datetime) -> None:
        """Note a decision, with the notice in force."""
        row = {"person_id": person_id, "kind": kind, "allowed": allowed, "at": now}
        await self._run(insert(consents).values(**row, notice=NOTICE_VERSION))
