"""The log of links: replayed it gives the present, and undo gives back what was before."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.issues import (
    JOINABLE_STATES,
    OPEN_STATES,
    IssueState,
    LinkAction,
    LinkedBy,
    LinkEvent,
    StatusUpdate,
    present_links,
)
from tests.planning.samples import NOW, issue

REPORT, ISSUE = st.integers(1, 5), st.integers(1, 4)


def event(action: LinkAction, report: int, issue_id: int, minute: int = 0) -> LinkEvent:
    """One line of the log."""
    return LinkEvent(
        report_id=report, issue_id=issue_id, action=action, by=LinkedBy.HEAD,
        at=NOW + timedelta(minutes=minute),
    )  # fmt: skip


LOG = st.lists(st.builds(event, st.sampled_from(LinkAction), REPORT, ISSUE), max_size=30)


@given(LOG)
def test_a_report_is_linked_to_what_was_said_last(log: list[LinkEvent]) -> None:
    links = present_links(log)
    for report in range(1, 6):
        mine = [e for e in log if e.report_id == report]
        last = max((n for n, e in enumerate(mine) if e.action is LinkAction.LINK), default=None)
        if last is None or LinkAction.UNLINK in {
            e.action for e in mine[last:] if e.issue_id == mine[last].issue_id
        }:
            assert report not in links
        else:
            assert links[report] == mine[last].issue_id


@given(LOG, LOG)
def test_a_log_is_replayed_from_any_point(first: list[LinkEvent], rest: list[LinkEvent]) -> None:
    now = [event(LinkAction.LINK, r, i) for r, i in present_links(first).items()]
    assert present_links([*now, *rest]) == present_links([*first, *rest])


@given(LOG, ISSUE, ISSUE)
def test_merging_and_parting_again_restores_every_link(
    log: list[LinkEvent], kept: int, merged: int
) -> None:
    before = present_links(log)
    moved = [report for report, at in before.items() if at == merged]
    merge = [event(LinkAction.LINK, report, kept) for report in moved]
    assert merged == kept or merged not in present_links([*log, *merge]).values()
    undo = [event(LinkAction.LINK, report, merged) for report in moved]
    assert present_links([*log, *merge, *undo]) == before


@given(LOG, REPORT, ISSUE)
def test_undoing_a_link_to_an_unlinked_report_restores_it(
    log: list[LinkEvent], report: int, at: int
) -> None:
    before = present_links(log)
    both = [event(LinkAction.LINK, report, at), event(LinkAction.UNLINK, report, at)]
    after = present_links([*log, *both])
    assert after == {r: i for r, i in before.items() if r != report}


@given(LOG, REPORT, ISSUE)
def test_unlinking_from_elsewhere_changes_nothing(
    log: list[LinkEvent], report: int, at: int
) -> None:
    before = present_links(log)
    after = present_links([*log, event(LinkAction.UNLINK, report, at)])
    assert after == before or before[report] == at


def test_an_empty_log_links_nothing() -> None:
    assert present_links([]) == {}


def test_what_is_open_can_be_joined_and_what_is_over_cannot() -> None:
    assert OPEN_STATES < JOINABLE_STATES
    assert set(IssueState) - JOINABLE_STATES == {
        IssueState.DONE, IssueState.CLOSED, IssueState.NOT_POSSIBLE, IssueState.MERGED,
    }  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [
        issue(neutral_line="นายสมชาย", place="บ้านนายสมชาย"),
        StatusUpdate(issue_id=1, state=IssueState.DONE, at=NOW, words="ขอบคุณนายสมชาย"),
        LinkEvent(
            report_id=1, issue_id=1, action=LinkAction.LINK, by=LinkedBy.MACHINE, at=NOW,
            reason="หน้าบ้านนายสมชาย",
        ),
    ],
)  # fmt: skip
def test_words_do_not_show_in_a_repr(value: object) -> None:
    assert "สมชาย" not in repr(value)
