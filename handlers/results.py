"""The picture of what a forum decided, for the village's groups."""

from typing import Any

from handlers.context import Turn
from handlers.dialogue import texts as t
from handlers.dialogue.topics import minutes as m
from handlers.messages import Button, replies_to_json
from handlers.minutes import own_village, results_reply
from planning.areas import Village
from planning.minutes import Minutes
from planning.pushes import Rank
from planning.reports import Channel
from planning.roles import Action
from storage.group_values import Group
from storage.values import NewOutboxItem


async def post_results(turn: Turn, intent: m.PostResults) -> None:
    """Send the picture to the village's groups, asked first where LINE counts it by members.

    Said in the group itself by its head, it is a mere answer there, which costs nothing.
    """
    if turn.first.group:
        await _answer_here(turn)
        return
    village = own_village(turn)
    if village is None:
        return
    last = await turn.uow.minutes.last_of(village.code)
    if last is None:
        turn.outcome = "no_minutes"
        turn.say(t.MINUTES_NONE)
        return
    bound = await turn.uow.groups.of_village(village.code)
    groups = [group for group in bound if group.left_at is None]
    if not groups:
        turn.outcome = "no_group"
        turn.say(t.MINUTES_NO_GROUP)
        return
    if not intent.sure and any(group.channel is Channel.LINE for group in groups):
        turn.outcome = "post_cost"
        turn.say(t.MINUTES_POST_COST, Button(label=t.BUTTON_MINUTES_POST_SURE, data="mn:post:sure"))
        return
    sent = [await _post(turn, village, last, group) for group in groups]
    turn.outcome = f"posted:{last.code}"
    await turn.audit("results posted", last.code)
    said = t.MINUTES_POSTED.format(count=sum(sent)) if any(sent) else t.MINUTES_POSTED_BEFORE
    turn.say(said)


async def _post(turn: Turn, village: Village, last: Minutes, group: Group) -> bool:
    item = NewOutboxItem(
        channel=group.channel,
        lane_id=group.chat_id,
        chat_id=group.chat_id,
        payload=replies_to_json((await results_reply(turn, village, last),)),
        dedupe_key=f"results:{last.code}:{group.id}",
        rank=Rank.FORUM,
    )
    return bool(await turn.uow.outbox.add(item, turn.now))


async def _answer_here(turn: Turn) -> None:
    group = await turn.uow.groups.find(turn.first.channel, turn.first.chat_id)
    village = turn.areas.get(group.village_code) if group and group.village_code else None
    last = await turn.uow.minutes.last_of(village.code) if village else None
    if village is None or not turn.may(Action.RUN_FORUM, village.code):
        turn.outcome = "not_allowed"
        turn.say(t.GROUP_ONLY_HEAD)
    elif last is None:
        turn.outcome = "no_minutes"
        turn.say(t.MINUTES_NONE)
    else:
        turn.outcome = f"posted:{last.code}"
        turn.replies.append(await results_reply(turn, village, last))


EXECUTE: dict[type, Any] = {m.PostResults: post_results}
