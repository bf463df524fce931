"""The village forum: its agenda in frozen versions, attendance and resolutions."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum

from planning.areas import Village
from planning.issues import OPEN_STATES, Issue, IssueStanding, IssueState
from planning.ranking import ScoreParts, Weights, score
from planning.reports import keeps_confidential
from planning.taxonomy import Pillar, categories


class ForumState(StrEnum):
    """A forum is being prepared, has begun to decide, or is over."""

    PREPARING = "preparing"
    DECIDING = "deciding"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Forum:
    """One meeting. `number` restarts every calendar year (`year_be`, Buddhist era)."""

    id: int
    code: str
    village_code: str
    number: int
    year_be: int
    state: ForumState
    held_on: date | None = None
    held_at: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """One issue as the agenda prints it; every item names the issue code it stands on."""

    number: int
    issue_code: str
    line: str
    pillar: Pillar
    category: str
    place: str
    people: int
    reports: int
    supporters: int
    score: ScoreParts


@dataclass(frozen=True, kw_only=True)
class CarriedOver:
    """An item of an earlier forum and what became of it (วาระที่ ๓)."""

    issue_code: str
    line: str
    forum_number: str
    state: IssueState


@dataclass(frozen=True, kw_only=True)
class AgendaContent:
    """What an agenda says; equal contents are the same agenda."""

    forum_code: str
    village_code: str
    village_name: str
    moo: int | None
    tambon: str
    district: str
    province: str
    households: int | None
    forum_number: int
    year_be: int
    held_on: date | None
    held_at: str
    place: str
    items: tuple[AgendaItem, ...]
    carried_over: tuple[CarriedOver, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AgendaVersion:
    """A frozen agenda: numbered, hashed, never changed."""

    id: int
    code: str
    forum_id: int
    version: int
    frozen_at: datetime
    sha256: str
    content: AgendaContent


class Outcome(StrEnum):
    """What the forum decided on an item."""

    APPROVED = "approved"
    REJECTED = "rejected"
    POSTPONED = "postponed"


class Way(StrEnum):
    """How an approved matter is to be done."""

    OURSELVES = "ourselves"
    TOGETHER = "together"
    ASK_SUPPORT = "ask_support"


WAY_TH = {Way.OURSELVES: "ทำเอง", Way.TOGETHER: "ทำร่วม", Way.ASK_SUPPORT: "ขอรับการสนับสนุน"}
OUTCOME_TH = {
    Outcome.APPROVED: "เห็นชอบ",
    Outcome.REJECTED: "ไม่เห็นชอบ",
    Outcome.POSTPONED: "เลื่อนการพิจารณา",
}


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """มติ on one item of a frozen agenda. A later one on the same item replaces it in effect, not in record."""

    id: int
    code: str
    forum_id: int
    agenda_code: str
    item_number: int
    issue_id: int
    outcome: Outcome
    votes_for: int | None
    votes_against: int | None
    way: Way | None
    decided_at: datetime
    actor_id: int | None = None


def draft_items(
    standings: Iterable[IssueStanding],
    village: Village,
    now: datetime,
    weights: Weights | None = None,
) -> tuple[AgendaItem, ...]:
    """Agenda items of the open, public issues of a village: by pillar, highest score first, ties by age.

    Confidential matters (marked, of a confidential category, or a complaint about a person) and
    withdrawn ones (no report behind them) never become items.
    """
    order = list(Pillar)
    scored = [
        (order.index(categories()[s.issue.category].pillar), score(s, village, now, weights), s)
        for s in standings
        if _is_public(s.issue) and s.reports > 0 and s.issue.state in OPEN_STATES
    ]
    scored.sort(key=lambda r: (r[0], -r[1].total, r[2].issue.opened_at, r[2].issue.id))
    return tuple(
        AgendaItem(
            number=number,
            issue_code=s.issue.code,
            line=s.issue.neutral_line,
            pillar=order[pillar],
            category=s.issue.category,
            place=s.issue.place,
            people=s.people,
            reports=s.reports,
            supporters=s.supporters,
            score=parts,
        )
        for number, (pillar, parts, s) in enumerate(scored, start=1)
    )


def _is_public(issue: Issue) -> bool:
    return not keeps_confidential(issue.category, issue.kind, issue.confidential)


def content_hash(content: AgendaContent) -> str:
    """SHA-256 (hex) of the content in canonical JSON."""
    text = json.dumps(asdict(content), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
