"""Convening a forum: its day within the plan's window, its hour and place, and telling the village."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from handlers.agendas import numbered
from handlers.announcing import announce_here
from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.dialogue.topics import preparing as p
from handlers.messages import Button
from handlers.notices import (
    Audience,
    News,
    send,
    tell_moved,
    told_before,
    uninvited,
    when_words,
)
from handlers.prepared import note, prepared_forum
from handlers.quota import spending
from planning.areas import Village
from planning.arranging import Arranging
from planning.convening import Serves, days_to_offer, serves, when_key, years_around
from planning.forums import Forum
from planning.notices import NoticeKind
from planning.pushes import PushBudget, Rank, room
from planning.thai import BANGKOK, chat_date
from storage.unit import UnitOfWork

_HOURS = (9, 10, 13, 14, 18, 19)
_PLACES = 6
_MEETING_PLACES = (
    "ศาลา",
    "วัด",
    "โรงเรียน",
    "หอประชุม",
    "ที่ทำการ",
    "อบต",
    "เทศบาล",
    "อเนกประสงค์",
    "บ้านผู้ใหญ่",
)


async def serving(uow: UnitOfWork, village: Village, forum_day: Any) -> Serves:
    """What a forum of the village on a day serves, by the district's windows."""
    found = [
        window
        for year in years_around(forum_day)
        for window in await uow.plans.windows(village.district_code, year)
    ]
    return serves(forum_day, found)


def serves_words(served: Serves) -> str:
    """Which plan a forum serves, and what can still be reached late."""
    window = served.window
    lines = [
        t.MEET_SERVES.format(
            year=served.year, opens=chat_date(window.opens), closes=chat_date(window.closes)
        )
    ]
    if served.late:
        plans = [
            t.MEET_LATE_PLAN.format(
                level=t.one_of("MEET_LEVELS", late.level), closes=chat_date(late.closes)
            )
            for late in served.late
        ]
        lines.append(t.MEET_LATE.format(year=served.year - 1, plans=" · ".join(plans)))
    return "\n".join(lines)


def reach(to: Audience) -> str:
    """«12 คน 1 กลุ่ม»; what is none is left out."""
    people, groups = len(to.people), len(to.groups)
    words = [t.REACH_GROUPS.format(groups=groups)] if groups else []
    if people or not groups:
        words.insert(0, t.REACH_PEOPLE.format(people=people))
    return " ".join(words)


async def propose(turn: Turn, intent: p.ProposeForum) -> None:
    """Offer days inside the window of the plan that a forum now serves."""
    found = await prepared_forum(turn)
    if found:
        await _ask_day(turn, found[0])


async def _ask_day(turn: Turn, village: Village) -> None:
    turn.outcome = "forum_days"
    today = turn.now.astimezone(BANGKOK).date()
    served = await serving(turn.uow, village, today)
    days = days_to_offer(today, served)
    buttons = (Button(label=t.day_of(d), data=f"meet:on:{d.isoformat()}") for d in days)
    turn.say(t.MEET_DAYS.format(serves=serves_words(served)), *buttons)


async def convene(turn: Turn, intent: i.Convene) -> None:
    """Note when and where the forum meets, as far as it was said, and ask for the rest."""
    found = await prepared_forum(turn)
    if found is None:
        return
    village, forum = found
    meant = replace(
        forum,
        held_on=intent.held_on or forum.held_on,
        held_at=intent.held_at or forum.held_at,
        place=intent.place or forum.place,
    )
    meant = await numbered(turn.uow, meant)
    if meant != forum:
        await turn.uow.forums.update(meant)
        await turn.audit("forum convened", forum.code)
    if when_key(meant) != when_key(forum):
        await note(turn, meant, Arranging.WHEN, words=when_key(meant))
    turn.remember(step=Step.IDLE, asked_at=None)
    turn.outcome = f"convened:{forum.code}"
    await _ask_rest(turn, village, meant)


async def _ask_rest(turn: Turn, village: Village, forum: Forum) -> None:
    if forum.held_on is None:
        await _ask_day(turn, village)
    elif not forum.held_at:
        hours = (Button(label=f"{h}.00 น.", data=f"meet:at:{h:02d}00") for h in _HOURS)
        _wait_for_place(turn)
        turn.say(t.MEET_TIMES.format(day=t.day_of(forum.held_on)), *hours)
    elif not forum.place:
        places = enumerate(await places_of(turn, village))
        buttons = (Button(label=_short(name), data=f"meet:in:{n}") for n, name in places)
        _wait_for_place(turn)
        asked = t.MEET_PLACES.format(day=t.day_of(forum.held_on), time=forum.held_at)
        turn.say(asked, *buttons, Button(label=t.BUTTON_MEET_PLACE, data="meet:where"))
    else:
        await _say_set(turn, village, forum)


def _short(name: str) -> str:
    return name if len(name) <= 20 else f"{name[:19]}…"


def _wait_for_place(turn: Turn) -> None:
    turn.remember(step=Step.ASK_FORUM_PLACE, asked_at=turn.utterance.last_at)


async def places_of(turn: Turn, village: Village) -> tuple[str, ...]:
    """Where the village may meet: where it met before, then its meeting places, else any landmark."""
    met = [f.place for f in reversed(await turn.uow.forums.of_village(village.code)) if f.place]
    marks = [mark.name for mark in village.landmarks]
    halls = [name for name in marks if name.startswith(_MEETING_PLACES)]
    return tuple(dict.fromkeys([*met[:2], *(halls or marks)]))[:_PLACES]


async def pick_place(turn: Turn, intent: p.PickPlace) -> None:
    """A place that was offered, or the wish to type one."""
    found = await prepared_forum(turn)
    if found is None:
        return
    places = await places_of(turn, found[0]) if intent.number is not None else ()
    if intent.number is not None and intent.number < len(places):
        await convene(turn, i.Convene(held_on=None, place=places[intent.number]))
        return
    turn.outcome = "forum_place"
    _wait_for_place(turn)
    turn.say(t.MEET_PLACE_TYPE)


async def _say_set(turn: Turn, village: Village, forum: Forum) -> None:
    """What is set now, which plan it serves, and the telling of it."""
    assert forum.held_on is not None
    day, today = forum.held_on, turn.now.astimezone(BANGKOK).date()
    lines = [
        t.MEET_SET.format(
            number=forum.number,
            year=forum.year_be,
            day=t.day_of(day),
            time=forum.held_at,
            place=forum.place,
        ),
        serves_words(await serving(turn.uow, village, day)),
    ]
    after = (
        Button(label=t.BUTTON_ARRANGE, data="arr:list"),
        Button(label=t.BUTTON_AGENDA, data="agenda"),
        Button(label=t.BUTTON_MEET_DAYS, data="meet:days"),
    )
    if day < today:
        turn.say("\n".join((*lines, t.MEET_PAST)), *after)
        return
    words, buttons = await _call_words(turn, forum)
    turn.say("\n".join((*lines, words)), *buttons, *after)


async def _call_words(turn: Turn, forum: Forum) -> tuple[str, Sequence[Button]]:
    """Whom telling now would reach and what it costs, with the buttons that do it."""
    notices = await turn.uow.preparing.notices(forum.id)
    said = [n for n in notices if n.kind is not NoticeKind.REMINDER]
    known = await told_before(turn.uow, forum)
    if said and said[-1].when_key != when_key(forum) and known:
        asked = t.MOVED_ASK.format(reach=reach(known))
        return asked, (Button(label=t.BUTTON_MOVED_TELL, data="meet:moved"),)
    to = await uninvited(turn.uow, forum)
    if not to:
        return (t.CALL_SENT_BEFORE if known else t.CALL_NOBODY), ()
    counted = t.CALL_PEOPLE_NEW if known.people else t.CALL_PEOPLE
    people = [counted.format(people=len(to.people))]
    if to.groups:
        people.append(t.CALL_GROUPS.format(groups=len(to.groups)))
    asked = t.CALL_ASK.format(people="\n".join(people), cost=await _cost_words(turn, to))
    buttons = [Button(label=t.BUTTON_CALL_ALL, data="meet:all")]
    if to.groups:
        buttons.append(Button(label=t.BUTTON_CALL_GROUPS, data="meet:group"))
    return asked, (*buttons, Button(label=t.BUTTON_CALL_LATER, data="meet:later"))


async def _cost_words(turn: Turn, to: Audience) -> str:
    """What telling them takes of the month's pushes on LINE, the word on the day before included."""
    if not (to.on_line or to.paid_groups):
        return t.CALL_FREE
    month = await spending(turn.uow, turn.settings, turn.now)
    told = t.CALL_COST.format(units=to.on_line, used=month.used, limit=month.limit)
    budget = PushBudget(
        limit=month.limit,
        reserve=month.reserve,
        used=month.used,
        used_today=month.used_today,
        days_left=month.days_left,
    )
    today = room(budget, Rank.FORUM)
    return told if today >= to.on_line else f"{told}\n{t.CALL_SLOW.format(room=today)}"


async def ask_to_call(turn: Turn, intent: p.AskToCall) -> None:
    """«แจ้งชาวบ้าน»: what it would reach and cost; in the village's group it is said there at once."""
    if turn.first.group:
        await announce_here(turn)
        return
    found = await _dated(turn)
    if found:
        turn.outcome = "forum_call"
        words, buttons = await _call_words(turn, found[1])
        turn.say(words, *buttons)


async def _dated(turn: Turn) -> tuple[Village, Forum] | None:
    """The forum, where its day is known and not over."""
    found = await prepared_forum(turn)
    if found is None:
        return None
    day, today = found[1].held_on, turn.now.astimezone(BANGKOK).date()
    if day is None or day < today:
        turn.outcome = "no_day"
        turn.say(t.CALL_NO_DAY, Button(label=t.BUTTON_MEET_DAYS, data="meet:days"))
        return None
    return found


async def call(turn: Turn, intent: p.CallForum) -> None:
    """Send the notice to those who were not told yet."""
    found = await _dated(turn)
    if found is None:
        return
    village, forum = found
    turn.outcome = f"forum_called:{forum.code}"
    to = await uninvited(turn.uow, forum)
    if not intent.to_people:
        to = replace(to, people=())
    if not to:
        turn.say(t.CALL_SENT_BEFORE)
        return
    news = News(
        kind=NoticeKind.CALLED,
        key=f"called:{turn.inbox_ids[0]}",
        village=village,
        to_people=intent.to_people,
        actor_id=turn.person.id,
    )
    await send(turn, forum, news, to)
    await turn.audit("forum called", forum.code, f"{len(to.people)} {len(to.groups)}")
    turn.say(
        t.CALL_SENT.format(reach=reach(to)),
        Button(label=t.BUTTON_ARRANGE, data="arr:list"),
        Button(label=t.BUTTON_MEET_OFF, data="meet:off"),
    )


async def call_later(turn: Turn, intent: p.CallLater) -> None:
    """Nothing is sent yet."""
    found = await prepared_forum(turn)
    if found:
        turn.outcome = "forum_call_later"
        turn.say(
            t.CALL_LATER,
            Button(label=t.BUTTON_MEET_CALL, data="meet:ask"),
            Button(label=t.BUTTON_ARRANGE, data="arr:list"),
        )


async def say_moved(turn: Turn, intent: p.TellMoved) -> None:
    """Tell those who know another day, hour or place, now."""
    found = await _dated(turn)
    if found is None:
        return
    village, forum = found
    turn.outcome = f"forum_moved:{forum.code}"
    to = await tell_moved(turn, forum, village, turn.person.id)
    if to is None:
        turn.say(t.CALL_SENT_BEFORE)
        return
    await turn.audit("forum moved", forum.code, f"{len(to.people)} {len(to.groups)}")
    turn.say(t.MOVED_SENT.format(reach=reach(to)))


async def call_off(turn: Turn, intent: p.CallOff) -> None:
    """The forum has no day any more; whoever was told of it hears so at once. Its agenda stays."""
    found = await prepared_forum(turn)
    if found is None:
        return
    village, forum = found
    turn.outcome = "forum_call_off"
    if forum.held_on is None:
        turn.say(t.OFF_NONE, Button(label=t.BUTTON_MEET_DAYS, data="meet:days"))
        return
    to = await told_before(turn.uow, forum)
    if not intent.sure:
        turn.say(
            t.OFF_ASK.format(when=when_words(forum), reach=reach(to)),
            Button(label=t.BUTTON_OFF_YES, data="meet:offyes"),
            Button(label=t.BUTTON_OFF_NO, data="back"),
        )
        return
    news = News(
        kind=NoticeKind.CALLED_OFF,
        key=f"off:{turn.inbox_ids[0]}",
        village=village,
        actor_id=turn.person.id,
    )
    await send(turn, forum, news, to)
    free = replace(forum, held_on=None, held_at="", place="")
    await turn.uow.forums.update(free)
    await note(turn, free, Arranging.WHEN)
    await turn.audit("forum called off", forum.code)
    turn.outcome = f"forum_off:{forum.code}"
    turn.say(t.OFF_DONE.format(reach=reach(to)), Button(label=t.BUTTON_MEET_DAYS, data="meet:days"))


EXECUTE: dict[type, Any] = {
    i.Convene: convene,
    p.ProposeForum: propose,
    p.PickPlace: pick_place,
    p.AskToCall: ask_to_call,
    p.CallForum: call,
    p.CallLater: call_later,
    p.TellMoved: say_moved,
    p.CallOff: call_off,
}
