"""How fast somebody writes, and when one kind answer has to do for many messages. Pure."""

import re
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.dialogue.state import Conversation

MOST_A_MINUTE = 15
"""Sayings (bursts, not single messages) of one person in a minute that are each answered."""
HUSH = timedelta(minutes=5)
REMINDER = timedelta(minutes=10)
"""How long one answer to a repetition or a bare link has to do."""
REPEAT_WITHIN = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|co|th|me|ly|cc|io|app|info|shop|xyz|top|vip)"
    r"(?:/\S*)?(?![\w.])",
    re.IGNORECASE,
)


def noted(talk: Conversation, at: datetime) -> Conversation:
    """The conversation with one more saying remembered."""
    recent = (t for t in talk.lately if abs(at - t) < _MINUTE)
    return replace(talk, lately=(*recent, at)[-(MOST_A_MINUTE + 1) :])


def flooding(talk: Conversation) -> bool:
    """Whether more was said within a minute than can be answered one by one."""
    return len(talk.lately) > MOST_A_MINUTE


def hushed(talk: Conversation, at: datetime) -> bool:
    """Whether the one answer has been given a short while ago."""
    return talk.hushed_until is not None and at < talk.hushed_until


def reminded(talk: Conversation, at: datetime) -> bool:
    """Whether a repetition was answered a short while ago."""
    return talk.reminded_at is not None and at - talk.reminded_at < REMINDER


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same, however they are spaced."""
    return bool(one.strip()) and _squeezed(one) == _squeezed(other)


def says_already(kept: str, text: str) -> bool:
    """Whether the kept words are the text, or end with it."""
    return same_words(kept, text) or _squeezed(kept).endswith(f"\n{_squeezed(text)}")


def _squeezed(text: str) -> str:
    lines = (" ".join(line.split()).casefold() for line in text.splitlines())
    return "\n".join(filter(None, lines))


def only_links(text: str) -> bool:
    """Whether a text is nothing but addresses of pages."""
    return bool(_LINK.search(text)) and not re.search(r"\w", _LINK.sub(" ", text))
