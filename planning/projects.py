"""The project bank: briefs made from resolutions, with their supporting documents."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from planning.forums import Way
from planning.issues import IssueState


class ProjectState(StrEnum):
    """Where a project stands on its way to money and work."""

    IDEA = "idea"
    BRIEF = "brief"
    READY = "ready"
    PROPOSED = "proposed"
    IN_PLAN = "in_plan"
    FUNDED = "funded"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_POSSIBLE = "not_possible"


ISSUE_STATE_OF = {
    ProjectState.IDEA: IssueState.IN_BANK,
    ProjectState.BRIEF: IssueState.IN_BANK,
    ProjectState.READY: IssueState.IN_BANK,
    ProjectState.PROPOSED: IssueState.IN_BANK,
    ProjectState.IN_PLAN: IssueState.IN_PLAN,
    ProjectState.FUNDED: IssueState.FUNDED,
    ProjectState.UNDER_WAY: IssueState.UNDER_WAY,
    ProjectState.DONE: IssueState.DONE,
    ProjectState.NOT_POSSIBLE: IssueState.NOT_POSSIBLE,
}
"""What a project's state means for the issue it came from."""


class DocumentKind(StrEnum):
    """Supporting documents a budget source may ask for (a setting by project type)."""

    DRAWING = "drawing"
    MAP = "map"
    PHOTOS = "photos"
    LAND_PERMIT = "land_permit"
    LAND_CONSENT = "land_consent"
    FORUM_MINUTES = "forum_minutes"
    COST_ESTIMATE = "cost_estimate"
    COMMITTEE_RESOLUTION = "committee_resolution"
    PLAN_COPY = "plan_copy"
    NO_DUPLICATION = "no_duplication"
    UPKEEP = "upkeep"


class DocumentState(StrEnum):
    """Of one supporting document."""

    MISSING = "missing"
    RECEIVED = "received"
    CHECKED = "checked"


DOCUMENT_TH = {
    DocumentKind.DRAWING: "แบบแปลน",
    DocumentKind.MAP: "แผนที่และพิกัด",
    DocumentKind.PHOTOS: "ภาพถ่าย",
    DocumentKind.LAND_PERMIT: "หนังสืออนุญาตใช้พื้นที่",
    DocumentKind.LAND_CONSENT: "หนังสือยินยอม/อุทิศที่ดิน",
    DocumentKind.FORUM_MINUTES: "รายงานประชาคมและบัญชีลงชื่อ",
    DocumentKind.COST_ESTIMATE: "ปร.๔/ปร.๕",
    DocumentKind.COMMITTEE_RESOLUTION: "มติ กม./ก.บ.ต.",
    DocumentKind.PLAN_COPY: "สำเนาแผน",
    DocumentKind.NO_DUPLICATION: "หนังสือรับรองไม่ซ้ำซ้อน",
    DocumentKind.UPKEEP: "หนังสือรับดูแลบำรุงรักษา",
}


@dataclass(frozen=True, kw_only=True)
class SupportingDocument:
    """One line of a project's checklist."""

    project_id: int
    kind: DocumentKind
    state: DocumentState


@dataclass(frozen=True, kw_only=True)
class Project:
    """One line of the bank. Money is satang-exact `Decimal` baht, None while nobody has costed it."""

    id: int
    code: str
    village_code: str
    issue_id: int
    resolution_code: str
    name: str
    category: str
    state: ProjectState
    way: Way
    target_year: int
    created_at: datetime
    objective: str = ""
    target: str = ""
    indicator: str = ""
    expected_result: str = ""
    agency: str = ""
    budget: Decimal | None = None

    def __post_init__(self) -> None:
        """Raises `ValueError` for money below zero or finer than a satang."""
        money = self.budget
        if money is not None and not (money.is_finite() and money >= 0 and money * 100 % 1 == 0):
            raise ValueError("a budget is whole satang, from zero up")


@dataclass(frozen=True, kw_only=True)
class ProjectLine:
    """A project with what the workbook prints beside it; `people`, `reports` are its issue's."""

    project: Project
    issue_code: str
    village_name: str
    tambon: str
    place: str
    people: int
    reports: int
    resolution: str
    documents: tuple[SupportingDocument, ...]


def readiness(documents: tuple[SupportingDocument, ...]) -> int:
    """Percent of the checklist that is checked; received counts half. An empty checklist is 0."""
    worth = {DocumentState.MISSING: 0.0, DocumentState.RECEIVED: 0.5, DocumentState.CHECKED: 1.0}
    return round(100 * sum(worth[d.state] for d in documents) / len(documents)) if documents else 0
