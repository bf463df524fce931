"""What a village does by itself (ทำเอง): a to-do list kept as marks, and its photos."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planning.issues import Issue, IssueState


class Mark(StrEnum):
    """What is said of a piece of work. `BEGUN`: it came onto the list."""

    BEGUN = "begun"
    GOING = "going"
    DONE = "done"


@dataclass(frozen=True, kw_only=True)
class WorkMark:
    """One mark, never changed. `resolution_code`: of the forum that put it onto the list, None where
    the head did by himself.
    """

    id: int
    issue_id: int
    mark: Mark
    at: datetime
    resolution_code: str | None = None
    actor_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class VillageWork:
    """One line of the list: a matter the village does by itself.

    `since`: when it came onto the list; `going_at`: when somebody last said it goes on; `done_at`: when
    it was marked done, None while it is not (or is not any more). `photos`: how many show it done.
    """

    issue: Issue
    since: datetime
    going_at: datetime | None = None
    done_at: datetime | None = None
    photos: int = 0


def work_of(issue: Issue, marks: Iterable[WorkMark], photos: int = 0) -> VillageWork:
    """The line of a matter from its marks, in any order; the matter's own state says whether it is done.

    Whoever stands behind it may say that it is not: then the mark counts no more.
    """
    said = sorted(marks, key=lambda m: m.id)
    last = {m.mark: m.at for m in said}
    return VillageWork(
        issue=issue,
        since=next((m.at for m in said if m.mark is Mark.BEGUN), issue.opened_at),
        going_at=last.get(Mark.GOING),
        done_at=last.get(Mark.DONE) if issue.state is IssueState.DONE else None,
        photos=photos,
    )
