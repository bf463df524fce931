"""The officers' side: invitations, status by any code, changes told to every contributor."""

from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.decency import decent
from handlers.leading import lead
from handlers.messages import Button, Reply
from handlers.outcomes import become
from handlers.refining import one
from planning.areas import covers
from planning.errors import NotFound
from planning.issues import Issue, IssueState
from planning.projects import readiness
from planning.reports import Report, ReportState
from planning.roles import ALLOWED, ROLE_TH, Action, Role, menu_of
from planning.thai import chat_date

_NEXT = (IssueState.IN_PLAN, IssueState.FUNDED, IssueState.UNDER_WAY, IssueState.DONE)
_LISTED = 15


async def redeem(turn: Turn, intent: i.Redeem) -> None:
    """Give the role that a one-time invitation carries."""
    try:
        grant = await turn.uow.people.redeem(intent.token, turn.person.id, turn.now)
    except NotFound:
        turn.outcome = "invitation_bad"
        turn.say(t.INVITATION_BAD)
        return
    await turn.uow.accounts.note_role(turn.person.id, turn.first.channel, grant.role, grant.area)
    village = turn.areas.get(grant.area)
    if village and (turn.village is None or grant.role is Role.HEAD):
        await turn.uow.people.set_village(turn.person.id, village.code)
        turn.village = village
    await turn.audit("role", f"person:{turn.person.id}", f"{grant.role} {grant.area}")
    turn.outcome = "role"
    area = village.title if village else _area_words(turn, grant.area)
    buttons = (
        Button(label=t.BUTTON_SUMMARY, data="summary"),
        Button(label=t.BUTTON_HELP, data="help"),
    )
    roles = {g.role for g in turn.grants} | {grant.role}
    words = t.ROLE_GIVEN.format(role=ROLE_TH[grant.role], area=area)
    turn.replies.append(Reply(text=words, buttons=buttons, menu=menu_of(roles)))


def _area_words(turn: Turn, area: str) -> str:
    """What an area of several villages is called."""
    inside = [v for v in turn.areas.all() if covers(area, v.code)]
    if inside and len(area) in (4, 6):
        return f"ตำบล{inside[0].tambon}" if len(area) == 6 else f"อำเภอ{inside[0].district}"
    return f"รหัสพื้นที่ {area}"


async def show_status(turn: Turn, intent: i.ShowStatus) -> None:
    """Where a report, issue or project stands: one's own report, or anything in an officer's area."""
    turn.outcome = "status"
    report = await turn.uow.reports.by_code(intent.code)
    issue = await _issue_of(turn, intent.code)
    if report and turn.owns(report):
        turn.replies.append(await one(turn, report))
        return
    if issue is None or not _may_see(turn, issue, report):
        turn.say(t.NOT_FOUND)
        return
    if issue.confidential:
        await turn.audit("confidential seen", issue.code)
    officer = turn.may(Action.CHANGE_STATUS, issue.village_code)
    states = _NEXT if officer else ()
    turn.say(
        await _issue_status(turn, issue),
        *(Button(label=t.of_state(s), data=f"set:{issue.code}:{s}") for s in states),
    )


async def _issue_of(turn: Turn, code: str) -> Issue | None:
    issue_id, _ = await lead(turn.uow, code)
    return await turn.uow.issues.by_id(issue_id) if issue_id else None


def _may_see(turn: Turn, issue: Issue, report: Report | None) -> bool:
    confidential = issue.confidential or (report is not None and report.confidential)
    action = Action.SEE_CONFIDENTIAL if confidential else Action.SEE_STATUS
    return turn.may(action, issue.village_code)


async def _issue_status(turn: Turn, issue: Issue) -> str:
    standing = await turn.uow.issues.standing(issue.id)
    village = turn.areas.get(issue.village_code)
    lines = [
        f"{issue.code} {village.title if village else issue.village_code}",
        issue.neutral_line,
        f"แจ้ง {standing.people} คน {standing.reports} ครั้ง ตั้งแต่ {chat_date(issue.opened_at)}",
        f"ตอนนี้: {t.of_state(issue.state)}",
    ]
    project = await turn.uow.projects.by_issue(issue.id)
    if project:
        ready = readiness(await turn.uow.projects.documents(project.id))
        lines.append(f"โครงการ {project.code} ปี {project.target_year} เอกสารพร้อม {ready}%")
    for update in (await turn.uow.issues.statuses(issue.id))[-3:]:
        lines.append(f"• {chat_date(update.at)} {t.of_state(update.state)} {update.words}".rstrip())
    return "\n".join(lines)


async def show_confidential(turn: Turn, intent: i.ShowConfidential) -> None:
    """The confidential matters of the asker's area, for district roles only; every look is noted."""
    turn.outcome = "confidential"
    areas = tuple(g.area for g in turn.grants if g.role in ALLOWED[Action.SEE_CONFIDENTIAL])
    if not areas:
        turn.outcome = "not_allowed"
        turn.say(t.NOT_ALLOWED)
        return
    lines = []
    for area in dict.fromkeys(areas):
        for report in await turn.uow.reports.in_area(area, with_confidential=True):
            if report.confidential:
                lines.append(await _confidential_line(turn, report))
        await turn.audit("confidential list seen", f"area:{area}")
    shown = lines[-_LISTED:]
    turn.say("\n".join([t.CONFIDENTIAL_HEAD, *shown]) if shown else t.CONFIDENTIAL_NONE)


async def _confidential_line(turn: Turn, report: Report) -> str:
    issue = await turn.uow.issues.by_id(report.issue_id) if report.issue_id else None
    return t.CONFIDENTIAL_LINE.format(
        code=issue.code if issue else report.tracking_code,
        village=_village_title(turn, report),
        category=t.of_category(report.category),
        date=chat_date(report.first_told_at),
        words=_short(report.masked_text),
    )


async def show_questions(turn: Turn, intent: i.ShowQuestions) -> None:
    """Questions kept for the head and the officers of the area, newest last, names masked."""
    turn.outcome = "questions"
    areas = tuple(g.area for g in turn.grants if g.role in ALLOWED[Action.SEE_SUMMARY])
    if not areas:
        turn.outcome = "not_allowed"
        turn.say(t.NOT_ALLOWED)
        return
    found = [r for area in dict.fromkeys(areas) for r in await open_questions(turn, area)]
    lines = [
        t.QUESTION_LINE.format(
            code=r.tracking_code,
            village=_village_title(turn, r),
            date=chat_date(r.first_told_at),
            words=_short(r.masked_text),
        )
        for r in found[-_LISTED:]
    ]
    hint = t.QUESTIONS_HINT
    turn.say("\n".join([t.QUESTIONS_HEAD, *lines, hint]) if lines else t.QUESTIONS_NONE)


async def open_questions(turn: Turn, area: str) -> tuple[Report, ...]:
    """Questions of an area that are not confidential, oldest first."""
    found = await turn.uow.reports.in_area(area, with_confidential=False)
    return tuple(r for r in found if r.state is ReportState.QUESTION)


def _village_title(turn: Turn, report: Report) -> str:
    village = turn.areas.get(report.village_code)
    return village.title if village else (report.village_code or "")


def _short(text: str) -> str:
    words = decent(" ".join(text.split()))
    return words if len(words) <= 160 else words[:159] + "…"


async def change_status(turn: Turn, intent: i.ChangeStatus) -> None:
    """An officer's word on where a matter stands; every contributor hears it once."""
    issue = await _issue_of(turn, intent.code)
    turn.outcome = "not_allowed"
    if issue is None or not _may_change(turn, issue):
        own = issue and not issue.confidential and turn.may(Action.SEE_SUMMARY, issue.village_code)
        turn.say(t.NOT_ALLOWED if own else t.NOT_FOUND)
        return
    turn.outcome = f"status:{issue.code}:{intent.state}"
    if issue.state is intent.state and not intent.words:
        turn.say(t.STALE)
        return
    key = f"status:{issue.code}:{turn.inbox_ids[0]}"
    issue, people = await become(
        turn, issue, intent.state, key, words=intent.words, actor_id=turn.person.id
    )
    await turn.audit("status", issue.code, intent.state)
    turn.say(
        t.STATUS_CHANGED.format(
            line=issue.neutral_line, state=t.of_state(issue.state), people=people
        )
    )


def _may_change(turn: Turn, issue: Issue) -> bool:
    return turn.may(Action.CHANGE_STATUS, issue.village_code) and (
        not issue.confidential or turn.may(Action.SEE_CONFIDENTIAL, issue.village_code)
    )


async def bad_command(turn: Turn, intent: i.BadCommand) -> None:
    """Say how the command is written."""
    turn.outcome = "bad_command"
    turn.say(intent.sentence)
