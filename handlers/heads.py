"""The village head's side: agenda, forum, resolutions."""

from handlers.agendas import Draft
from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.asking import code_in
from handlers.freezing import freeze_and_tell
from handlers.messages import Button, Reply
from handlers.papers import keep_papers
from handlers.places import AreaBook
from planning.areas import Village
from planning.roles import Action, Role, RoleGrant, may


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
    await keep_papers(turn.uow, version, turn.files)
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
