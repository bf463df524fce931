"""What villagers ask for beside reporting: buttons under a receipt, greetings, help."""

from dataclasses import replace

from handlers.context import Turn
from handlers.desk_held import as_said
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.answers import PLACELESS, going
from handlers.dialogue.state import Step
from handlers.linking import join, leave, living, open_issue
from handlers.messages import Button, MessageKind
from planning.issues import JOINABLE_STATES, Issue, IssueState, LinkAction, LinkedBy
from planning.reports import Report, ReportState, keeps_confidential
from planning.roles import Role
from planning.taxonomy import categories

_MINE = 10


def ask_village(turn: Turn, opening: str = "") -> None:
    """Ask where the person lives."""
    known = turn.areas.all()
    question = t.ASK_VILLAGE if known else t.NO_VILLAGES_YET
    buttons = (Button(label=t.BUTTON_OUTSIDE, data="out"),) if known else ()
    text = f"{opening}\n\n{question}" if opening else question
    turn.say(text, *buttons, ask_location=bool(known))
    turn.remember(step=Step.ASK_VILLAGE, asked_at=turn.utterance.last_at)


def menu() -> tuple[Button, ...]:
    """The buttons that are always of use."""
    return (
        Button(label=t.BUTTON_MINE, data="mine"),
        Button(label=t.BUTTON_ISSUES, data="open"),
        Button(label=t.BUTTON_CHANGE_VILLAGE, data="join"),
        Button(label=t.BUTTON_HELP, data="help"),
    )


async def chat(turn: Turn, intent: i.Chat) -> None:
    """One short answer to a greeting or thanks."""
    turn.outcome = "chatter"
    if intent.thanks:
        turn.say(t.THANKS)
    elif intent.leaving:
        turn.say(t.LEAVE)
    elif turn.village is None and not turn.person.outside:
        ask_village(turn, t.WELCOME)
    else:
        turn.say(t.GREETING)


async def cannot_read(turn: Turn, intent: i.CannotRead) -> None:
    """Say what cannot be read yet; old buttons are answered kindly."""
    turn.outcome = "unreadable"
    turn.say(t.STALE if turn.first.kind is MessageKind.BUTTON else t.CANNOT_READ)


async def keep_silent(turn: Turn, intent: i.KeepSilent) -> None:
    """Say nothing; note when the person has left."""
    turn.outcome = "left" if intent.left else "silent"
    if intent.left:
        await turn.uow.people.set_reachable(turn.first.channel, turn.first.user_id, False)


async def show_help(turn: Turn, intent: i.Help) -> None:
    """What one can write, by role."""
    turn.outcome = "help"
    if intent.danger:
        turn.say(t.DANGER)
    roles = {g.role for g in turn.grants}
    parts = [t.HELP]
    if Role.HEAD in roles:
        parts.append(t.HELP_HEAD)
    if roles - {Role.HEAD, Role.VILLAGER}:
        parts.append(t.HELP_OFFICER)
    if intent.danger:
        parts.insert(0, t.HELP_CRY)
    turn.say("\n\n".join(parts), *menu())


async def privacy(turn: Turn, intent: i.Privacy) -> None:
    """The privacy notice in full."""
    turn.outcome = "privacy"
    own = Button(label=t.BUTTON_OWN_DATA, data="mydata")
    turn.say(t.PRIVACY, own, Button(label=t.BUTTON_CONSENTS, data="consent"))


async def own_report(turn: Turn, code: str) -> Report | None:
    """One's own report that is not withdrawn; else the answer to an old button is said, and None."""
    report = await turn.uow.reports.by_code(code)
    if report is None or not turn.owns(report) or report.state is ReportState.WITHDRAWN:
        turn.outcome = "stale"
        turn.say(t.STALE)
        return None
    return report


async def same_issue(turn: Turn, intent: i.SameIssue) -> None:
    """Join the report to the known issue, as its reporter says."""
    report = await own_report(turn, intent.report_code)
    target = await turn.uow.issues.by_code(intent.issue_code)
    if report is None:
        return
    target = await living(turn, target) if target else None
    kept_apart = report.confidential or report.state is not ReportState.LINKED
    if target is None or target.confidential or kept_apart or not _joinable(turn, report, target):
        turn.outcome = "stale"
        turn.say(t.STALE)
        return
    reading = turn.readings.get(report.tracking_code)
    line = reading.shared.get(target.code, "") if reading else ""
    await join(turn, report, target, LinkedBy.REPORTER, line=line)
    standing = await turn.uow.issues.standing(target.id)
    turn.outcome = f"same:{report.tracking_code}"
    turn.say("\n".join([t.SAME_DONE.format(people=standing.people), *going(standing.issue)]))
    _question_done(turn, report, ask_place=False)


def _joinable(turn: Turn, report: Report, issue: Issue) -> bool:
    """Whether an issue is open to others, and of the report's village or of one near it."""
    village = turn.areas.get(report.village_code)
    near = turn.areas.around(village, turn.settings.neighbour_m) if village else ()
    return issue.state in JOINABLE_STATES and issue.village_code in near


async def other_issue(turn: Turn, intent: i.OtherIssue) -> None:
    """Keep the report apart from the issue named, as its reporter says."""
    report = await own_report(turn, intent.report_code)
    if report is None:
        return
    target = await turn.uow.issues.by_code(intent.issue_code)
    reading = turn.readings.get(report.tracking_code)
    events = await turn.uow.issues.link_events(report_id=report.id)
    opened_it = any(
        target
        and e.issue_id == target.id
        and e.by is LinkedBy.OPENED
        and e.action is LinkAction.LINK
        for e in events
    )
    if target:
        await turn.uow.movements.settle_unsure(report.id, target.id, turn.now)
    if target and reading and report.issue_id == target.id and not opened_it:
        await leave(turn, report, target, LinkedBy.REPORTER)
        await open_issue(turn, replace(report, issue_id=None), reading)
    turn.outcome = f"different:{report.tracking_code}"
    ask = needs_place(report)
    turn.say(f"{t.DIFFERENT_DONE}\n{t.ASK_PLACE}" if ask else t.DIFFERENT_DONE, ask_location=ask)
    _question_done(turn, report, ask_place=ask)


def needs_place(report: Report) -> bool:
    """Whether nothing says where it is, and that matters."""
    return not report.place and not report.position and report.category not in PLACELESS


def _question_done(turn: Turn, report: Report, *, ask_place: bool) -> None:
    turn.remember(
        step=Step.ASK_PLACE if ask_place else Step.IDLE,
        asked_at=turn.utterance.last_at if ask_place else None,
        issue_code="",
        report_code=report.tracking_code,
        told_from=report.first_told_at,
        told_to=report.last_told_at,
    )


async def offer_categories(turn: Turn, intent: i.OfferCategories) -> None:
    """Categories as buttons, likeliest first; 13 at most fit under one message on LINE."""
    report = await own_report(turn, intent.report_code)
    if report is None:
        return
    reading = turn.readings.get(report.tracking_code)
    likely = [c.code for c in reading.understanding.categories] if reading else list(categories())
    rest = [c for c in likely if c != report.category][intent.skip :]
    codes = rest if len(rest) <= 13 else rest[:12]
    buttons = [
        Button(label=t.of_category(c), data=f"cat:{report.tracking_code}:{c}") for c in codes
    ]
    if len(rest) > len(codes):
        data = f"cats:{report.tracking_code}:{intent.skip + len(codes)}"
        buttons.append(Button(label=t.BUTTON_MORE, data=data))
    turn.outcome = f"categories:{report.tracking_code}"
    turn.say(t.CATEGORY_PICK.format(code=report.tracking_code), *buttons)


async def correct_category(turn: Turn, intent: i.CorrectCategory) -> None:
    """The reporter's own choice of category; it stays, and describes an issue only they stand behind."""
    report = await own_report(turn, intent.report_code)
    if report is None or intent.category not in categories():
        return
    turn.outcome = f"category:{report.tracking_code}"
    chosen = replace(
        report,
        category=intent.category,
        category_by_person=True,
        confidential=report.confidential or keeps_confidential(intent.category, report.kind, False),
    )
    await turn.uow.reports.update(chosen)
    await turn.audit("category", report.tracking_code, f"{report.category}>{intent.category}")
    await _describe_issue(turn, chosen)
    turn.say(t.CATEGORY_DONE.format(category=t.category_name(intent.category)))
    if chosen.confidential and not report.confidential:
        turn.say(t.CONFIDENTIAL)


async def _describe_issue(turn: Turn, report: Report) -> None:
    if report.issue_id is None:
        return
    issue = await turn.uow.issues.by_id(report.issue_id)
    behind = await turn.uow.reports.of_issue(issue.id)
    reading = turn.readings.get(report.tracking_code)
    if [r.id for r in behind] == [report.id] and issue.state is IssueState.NOTED:
        fresh = replace(
            issue,
            category=report.category,
            confidential=issue.confidential or report.confidential,
            neutral_line=reading.line if reading and reading.line else issue.neutral_line,
        )
        await turn.uow.issues.update(await as_said(turn, issue, fresh))
    elif report.confidential and not issue.confidential and reading:
        await leave(turn, report, issue, LinkedBy.REPORTER)
        await open_issue(turn, replace(report, issue_id=None), reading)
