"""The summary, its picture and the regular digest."""

from handlers.dialogue.topic import Topic

TOPIC = Topic()
