"""What the menus say beside commands that stand elsewhere: telling, hotlines, Telegram's short words."""

from dataclasses import dataclass

from handlers.dialogue import intents as i
from handlers.dialogue.topic import Topic


@dataclass(frozen=True, kw_only=True)
class AskMatter(i.Intent):
    """«แจ้งเรื่อง» and nothing more: what is the matter?"""


@dataclass(frozen=True, kw_only=True)
class ShowHotlines(i.Intent):
    """«เบอร์ฉุกเฉิน»: whom to call."""


TOPIC = Topic(
    exact={
        "แจ้งเรื่อง": AskMatter(),
        "แจ้งปัญหา": AskMatter(),
        "เบอร์ฉุกเฉิน": ShowHotlines(),
        "เบอร์โทรฉุกเฉิน": ShowHotlines(),
        "โทรด่วน": ShowHotlines(),
        "privacy": i.Privacy(),
        "menu": i.Help(),
        "help": i.Help(),
        "my reports": i.MyReports(),
        "/summary": i.Summarise(),
        "/agenda": i.SendAgenda(),
        "/decide": i.OfferResolution(item=1),
        "/questions": i.ShowQuestions(),
    },
)
