"""Issues, the log of links to them, those who stand behind them and what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from planning.issues import (
    Issue,
    IssueStanding,
    IssueState,
    LinkAction,
    LinkedBy,
    LinkEvent,
    StatusUpdate,
)
from planning.reports import Kind, Report, ReportState
from storage.base import Repository, batches, missing, position
from storage.reports import report_of
from storage.standings import in_area, standings_query, tellings_queries
from storage.tables_matters import issues, link_events, reports, status_updates, supporters


def issue_of(row: Row[Any]) -> Issue:
    """The issue of a row of `issues`."""
    return Issue(
        id=row.id,
        code=row.code,
        village_code=row.village_code,
        category=row.category,
        kind=Kind(row.kind),
        neutral_line=row.neutral_line,
        place=row.place,
        position=position(row),
        state=IssueState(row.state),
        confidential=row.confidential,
        emergency=row.emergency,
        opened_at=row.opened_at,
        last_told_at=row.last_told_at,
    )


def _columns(issue: Issue) -> dict[str, Any]:
    columns = asdict(replace(issue, position=None))
    del columns["id"], columns["position"]
    place = issue.position
    return columns | {"lat": place and place.lat, "lon": place and place.lon}


def _standing(row: Row[Any]) -> IssueStanding:
    return IssueStanding(
        issue=issue_of(row),
        people=row.number_people,
        reports=row.number_reports,
        photos=row.number_photos,
        supporters=row.number_supporters,
        households=row.most_households,
        since=row.earliest_since,
        vulnerable=bool(row.is_vulnerable),
        postponed=row.number_postponed,
        rejected=row.number_rejected,
    )


def link_event_of(row: Row[Any]) -> LinkEvent:
    """The line of the link log of a row."""
    return LinkEvent(
        report_id=row.report_id,
        issue_id=row.issue_id,
        action=LinkAction(row.action),
        by=LinkedBy(row.by),
        at=row.at,
        reason=row.reason,
        score=row.score,
        actor_id=row.actor_id,
        desk_id=row.desk_id,
    )


class Issues(Repository):
    """Queries on issues."""

    async def add(self, issue: Issue) -> Issue:
        """Keep a new issue (id 0); `Conflict` when its code is taken."""
        return replace(issue, id=await self._add(issues, _columns(issue)))

    async def update(self, issue: Issue) -> None:
        """Keep what is newly known of an issue."""
        changed = update(issues).where(issues.c.id == issue.id).values(**_columns(issue))
        if (await self._run(changed)).rowcount != 1:
            raise missing()

    async def by_id(self, issue_id: int) -> Issue:
        """The issue of a number; `NotFound` when there is none."""
        row = await self._row(select(issues).where(issues.c.id == issue_id))
        if not row:
            raise missing()
        return issue_of(row)

    async def by_code(self, code: str) -> Issue | None:
        """The issue of a code as it is stored."""
        row = await self._row(select(issues).where(issues.c.code == code))
        return issue_of(row) if row else None

    async def by_codes(self, codes: Sequence[str]) -> tuple[Issue, ...]:
        """The issues of several codes, in no order; unknown codes are left out."""
        found: list[Issue] = []
        for run in batches(codes):
            rows = await self._rows(select(issues).where(issues.c.code.in_(run)))
            found += map(issue_of, rows)
        return tuple(found)

    async def standings(
        self,
        area: str = "",
        states: Collection[IssueState] | None = None,
        confidential: bool | None = False,
    ) -> tuple[IssueStanding, ...]:
        """Issues of an area with what stands behind each, first opened first, merged ones left out.

        `states` None: in any; `confidential` None: both. People are counted once each over the
        reports linked now and not withdrawn; a supporter who also told counts as teller only.
        """
        wanted = set(IssueState if states is None else states) - {IssueState.MERGED}
        query = standings_query(in_area(area, wanted, confidential))
        return tuple(map(_standing, await self._rows(query)))

    async def standing(self, issue_id: int) -> IssueStanding:
        """What stands behind one issue, in whatever state; `NotFound` when there is none."""
        row = await self._row(standings_query(issues.c.id == issue_id))
        if not row:
            raise missing()
        return _standing(row)

    async def record(self, event: LinkEvent) -> None:
        """Append to the link log, and bring the report's present link in step with it."""
        report = reports.c.id == event.report_id
        # the row's lock makes the log's order the order in which the link was changed
        await self._row(select(reports.c.id).where(report).with_for_update())
        await self._run(insert(link_events).values(**asdict(event)))
        if event.action is LinkAction.LINK:
            await self._run(update(reports).where(report).values(issue_id=event.issue_id))
        else:
            linked = report & (reports.c.issue_id == event.issue_id)
            await self._run(update(reports).where(linked).values(issue_id=None))

    async def link_events(
        self, issue_id: int | None = None, report_id: int | None = None
    ) -> tuple[LinkEvent, ...]:
        """The link log in order, of one issue or one report where asked."""
        query = select(link_events).order_by(link_events.c.id)
        if issue_id is not None:
            query = query.where(link_events.c.issue_id == issue_id)
        if report_id is not None:
            query = query.where(link_events.c.report_id == report_id)
        return tuple(map(link_event_of, await self._rows(query)))

    async def tellings(
        self, village_codes: Collection[str], limit_issues: int = 300, per_issue: int = 5
    ) -> tuple[tuple[Issue, tuple[Report, ...]], ...]:
        """Issues a new telling may be about, newest told first, with some of their reports.

        Of each issue at most `per_issue` reports, oldest first: its first and its newest ones,
        withdrawn ones left out. Confidential issues are among them: look before showing.
        """
        which, whose = tellings_queries(village_codes, limit_issues, per_issue)
        told: dict[int, list[Report]] = {}
        found = [issue_of(row) for row in await self._rows(which)]
        for row in await self._rows(whose) if found else ():
            told.setdefault(row.issue_id, []).append(report_of(row))
        return tuple((issue, tuple(told.get(issue.id, ()))) for issue in found)

    async def contributors(self, issue_id: int) -> tuple[int, ...]:
        """Ids of the people behind an issue: who told it (and did not withdraw) or supports it."""
        tellers = select(reports.c.person_id).where(
            reports.c.issue_id == issue_id, reports.c.state != ReportState.WITHDRAWN
        )
        backers = select(supporters.c.person_id).where(supporters.c.issue_id == issue_id)
        return tuple(sorted(row[0] for row in await self._rows(tellers.union(backers))))

    async def support(self, issue_id: int, person_id: int, now: datetime) -> bool:
        """A person says «me too»; False when they had."""
        if await self.supported_since(issue_id, person_id) is not None:
            return False
        row = {"said_of_id": issue_id, "person_id": person_id, "since": now}
        return await self._add_new(supporters, row | {"issue_id": issue_id})

    async def unsupport(self, issue_id: int, person_id: int) -> bool:
        """A person takes «me too» back; False when there was none."""
        s = supporters.c
        gone = delete(supporters).where(s.issue_id == issue_id, s.person_id == person_id)
        return (await self._run(gone)).rowcount > 0

    async def supported_since(self, issue_id: int, person_id: int) -> datetime | None:
        """Since when a person has said «me too»; None when they do not."""
        s = supporters.c
        mine = select(s.since).where(s.issue_id == issue_id, s.person_id == person_id)
        row = await self._row(mine.order_by(s.since))
        return row.since if row else None

    async def supported(self, person_id: int, limit: int = 20) -> tuple[Issue, ...]:
        """Issues a person says «me too» to, the last first."""
        s = supporters.c
        said = select(s.issue_id, func.max(s.since).label("last")).where(s.person_id == person_id)
        latest = said.group_by(s.issue_id).subquery("latest")
        query = select(issues).join(latest, latest.c.issue_id == issues.c.id)
        query = query.order_by(latest.c.last.desc(), issues.c.id.desc())
        return tuple(map(issue_of, await self._rows(query.limit(limit))))

    async def pass_support(self, from_issue: int, to_issue: int) -> None:
        """Those who said «me too» to one issue say it to another, where it turns out to be the same."""
        s = supporters.c
        moving = select(s.person_id, func.min(s.since).label("since"))
        moving = moving.where(s.issue_id == from_issue).group_by(s.person_id)
        for row in await self._rows(moving):
            await self.support(to_issue, row.person_id, row.since)
        await self._run(delete(supporters).where(s.issue_id == from_issue))

    async def add_status(self, update: StatusUpdate) -> int:
        """Note a change of state for those behind the issue (the issue's own state is `update`'s).

        Gives the number of the note.
        """
        return await self._add(status_updates, asdict(update))

    async def statuses(self, issue_id: int) -> tuple[StatusUpdate, ...]:
        """All changes of state of an issue, oldest first."""
        mine = select(status_updates).where(status_updates.c.issue_id == issue_id)
        return tuple(
            StatusUpdate(
                issue_id=row.issue_id,
                state=IssueState(row.state),
                at=row.at,
                words=row.words,
                actor_id=row.actor_id,
            )
            for row in await self._rows(mine.order_by(status_updates.c.id))
        )
