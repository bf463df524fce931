"""The minutes of a forum, as far as villagers hear of them."""

MINUTES_GROUP_WORDS = "Results of the forum of {village}, no. {number}/{year}"
MINUTES_NONE = "There are no minutes of a forum yet."
