"""What villagers hear of a forum that is called."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NOTICE_CALLED = (
    "📣 Village meeting of {village}\n{when}\n{with_whom}"
    "Something the meeting should talk about? Just write it here beforehand."
)
NOTICE_WITH = "Held together with {conveners}\n"
NOTICE_MOVED = "📣 The village meeting of {village} was moved:\n{when}"
NOTICE_CALLED_OFF = (
    "📣 The village meeting of {village} on {when} is called off. You will hear when it is."
)
NOTICE_REMINDER = "📣 Tomorrow: village meeting of {village}\n{when}\nCome and have a say."
