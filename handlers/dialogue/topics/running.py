"""Running a forum: attendance, votes, resolutions, corrections."""

from handlers.dialogue.intents import CloseForum
from handlers.dialogue.topic import Topic

TOPIC = Topic(buttons={"endforum": lambda r: CloseForum()})
