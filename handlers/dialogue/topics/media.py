"""Photos, voice and files; edited and taken-back messages."""

from handlers.dialogue.topic import Topic

TOPIC = Topic()
