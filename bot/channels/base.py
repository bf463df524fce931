"""What every channel of talk offers the rest of the shell: a port, its values and its failures.

A channel turns a platform's webhook bodies into `IncomingMessage`s and `Reply`s into calls of the
platform. It keeps nothing; what must outlive a crash lies in the inbox and the outbox.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, runtime_checkable

from handlers.messages import IncomingMessage, Reply
from planning.errors import PrachakhomError
from planning.reports import Channel


class Method(StrEnum):
    """How words leave. REPLY: free, with a handle that soon dies. PUSH: counted by LINE. SEND: plain."""

    REPLY = "reply"
    PUSH = "push"
    SEND = "send"


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    """What a platform can show. Texts and labels beyond it are fitted by the channel itself.

    `text_units`: UTF-16 units of one message. `label_graphemes`: what a reader counts as letters.
    `data_bytes`: UTF-8 bytes of a button's data. `objects`: messages in one call (0: each its own call).
    `reply_life`: how long after receipt a reply handle may be used, with a margin; None: it has no
    handles, or their death costs nothing. `metered`: a push is counted against a month's quota.
    `idempotent_push`: a push repeated with its retry key is taken once.
    """

    text_units: int
    buttons: int
    label_graphemes: int
    data_bytes: int
    objects: int = 0
    reply_life: timedelta | None = None
    metered: bool = False
    idempotent_push: bool = False
    file_out: bool = False
    ask_location: bool = True


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One answer to one chat. `retry_key` (a UUID) stays the same over all tries of it.

    `message_ids` is filled by the channel: by what ids the platform knows what it took, in order.
    """

    chat_id: str = field(repr=False)
    retry_key: str
    replies: tuple[Reply, ...] = field(repr=False)
    reply_handle: str = field(default="", repr=False)
    message_ids: list[str] = field(default_factory=list, repr=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class Media:
    """A photo, voice message or file fetched from the platform."""

    data: bytes = field(repr=False)
    media_type: str
    name: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Quota:
    """Pushes of this month: `limit` (None: without limit) and those `used`, as the platform counts."""

    limit: int | None
    used: int


@runtime_checkable
class Metered(Protocol):
    """A channel whose pushes the platform counts."""

    async def quota(self) -> Quota:
        """What the platform says of this month. Raises `RetryLater`."""
        ...

    def fits(self, replies: Sequence[Reply]) -> bool:
        """Whether all of this can be said in one call, nothing joined, cut or left out."""
        ...


class FileDesk(Protocol):
    """Kept files: their bytes, and links under which the public server hands them out."""

    def get(self, file_id: str) -> bytes:
        """The bytes of a kept file; raises `FileNotFoundError`. May read a disk: call on a thread."""
        ...

    def link(self, file_id: str, name: str, media_type: str) -> str:
        """A signed, expiring, absolute address; "" where the server has no public address."""
        ...


class DeliveryFailed(PrachakhomError):
    """Root of what can go wrong on the way out. Messages name statuses, never words or ids."""


class RetryLater(DeliveryFailed):
    """Nothing was taken; the same may be tried again, not before `after` where that is told."""

    def __init__(self, why: str = "", after: timedelta | None = None) -> None:
        super().__init__(why)
        self.after = after


class Blocked(DeliveryFailed):
    """The person blocked or left the account; nothing more can reach them until they come back."""


class QuotaExhausted(DeliveryFailed):
    """The month's pushes are used up."""


class Refused(DeliveryFailed):
    """The platform will never take this request (a permanent 4xx)."""


class ReplyExpired(DeliveryFailed):
    """The reply handle is used or too old; nothing was delivered by this call."""


class Uncertain(DeliveryFailed):
    """No answer to a call that cannot be repeated safely: it may have been delivered or not."""


class Moved(DeliveryFailed):
    """The chat has a new id and nothing was delivered; send there."""

    def __init__(self, new_chat_id: str) -> None:
        super().__init__("chat moved")
        self.new_chat_id = new_chat_id


class FetchFailed(PrachakhomError):
    """Root of what can go wrong when fetching media."""


class NotReady(FetchFailed):
    """The platform is still preparing the media, or did not answer: ask again later."""


class Gone(FetchFailed):
    """The media is no longer there, or too large to be had."""


class TooLarge(Gone):
    """The media is larger than what is kept; fetching it was stopped there."""


class ChannelPort(Protocol):
    """One platform. Everything is safe to call from several tasks of the loop it was opened in."""

    @property
    def channel(self) -> Channel:
        """Which one."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What it can show."""
        ...

    async def open(self) -> None:
        """Make the wire ready, in the running loop. Calling twice does no harm."""
        ...

    async def close(self) -> None:
        """Let the wire go. Calling twice, or unopened, does no harm."""
        ...

    def authentic(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the platform itself sent this body. Header names in lower case or any case."""
        ...

    def parse(self, body: bytes, received_at: datetime) -> tuple[IncomingMessage, ...]:
        """Every event of a webhook body, in its order, none lost.

        What cannot be read becomes kind UNKNOWN with a stable event id. An event nobody may answer
        has neither chat_id nor reply_handle. Raises `ValueError` when the body is no JSON object.
        """
        ...

    async def cost(self, chat_id: str) -> int:
        """Units of the month's quota that one push to this chat uses (its recipients); 0 unmetered."""
        ...

    async def deliver(self, delivery: Delivery, method: Method) -> int:
        """Send the answer; the quota units used. Raises a `DeliveryFailed`."""
        ...

    async def fetch(self, media_id: str) -> Media:
        """The media a message named. Raises `NotReady` or `Gone`."""
        ...
