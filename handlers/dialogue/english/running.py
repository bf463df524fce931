"""Running a forum: what villagers hear there. What the chair hears is Thai."""

CHECK_IN_BAD = "This meeting code does not work. Please look again at the one held up."
CHECK_IN_OVER = "This meeting is over."
CHECK_IN_ELSEWHERE = (
    "You are registered in {village}. "
    "You are welcome to listen; checking in and voting are for {here}."
)
CHECKED_IN = "You are checked in at the meeting of {village}, number {count}."
ASK_HOUSE = (
    "Which house number? It only counts how many houses came; the number itself is not kept."
)
ASK_HOUSE_TO_VOTE = (
    "One vote a house this time: please say your house number first, then press «Vote»."
)
HOUSE_KEPT = "Thank you. When there is a vote, press «Vote»."
BUTTON_NO_HOUSE = "Rather not"
BUTTON_VOTE = "Vote"
POLL_ASK = "Voting now on item {number}\n{line}\nWhat do you say?"
POLL_NONE = "There is nothing to vote on right now."
POLL_OVER = "Voting on this item is over."
POLL_CHECK_IN_FIRST = "Please check in at the meeting first, then vote."
BALLOT_FOR = "For"
BALLOT_AGAINST = "Against"
BALLOT_ABSTAIN = "Abstain"
BALLOT_KEPT = "Your vote on item {number}: {choice} (you can change it until the vote is closed)"
BALLOT_HOUSE = "Somebody of your house has voted on item {number}; one vote a house this time."
