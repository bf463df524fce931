"""What follows a forum: the village's own work, and what comes back."""

from planning.forums import Outcome, Way

OUTCOMES = {
    Outcome.APPROVED: "agreed",
    Outcome.REJECTED: "not agreed",
    Outcome.POSTPONED: "put off",
}
WAYS = {
    Way.OURSELVES: "(the village does it itself)",
    Way.TOGETHER: "(done together with others)",
    Way.ASK_SUPPORT: "(help is asked for)",
}
VOTES = " by {for_it} to {against}"

WORKS_HEAD = "What {village} does by itself: {count}"
WORKS_DONE_HEAD = "What {village} has done by itself: {count}"
WORKS_LINE = "{number}. {line} [{code}]\n   {when}"
WORKS_NONE = "{village} has nothing left to do."
WORKS_DONE_NONE = "{village} has finished nothing yet."
WORK_SINCE = "on the list since {date}"
WORK_GOING_ON = "going on ({date})"
WORK_DONE_ON = "done on {date}"
WORK_PHOTOS = ", {count} photos"
WORK_PLACE = "\nat {place}"
WORK = "{line}{place}\nTold by {people} people\n{when}\n[{code}]"
WORK_GONE = "The village is not doing this by itself."
WORK_PHOTOS_SHOWN = "{line}\nPhotos of it done: {count}"
WORK_PHOTOS_NONE = "There are no photos yet."

BUTTON_WORKS = "Village work"
BUTTON_WORKS_DONE = "Work done"
BUTTON_WORKS_MORE = "More"
BUTTON_WORK_PHOTOS = "Photos"
