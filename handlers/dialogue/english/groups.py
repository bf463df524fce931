"""Groups of a village: what the bot says there in one line, and to the head about them."""

GROUP_HELLO = (
    "Hello 🙏 I note this village's matters for the village forum. I stay quiet and keep none of your talk.\n"
    "To have something noted, begin with «แจ้ง», such as: แจ้ง ไฟดับซอย 2. Private matters: write to me alone.\n"
    "This is the district's system; nobody's name is shown"
)
GROUP_HELLO_BIND = (
    "Village head: write «ผูกกลุ่ม» to me in private for the code that binds this group."
)
GROUP_HOW = "To have something noted, begin with «แจ้ง», or write to me in private."
GROUP_IN_PRIVATE = "Better in private: please write to me there."
GROUP_SENT_PRIVATELY = "Received, number {code}. I have sent you the rest in private."
GROUP_THANKS = "You are welcome 🙏"
GROUP_SEEN_BY_ALL = (
    "Everybody in the group can read what you wrote there. You may delete it; your report stays."
)
GROUP_FROM = "What you told in the group:"
BUTTON_PRIVATE = "Go on in private"
