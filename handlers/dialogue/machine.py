"""The dialogue as a table: what was waited for and what was heard decide what is done.

Pure: (conversation, utterance, facts) -> intent. What follows from an intent (codes, receipts, the
next question) is worked out in `answers` once the facts are there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from handlers.dialogue import intents as i
from handlers.dialogue.forms import only_place
from handlers.dialogue.state import Conversation, Step
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
    CHATTER = "chatter"
    MEDIA = "media"
    LOCATION = "location"
    JOIN = "join"
    LEAVE = "leave"
    EDIT = "edit"
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
TELLING_KINDS = MEDIA_KINDS | {MessageKind.TEXT, MessageKind.LOCATION}
"""Kinds that can be parts of one report."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known when deciding. `understanding` is None where there are no words to read.

    `names_village`: the words are a village's name and hardly more. `plain`: what looks like a
    command is to be heard as words all the same.
    """

    village_known: bool
    names_village: bool = False
    plain: bool = False
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
    i.Summarise, i.Resolve, i.OfferResolution, i.Convene, i.ChangeStatus, i.BadCommand,
)  # fmt: skip
"""Commands whose words might be a villager's own: they are heard as words where they read so."""


def heard(utterance: Utterance, facts: Facts) -> Heard:
    """What kind of saying this is."""
    kinds = {m.kind for m in utterance.messages}
    for kind, answer in _BY_KIND.items():
        if kind in kinds:
            return answer
    if MessageKind.EDIT in kinds:
        matter = facts.understanding is None or facts.understanding.act is Act.MATTER
        return Heard.EDIT if matter else Heard.SILENT
    if command_of(utterance, facts) is not None or MessageKind.BUTTON in kinds:
        return Heard.COMMAND
    if utterance.text.strip():
        if says_yes(utterance.text) is not None:
            return Heard.YES_NO
        act = facts.understanding.act if facts.understanding else Act.MATTER
        if act is Act.MATTER or utterance.media or utterance.location:
            return Heard.MATTER
        return Heard.QUESTION if act is Act.QUESTION else Heard.CHATTER
    if utterance.media:
        return Heard.MEDIA
    return Heard.LOCATION if utterance.location else Heard.UNREADABLE


_BY_KIND = {
    MessageKind.JOIN: Heard.JOIN,
    MessageKind.LEAVE: Heard.LEAVE,
    MessageKind.UNSEND: Heard.SILENT,
    MessageKind.MOVED: Heard.SILENT,
    MessageKind.UNKNOWN: Heard.UNREADABLE,
    MessageKind.CONTACT: Heard.UNREADABLE,
    MessageKind.STICKER: Heard.CHATTER,
}


def decide(conversation: Conversation, utterance: Utterance, facts: Facts) -> i.Intent:
    """What to do about what was said."""
    if utterance.messages[0].group and not _addressed(utterance):
        return i.KeepSilent()
    said = Saying(
        conversation=current(conversation, utterance, facts), utterance=utterance, facts=facts
    )
    return TABLE[said.conversation.step, heard(utterance, facts)](said)


def current(conversation: Conversation, utterance: Utterance, facts: Facts) -> Conversation:
    """The conversation with a stale question put aside, and ASK_VILLAGE while no village is known."""
    asked, life = conversation.asked_at, facts.settings.question_life
    stale = asked is not None and utterance.first_at - asked > life
    step = Step.IDLE if stale or conversation.step is Step.ASK_VILLAGE else conversation.step
    return replace(conversation, step=step if facts.village_known else Step.ASK_VILLAGE)


def _addressed(utterance: Utterance) -> bool:
    """In a group only words that begin «แจ้ง» are for the bot; answers there tell nothing private."""
    telling = utterance.messages[0].kind is MessageKind.TEXT
    return telling and utterance.text.lstrip().startswith("แจ้ง")


def _command(said: Saying) -> i.Intent:
    return command_of(said.utterance, said.facts) or i.CannotRead()


def _belongs(said: Saying) -> bool:
    return said.conversation.near(said.utterance.first_at, said.facts.settings.burst)


def _follows(said: Saying) -> bool:
    return said.conversation.near(said.utterance.first_at, said.facts.settings.follow)


def _add(said: Saying) -> i.Intent:
    return i.Add(
        report_code=said.conversation.report_code,
        text=said.utterance.text,
    )


def _matter(said: Saying) -> i.Intent:
    return _add(said) if _belongs(said) else i.Tell(text=said.utterance.text)


def _matter_or_place(said: Saying) -> i.Intent:
    if not _belongs(said) and _does_not_know(said):
        return i.SkipPlace()
    if not _belongs(said) and _is_place_answer(said):
        return _add(said)
    return _matter(said)


def _is_place_answer(said: Saying) -> bool:
    """Whether words heard after «where?» answer it: a place, or a few words that name no fault.

    Danger and what must stay confidential are never taken for a place.
    """
    reading = said.facts.understanding
    text = said.utterance.text
    if reading is None or len(text) > 60:
        return False
    first = reading.categories[0]
    names_fault = first.code != "other" and first.score >= 0.35
    names_fault = names_fault and not only_place(text, reading.place)
    touchy = reading.emergency.on or reading.confidential.on or reading.kind == "complaint_person"
    return (reading.place is not None or len(text) <= 25) and not names_fault and not touchy


def _does_not_know(said: Saying) -> bool:
    text = said.utterance.text.strip()
    return len(text) <= 20 and text.startswith(("ไม่รู้", "ไม่ทราบ", "ไม่แน่ใจ", "บ่ฮู้", "บ่รู้"))


def _chatter_or_place(said: Saying) -> i.Intent:
    return i.SkipPlace() if _does_not_know(said) else _chatter(said)


def _words(said: Saying) -> i.Intent:
    return _add(said) if _follows(said) else i.Tell(text=said.utterance.text)


def _question(said: Saying) -> i.Intent:
    return _add(said) if _belongs(said) else i.Ask(text=said.utterance.text)


def _chatter(said: Saying) -> i.Intent:
    if _belongs(said) and said.utterance.text:
        return _add(said)
    return i.Chat(thanks="ขอบ" in said.utterance.text)


def _thing(said: Saying) -> i.Intent:
    return _add(said) if _follows(said) else i.Tell()


def _yes_no(said: Saying) -> i.Intent:
    talk = said.conversation
    if talk.step is Step.ASK_SAME and talk.issue_code:
        kind = i.SameIssue if says_yes(said.utterance.text) else i.OtherIssue
        return kind(report_code=talk.report_code, issue_code=talk.issue_code)
    return _chatter(said)


def _village(said: Saying) -> i.Intent | None:
    reading = said.facts.understanding
    touchy = reading is not None and (reading.emergency.on or reading.confidential.on)
    if said.facts.names_village and not touchy:
        return i.FindVillage(text=said.utterance.text)
    return None


def _where(said: Saying) -> i.Intent:
    """Words heard while the village is unknown: a village's name, or a report all the same."""
    return _village(said) or _matter(said)


def _where_question(said: Saying) -> i.Intent:
    return _village(said) or _question(said)


def _where_chatter(said: Saying) -> i.Intent:
    return _village(said) or _chatter(said)


def _edit(said: Saying) -> i.Intent:
    return _add(said) if _follows(said) else i.Tell(text=said.utterance.text)


Rule = Callable[[Saying], i.Intent]

_ALWAYS: dict[Heard, Rule] = {
    Heard.COMMAND: _command,
    Heard.YES_NO: _yes_no,
    Heard.MATTER: _matter,
    Heard.QUESTION: _question,
    Heard.CHATTER: _chatter,
    Heard.MEDIA: _thing,
    Heard.LOCATION: _thing,
    Heard.JOIN: lambda said: i.Welcome(),
    Heard.LEAVE: lambda said: i.KeepSilent(left=True),
    Heard.EDIT: _edit,
    Heard.UNREADABLE: lambda said: i.CannotRead(),
    Heard.SILENT: lambda said: i.KeepSilent(),
}

_DIFFERENT: dict[Step, dict[Heard, Rule]] = {
    Step.IDLE: {},
    Step.ASK_VILLAGE: {
        Heard.MATTER: _where,
        Heard.QUESTION: _where_question,
        Heard.CHATTER: _where_chatter,
        Heard.LOCATION: lambda said: i.NearVillages(),
    },
    Step.ASK_SAME: {},
    Step.ASK_PLACE: {
        Heard.MATTER: _matter_or_place,
        Heard.QUESTION: _matter_or_place,
        Heard.CHATTER: _chatter_or_place,
        Heard.LOCATION: lambda said: _add(said),
    },
    Step.ASK_WORDS: {Heard.MATTER: _words, Heard.QUESTION: _words},
}

TABLE: dict[tuple[Step, Heard], Rule] = {
    (step, kind): _DIFFERENT[step].get(kind, rule)
    for step in Step
    for kind, rule in _ALWAYS.items()
}
"""Every (what was waited for, what was heard) has its rule."""
