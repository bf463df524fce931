"""The village's open issues, support, and what became of them."""

from dataclasses import dataclass

from handlers.dialogue.intents import Intent
from handlers.dialogue.topic import Topic
from planning.codes import tidy_code


@dataclass(frozen=True, kw_only=True)
class ShowIssues(Intent):
    """«เรื่องในหมู่บ้าน»: the open issues of one's village after the first `skip`."""

    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class Support(Intent):
    """«เดือดร้อนด้วย» on an issue; pressed again it takes that back."""

    issue_code: str


@dataclass(frozen=True, kw_only=True)
class SayDone(Intent):
    """What a contributor says of a matter that is said to be done: `done`, or not yet.

    `status_id` is the change of state they were asked about.
    """

    issue_code: str
    status_id: int
    done: bool


@dataclass(frozen=True, kw_only=True)
class ShowQuota(Intent):
    """«โควตา»: what this month's pushes used, for those who run the system."""


def _code(text: str) -> str:
    return tidy_code(text) or ""


TOPIC = Topic(
    exact={
        "เรื่องในหมู่บ้าน": ShowIssues(),
        "เรื่องหมู่บ้าน": ShowIssues(),
        "เรื่องในชุมชน": ShowIssues(),
        "เรื่องของหมู่บ้าน": ShowIssues(),
        "เดือดร้อนด้วย": ShowIssues(),
        "เอาคืน": ShowIssues(),
        "/village": ShowIssues(),
        "village matters": ShowIssues(),
        "โควตา": ShowQuota(),
        "โควต้า": ShowQuota(),
        "/quota": ShowQuota(),
    },
    buttons={
        "open": lambda r: ShowIssues(skip=int(r[0]) if r else 0),
        "me": lambda r: Support(issue_code=_code(r[0])),
        "fixed": lambda r: SayDone(issue_code=_code(r[0]), status_id=int(r[1]), done=True),
        "notyet": lambda r: SayDone(issue_code=_code(r[0]), status_id=int(r[1]), done=False),
    },
)
