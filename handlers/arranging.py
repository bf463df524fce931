"""The agenda desk: the draft as a list with buttons; what is done to it is a log that outlives new reports."""

from datetime import date
from typing import Any

from handlers.agenda_lines import add_opening_line, show_conveners
from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.dialogue.topics import preparing as p
from handlers.messages import Button
from handlers.prepared import PAGE, Desk, desk_of, laid_out, masked, note, page_of, short
from planning.arranging import Arranging, ArrangingLine, neighbour
from planning.forums import AgendaItem
from planning.issues import IssueStanding, IssueState
from planning.reports import keeps_confidential
from planning.thai import chat_date

_LOGGED = 12
_OVER = frozenset({IssueState.DONE, IssueState.MERGED})
"""States of matters that are never brought in: they are over, or another matter's."""


async def show(turn: Turn, intent: p.ShowArranging) -> None:
    """A page of the draft."""
    desk = await desk_of(turn)
    if desk:
        _show(turn, desk, intent.skip)


def _show(turn: Turn, desk: Desk, skip: int, first: str = "") -> None:
    turn.outcome = "agenda_draft"
    turn.remember(step=Step.IDLE, asked_at=None)
    forum, items = desk.forum, desk.items
    skip = max(0, min(skip, (len(items) - 1) // PAGE * PAGE))
    page = items[skip : skip + PAGE]
    head = t.ARRANGE_HEAD if items else t.ARRANGE_EMPTY
    lines = [first, head.format(number=forum.number, year=forum.year_be, count=len(items))]
    lines += [
        t.ARRANGE_LINE.format(
            number=x.number, pin="📌 " if x.pinned else "", line=short(x.line), people=x.people
        )
        for x in page
    ]
    told = (len(desk.how.opening), len(desk.how.conveners))
    lines.append(t.ARRANGE_TOLD.format(opening=told[0], conveners=told[1]) if any(told) else "")
    buttons = [Button(label=str(x.number), data=f"arr:item:{x.issue_code}") for x in page]
    if skip:
        back = f"arr:list:{skip - PAGE}"
        buttons.append(Button(label=t.BUTTON_PAGE_BACK, data=back))
    if skip + PAGE < len(items):
        buttons.append(Button(label=t.BUTTON_PAGE_NEXT, data=f"arr:list:{skip + PAGE}"))
    turn.say(
        "\n".join(filter(None, lines)),
        *buttons,
        Button(label=t.BUTTON_ADD_ITEM, data="arr:add"),
        Button(label=t.BUTTON_OTHERS, data="arr:others"),
        Button(label=t.BUTTON_OPENING, data="arr:tells"),
        Button(label=t.BUTTON_CONVENERS, data="arr:with"),
        Button(label=t.BUTTON_AGENDA, data="agenda"),
    )


def _gone(turn: Turn, desk: Desk) -> None:
    _show(turn, desk, 0, t.ARRANGE_GONE)
    turn.outcome = "stale"


async def show_item(turn: Turn, intent: p.ShowItem) -> None:
    """One item with what can be done about it."""
    desk = await desk_of(turn)
    if desk:
        _show_item(turn, desk, intent.issue_code)


def _show_item(turn: Turn, desk: Desk, code: str, first: str = "") -> None:
    item = desk.find(code)
    if item is None:
        _gone(turn, desk)
        return
    turn.outcome = f"agenda_item:{code}"
    words = t.ARRANGE_ITEM.format(
        number=item.number,
        line=item.line,
        people=item.people,
        supporters=item.supporters,
        score=f"{item.score.total:g}",
        pin=t.ARRANGE_PINNED if item.pinned else "",
    )
    buttons = []
    for up, label, verb in ((True, t.BUTTON_UP, "up"), (False, t.BUTTON_DOWN, "down")):
        if neighbour(desk.items, code, up=up):
            buttons.append(Button(label=label, data=f"arr:{verb}:{code}"))
    pin = (t.BUTTON_UNPIN, "unpin") if item.pinned else (t.BUTTON_PIN, "pin")
    turn.say(
        "\n".join(filter(None, (first, words))),
        *buttons,
        Button(label=pin[0], data=f"arr:{pin[1]}:{code}"),
        Button(label=t.BUTTON_TAKE_OUT, data=f"arr:out:{code}"),
        Button(label=t.BUTTON_DRAFT, data=f"arr:list:{page_of(item)}"),
    )


async def move(turn: Turn, intent: p.MoveItem) -> None:
    """Put an item before the one above it, or after the one below."""
    desk = await desk_of(turn)
    if desk is None:
        return
    code = intent.issue_code
    other = neighbour(desk.items, code, up=intent.up)
    if desk.find(code) is None or other is None:
        _show_item(turn, desk, code, t.ARRANGE_END)
        return
    act = Arranging.BEFORE if intent.up else Arranging.AFTER
    await note(turn, desk.forum, act, code, other=other.issue_code)
    desk = await laid_out(turn, desk.village, desk.forum)
    _show_item(turn, desk, code, t.ARRANGE_MOVED)


async def pin(turn: Turn, intent: p.PinItem) -> None:
    """An item goes before all others, or back among its pillar's."""
    desk = await desk_of(turn)
    if desk is None:
        return
    if desk.find(intent.issue_code) is None:
        _gone(turn, desk)
        return
    act = Arranging.PIN if intent.on else Arranging.UNPIN
    await note(turn, desk.forum, act, intent.issue_code)
    desk = await laid_out(turn, desk.village, desk.forum)
    _show_item(turn, desk, intent.issue_code)


async def ask_reason(turn: Turn, intent: p.AskReason) -> None:
    """Why an item is to be taken out; reasons are offered and may be typed."""
    desk = await desk_of(turn)
    if desk is None:
        return
    item = desk.find(intent.issue_code)
    if item is None:
        _gone(turn, desk)
        return
    turn.outcome = f"agenda_why:{item.issue_code}"
    code, at = item.issue_code, turn.utterance.last_at
    turn.remember(step=Step.ASK_OUT, asked_at=at, issue_code=code)
    buttons = (
        Button(label=t.one_of("ARRANGE_REASONS", n), data=f"arr:why:{code}:{n}")
        for n in range(t.many("ARRANGE_REASONS"))
    )
    turn.say(t.ARRANGE_WHY.format(line=short(item.line)), *buttons)


async def take_out(turn: Turn, intent: p.TakeOut) -> None:
    """Take an item out with a reason; its matter stays open."""
    desk = await desk_of(turn)
    if desk is None:
        return
    item = desk.find(intent.issue_code)
    if item is None:
        _gone(turn, desk)
        return
    if intent.number is not None and intent.number < t.many("ARRANGE_REASONS"):
        reason: str | None = t.one_of("ARRANGE_REASONS", intent.number)
    else:
        reason = masked(turn, intent.words, Step.ASK_OUT)
    if reason is None:
        return
    await _out(turn, desk, item, reason)


async def _out(turn: Turn, desk: Desk, item: AgendaItem, reason: str) -> None:
    turn.remember(step=Step.IDLE, asked_at=None, issue_code="")
    await note(turn, desk.forum, Arranging.TAKE_OUT, item.issue_code, words=reason)
    turn.outcome = f"agenda_out:{item.issue_code}"
    turn.say(
        t.ARRANGE_OUT.format(reason=reason),
        Button(label=t.BUTTON_DRAFT, data=f"arr:list:{page_of(item)}"),
    )


async def put_in(turn: Turn, intent: p.PutIn) -> None:
    """What was asked about goes where it was meant to, as the head says it may."""
    talk = turn.conversation
    line, item_code, step = talk.question, talk.issue_code, talk.step
    turn.remember(question="", step=Step.IDLE, asked_at=None)
    desk = await desk_of(turn)
    if desk is None:
        return
    item = desk.find(item_code)
    if line and step is Step.ASK_OPENING:
        await add_opening_line(turn, desk.forum, line)
    elif line and step is Step.ASK_CONVENER:
        await note(turn, desk.forum, Arranging.CONVENER, words=line)
        await show_conveners(turn, p.ShowConveners())
    elif line and item and step is Step.ASK_OUT:
        await _out(turn, desk, item, line)
    else:
        turn.outcome = "stale"
        turn.say(t.STALE)


async def offer_others(turn: Turn, intent: p.OfferOthers) -> None:
    """Public matters of the village that are not in the draft: taken out, or decided before."""
    desk = await desk_of(turn)
    if desk is None:
        return
    turn.outcome = "agenda_others"
    others = await _others(turn, desk)
    if not others:
        turn.say(t.ARRANGE_OTHERS_NONE, Button(label=t.BUTTON_DRAFT, data="arr:list"))
        return
    page = list(enumerate(others, start=1))[intent.skip : intent.skip + PAGE]
    lines = [
        t.ARRANGE_OTHERS_LINE.format(
            number=n, line=short(s.issue.neutral_line), why=_why_not(desk, s)
        )
        for n, s in page
    ]
    buttons = [
        Button(label=t.BUTTON_BRING_IN.format(number=n), data=f"arr:in:{s.issue.code}")
        for n, s in page
    ]
    if intent.skip + PAGE < len(others):
        more = f"arr:others:{intent.skip + PAGE}"
        buttons.append(Button(label=t.BUTTON_PAGE_NEXT, data=more))
    back = Button(label=t.BUTTON_DRAFT, data="arr:list")
    turn.say("\n".join((t.ARRANGE_OTHERS, *lines)), *buttons, back)


async def _others(turn: Turn, desk: Desk) -> list[IssueStanding]:
    found = await turn.uow.issues.standings(desk.village.code, set(IssueState) - _OVER)
    return [
        s
        for s in found
        if s.reports and desk.find(s.issue.code) is None
        and not keeps_confidential(s.issue.category, s.issue.kind, s.issue.confidential)
    ]  # fmt: skip


def _why_not(desk: Desk, standing: IssueStanding) -> str:
    reason = desk.how.taken_out.get(standing.issue.code)
    if reason is not None:
        return t.ARRANGE_OUT_BEFORE.format(reason=reason)
    return t.of_state(standing.issue.state)


async def bring_in(turn: Turn, intent: p.BringIn) -> None:
    """Take a matter up that was taken out, or that an earlier forum decided on."""
    desk = await desk_of(turn)
    if desk is None:
        return
    if not any(s.issue.code == intent.issue_code for s in await _others(turn, desk)):
        _show_item(turn, desk, intent.issue_code)
        return
    await note(turn, desk.forum, Arranging.BRING_IN, intent.issue_code)
    desk = await laid_out(turn, desk.village, desk.forum)
    item = desk.find(intent.issue_code)
    number = item.number if item else 0
    _show_item(turn, desk, intent.issue_code, t.ARRANGE_IN.format(number=number))


def _said(line: ArrangingLine) -> str:
    if line.act is not Arranging.WHEN or not line.words:
        return line.words
    day, *rest = line.words.split("|")
    return " ".join(filter(None, (t.day_of(date.fromisoformat(day)), *rest)))


async def show_log(turn: Turn, intent: p.ShowArranged) -> None:
    """«ประวัติวาระ»: what was done to the draft, the last first."""
    desk = await desk_of(turn)
    if desk is None:
        return
    turn.outcome = "agenda_log"
    lines = await turn.uow.preparing.lines(desk.forum.id)
    told = []
    for line in reversed(lines[-_LOGGED:]):
        issue = await turn.uow.issues.by_code(line.issue_code) if line.issue_code else None
        what = t.one_of("ARRANGE_DID", line.act).format(
            line=short(issue.neutral_line) if issue else "", words=_said(line)
        )
        told.append(t.ARRANGE_LOG_LINE.format(date=chat_date(line.at), what=what))
    head = t.ARRANGE_LOG.format(number=desk.forum.number, year=desk.forum.year_be)
    turn.say(
        "\n".join((head, *told)) if told else t.ARRANGE_LOG_NONE,
        Button(label=t.BUTTON_DRAFT, data="arr:list"),
    )


EXECUTE: dict[type, Any] = {
    p.ShowArranging: show,
    p.ShowItem: show_item,
    p.MoveItem: move,
    p.PinItem: pin,
    p.AskReason: ask_reason,
    p.TakeOut: take_out,
    p.PutIn: put_in,
    p.OfferOthers: offer_others,
    p.BringIn: bring_in,
    p.ShowArranged: show_log,
}
