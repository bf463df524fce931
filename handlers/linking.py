"""Joining reports to issues through the event log."""

from dataclasses import dataclass, replace

from handlers.context import Reading, Turn
from handlers.desk_held import as_said
from handlers.news import Teller
from planning.codes import new_code
from planning.desk import DeskAction, in_force
from planning.issues import (
    JOINABLE_STATES,
    Issue,
    IssueStanding,
    IssueState,
    LinkAction,
    LinkedBy,
    LinkEvent,
)
from planning.reports import Report


@dataclass(frozen=True, kw_only=True)
class Settled:
    """What came of joining: an issue to ask about, or the one joined without asking."""

    ask: IssueStanding | None = None
    reasons: tuple[str, ...] = ()
    joined: IssueStanding | None = None


async def settle(turn: Turn, report: Report, reading: Reading) -> Settled:
    """See to it that a report of a known village stands behind an issue.

    Confidential reports always open a matter of their own: joining or asking would tell.
    """
    own = await _own_issue(turn, report)
    if report.issue_id is not None and own is None:
        return await _settle_shared(turn, report, reading)
    apart = await _kept_apart(turn, report) | ({own.id} if own else set())
    for match in () if report.confidential else reading.matches:
        target = await turn.uow.issues.by_code(match.key)
        if target is None or not _open_to_all(target) or target.id in apart:
            continue
        standing = await turn.uow.issues.standing(target.id)
        if match.link and not _new_alarm(report, target):
            line = reading.shared.get(target.code, "")
            await join(turn, report, target, LinkedBy.MACHINE, match.score, match.reasons, line)
            joined = await turn.uow.issues.standing(target.id)
            return Settled(joined=joined)
        await _open_or_refresh(turn, report, reading, own)
        await turn.uow.movements.note_unsure(report.id, target.id, match.score, turn.now)
        return Settled(ask=standing, reasons=match.reasons)
    await _open_or_refresh(turn, report, reading, own)
    return Settled()


async def _kept_apart(turn: Turn, report: Report) -> set[int]:
    """Issues from which somebody (no machine) took the report away: it is not put there again."""
    events = await turn.uow.issues.link_events(report_id=report.id)
    return {
        e.issue_id
        for e in events
        if e.action is LinkAction.UNLINK and e.by not in (LinkedBy.MACHINE, LinkedBy.OPENED)
    }


def _open_to_all(issue: Issue) -> bool:
    return not issue.confidential and issue.state in JOINABLE_STATES


def _new_alarm(report: Report, target: Issue) -> bool:
    """Whether danger is told of that the matter knows nothing of: it is not put away with it unasked."""
    known = target.emergency and target.category == report.category
    return report.emergency and not known


async def _settle_shared(turn: Turn, report: Report, reading: Reading) -> Settled:
    """The report already stands with others': leave it there, unless it has become confidential."""
    issue = await turn.uow.issues.by_id(report.issue_id or 0)
    if report.confidential and not issue.confidential:
        await leave(turn, report, issue, LinkedBy.MACHINE)
        await open_issue(turn, report, reading)
        return Settled()
    later = max(issue.last_told_at, report.last_told_at)
    await turn.uow.issues.update(
        replace(issue, last_told_at=later, emergency=issue.emergency or report.emergency)
    )
    return Settled()


async def _own_issue(turn: Turn, report: Report) -> Issue | None:
    """The issue that only this report stands behind, if there is one still unchanged by a forum."""
    if report.issue_id is None:
        return None
    issue = await turn.uow.issues.by_id(report.issue_id)
    behind = await turn.uow.reports.of_issue(issue.id)
    alone = [r.id for r in behind] == [report.id]
    return issue if alone and issue.state is IssueState.NOTED else None


async def _open_or_refresh(turn: Turn, report: Report, reading: Reading, own: Issue | None) -> None:
    if own is None:
        await open_issue(turn, report, reading)
    else:
        await _redescribe(turn, own, report, reading.line)


async def _redescribe(turn: Turn, issue: Issue, report: Report, line: str) -> None:
    fresh = _described(issue, report, line)
    await turn.uow.issues.update(await as_said(turn, issue, fresh))


async def describe(turn: Turn, report: Report, line: str = "") -> None:
    """Let an issue that only this report stands behind say what the report says now."""
    own = await _own_issue(turn, report)
    if own:
        await _redescribe(turn, own, report, line)


def _described(issue: Issue, report: Report, line: str) -> Issue:
    return replace(
        issue,
        category=report.category,
        kind=report.kind,
        neutral_line=line or issue.neutral_line,
        place=report.place,
        position=report.position,
        confidential=issue.confidential or report.confidential,
        emergency=issue.emergency or report.emergency,
        last_told_at=max(issue.last_told_at, report.last_told_at),
    )


async def open_issue(turn: Turn, report: Report, reading: Reading) -> Issue:
    """A new issue with this report behind it."""
    issue = await turn.uow.issues.add(
        Issue(
            id=0,
            code=new_code("issue"),
            village_code=report.village_code or "",
            category=report.category,
            kind=report.kind,
            neutral_line=reading.line,
            place=report.place,
            position=report.position,
            state=IssueState.NOTED,
            confidential=report.confidential,
            emergency=report.emergency,
            opened_at=report.first_told_at,
            last_told_at=report.last_told_at,
        )
    )
    await _record(turn, report, issue, LinkAction.LINK, LinkedBy.OPENED)
    return issue


async def join(
    turn: Turn,
    report: Report,
    target: Issue,
    by: LinkedBy,
    score: float | None = None,
    reasons: tuple[str, ...] = (),
    line: str = "",
) -> None:
    """Link a report to `target`, leaving the issue it stood behind before.

    `line`: how `target` reads with it; what was written at the desk stays.
    """
    if report.issue_id == target.id:
        return
    if report.issue_id is not None:
        left = await turn.uow.issues.by_id(report.issue_id)
        await leave(turn, report, left, by, heir=target)
    await _record(turn, report, target, LinkAction.LINK, by, score, " · ".join(reasons))
    fresh = replace(
        target,
        neutral_line=line or target.neutral_line,
        last_told_at=max(target.last_told_at, report.last_told_at),
        opened_at=min(target.opened_at, report.first_told_at),
        position=target.position or report.position,
        emergency=target.emergency or report.emergency,
    )
    await turn.uow.issues.update(await as_said(turn, target, fresh) if line else fresh)


async def leave(
    turn: Turn, report: Report, issue: Issue, by: LinkedBy, *, heir: Issue | None = None
) -> None:
    """Unlink a report; an issue with nobody behind it any more is put aside as merged.

    Supporters go with its last report where that turns out to be the `heir`'s matter; else they keep it.
    """
    await _record(turn, report, issue, LinkAction.UNLINK, by)
    if await turn.uow.reports.of_issue(issue.id):
        return
    if heir:
        await turn.uow.issues.pass_support(issue.id, heir.id)
    if not await turn.uow.issues.contributors(issue.id):
        await turn.uow.issues.update(replace(issue, state=IssueState.MERGED))


async def _record(
    turn: Turn,
    report: Report,
    issue: Issue,
    action: LinkAction,
    by: LinkedBy,
    score: float | None = None,
    reason: str = "",
) -> None:
    await turn.uow.issues.record(
        LinkEvent(
            report_id=report.id,
            issue_id=issue.id,
            action=action,
            by=by,
            at=turn.now,
            reason=reason,
            score=score,
            actor_id=turn.person.id,
        )
    )


async def living(turn: Teller, issue: Issue) -> Issue | None:
    """The issue itself, or what it was merged into: by the desk, or where the report that opened it stands
    now. None when it leads nowhere."""
    seen = set()
    while issue.state is IssueState.MERGED and issue.id not in seen:
        seen.add(issue.id)
        there = await _merged_into(turn, issue)
        if there is None:
            return None
        issue = await turn.uow.issues.by_id(there)
    return None if issue.state is IssueState.MERGED else issue


async def _merged_into(turn: Teller, issue: Issue) -> int | None:
    acts = in_force(await turn.uow.desk.of_issue(issue.id))
    merged = [a for a in acts if a.action is DeskAction.MERGE and a.issue_id == issue.id]
    if merged:
        return merged[-1].other_id
    events = await turn.uow.issues.link_events(issue_id=issue.id)
    opener = await turn.uow.reports.by_id(events[0].report_id) if events else None
    return opener.issue_id if opener else None
