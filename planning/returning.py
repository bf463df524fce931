"""When a matter that a forum put aside comes before a forum again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from planning.calendar import target_fiscal_year
from planning.issues import IssueState
from planning.thai import BANGKOK


@dataclass(frozen=True, kw_only=True)
class PutAside:
    """A matter as its last resolution left it, rejected or postponed.

    `told_anew`: how many people told or support it since then who did not before.
    """

    issue_id: int
    issue_code: str
    state: IssueState
    decided_at: datetime
    returns_on: date | None = None
    reason: str = field(default="", repr=False)
    told_anew: int = 0


def is_back(one: PutAside, forum_day: date, *, each_plan_year: bool) -> bool:
    """Whether it may come before the forum of that day.

    Postponed: from the day that was said, else at the next forum. Rejected: when others told of it
    since, and with `each_plan_year` once the village plans for a later year than it did then.
    """
    if one.state is IssueState.POSTPONED:
        return one.returns_on is None or forum_day >= one.returns_on
    then = target_fiscal_year(one.decided_at.astimezone(BANGKOK).date())
    later = target_fiscal_year(forum_day) > then
    return one.told_anew > 0 or (each_plan_year and later)


def sorted_out(
    aside: Iterable[PutAside], forum_day: date, *, each_plan_year: bool
) -> tuple[frozenset[str], frozenset[str]]:
    """Codes of the issues that (are back, still rest)."""
    back: set[str] = set()
    rest: set[str] = set()
    for one in aside:
        kind = back if is_back(one, forum_day, each_plan_year=each_plan_year) else rest
        kind.add(one.issue_code)
    return frozenset(back), frozenset(rest)
