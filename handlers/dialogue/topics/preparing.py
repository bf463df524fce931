"""Preparing a forum: date, notice, conveners, the agenda's order."""

from handlers.dialogue.topic import Topic

TOPIC = Topic()
