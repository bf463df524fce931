"""«เลิกทำล่าสุด»: the last act on a matter is as if it had never been done."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from handlers.context import Turn
from handlers.desk import back, is_public
from handlers.desk_ending import moved_news
from handlers.desk_held import with_value
from handlers.desk_links import linked_by, put_aside_if_bare
from handlers.dialogue import texts as t
from handlers.dialogue.topics import desk as d
from handlers.linking import living
from handlers.messages import Reply, replies_to_json
from handlers.news import Contribution, tell_contributors
from handlers.outcomes import become
from planning.desk import FIELD, MOVING, DeskAction, DeskEvent, last_act, worded
from planning.issues import OPEN_STATES, Issue, IssueState
from planning.reports import Position
from planning.roles import Action


async def undo(turn: Turn, intent: d.UndoDesk) -> None:
    """Take back the act that was shown as the last, if it still is."""
    named = await turn.uow.issues.by_code(intent.code) if intent.code else None
    issue = await living(turn, named) if named else None
    events = await turn.uow.desk.of_issue(issue.id) if issue else ()
    last = last_act(events, issue.id) if issue else None
    if issue is None or not is_public(issue) or not _may_undo(turn, issue, last):
        turn.outcome = "not_allowed"
        turn.say(t.NOT_FOUND if turn.grants else t.NOT_ALLOWED)
        return
    turn.outcome = "desk_nothing"
    if last is None or last.id != intent.event_id:
        turn.say(t.DESK_UNDO_NONE if last is None else t.DESK_UNDO_OTHER, back(issue))
        return
    await turn.uow.desk.lock([i for i in (last.issue_id, last.other_id) if i is not None])
    if last.action in MOVING:
        await _undo_moving(turn, issue, last)
    else:
        await _undo_value(turn, issue, last)


def _may_undo(turn: Turn, issue: Issue, last: DeskEvent | None) -> bool:
    """Whoever works on it; and who passed it on to another village may take that back."""
    if turn.may(Action.RUN_DESK, issue.village_code):
        return True
    passed = last is not None and last.action is DeskAction.HAND_ON
    return passed and last is not None and last.actor_id == turn.person.id


async def _note(turn: Turn, act: DeskEvent) -> DeskEvent:
    await turn.audit("desk undo", f"desk:{act.id}", act.action)
    event = DeskEvent(
        id=0,
        issue_id=act.issue_id,
        action=DeskAction.UNDO,
        at=turn.now,
        actor_id=turn.person.id,
        undoes=act.id,
    )
    return await turn.uow.desk.add(event)


def _say_undone(turn: Turn, issue: Issue, act: DeskEvent, more: str = "") -> None:
    turn.outcome = f"undone:{act.id}"
    said = t.DESK_UNDONE.format(act=t.one_of("DESK_ACTS", act.action))
    turn.say("\n".join(filter(None, (said, more, issue.neutral_line))), back(issue))


async def _undo_value(turn: Turn, issue: Issue, act: DeskEvent) -> None:
    """A line, category, place, village or state as it was before, or as was said before that."""
    name, event = FIELD[act.action], await _note(turn, act)
    key = f"desk:{event.id}"
    besides = (turn.person.id, *await _unsaid(turn, act))
    if name == "state":
        await _undo_state(turn, issue, act, key, besides)
        return
    now = worded(await turn.uow.desk.of_issue(issue.id), issue.id, name)
    before = await _with_line(turn, with_value(issue, name, now.value), act)
    await turn.uow.issues.update(before)
    village = turn.areas.get(before.village_code)
    if name == "village_code" and village:
        await tell_contributors(turn, before, key, moved_news(before, village), besides=besides)
    _say_undone(turn, before, act)


async def _unsaid(turn: Turn, act: DeskEvent) -> frozenset[int]:
    """Who had not heard of the act yet: they need not hear of either."""
    return await turn.uow.retracting.drop_news(f"desk:{act.id}", replies_to_json(()))


async def _undo_state(
    turn: Turn, issue: Issue, act: DeskEvent, key: str, besides: tuple[int, ...]
) -> None:
    """Where it stood before, if nobody has changed that since; everybody behind it hears it."""
    if issue.state != act.content["after"]:
        _say_undone(turn, issue, act, t.DESK_UNDO_STATE)
        return
    state, me = IssueState(act.content["before"]), turn.person.id
    issue, _ = await become(turn, issue, state, key, actor_id=me, besides=besides)
    _say_undone(turn, issue, act)


async def _with_line(turn: Turn, issue: Issue, act: DeskEvent) -> Issue:
    """With the machine's line of before, where the act changed it and it stands still."""
    before, after = act.content.get("line", ("", ""))
    held = worded(await turn.uow.desk.of_issue(issue.id), issue.id, "neutral_line").held
    still = before and not held and issue.neutral_line == after
    return replace(issue, neutral_line=before) if still else issue


async def _undo_moving(turn: Turn, issue: Issue, act: DeskEvent) -> None:
    """What was moved stands where it stood; what came later stays where it came to."""
    if act.action is DeskAction.SPLIT and await _decided(turn, act.other_id or 0):
        turn.outcome = "desk_decided"
        turn.say(t.DESK_UNDO_DECIDED, back(issue))
        return
    event, besides = await _note(turn, act), await _unsaid(turn, act)
    bound = await turn.uow.desk.play(event, linked_by(turn, issue.village_code))
    if act.action is DeskAction.MERGE:
        stays = await turn.uow.issues.by_id(act.other_id or 0)
        await turn.uow.issues.update(await _without(turn, stays, act.content["other"]))
        await turn.uow.movements.settle_pair(act.issue_id, stays.id, turn.now)
    for issue_id in sorted(bound):
        await _revive_or_put_aside(turn, issue_id)
    again = await turn.uow.issues.by_id(act.issue_id)
    if act.action is DeskAction.MERGE and again.state is not IssueState.MERGED:
        me, key = turn.person.id, f"desk:{event.id}"
        await tell_contributors(turn, again, key, _again_news, besides={me, *besides})
    _say_undone(turn, again, act)


def _again_news(one: Contribution) -> Reply:
    """What those hear who had heard of a merge."""
    phrase = t.APART_NEWS if one.code else t.APART_NEWS_SUPPORTED
    line = one.line or t.CONFIDENTIAL_TH
    return Reply(text=phrase.format(code=one.code, line=line), about=one.code)


async def _decided(turn: Turn, issue_id: int) -> bool:
    issue = await turn.uow.issues.by_id(issue_id)
    return issue.state not in OPEN_STATES | {IssueState.MERGED}


async def _without(turn: Turn, stays: Issue, before: Mapping[str, Any]) -> Issue:
    """The matter that stayed as it was before the merging, with what was told of it since."""
    told = await turn.uow.reports.of_issue(stays.id)
    spot = before["position"]
    at = Position(lat=spot[0], lon=spot[1]) if spot else None
    opened = datetime.fromisoformat(before["opened_at"])
    last = datetime.fromisoformat(before["last_told_at"])
    moved = worded(await turn.uow.desk.of_issue(stays.id), stays.id, "place").held
    return replace(
        stays,
        opened_at=min([opened, *(r.first_told_at for r in told)]),
        last_told_at=max([last, *(r.last_told_at for r in told)]),
        emergency=before["emergency"] or any(r.emergency for r in told),
        position=stays.position
        if moved
        else at or next((r.position for r in told if r.position), None),
    )


async def _revive_or_put_aside(turn: Turn, issue_id: int) -> None:
    """A matter that somebody stands behind again is open again; one that nobody does is put aside."""
    issue = await turn.uow.issues.by_id(issue_id)
    behind = await turn.uow.reports.of_issue(issue_id)
    if issue.state is not IssueState.MERGED:
        if issue.state in OPEN_STATES:
            await put_aside_if_bare(turn, issue_id)
        return
    if behind or await turn.uow.issues.contributors(issue_id):
        state = await _state_before(turn, issue_id)
        await turn.uow.issues.update(replace(issue, state=state))


async def _state_before(turn: Turn, issue_id: int) -> IssueState:
    """Where a matter stood when it was last merged away."""
    events = await turn.uow.desk.of_issue(issue_id)
    merges = [e for e in events if e.action is DeskAction.MERGE and e.issue_id == issue_id]
    return IssueState(merges[-1].content["state"]) if merges else IssueState.NOTED


EXECUTE: dict[type, Any] = {d.UndoDesk: undo}
