"""Reports: one telling by one person; never altered, only redacted for showing."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from planning.taxonomy import ALWAYS_CONFIDENTIAL


class Channel(StrEnum):
    """Where the words came in."""

    LINE = "line"
    TELEGRAM = "telegram"
    WEBCHAT = "webchat"
    WALK_IN = "walk_in"


class Kind(StrEnum):
    """What a telling is, as a reader would say."""

    PROBLEM = "problem"
    NEED = "need"
    QUESTION = "question"
    COMPLAINT_PERSON = "complaint_person"
    OTHER = "other"


class ReportState(StrEnum):
    """Where a telling itself stands (what became of the matter is its issue's state)."""

    AWAITING_VILLAGE = "awaiting_village"
    AWAITING_WORDS = "awaiting_words"
    LINKED = "linked"
    QUESTION = "question"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Position:
    """A shared location in degrees (WGS 84)."""

    lat: float
    lon: float


@dataclass(frozen=True, kw_only=True)
class Report:
    """One telling. `text` is the words as written (parts of a burst joined by newlines).

    `masked_text` is what may be shown; `issue_id` is the present link, derived from the event log.
    `position_by_photo`: the position is where a photo says it was taken, not one that was shared.
    Times are aware, UTC. `first_told_at`/`last_told_at` are the platform's own timestamps.
    `households`: how many the teller says it concerns; `since`: the day from which it is said to last.
    `vulnerable`: it says that the old, the ill, the disabled, the pregnant or children are struck.
    """

    id: int
    tracking_code: str
    person_id: int
    channel: Channel
    village_code: str | None
    state: ReportState
    first_told_at: datetime
    last_told_at: datetime
    text: str = field(repr=False)
    masked_text: str = field(repr=False)
    category: str
    category_score: float
    category_by_person: bool = False
    kind: Kind
    confidential: bool
    emergency: bool
    place: str = field(default="", repr=False)
    position: Position | None = field(default=None, repr=False)
    position_by_photo: bool = False
    photos: int = 0
    issue_id: int | None = None
    place_by_person: bool = False
    households: int | None = None
    since: date | None = None
    vulnerable: bool = False


def keeps_confidential(category: str, kind: Kind, asked: bool) -> bool:
    """Whether a telling stays off every open list: by its category, its kind, or since it `asked`."""
    return asked or kind is Kind.COMPLAINT_PERSON or category in ALWAYS_CONFIDENTIAL
