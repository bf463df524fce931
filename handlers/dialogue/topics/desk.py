"""The head's desk: one matter at a time, corrected, answered, joined and taken apart."""

from handlers.dialogue.topic import Topic

TOPIC = Topic()
