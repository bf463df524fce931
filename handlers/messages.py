"""Messages in and out, neutral of channel."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum

from planning.reports import Channel


class MessageKind(StrEnum):
    """What arrived. JOIN: followed or started the bot; LEAVE: blocked or removed it.

    MOVED: a group got another id (`moved_to`).
    """

    TEXT = "text"
    PHOTO = "photo"
    LOCATION = "location"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    STICKER = "sticker"
    CONTACT = "contact"
    BUTTON = "button"
    JOIN = "join"
    LEAVE = "leave"
    EDIT = "edit"
    UNSEND = "unsend"
    MOVED = "moved"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class IncomingMessage:
    """One event of a platform.

    `event_id` is unique within the channel. `user_id`/`chat_id` are the platform's own (empty where
    the platform sends none). `sent_at` is the platform's timestamp, aware UTC. `reply_handle` is
    opaque to all but the channel; with it an answer may be free or tied to the press of a button.
    `media_id` names media at the platform; `message_id` the message (what an unsend or edit names).
    `quoted`: the message of the same chat that this one quotes or replies to, "" for none.
    `edited`: words of an edit that are heard as new ones, since no report has the message's earlier ones.
    `file_name` is what a file was called. `addressed`: in a group, the bot was mentioned or replied to.
    """

    channel: Channel
    event_id: str
    kind: MessageKind
    sent_at: datetime
    user_id: str = field(default="", repr=False)
    chat_id: str = field(default="", repr=False)
    group: bool = False
    text: str = field(default="", repr=False)
    button: str = ""
    lat: float | None = field(default=None, repr=False)
    lon: float | None = field(default=None, repr=False)
    media_id: str = field(default="", repr=False)
    file_name: str = field(default="", repr=False)
    message_id: str = ""
    quoted: str = ""
    reply_handle: str = field(default="", repr=False)
    redelivered: bool = False
    edited: bool = False
    addressed: bool = False
    moved_to: str = field(default="", repr=False)

    def to_json(self) -> str:
        """Text that `from_json` reads back to an equal value."""
        # no asdict: copying every field deeply is a quarter of what storing a webhook costs
        return json.dumps(vars(self), ensure_ascii=False, default=lambda d: d.isoformat())

    @classmethod
    def from_json(cls, text: str) -> "IncomingMessage":
        """The message that `to_json` wrote."""
        raw = json.loads(text)
        raw["channel"], raw["kind"] = Channel(raw["channel"]), MessageKind(raw["kind"])
        raw["sent_at"] = datetime.fromisoformat(raw["sent_at"])
        return cls(**raw)


@dataclass(frozen=True, kw_only=True)
class Button:
    """A choice. `data` is at most 64 ASCII bytes and comes back as `IncomingMessage.button`.

    With `url` instead, it opens a page.
    """

    label: str
    data: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class FileRef:
    """A stored file to hand over: `file_id` is its SHA-256; `picture_id` a PNG of its first page.

    Of a picture `picture_id` is a smaller one, "" where it is small itself.
    """

    file_id: str
    name: str
    media_type: str
    picture_id: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether the file is itself a picture, shown where the platform shows such."""
        return self.media_type.startswith("image/")


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One message to somebody. Buttons, at most 13, belong to this text; channels fit and degrade.

    `about`: code of the report it speaks of, so that whoever quotes it means that report.
    `card`: shown as a card where the platform has such, its first line as the heading; the words alone say
    it all. `menu`: the role whose menu the person sees from now on (`bot.menus`).
    """

    text: str = field(repr=False)
    buttons: tuple[Button, ...] = ()
    ask_location: bool = False
    files: tuple[FileRef, ...] = ()
    about: str = ""
    card: bool = False
    menu: str = ""


def replies_to_json(replies: tuple[Reply, ...]) -> str:
    """Text that `replies_from_json` reads back to equal values."""
    return json.dumps([asdict(r) for r in replies], ensure_ascii=False)


def replies_from_json(text: str) -> tuple[Reply, ...]:
    """The replies that `replies_to_json` wrote."""
    return tuple(
        Reply(
            text=r["text"],
            buttons=tuple(Button(**b) for b in r["buttons"]),
            ask_location=r["ask_location"],
            files=tuple(FileRef(**f) for f in r["files"]),
            about=r.get("about", ""),
            card=r.get("card", False),
            menu=r.get("menu", ""),
        )
        for r in json.loads(text)
    )
