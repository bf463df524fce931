"""What every step of preparing a forum begins with: the forum, its log and its draft."""

import re
from dataclasses import dataclass

from handlers import reports
from handlers.agendas import new_forum, ranked_items
from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.state import Step
from handlers.heads import runs_forum_of
from handlers.messages import Button
from planning.areas import Village
from planning.arranging import Arrangement, Arranging, ArrangingLine, arrangement
from planning.forums import AgendaItem, Forum, ForumState
from planning.reports import Kind, keeps_confidential

_SHORT = 60
PAGE = 5
"""Items on one screen."""


def may_arrange(turn: Turn) -> bool:
    """Whether the person runs a forum."""
    return runs_forum_of(turn.village, turn.grants, turn.areas) is not None


async def prepared_forum(turn: Turn) -> tuple[Village, Forum] | None:
    """The village and its forum that is being prepared, made where there is none; says why not.

    Only for those who run the village's forum; one that has begun is to be ended first.
    """
    village = runs_forum_of(turn.village, turn.grants, turn.areas)
    if village is None:
        turn.outcome = "not_allowed"
        turn.say(t.NOT_ALLOWED)
        return None
    forum = await turn.uow.forums.current(village.code)
    if forum and forum.state is not ForumState.PREPARING:
        turn.outcome = "forum_open"
        turn.say(
            t.FORUM_STILL_OPEN.format(number=forum.number, year=forum.year_be),
            Button(label=t.BUTTON_END_FORUM, data="endforum"),
        )
        return None
    return village, forum or await turn.uow.forums.add(await new_forum(turn.uow, village, turn.now))


async def note(
    turn: Turn, forum: Forum, act: Arranging, code: str = "", *, other: str = "", words: str = ""
) -> None:
    """Add a line to the forum's log; what this turn said already counts once."""
    line = ArrangingLine(
        id=0,
        forum_id=forum.id,
        key=f"{turn.inbox_ids[0]}:{act}:{code}",
        act=act,
        at=turn.now,
        issue_code=code,
        other_code=other,
        words=words,
        actor_id=turn.person.id,
    )
    await turn.uow.preparing.say(line)
    await turn.audit(f"agenda {act}", forum.code, code)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A forum's draft as it stands."""

    village: Village
    forum: Forum
    how: Arrangement
    items: tuple[AgendaItem, ...]

    def find(self, code: str) -> AgendaItem | None:
        """The item that stands on an issue."""
        return next((item for item in self.items if item.issue_code == code), None)


async def desk_of(turn: Turn) -> Desk | None:
    """The draft of the forum that is being prepared; says why there is none."""
    found = await prepared_forum(turn)
    return await laid_out(turn, *found) if found else None


async def laid_out(turn: Turn, village: Village, forum: Forum) -> Desk:
    """The forum's draft as it is ranked and arranged now."""
    how = arrangement(await turn.uow.preparing.lines(forum.id))
    rejected = turn.settings.rejected_return
    items = await ranked_items(turn.uow, village, forum, turn.now, how, rejected_return=rejected)
    return Desk(village=village, forum=forum, how=how, items=items)


_HIDDEN = re.compile(r"\s*\[[^\]]{1,20}\]")


def masked(turn: Turn, words: str, step: Step) -> str | None:
    """Typed words as others may read them, without what names people; None where that is asked first.

    That is what may accuse somebody, or is of a kind that no open list ever shows; `step` is what the
    words answer.
    """
    reading = turn.readings.get(reports.NEW)
    if reading is None:
        return " ".join(words.split())
    seen = reading.understanding
    line = unmarked(seen.masked)
    if not keeps_confidential(seen.categories[0].code, Kind(seen.kind), seen.confidential.on):
        return line
    turn.outcome = "agenda_touchy"
    turn.remember(step=step, asked_at=turn.utterance.last_at, question=line)
    turn.say(t.ARRANGE_TOUCHY.format(line=line), Button(label=t.BUTTON_PUT_IN, data="arr:sure"))
    return None


def unmarked(masked: str) -> str:
    """Masked words in one line, with «…» where something is hidden."""
    return " ".join(_HIDDEN.sub(" …", masked).split())


def short(text: str) -> str:
    """A line that fits a list."""
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def page_of(item: AgendaItem | None) -> int:
    """How many items stand on the pages before an item's."""
    return (item.number - 1) // PAGE * PAGE if item else 0
