"""What follows a forum: the village's own work, and what comes back."""

from handlers.dialogue.topic import Topic

TOPIC = Topic()
