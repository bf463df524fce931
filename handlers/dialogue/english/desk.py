"""What contributors hear of the issue desk."""

MERGED_NEWS = (
    "The matter you reported, {code}\n{line}\nIt was joined with this one, which seems to be "
    "the same: {other}. Together that is {people} people.\nIf it is another matter, press the button."
)
MERGED_NEWS_SUPPORTED = (
    "The matter that troubles you too\n{line}\nIt was joined with this one, which seems to be "
    "the same: {other}. Together that is {people} people.\nIf it is another matter, press the button."
)
APART_NEWS = "The matter you reported, {code}\n{line}\nIt stands by itself again."
APART_NEWS_SUPPORTED = "The matter that troubles you too\n{line}\nIt stands by itself again."
BUTTON_NOT_SAME = "Another matter"
NOT_SAME_DONE = "It stands by itself again.\n{line}"
NOT_SAME_OVER = "Your matter stands by itself already. Nothing to do."
MOVED_NEWS = "The matter you reported, {code}\n{line}\nIt was passed on to {village}."
MOVED_NEWS_SUPPORTED = "The matter that troubles you too\n{line}\nIt was passed on to {village}."
