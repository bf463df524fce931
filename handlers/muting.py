"""«พักผู้แจ้ง», «เลิกพัก»: an officer lets a sender rest, with a reason and an end."""

from datetime import timedelta
from typing import Any

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.topics import own_data as own
from planning.reports import Report
from planning.roles import Action
from planning.thai import chat_date

_MOST_DAYS = 90


async def mute(turn: Turn, intent: own.MuteSender) -> None:
    """Let the sender of a report rest for some days."""
    turn.outcome = "mute"
    if not any(turn.may(Action.MUTE, g.area) for g in turn.grants):
        turn.say(t.NOT_ALLOWED)
        return
    if not (intent.code and 1 <= intent.days <= _MOST_DAYS and intent.reason):
        turn.say(t.MUTE_HOW)
        return
    report = await _report(turn, intent.code)
    if report is None:
        return
    grants = await turn.uow.people.grants(report.person_id)
    written_down = await turn.uow.walk_ins.helper_of(report.person_id) is not None
    if written_down or grants or report.person_id == turn.person.id:
        turn.say(t.MUTE_NOT_THEM)
        return
    until = turn.now + timedelta(days=intent.days)
    await turn.uow.mutes.begin(
        report.person_id, report.tracking_code, until, intent.reason, turn.person.id, turn.now
    )
    await turn.audit("mute", report.tracking_code, f"{until.date().isoformat()} {intent.reason}")
    turn.say(t.MUTE_DONE.format(code=report.tracking_code, date=chat_date(until)))


async def unmute(turn: Turn, intent: own.Unmute) -> None:
    """Hear the sender of a report again."""
    turn.outcome = "unmute"
    report = await _report(turn, intent.code)
    if report is None:
        return
    ended = await turn.uow.mutes.end(report.person_id, turn.now)
    if ended:
        await turn.audit("unmute", report.tracking_code)
    turn.say((t.MUTE_ENDED if ended else t.MUTE_NONE).format(code=report.tracking_code))


async def _report(turn: Turn, code: str) -> Report | None:
    """The report, where the officer may let its sender rest; says so when not."""
    report = await turn.uow.reports.by_code(code)
    village = (report.village_code if report else None) or ""
    allowed = report is not None and turn.may(Action.MUTE, village)
    if allowed and report and report.confidential:
        allowed = turn.may(Action.SEE_CONFIDENTIAL, village)
    if allowed:
        return report
    turn.outcome = "not_allowed"
    turn.say(t.NOT_FOUND if turn.grants else t.NOT_ALLOWED)
    return None


EXECUTE: dict[type, Any] = {own.MuteSender: mute, own.Unmute: unmute}
