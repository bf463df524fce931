"""Telling for people without a phone: one by one, asked step by step, or a survey's file at once."""

from dataclasses import dataclass, field

from handlers.dialogue.intents import Intent
from handlers.dialogue.topic import Topic


@dataclass(frozen=True, kw_only=True)
class BeginHelping(Intent):
    """«แจ้งแทน» and no more: ask step by step."""


@dataclass(frozen=True, kw_only=True)
class NameThem(Intent):
    """Who it is for, with a contact if any; "" where they give no name."""

    text: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class PlaceThem(Intent):
    """Which village it is about, as typed or by code; what was told already is `report_code`."""

    text: str = field(default="", repr=False)
    village_code: str = ""
    report_code: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowHelped(Intent):
    """«เรื่องที่จดแทน»: what became of what one wrote down for others."""


@dataclass(frozen=True, kw_only=True)
class PrintHelped(Intent):
    """«รายการจดแทน»: the same as a document to print."""


@dataclass(frozen=True, kw_only=True)
class OfferSurvey(Intent):
    """«แบบสำรวจ»: the form to fill in."""


@dataclass(frozen=True, kw_only=True)
class TakeSurvey(Intent):
    """A helper sent a table; it is fetched and checked."""


@dataclass(frozen=True, kw_only=True)
class ShowSurvey(Intent):
    """What came of the survey sent last."""


@dataclass(frozen=True, kw_only=True)
class ConfirmSurvey(Intent):
    """Bring the rows in."""

    survey_id: int


@dataclass(frozen=True, kw_only=True)
class DropSurvey(Intent):
    """Do not bring them in."""

    survey_id: int


TOPIC = Topic(
    exact={
        "แจ้งแทน": BeginHelping(),
        "จดแทน": BeginHelping(),
        "เรื่องที่จดแทน": ShowHelped(),
        "จดแทนอีกคน": BeginHelping(),
        "รายการจดแทน": PrintHelped(),
        "แบบสำรวจ": OfferSurvey(),
        "ผลสำรวจ": ShowSurvey(),
    },
    buttons={
        "for": lambda r: BeginHelping(),
        "whom": lambda r: NameThem(),
        "theirs": lambda r: PlaceThem(village_code=r[0], report_code="".join(r[1:2])),
        "helped": lambda r: PrintHelped() if r and r[0] == "print" else ShowHelped(),
        "form": lambda r: OfferSurvey(),
        "survey": lambda r: (
            {"ok": ConfirmSurvey, "no": DropSurvey}[r[0]](survey_id=int(r[1]))
            if len(r) > 1
            else ShowSurvey()
        ),
    },
)
