"""The minutes: read, corrected, closed."""

from handlers.dialogue.topic import Topic

TOPIC = Topic()
