"""Photos, voice and files; edited and taken-back messages."""

from dataclasses import dataclass, field

from handlers.dialogue.intents import Intent
from handlers.dialogue.topic import Topic


@dataclass(frozen=True, kw_only=True)
class TakeBack(Intent):
    """A message was unsent: its words and media leave whatever they are part of."""


@dataclass(frozen=True, kw_only=True)
class Reword(Intent):
    """A message that is part of a report was edited: `text` stands in place of its words."""

    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Hear(Intent):
    """What a machine heard in a voice message; it belongs to the report of that message."""

    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Misheard(Intent):
    """«ฟังผิด»: what the machine heard is not what was said; it leaves the report."""

    report_code: str


TOPIC = Topic(buttons={"misheard": lambda r: Misheard(report_code=r[0])})
