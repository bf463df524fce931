"""What วาระที่ ๓ tells: what is still to come, and what was settled, once."""

from datetime import UTC, datetime, timedelta

import pytest

from planning.forums import Outcome
from planning.issues import IssueState
from planning.notices import SETTLED, OldResolution, carried_over

AGENDA = datetime(2021, 3, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def old(state: IssueState, since: datetime = AGENDA, **changed: object) -> OldResolution:
    made = {"issue_code": "IS-A", "outcome": Outcome.APPROVED, "reason": "", **changed}
    return OldResolution(
        issue_id=1, line="ถนน", state=state, forum_number="1/2564", forum_id=1, since=since, **made,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize("state", sorted(set(IssueState) - SETTLED))
def test_what_is_still_to_come_is_told_at_every_forum(state: IssueState) -> None:
    told = carried_over((old(state, AGENDA - DAY),), AGENDA)
    assert [(c.issue_code, c.state, c.forum_number) for c in told] == [("IS-A", state, "1/2564")]


@pytest.mark.parametrize("state", sorted(SETTLED - {IssueState.MERGED}))
def test_what_was_settled_is_told_once(state: IssueState) -> None:
    assert len(carried_over((old(state, AGENDA + DAY),), AGENDA)) == 1
    assert carried_over((old(state, AGENDA - DAY),), AGENDA) == ()
    assert len(carried_over((old(state, AGENDA - DAY),), None)) == 1


def test_what_is_counted_with_another_matter_is_told_there() -> None:
    assert carried_over((old(IssueState.MERGED, AGENDA + DAY),), AGENDA) == ()


def test_a_refusal_keeps_its_reason_and_what_comes_again_says_so() -> None:
    put_off = old(IssueState.POSTPONED, outcome=Outcome.POSTPONED, reason="รอข้อมูล")
    (told,) = carried_over((put_off,), AGENDA, {"IS-A"})
    assert (told.state, told.outcome, told.reason) == (
        IssueState.BEFORE_FORUM, Outcome.POSTPONED, "รอข้อมูล",
    )  # fmt: skip
