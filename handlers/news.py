"""Telling everybody behind a matter what became of it: each once, by their channel, in their words."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from handlers.context import Turn, notify
from handlers.dialogue import texts as t
from handlers.helper_news import note_helpers
from handlers.messages import Reply
from handlers.settings import TurnSettings
from planning.areas import Village
from planning.issues import Issue
from planning.pushes import Rank
from planning.reports import Report, ReportState
from planning.roles import Role
from planning.thai import BANGKOK
from storage.unit import UnitOfWork

_OWN_WORDS = 60
_ALARM = "alarm"
_ALARMS, _ALARM_WITHIN, _ALARM_PAUSE = 3, timedelta(hours=1), timedelta(minutes=10)
"""Alarms that go out at once within that time, of one teller and to those who help one village;
then the teller's wait for the time to pass, the village's for the pause."""


class Teller(Protocol):
    """What telling needs: a turn has it, and so has whatever else changes where a matter stands."""

    @property
    def uow(self) -> UnitOfWork:
        """The unit of work in which the change is written."""
        ...

    @property
    def now(self) -> datetime:
        """The time."""
        ...

    @property
    def settings(self) -> TurnSettings:
        """The tone to speak in, and how many are asked."""
        ...


@dataclass(frozen=True, kw_only=True)
class Voice:
    """A teller outside a turn: a command or a job."""

    uow: UnitOfWork
    now: datetime
    settings: TurnSettings


@dataclass(frozen=True, kw_only=True)
class Contribution:
    """What one person has to do with an issue: their report's code, or "" where they support it.

    `line` is how to call the matter to them: their own words, or the public line; "" where neither
    may stand in a message.
    """

    person_id: int
    code: str
    line: str = field(repr=False)


Words = Callable[[Contribution], Reply]


async def tell_contributors(
    teller: Teller,
    issue: Issue,
    key: str,
    words: Words,
    *,
    rank: Rank = Rank.OUTCOME,
    besides: Iterable[int] = (),
) -> int:
    """Queue one message a person behind the issue; `words` makes it, in their language.

    Returns how many people are reached. `key` makes the same news go out once. Of reports told for
    somebody else their helper hears, with others of theirs. `besides`: who need not hear it.
    """
    reached = 0
    await note_helpers(teller.uow, issue, key, teller.now)
    for one in await contributions(teller.uow, issue):
        if one.person_id not in besides:
            mine = f"{key}:{one.person_id}"
            reached += await tell_person(
                teller, one.person_id, mine, partial(words, one), rank=rank
            )
    return reached


async def tell_person(
    teller: Teller,
    person_id: int,
    key: str,
    words: Callable[[], Reply],
    *,
    rank: Rank = Rank.OUTCOME,
    urgent: bool = False,
) -> bool:
    """Queue one message to a person, made in their language; whether anybody is reached."""
    person = await teller.uow.people.by_id(person_id)
    with t.speaking(t.spoken(person.language, teller.settings.tone)):
        reply = words()
    sent = await notify(
        teller.uow, person_id, set(), reply, key, teller.now, rank=rank, urgent=urgent
    )
    return bool(sent)


async def contributions(uow: UnitOfWork, issue: Issue) -> tuple[Contribution, ...]:
    """Everybody behind an issue, once each; who told it twice is called by the first telling.

    Of a matter that became confidential its supporters hear no more.
    """
    told: dict[int, Report] = {}
    for report in await uow.reports.of_issue(issue.id):
        if report.state is not ReportState.WITHDRAWN:
            told.setdefault(report.person_id, report)
    return tuple(
        Contribution(
            person_id=person_id,
            code=told[person_id].tracking_code if person_id in told else "",
            line=_line(issue, told.get(person_id)),
        )
        for person_id in await uow.issues.contributors(issue.id)
        if person_id in told or not issue.confidential
    )


def _line(issue: Issue, report: Report | None) -> str:
    """A matter as one person knows it. Of what is confidential nothing is said: phones are shared."""
    if issue.confidential or (report is not None and report.confidential):
        return ""
    words = " ".join(report.text.split()) if report else ""
    if not words:
        return issue.neutral_line
    return f"«{words if len(words) <= _OWN_WORDS else words[: _OWN_WORDS - 1] + '…'}»"


def status_news(issue: Issue, words: str) -> Words:
    """The message about a new state."""

    def news(one: Contribution) -> Reply:
        state = t.of_state(issue.state)
        if not one.line:
            private = t.NEWS_PRIVATE.format(code=one.code, state=state)
            return Reply(text=private, about=one.code)
        phrase = t.NEWS if one.code else t.NEWS_SUPPORTED
        extra = f"\n{t.NEWS_WORDS.format(words=words)}" if words else ""
        text = phrase.format(code=one.code, line=one.line, state=state) + extra
        return Reply(text=text, about=one.code)

    return news


async def alarm_helpers(turn: Turn, report: Report, issue: Issue, village: Village) -> None:
    """Tell at once of danger to life: the village's heads, or the district where it may not be them.

    What is confidential, or names a leader, never reaches the head: he may be who it is about. Of
    many at once only some are sent, so that nobody can use up what may be pushed; the reports stand.
    Who was let rest is counted alone: their alarms take no place of the village's.
    """
    private = issue.confidential or report.confidential or names_leader(report.text)
    role = Role.DISTRICT_OFFICER if private else Role.HEAD
    clock = report.first_told_at.astimezone(BANGKOK).strftime("%H.%M")

    def words() -> Reply:
        phrase = t.ALARM_DISTRICT if private else t.ALARM
        line, code = issue.neutral_line, issue.code
        return Reply(text=phrase.format(village=village.title, line=line, code=code, time=clock))

    teller, whom = f"person:{turn.person.id}", f"alarms:{role}:{village.code}"
    rests = await turn.uow.mutes.now(turn.person.id, turn.now) is not None
    if not (
        await _may_alarm(turn, teller) and (rests or await _may_alarm(turn, whom, _ALARM_PAUSE))
    ):
        return
    key, sent = f"alarm:{report.tracking_code}", False
    for helper in await turn.uow.people.holders(role, village.code):
        if helper != turn.person.id:
            sent |= await tell_person(turn, helper, f"{key}:{helper}", words, urgent=True)
    if sent:
        await turn.audit(_ALARM, teller)
        if not rests:
            await turn.audit(_ALARM, whom)


async def _may_alarm(turn: Turn, subject: str, pause: timedelta = _ALARM_WITHIN) -> bool:
    """Whether one more alarm may follow the last hour's; after some it must wait out a pause."""
    lines = await turn.uow.audit.of_subject(subject)
    hour = [x.at for x in lines if x.action == _ALARM and turn.now - x.at < _ALARM_WITHIN]
    return len(hour) < _ALARMS or turn.now - max(hour) >= pause


_LEADER = re.compile(r"ผู้ใหญ่|ผญบ|กำนัน|ผู้ช่วย|สารวัตร|นายก|พ่อหลวง|ป้อหลวง|แม่หลวง|ประธานชุมชน|กรรมการ")
_CALLED = re.compile(
    r"^\s*(?:เรียน|แจ้ง|สวัสดี|ฝาก)?\s*(?:ท่าน|พ่อ|ลุง|พี่)?(?:ผู้ใหญ่บ้าน|ผู้ใหญ่|กำนัน|พ่อหลวง|ป้อหลวง)"
    r"\s*(?:ครับ|คับ|ค่ะ|คะ|จ้า|จ๋า|เจ้า|เอ้ย|ช่วยด้วย|ช่วย|$)",
    re.MULTILINE,
)


def names_leader(text: str) -> bool:
    """Whether a text speaks of a local leader, other than by calling to him."""
    return bool(_LEADER.search(_CALLED.sub(" ", text)))
