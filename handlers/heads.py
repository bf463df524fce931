"""The village head's side: agenda, forum, resolutions."""

from dataclasses import replace

from handlers.agendas import Draft, new_forum
from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.asking import code_in
from handlers.messages import Button, Reply
from handlers.outcomes import freeze_and_tell
from handlers.places import AreaBook
from planning.areas import Village
from planning.forums import (
    ForumState,
)
from planning.roles import Action, Role, RoleGrant, may
from planning.thai import chat_date


def runs_forum_of(
    village: Village | None, grants: tuple[RoleGrant, ...], areas: AreaBook
) -> Village | None:
    """The village whose forum a person of `village` runs: that one, or the one their role names."""
    if village and may(grants, Action.RUN_FORUM, village.code):
        return village
    return areas.get(next((g.area for g in grants if g.role is Role.HEAD), None))


def gives_order(
    text: str, village: Village | None, grants: tuple[RoleGrant, ...], areas: AreaBook
) -> bool:
    """Whether what looks like a command surely is one: it names a matter's code, or calls the forum."""
    calls = text.strip().startswith("นัดประชุม") and runs_forum_of(village, grants, areas)
    return bool(grants and code_in(text)) or bool(calls)


def _own_forum(turn: Turn) -> Village | None:
    return runs_forum_of(turn.village, turn.grants, turn.areas)


def _refuse(turn: Turn) -> None:
    turn.outcome = "not_allowed"
    turn.say(t.NOT_ALLOWED)


async def send_agenda(turn: Turn, intent: i.SendAgenda, draft: Draft | None) -> None:
    """Send the agenda as documents; what is sent is frozen under its number."""
    if draft is None:
        _refuse(turn)
        return
    content = draft.version.content
    village = turn.areas.get(content.village_code)
    version = await freeze_and_tell(turn, draft, village.title if village else content.village_name)
    if not draft.stored:
        await turn.audit("agenda frozen", version.code, version.sha256)
    turn.outcome = f"agenda:{version.code}"
    text = t.AGENDA_READY.format(
        village=village.title if village else content.village_name,
        number=content.forum_number,
        year=content.year_be,
        version=version.version,
        code=version.code,
        count=len(content.items),
    )
    buttons = (Button(label=t.BUTTON_DECIDE, data="item:1"),) if content.items else ()
    empty = "" if content.items else f"\n{t.AGENDA_EMPTY}"
    turn.replies.append(Reply(text=text + empty, buttons=buttons, files=turn.files))


async def convene(turn: Turn, intent: i.Convene) -> None:
    """Note when and where the current forum meets."""
    village = _own_forum(turn)
    if village is None:
        _refuse(turn)
        return
    forum = await turn.uow.forums.current(village.code)
    if forum and forum.state is not ForumState.PREPARING and forum.held_on != intent.held_on:
        turn.outcome = "forum_open"
        turn.say(
            t.FORUM_STILL_OPEN.format(number=forum.number, year=forum.year_be),
            Button(label=t.BUTTON_END_FORUM, data="endforum"),
        )
        return
    forum = forum or await turn.uow.forums.add(await new_forum(turn.uow, village, turn.now))
    await turn.uow.forums.update(
        replace(
            forum,
            held_on=intent.held_on,
            held_at=intent.held_at or forum.held_at,
            place=intent.place or forum.place,
        )
    )
    await turn.audit("forum convened", forum.code)
    turn.outcome = f"convened:{forum.code}"
    turn.say(
        t.CONVENED.format(
            date=chat_date(intent.held_on) if intent.held_on else "",
            time=intent.held_at,
            place=intent.place,
        ),
        Button(label=t.BUTTON_AGENDA, data="agenda"),
    )
