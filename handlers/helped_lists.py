"""What became of what a helper wrote down for others, in short and as a list to print."""

import asyncio
from collections import Counter
from datetime import datetime
from typing import Any

from handlers.context import Scene, Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.answers import state_words
from handlers.dialogue.topics import helping as h
from handlers.helper_news import news_text
from handlers.messages import Button, FileRef, Reply
from handlers.places import AreaBook
from handlers.ports import FileRemover, file_ref
from handlers.preparing import Thinking
from handlers.walk_ins import helped_area
from planning.reports import Report
from planning.roles import RoleGrant
from planning.thai import BANGKOK
from planning.walk_ins import WalkInLine, WalkInList
from storage.database import Database
from storage.group_values import WalkIn
from storage.unit import UnitOfWork

MOST_LISTED = 500
_MOST_VILLAGES = 300


async def show_helped(turn: Turn, intent: h.ShowHelped) -> None:
    """What became of it, in short; with it the helper has been told."""
    turn.outcome = "helped"
    told = await turn.uow.walk_ins.of_helper(turn.person.id, MOST_LISTED)
    if not told:
        turn.say(t.HELPED_NONE)
        return
    states = Counter(
        [await _state(turn.uow, walk_in.person_id, report) for walk_in, report in told]
    )
    lines = [t.HELPED_HEAD.format(count=len(told))]
    lines += [t.HELPED_STATE.format(state=s, count=n) for s, n in states.most_common()]
    news = await turn.uow.walk_ins.news(turn.person.id)
    if news:
        lines += ["", await news_text(turn.uow, turn.person.id, news)]
        await turn.uow.walk_ins.set_told(turn.person.id, max(n.id for n in news), turn.now)
    turn.say(
        "\n".join(lines),
        Button(label=t.BUTTON_PRINT_HELPED, data="helped:print"),
        Button(label=t.BUTTON_HELP_FOR, data="for"),
    )


async def _state(uow: UnitOfWork, person_id: int, report: Report) -> str:
    standing = await uow.issues.standing(report.issue_id) if report.issue_id else None
    return state_words(report, standing)


async def helped_files(
    think: Thinking, scene: Scene, intent: i.Intent, now: datetime
) -> tuple[FileRef, ...]:
    """The document of what a helper wrote down, made before anything is written."""
    if isinstance(intent, h.OfferSurvey):
        return await _form(think, scene, now)
    if not isinstance(intent, h.PrintHelped) or scene.person is None or scene.room:
        return ()
    async with think.database.read() as uow:
        told = await uow.walk_ins.of_helper(scene.person.id, MOST_LISTED)
        lines = [await _line(uow, think.areas, walk_in, report) for walk_in, report in told]
    if not lines:
        return ()
    area = _area_words(think.areas, scene.grants)
    made_on = now.astimezone(BANGKOK).date()
    listed = WalkInList(area=area, made_on=made_on, lines=tuple(lines))
    made = await asyncio.to_thread(think.documents.walk_ins, listed)
    return (await asyncio.to_thread(file_ref, think.files, made),)


async def _form(think: Thinking, scene: Scene, now: datetime) -> tuple[FileRef, ...]:
    """The survey's form for the asker's own villages; nothing for who may not write for others."""
    own = helped_area(think.areas, scene.grants)
    if not own or scene.room:
        return ()
    on = now.astimezone(BANGKOK).date()
    made = await asyncio.to_thread(think.documents.survey_form, own[:_MOST_VILLAGES], on)
    return (await asyncio.to_thread(file_ref, think.files, made),)


async def _line(uow: UnitOfWork, areas: AreaBook, walk_in: WalkIn, report: Report) -> WalkInLine:
    issue = await uow.issues.by_id(report.issue_id) if report.issue_id else None
    private = report.confidential or (issue is not None and issue.confidential)
    village = areas.get(report.village_code)
    return WalkInLine(
        code=report.tracking_code,
        name=walk_in.name,
        contact=walk_in.contact,
        house=walk_in.house,
        village=village.title if village else (report.village_code or ""),
        told_on=report.first_told_at.astimezone(BANGKOK).date(),
        line="" if private or issue is None else issue.neutral_line,
        state=await _state(uow, walk_in.person_id, report),
    )


def _area_words(areas: AreaBook, grants: tuple[RoleGrant, ...]) -> str:
    own = helped_area(areas, grants)
    if len(own) == 1:
        return f"{own[0].title} ตำบล{own[0].tambon}"
    tambons = {v.tambon for v in own}
    return (
        f"ตำบล{tambons.pop()}" if len(tambons) == 1 else (f"อำเภอ{own[0].district}" if own else "")
    )


async def print_helped(turn: Turn, intent: h.PrintHelped) -> None:
    """Hand over the list; it holds names, so it is noted and removed in time."""
    turn.outcome = "helped"
    if not turn.files:
        turn.say(t.HELPED_NONE)
        return
    told = await turn.uow.walk_ins.of_helper(turn.person.id, MOST_LISTED)
    ids = [file.file_id for file in turn.files]
    await turn.uow.walk_ins.note_files(turn.person.id, ids, turn.now)
    await turn.audit("walk-in list made", f"person:{turn.person.id}", str(len(told)))
    text = t.HELPED_LIST.format(count=len(told))
    if len(told) == MOST_LISTED:
        text += f"\n{t.HELPED_LIST_MORE.format(count=MOST_LISTED)}"
    turn.replies.append(Reply(text=text, files=turn.files))


async def drop_lists(database: Database, files: FileRemover, made_before: datetime) -> int:
    """Remove lists that are too old to be opened any more; how many."""
    async with database.write() as uow:
        gone = await uow.walk_ins.drop_files(made_before)
    for file_id in gone:
        await asyncio.to_thread(files.remove, file_id)
    return len(gone)


EXECUTE: dict[type, Any] = {h.ShowHelped: show_helped, h.PrintHelped: print_helped}
