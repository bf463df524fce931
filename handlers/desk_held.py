"""What somebody said of a matter at the desk stays, whatever the machine would say anew."""

from dataclasses import replace
from typing import Any

from handlers.news import Teller
from planning.desk import FIELD, DeskAction, DeskEvent, beneath, worded
from planning.issues import Issue
from planning.reports import Position

_MACHINES = ("neutral_line", "category", "place")


def value_of(issue: Issue, name: str) -> Any:
    """One respect of a matter as the desk's log keeps it."""
    if name == "place":
        at = issue.position
        return [issue.place, at.lat if at else None, at.lon if at else None]
    return getattr(issue, name)


def with_value(issue: Issue, name: str, value: Any) -> Issue:
    """The matter with one respect as the log keeps it."""
    if name == "place":
        place, lat, lon = value
        spot = None if lat is None else Position(lat=lat, lon=lon)
        return replace(issue, place=place, position=spot)
    return replace(issue, **{name: value})


async def as_said(teller: Teller, issue: Issue, fresh: Issue) -> Issue:
    """`fresh` (what the machine makes of `issue` now) with what was said of it at the desk kept.

    What the machine would say is noted: that is what an undo brings back.
    """
    events = await teller.uow.desk.of_issue(issue.id)
    held = [name for name in _MACHINES if worded(events, issue.id, name).held]
    if not held:
        return fresh
    new = {n: v for n in held if (v := value_of(fresh, n)) != beneath(events, issue.id, n)}
    if new:
        refresh = DeskEvent(
            id=0, issue_id=issue.id, action=DeskAction.REFRESH, at=teller.now, content=new
        )
        await teller.uow.desk.add(refresh)
    for name in held:
        fresh = with_value(fresh, name, value_of(issue, name))
    return fresh


async def forget_lines(teller: Teller, fresh: Issue) -> None:
    """What the machine made of words that were taken back leaves the desk's log, too.

    In its place stands what it makes of the others; what people said at the desk stays.
    """
    events = await teller.uow.desk.of_issue(fresh.id)
    said = {str(e.content.get("after")) for e in events}
    for event in events:
        content = dict(event.content)
        name = FIELD.get(event.action, "")
        if name in ("neutral_line", "place") and str(content["before"]) not in said:
            content["before"] = value_of(fresh, name)
        if "line" in content:
            content["line"] = [fresh.neutral_line, fresh.neutral_line]
        if event.action is DeskAction.REFRESH:
            content |= {name: value_of(fresh, name) for name in content}
        if content != event.content and event.issue_id == fresh.id:
            await teller.uow.desk.rewrite(event.id, content)
