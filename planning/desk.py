"""The issue desk: what a head or officer did to a village's matters, and what follows from it.

Everything done is an event that is never changed or removed; undoing is one more event. The present is
what the events that were not undone give, played again in order: so undoing one leaves the rest as if it
had never been done, whenever it is undone and whatever came in between.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from planning.issues import IssueState, LinkAction, LinkEvent


class DeskAction(StrEnum):
    """What was done. REFRESH is the machine's: what a matter would say but for the head's word."""

    REWORD = "reword"
    RECATEGORISE = "recategorise"
    RELOCATE = "relocate"
    HAND_ON = "hand_on"
    CLOSE = "close"
    HAND_UP = "hand_up"
    OURS = "ours"
    MERGE = "merge"
    SPLIT = "split"
    UNDO = "undo"
    REFRESH = "refresh"


FIELD = {
    DeskAction.REWORD: "neutral_line",
    DeskAction.RECATEGORISE: "category",
    DeskAction.RELOCATE: "place",
    DeskAction.HAND_ON: "village_code",
    DeskAction.CLOSE: "state",
    DeskAction.HAND_UP: "state",
    DeskAction.OURS: "state",
}
"""What of a matter an act changes; its event holds the value `before` and `after`."""
STATE_AFTER = {
    DeskAction.CLOSE: IssueState.CLOSED,
    DeskAction.HAND_UP: IssueState.PASSED_UP,
    DeskAction.OURS: IssueState.VILLAGE_WORK,
}
MOVING = frozenset({DeskAction.MERGE, DeskAction.SPLIT})
"""Acts by which tellings come to stand behind another matter."""


@dataclass(frozen=True, kw_only=True)
class DeskEvent:
    """One line of the desk's log, on `issue_id`.

    `other_id`: the matter it was merged into, or that was split off it. `undoes`: the event an undo takes
    back. `after_link`: the last line of the link log when it was done. `content`: values `before` and
    `after`, `words` (a reason), `reports` (numbers of the tellings that were split off), `state` (of a
    merged matter, before).
    """

    id: int
    issue_id: int
    action: DeskAction
    at: datetime
    actor_id: int | None = None
    other_id: int | None = None
    undoes: int | None = None
    after_link: int = 0
    content: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, kw_only=True)
class Backing:
    """One person's «me too», by the matter it was said of (`said_of`)."""

    said_of: int
    person_id: int
    since: datetime


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where everything stands: issue by report, and by («said of», person) for support."""

    reports: Mapping[int, int]
    backings: Mapping[tuple[int, int], int]


def undone(events: Iterable[DeskEvent]) -> frozenset[int]:
    """Numbers of the events that were taken back."""
    return frozenset(e.undoes for e in events if e.undoes is not None)


def in_force(events: Sequence[DeskEvent]) -> tuple[DeskEvent, ...]:
    """What people did and was not taken back, in order."""
    gone = undone(events)
    passing = (DeskAction.UNDO, DeskAction.REFRESH)
    kept = (e for e in events if e.id not in gone and e.action not in passing)
    return tuple(sorted(kept, key=lambda e: e.id))


def last_act(events: Sequence[DeskEvent], issue_id: int) -> DeskEvent | None:
    """What «undo» takes back on a matter: the last act in force that touched it."""
    touching = [e for e in in_force(events) if issue_id in (e.issue_id, e.other_id)]
    return touching[-1] if touching else None


@dataclass(frozen=True, kw_only=True)
class Worded:
    """What a matter says in one respect: `held` by somebody's word, or as the machine would have it."""

    held: bool
    value: Any = field(default=None, repr=False)


def worded(events: Iterable[DeskEvent], issue_id: int, name: str) -> Worded:
    """What the log says of one respect (a value of `FIELD`) of a matter.

    Not held: `value` is what stood before somebody spoke, or what the machine said since; None where
    nobody ever spoke.
    """
    active, base = _words(events, issue_id, name)
    if active:
        return Worded(held=True, value=active[-1].content["after"])
    return Worded(held=False, value=base)


def beneath(events: Iterable[DeskEvent], issue_id: int, name: str) -> Any:
    """What stands in one respect of a matter when nobody's word is in force; None where nobody spoke."""
    return _words(events, issue_id, name)[1]


def _words(events: Iterable[DeskEvent], issue_id: int, name: str) -> tuple[list[DeskEvent], Any]:
    """The words in force, oldest first, and the machine's beneath them."""
    base: Any = None
    active: list[DeskEvent] = []
    for event in sorted(events, key=lambda e: e.id):
        if event.issue_id == issue_id and FIELD.get(event.action) == name:
            base = base if active else event.content["before"]
            active.append(event)
        elif event.issue_id == issue_id and event.action is DeskAction.REFRESH:
            base = event.content.get(name, base)
        elif event.action is DeskAction.UNDO:
            active = [e for e in active if e.id != event.undoes]
    return active, base


def places(
    told: Iterable[tuple[int, LinkEvent]],
    backed: Iterable[Backing],
    events: Sequence[DeskEvent],
) -> Places:
    """Where every telling and every «me too» stands, the log played again without what was undone.

    `told` are the numbered lines of the link log, in order; of those that wrote down what the desk did
    nothing is played. A merge takes along all that stands behind a matter when it is played; what comes
    later stays with the matter that it joined.
    """
    reports: dict[int, int] = {}
    backings = {(b.said_of, b.person_id): b.said_of for b in backed}
    since = {(b.said_of, b.person_id): b.since for b in backed}
    acts = [e for e in in_force(events) if e.action in MOVING]
    steps: list[tuple[int, int, int, LinkEvent | DeskEvent]] = [
        (number, 0, 0, event) for number, event in _of_others(told)
    ]
    steps += [(e.after_link, 1, e.id, e) for e in acts]
    for *_, step in sorted(steps, key=lambda s: s[:3]):
        if isinstance(step, LinkEvent):
            _follow(reports, step)
            continue
        assert step.other_id is not None
        for report_id in [r for r, at in reports.items() if _goes(step, r, at)]:
            reports[report_id] = step.other_id
        if step.action is DeskAction.MERGE:
            for key, at in backings.items():
                if at == step.issue_id and since[key] <= step.at:
                    backings[key] = step.other_id
    return Places(reports=reports, backings=backings)


def _of_others(told: Iterable[tuple[int, LinkEvent]]) -> list[tuple[int, LinkEvent]]:
    """What tellers and the machine said, without unlinking from where a telling did not stand then."""
    kept: list[tuple[int, LinkEvent]] = []
    stood: dict[int, int] = {}
    for number, event in sorted(told, key=lambda line: line[0]):
        links = event.action is LinkAction.LINK
        if event.desk_id is None and (links or stood.get(event.report_id) == event.issue_id):
            kept.append((number, event))
        if links:
            stood[event.report_id] = event.issue_id
        elif stood.get(event.report_id) == event.issue_id:
            del stood[event.report_id]
    return kept


def _follow(reports: dict[int, int], event: LinkEvent) -> None:
    if event.action is LinkAction.LINK:
        reports[event.report_id] = event.issue_id
    else:
        reports.pop(event.report_id, None)


def _goes(act: DeskEvent, report_id: int, at: int) -> bool:
    if at != act.issue_id:
        return False
    return act.action is DeskAction.MERGE or report_id in act.content["reports"]
