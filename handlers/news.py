"""Telling every contributor what became of what they said, in the channel each used."""

import re
from collections.abc import Callable

from handlers.context import Turn, notify
from handlers.dialogue import texts as t
from handlers.messages import Reply
from planning.areas import Village
from planning.issues import Issue
from planning.reports import Channel, Report
from planning.roles import Role
from planning.thai import BANGKOK


async def tell_contributors(turn: Turn, issue: Issue, key: str, words: Callable[[str], str]) -> int:
    """Queue one message a contributor and channel; `words` makes it from their tracking code.

    Returns how many people are reached. `key` makes the same news go out once. Reports told for
    somebody else reach nobody by chat.
    """
    by_person: dict[int, list[Report]] = {}
    for report in await turn.uow.reports.of_issue(issue.id):
        by_person.setdefault(report.person_id, []).append(report)
    reached = 0
    for person_id in await turn.uow.issues.contributors(issue.id):
        told = by_person.get(person_id, [])
        channels = {r.channel for r in told} - {Channel.WALK_IN}
        code = told[0].tracking_code if told else issue.code
        sent = await notify(
            turn.uow, person_id, channels, Reply(text=words(code)), f"{key}:{person_id}", turn.now
        )
        reached += bool(sent)
    return reached


async def alarm_helpers(turn: Turn, report: Report, issue: Issue, village: Village) -> None:
    """Tell at once of danger to life: the village's heads, or the district where it may not be them.

    What is confidential, or names a leader, never reaches the head: he may be who it is about.
    """
    private = issue.confidential or report.confidential or names_leader(report.text)
    role = Role.DISTRICT_OFFICER if private else Role.HEAD
    words = (t.ALARM_DISTRICT if private else t.ALARM).format(
        village=village.title,
        line=issue.neutral_line,
        code=issue.code,
        time=report.first_told_at.astimezone(BANGKOK).strftime("%H.%M"),
    )
    key = f"alarm:{report.tracking_code}"
    for helper in await turn.uow.people.holders(role, village.code):
        if helper != turn.person.id:
            reply = Reply(text=words)
            await notify(turn.uow, helper, set(), reply, f"{key}:{helper}", turn.now, urgent=True)


_LEADER = re.compile(r"ผู้ใหญ่|ผญบ|กำนัน|ผู้ช่วย|สารวัตร|นายก|พ่อหลวง|ป้อหลวง|แม่หลวง|ประธานชุมชน|กรรมการ")
_CALLED = re.compile(
    r"^\s*(?:เรียน|แจ้ง|สวัสดี|ฝาก)?\s*(?:ท่าน|พ่อ|ลุง|พี่)?(?:ผู้ใหญ่บ้าน|ผู้ใหญ่|กำนัน|พ่อหลวง|ป้อหลวง)"
    r"\s*(?:ครับ|คับ|ค่ะ|คะ|จ้า|จ๋า|เจ้า|เอ้ย|ช่วยด้วย|ช่วย|$)",
    re.MULTILINE,
)


def names_leader(text: str) -> bool:
    """Whether a text speaks of a local leader, other than by calling to him."""
    return bool(_LEADER.search(_CALLED.sub(" ", text)))


def status_news(issue: Issue, words: str) -> Callable[[str], str]:
    """The message about a new state, by tracking code."""
    extra = f"\n{t.NEWS_WORDS.format(words=words)}" if words else ""
    state = t.of_state(issue.state)
    return lambda code: t.NEWS.format(code=code, line=issue.neutral_line, state=state) + extra
