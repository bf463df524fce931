"""Running a forum: attendance, votes, resolutions, corrections."""

from handlers.dialogue.topic import Topic

TOPIC = Topic()
