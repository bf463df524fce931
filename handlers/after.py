"""What follows from a forum's resolution: where the matter stands now, its project, and the news of it."""

from dataclasses import replace
from functools import partial

from handlers.dialogue import texts as t
from handlers.messages import Reply
from handlers.news import Contribution, Teller, tell_contributors
from handlers.works import begin_work
from planning.calendar import target_fiscal_year
from planning.codes import new_code
from planning.forums import Outcome, Resolution, Way
from planning.issues import Issue, IssueState, StatusUpdate
from planning.naming import project_name, project_objective
from planning.projects import DocumentKind, Project, ProjectState
from planning.thai import BANGKOK


async def consequence(
    teller: Teller, issue: Issue, resolution: Resolution
) -> tuple[Issue, Project | None]:
    """A resolution takes effect: the issue's new state, what comes of it, the news to those behind it.

    Approved matters become a project, or, where the village does them by itself, a line of its to-do
    list. Gives the issue as it is now and the project, None where it has none (or it was put aside).
    """
    project = await teller.uow.projects.by_issue(issue.id)
    state = _meant(resolution)
    if state is IssueState.IN_BANK:
        project = await _bank(teller, issue, resolution, project)
    elif project:
        await teller.uow.projects.update(replace(project, state=ProjectState.NOT_POSSIBLE))
        project = None
    if state is IssueState.VILLAGE_WORK:
        code, actor = resolution.code, resolution.actor_id
        await begin_work(teller, issue, resolution_code=code, actor_id=actor)
    issue = await _noted(teller, replace(issue, state=state), resolution)
    await _tell(teller, issue, resolution)
    return issue, project


def _meant(resolution: Resolution) -> IssueState:
    if resolution.outcome is Outcome.REJECTED:
        return IssueState.REJECTED
    if resolution.outcome is Outcome.POSTPONED:
        return IssueState.POSTPONED
    return IssueState.VILLAGE_WORK if resolution.way is Way.OURSELVES else IssueState.IN_BANK


def words_of(resolution: Resolution) -> dict[str, str]:
    """`outcome`, `votes` and `way` of a resolution in the language spoken now; "" where there is none."""
    votes = ""
    if resolution.votes_for is not None:
        votes = t.VOTES.format(for_it=resolution.votes_for, against=resolution.votes_against or 0)
    return {
        "outcome": t.of_outcome(resolution.outcome),
        "votes": votes,
        "way": f" {t.of_way(resolution.way)}" if resolution.way else "",
    }


async def _noted(teller: Teller, issue: Issue, resolution: Resolution) -> Issue:
    await teller.uow.issues.update(issue)
    with t.speaking(t.THAI):
        words = "".join(words_of(resolution).values())
    await teller.uow.issues.add_status(
        StatusUpdate(
            issue_id=issue.id,
            state=issue.state,
            at=teller.now,
            words=f"{words} {resolution.reason}".rstrip(),
            actor_id=resolution.actor_id,
        )
    )
    return issue


async def _bank(
    teller: Teller, issue: Issue, resolution: Resolution, project: Project | None
) -> Project:
    way = resolution.way or Way.ASK_SUPPORT
    if project:
        project = replace(
            project, way=way, resolution_code=resolution.code, state=ProjectState.IDEA
        )
        await teller.uow.projects.update(project)
        return project
    village = await teller.uow.areas.village(issue.village_code)
    return await teller.uow.projects.add(
        Project(
            id=0,
            code=new_code("project"),
            village_code=issue.village_code,
            issue_id=issue.id,
            resolution_code=resolution.code,
            name=project_name(issue, village) if village else issue.neutral_line,
            category=issue.category,
            state=ProjectState.IDEA,
            way=way,
            target_year=target_fiscal_year(teller.now.astimezone(BANGKOK).date()),
            created_at=teller.now,
            objective=project_objective(issue),
        ),
        tuple(DocumentKind),
    )


async def _tell(teller: Teller, issue: Issue, resolution: Resolution) -> None:
    forum = await teller.uow.forums.by_id(resolution.forum_id)
    village = await teller.uow.areas.village(forum.village_code)
    name = village.title if village else forum.village_code
    news = partial(_news, issue, resolution, name)
    await tell_contributors(teller, issue, f"resolution:{resolution.code}", news)


def _news(issue: Issue, resolution: Resolution, village: str, one: Contribution) -> Reply:
    if not one.line:
        private = t.NEWS_PRIVATE.format(code=one.code, state=t.of_state(issue.state))
        return Reply(text=private, about=one.code)
    phrase = t.NEWS_RESOLUTION if one.code else t.NEWS_RESOLUTION_SUPPORTED
    words = words_of(resolution)
    text = phrase.format(code=one.code, line=one.line, village=village, **words)
    reason = f"\n{t.NEWS_WORDS.format(words=resolution.reason)}" if resolution.reason else ""
    return Reply(text=text + reason, about=one.code)
