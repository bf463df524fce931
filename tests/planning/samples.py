"""Small true-to-life values of the trade, with what a test cares about set by name."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from planning.areas import AreaKind, Village
from planning.forums import AgendaContent
from planning.issues import Issue, IssueStanding, IssueState
from planning.reports import Kind

NOW = datetime(2021, 3, 9, 1, 30, tzinfo=UTC)
VILLAGE = Village(
    code="20040301", name="บ้านหนองปลาไหล", kind=AreaKind.VILLAGE, moo=1, tambon="หนองปลาไหล",
    district="บางละมุง", province="ชลบุรี", region="ภาคตะวันออก", lat=12.95, lon=100.95, households=120,
)  # fmt: skip
_ISSUE = Issue(
    id=1, code="IS-AAAAAA", village_code=VILLAGE.code, category="road", kind=Kind.PROBLEM,
    neutral_line="ถนนชำรุดเป็นหลุม", place="หน้าวัด", position=None, state=IssueState.NOTED,
    confidential=False, emergency=False, opened_at=NOW, last_told_at=NOW,
)  # fmt: skip


def issue(**changes: Any) -> Issue:
    """An open, public road issue."""
    return replace(_ISSUE, **changes)


def standing(
    people: int = 1, supporters: int = 0, photos: int = 0, **changes: Any
) -> IssueStanding:
    """What stands behind an issue; `changes` go to the issue, `reports` to the standing."""
    reports = changes.pop("reports", people)
    return IssueStanding(
        issue=issue(**changes), people=people, reports=reports, photos=photos, supporters=supporters
    )


def content(**changes: Any) -> AgendaContent:
    """An agenda without items."""
    empty = AgendaContent(
        forum_code="FM-AAAAAA", village_code=VILLAGE.code, village_name=VILLAGE.name, moo=1,
        tambon=VILLAGE.tambon, district=VILLAGE.district, province=VILLAGE.province, households=120,
        forum_number=1, year_be=2564, held_on=None, held_at="", place="", items=(),
    )  # fmt: skip
    return replace(empty, **changes)
