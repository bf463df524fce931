"""Groups of a village, and telling for people without a phone."""

from handlers.dialogue.topic import Topic

TOPIC = Topic()
