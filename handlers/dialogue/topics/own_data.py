"""One's own data, consents, linked accounts, slowing and muting."""

from handlers.dialogue.topic import Topic

TOPIC = Topic()
