"""The village's open issues, support, and what became of them."""

ISSUES_HEAD = "{village}: {count} open matters"
ISSUES_NONE = "No open matters in {village} now. If something is wrong, just write it here."
ISSUES_LINE = "{number}. {line}\n   {voices} – {state}"
ISSUES_ASK = (
    "Does one of these trouble you too? Press its number. Press it again to take that back."
)
ISSUES_MINE = "you told this"
ISSUES_WITH_ME = "you are counted"
VOICES = "{people} people"
VOICES_HOMES = "{people} people · about {homes} households"
SUPPORTED = "You are counted too. Now {voices}:\n{line}\nYou will hear what becomes of it."
UNSUPPORTED = "Taken back. {voices} left:\n{line}"
SUPPORT_OWN = "You told this yourself and are counted. {voices}:\n{line}"
SUPPORT_CLOSED = "This matter is closed ({state}). If it still troubles you, just tell it anew."
SUPPORT_ELSEWHERE = (
    "This is another village's matter. If it troubles your place too, just write it here."
)
BUTTON_ISSUES = "Village matters"
BUTTON_SUPPORT = "{number} Me too"
BUTTON_UNSUPPORT = "{number} Take back"
BUTTON_TAKE_BACK = "Take back"
BUTTON_SUPPORT_AGAIN = "Me too"
BUTTON_ISSUES_MORE = "More"
BUTTON_ISSUES_BACK = "Back"
ALREADY_GOING = "This matter now: {state}"
MINE_SUPPORTED_HEAD = "Matters that trouble you too"
MINE_SUPPORTED_LINE = "• {line}\n   now: {state}"

NEWS_SUPPORTED = "A matter that troubles you too\n{line}\nNow: {state}"
NEWS_PRIVATE = "What you told us, {code}\nNow: {state}"
NEWS_RESOLUTION_SUPPORTED = (
    "A matter that troubles you too\n{line}\nThe forum of {village}: {outcome}{votes}{way}"
)
NEWS_FORUM = "What you told us, {code}\n{line}\nis on the agenda of the forum of {village}.{when}"
NEWS_FORUM_SUPPORTED = (
    "A matter that troubles you too\n{line}\nis on the agenda of the forum of {village}.{when}"
)
NEWS_WHEN = "\nForum: {date} {time} {place}"
DONE_ASK = "Is it really done? Please have a look."
BUTTON_DONE = "It is done"
BUTTON_NOT_YET = "Not yet"
DONE_THANKS = "Thank you for looking. 🙏"
NOT_YET_ASK = (
    "Thank you. The matter is open again, and the village head and the officer have been told.\n"
    "What is left to do? Send a photo or a few words."
)
NOT_YET_ASK_PRIVATE = (
    "Thank you. The matter is open again, and the district officer has been told.\n"
    "What is left to do? A few words will do."
)
NOT_YET_OPEN = (
    "Thank you. This matter is open already.\nWhat is left to do? Send a photo or a few words."
)
ANSWERED_BEFORE = "You have answered this already. Thank you."
REOPENED = (
    "Somebody says that this is not done yet.\n{line}\n{village}, matter {code}\n"
    "It is open again, now: {state}. Please have another look."
)
REOPENED_PRIVATE = (
    "Matter {code}, {village}: who told it says that it is not done yet. It is open again, "
    "now: {state}. Please have another look."
)

QUOTA_HEAD = "LINE messages in {month}"
QUOTA_USED = "Used {used} of {limit} (today {today}), kept for danger {reserve}"
QUOTA_FORECAST = "At this pace about {forecast} by the end of the month"
QUOTA_WAITING = "{number} messages wait, {held} of them for a next reply"
QUOTA_RANK = "• {rank} {number}"
QUOTA_NONE_WAITING = "Nothing waits"
QUOTA_WARNING = (
    "{percent}% of this month's LINE messages are used ({used} of {limit}).\n"
    "What is not pressing goes with next replies; danger can still be sent. Write «โควตา» to see."
)
RANK_DANGER = "danger"
RANK_ANSWER = "answers that came late"
RANK_OUTCOME = "what became of matters"
RANK_FORUM = "forum notices"
RANK_DIGEST = "digests"
RANK_OTHER = "other"
