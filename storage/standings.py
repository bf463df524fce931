"""Queries that count what stands behind issues, and pick reports to compare a new telling with."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, or_, select

from planning.issues import JOINABLE_STATES, IssueState
from planning.reports import ReportState
from storage.base import within
from storage.tables_matters import issues, reports, supporters

_counted = reports.c.state != ReportState.WITHDRAWN


def standings_query(
    *,
    issue_id: int | None = None,
    area: str = "",
    states: Collection[IssueState] | None = None,
    confidential: bool | None = None,
) -> Select[Any]:
    """Issues with their numbers of people, reports, photos and (other) supporters."""
    behind = reports.c.issue_id == issues.c.id
    own = select(reports.c.id).where(
        behind, _counted, reports.c.person_id == supporters.c.person_id
    )
    told = (
        select(
            reports.c.issue_id,
            func.count(reports.c.person_id.distinct()).label("people"),
            func.count().label("reports"),
            func.sum(reports.c.photos).label("photos"),
        )
        .where(_counted, reports.c.issue_id.is_not(None))
        .group_by(reports.c.issue_id)
    )
    if issue_id is not None:
        told = told.where(reports.c.issue_id == issue_id)
    t = told.subquery("told")
    backed = (
        select(func.count())
        .select_from(supporters)
        .where(supporters.c.issue_id == issues.c.id, ~own.exists())
        .correlate(issues)
        .scalar_subquery()
    )
    query = select(
        issues,
        func.coalesce(t.c.people, 0).label("number_people"),
        func.coalesce(t.c.reports, 0).label("number_reports"),
        func.coalesce(t.c.photos, 0).label("number_photos"),
        backed.label("number_supporters"),
    ).select_from(issues.outerjoin(t, t.c.issue_id == issues.c.id))
    if issue_id is not None:
        return query.where(issues.c.id == issue_id)
    query = query.where(within(issues.c.village_code, area))
    if states is not None:
        query = query.where(issues.c.state.in_(states))
    if confidential is not None:
        query = query.where(issues.c.confidential == confidential)
    return query.order_by(issues.c.opened_at, issues.c.id)


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
    of_issue = {"partition_by": r.issue_id}
    ranked = (
        select(
            reports,
            func.row_number().over(**of_issue, order_by=(r.first_told_at, r.id)).label("first"),
            func.row_number()
            .over(**of_issue, order_by=(r.first_told_at.desc(), r.id.desc()))
            .label("newest"),
        )
        .where(r.issue_id.in_(select(picked.c.id)), _counted)
        .subquery("ranked")
    )
    c = ranked.c
    whose = select(ranked).where(or_(c.first == 1, c.newest < per_issue))
    return which, whose.order_by(c.issue_id, c.first_told_at, c.id)
