"""The bank: readiness, money, and what a project's state means for its issue."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.forums import Way
from planning.issues import IssueState
from planning.projects import (
    DOCUMENT_TH,
    ISSUE_STATE_OF,
    DocumentKind,
    DocumentState,
    Project,
    ProjectState,
    SupportingDocument,
    readiness,
)
from tests.planning.samples import NOW, VILLAGE

PROJECT = Project(
    id=1, code="PJ-AAAAAA", village_code=VILLAGE.code, issue_id=1, resolution_code="RS-AAAAAA",
    name="ปรับปรุงถนน", category="road", state=ProjectState.IDEA, way=Way.ASK_SUPPORT,
    target_year=2567, created_at=NOW,
)  # fmt: skip
STATES = st.lists(st.sampled_from(DocumentState), max_size=len(DocumentKind))


def checklist(states: list[DocumentState]) -> tuple[SupportingDocument, ...]:
    """A checklist with these states."""
    return tuple(
        SupportingDocument(project_id=1, kind=kind, state=state)
        for kind, state in zip(DocumentKind, states, strict=False)
    )


@pytest.mark.parametrize(
    ("states", "percent"),
    [
        ("", 0),
        ("m", 0),
        ("r", 50),
        ("c", 100),
        ("cm", 50),
        ("rrr", 50),
        ("cmm", 33),
        ("ccm", 67),
        ("crm", 50),
    ],
)
def test_readiness_counts_checked_whole_and_received_half(states: str, percent: int) -> None:
    by_letter = {state.value[0]: state for state in DocumentState}
    assert readiness(checklist([by_letter[s] for s in states])) == percent


@given(STATES)
def test_readiness_is_a_percentage_and_full_only_when_all_is_checked(
    states: list[DocumentState],
) -> None:
    percent = readiness(checklist(states))
    assert 0 <= percent <= 100
    assert (percent == 100) is (bool(states) and set(states) == {DocumentState.CHECKED})
    assert readiness(checklist(states[::-1])) == percent


@given(STATES, st.data())
def test_a_paper_coming_in_never_lowers_readiness(
    states: list[DocumentState], data: st.DataObject
) -> None:
    order = list(DocumentState)
    better = [data.draw(st.sampled_from(order[order.index(s) :])) for s in states]
    assert readiness(checklist(better)) >= readiness(checklist(states))


@given(st.decimals(0, 10**12, places=2))
def test_money_is_kept_to_the_satang(baht: Decimal) -> None:
    project = replace(PROJECT, budget=baht)
    assert project.budget is not None
    assert project.budget * 100 == int(project.budget * 100)
    assert project.budget == baht


@pytest.mark.parametrize("baht", ["-0.01", "0.001", "1234.567", "NaN", "Infinity", "-1E+3"])
def test_money_that_cannot_be_paid_is_refused(baht: str) -> None:
    with pytest.raises(ValueError, match="satang"):
        replace(PROJECT, budget=Decimal(baht))


def test_a_sum_of_budgets_is_exact() -> None:
    budgets = [replace(PROJECT, budget=Decimal("0.10")).budget for _ in range(3)]
    assert sum(b for b in budgets if b is not None) == Decimal("0.30")


def test_nobody_has_costed_a_new_project() -> None:
    assert PROJECT.budget is None


def test_a_project_moves_its_issue_forward_only() -> None:
    order = list(IssueState)
    along = [ISSUE_STATE_OF[state] for state in ProjectState]
    assert set(ISSUE_STATE_OF) == set(ProjectState)
    assert along[:-1] == sorted(along[:-1], key=order.index)
    assert along[-1] is IssueState.NOT_POSSIBLE


def test_every_document_has_its_own_name() -> None:
    assert set(DOCUMENT_TH) == set(DocumentKind)
    assert len(set(DOCUMENT_TH.values())) == len(DocumentKind)
