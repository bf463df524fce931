"""The village's open issues, support, and what became of them."""

from handlers.dialogue.topic import Topic

TOPIC = Topic()
