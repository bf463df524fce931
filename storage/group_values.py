"""Values of groups, helpers and surveys. Their reprs show no words, names or ids at a platform."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from planning.issues import IssueState
from planning.reports import Channel

SurveyState = Literal["waiting", "gone", "refused", "checked", "confirmed", "done", "dropped"]


@dataclass(frozen=True, kw_only=True)
class Group:
    """A group the bot is (or, with `left_at`, was) in. `village_code`: whose, once bound.

    `nobody_id`: the person who stands for members whom the platform does not name. `listens`: told
    by the head to take up clear matters unasked.
    """

    id: int
    channel: Channel
    chat_id: str = field(repr=False)
    nobody_id: int
    village_code: str | None
    listens: bool
    greeted: bool
    left_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class WalkIn:
    """Somebody without a phone, with the name and contact they gave, if any."""

    person_id: int
    helper_id: int | None
    name: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    house: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class HelperNews:
    """A matter that a helper wrote down moved to `state`."""

    id: int
    helper_id: int
    issue_id: int
    state: IssueState
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Survey:
    """An uploaded survey. `content`: the rows read as JSON text while it is checked or confirmed; what was
    said of it where it was refused; else "".
    """

    id: int
    helper_id: int
    channel: Channel
    media_id: str = field(repr=False)
    state: SurveyState
    attempts: int
    file_key: str = field(repr=False)
    content: str = field(repr=False)
    total: int
    sent_at: datetime
