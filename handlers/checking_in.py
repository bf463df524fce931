"""Checking in at a forum by phone: what the chair holds up, and what those who came say."""

import asyncio
from typing import Any

from handlers.context import Scene, Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.dialogue.topics import running as f
from handlers.forum_log import event_key, meeting_of, record_of
from handlers.forum_screens import asking, no_longer_asking
from handlers.heads import runs_forum_of
from handlers.messages import Button, FileRef, Reply
from handlers.ports import file_ref
from handlers.preparing import Thinking
from planning.areas import Village
from planning.check_in import CheckInCard
from planning.forum_lines import ForumLine, Said
from planning.forums import Forum, ForumState
from planning.reports import Channel

# what the chair holds up


async def check_in_picture(think: Thinking, scene: Scene, intent: i.Intent) -> tuple[FileRef, ...]:
    """The square codes of the forum being held, made before anything is written."""
    if not isinstance(intent, f.ShowCheckIn) or scene.room:
        return ()
    village = runs_forum_of(scene.village, scene.grants, think.areas)
    if village is None:
        return ()
    async with think.database.read() as uow:
        forum = await uow.forums.current(village.code)
        if forum is None or forum.state is not ForumState.DECIDING:
            return ()
        code = uow.running.code(forum.code)
    link = think.settings.check_in_link
    card = CheckInCard(
        village=village.title,
        forum_number=f"{forum.number}/{forum.year_be}",
        code=code,
        line=link(Channel.LINE, code),
        telegram=link(Channel.TELEGRAM, code),
    )
    made = await asyncio.to_thread(think.documents.check_in, card)
    return (await asyncio.to_thread(file_ref, think.files, made),)


async def show_check_in(turn: Turn, intent: f.ShowCheckIn) -> None:
    """The code to check in by, as words and as a picture to hold up."""
    meeting = await meeting_of(turn)
    if meeting is None:
        return
    if meeting.forum.state is not ForumState.DECIDING:
        turn.outcome = "not_begun"
        turn.say(t.CHECK_IN_NOT_YET, Button(label=t.BUTTON_BEGIN, data="begin"))
        return
    turn.outcome = "check_in_shown"
    code = turn.uow.running.code(meeting.forum.code)
    text = t.CHECK_IN_SHOW.format(code=code, count=meeting.record.attendance.checked_in)
    again = Button(label=t.BUTTON_CHECK_IN, data="checkin")
    next_item = Button(label=t.BUTTON_NEXT, data="next")
    turn.replies.append(Reply(text=text, buttons=(next_item, again), files=turn.files))


# checking in


async def check_in(turn: Turn, intent: f.CheckIn) -> None:
    """Somebody is at the forum; who lives in no village yet lives in this one."""
    found = await _held(turn, intent.code)
    if found is None:
        return
    forum, village = found
    if turn.village is None:
        await turn.uow.people.set_village(turn.person.id, village.code)
    elif turn.village.code != village.code:
        turn.outcome = "elsewhere"
        turn.say(t.CHECK_IN_ELSEWHERE.format(village=turn.village.title, here=village.title))
        return
    await turn.uow.running.check_in(personal_line(turn, forum, Said.CHECK_IN))
    kept = await record_of(turn.uow, forum)
    turn.outcome = f"checked_in:{forum.code}"
    text = t.CHECKED_IN.format(village=village.title, count=kept.attendance.checked_in)
    known = await turn.uow.running.comer(forum.id, turn.person.id)
    vote = Button(label=t.BUTTON_VOTE, data="pollnow")
    if known and known[1]:
        turn.say(text, vote)
    else:
        turn.say(f"{text}\n{t.ASK_HOUSE}", vote)
        asking(turn, Step.ASK_HOUSE)


async def _held(turn: Turn, code: str) -> tuple[Forum, Village] | None:
    """The forum of a check-in code and its village; says why there is none."""
    forum_id = await turn.uow.running.held_under(code) if code else None
    forum = await turn.uow.forums.by_id(forum_id) if forum_id else None
    village = turn.areas.get(forum.village_code) if forum else None
    turn.outcome = "no_check_in"
    if forum is None or village is None:
        turn.say(t.CHECK_IN_BAD)
        return None
    ended = (await record_of(turn.uow, forum)).ended_at
    if ended and turn.utterance.last_at > ended:
        turn.say(t.CHECK_IN_OVER)
        return None
    return forum, village


async def say_house(turn: Turn, intent: f.SayHouse) -> None:
    """From which house who checked in came: only a hash of it is kept, to count houses."""
    forum = await attended(turn)
    if forum is None:
        return
    await turn.uow.running.check_in(personal_line(turn, forum, Said.CHECK_IN), intent.text)
    no_longer_asking(turn, Step.ASK_HOUSE)
    turn.outcome = f"house:{forum.code}"
    turn.say(t.HOUSE_KEPT, Button(label=t.BUTTON_VOTE, data="pollnow"))


async def attended(turn: Turn) -> Forum | None:
    """The forum the person checked in at; says so where there is none."""
    forum_id = await turn.uow.running.attended(turn.person.id)
    if forum_id is None:
        turn.outcome = "not_checked_in"
        turn.say(t.POLL_CHECK_IN_FIRST)
        return None
    return await turn.uow.forums.by_id(forum_id)


def personal_line(turn: Turn, forum: Forum, said: Said, item: int | None = None) -> ForumLine:
    """A line that a person says for themselves: it is kept apart from the chair's."""
    return ForumLine(
        id=0,
        forum_id=forum.id,
        key=f"{event_key(turn)}:0",
        said=said,
        said_at=turn.utterance.last_at,
        heard_at=turn.now,
        item_number=item,
        actor_id=turn.person.id,
    )


EXECUTE: dict[type, Any] = {
    f.ShowCheckIn: show_check_in,
    f.CheckIn: check_in,
    f.SayHouse: say_house,
}
