"""The issue desk: a matter at one look, what people said of it, its photos and what was done to it."""

from collections.abc import Sequence
from typing import Any

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.answers import age
from handlers.dialogue.decency import decent
from handlers.dialogue.topics import desk as d
from handlers.joining_in import voices
from handlers.linking import living
from handlers.messages import Button, FileRef, Reply
from planning.desk import DeskEvent, last_act
from planning.issues import JOINABLE_STATES, Issue, IssueStanding
from planning.reports import Report, ReportState, keeps_confidential
from planning.roles import Action
from planning.thai import chat_date
from storage.unit import UnitOfWork

_TELLINGS = 5
_LONGEST_TELLING = 240
_PHOTOS = 4
"""As many as go with their words in one call on LINE."""
_MAP = "https://www.google.com/maps/search/?api=1&query={lat:.4f},{lon:.4f}"


def is_public(issue: Issue) -> bool:
    """Whether a matter may be seen at the desk at all."""
    return not keeps_confidential(issue.category, issue.kind, issue.confidential)


async def at_desk(turn: Turn, code: str, action: Action = Action.RUN_DESK) -> Issue | None:
    """The matter that a code leads to now, where the person may do `action`; says so when not.

    What is confidential is not there for anybody.
    """
    named = await turn.uow.issues.by_code(code) if code else None
    issue = await living(turn, named) if named else None
    if issue and is_public(issue) and turn.may(action, issue.village_code):
        if named and named.id != issue.id:
            turn.say(t.DESK_MOVED_TO.format(code=issue.code))
        return issue
    turn.outcome = "not_allowed"
    turn.say(t.NOT_FOUND if turn.grants else t.NOT_ALLOWED)
    return None


async def shown_tellings(uow: UnitOfWork, issue: Issue) -> tuple[Report, ...]:
    """The tellings of a matter that the desk shows, as they came in; their order is their number."""
    behind = sorted(await uow.reports.of_issue(issue.id), key=lambda r: r.id)
    return tuple(r for r in behind if r.state is not ReportState.WITHDRAWN and not r.confidential)


async def open_desk(turn: Turn, intent: d.OpenDesk) -> None:
    """The matter at one look."""
    issue = await at_desk(turn, intent.code, Action.SEE_SUMMARY)
    if issue:
        turn.outcome = f"desk:{issue.code}"
        await show_card(turn, issue)


async def show_card(turn: Turn, issue: Issue) -> None:
    """Say where a matter stands, with buttons for what can be done about it."""
    standing = await turn.uow.issues.standing(issue.id)
    events = await turn.uow.desk.of_issue(issue.id)
    works = turn.may(Action.RUN_DESK, issue.village_code)
    buttons = _buttons(standing, events, works=works)
    turn.replies.append(Reply(text=_card(turn, standing), buttons=buttons))


def _card(turn: Turn, standing: IssueStanding) -> str:
    issue = standing.issue
    village = turn.areas.get(issue.village_code)
    backed = standing.supporters
    lines = [
        t.DESK_HEAD.format(
            code=issue.code,
            village=village.title if village else issue.village_code,
            line=issue.neutral_line,
        ),
        t.DESK_DANGER if issue.emergency else "",
        t.DESK_KIND.format(category=t.of_category(issue.category)),
        t.PLACE.format(place=issue.place) if issue.place else "",
        t.DESK_VOICES.format(voices=voices(standing), reports=standing.reports)
        + (t.DESK_SUPPORT.format(number=backed) if backed else ""),
        t.DESK_AGE.format(date=chat_date(issue.opened_at), age=age(standing, turn.now)),
        t.DESK_STATE.format(state=t.of_state(issue.state)),
    ]
    return "\n".join(filter(None, lines))


def _buttons(
    standing: IssueStanding, events: Sequence[DeskEvent], *, works: bool
) -> tuple[Button, ...]:
    """What can be done, the most used first; who may only look (not `works`) is offered that."""
    issue = standing.issue
    code, spot = issue.code, issue.position
    going = works and issue.state in JOINABLE_STATES
    last = last_act(events, issue.id)
    photos = t.BUTTON_DESK_PHOTOS.format(number=standing.photos)
    offered = (
        (t.BUTTON_DESK_TOLD, f"dk:told:{code}", standing.reports > 0),
        (photos, f"dk:pics:{code}", standing.photos > 0),
        (t.BUTTON_DESK_LINE, f"dk:ask:{code}:line", works),
        (t.BUTTON_DESK_KIND, f"dk:kinds:{code}", works),
        (t.BUTTON_DESK_PLACE, f"dk:ask:{code}:place", works),
        (t.BUTTON_DESK_END, f"dk:end:{code}", works),
        (t.BUTTON_DESK_MERGE, f"dk:like:{code}", going),
        (t.BUTTON_DESK_SPLIT, f"dk:apart:{code}", going and standing.reports > 1),
        (t.BUTTON_DESK_PAST, f"dk:past:{code}", True),
        (
            t.BUTTON_DESK_UNDO,
            f"dk:undo:{code}:{last.id if last else 0}",
            works and last is not None,
        ),
    )
    buttons = tuple(Button(label=label, data=data) for label, data, on in offered if on)
    if spot is None:
        return buttons
    there = Button(label=t.BUTTON_DESK_MAP, url=_MAP.format(lat=spot.lat, lon=spot.lon))
    return (*buttons, there)


def back(issue: Issue) -> Button:
    """The button back to the matter."""
    return Button(label=t.BUTTON_DESK_BACK, data=f"desk:{issue.code}")


async def show_tellings(turn: Turn, intent: d.ShowTellings) -> None:
    """What people said, personal data hidden, a page at a time; never who said it."""
    issue = await at_desk(turn, intent.code, Action.SEE_SUMMARY)
    if issue is None:
        return
    turn.outcome = f"tellings:{issue.code}"
    told = await shown_tellings(turn.uow, issue)
    page = told[intent.skip : intent.skip + _TELLINGS]
    if not page:
        turn.say(t.DESK_TOLD_NONE, back(issue))
        return
    last = intent.skip + len(page)
    head = t.DESK_TOLD_HEAD.format(
        code=issue.code, first=intent.skip + 1, last=last, count=len(told)
    )
    more = Button(label=t.BUTTON_DESK_MORE, data=f"dk:told:{issue.code}:{last}")
    lines = [telling_line(n, r) for n, r in enumerate(page, start=intent.skip + 1)]
    turn.say("\n".join([head, *lines]), *((more,) if last < len(told) else ()), back(issue))


def telling_line(number: int, report: Report, longest: int = _LONGEST_TELLING) -> str:
    """One telling as the desk shows it."""
    words = decent(" ".join(report.masked_text.split())) or t.DESK_WORDLESS
    short = words if len(words) <= longest else words[: longest - 1] + "…"
    photos = t.DESK_PHOTO_MARK.format(number=report.photos) if report.photos else ""
    date = chat_date(report.first_told_at)
    return t.DESK_TOLD_LINE.format(number=number, date=date, words=short) + photos


async def show_photos(turn: Turn, intent: d.ShowPhotos) -> None:
    """Its photos as small pictures (drawn anew when they came: nothing of the camera is in them)."""
    issue = await at_desk(turn, intent.code, Action.SEE_SUMMARY)
    if issue is None:
        return
    turn.outcome = f"photos:{issue.code}"
    told = await shown_tellings(turn.uow, issue)
    kept = [p for r in told for p in await turn.uow.reports.attachments(r.id)]
    seen = [p.preview_id for p in kept if p.kind == "photo" and p.state == "kept" and p.preview_id]
    page = seen[intent.skip : intent.skip + _PHOTOS]
    if not page:
        turn.say(t.DESK_PHOTOS_NONE, back(issue))
        return
    last = intent.skip + len(page)
    words = t.DESK_PHOTOS.format(code=issue.code, first=intent.skip + 1, last=last, count=len(seen))
    more = Button(label=t.BUTTON_DESK_MORE, data=f"dk:pics:{issue.code}:{last}")
    buttons = (*((more,) if last < len(seen) else ()), back(issue))
    files = tuple(_picture(issue, n, p) for n, p in enumerate(page, start=intent.skip + 1))
    turn.replies.append(Reply(text=words, buttons=buttons, files=files))


def _picture(issue: Issue, number: int, file_id: str) -> FileRef:
    name = t.DESK_PHOTO_NAME.format(code=issue.code, number=number)
    return FileRef(file_id=file_id, name=name, media_type="image/jpeg")


EXECUTE: dict[type, Any] = {
    d.OpenDesk: open_desk,
    d.ShowTellings: show_tellings,
    d.ShowPhotos: show_photos,
}
