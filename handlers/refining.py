"""Refining a report of one's own: more, another place or village, how many, since when, withdrawing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.answers import since_buttons, size_words, state_words, taken_back
from handlers.dialogue.measures import WHOLE_VILLAGE
from handlers.dialogue.state import Step
from handlers.dialogue.topics import telling as d
from handlers.joining_in import supported_lines
from handlers.linking import describe, leave
from handlers.messages import Button, Reply
from handlers.news import names_leader, tell_person
from handlers.parts import keep_parts
from handlers.places import find_villages
from handlers.reports import grown_text, settle_and_answer, turn_position
from handlers.villagers import menu, own_report
from planning.areas import Village
from planning.issues import OPEN_STATES, Issue, IssueState, LinkedBy
from planning.reports import Report, ReportState
from planning.roles import Role
from planning.thai import BANGKOK, chat_date

_MINE = 10
_SHOWN = 300
_UNKNOWN_VILLAGE = 50
"""Households of a village whose number nobody entered."""


async def let_go(turn: Turn, intent: d.LetGo) -> None:
    """The open question ends; what was told stays. With none open, say what can be done."""
    turn.outcome = "let_go"
    step, code = turn.open_step, turn.conversation.report_code
    turn.remember(step=Step.IDLE, asked_at=None, issue_code="", village_code="")
    if step is not Step.IDLE:
        turn.say(t.LET_GO_UNSURE if intent.unsure else t.LET_GO, *_withdraw_button(turn, step))
        return
    report = await turn.uow.reports.by_code(code) if code else None
    if report and turn.owns(report) and report.state is not ReportState.WITHDRAWN:
        button = Button(label=t.BUTTON_WITHDRAW, data=f"drop:{code}")
        turn.say(t.NOTHING_OPEN_REPORT.format(code=code), button, *menu())
    else:
        turn.say(t.NOTHING_OPEN, *menu())


def _withdraw_button(turn: Turn, step: Step) -> tuple[Button, ...]:
    """Who lets go of the question after a receipt may have meant the report itself."""
    code = turn.conversation.report_code
    after_receipt = step in (Step.ASK_SAME, Step.ASK_PLACE, Step.ASK_SIZE, Step.ASK_SINCE)
    if not (after_receipt and code):
        return ()
    return (Button(label=t.BUTTON_WITHDRAW, data=f"drop:{code}"),)


def _speak_of(turn: Turn, report: Report, step: Step) -> None:
    """From now on the talk is of this report, and `step` is asked about it."""
    asks = step is not Step.IDLE
    turn.remember(
        step=step,
        asked_at=turn.utterance.last_at if asks else None,
        issue_code="",
        village_code="",
        report_code=report.tracking_code,
        told_from=report.first_told_at,
        told_to=report.last_told_at,
        wordless=report.state is ReportState.AWAITING_WORDS,
    )


async def add_to(turn: Turn, intent: d.AddTo) -> None:
    """«เพิ่มเติม» without words: ask for them. (With words it has become an addition or a report.)"""
    code = intent.code or turn.conversation.report_code
    if not code:
        turn.outcome = "more"
        turn.say(t.MORE_NONE)
        return
    await ask_more(turn, d.AskMore(report_code=code))


async def ask_more(turn: Turn, intent: d.AskMore) -> None:
    """The next words or things are for that report."""
    report = await own_report(turn, intent.report_code)
    if report is None:
        return
    turn.outcome = "more"
    turn.say(t.ASK_MORE.format(code=report.tracking_code), ask_location=True)
    _speak_of(turn, report, Step.ASK_MORE)


async def ask_new_place(turn: Turn, intent: d.AskNewPlace) -> None:
    """Ask where it really is."""
    report = await own_report(turn, intent.report_code)
    if report is None:
        return
    turn.outcome = "place"
    turn.say(t.ASK_NEW_PLACE, ask_location=True)
    _speak_of(turn, report, Step.ASK_NEW_PLACE)


async def correct_place(turn: Turn, intent: d.CorrectPlace) -> None:
    """The place its teller says; it stays, and describes an issue only they stand behind."""
    report = await own_report(turn, intent.report_code)
    if report is None:
        return
    turn.outcome = f"added:{report.tracking_code}"
    reading = turn.readings.get(report.tracking_code)
    seen = reading.understanding.place if reading else None
    label = seen.label if seen else ""
    position = turn_position(turn)
    placed = replace(
        report,
        text=grown_text(report, intent.text),
        masked_text=grown_masked(report, reading.understanding.masked if reading else ""),
        place=label,
        place_by_person=True,
        position=position,
        position_by_photo=False,
    )
    await turn.uow.reports.update(placed)
    await keep_parts(turn, placed, intent.text)
    await turn.audit("place", report.tracking_code)
    await describe(turn, placed, reading.line if reading else "")
    code = report.tracking_code
    said = t.PLACE_DONE.format(code=code, place=label) if label else ""
    turn.say(said or (t.PLACE_DONE_SHARED if position else t.PLACE_DONE_WORDS).format(code=code))
    _speak_of(turn, placed, Step.IDLE)


def grown_masked(report: Report, masked: str) -> str:
    """The words that may be shown, with the new ones behind them."""
    return "\n".join(filter(None, (report.masked_text, masked)))


async def say_households(turn: Turn, intent: d.SayHouseholds) -> None:
    """Keep how many households it troubles, and ask since when where that is not known."""
    report = await own_report(turn, intent.report_code)
    if report is None:
        return
    turn.outcome = f"size:{report.tracking_code}"
    village = turn.areas.get(report.village_code)
    whole = (village.households if village else None) or _UNKNOWN_VILLAGE
    number = whole if intent.number == WHOLE_VILLAGE else min(intent.number, max(whole, 1_000))
    report = replace(report, households=number)
    report = await _kept(turn, report, intent.text)
    size = t.SIZE_ALL if intent.number == WHOLE_VILLAGE else size_words(number)
    done = t.SIZE_DONE.format(size=size)
    if report.since is not None:
        turn.say(done)
        _speak_of(turn, report, Step.IDLE)
        return
    turn.say(f"{done}\n{t.ASK_SINCE}", *since_buttons(report.tracking_code))
    _speak_of(turn, report, Step.ASK_SINCE)


async def say_since(turn: Turn, intent: d.SaySince) -> None:
    """Keep since when it is so."""
    report = await own_report(turn, intent.report_code)
    if report is None:
        return
    turn.outcome = f"since:{report.tracking_code}"
    told = turn.utterance.last_at.astimezone(BANGKOK).date()
    days = max(0, min(intent.days, 36_500))
    report = await _kept(turn, replace(report, since=told - timedelta(days=days)), intent.text)
    turn.say(t.SINCE_DONE)
    _speak_of(turn, report, Step.IDLE)


async def _kept(turn: Turn, report: Report, text: str) -> Report:
    """The report kept with what was typed as an answer; a pressed button adds no words."""
    reading = turn.readings.get(report.tracking_code)
    if text.strip():
        masked = reading.understanding.masked if reading else ""
        report = replace(
            report, text=grown_text(report, text), masked_text=grown_masked(report, masked)
        )
    await turn.uow.reports.update(report)
    if text.strip():
        await keep_parts(turn, report, text)
    return report


async def ask_withdraw(turn: Turn, intent: d.AskWithdraw) -> None:
    """Ask once before a report is withdrawn; without a code, which one."""
    turn.outcome = "withdraw"
    if not intent.report_code:
        await _ask_which(turn)
        return
    report = await own_report(turn, intent.report_code)
    if report is None:
        return
    turn.outcome = "withdraw"
    line = _short(report.text, 80)
    turn.say(
        t.ASK_WITHDRAW.format(code=report.tracking_code, line=line),
        Button(label=t.BUTTON_WITHDRAW, data=f"dropyes:{report.tracking_code}"),
    )
    _speak_of(turn, report, Step.ASK_WITHDRAW)


async def _ask_which(turn: Turn) -> None:
    own = await turn.uow.reports.of_person(turn.person.id, limit=_MINE)
    codes = [r.tracking_code for r in own if r.state is not ReportState.WITHDRAWN]
    if not codes:
        turn.say(t.MINE_NONE)
        return
    lines = [f"{r.tracking_code} {_short(r.text, 40)}" for r in own if r.tracking_code in codes]
    buttons = [Button(label=code, data=f"drop:{code}") for code in codes]
    turn.say("\n".join([t.ASK_WITHDRAW_WHICH, *lines]), *buttons)


async def withdraw(turn: Turn, intent: d.Withdraw) -> None:
    """Withdraw a report that was just asked about; a press that comes late is asked about first."""
    asked = turn.open_step is Step.ASK_WITHDRAW
    if not asked or turn.conversation.report_code != intent.report_code:
        await ask_withdraw(turn, d.AskWithdraw(report_code=intent.report_code))
        return
    report = await own_report(turn, intent.report_code)
    if report is None:
        return
    turn.outcome = f"withdrawn:{report.tracking_code}"
    await turn.uow.reports.update(replace(report, state=ReportState.WITHDRAWN))
    await turn.audit("withdraw", report.tracking_code)
    issue = await turn.uow.issues.by_id(report.issue_id) if report.issue_id else None
    if issue:
        await _close_if_bare(turn, issue)
        await _unalarm(turn, report, issue)
    turn.say(t.WITHDRAWN.format(code=report.tracking_code))
    turn.remember(step=Step.IDLE, asked_at=None, report_code="", wordless=False)


async def _close_if_bare(turn: Turn, issue: Issue) -> None:
    """Put an issue aside quietly when nobody stands behind it any more and no forum has decided."""
    standing = await turn.uow.issues.standing(issue.id)
    if standing.reports or standing.supporters or issue.state not in OPEN_STATES:
        return
    await turn.uow.issues.update(replace(issue, state=IssueState.MERGED))


async def _unalarm(turn: Turn, report: Report, issue: Issue) -> None:
    """Whoever was alarmed hears that the teller took it back."""
    village = turn.areas.get(report.village_code)
    if not report.emergency or village is None:
        return
    time = turn.now.astimezone(BANGKOK).strftime("%H.%M")
    private = issue.confidential or report.confidential or names_leader(report.text)
    role = Role.DISTRICT_OFFICER if private else Role.HEAD

    def words() -> Reply:
        return Reply(text=t.ALARM_WITHDRAWN.format(code=issue.code, time=time))

    for helper in await turn.uow.people.holders(role, village.code):
        key = f"unalarm:{report.tracking_code}:{helper}"
        await tell_person(turn, helper, key, words)


async def move_report(turn: Turn, intent: d.MoveReport) -> None:
    """The report is about another village: it leaves its issue and is settled there."""
    report = await own_report(turn, intent.report_code)
    if report is None:
        return
    turn.outcome = f"moved:{report.tracking_code}"
    village = named_village(turn, intent)
    code = report.tracking_code
    if village is None:
        turn.say(t.NO_SUCH_VILLAGE)
        _speak_of(turn, report, Step.ASK_WHOSE)
        return
    if village.code == report.village_code:
        turn.say(t.MOVED_ALREADY.format(code=code, village=village.title))
        _speak_of(turn, report, Step.IDLE)
        return
    issue = await turn.uow.issues.by_id(report.issue_id) if report.issue_id else None
    if issue and issue.state is not IssueState.NOTED:
        turn.say(t.MOVED_TOO_LATE.format(code=code))
        return
    if issue:
        await leave(turn, report, issue, LinkedBy.REPORTER)
    await turn.audit("village", code, f"{report.village_code}>{village.code}")
    state = ReportState.LINKED if report.text.strip() else report.state
    placed = replace(report, village_code=village.code, issue_id=None, state=state)
    await turn.uow.reports.update(placed)
    turn.say(t.MOVED.format(code=code, village=village.title))
    await settle_and_answer(turn, placed, turn.readings.get(code), added=True, moved=True)


def named_village(turn: Turn, intent: d.MoveReport) -> Village | None:
    """The one village that an intent names by code or in words."""
    if intent.village_code:
        return turn.areas.get(intent.village_code)
    found = find_villages(intent.text, turn.areas.all())
    return found[0] if found else None


async def show_one(turn: Turn, intent: d.ShowOne) -> None:
    """One of one's own reports whole, with what can be done about it."""
    report = await turn.uow.reports.by_code(intent.report_code)
    if report is None or not turn.owns(report):
        turn.outcome = "stale"
        turn.say(t.NOT_FOUND)
        return
    turn.outcome = "mine"
    turn.replies.append(await one(turn, report))


async def one(turn: Turn, report: Report) -> Reply:
    """What is kept of a report, where it stands, and buttons for changing it."""
    code = report.tracking_code
    standing = await turn.uow.issues.standing(report.issue_id) if report.issue_id else None
    village = turn.areas.get(report.village_code)
    lines = [t.ONE_HEAD.format(code=code, date=chat_date(report.first_told_at))]
    lines += [village.title] if village else []
    lines += [t.ONE_SAID.format(words=_short(report.text, _SHOWN))] if report.text else []
    lines += [t.PLACE.format(place=report.place)] if report.place else []
    lines += [t.ONE_SIZE.format(size=size_words(report.households))] if report.households else []
    lines.append(t.ONE_STATE.format(state=state_words(report, standing)))
    for answer in await turn.uow.telling.answers(report.id):
        lines.append(t.ONE_ANSWER.format(date=chat_date(answer.at), words=answer.words))
    return Reply(text="\n".join(lines), buttons=_changes(report), about=code)


def _changes(report: Report) -> tuple[Button, ...]:
    code = report.tracking_code
    if report.state is ReportState.WITHDRAWN:
        return ()
    drop = Button(label=t.BUTTON_WITHDRAW, data=f"drop:{code}")
    if report.state in (ReportState.QUESTION, ReportState.ANSWERED):
        return (drop,)
    if report.confidential:
        return (Button(label=t.BUTTON_ADD, data=f"add:{code}"), drop)
    return (
        Button(label=t.BUTTON_ADD, data=f"add:{code}"),
        Button(label=t.BUTTON_PLACE, data=f"place:{code}"),
        Button(label=t.BUTTON_CATEGORY, data=f"cats:{code}"),
        drop,
    )


async def my_reports(turn: Turn, intent: i.MyReports) -> None:
    """One's reports and where each stands, newest first; a press shows one whole."""
    turn.outcome = "mine"
    reports = await turn.uow.reports.of_person(turn.person.id, limit=_MINE + 1)
    supported = await supported_lines(turn)
    if not reports and not supported:
        turn.say(t.MINE_NONE)
        return
    lines = [t.MINE_HEAD, *[await mine_line(turn, r) for r in reports[:_MINE]]] if reports else []
    if len(reports) > _MINE:
        lines.append(t.MINE_MORE)
    lines += supported
    buttons = [
        Button(label=r.tracking_code, data=f"one:{r.tracking_code}") for r in reports[:_MINE]
    ]
    turn.say("\n".join(lines), *buttons)


async def mine_line(turn: Turn, report: Report) -> str:
    """A report of one's own on two lines: code, words, day, state."""
    standing = await turn.uow.issues.standing(report.issue_id) if report.issue_id else None
    return t.MINE_LINE.format(
        code=report.tracking_code,
        line=_short(report.text, 40) or taken_back(report),
        date=chat_date(report.first_told_at),
        state=state_words(report, standing),
    )


def _short(text: str, most: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1] + "…"


EXECUTE: dict[type, Any] = {
    d.LetGo: let_go,
    d.AddTo: add_to,
    d.AskMore: ask_more,
    d.AskNewPlace: ask_new_place,
    d.CorrectPlace: correct_place,
    d.SayHouseholds: say_households,
    d.SaySince: say_since,
    d.AskWithdraw: ask_withdraw,
    d.Withdraw: withdraw,
    d.MoveReport: move_report,
    d.ShowOne: show_one,
    i.MyReports: my_reports,
}
