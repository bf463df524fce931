"""What follows a forum: matters put aside, and how a district ranks."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, insert, select

from planning.issues import IssueState
from planning.ranking import WEIGHTS, Weights
from planning.reports import ReportState
from planning.returning import PutAside
from storage.base import Repository, within
from storage.tables_after import rank_weights
from storage.tables_matters import issues, reports, supporters
from storage.tables_plans import resolutions

_ASIDE = (IssueState.REJECTED, IssueState.POSTPONED)


class After(Repository):
    """Queries on what forums put aside, and on the weights of the ranking."""

    async def put_aside(self, area: str) -> tuple[PutAside, ...]:
        """Public matters of an area that the last resolution on them rejected or postponed, by issue."""
        i, r = issues.c, resolutions.c
        last = select(func.max(r.id)).where(r.issue_id == i.id).correlate(issues).scalar_subquery()
        query = select(
            i.id, i.code, i.state, r.decided_at, r.returns_on, r.reason,
            _told_anew().label("told_anew"), _backed_anew().label("backed_anew"),
        )  # fmt: skip
        query = query.select_from(issues).join(resolutions, r.id == last)
        query = query.where(within(i.village_code, area), i.state.in_(_ASIDE), ~i.confidential)
        return tuple(
            PutAside(
                issue_id=row.id,
                issue_code=row.code,
                state=IssueState(row.state),
                decided_at=row.decided_at,
                returns_on=row.returns_on,
                reason=row.reason,
                told_anew=row.told_anew + row.backed_anew,
            )
            for row in await self._rows(query.order_by(i.id))
        )

    async def weights(self, district_code: str) -> Weights:
        """By which weights a district ranks: its own, else the usual ones."""
        w = rank_weights.c
        query = select(w.weights).where(w.district_code == district_code)
        row = await self._row(query.order_by(w.id.desc()).limit(1))
        return Weights(**json.loads(row.weights)) if row and row.weights else WEIGHTS

    async def set_weights(self, district_code: str, weights: Weights | None, now: datetime) -> None:
        """From now on a district ranks by these; None: by the usual ones."""
        told = json.dumps(asdict(weights)) if weights else ""
        row = {"district_code": district_code, "weights": told, "at": now}
        await self._run(insert(rank_weights).values(**row))


def _told_anew() -> ScalarSelect[int]:
    """People whose first telling of the issue came after the resolution, and who did not support it before."""
    r, earlier = reports.c, reports.alias("earlier")
    mine = (
        (r.issue_id == issues.c.id) & (r.first_told_at > resolutions.c.decided_at) & _told(reports)
    )
    before = select(earlier.c.id).where(
        earlier.c.issue_id == issues.c.id,
        earlier.c.person_id == r.person_id,
        earlier.c.first_told_at <= resolutions.c.decided_at,
        _told(earlier),
    )
    s = supporters.c
    backed = select(s.person_id).where(
        s.issue_id == issues.c.id,
        s.person_id == r.person_id,
        s.since <= resolutions.c.decided_at,
    )
    count = select(func.count(r.person_id.distinct())).where(mine)
    count = count.where(
        ~before.correlate(issues, resolutions, reports).exists(),
        ~backed.correlate(issues, resolutions, reports).exists(),
    )
    return count.correlate(issues, resolutions).scalar_subquery()


def _backed_anew() -> ScalarSelect[int]:
    """People who support the issue since the resolution, and did not tell it."""
    s = supporters.c
    told = select(reports.c.id).where(
        reports.c.issue_id == issues.c.id, reports.c.person_id == s.person_id, _told(reports)
    )
    count = select(func.count(s.person_id.distinct())).where(
        s.issue_id == issues.c.id,
        s.since > resolutions.c.decided_at,
        ~told.correlate(issues, supporters).exists(),
    )
    return count.correlate(issues, resolutions).scalar_subquery()


def _told(table: Any) -> ColumnElement[bool]:
    counted: ColumnElement[bool] = table.c.state != ReportState.WITHDRAWN
    return counted
