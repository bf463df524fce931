"""Issues: the one problem or need behind one or many reports, and the log of links to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from planning.reports import Kind, Position


class IssueState(StrEnum):
    """What became of a matter; closed is not fixed, so each step has its own word."""

    NOTED = "noted"
    BEFORE_FORUM = "before_forum"
    VILLAGE_WORK = "village_work"
    IN_BANK = "in_bank"
    IN_PLAN = "in_plan"
    FUNDED = "funded"
    UNDER_WAY = "under_way"
    DONE = "done"
    POSTPONED = "postponed"
    REJECTED = "rejected"
    CLOSED = "closed"
    PASSED_UP = "passed_up"
    NOT_POSSIBLE = "not_possible"
    MERGED = "merged"


OPEN_STATES = frozenset({IssueState.NOTED, IssueState.BEFORE_FORUM, IssueState.POSTPONED})
"""Matters that a forum may still take up."""

JOINABLE_STATES = frozenset(
    set(IssueState)
    - {IssueState.DONE, IssueState.CLOSED, IssueState.NOT_POSSIBLE, IssueState.MERGED}
)
"""Matters a new telling may still be about (after DONE, the same fault is a new issue)."""


GOING_STATES = frozenset(
    {
        IssueState.VILLAGE_WORK,
        IssueState.PASSED_UP,
        IssueState.IN_PLAN,
        IssueState.FUNDED,
        IssueState.UNDER_WAY,
    }
)
"""Matters that something is being done about: who tells of them is glad to hear it at once."""


@dataclass(frozen=True, kw_only=True)
class Issue:
    """One matter of one village. `neutral_line` is the formal wording for agendas (no names)."""

    id: int
    code: str
    village_code: str
    category: str
    kind: Kind
    neutral_line: str = field(repr=False)
    place: str = field(repr=False)
    position: Position | None = field(repr=False)
    state: IssueState
    confidential: bool
    emergency: bool
    opened_at: datetime
    last_told_at: datetime


@dataclass(frozen=True, kw_only=True)
class IssueStanding:
    """An issue with what stands behind it: people counted once each, reports, supporters.

    `households` is the most that one of them says it concerns, `since` the earliest day one names.
    `vulnerable`: one says that it strikes the old, the ill, the disabled, the pregnant or children.
    `postponed` and `rejected`: how many forums put it off or refused it.
    """

    issue: Issue
    people: int
    reports: int
    photos: int
    supporters: int = 0
    households: int = 0
    since: date | None = None
    vulnerable: bool = False
    postponed: int = 0
    rejected: int = 0


class LinkAction(StrEnum):
    """What happened between a report and an issue."""

    LINK = "link"
    UNLINK = "unlink"


class LinkedBy(StrEnum):
    """Who said so."""

    OPENED = "opened"
    MACHINE = "machine"
    REPORTER = "reporter"
    HEAD = "head"
    OFFICER = "officer"


@dataclass(frozen=True, kw_only=True)
class LinkEvent:
    """One line of the link log; never changed or removed. `score` in 0..1 where a machine spoke.

    `desk_id`: the event of the issue desk that it follows from (see `planning.desk`).
    """

    report_id: int
    issue_id: int
    action: LinkAction
    by: LinkedBy
    at: datetime
    reason: str = field(default="", repr=False)
    score: float | None = None
    actor_id: int | None = None
    desk_id: int | None = None


def present_links(events: Iterable[LinkEvent]) -> dict[int, int]:
    """Issue id by report id after replaying `events` in order.

    Unlinking from an issue the report is not linked to changes nothing.
    """
    links: dict[int, int] = {}
    for event in events:
        if event.action is LinkAction.LINK:
            links[event.report_id] = event.issue_id
        elif links.get(event.report_id) == event.issue_id:
            del links[event.report_id]
    return links


@dataclass(frozen=True, kw_only=True)
class StatusUpdate:
    """A change of state told to every contributor. `words` is the officer's or forum's reason."""

    issue_id: int
    state: IssueState
    at: datetime
    words: str = field(default="", repr=False)
    actor_id: int | None = None
