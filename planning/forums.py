"""The village forum: its agenda in frozen versions, attendance and resolutions."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from planning.areas import Village
from planning.issues import OPEN_STATES, Issue, IssueStanding, IssueState
from planning.ranking import ScoreParts, Weights, score
from planning.reports import keeps_confidential
from planning.taxonomy import Pillar, categories


class ForumState(StrEnum):
    """A forum is being prepared, has begun, is over with its minutes yet to be read, or is closed."""

    PREPARING = "preparing"
    DECIDING = "deciding"
    ENDED = "ended"
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
    """One issue as the agenda prints it; every item names the issue code it stands on.

    `pinned`: the head wants it taken up before all others. `households`: how many it is said to
    concern, 0 where nobody said.
    """

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
    pinned: bool = False
    households: int = 0


class Outcome(StrEnum):
    """What the forum decided on an item."""

    APPROVED = "approved"
    REJECTED = "rejected"
    POSTPONED = "postponed"


@dataclass(frozen=True, kw_only=True)
class CarriedOver:
    """An item of an earlier forum and what became of it (วาระที่ ๓).

    `outcome` and `reason`: of that forum, where it put the matter aside.
    """

    issue_code: str
    line: str
    forum_number: str
    state: IssueState
    outcome: Outcome | None = None
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class PreviousMinutes:
    """The last closed minutes of the village, which a forum adopts (วาระที่ ๒). `number`: «1/2569»."""

    code: str
    number: str
    held_on: date | None


@dataclass(frozen=True, kw_only=True)
class AgendaContent:
    """What an agenda says; equal contents are the same agenda.

    `opening`: what the chair tells (วาระที่ ๑). `conveners`: who holds the forum with the village.
    `previous`: the minutes to be adopted (วาระที่ ๒), None where none were closed yet. `weights`: by which
    the items were ranked, None for `planning.ranking.FIRST_WEIGHTS`.
    """

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
    opening: tuple[str, ...] = field(default=(), repr=False)
    conveners: tuple[str, ...] = ()
    previous: PreviousMinutes | None = None
    weights: Weights | None = None


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
    """มติ on one item of a frozen agenda. A later one on the same item replaces it in effect, not in record.

    `reason`: why it was rejected or postponed, "" where nobody said. `returns_on`: the day from which a
    postponed matter is to come back; None: at the next forum.
    """

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
    reason: str = field(default="", repr=False)
    returns_on: date | None = None


def draft_items(
    standings: Iterable[IssueStanding],
    village: Village,
    now: datetime,
    weights: Weights | None = None,
    also: Collection[str] = (),
    resting: Collection[str] = (),
) -> tuple[AgendaItem, ...]:
    """Agenda items of the open, public issues of a village: by pillar, highest score first, ties by age.

    Confidential matters (marked, of a confidential category, or a complaint about a person) and
    withdrawn ones (no report behind them) never become items. `also`: codes of issues that are taken up
    in whatever state they are; `resting`: of those that are not yet, though they are open.
    """
    order = list(Pillar)
    scored = [
        (order.index(categories()[s.issue.category].pillar), score(s, village, now, weights), s)
        for s in standings
        if _is_public(s.issue)
        and s.reports > 0
        and (s.issue.code in also or (s.issue.state in OPEN_STATES and s.issue.code not in resting))
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
            households=s.households,
        )
        for number, (pillar, parts, s) in enumerate(scored, start=1)
    )


def _is_public(issue: Issue) -> bool:
    return not keeps_confidential(issue.category, issue.kind, issue.confidential)


def content_hash(content: AgendaContent) -> str:
    """SHA-256 (hex) of the content in canonical JSON; what was frozen by older versions keeps its hash."""
    text = json.dumps(_plain(content), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


_ALWAYS_HASHED = frozenset({"carried_over"})
"""Fields that had their default from the first version on."""


def _plain(value: Any) -> Any:
    """A value as JSON takes it, without the fields added since the first version that say nothing."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if not is_dataclass(value):
        return value
    told = {f.name: getattr(value, f.name) for f in fields(value)}
    since = {f.name: f.default for f in fields(value) if f.default is not MISSING}
    return {
        name: _plain(one)
        for name, one in told.items()
        if name in _ALWAYS_HASHED or name not in since or one != since[name]
    }
