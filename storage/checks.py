"""Whom we asked whether a matter said to be done is done, and what they answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Row, func, select, union_all, update

from planning.reports import ReportState
from storage.base import Repository
from storage.tables_joining_in import done_checks
from storage.tables_matters import reports, supporters

CheckAnswer = Literal["done", "not_yet"]


@dataclass(frozen=True, kw_only=True)
class DoneCheck:
    """One person asked after one change of state; `answer` None until they answered."""

    issue_id: int
    status_id: int
    person_id: int
    asked_at: datetime
    answer: CheckAnswer | None = None
    answered_at: datetime | None = None


def _check(row: Row[Any]) -> DoneCheck:
    return DoneCheck(
        issue_id=row.issue_id,
        status_id=row.status_id,
        person_id=row.person_id,
        asked_at=row.asked_at,
        answer=row.answer,
        answered_at=row.answered_at,
    )


class Checks(Repository):
    """Queries on what contributors say of what is said to be done."""

    async def ask(self, issue_id: int, status_id: int, person_id: int, now: datetime) -> bool:
        """Note that a person is asked about a change of state; False when they had been."""
        row = {
            "issue_id": issue_id,
            "status_id": status_id,
            "person_id": person_id,
            "asked_at": now,
        }
        return await self._add_new(done_checks, row)

    async def find(self, status_id: int, person_id: int) -> DoneCheck | None:
        """What a person was asked after a change of state."""
        d = done_checks.c
        mine = select(done_checks).where(d.status_id == status_id, d.person_id == person_id)
        row = await self._row(mine)
        return _check(row) if row is not None else None

    async def open_of(self, person_id: int, since: datetime) -> tuple[DoneCheck, ...]:
        """What a person was asked since then and has not answered."""
        d = done_checks.c
        mine = (d.person_id == person_id) & d.answer.is_(None) & (d.asked_at >= since)
        return tuple(map(_check, await self._rows(select(done_checks).where(mine))))

    async def answer(
        self, status_id: int, person_id: int, answer: CheckAnswer, now: datetime
    ) -> bool:
        """Keep a person's answer; False when they had answered, or were not asked."""
        d = done_checks.c
        mine = (d.status_id == status_id) & (d.person_id == person_id) & d.answer.is_(None)
        said = update(done_checks).where(mine).values(answer=answer, answered_at=now)
        return (await self._run(said)).rowcount == 1

    async def latest_behind(self, issue_id: int) -> tuple[int, ...]:
        """Ids of those who told or support an issue, whoever did so last first."""
        r, s = reports.c, supporters.c
        told = select(r.person_id, r.last_told_at.label("at")).where(
            r.issue_id == issue_id, r.state != ReportState.WITHDRAWN
        )
        backed = select(s.person_id, s.since.label("at")).where(s.issue_id == issue_id)
        both = union_all(told, backed).subquery("both")
        last = func.max(both.c.at)
        query = select(both.c.person_id).group_by(both.c.person_id)
        rows = await self._rows(query.order_by(last.desc(), both.c.person_id.desc()))
        return tuple(row.person_id for row in rows)
