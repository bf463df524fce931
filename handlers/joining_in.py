"""«เรื่องในหมู่บ้าน»: the open matters of one's village (the need, never the people), and «me too»."""

from datetime import timedelta
from typing import Any

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.topics.joining_in import ShowIssues, Support
from handlers.linking import living
from handlers.messages import Button
from handlers.villagers import ask_village
from planning.areas import Village
from planning.issues import GOING_STATES, JOINABLE_STATES, Issue, IssueStanding
from planning.ranking import score
from planning.reports import Kind, ReportState, keeps_confidential

PAGE = 5
_DOUBLE_TAP = timedelta(seconds=10)
"""A second tap this soon is an impatient finger, not a change of mind."""


async def show_issues(turn: Turn, intent: ShowIssues) -> None:
    """A page of the village's open matters, the most pressing first, with a button each."""
    turn.outcome = "issues"
    village = turn.village
    if village is None:
        ask_village(turn)
        return
    found = await open_issues(turn, village)
    page = found[intent.skip : intent.skip + PAGE]
    if not page:
        turn.say(t.ISSUES_NONE.format(village=village.title))
        return
    own = await _own_issues(turn)
    with_me = {issue.id for issue in await turn.uow.issues.supported(turn.person.id, limit=1000)}
    lines, buttons = [t.ISSUES_HEAD.format(village=village.title, count=len(found))], []
    for number, standing in enumerate(page, start=intent.skip + 1):
        mine = standing.issue.id in own
        supported = standing.issue.id in with_me
        lines.append(_line(number, standing, mine=mine, supported=supported))
        if not mine:
            label = t.BUTTON_UNSUPPORT if supported else t.BUTTON_SUPPORT
            code = standing.issue.code
            buttons.append(Button(label=label.format(number=number), data=f"me:{code}"))
    ask = [t.ISSUES_ASK] if buttons else []
    turn.say("\n".join([*lines, *ask]), *buttons, *_turning(intent.skip, len(found)))


def _turning(skip: int, count: int) -> list[Button]:
    """The buttons to the pages before and behind."""
    pages = []
    if skip + PAGE < count:
        pages.append(Button(label=t.BUTTON_ISSUES_MORE, data=f"open:{skip + PAGE}"))
    if skip:
        pages.append(Button(label=t.BUTTON_ISSUES_BACK, data=f"open:{max(0, skip - PAGE)}"))
    return pages


async def open_issues(turn: Turn, village: Village) -> list[IssueStanding]:
    """Public matters of a village that somebody stands behind and that are not over, the most pressing
    first; what is merely asked is none."""
    found = await turn.uow.issues.standings(village.code, JOINABLE_STATES)
    shown = [
        s
        for s in found
        if _public(s.issue) and s.issue.kind is not Kind.QUESTION and s.people + s.supporters > 0
    ]
    return sorted(shown, key=lambda s: (-score(s, village, turn.now).total, s.issue.id))


def _public(issue: Issue) -> bool:
    return not keeps_confidential(issue.category, issue.kind, issue.confidential)


async def _own_issues(turn: Turn) -> set[int]:
    """Issues that the person told."""
    told = await turn.uow.reports.of_person(turn.person.id, limit=1000)
    return {r.issue_id for r in told if r.issue_id and r.state is not ReportState.WITHDRAWN}


def _line(number: int, standing: IssueStanding, *, mine: bool, supported: bool) -> str:
    state = t.of_state(standing.issue.state)
    if mine or supported:
        state += f" ({t.ISSUES_MINE if mine else t.ISSUES_WITH_ME})"
    line = standing.issue.neutral_line
    return t.ISSUES_LINE.format(number=number, line=line, voices=voices(standing), state=state)


def voices(standing: IssueStanding) -> str:
    """How many stand behind a matter, and how many households it concerns where somebody says so."""
    people = standing.people + standing.supporters
    if standing.households:
        return t.VOICES_HOMES.format(people=people, homes=standing.households)
    return t.VOICES.format(people=people)


async def support(turn: Turn, intent: Support) -> None:
    """Count the person behind a matter, or take that back; who told it is counted already."""
    issue = await turn.uow.issues.by_code(intent.issue_code)
    issue = await living(turn, issue) if issue else None
    if issue is None or not _public(issue):
        turn.outcome = "stale"
        turn.say(t.STALE)
        return
    if issue.id in await _own_issues(turn):
        turn.outcome = f"own:{issue.code}"
        await _say_standing(turn, issue, t.SUPPORT_OWN)
        return
    since = await turn.uow.issues.supported_since(issue.id, turn.person.id)
    if since is not None:
        await _supported_before(turn, issue, impatient=turn.now - since <= _DOUBLE_TAP)
    elif issue.state not in JOINABLE_STATES:
        turn.outcome = f"closed:{issue.code}"
        turn.say(t.SUPPORT_CLOSED.format(state=t.of_state(issue.state)))
    elif not _lives_near(turn, issue):
        turn.outcome = f"elsewhere:{issue.code}"
        turn.say(t.SUPPORT_ELSEWHERE)
    else:
        await turn.uow.issues.support(issue.id, turn.person.id, turn.now)
        turn.outcome = f"support:{issue.code}"
        await _say_supported(turn, issue)


def _lives_near(turn: Turn, issue: Issue) -> bool:
    """Whether the matter is a village's of the person, or of one near enough to share it."""
    own = (turn.village, turn.areas.get(turn.person.second_village))
    metres = turn.settings.neighbour_m
    return any(issue.village_code in turn.areas.around(v, metres) for v in own if v)


async def _supported_before(turn: Turn, issue: Issue, *, impatient: bool) -> None:
    if impatient:
        turn.outcome = f"support:{issue.code}"
        await _say_supported(turn, issue)
        return
    await turn.uow.issues.unsupport(issue.id, turn.person.id)
    turn.outcome = f"unsupport:{issue.code}"
    again = Button(label=t.BUTTON_SUPPORT_AGAIN, data=f"me:{issue.code}")
    await _say_standing(turn, issue, t.UNSUPPORTED, again)


async def _say_supported(turn: Turn, issue: Issue) -> None:
    back = Button(label=t.BUTTON_TAKE_BACK, data=f"me:{issue.code}")
    await _say_standing(turn, issue, t.SUPPORTED, back)


async def _say_standing(turn: Turn, issue: Issue, phrase: str, *buttons: Button) -> None:
    standing = await turn.uow.issues.standing(issue.id)
    issues = Button(label=t.BUTTON_ISSUES, data="open")
    text = phrase.format(voices=voices(standing), line=issue.neutral_line)
    going = f"\n{t.ALREADY_GOING.format(state=t.of_state(issue.state))}"
    turn.say(text + (going if issue.state in GOING_STATES else ""), *buttons, issues)


async def supported_lines(turn: Turn) -> list[str]:
    """For «เรื่องของฉัน»: what the person supports and where it stands."""
    found = await turn.uow.issues.supported(turn.person.id)
    own = await _own_issues(turn)
    lines = [
        t.MINE_SUPPORTED_LINE.format(line=i.neutral_line, state=t.of_state(i.state))
        for i in found
        if i.id not in own and _public(i)
    ]
    return [t.MINE_SUPPORTED_HEAD, *lines] if lines else []


EXECUTE: dict[type, Any] = {ShowIssues: show_issues, Support: support}
