"""Queries that count what stands behind issues, and pick reports to compare a new telling with."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    Subquery,
    cast,
    func,
    or_,
    select,
)

from planning.forums import Outcome
from planning.issues import JOINABLE_STATES, IssueState
from planning.reports import ReportState
from storage.base import within
from storage.tables_matters import issues, reports, supporters
from storage.tables_plans import resolutions

_counted = reports.c.state != ReportState.WITHDRAWN


def in_area(
    area: str, states: Collection[IssueState], confidential: bool | None
) -> ColumnElement[bool]:
    """Issues of an area in some states; `confidential` None: both."""
    found = within(issues.c.village_code, area) & issues.c.state.in_(states)
    return found if confidential is None else found & (issues.c.confidential == confidential)


def standings_query(wanted: ColumnElement[bool]) -> Select[Any]:
    """The wanted issues, first opened first, with the numbers of what stands behind each."""
    told = _told(select(issues.c.id).where(wanted))
    query = select(
        issues,
        func.coalesce(told.c.people, 0).label("number_people"),
        func.coalesce(told.c.reports, 0).label("number_reports"),
        func.coalesce(told.c.photos, 0).label("number_photos"),
        _backed().label("number_supporters"),
        func.coalesce(told.c.households, 0).label("most_households"),
        told.c.since.label("earliest_since"),
        func.coalesce(told.c.vulnerable, 0).label("is_vulnerable"),
        _decided(Outcome.POSTPONED).label("number_postponed"),
        _decided(Outcome.REJECTED).label("number_rejected"),
    )
    query = query.select_from(issues.outerjoin(told, told.c.issue_id == issues.c.id))
    return query.where(wanted).order_by(issues.c.opened_at, issues.c.id)


def _told(issue_ids: Select[tuple[int]]) -> Subquery:
    """Distinct people, reports and photos by issue, over reports linked now and not withdrawn."""
    return (
        select(
            reports.c.issue_id,
            func.count(reports.c.person_id.distinct()).label("people"),
            func.count().label("reports"),
            func.sum(reports.c.photos).label("photos"),
            func.max(reports.c.households).label("households"),
            func.min(reports.c.since).label("since"),
            func.max(cast(reports.c.vulnerable, Integer)).label("vulnerable"),
        )
        .where(reports.c.issue_id.in_(issue_ids), _counted)
        .group_by(reports.c.issue_id)
        .subquery("told")
    )


def tellers_query(wanted: ColumnElement[bool]) -> Select[Any]:
    """Who told the wanted issues, once for each village and category."""
    told = select(issues.c.village_code, issues.c.category, reports.c.person_id).distinct()
    joined = told.join_from(issues, reports, reports.c.issue_id == issues.c.id)
    return joined.where(wanted, _counted)


def _backed() -> ScalarSelect[int]:
    """Supporters of an issue who did not tell it themselves, once each."""
    told_it = select(reports.c.id).where(
        reports.c.issue_id == supporters.c.issue_id,
        reports.c.person_id == supporters.c.person_id,
        _counted,
    )
    told_it = told_it.correlate(supporters)
    mine = supporters.c.issue_id == issues.c.id
    count = select(func.count(supporters.c.person_id.distinct())).where(mine, ~told_it.exists())
    return count.correlate(issues).scalar_subquery()


def _decided(outcome: Outcome) -> ScalarSelect[int]:
    """At how many forums an issue was so resolved."""
    r = resolutions.c
    count = select(func.count(r.forum_id.distinct()))
    mine = count.where(r.issue_id == issues.c.id, r.outcome == outcome)
    return mine.correlate(issues).scalar_subquery()


def tellings_queries(
    village_codes: Collection[str], limit_issues: int, per_issue: int
) -> tuple[Select[Any], Select[Any]]:
    """The joinable issues of some villages, newest told first, and some reports of each."""
    i, r = issues.c, reports.c
    which = (
        select(issues)
        .where(i.village_code.in_(village_codes), i.state.in_(JOINABLE_STATES))
        .order_by(i.last_told_at.desc(), i.id.desc())
        .limit(limit_issues)
    )
    picked = which.with_only_columns(i.id).subquery("picked")
    first = func.row_number().over(partition_by=r.issue_id, order_by=[r.first_told_at, r.id])
    newest = func.row_number().over(
        partition_by=r.issue_id, order_by=[r.first_told_at.desc(), r.id.desc()]
    )
    ranked = (
        select(*r, first.label("first"), newest.label("newest"))
        .where(r.issue_id.in_(select(picked.c.id)), _counted)
        .subquery("ranked")
    )
    c = ranked.c
    whose = select(*c).where(or_(c.first == 1, c.newest < per_issue))
    return which, whose.order_by(c.issue_id, c.first_told_at, c.id)
