"""What villagers ask for beside reporting: joining, buttons, their own reports, help."""

from dataclasses import replace

from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.answers import PLACELESS, state_words
from handlers.dialogue.state import Step
from handlers.linking import join, leave, living, open_issue
from handlers.messages import Button, MessageKind
from handlers.places import find_villages
from handlers.reports import turn_position
from planning.areas import Village, nearest
from planning.issues import IssueState, LinkAction, LinkedBy
from planning.reports import Report, ReportState, keeps_confidential
from planning.roles import Role
from planning.taxonomy import categories
from planning.thai import chat_date

_MINE = 10


async def welcome(turn: Turn, intent: i.Welcome) -> None:
    """Greet, and ask for the village (again, when it is to be changed)."""
    turn.outcome = "welcome"
    if turn.village and turn.first.kind is MessageKind.JOIN:
        turn.say(t.WELCOME_BACK.format(village=turn.village.title), *_menu())
        return
    ask_village(turn, t.WELCOME)


def ask_village(turn: Turn, opening: str = "") -> None:
    """Ask where the person lives."""
    known = turn.areas.all()
    question = t.ASK_VILLAGE if known else t.NO_VILLAGES_YET
    turn.say(f"{opening}\n\n{question}" if opening else question, ask_location=bool(known))
    turn.remember(step=Step.ASK_VILLAGE, asked_at=turn.utterance.last_at)


async def find_village(turn: Turn, intent: i.FindVillage) -> None:
    """Match a typed village; one hit joins, several are offered."""
    found = find_villages(intent.text, turn.areas.all())
    turn.outcome = "village"
    if len(found) == 1:
        await _choose(turn, found[0])
    elif found:
        _offer(turn, found[:12])
    else:
        turn.say(t.NO_SUCH_VILLAGE, ask_location=True)
        turn.remember(step=Step.ASK_VILLAGE, asked_at=turn.utterance.last_at)


async def near_villages(turn: Turn, intent: i.NearVillages) -> None:
    """Offer the nearest villages; the position also belongs to reports that wait for a village."""
    turn.outcome = "village"
    position = turn_position(turn)
    assert position is not None
    for report in await turn.uow.reports.awaiting_village(turn.person.id):
        if report.position is None:
            await turn.uow.reports.update(replace(report, position=position))
    _offer(turn, nearest(turn.areas.all(), position.lat, position.lon, 3))


def _offer(turn: Turn, villages: tuple[Village, ...]) -> None:
    if not villages:
        turn.say(t.NO_VILLAGES_YET)
        return
    moo = {
        v.code: f" ต.{v.tambon}" if len({w.title for w in villages}) < len(villages) else ""
        for v in villages
    }
    turn.say(
        t.PICK_VILLAGE,
        *(Button(label=f"{v.title}{moo[v.code]}", data=f"v:{v.code}") for v in villages),
    )
    turn.remember(step=Step.ASK_VILLAGE, asked_at=turn.utterance.last_at)


async def choose_village(turn: Turn, intent: i.ChooseVillage) -> None:
    """Join the person to a village by its code (poster, button)."""
    turn.outcome = "village"
    village = turn.areas.get(intent.village_code)
    if village is None:
        ask_village(turn, t.NO_SUCH_VILLAGE)
        return
    await _choose(turn, village)


async def _choose(turn: Turn, village: Village) -> None:
    await turn.uow.people.set_village(turn.person.id, village.code)
    turn.village = village
    turn.remember(step=Step.IDLE, asked_at=None, issue_code="")
    turn.say(t.JOINED.format(village=village.title, tambon=village.tambon), *_menu())


def _menu() -> tuple[Button, ...]:
    return (
        Button(label=t.BUTTON_MINE, data="mine"),
        Button(label=t.BUTTON_CHANGE_VILLAGE, data="join"),
        Button(label=t.BUTTON_HELP, data="help"),
    )


async def chat(turn: Turn, intent: i.Chat) -> None:
    """One short answer to a greeting or thanks."""
    turn.outcome = "chatter"
    if turn.village is None:
        ask_village(turn, t.WELCOME)
    else:
        turn.say(t.THANKS if intent.thanks else t.GREETING)


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
    roles = {g.role for g in turn.grants}
    parts = [t.HELP]
    if Role.HEAD in roles:
        parts.append(t.HELP_HEAD)
    if roles - {Role.HEAD, Role.VILLAGER}:
        parts.append(t.HELP_OFFICER)
    turn.say("\n\n".join(parts), *_menu())


async def privacy(turn: Turn, intent: i.Privacy) -> None:
    """The privacy notice in full."""
    turn.outcome = "privacy"
    turn.say(t.PRIVACY)


async def _own_report(turn: Turn, code: str) -> Report | None:
    report = await turn.uow.reports.by_code(code)
    if report is None or not turn.owns(report) or report.state is ReportState.WITHDRAWN:
        turn.outcome = "stale"
        turn.say(t.STALE)
        return None
    return report


async def same_issue(turn: Turn, intent: i.SameIssue) -> None:
    """Join the report to the known issue, as its reporter says."""
    report = await _own_report(turn, intent.report_code)
    target = await turn.uow.issues.by_code(intent.issue_code)
    if report is None:
        return
    target = await living(turn, target) if target else None
    kept_apart = report.confidential or report.state is not ReportState.LINKED
    if target is None or target.confidential or kept_apart:
        turn.outcome = "stale"
        turn.say(t.STALE)
        return
    await join(turn, report, target, LinkedBy.REPORTER)
    standing = await turn.uow.issues.standing(target.id)
    turn.outcome = f"same:{report.tracking_code}"
    turn.say(t.SAME_DONE.format(people=standing.people))
    _question_done(turn, report, ask_place=False)


async def other_issue(turn: Turn, intent: i.OtherIssue) -> None:
    """Keep the report apart from the issue named, as its reporter says."""
    report = await _own_report(turn, intent.report_code)
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
    if target and reading and report.issue_id == target.id and not opened_it:
        await leave(turn, report, target, LinkedBy.REPORTER)
        await open_issue(turn, replace(report, issue_id=None), reading)
    turn.outcome = f"different:{report.tracking_code}"
    ask = _needs_place(report)
    turn.say(f"{t.DIFFERENT_DONE}\n{t.ASK_PLACE}" if ask else t.DIFFERENT_DONE, ask_location=ask)
    _question_done(turn, report, ask_place=ask)


async def skip_place(turn: Turn, intent: i.SkipPlace) -> None:
    """The person does not know where: the question ends, the report stays as it is."""
    turn.outcome = "no_place"
    turn.remember(step=Step.IDLE, asked_at=None)
    turn.say(t.PLACE_SKIPPED)


def _needs_place(report: Report) -> bool:
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
    report = await _own_report(turn, intent.report_code)
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
    report = await _own_report(turn, intent.report_code)
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
    turn.say(t.CATEGORY_DONE.format(category=categories()[intent.category].name_th))
    if chosen.confidential and not report.confidential:
        turn.say(t.CONFIDENTIAL)


async def _describe_issue(turn: Turn, report: Report) -> None:
    if report.issue_id is None:
        return
    issue = await turn.uow.issues.by_id(report.issue_id)
    behind = await turn.uow.reports.of_issue(issue.id)
    reading = turn.readings.get(report.tracking_code)
    if [r.id for r in behind] == [report.id] and issue.state is IssueState.NOTED:
        await turn.uow.issues.update(
            replace(
                issue,
                category=report.category,
                confidential=issue.confidential or report.confidential,
                neutral_line=reading.line if reading and reading.line else issue.neutral_line,
            )
        )
    elif report.confidential and not issue.confidential and reading:
        await leave(turn, report, issue, LinkedBy.REPORTER)
        await open_issue(turn, replace(report, issue_id=None), reading)


async def my_reports(turn: Turn, intent: i.MyReports) -> None:
    """One's reports and where each stands, newest first."""
    turn.outcome = "mine"
    reports = await turn.uow.reports.of_person(turn.person.id, limit=_MINE + 1)
    if not reports:
        turn.say(t.MINE_NONE)
        return
    lines = [t.MINE_HEAD, *[await _mine_line(turn, r) for r in reports[:_MINE]]]
    if len(reports) > _MINE:
        lines.append(t.MINE_MORE)
    turn.say("\n".join(lines))


async def _mine_line(turn: Turn, report: Report) -> str:
    standing = await turn.uow.issues.standing(report.issue_id) if report.issue_id else None
    words = " ".join(report.text.split())
    return t.MINE_LINE.format(
        code=report.tracking_code,
        line=words if len(words) <= 40 else words[:39] + "…",
        date=chat_date(report.first_told_at),
        state=state_words(report, standing),
    )
