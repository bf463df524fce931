"""Refining a report: words, place, photos, withdrawing; questions to the village."""

from handlers.dialogue.topic import Topic

TOPIC = Topic()
