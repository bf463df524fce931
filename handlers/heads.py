"""The village head's side: agenda, forum, resolutions."""

from dataclasses import replace

from handlers.agendas import Draft, new_forum
from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.asking import code_in
from handlers.linking import living
from handlers.messages import Button, Reply
from handlers.news import Contribution, tell_contributors
from handlers.outcomes import freeze_and_tell
from handlers.places import AreaBook
from planning.areas import Village
from planning.calendar import target_fiscal_year
from planning.codes import new_code
from planning.forums import (
    OUTCOME_TH,
    WAY_TH,
    AgendaItem,
    AgendaVersion,
    ForumState,
    Outcome,
    Resolution,
    Way,
)
from planning.issues import Issue, IssueState, StatusUpdate
from planning.naming import project_name, project_objective
from planning.projects import DocumentKind, Project, ProjectState
from planning.roles import Action, Role, RoleGrant, may
from planning.thai import BANGKOK, chat_date


def runs_forum_of(
    village: Village | None, grants: tuple[RoleGrant, ...], areas: AreaBook
) -> Village | None:
    """The village whose forum a person of `village` runs: that one, or the one their role names."""
    if village and may(grants, Action.RUN_FORUM, village.code):
        return village
    return areas.get(next((g.area for g in grants if g.role is Role.HEAD), None))


def gives_order(
    text: str, village: Village | None, grants: tuple[RoleGrant, ...], areas: AreaBook
) -> bool:
    """Whether what looks like a command surely is one: it names a matter's code, or calls the forum."""
    calls = text.strip().startswith("นัดประชุม") and runs_forum_of(village, grants, areas)
    return bool(grants and code_in(text)) or bool(calls)


def _own_forum(turn: Turn) -> Village | None:
    return runs_forum_of(turn.village, turn.grants, turn.areas)


def _refuse(turn: Turn) -> None:
    turn.outcome = "not_allowed"
    turn.say(t.NOT_ALLOWED)


async def send_agenda(turn: Turn, intent: i.SendAgenda, draft: Draft | None) -> None:
    """Send the agenda as documents; what is sent is frozen under its number."""
    if draft is None:
        _refuse(turn)
        return
    content = draft.version.content
    village = turn.areas.get(content.village_code)
    version = await freeze_and_tell(turn, draft, village.title if village else content.village_name)
    if not draft.stored:
        await turn.audit("agenda frozen", version.code, version.sha256)
    turn.outcome = f"agenda:{version.code}"
    text = t.AGENDA_READY.format(
        village=village.title if village else content.village_name,
        number=content.forum_number,
        year=content.year_be,
        version=version.version,
        code=version.code,
        count=len(content.items),
    )
    buttons = (Button(label=t.BUTTON_DECIDE, data="item:1"),) if content.items else ()
    empty = "" if content.items else f"\n{t.AGENDA_EMPTY}"
    turn.replies.append(Reply(text=text + empty, buttons=buttons, files=turn.files))


async def convene(turn: Turn, intent: i.Convene) -> None:
    """Note when and where the current forum meets."""
    village = _own_forum(turn)
    if village is None:
        _refuse(turn)
        return
    forum = await turn.uow.forums.current(village.code)
    if forum and forum.state is ForumState.DECIDING and forum.held_on != intent.held_on:
        await turn.uow.forums.update(replace(forum, state=ForumState.CLOSED))
        await turn.audit("forum closed", forum.code)
        forum = None
    forum = forum or await turn.uow.forums.add(await new_forum(turn.uow, village, turn.now))
    await turn.uow.forums.update(
        replace(
            forum,
            held_on=intent.held_on,
            held_at=intent.held_at or forum.held_at,
            place=intent.place or forum.place,
        )
    )
    await turn.audit("forum convened", forum.code)
    turn.outcome = f"convened:{forum.code}"
    turn.say(
        t.CONVENED.format(
            date=chat_date(intent.held_on) if intent.held_on else "",
            time=intent.held_at,
            place=intent.place,
        ),
        Button(label=t.BUTTON_AGENDA, data="agenda"),
    )


async def close_forum(turn: Turn, intent: i.CloseForum) -> None:
    """End the forum that has begun to decide; the next agenda belongs to the next forum."""
    village = _own_forum(turn)
    if village is None:
        _refuse(turn)
        return
    forum = await turn.uow.forums.current(village.code)
    if forum is None or forum.state is not ForumState.DECIDING:
        turn.outcome = "no_forum"
        turn.say(t.FORUM_NONE)
        return
    await turn.uow.forums.update(replace(forum, state=ForumState.CLOSED))
    await turn.audit("forum closed", forum.code)
    turn.outcome = f"closed:{forum.code}"
    turn.say(t.FORUM_CLOSED.format(number=forum.number, year=forum.year_be))


async def _item(turn: Turn, number: int) -> tuple[AgendaVersion, AgendaItem] | None:
    """The item of the latest frozen agenda; says why when there is none."""
    village = _own_forum(turn)
    if village is None:
        _refuse(turn)
        return None
    forum = await turn.uow.forums.current(village.code)
    version = await turn.uow.forums.latest_version(forum.id) if forum else None
    turn.outcome = "no_item"
    if version is None or not version.content.items:
        turn.say(t.NO_AGENDA, Button(label=t.BUTTON_AGENDA, data="agenda"))
        return None
    items = version.content.items
    if not 1 <= number <= len(items):
        turn.say(t.NO_ITEM.format(last=len(items)))
        return None
    return version, items[number - 1]


async def offer_resolution(turn: Turn, intent: i.OfferResolution) -> None:
    """Show one item with the outcomes (or, once approved, the ways) as buttons."""
    found = await _item(turn, intent.item)
    if found is None:
        return
    version, item = found
    turn.outcome = "item"
    if intent.outcome is Outcome.APPROVED:
        ways = (Button(label=WAY_TH[w], data=f"way:{item.number}:{w}") for w in Way)
        turn.say(t.WAY.format(number=item.number), *ways)
        return
    turn.say(
        t.ITEM.format(
            number=item.number, last=len(version.content.items), line=item.line, people=item.people
        ),
        Button(label=OUTCOME_TH[Outcome.APPROVED], data=f"vote:{item.number}:approved"),
        Button(label=OUTCOME_TH[Outcome.REJECTED], data=f"res:{item.number}:rejected"),
        Button(label=OUTCOME_TH[Outcome.POSTPONED], data=f"res:{item.number}:postponed"),
    )


async def resolve(turn: Turn, intent: i.Resolve) -> None:
    """Record the forum's resolution on an item; an approved matter becomes a project in the bank."""
    found = await _item(turn, intent.item)
    if found is None:
        return
    version, item = found
    if intent.outcome is Outcome.APPROVED and intent.way is None:
        await _ask_way(turn, intent)
        return
    if intent.outcome is Outcome.APPROVED and (intent.votes_for or 1) <= (
        intent.votes_against or 0
    ):
        turn.outcome = "votes_odd"
        turn.say(t.VOTES_ODD)
        return
    issue = await turn.uow.issues.by_code(item.issue_code)
    assert issue is not None  # an agenda's items are never removed
    issue = await living(turn, issue) or issue  # joined to another since the agenda was frozen
    intent = _with_votes(turn, intent)
    resolution = await _record(turn, version, item, issue, intent)
    issue, project = await _consequence(turn, issue, resolution)
    await _tell(turn, version, issue, resolution)
    turn.outcome = f"resolution:{resolution.code}"
    left = await _undecided(turn, version)
    after = t.ALL_RESOLVED if not left else ""
    bank = t.IN_BANK.format(code=project.code) if project else ""
    upcoming = next((n for n in left if n > item.number), next(iter(left), None))
    following = (Button(label=t.BUTTON_NEXT, data=f"item:{upcoming}"),) if upcoming else ()
    line = t.RESOLVED.format(number=item.number, **_words(resolution))
    turn.say("\n".join(filter(None, (line, bank, after))), *following)


async def _undecided(turn: Turn, version: AgendaVersion) -> list[int]:
    """Numbers of the items that have no resolution yet."""
    decided = {r.item_number for r in await turn.uow.forums.resolutions(version.forum_id)}
    return [item.number for item in version.content.items if item.number not in decided]


async def _ask_way(turn: Turn, intent: i.Resolve) -> None:
    """Approved, but how? The votes already said are kept for the answer."""
    if intent.votes_for is not None:
        turn.remember(votes=(intent.item, intent.votes_for, intent.votes_against or 0))
    await offer_resolution(turn, i.OfferResolution(item=intent.item, outcome=Outcome.APPROVED))


def _with_votes(turn: Turn, intent: i.Resolve) -> i.Resolve:
    kept = turn.conversation.votes
    if intent.votes_for is None and kept and kept[0] == intent.item:
        intent = replace(intent, votes_for=kept[1], votes_against=kept[2])
    turn.remember(votes=None)
    return intent


def _words(resolution: Resolution) -> dict[str, str]:
    votes = ""
    if resolution.votes_for is not None:
        votes = f" {resolution.votes_for} ต่อ {resolution.votes_against or 0} เสียง"
    return {
        "outcome": OUTCOME_TH[resolution.outcome],
        "votes": votes,
        "way": f" {WAY_TH[resolution.way]}" if resolution.way else "",
    }


async def _record(
    turn: Turn, version: AgendaVersion, item: AgendaItem, issue: Issue, intent: i.Resolve
) -> Resolution:
    forum = await turn.uow.forums.by_id(version.forum_id)
    if forum.state is ForumState.PREPARING:
        await turn.uow.forums.update(replace(forum, state=ForumState.DECIDING))
    resolution = await turn.uow.forums.add_resolution(
        Resolution(
            id=0,
            code=new_code("resolution"),
            forum_id=forum.id,
            agenda_code=version.code,
            item_number=item.number,
            issue_id=issue.id,
            outcome=intent.outcome,
            votes_for=intent.votes_for,
            votes_against=intent.votes_against,
            way=intent.way if intent.outcome is Outcome.APPROVED else None,
            decided_at=turn.now,
            actor_id=turn.person.id,
        )
    )
    await turn.audit("resolution", resolution.code, f"{version.code}/{item.number}")
    return resolution


async def _consequence(
    turn: Turn, issue: Issue, resolution: Resolution
) -> tuple[Issue, Project | None]:
    """The issue's new state, and its project where it was approved (or the earlier one put aside)."""
    project = await turn.uow.projects.by_issue(issue.id)
    if resolution.outcome is Outcome.APPROVED:
        project = await _bank(turn, issue, resolution, project)
        ours = resolution.way is Way.OURSELVES
        state = IssueState.VILLAGE_WORK if ours else IssueState.IN_BANK
    else:
        state = IssueState.POSTPONED
        if project:
            await turn.uow.projects.update(replace(project, state=ProjectState.NOT_POSSIBLE))
        project = None
    issue = replace(issue, state=state)
    await turn.uow.issues.update(issue)
    await turn.uow.issues.add_status(
        StatusUpdate(
            issue_id=issue.id,
            state=state,
            at=turn.now,
            words="".join(_words(resolution).values()),
            actor_id=turn.person.id,
        )
    )
    return issue, project


async def _bank(
    turn: Turn, issue: Issue, resolution: Resolution, project: Project | None
) -> Project:
    way = resolution.way or Way.ASK_SUPPORT
    if project:
        project = replace(
            project, way=way, resolution_code=resolution.code, state=ProjectState.IDEA
        )
        await turn.uow.projects.update(project)
        return project
    village = turn.areas.get(issue.village_code)
    return await turn.uow.projects.add(
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
            target_year=target_fiscal_year(turn.now.astimezone(BANGKOK).date()),
            created_at=turn.now,
            objective=project_objective(issue),
        ),
        tuple(DocumentKind),
    )


async def _tell(turn: Turn, version: AgendaVersion, issue: Issue, resolution: Resolution) -> None:
    words = _words(resolution)
    village = turn.areas.get(version.content.village_code)
    name = village.title if village else version.content.village_name

    def news(one: Contribution) -> Reply:
        phrase = t.NEWS_RESOLUTION if one.code else t.NEWS_RESOLUTION_SUPPORTED
        return Reply(text=phrase.format(code=one.code, line=one.line, village=name, **words))

    await tell_contributors(turn, issue, f"resolution:{resolution.code}", news)
