"""What a message asks the system to do: the commands the dialogue gives."""

from dataclasses import dataclass, field
from datetime import date

from planning.forums import Outcome, Way
from planning.issues import IssueState


@dataclass(frozen=True, kw_only=True)
class Intent:
    """Something to do, whoever says it."""


@dataclass(frozen=True, kw_only=True)
class Tell(Intent):
    """A new report. `for_other`: told by a helper for somebody else, in `village_code` if named.

    `name`, `contact`: of whom it is told for, where they gave them.
    """

    text: str = field(default="", repr=False)
    for_other: bool = False
    village_code: str = ""
    name: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Add(Intent):
    """Words, photos or a location that belong to a report already received."""

    report_code: str
    text: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Ask(Intent):
    """A question kept for the village head."""

    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Chat(Intent):
    """A greeting, thanks or leave: one short answer."""

    thanks: bool = False
    leaving: bool = False


@dataclass(frozen=True, kw_only=True)
class CannotRead(Intent):
    """A kind of message that cannot be read yet."""


@dataclass(frozen=True, kw_only=True)
class KeepSilent(Intent):
    """Nothing to say: group talk, a standby event, somebody left."""

    left: bool = False


@dataclass(frozen=True, kw_only=True)
class Welcome(Intent):
    """Somebody opened the bot."""


@dataclass(frozen=True, kw_only=True)
class FindVillage(Intent):
    """The person typed where they live."""

    text: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class NearVillages(Intent):
    """The person shared where they are; offer the nearest villages, as a `second` one or their own."""

    second: bool = False


@dataclass(frozen=True, kw_only=True)
class ChooseVillage(Intent):
    """The person's village is known now. `sure`: also where that means moving from another one."""

    village_code: str
    sure: bool = False


@dataclass(frozen=True, kw_only=True)
class SameIssue(Intent):
    """The reporter says the report is that issue."""

    report_code: str
    issue_code: str


@dataclass(frozen=True, kw_only=True)
class OtherIssue(Intent):
    """The reporter says the report is not that issue."""

    report_code: str
    issue_code: str


@dataclass(frozen=True, kw_only=True)
class OfferCategories(Intent):
    """Show the categories to choose from, after the first `skip`."""

    report_code: str
    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class CorrectCategory(Intent):
    """The reporter says which category."""

    report_code: str
    category: str


@dataclass(frozen=True, kw_only=True)
class MyReports(Intent):
    """«เรื่องของฉัน»."""


@dataclass(frozen=True, kw_only=True)
class Help(Intent):
    """«เมนู». `danger`: somebody cried for help and said no more."""

    danger: bool = False


@dataclass(frozen=True, kw_only=True)
class Privacy(Intent):
    """The privacy notice in full."""


@dataclass(frozen=True, kw_only=True)
class Redeem(Intent):
    """A one-time invitation to a role."""

    token: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Summarise(Intent):
    """«สรุป [พื้นที่] [เรื่อง]»; `area` as typed, empty for all of the asker's own.

    `skip`: how many of the matters asked for were seen.
    """

    area: str = ""
    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class SendAgenda(Intent):
    """«ระเบียบวาระ»."""


@dataclass(frozen=True, kw_only=True)
class Convene(Intent):
    """«นัดประชุม วัน เวลา ที่»: when and where the forum is."""

    held_on: date | None
    held_at: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class CloseForum(Intent):
    """«ปิดประชุม»: the forum is over; what comes next belongs to the next one."""


@dataclass(frozen=True, kw_only=True)
class OfferResolution(Intent):
    """Show one item with buttons to decide."""

    item: int
    outcome: Outcome | None = None


@dataclass(frozen=True, kw_only=True)
class Resolve(Intent):
    """«มติ n …»: the forum's decision on item n of the agenda."""

    item: int
    outcome: Outcome
    votes_for: int | None = None
    votes_against: int | None = None
    way: Way | None = None


@dataclass(frozen=True, kw_only=True)
class ShowStatus(Intent):
    """«สถานะ <code>»."""

    code: str


@dataclass(frozen=True, kw_only=True)
class ShowConfidential(Intent):
    """«เรื่องลับ»: the district's own list."""


@dataclass(frozen=True, kw_only=True)
class ShowQuestions(Intent):
    """«คำถาม»: questions kept for the head and the officers."""


@dataclass(frozen=True, kw_only=True)
class ChangeStatus(Intent):
    """An officer says where a matter stands now."""

    code: str
    state: IssueState
    words: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class BadCommand(Intent):
    """A command that was begun but cannot be read; `sentence` says how to write it."""

    sentence: str
