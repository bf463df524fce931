"""What has moved in an area since somebody looked, and what waits there for a decision."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, func, or_, select, update

from planning.issues import JOINABLE_STATES, IssueState, LinkAction, LinkedBy
from planning.outlook import LikelySame, Moved
from planning.reports import ReportState
from storage.base import Repository, within
from storage.standings import in_area, tellers_query
from storage.tables_digests import unsure_links
from storage.tables_joining_in import done_checks
from storage.tables_matters import issues, link_events, reports, status_updates, supporters

_DESK = (LinkedBy.HEAD, LinkedBy.OFFICER)
"""Who joined a report to a matter at the desk: that is no news of the matter."""


class Movements(Repository):
    """Queries on movements. Confidential matters are left out everywhere."""

    async def moved(
        self,
        area: str,
        states: Collection[IssueState],
        after: datetime,
        until: datetime,
    ) -> dict[int, Moved]:
        """By issue id what came after a moment, up to another; issues to which nothing came are left out.

        A voice is a person who told it or supports it, counted when they first stood behind it.
        """
        wanted = in_area(area, states, confidential=False)
        voices = _voices(wanted)
        came = and_(voices.c.at > after, voices.c.at <= until)
        query = select(
            voices.c.issue_id,
            func.min(voices.c.at).label("first"),
            func.sum(case((came, 1), else_=0)).label("number"),
        ).group_by(voices.c.issue_id)
        rows = await self._rows(query)
        return {
            row.issue_id: Moved(fresh=after < row.first <= until, voices=int(row.number))
            for row in rows
            if row.number
        }

    async def tellers(
        self, area: str, states: Collection[IssueState]
    ) -> dict[tuple[str, str], frozenset[int]]:
        """Ids of those who told an area's matters and did not withdraw, by (village, category)."""
        told: dict[tuple[str, str], set[int]] = {}
        for row in await self._rows(tellers_query(in_area(area, states, confidential=False))):
            told.setdefault((row.village_code, row.category), set()).add(row.person_id)
        return {key: frozenset(people) for key, people in told.items()}

    async def changed(
        self, area: str, after: datetime, until: datetime, besides: int | None = None
    ) -> dict[int, IssueState]:
        """State by issue id, for public issues whose state somebody changed in that time.

        `besides`: whose own changes do not count.
        """
        s, by_other = status_updates.c, status_updates.c.actor_id.is_distinct_from(besides)
        inside = in_area(area, set(IssueState) - {IssueState.MERGED}, confidential=False)
        query = select(issues.c.id, issues.c.state).join(status_updates, s.issue_id == issues.c.id)
        said = (s.at > after) & (s.at <= until)
        if besides is not None:
            said &= by_other
        rows = await self._rows(query.where(inside, said).distinct())
        return {row.id: IssueState(row.state) for row in rows}

    async def questions(self, area: str, after: datetime) -> tuple[int, int]:
        """How many public questions wait in an area, and how many of them came after a moment."""
        r = reports.c
        waits = (r.state == ReportState.QUESTION) & ~r.confidential
        new = func.sum(case((r.first_told_at > after, 1), else_=0))
        query = select(func.count().label("all"), new.label("new"))
        row = await self._row(query.where(within(r.village_code, area), waits))
        return (int(row.all), int(row.new or 0)) if row else (0, 0)

    async def disputed(self, area: str) -> dict[int, datetime]:
        """When somebody said «not yet», by issue id, for public issues nobody has moved since."""
        s, d = status_updates.c, done_checks.c
        last = select(func.max(s.at)).where(s.issue_id == issues.c.id).correlate(issues)
        over = {IssueState.DONE, IssueState.NOT_POSSIBLE, IssueState.MERGED}
        open_ones = in_area(area, set(IssueState) - over, confidential=False)
        query = select(issues.c.id, func.max(d.answered_at).label("at")).join(
            done_checks, d.issue_id == issues.c.id
        )
        query = query.where(open_ones, d.answer == "not_yet")
        query = query.where(d.answered_at >= last.scalar_subquery())
        return {row.id: row.at for row in await self._rows(query.group_by(issues.c.id))}

    # likenesses that nobody has judged

    async def note_unsure(self, report_id: int, issue_id: int, score: float, now: datetime) -> None:
        """The machine was not sure whether a report is that issue's, and asked its teller."""
        row = {"report_id": report_id, "issue_id": issue_id, "score": score, "at": now}
        await self._add_new(unsure_links, row)

    async def settle_unsure(self, report_id: int, issue_id: int, now: datetime) -> bool:
        """Somebody said whether it is; False where nothing was open."""
        u = unsure_links.c
        same = (u.report_id == report_id) & (u.issue_id == issue_id) & u.settled_at.is_(None)
        return (
            await self._run(update(unsure_links).where(same).values(settled_at=now))
        ).rowcount == 1

    async def settle_pair(self, one: int, other: int, now: datetime) -> None:
        """Two issues are not the same, whichever reports were doubted."""
        u, r = unsure_links.c, reports.c
        of_one = select(r.id).where(r.issue_id == one)
        of_other = select(r.id).where(r.issue_id == other)
        pair = or_(
            and_(u.report_id.in_(of_one), u.issue_id == other),
            and_(u.report_id.in_(of_other), u.issue_id == one),
        )
        doubted = update(unsure_links).where(pair, u.settled_at.is_(None))
        await self._run(doubted.values(settled_at=now))

    async def unsure(self, area: str, before: datetime, limit: int = 50) -> tuple[LikelySame, ...]:
        """Pairs of public open issues that may be one, asked about before a moment, likeliest first."""
        u, r = unsure_links.c, reports.c
        mine, theirs = issues.alias("mine"), issues.alias("theirs")
        joined = (
            unsure_links.join(reports, r.id == u.report_id)
            .join(mine, mine.c.id == r.issue_id)
            .join(theirs, theirs.c.id == u.issue_id)
        )
        query = select(mine.c.id, theirs.c.id.label("other"), func.max(u.score).label("score"))
        query = query.select_from(joined).where(
            u.settled_at.is_(None),
            u.at <= before,
            r.state == ReportState.LINKED,
            mine.c.id != theirs.c.id,
            within(theirs.c.village_code, area),
            *(_joinable(side) for side in (mine, theirs)),
        )
        query = query.group_by(mine.c.id, theirs.c.id).order_by(func.max(u.score).desc())
        found: dict[tuple[int, int], LikelySame] = {}
        for row in await self._rows(query.limit(limit)):
            pair = (min(row.id, row.other), max(row.id, row.other))
            found.setdefault(pair, LikelySame(one=row.other, other=row.id, score=row.score))
        return tuple(found.values())


def _joinable(side: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = side.c.state.in_(JOINABLE_STATES) & ~side.c.confidential
    return found


def _voices(wanted: ColumnElement[bool]) -> Subquery:
    """(issue, person, when they first stood behind it), over present links and supporters."""
    r, e, s = reports.c, link_events.c, supporters.c
    ids = select(issues.c.id).where(wanted)
    linked = and_(e.report_id == r.id, e.issue_id == r.issue_id)
    told = (
        select(r.issue_id, r.person_id, e.at)
        .select_from(reports.join(link_events, linked))
        .where(
            r.issue_id.in_(ids),
            r.state != ReportState.WITHDRAWN,
            e.action == LinkAction.LINK,
            e.by.not_in(_DESK),
        )
    )
    backed = select(s.issue_id, s.person_id, s.since.label("at")).where(s.issue_id.in_(ids))
    both = told.union_all(backed).subquery("both")
    c = both.c
    first = select(c.issue_id, c.person_id, func.min(c.at).label("at"))
    return first.group_by(c.issue_id, c.person_id).subquery("voices")
