"""«ประวัติ»: who did what to a matter, by office and never by name."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from handlers.context import Turn
from handlers.desk import at_desk, back
from handlers.dialogue import texts as t
from handlers.dialogue.topics import desk as d
from handlers.messages import Button
from planning.areas import covers
from planning.desk import DeskAction, DeskEvent, undone
from planning.issues import Issue, LinkAction, LinkedBy, LinkEvent, StatusUpdate
from planning.roles import ROLE_TH, Action, Role
from planning.thai import BANGKOK, chat_date

_LINES = 8
_LONGEST = 60
Line = tuple[datetime, str, str]
"""When, who, what."""


async def show_history(turn: Turn, intent: d.ShowHistory) -> None:
    """What was done, the last first, a page at a time."""
    issue = await at_desk(turn, intent.code, Action.SEE_SUMMARY)
    if issue is None:
        return
    turn.outcome = f"history:{issue.code}"
    done = await _all(turn, issue)
    page = done[intent.skip : intent.skip + _LINES]
    if not page:
        turn.say(t.DESK_PAST_NONE, back(issue))
        return
    lines = [
        t.DESK_PAST_LINE.format(date=chat_date(at), who=who, what=what) for at, who, what in page
    ]
    after = intent.skip + len(page)
    more = Button(label=t.BUTTON_DESK_MORE, data=f"dk:past:{issue.code}:{after}")
    head = t.DESK_PAST_HEAD.format(code=issue.code)
    turn.say("\n".join([head, *lines]), *((more,) if after < len(done) else ()), back(issue))


async def _all(turn: Turn, issue: Issue) -> list[Line]:
    events = await turn.uow.desk.of_issue(issue.id)
    people = _People(turn, issue)
    lines = [await _act(turn, issue, e, events, people) for e in events]
    known = {e.at for e in events}
    for update in await turn.uow.issues.statuses(issue.id):
        if update.at not in known:
            lines.append(await _status(update, people))
    lines += _links(await turn.uow.issues.link_events(issue_id=issue.id))
    return sorted((x for x in lines if x), key=lambda x: x[0], reverse=True)


class _People:
    """What somebody is to a matter, looked up once each."""

    def __init__(self, turn: Turn, issue: Issue) -> None:
        self._turn, self._issue = turn, issue
        self._known: dict[int | None, str] = {None: t.DESK_WHO_MACHINE}

    async def who(self, person_id: int | None) -> str:
        """The office they hold there."""
        if person_id not in self._known:
            grants = await self._turn.uow.people.grants(person_id or 0)
            held = [g.role for g in grants if covers(g.area, self._issue.village_code)]
            first = Role.HEAD if Role.HEAD in held else next(iter(held), None)
            self._known[person_id] = ROLE_TH[first] if first else t.DESK_WHO_OFFICE
        return self._known[person_id]


async def _act(
    turn: Turn, issue: Issue, event: DeskEvent, events: Iterable[DeskEvent], people: _People
) -> Line | None:
    if event.action is DeskAction.REFRESH:
        return None
    what = _what(turn, event, {e.id: e for e in events})
    if event.id in undone(events):
        what += t.DESK_PAST_UNDONE
    return event.at, await people.who(event.actor_id), what


def _what(turn: Turn, event: DeskEvent, events: dict[int, DeskEvent]) -> str:
    act, content = t.one_of("DESK_ACTS", event.action), event.content
    if event.action is DeskAction.UNDO:
        target = events.get(event.undoes or 0)
        return t.DESK_PAST_UNDO.format(
            act=t.one_of("DESK_ACTS", target.action if target else "undo")
        )
    if words := content.get("words"):
        return t.DESK_PAST_WORDS.format(act=act, words=words)
    name = _NAMED.get(event.action)
    if name is None:
        return act
    before, after = name(turn, content["before"]), name(turn, content["after"])
    return t.DESK_PAST_FROM_TO.format(act=act, before=before, after=after)


def _village(turn: Turn, code: str) -> str:
    village = turn.areas.get(code)
    return village.title if village else code


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"


_NAMED: dict[DeskAction, Any] = {
    DeskAction.REWORD: lambda turn, line: _short(line),
    DeskAction.RECATEGORISE: lambda turn, code: t.of_category(code),
    DeskAction.RELOCATE: lambda turn, spot: spot[0] or t.DESK_NO_PLACE,
    DeskAction.HAND_ON: _village,
}


async def _status(update: StatusUpdate, people: _People) -> Line:
    what = f"{t.of_state(update.state)} {update.words}".rstrip()
    return update.at, await people.who(update.actor_id), what


def _links(events: Iterable[LinkEvent]) -> list[Line]:
    """Tellings that the machine or their tellers brought or took away, a line a day."""
    counted: Counter[tuple[object, LinkedBy, LinkAction]] = Counter()
    latest: dict[tuple[object, LinkedBy, LinkAction], datetime] = {}
    for event in events:
        if event.desk_id is None and event.by in (LinkedBy.MACHINE, LinkedBy.REPORTER):
            key = (event.at.astimezone(BANGKOK).date(), event.by, event.action)
            counted[key] += 1
            latest[key] = max(event.at, latest.get(key, event.at))
    return [
        (
            latest[key],
            t.DESK_WHO_MACHINE if key[1] is LinkedBy.MACHINE else t.DESK_WHO_TELLER,
            (t.DESK_PAST_LINKED if key[2] is LinkAction.LINK else t.DESK_PAST_LEFT).format(
                count=count
            ),
        )
        for key, count in counted.items()
    ]


EXECUTE: dict[type, Any] = {d.ShowHistory: show_history}
