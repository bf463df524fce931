"""Notices of a forum: that it is called, moved or called off, and a word on the day before."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from planning.forums import CarriedOver, Outcome
from planning.issues import IssueState
from planning.reports import Channel


class NoticeKind(StrEnum):
    """What a notice says of a forum. `AGENDA`: told with the news that one's own matter is before it."""

    AGENDA = "agenda"
    CALLED = "called"
    MOVED = "moved"
    CALLED_OFF = "called_off"
    REMINDER = "reminder"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One notice, to `people` people of the village and `groups` groups.

    `key` is unique within the forum. `when_key`: when and where it said the forum is
    (`planning.convening.when_key`). `to_people`: not to groups alone.
    """

    id: int
    forum_id: int
    key: str
    kind: NoticeKind
    held_on: date | None
    when_key: str
    to_people: bool
    people: int
    groups: int
    at: datetime
    actor_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Listener:
    """Where one person can be written to; a person with two channels is two of these."""

    person_id: int
    language: str
    channel: Channel
    user_id: str = field(repr=False)
    chat_id: str = field(repr=False)


SETTLED = frozenset(
    {
        IssueState.DONE,
        IssueState.CLOSED,
        IssueState.NOT_POSSIBLE,
        IssueState.REJECTED,
        IssueState.MERGED,
    }
)
"""States in which nothing more is to come of a matter: the next forum hears it once."""


@dataclass(frozen=True, kw_only=True)
class OldResolution:
    """The last word of an earlier forum on an issue, and where that stands `since` when."""

    issue_id: int
    issue_code: str
    line: str = field(repr=False)
    state: IssueState
    forum_number: str
    forum_id: int
    since: datetime
    outcome: Outcome = Outcome.APPROVED
    reason: str = field(default="", repr=False)


def carried_over(
    old: tuple[OldResolution, ...], last_agenda: datetime | None, again: Collection[str] = ()
) -> tuple[CarriedOver, ...]:
    """What วาระที่ ๓ tells: what is still to come, and what was settled since the last agenda.

    `last_agenda`: when the agenda before this one was frozen. What had been merged into another
    matter is told there. `again`: codes of the matters that are items of this agenda.
    """
    before = IssueState.BEFORE_FORUM
    known = (replace(one, state=before) if one.issue_code in again else one for one in old)
    return tuple(
        CarriedOver(
            issue_code=one.issue_code,
            line=one.line,
            forum_number=one.forum_number,
            state=one.state,
            outcome=None if one.outcome is Outcome.APPROVED else one.outcome,
            reason="" if one.outcome is Outcome.APPROVED else one.reason,
        )
        for one in known
        if one.state is not IssueState.MERGED
        and (one.state not in SETTLED or last_agenda is None or one.since > last_agenda)
    )
