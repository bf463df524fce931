"""The end of a forum for its head: a draft of the minutes to read, to put right and to close."""

import json
from collections import Counter
from dataclasses import asdict, replace
from typing import Any

from handlers.closing import settle_forum
from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.topics import minutes as m
from handlers.drafting import Held, MadeMinutes, held_forum
from handlers.forum_log import Entry, log, meeting_of
from handlers.heads import runs_forum_of
from handlers.messages import Button, FileRef, Reply
from planning.areas import Village
from planning.forum_record import Said
from planning.forums import ForumState, Outcome
from planning.minutes import Minutes
from planning.thai import BANGKOK, chat_date

_LONGEST_SHOWN, _SHOWN_PROJECTS = 60, 5


async def end_meeting(turn: Turn, intent: i.CloseForum) -> None:
    """«ปิดประชุม»: the meeting is over; the draft of its minutes is there to be read."""
    meeting = await meeting_of(turn, t.FORUM_NONE)
    if meeting is None:
        return
    meeting = await log(turn, meeting, Entry(said=Said.END))
    if meeting.forum.state is ForumState.PREPARING:
        turn.outcome = "no_forum"
        turn.say(t.FORUM_NONE)
        return
    held = await held_forum(turn.uow, meeting.village.code)
    assert held is not None
    await _offer(turn, held, t.MINUTES_ENDED)


def own_village(turn: Turn) -> Village | None:
    """The village whose forum the speaker runs; says so where there is none."""
    village = runs_forum_of(turn.village, turn.grants, turn.areas)
    if village is None:
        turn.outcome = "not_allowed"
        turn.say(t.NOT_ALLOWED)
    return village


async def show_minutes(turn: Turn, intent: m.ShowMinutes) -> None:
    """The draft of the minutes to be closed, or those closed last; to villagers only the results."""
    village = runs_forum_of(turn.village, turn.grants, turn.areas)
    if village is None:
        await _tell_results(turn)
        return
    held = await held_forum(turn.uow, village.code)
    if held is None:
        await _show_last(turn, village)
    elif held.record.ended_at is None:
        _not_ended(turn)
    else:
        await _offer(turn, held, t.MINUTES_DRAFT)


async def _tell_results(turn: Turn) -> None:
    """What the last forum of the speaker's village decided, as everybody may know."""
    turn.outcome = "no_minutes"
    last = await turn.uow.minutes.last_of(turn.village.code) if turn.village else None
    if last is None or turn.village is None:
        turn.say(t.MINUTES_NONE)
        return
    turn.outcome = f"results:{last.code}"
    turn.replies.append(await results_reply(turn, turn.village, last))


async def results_reply(turn: Turn, village: Village, last: Minutes) -> Reply:
    """The picture of the results with a line that says whose they are."""
    head = last.content.head
    text = t.MINUTES_GROUP_WORDS.format(
        village=village.title, number=head.forum_number, year=head.year_be
    )
    files = await kept_files(turn, last)
    return Reply(text=text, files=tuple(file for file in files if file.is_picture))


def _not_ended(turn: Turn) -> None:
    turn.outcome = "not_ended"
    turn.say(t.MINUTES_NOT_ENDED, Button(label=t.BUTTON_END_FORUM, data="endforum"))


async def _show_last(turn: Turn, village: Village) -> None:
    turn.outcome = "no_minutes"
    last = await turn.uow.minutes.last_of(village.code)
    if last is None:
        turn.say(t.MINUTES_NONE)
        return
    turn.outcome = f"minutes:{last.code}"
    head = last.content.head
    text = t.MINUTES_LAST.format(
        number=head.forum_number,
        year=head.year_be,
        code=last.code,
        date=chat_date(last.closed_at),
    )
    files = await kept_files(turn, last)
    papers = tuple(file for file in files if not file.is_picture)
    turn.replies.append(Reply(text=text, files=papers))
    _give_results(turn, files)


async def kept_files(turn: Turn, closed: Minutes) -> tuple[FileRef, ...]:
    """The files that were made when the minutes were closed."""
    return tuple(FileRef(**json.loads(x)) for x in await turn.uow.minutes.files(closed.code))


def _give_results(turn: Turn, files: tuple[FileRef, ...]) -> None:
    pictures = tuple(file for file in files if file.is_picture)
    button = Button(label=t.BUTTON_MINUTES_POST, data="mn:post")
    turn.replies.append(Reply(text=t.MINUTES_RESULTS, buttons=(button,), files=pictures))


async def _offer(turn: Turn, held: Held, phrase: str) -> None:
    """The draft with what is still missing, to be put right or closed; its files go once links are dead."""
    made = turn.minutes
    forum = held.forum
    turn.outcome = f"draft:{forum.code}"
    lines = [phrase.format(number=forum.number, year=forum.year_be), _counts(held)]
    lines += _missing(held)
    fix = Button(label=t.BUTTON_MINUTES_FIX, data="mn:fix")
    if made is None or made.seen != held.seen:
        show = Button(label=t.BUTTON_MINUTES_SHOW, data="mn:show")
        turn.say("\n".join([*filter(None, lines), t.MINUTES_AGAIN]), show, fix)
        return
    lines += [t.MINUTES_LEFT_OUT.format(words=_short(text)) for text in made.left_out]
    close = Button(label=t.BUTTON_MINUTES_CLOSE, data=f"mn:close:{held.seen}")
    text = "\n".join([*filter(None, lines), t.MINUTES_READ])
    made_for_reading = [i for f in made.files for i in (f.file_id, f.picture_id) if i]
    await turn.uow.walk_ins.note_files(turn.person.id, made_for_reading, turn.now)
    turn.replies.append(Reply(text=text, buttons=(fix, close), files=made.files))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_SHOWN else words[: _LONGEST_SHOWN - 1] + "…"


def _counts(held: Held) -> str:
    """«มา 53 คน 41 หลังคาเรือน • เห็นชอบ 3 • เลื่อน 1»."""
    came = held.record.attendance
    found = Counter(item.outcome for item in held.record.items)
    told = (
        (Outcome.APPROVED, t.MINUTES_APPROVED),
        (Outcome.POSTPONED, t.MINUTES_POSTPONED),
        (Outcome.REJECTED, t.MINUTES_REJECTED),
    )
    parts = [t.MINUTES_PEOPLE.format(people=came.present)] if came.present else []
    if came.present and came.households:
        parts = [f"{parts[0]} {t.MINUTES_HOUSEHOLDS.format(count=came.households)}"]
    parts += [phrase.format(count=found[outcome]) for outcome, phrase in told if found[outcome]]
    return " • ".join(parts)


def _missing(held: Held) -> list[str]:
    """What the head should look at before closing."""
    record, items = held.record, held.record.items
    lines = []
    if undecided := [str(x.number) for x in items if x.outcome is None]:
        lines.append(t.MINUTES_OPEN.format(items=", ".join(undecided)))
    if wayless := [str(x.number) for x in items if x.outcome is not None and not x.settled]:
        lines.append(t.MINUTES_NO_WAY.format(items=", ".join(wayless)))
    day, began = held.forum.held_on, record.began_at
    if day and began and began.astimezone(BANGKOK).date() != day:
        lines.append(t.MINUTES_OTHER_DAY.format(day=chat_date(day)))
    blank = {
        m.Part.CHAIR: record.chair,
        m.Part.RECORDER: record.recorder,
        m.Part.CHECKER: record.checker,
    }
    if empty := [t.of_part(part) for part, name in blank.items() if not name]:
        lines.append(t.MINUTES_BLANKS.format(parts=" ".join(empty)))
    return lines


async def close_minutes(turn: Turn, intent: m.CloseMinutes) -> None:
    """The minutes that were read are closed: what was resolved takes effect, and everybody hears it."""
    village = own_village(turn)
    if village is None:
        return
    held = await held_forum(turn.uow, village.code)
    made = turn.minutes
    if held is None:
        await _show_last(turn, village)
    elif held.record.ended_at is None:
        _not_ended(turn)
    elif made and made.minutes.code and made.seen == held.seen:
        await _close(turn, held, made)
    else:
        await _offer(turn, held, t.MINUTES_CHANGED if intent.seen else t.MINUTES_DRAFT)


async def _close(turn: Turn, held: Held, made: MadeMinutes) -> None:
    files = tuple(json.dumps(asdict(file), ensure_ascii=False) for file in made.files)
    kept = await turn.uow.minutes.add(replace(made.minutes, closed_at=turn.now), files)
    await turn.audit("minutes closed", kept.code, kept.sha256)
    closed = await settle_forum(turn, held.forum)
    turn.outcome = f"closed:{closed.forum.code}"
    forum = closed.forum
    lines = [t.MINUTES_CLOSED.format(number=forum.number, year=forum.year_be, code=kept.code)]
    if closed.projects:
        codes = [project.code for project in closed.projects]
        shown = ", ".join(codes[:_SHOWN_PROJECTS]) + ("…" if len(codes) > _SHOWN_PROJECTS else "")
        lines.append(t.MINUTES_PROJECTS.format(count=len(codes), codes=shown))
    papers = tuple(file for file in made.files if not file.is_picture)
    turn.replies.append(Reply(text="\n".join(lines), files=papers))
    _give_results(turn, made.files)


EXECUTE: dict[type, Any] = {
    i.CloseForum: end_meeting,
    m.ShowMinutes: show_minutes,
    m.CloseMinutes: close_minutes,
}
