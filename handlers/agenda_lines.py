"""What a head puts on the agenda: items of their own, what the chair tells, who convenes with the village."""

from typing import Any

from handlers import reports
from handlers.context import Turn
from handlers.desk_changes import as_line, reword
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.dialogue.topics import preparing as p
from handlers.linking import Settled, settle
from handlers.messages import Button, Reply
from handlers.parts import keep_parts
from handlers.prepared import (
    desk_of,
    laid_out,
    masked,
    may_arrange,
    note,
    page_of,
    prepared_forum,
    short,
    unmarked,
)
from planning.areas import Village
from planning.arranging import Arranging
from planning.forums import Forum
from planning.issues import Issue
from planning.reports import Report


async def ask_item(turn: Turn, intent: p.AskItem) -> None:
    """Ask for the words of an item of the head's own."""
    desk = await desk_of(turn)
    if desk:
        turn.outcome = "agenda_ask_item"
        turn.remember(step=Step.ASK_ITEM, asked_at=turn.utterance.last_at)
        turn.say(t.ARRANGE_ASK_ITEM)


async def add_item(turn: Turn, intent: p.AddItem) -> None:
    """An item of the head's own is the head's own report, and its matter comes into the draft.

    Whoever runs no forum, or one that has begun, has told a matter like any other.
    """
    turn.remember(step=Step.IDLE, asked_at=None)
    found = await prepared_forum(turn) if may_arrange(turn) else None
    if found is None:
        await reports.tell(turn, i.Tell(text=intent.text))
        return
    village, forum = found
    report, settled = await _own_report(turn, village, intent.text)
    turn.outcome = f"report:{report.tracking_code}"
    if report.confidential or report.issue_id is None:
        words = t.ARRANGE_PRIVATE if report.confidential else t.ARRANGE_UNKNOWN
        turn.say(words.format(code=report.tracking_code))
        return
    issue = await _in_own_words(turn, report)
    desk = await laid_out(turn, village, forum)
    if desk.find(issue.code) is None:
        await note(turn, forum, Arranging.BRING_IN, issue.code)
        desk = await laid_out(turn, village, forum)
    item, like = desk.find(issue.code), settled.ask
    words = t.ARRANGE_ADDED_TO if settled.joined else t.ARRANGE_ADDED
    number = item.number if item else 0
    said = words.format(number=number, line=issue.neutral_line, code=report.tracking_code)
    same: tuple[Button, ...] = ()
    if like:
        said += "\n" + t.ARRANGE_LIKE.format(line=short(like.issue.neutral_line))
        codes = f"{report.tracking_code}:{like.issue.code}"
        same = (Button(label=t.BUTTON_SAME, data=f"same:{codes}"),)
    turn.replies.append(
        Reply(
            text=said,
            buttons=(
                *same,
                Button(label=t.BUTTON_ITEM_ASK, data="arr:add"),
                Button(label=t.BUTTON_DRAFT, data=f"arr:list:{page_of(item)}"),
            ),
            about=report.tracking_code,
        )
    )


async def _in_own_words(turn: Turn, report: Report) -> Issue:
    """The report's matter; one that is the head's alone reads as the head typed it, names hidden."""
    issue = await turn.uow.issues.by_id(report.issue_id or 0)
    words = as_line(unmarked(report.masked_text))
    alone = len(await turn.uow.reports.of_issue(issue.id)) == 1
    if words and alone and words != issue.neutral_line:
        await reword(turn, issue, words)
    return await turn.uow.issues.by_id(issue.id)


async def _own_report(turn: Turn, village: Village, text: str) -> tuple[Report, Settled]:
    """The report, and what came of joining it to what is known."""
    reading = turn.readings.get(reports.NEW)
    read = reports.as_read(reports.blank(turn, text, village), reading)
    report = await turn.uow.reports.add(reports.measured(turn, read))
    await keep_parts(turn, report, text)
    settled = await settle(turn, report, reading) if reading else Settled()
    kept = await turn.uow.reports.by_id(report.id)
    await reports.alarm(turn, kept)
    return kept, settled


async def show_opening(turn: Turn, intent: p.ShowOpening) -> None:
    """What the chair tells, with a button to drop each."""
    desk = await desk_of(turn)
    if desk:
        turn.outcome = "agenda_opening"
        _say_list(turn, desk.how.opening, t.OPENING_HEAD, t.OPENING_NONE, "arr:untell",
                  Button(label=t.BUTTON_OPENING_ADD, data="arr:tell"))  # fmt: skip


def _say_list(
    turn: Turn, lines: tuple[str, ...], head: str, none: str, drop: str, *buttons: Button
) -> None:
    told = [t.LISTED.format(number=n, line=line) for n, line in enumerate(lines, start=1)]
    drops = (
        Button(label=t.BUTTON_DROP.format(number=n), data=f"{drop}:{n}")
        for n in range(1, min(len(lines), 6) + 1)
    )
    back = Button(label=t.BUTTON_DRAFT, data="arr:list")
    turn.say("\n".join((head, *told)) if told else none, *buttons, *drops, back)


async def ask_opening(turn: Turn, intent: p.AskOpening) -> None:
    """Ask for one more thing the chair tells."""
    if await prepared_forum(turn):
        turn.outcome = "agenda_ask_opening"
        turn.remember(step=Step.ASK_OPENING, asked_at=turn.utterance.last_at)
        turn.say(t.OPENING_ASK)


async def add_opening(turn: Turn, intent: p.AddOpening) -> None:
    """One more thing the chair tells, without what names people."""
    desk = await desk_of(turn)
    if desk is None:
        return
    line = masked(turn, intent.text, Step.ASK_OPENING)
    if line is not None:
        await add_opening_line(turn, desk.forum, line)


async def add_opening_line(turn: Turn, forum: Forum, line: str) -> None:
    """Keep a line of what the chair tells, and say so."""
    turn.remember(step=Step.IDLE, asked_at=None)
    turn.outcome = "agenda_opening"
    await note(turn, forum, Arranging.TELL, words=line)
    turn.say(
        t.OPENING_ADDED.format(line=line),
        Button(label=t.BUTTON_OPENING_ADD, data="arr:tell"),
        Button(label=t.BUTTON_DRAFT, data="arr:list"),
    )


async def drop_opening(turn: Turn, intent: p.DropOpening) -> None:
    """One thing less, then the list again."""
    desk = await desk_of(turn)
    if desk:
        await _drop(turn, desk.forum, Arranging.TELL_NOT, desk.how.opening, intent.number)
        await show_opening(turn, p.ShowOpening())


async def _drop(
    turn: Turn, forum: Forum, act: Arranging, lines: tuple[str, ...], number: int
) -> None:
    if 1 <= number <= len(lines):
        await note(turn, forum, act, words=lines[number - 1])


async def show_conveners(turn: Turn, intent: p.ShowConveners) -> None:
    """Who holds the forum with the village; the usual ones are offered."""
    desk = await desk_of(turn)
    if desk is None:
        return
    turn.outcome = "agenda_conveners"
    offered = (
        Button(label=_usual(desk.village, "CONVENERS_SHORT", n), data=f"arr:join:{n}")
        for n in range(t.many("CONVENERS_USUAL"))
        if _usual(desk.village, "CONVENERS_USUAL", n) not in desk.how.conveners
    )
    more = Button(label=t.BUTTON_CONVENER_ADD, data="arr:join")
    _say_list(turn, desk.how.conveners, t.CONVENERS_HEAD, t.CONVENERS_NONE, "arr:part",
              *offered, more)  # fmt: skip


def _usual(village: Village, name: str, number: int) -> str:
    words = t.one_of(name, number).format(tambon=village.tambon, district=village.district)
    return words if name == "CONVENERS_USUAL" or len(words) <= 20 else f"{words[:19]}…"


async def ask_convener(turn: Turn, intent: p.AskConvener) -> None:
    """Ask for a name that was not offered."""
    if await prepared_forum(turn):
        turn.outcome = "agenda_ask_convener"
        turn.remember(step=Step.ASK_CONVENER, asked_at=turn.utterance.last_at)
        turn.say(t.CONVENERS_ASK)


async def add_convener(turn: Turn, intent: p.AddConvener) -> None:
    """One more who holds the forum with the village, then the list again."""
    found = await prepared_forum(turn)
    if found is None:
        return
    village, forum = found
    name = masked(turn, intent.text, Step.ASK_CONVENER)
    if name is None:
        return
    turn.remember(step=Step.IDLE, asked_at=None)
    if intent.number is not None and intent.number < t.many("CONVENERS_USUAL"):
        name = _usual(village, "CONVENERS_USUAL", intent.number)
    if name:
        await note(turn, forum, Arranging.CONVENER, words=name)
    await show_conveners(turn, p.ShowConveners())


async def drop_convener(turn: Turn, intent: p.DropConvener) -> None:
    """One less, then the list again."""
    desk = await desk_of(turn)
    if desk:
        await _drop(turn, desk.forum, Arranging.CONVENER_NOT, desk.how.conveners, intent.number)
        await show_conveners(turn, p.ShowConveners())


EXECUTE: dict[type, Any] = {
    p.AskItem: ask_item,
    p.AddItem: add_item,
    p.ShowOpening: show_opening,
    p.AskOpening: ask_opening,
    p.AddOpening: add_opening,
    p.DropOpening: drop_opening,
    p.ShowConveners: show_conveners,
    p.AskConvener: ask_convener,
    p.AddConvener: add_convener,
    p.DropConvener: drop_convener,
}
