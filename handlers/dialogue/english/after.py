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
