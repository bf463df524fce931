"""What kind of thing was said, and with what it is judged. Pure."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from handlers.dialogue import intents as i
from handlers.dialogue.state import Conversation
from handlers.dialogue.topics.minutes import SetPart
from handlers.dialogue.words import read_button, read_command, says_yes
from handlers.messages import IncomingMessage, MessageKind
from handlers.settings import TurnSettings
from nlp.values import Act, Understanding


class Heard(StrEnum):
    """What kind of thing was said."""

    COMMAND = "command"
    YES_NO = "yes_no"
    MATTER = "matter"
    QUESTION = "question"
    CRY = "cry"
    UNSURE = "unsure"
    QUOTE = "quote"
    CHATTER = "chatter"
    MEDIA = "media"
    LOCATION = "location"
    JOIN = "join"
    LEAVE = "leave"
    EDIT = "edit"
    UNSEND = "unsend"
    SPOKEN = "spoken"
    UNREADABLE = "unreadable"
    SILENT = "silent"


@dataclass(frozen=True, kw_only=True)
class Utterance:
    """One or more messages of one sender that are one saying (a burst), in order of time."""

    messages: tuple[IncomingMessage, ...]

    @property
    def text(self) -> str:
        """The words of all parts, a line each."""
        return "\n".join(m.text for m in self.messages if m.text)

    @property
    def first_at(self) -> datetime:
        """Time of the first part."""
        return min(m.sent_at for m in self.messages)

    @property
    def last_at(self) -> datetime:
        """Time of the last part."""
        return max(m.sent_at for m in self.messages)

    @property
    def media(self) -> tuple[IncomingMessage, ...]:
        """Parts that bring a photo, voice, video or file."""
        return tuple(m for m in self.messages if m.media_id and m.kind in MEDIA_KINDS)

    @property
    def location(self) -> tuple[float, float] | None:
        """The last shared position (latitude, longitude), if any."""
        return next(
            (
                (m.lat, m.lon)
                for m in reversed(self.messages)
                if m.lat is not None and m.lon is not None
            ),
            None,
        )


MEDIA_KINDS = frozenset({MessageKind.PHOTO, MessageKind.VOICE, MessageKind.VIDEO, MessageKind.FILE})
KEPT_KINDS = frozenset({MessageKind.PHOTO, MessageKind.VOICE})
"""Media that are fetched and kept; films and files are not."""
CHANGES = frozenset({MessageKind.EDIT, MessageKind.UNSEND})
"""Kinds that change an earlier message; they are heard in groups, too."""
TELLING_KINDS = MEDIA_KINDS | {MessageKind.TEXT, MessageKind.LOCATION}
"""Kinds that can be parts of one report."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known when deciding. `understanding` is None where there are no words to read.

    `names_village`: the words are a village's name and nothing that might tell something.
    `plain`: what looks like a command is to be heard as words all the same. `quoted`: code of the
    person's own report that the message quotes.
    """

    village_known: bool
    names_village: bool = False
    plain: bool = False
    quoted: str = ""
    understanding: Understanding | None = field(default=None, repr=False)
    settings: TurnSettings


@dataclass(frozen=True, kw_only=True)
class Saying:
    """The three things every rule of the table looks at."""

    conversation: Conversation
    utterance: Utterance
    facts: Facts


def command_of(utterance: Utterance, facts: Facts) -> i.Intent | None:
    """The command a text or button is, or None.

    Words that only look like an officer's command are left to be heard as a report (`facts.plain`):
    a villager's words are never lost to a command.
    """
    message, *rest = utterance.messages
    if message.kind is MessageKind.BUTTON:
        return read_button(message.button)
    if message.kind is not MessageKind.TEXT:
        return None
    intent = read_command(message.text)
    if isinstance(intent, i.Tell):
        more = [m.text for m in rest if m.text]
        return replace(intent, text="\n".join([intent.text, *more]))
    if rest or (facts.plain and isinstance(intent, ROLE_COMMANDS)):
        return None
    return intent


ROLE_COMMANDS = (
    i.Summarise, i.Resolve, i.OfferResolution, i.Convene, i.ChangeStatus, i.BadCommand, SetPart,
)  # fmt: skip
"""Commands whose words might be a villager's own: they are heard as words where they read so."""


def heard(utterance: Utterance, facts: Facts) -> Heard:
    """What kind of saying this is."""
    kinds = {m.kind for m in utterance.messages}
    for kind, answer in _BY_KIND.items():
        if kind in kinds:
            return answer
    if utterance.messages[0].kind is MessageKind.VOICE and not utterance.media:
        return Heard.SPOKEN if about_another(utterance) else Heard.UNREADABLE
    if command_of(utterance, facts) is not None or MessageKind.BUTTON in kinds:
        return Heard.COMMAND
    if facts.quoted and kinds <= TELLING_KINDS:
        return Heard.QUOTE
    if utterance.text.strip():
        if not (utterance.media or utterance.location) and (by_form := _by_form(utterance.text)):
            return by_form
        if says_yes(utterance.text) is not None:
            return Heard.YES_NO
        act = facts.understanding.act if facts.understanding else Act.MATTER
        if act is Act.MATTER or utterance.media or utterance.location:
            return Heard.MATTER
        return Heard.QUESTION if act is Act.QUESTION else Heard.CHATTER
    if any(m.kind in KEPT_KINDS for m in utterance.media):
        return Heard.MEDIA
    return Heard.LOCATION if utterance.location else Heard.UNREADABLE


_BY_KIND = {
    MessageKind.JOIN: Heard.JOIN,
    MessageKind.LEAVE: Heard.LEAVE,
    MessageKind.UNSEND: Heard.UNSEND,
    MessageKind.EDIT: Heard.EDIT,
    MessageKind.MOVED: Heard.SILENT,
    MessageKind.UNKNOWN: Heard.UNREADABLE,
    MessageKind.CONTACT: Heard.UNREADABLE,
    MessageKind.STICKER: Heard.CHATTER,
}


def about_another(utterance: Utterance) -> bool:
    """Whether this says what became of, or was heard in, a message that came before."""
    message = utterance.messages[0]
    spoken = message.kind is MessageKind.VOICE and not message.media_id and bool(message.text)
    return spoken or message.kind in CHANGES


_CRY = re.compile(
    r"(?:ช่วย(?:ด้วย|หน่อย|ที|แหน่|แน่|แด่|กัน)*|ซ่อย(?:แหน่|แน่|แด่|ด้วย)*|help|sos)(?:ครับ|คับ|ค่ะ|คะ|จ้า|นะ|[ๆ!. ])*",
    re.IGNORECASE,
)
_UNSURE = re.compile(r"(?:ไม่รู้|ไม่ทราบ|ไม่แน่ใจ|ไม่มั่นใจ|บ่ฮู้|บ่รู้|บ่แน่ใจ|จำไม่ได้)\S{0,10}")


def _by_form(text: str) -> Heard | None:
    """What a text is by its form alone: a cry for help and no more, or not knowing."""
    words = " ".join(text.split())
    if _CRY.fullmatch(words):
        return Heard.CRY
    return Heard.UNSURE if _UNSURE.fullmatch(words) and len(words) <= 20 else None
