"""Values that only storage deals in. Their reprs show no words, names or ids of people at a platform.

All times are aware UTC.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from planning.pushes import Rank
from planning.reports import Channel

AttachmentState = Literal["waiting", "kept", "gone", "refused", "same"]
SendMethod = Literal["reply", "push", "send"]


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who tells or works here. `noticed_at`: when the privacy notice was shown.

    `language`: "th" or "en". `second_village`: code of another village they have fields or kin in.
    `outside`: they live in none of ours. `village_asked_at`: when they last said or were asked where.
    """

    id: int
    village_code: str | None
    joined_at: datetime
    noticed_at: datetime | None
    language: str = "th"
    second_village: str | None = None
    outside: bool = False
    village_asked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a person can be written to: the platform's own user and chat ids."""

    channel: Channel
    user_id: str = field(repr=False)
    chat_id: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class StoredConversation:
    """A conversation's state as opaque text. `version` 0 and "" mean that none was kept yet."""

    version: int
    state: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class NewInboxItem:
    """An event as it came in. `sender` is the user's or chat's id (may be ""); `payload` JSON text.

    `immediate`: must not wait for the rest of a burst.
    """

    channel: Channel
    event_id: str
    sender: str = field(repr=False)
    sent_at: datetime
    received_at: datetime
    immediate: bool
    payload: str = field(repr=False)
    chat_id: str = field(default="", repr=False)
    message_id: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class InboxItem:
    """A kept event. `sender_key` is a keyed hash; `attempts` counts failures so far."""

    id: int
    channel: Channel
    event_id: str
    sender_key: str = field(repr=False)
    sent_at: datetime
    received_at: datetime
    payload: str = field(repr=False)
    attempts: int


@dataclass(frozen=True, kw_only=True)
class InboxRow:
    """An event as listings show it; `outcome` is "" and `handled_at` None until it was handled."""

    id: int
    channel: Channel
    event_id: str
    sent_at: datetime
    outcome: str
    handled_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class InboxCounts:
    """Numbers of events: not yet handled, handled, and those of the waiting that have failed before."""

    waiting: int
    handled: int
    failed: int


@dataclass(frozen=True, kw_only=True)
class NewOutboxItem:
    """A message to send. Messages of one `lane_id` (a chat's id) leave in order.

    `dedupe_key` makes adding idempotent; it is kept as it stands, so it must name no platform's id.
    `rank` counts where it has to be pushed (`urgent` is danger whatever the rank). After `useful_until`
    it is not sent any more.
    """

    channel: Channel
    lane_id: str = field(repr=False)
    chat_id: str = field(repr=False)
    reply_handle: str = field(default="", repr=False)
    reply_until: datetime | None = None
    payload: str = field(repr=False)
    dedupe_key: str
    urgent: bool = False
    person_id: int | None = None
    rank: Rank = Rank.ANSWER
    useful_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class OutboxItem:
    """A message waiting to be sent. `retry_key` is a UUID made once; `attempts` counts failures.

    `held_since`: when it first had to wait for the person's next reply. `carried_by`: the message of
    the same chat that takes it along. `tried_at`: its first touch of the wire.
    """

    id: int
    channel: Channel
    lane_key: str = field(repr=False)
    chat_id: str = field(repr=False)
    reply_handle: str = field(repr=False)
    reply_until: datetime | None
    payload: str = field(repr=False)
    dedupe_key: str
    retry_key: str
    attempts: int
    urgent: bool
    created_at: datetime
    next_try_at: datetime
    rank: Rank = Rank.OTHER
    tried_at: datetime | None = None
    held_since: datetime | None = None
    useful_until: datetime | None = None
    carried_by: int | None = None


@dataclass(frozen=True, kw_only=True)
class ToldLetter:
    """A message of the outbox, sent or not, as far as its words go."""

    id: int
    payload: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class OutboxCounts:
    """Numbers of messages: not yet sent, sent, given up, and possibly sent."""

    waiting: int
    sent: int
    dead: int
    uncertain: int


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """Media of a report: `waiting` to be fetched, `kept` under `file_id` (SHA-256), or `gone`.

    `refused`: not what it should be; `same`: a photo the report has already. `preview_id` is a small
    picture, `photo_hash` 64 bits in hex (near ones mean near looks), `message_key` as in `ToldPart`.
    """

    id: int
    report_id: int
    channel: Channel
    kind: str
    media_id: str = field(repr=False)
    file_id: str = ""
    state: AttachmentState = "waiting"
    attempts: int = 0
    message_key: str = field(default="", repr=False)
    preview_id: str = ""
    photo_hash: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkPhoto:
    """A photo of the village's own work, done; states as an `Attachment`'s."""

    id: int
    issue_id: int
    person_id: int | None
    channel: Channel
    media_id: str = field(repr=False)
    message_key: str = field(repr=False)
    sent_at: datetime
    state: AttachmentState = "waiting"
    attempts: int = 0
    file_id: str = ""
    preview_id: str = ""

    @property
    def kind(self) -> str:
        """What the fetcher takes it for."""
        return "photo"


Media = Attachment | WorkPhoto
"""What is fetched from a platform and kept."""


@dataclass(frozen=True, kw_only=True)
class ToldPart:
    """What one message said of a report. `message_key` is a keyed hash of the platform's own ids.

    The words of a report's parts, a line each, are the report's words. `kind` is the message's.
    """

    id: int
    report_id: int
    message_key: str = field(repr=False)
    kind: str
    words: str = field(repr=False)
    said_at: datetime


@dataclass(frozen=True, kw_only=True)
class EarlierWords:
    """How a message read before it was edited at `until`."""

    message_key: str = field(repr=False)
    words: str = field(repr=False)
    until: datetime


@dataclass(frozen=True, kw_only=True)
class MessageChange:
    """The latest change of a message: `unsent` or `edited`, by the platform's time."""

    kind: Literal["unsent", "edited"]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class OwedRemark:
    """A line to be said with the person's next answer: what (`remark`) and of which code."""

    id: int
    remark: str
    code: str


@dataclass(frozen=True, kw_only=True)
class AuditLine:
    """Who (person id, None for the machine) did what to which code or id, when."""

    id: int
    at: datetime
    actor_id: int | None
    action: str
    subject: str
    detail: str = field(repr=False)
