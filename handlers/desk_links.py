"""Merging and splitting matters at the desk, and a contributor's word that they are not one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from handlers.context import Turn
from handlers.desk import at_desk, back, is_public, shown_tellings, telling_line
from handlers.desk_asking import wait_for
from handlers.desk_changes import undo_button
from handlers.desk_prepared import DESK, main_category
from handlers.dialogue import texts as t
from handlers.dialogue.answers import OWN, going
from handlers.dialogue.topics import desk as d
from handlers.joining_in import voices
from handlers.messages import Button, Reply
from handlers.news import Contribution, tell_contributors
from nlp.values import DuplicateMatch
from planning.codes import new_code
from planning.desk import DeskAction, DeskEvent
from planning.issues import (
    JOINABLE_STATES,
    OPEN_STATES,
    Issue,
    IssueStanding,
    IssueState,
    LinkAction,
    LinkedBy,
    LinkEvent,
)
from planning.reports import Report
from planning.roles import Role

_SURE, _LIKELY = 0.88, 0.45
_SHORT_TELLING = 80


def linked_by(turn: Turn, village_code: str) -> LinkedBy:
    """As what the person works at the desk."""
    heads = any(g.role is Role.HEAD and g.area == village_code for g in turn.grants)
    return LinkedBy.HEAD if heads else LinkedBy.OFFICER


def _verdict(match: DuplicateMatch | None) -> str:
    """What the machine thinks of two matters, in words a head can judge."""
    if match is None:
        return t.DESK_UNLIKE
    sure, likely = match.score >= _SURE, match.score >= _LIKELY
    phrase = t.DESK_SURE if sure else t.DESK_MAYBE if likely else t.DESK_HARDLY
    reasons = [t.DESK_SAME_TELLER if r == OWN else r for r in match.reasons]
    why = t.DESK_WHY.format(reasons=" · ".join(reasons)) if reasons else ""
    return phrase.format(percent=round(match.score * 100)) + why


def _matches(turn: Turn) -> tuple[DuplicateMatch, ...]:
    reading = turn.readings.get(DESK)
    return reading.matches if reading else ()


async def offer_merging(turn: Turn, intent: d.OfferMerging) -> None:
    """Matters that may be the same, the likeliest first, with what speaks for each."""
    issue = await at_desk(turn, intent.code)
    if issue is None:
        return
    turn.outcome = f"desk_like:{issue.code}"
    lines = [t.DESK_LIKE_HEAD.format(line=issue.neutral_line)]
    buttons: list[Button] = []
    for match in _matches(turn):
        other = await turn.uow.issues.by_code(match.key)
        if other is None or not _can_merge(issue, other):
            continue
        standing = await turn.uow.issues.standing(other.id)
        number, people = len(buttons) + 1, standing.people + standing.supporters
        lines.append(
            t.DESK_LIKE_LINE.format(
                number=number, line=other.neutral_line, people=people, verdict=_verdict(match)
            )
        )
        label = t.BUTTON_DESK_LIKE.format(number=number)
        buttons.append(Button(label=label, data=f"dk:join:{issue.code}:{other.code}"))
    if not buttons:
        lines.append(t.DESK_LIKE_NONE)
    typed = Button(label=t.BUTTON_DESK_TYPE_CODE, data=f"dk:ask:{issue.code}:merge")
    turn.say("\n".join(lines), *buttons, typed, back(issue))


def _can_merge(one: Issue, other: Issue) -> bool:
    """Whether two matters are open, public and of one village; of two decided ones none can go."""
    pair = (one, other)
    both = all(i.state in JOINABLE_STATES and is_public(i) for i in pair)
    undecided = any(i.state in OPEN_STATES for i in pair)
    here = one.village_code == other.village_code
    return both and undecided and here and one.id != other.id


async def _pair(turn: Turn, code: str, other_code: str) -> tuple[Issue, Issue] | None:
    issue = await at_desk(turn, code)
    if issue is None:
        return None
    other = await turn.uow.issues.by_code(other_code) if other_code else None
    if other is None or not _can_merge(issue, other):
        turn.outcome = "desk_no_merge"
        turn.say(t.DESK_MERGE_NOT, back(issue))
        return None
    return issue, other


async def ask_merge(turn: Turn, intent: d.AskMerge) -> None:
    """Ask once, with both lines and what the machine thinks."""
    found = await _pair(turn, intent.code, intent.other)
    if found is None:
        return
    issue, other = found
    turn.outcome = f"desk_join:{issue.code}"
    match = next((m for m in _matches(turn) if m.key == other.code), None)
    behind = {
        person for i in found for person in await turn.uow.issues.contributors(i.id)
    }  # fmt: skip
    turn.say(
        t.DESK_ASK_MERGE_SURE.format(
            one=issue.neutral_line,
            other=other.neutral_line,
            verdict=_verdict(match),
            people=len(behind),
        ),
        Button(label=t.BUTTON_DESK_MERGE_YES, data=f"dk:merge:{issue.code}:{other.code}"),
        Button(label=t.BUTTON_DESK_MERGE_NO, data=f"desk:{issue.code}"),
    )


async def merge(turn: Turn, intent: d.Merge) -> None:
    """Make two matters one: the one that is further, larger or older stays, and keeps its words."""
    found = await _pair(turn, intent.code, intent.other)
    if found is None:
        return
    await turn.uow.desk.lock([issue.id for issue in found])
    if not _can_merge(*[await turn.uow.issues.by_id(issue.id) for issue in found]):
        turn.say(t.STALE)
        return
    standings = [await turn.uow.issues.standing(issue.id) for issue in found]
    stays, goes = sorted(standings, key=_rank)
    event = await turn.uow.desk.add(
        DeskEvent(
            id=0,
            issue_id=goes.issue.id,
            other_id=stays.issue.id,
            action=DeskAction.MERGE,
            at=turn.now,
            actor_id=turn.person.id,
            content={"state": goes.issue.state, "other": vitals(stays.issue)},
        )
    )
    news = _merged_news(stays.issue, event, await _together(turn, found))
    key = f"desk:{event.id}"
    told = await tell_contributors(turn, goes.issue, key, news, besides=(turn.person.id,))
    await turn.uow.desk.play(event, linked_by(turn, stays.issue.village_code))
    await turn.uow.issues.update(replace(goes.issue, state=IssueState.MERGED))
    await turn.uow.issues.update(_with(stays.issue, goes.issue))
    await turn.audit("desk merge", goes.issue.code, stays.issue.code)
    turn.outcome = f"merged:{goes.issue.code}"
    one = await turn.uow.issues.standing(stays.issue.id)
    said = t.DESK_MERGED.format(voices=voices(one), line=one.issue.neutral_line, people=told)
    turn.say(said, back(one.issue), undo_button(one.issue, event))


async def _together(turn: Turn, both: Sequence[Issue]) -> int:
    behind = [await turn.uow.issues.contributors(i.id) for i in both]
    return len({person for people in behind for person in people})


def _rank(standing: IssueStanding) -> tuple[bool, int, str, int]:
    """What stays sorts first: of which somebody has decided already, more people, the older one."""
    issue = standing.issue
    undecided = issue.state in OPEN_STATES
    people = standing.people + standing.supporters
    return undecided, -people, issue.opened_at.isoformat(), issue.id


def vitals(issue: Issue) -> dict[str, Any]:
    """What merging changes of the matter that stays, as the log keeps it."""
    at = issue.position
    return {
        "opened_at": issue.opened_at.isoformat(),
        "last_told_at": issue.last_told_at.isoformat(),
        "emergency": issue.emergency,
        "position": [at.lat, at.lon] if at else None,
    }


def _with(stays: Issue, goes: Issue) -> Issue:
    return replace(
        stays,
        opened_at=min(stays.opened_at, goes.opened_at),
        last_told_at=max(stays.last_told_at, goes.last_told_at),
        emergency=stays.emergency or goes.emergency,
        position=stays.position or goes.position,
    )


def _merged_news(stays: Issue, event: DeskEvent, people: int) -> Callable[[Contribution], Reply]:
    """What a contributor of the matter that went hears, once, with a way to say that it is another."""

    def news(one: Contribution) -> Reply:
        if not one.line:
            private = t.NEWS_PRIVATE.format(code=one.code, state=t.of_state(IssueState.MERGED))
            return Reply(text=private, about=one.code)
        phrase = t.MERGED_NEWS if one.code else t.MERGED_NEWS_SUPPORTED
        text = phrase.format(code=one.code, line=one.line, other=stays.neutral_line, people=people)
        button = Button(label=t.BUTTON_NOT_SAME, data=f"notsame:{event.id}")
        text = "\n".join([text, *going(stays)])
        return Reply(text=text, buttons=(button,), about=one.code)

    return news


async def not_the_same(turn: Turn, intent: d.NotTheSame) -> None:
    """What a contributor told or supports goes back to the matter that was merged away."""
    act = await turn.uow.desk.by_id(intent.event_id)
    turn.outcome = "stale"
    if act is None or act.action is not DeskAction.MERGE:
        turn.say(t.STALE)
        return
    told = await turn.uow.desk.taken_along(act, turn.person.id)
    reports = [await turn.uow.reports.by_id(number) for number in told]
    still = [r for r in reports if r.issue_id == act.other_id]
    backed = await turn.uow.desk.back_again(act, turn.person.id, turn.now)
    if not still and not backed:
        turn.say(t.NOT_SAME_OVER if told else t.STALE)
        return
    for report in still:
        for issue_id, action in (
            (act.other_id or 0, LinkAction.UNLINK),
            (act.issue_id, LinkAction.LINK),
        ):
            await turn.uow.issues.record(_said(turn, report, issue_id, action))
    issue = await turn.uow.issues.by_id(act.issue_id)
    if issue.state is IssueState.MERGED:
        issue = replace(issue, state=IssueState(act.content["state"]))
        await turn.uow.issues.update(issue)
    await put_aside_if_bare(turn, act.other_id or 0)
    await turn.uow.movements.settle_pair(act.issue_id, act.other_id or 0, turn.now)
    await turn.audit("not the same", issue.code)
    turn.outcome = f"not_same:{issue.code}"
    turn.say(t.NOT_SAME_DONE.format(line=issue.neutral_line))


def _said(turn: Turn, report: Report, issue_id: int, action: LinkAction) -> LinkEvent:
    return LinkEvent(
        report_id=report.id,
        issue_id=issue_id,
        action=action,
        by=LinkedBy.REPORTER,
        at=turn.now,
        actor_id=turn.person.id,
    )


async def put_aside_if_bare(turn: Turn, issue_id: int) -> None:
    """A matter with nobody behind it any more is put aside as merged."""
    behind = await turn.uow.reports.of_issue(issue_id)
    if not behind and not await turn.uow.issues.contributors(issue_id):
        issue = await turn.uow.issues.by_id(issue_id)
        await turn.uow.issues.update(replace(issue, state=IssueState.MERGED))


async def offer_splitting(turn: Turn, intent: d.OfferSplitting) -> None:
    """The tellings by number; those that the machine finds strange as one button."""
    issue = await at_desk(turn, intent.code)
    if issue:
        await _list_tellings(turn, issue)


async def _list_tellings(turn: Turn, issue: Issue) -> None:
    told = await shown_tellings(turn.uow, issue)
    if len(told) < 2:
        turn.outcome = "desk_no_split"
        turn.say(t.DESK_SPLIT_NOT, back(issue))
        return
    turn.outcome = f"desk_apart:{issue.code}"
    lines = [telling_line(n, r, _SHORT_TELLING) for n, r in enumerate(told[:_LISTED], start=1)]
    odd = [m.key for m in _matches(turn)]
    buttons: tuple[Button, ...] = ()
    if odd:
        numbers = " ".join(odd[:_ODD])
        lines.append(t.DESK_SPLIT_THINKS.format(numbers=numbers))
        label = t.BUTTON_DESK_SPLIT_THESE.format(numbers=numbers)
        data = f"dk:split:{issue.code}:{'.'.join(odd[:_ODD])}:{len(told)}"
        buttons = (Button(label=label, data=data),)
    turn.say("\n".join([*lines, t.DESK_SPLIT_HEAD]), *buttons)
    wait_for(turn, issue, d.Typed.SPLIT, len(told))


_LISTED, _ODD = 30, 6


async def split(turn: Turn, intent: d.Split) -> None:
    """Take tellings out: they are a matter of their own."""
    issue = await at_desk(turn, intent.code)
    if issue:
        await split_off(turn, issue, intent.numbers, intent.of)


async def split_off(turn: Turn, issue: Issue, numbers: Sequence[int], of: int) -> None:
    """The same, where the matter is known. Were not so many tellings shown, they are shown anew."""
    told = await shown_tellings(turn.uow, issue)
    if of != len(told):
        turn.say(t.DESK_SPLIT_CHANGED)
        await _list_tellings(turn, issue)
        return
    chosen = [r for n, r in enumerate(told, start=1) if n in numbers]
    wrong = any(not 1 <= n <= len(told) for n in numbers)
    reading = turn.readings.get(DESK)
    if not chosen or wrong or len(chosen) == len(told) or reading is None:
        turn.outcome = "desk_which"
        turn.say(t.DESK_SPLIT_WHICH.format(count=len(told)))
        wait_for(turn, issue, d.Typed.SPLIT, len(told))
        return
    await turn.uow.desk.lock([issue.id])
    new = await turn.uow.issues.add(_new_issue(issue, chosen, reading.line))
    event = await turn.uow.desk.add(
        DeskEvent(
            id=0,
            issue_id=issue.id,
            other_id=new.id,
            action=DeskAction.SPLIT,
            at=turn.now,
            actor_id=turn.person.id,
            content={"reports": [r.id for r in chosen], "other": vitals(new)},
        )
    )
    await turn.uow.desk.play(event, linked_by(turn, issue.village_code))
    await turn.audit("desk split", issue.code, new.code)
    turn.outcome = f"split:{new.code}"
    await _say_split(turn, issue, new, event)


def _new_issue(issue: Issue, chosen: Sequence[Report], line: str) -> Issue:
    """The matter of its own, by what its tellings say; the first one's words where they differ."""
    first = chosen[0]
    return replace(
        issue,
        id=0,
        code=new_code("issue"),
        category=main_category(chosen),
        kind=first.kind,
        neutral_line=line or issue.neutral_line,
        place=first.place,
        position=next((r.position for r in chosen if r.position), None),
        state=IssueState.NOTED,
        emergency=any(r.emergency for r in chosen),
        opened_at=min(r.first_told_at for r in chosen),
        last_told_at=max(r.last_told_at for r in chosen),
    )


async def _say_split(turn: Turn, issue: Issue, new: Issue, event: DeskEvent) -> None:
    old, young = [await turn.uow.issues.standing(i.id) for i in (issue, new)]
    said = t.DESK_SPLIT_DONE.format(
        line=issue.neutral_line,
        people=old.people,
        code=new.code,
        new=new.neutral_line,
        others=young.people,
    )
    label = t.BUTTON_DESK_OPEN.format(code=new.code)
    there = Button(label=label, data=f"desk:{new.code}")
    turn.say(said, back(issue), there, undo_button(issue, event))


EXECUTE: dict[type, Any] = {
    d.OfferMerging: offer_merging,
    d.AskMerge: ask_merge,
    d.Merge: merge,
    d.NotTheSame: not_the_same,
    d.OfferSplitting: offer_splitting,
    d.Split: split,
}
