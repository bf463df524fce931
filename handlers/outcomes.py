"""What became of a matter: one door for every change of state, and whether «done» is really done."""

from dataclasses import replace
from functools import partial
from typing import Any

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.dialogue.topics.joining_in import SayDone
from handlers.linking import join
from handlers.messages import Button, Reply
from handlers.news import (
    Contribution,
    Teller,
    Words,
    contributions,
    names_leader,
    status_news,
    tell_contributors,
    tell_person,
)
from planning.consents import ConsentKind
from planning.issues import JOINABLE_STATES, Issue, IssueState, LinkedBy, StatusUpdate
from planning.projects import ISSUE_STATE_OF, Project, ProjectState
from planning.reports import Report, ReportState
from planning.roles import Role
from storage.checks import CheckAnswer

_PROJECT_STATE = {issue_state: state for state, issue_state in ISSUE_STATE_OF.items()}


async def become(
    teller: Teller,
    issue: Issue,
    state: IssueState,
    key: str,
    *,
    words: str = "",
    actor_id: int | None = None,
    besides: tuple[int, ...] = (),
) -> tuple[Issue, int]:
    """A matter is in another state now: kept, its project moved along, everybody behind it told.

    Gives the issue and how many people are reached. `key` makes the news go out once, `words` is the
    reason. When it is said to be done, some are asked whether it is.
    """
    issue = replace(issue, state=state)
    await teller.uow.issues.update(issue)
    await _move_project(teller, issue)
    told = StatusUpdate(
        issue_id=issue.id, state=state, at=teller.now, words=words, actor_id=actor_id
    )
    status_id = await teller.uow.issues.add_status(told)
    news = status_news(issue, words)
    if state is IssueState.DONE:
        asked = await _to_ask(teller, issue, status_id, {*besides, actor_id})
        news = partial(_with_question, news, asked, f"{issue.code}:{status_id}")
    return issue, await tell_contributors(teller, issue, key, news, besides=besides)


async def project_became(
    teller: Teller, project: Project, state: ProjectState, key: str, *, words: str = ""
) -> int:
    """A project is in another state now; how many people behind its matter are told what it means."""
    moved = replace(project, state=state)
    await teller.uow.projects.update(moved)
    issue = await teller.uow.issues.by_id(project.issue_id)
    meant = ISSUE_STATE_OF[state]
    if issue.state is meant:
        return 0
    _, people = await become(teller, issue, meant, key, words=words)
    return people


async def _move_project(teller: Teller, issue: Issue) -> None:
    project = await teller.uow.projects.by_issue(issue.id)
    state = _PROJECT_STATE.get(issue.state)
    if project and state and ISSUE_STATE_OF[project.state] is not issue.state:
        early = state is ProjectState.PROPOSED
        moved = replace(project, state=ProjectState.IDEA if early else state)
        await teller.uow.projects.update(moved)


async def _to_ask(
    teller: Teller, issue: Issue, status_id: int, besides: set[int | None]
) -> frozenset[int]:
    """Those who are asked whether it is done: the last who told or support it and can be reached."""
    asked: set[int] = set()
    if issue.confidential:
        besides = besides | await _supporters_alone(teller, issue)
    for person_id in await teller.uow.checks.latest_behind(issue.id):
        if len(asked) >= teller.settings.done_asks:
            break
        if person_id in besides or not await _hears_news(teller, person_id):
            continue
        await teller.uow.checks.ask(issue.id, status_id, person_id, teller.now)
        asked.add(person_id)
    return frozenset(asked)


async def _hears_news(teller: Teller, person_id: int) -> bool:
    """Whether somebody can be written to and wishes to be."""
    reached = await teller.uow.people.addresses(person_id)
    return bool(reached) and await teller.uow.consents.allows(person_id, ConsentKind.NEWS)


async def _supporters_alone(teller: Teller, issue: Issue) -> set[int]:
    """Those behind a confidential matter who must not hear of it."""
    told = {one.person_id for one in await contributions(teller.uow, issue)}
    return set(await teller.uow.issues.contributors(issue.id)) - told


def _with_question(news: Words, asked: frozenset[int], codes: str, one: Contribution) -> Reply:
    reply = news(one)
    if one.person_id not in asked:
        return reply
    buttons = (
        Button(label=t.BUTTON_DONE, data=f"fixed:{codes}"),
        Button(label=t.BUTTON_NOT_YET, data=f"notyet:{codes}"),
    )
    return replace(reply, text=f"{reply.text}\n\n{t.DONE_ASK}", buttons=buttons)


async def say_done(turn: Turn, intent: SayDone) -> None:
    """A contributor's word on whether what is said to be done is; one answer a person."""
    issue = await turn.uow.issues.by_code(intent.issue_code)
    check = await turn.uow.checks.find(intent.status_id, turn.person.id)
    if issue is None or check is None or check.issue_id != issue.id:
        turn.outcome = "stale"
        turn.say(t.STALE)
        return
    answer: CheckAnswer = "done" if intent.done else "not_yet"
    turn.outcome = f"{answer}:{issue.code}"
    kept = await turn.uow.checks.answer(intent.status_id, turn.person.id, answer, turn.now)
    if not kept:
        turn.outcome = "stale"
        turn.say(t.ANSWERED_BEFORE)
        return
    await turn.audit(f"contributor says {answer}", issue.code)
    if intent.done:
        turn.say(t.DONE_THANKS)
        return
    reopened = issue.state is IssueState.DONE
    if reopened:
        issue = await _reopen(turn, issue, intent.status_id)
    await _ask_what_is_left(turn, issue, reopened)


async def _reopen(turn: Turn, issue: Issue, status_id: int) -> Issue:
    """The matter goes back to where it stood before it was said to be done; those who can act hear it."""
    before = [update.state for update in await turn.uow.issues.statuses(issue.id)]
    state = next((s for s in reversed(before) if s is not IssueState.DONE), IssueState.NOTED)
    with t.speaking(t.THAI):
        reason = t.REOPENED_REASON
    issue, _ = await become(
        turn,
        issue,
        state,
        f"reopened:{status_id}",
        words=reason,
        actor_id=turn.person.id,
        besides=(turn.person.id,),
    )
    await _tell_helpers(turn, issue, status_id)
    return issue


async def _tell_helpers(turn: Turn, issue: Issue, status_id: int) -> None:
    """The head and the officers; of what is confidential only the district's."""
    village = turn.areas.get(issue.village_code)
    title = village.title if village else issue.village_code

    def words() -> Reply:
        state = t.of_state(issue.state)
        phrase = t.REOPENED_PRIVATE if issue.confidential else t.REOPENED
        return Reply(
            text=phrase.format(line=issue.neutral_line, village=title, code=issue.code, state=state)
        )

    for helper in await _helpers(turn, issue):
        if helper != turn.person.id:
            await tell_person(turn, helper, f"reopened:{status_id}:helper:{helper}", words)


async def _helpers(turn: Turn, issue: Issue) -> list[int]:
    private = issue.confidential or names_leader(issue.neutral_line)
    roles = (Role.DISTRICT_OFFICER,) if private else (Role.HEAD, Role.LOCAL_OFFICER)
    found: list[int] = []
    for role in roles:
        found += await turn.uow.people.holders(role, issue.village_code)
    if not private:
        said = [s for s in await turn.uow.issues.statuses(issue.id) if s.state is IssueState.DONE]
        found += [said[-1].actor_id] if said and said[-1].actor_id else []
    return list(dict.fromkeys(found))


async def _ask_what_is_left(turn: Turn, issue: Issue, reopened: bool) -> None:
    """Ask for words or a photo: they go to the person's own report of it, or become one."""
    ask = t.NOT_YET_ASK_PRIVATE if issue.confidential else t.NOT_YET_ASK
    turn.say(ask if reopened else t.NOT_YET_OPEN)
    own = await _own_report(turn, issue)
    at = turn.utterance.last_at
    turn.remember(
        step=Step.ASK_WORDS,
        asked_at=at,
        report_code=own.tracking_code if own else "",
        told_from=at if own else None,
        told_to=at if own else None,
        issue_code=issue.code,
    )


async def _own_report(turn: Turn, issue: Issue) -> Report | None:
    behind = await turn.uow.reports.of_issue(issue.id)
    mine = [r for r in behind if r.person_id == turn.person.id]
    return next((r for r in reversed(mine) if r.state is not ReportState.WITHDRAWN), None)


async def stand_with(turn: Turn, report: Report) -> Report:
    """A report just told in answer to «what is left to do?» stands behind the matter asked about.

    Danger and what is confidential stay matters of their own.
    """
    talk = turn.conversation
    asked = talk.step is Step.ASK_WORDS and not talk.report_code and talk.asked_at
    if not asked or not talk.issue_code or report.confidential or report.emergency:
        return report
    if turn.utterance.first_at - asked > turn.settings.question_life:
        return report
    issue = await turn.uow.issues.by_code(talk.issue_code)
    if issue is None or issue.confidential or issue.state not in JOINABLE_STATES:
        return report
    await join(turn, report, issue, LinkedBy.REPORTER)
    return replace(report, issue_id=issue.id)


EXECUTE: dict[type, Any] = {SayDone: say_done}
