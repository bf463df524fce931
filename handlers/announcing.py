"""Announcing a forum in the village's own group: said there by its head it is an answer and costs nothing."""

from dataclasses import replace

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.heads import runs_forum_of
from handlers.notices import Audience, News, notice_reply, send
from planning.areas import Village
from planning.arranging import arrangement
from planning.forums import Forum, ForumState
from planning.notices import NoticeKind
from planning.reports import Channel
from planning.thai import BANGKOK
from storage.group_values import Group


async def announce_here(turn: Turn) -> None:
    """Say in the group when the forum is; groups that cost nothing hear it, too."""
    village = runs_forum_of(turn.village, turn.grants, turn.areas)
    group = await turn.uow.groups.find(turn.first.channel, turn.first.chat_id)
    if village is None or group is None or group.village_code != village.code:
        turn.outcome = "not_allowed"
        turn.say(t.GROUP_ONLY_HEAD)
        return
    forum = await _called(turn, village)
    if forum is None:
        turn.outcome = "no_day"
        turn.say(t.CALL_NO_DAY)
        return
    turn.outcome = f"forum_called:{forum.code}"
    news = News(
        kind=NoticeKind.CALLED,
        key=f"here:{turn.inbox_ids[0]}",
        village=village,
        to_people=False,
        actor_id=turn.person.id,
    )
    others = await _free_groups(turn, village, group)
    await send(turn, forum, replace(news, heard_here=1), Audience(groups=others))
    how = arrangement(await turn.uow.preparing.lines(forum.id))
    turn.replies.append(notice_reply(forum, news, how.conveners))


async def _called(turn: Turn, village: Village) -> Forum | None:
    """The forum to announce: its day is known and not over."""
    forum = await turn.uow.forums.current(village.code)
    if forum is None or forum.held_on is None or forum.state is not ForumState.PREPARING:
        return None
    return forum if forum.held_on >= turn.now.astimezone(BANGKOK).date() else None


async def _free_groups(turn: Turn, village: Village, here: Group) -> tuple[Group, ...]:
    return tuple(
        group
        for group in await turn.uow.groups.of_village(village.code)
        if group.id != here.id and group.left_at is None and group.channel is not Channel.LINE
    )
