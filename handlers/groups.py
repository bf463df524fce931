"""Groups: who speaks there, what may be said there, and how heads bind and set them."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.dialogue.asking import Asked
from handlers.dialogue.hearing import Utterance
from handlers.dialogue.in_group import Room
from handlers.dialogue.state import Step
from handlers.dialogue.topics import groups as g
from handlers.dialogue.topics.minutes import PostResults
from handlers.dialogue.topics.preparing import AskToCall
from handlers.messages import Button, IncomingMessage, MessageKind, Reply, replies_to_json
from handlers.news import tell_person
from handlers.questions import forum_line
from planning.areas import Village
from planning.codes import ALPHABET
from planning.pushes import Rank
from planning.reports import Channel
from planning.roles import Role
from storage.database import Database
from storage.group_values import Group
from storage.unit import UnitOfWork
from storage.values import InboxItem, NewOutboxItem, Person

CODE_LIFE = timedelta(days=1)
_EVENTS = (MessageKind.JOIN, MessageKind.LEAVE, MessageKind.MOVED)
_PUBLIC = (
    g.BindGroup, g.UnbindGroup, g.SetListening, g.GreetGroup, g.GroupGone, g.GroupMoved, g.AnswerGroup,
    PostResults, AskToCall,
)  # fmt: skip
"""Intents whose answers everybody in the group may read; what others answer is said in private."""


async def room_of(database: Database, utterance: Utterance) -> Room | None:
    """What is known of the group the words were said in; None for a private chat."""
    first = utterance.messages[0]
    if not first.group:
        return None
    async with database.read() as uow:
        group = await uow.groups.find(first.channel, first.chat_id)
        code = await uow.groups.sent_about(first.channel, first.chat_id, first.quoted)
        report = await uow.reports.by_code(code) if code else None
        person = await uow.people.find(first.channel, first.user_id) if first.user_id else None
    return Room(
        listens=group.listens if group else False,
        village_code=(group.village_code or "") if group else "",
        replied=bool(code),
        own=code if report and person and report.person_id == person.id else "",
    )


async def speaker(
    uow: UnitOfWork, first: IncomingMessage, known: Person | None, now: datetime
) -> Person:
    """Who speaks. Members whom the platform does not name, and a group's own events, have one voice.

    That voice can be told nothing by chat; news about people never goes to a group.
    """
    if first.group and (not first.user_id or first.kind in _EVENTS):
        group = await uow.groups.find_or_create(first.channel, first.chat_id, now)
        return await uow.people.by_id(group.nobody_id)
    if known:
        return known
    sender = first.user_id or first.chat_id
    home = sender if first.group else first.chat_id
    return await uow.people.find_or_create(first.channel, sender, home, now)


async def overheard(database: Database, items: Sequence[InboxItem], now: datetime) -> None:
    """Words of a group that were not for the bot: nobody is noted for them, and they are not kept."""
    async with database.write() as uow:
        for item in items:
            message = IncomingMessage.from_json(item.payload)
            bare = replace(
                message, text="", user_id="", media_id="", file_name="", lat=None, lon=None,
                reply_handle="",
            )  # fmt: skip
            await uow.retracting.empty_event(item.id, bare.to_json())
        await uow.inbox.mark_handled([item.id for item in items], now, "silent")


async def part_answers(turn: Turn, intent: i.Intent) -> None:
    """Leave in the group only what everybody may read; the rest goes to the person alone.

    A report gets one line there, the same for every report. Where the bot may not write to the person
    first, a button leads them to it.
    """
    if not turn.first.group or isinstance(intent, _PUBLIC):
        return
    told, turn.replies = turn.replies, []
    alone = await _write_alone(turn, told)
    if not alone:
        turn.remember(step=Step.IDLE, asked_at=None, issue_code="")
    kind, _, codes = turn.outcome.partition(":")
    with t.speaking(t.spoken(t.THAI, turn.settings.tone)):
        if any(reply.text.startswith("⚠️") for reply in told):
            turn.say(t.DANGER)
        if kind in ("report", "added", "question") and codes:
            phrase = t.GROUP_SENT_PRIVATELY if alone else t.GROUP_RECEIPT
            text = phrase.format(code=codes.replace(",", ", "))
            link = () if alone else _private_button(turn, codes.split(",")[0])
            turn.replies.append(Reply(text=text, buttons=link, about=codes.split(",")[0]))


def _private_button(turn: Turn, code: str = "") -> tuple[Button, ...]:
    url = turn.settings.private_link(turn.first.channel, code)
    return (Button(label=t.BUTTON_PRIVATE, url=url),) if url else ()


async def _write_alone(turn: Turn, told: Sequence[Reply]) -> bool:
    """Write to the person in private, where they have talked with the bot before; whether it was."""
    if not told or turn.person.noticed_at is None or not turn.first.user_id:
        return False
    known = await turn.uow.people.addresses(turn.person.id)
    chat = next((a.chat_id for a in known if a.channel is turn.first.channel), "")
    if not chat:
        return False
    lines = [t.GROUP_FROM]
    if any(t.CONFIDENTIAL in reply.text for reply in told):
        lines.append(t.GROUP_SEEN_BY_ALL)
    first = replace(told[0], text="\n".join([*lines, told[0].text]))
    item = NewOutboxItem(
        channel=turn.first.channel,
        lane_id=chat,
        chat_id=chat,
        payload=replies_to_json((first, *told[1:])),
        dedupe_key=f"alone:{turn.inbox_ids[0]}",
        urgent=any(reply.text == t.DANGER for reply in told),
        person_id=turn.person.id,
        rank=Rank.ANSWER,
    )
    await turn.uow.outbox.add(item, turn.now)
    return True


async def answer_group(turn: Turn, intent: g.AnswerGroup) -> None:
    """One line to whoever called the bot with nothing to keep."""
    turn.outcome = "group"
    if intent.thanks:
        turn.say(t.GROUP_THANKS)
    elif intent.asked is Asked.WHAT:
        turn.say(t.WHAT_THIS, *_private_button(turn))
    elif intent.asked is Asked.FORUM and turn.village:
        turn.say(await forum_line(turn, turn.village))
    else:
        turn.say(t.GROUP_IN_PRIVATE if intent.private else t.GROUP_HOW, *_private_button(turn))


async def greet_group(turn: Turn, intent: g.GreetGroup) -> None:
    """Say once who this is; a group that was bound before is bound again."""
    turn.outcome = "group_joined"
    group = await _group(turn)
    await turn.uow.groups.set_left(group.id, None)
    if group.left_at and group.village_code:
        await _tell_heads(turn, group, group.village_code, t.GROUP_NEWS_BACK)
    if group.greeted:
        return
    await turn.uow.groups.set_greeted(group.id)
    turn.say(t.GROUP_HELLO if group.village_code else f"{t.GROUP_HELLO}\n{t.GROUP_HELLO_BIND}")


async def group_gone(turn: Turn, intent: g.GroupGone) -> None:
    """Note that the bot was removed, and tell the heads in private; the binding is kept."""
    turn.outcome = "group_left"
    group = await turn.uow.groups.find(turn.first.channel, turn.first.chat_id)
    if group is None or group.left_at:
        return
    await turn.uow.groups.set_left(group.id, turn.now)
    if group.village_code:
        await _tell_heads(turn, group, group.village_code, t.GROUP_NEWS_GONE)


async def group_moved(turn: Turn, intent: g.GroupMoved) -> None:
    """Follow a group to its new id."""
    turn.outcome = "group_moved"
    group = await turn.uow.groups.find(turn.first.channel, turn.first.chat_id)
    if group:
        await turn.uow.groups.move(group, turn.first.moved_to)


async def _group(turn: Turn) -> Group:
    first = turn.first
    return await turn.uow.groups.find_or_create(first.channel, first.chat_id, turn.now)


async def _tell_heads(
    turn: Turn, group: Group, village_code: str, phrase: str, *buttons: Button
) -> None:
    village = turn.areas.get(village_code)
    channel = t.of_channel(group.channel)
    words = phrase.format(channel=channel, village=village.title if village else village_code)
    key = f"group:{group.id}:{turn.inbox_ids[0]}"
    for head in await turn.uow.people.holders(Role.HEAD, village_code):
        await tell_person(turn, head, f"{key}:{head}", partial(Reply, text=words, buttons=buttons))


def _heads(turn: Turn) -> Village | None:
    """The village whose head the speaker is."""
    own = [grant.area for grant in turn.grants if grant.role is Role.HEAD]
    if turn.village and turn.village.code in own:
        return turn.village
    return next((v for v in map(turn.areas.get, own) if v), None)


async def make_code(turn: Turn, intent: g.MakeGroupCode) -> None:
    """Give a head a one-time code; in a group, ask them to do so in private."""
    turn.outcome = "group_code"
    village = _heads(turn)
    if village is None:
        turn.outcome = "not_allowed"
        turn.say(t.GROUP_CODE_ONLY_HEAD)
        return
    code = "".join(secrets.choice(ALPHABET) for _ in range(8))
    until = turn.now + CODE_LIFE
    await turn.uow.groups.add_code(code, village.code, turn.person.id, turn.now, until)
    await turn.audit("group code", f"village:{village.code}")
    shown = f"{code[:4]}-{code[4:]}"
    turn.say(
        t.GROUP_CODE.format(village=village.title, code=shown),
        Button(label=t.BUTTON_GROUPS, data="group:show"),
    )


async def bind_group(turn: Turn, intent: g.BindGroup) -> None:
    """Bind the group to the village of a code; whoever has the code may, and the heads hear of it."""
    turn.outcome = "group_code_bad"
    if not turn.first.group:
        turn.say(t.GROUP_BIND_HERE)
        return
    used = await turn.uow.groups.use_code(intent.code, turn.now) if intent.code else None
    village = turn.areas.get(used[0]) if used else None
    if used is None or village is None:
        turn.say(t.GROUP_CODE_BAD)
        return
    group = await _group(turn)
    await turn.uow.groups.bind(group, village.code)
    await turn.uow.groups.set_greeted(group.id)
    await turn.audit("group bound", f"village:{village.code}", group.channel)
    turn.outcome = "group_bound"
    free = Button(label=_free_label(group.channel), data=f"group:free:{group.channel}")
    await _tell_heads(turn, group, village.code, t.GROUP_NEWS_BOUND, free)
    turn.say(t.GROUP_BOUND.format(village=village.title))


def _free_label(channel: Channel) -> str:
    return t.BUTTON_GROUP_FREE.format(channel=t.of_channel(channel))


async def unbind_group(turn: Turn, intent: g.UnbindGroup) -> None:
    """Let the group go: said there by its head, or in private for one channel or all."""
    found = await _own_groups(turn)
    chosen = [group for group in found if intent.channel in ("", group.channel)]
    turn.outcome = "group_freed"
    if not chosen:
        turn.outcome = "not_allowed"
        turn.say(t.GROUP_ONLY_HEAD if turn.first.group else t.GROUP_NONE)
        return
    for group in chosen:
        await turn.uow.groups.unbind(group.id)
        await turn.audit("group freed", f"village:{group.village_code}", group.channel)
    turn.say(t.GROUP_FREED if turn.first.group else t.GROUPS_FREED)


async def _own_groups(turn: Turn) -> list[Group]:
    """In a group, that group if it is the speaker's village's; in private, all of the village's."""
    village = _heads(turn)
    if village is None:
        return []
    groups = await turn.uow.groups.of_village(village.code)
    here = turn.first.chat_id
    return [group for group in groups if not turn.first.group or group.chat_id == here]


async def set_listening(turn: Turn, intent: g.SetListening) -> None:
    """How far the bot listens in the head's groups."""
    groups = await _own_groups(turn)
    turn.outcome = "group_set"
    if not groups:
        turn.outcome = "not_allowed"
        turn.say(t.GROUP_ONLY_HEAD if turn.first.group else t.GROUP_NONE)
        return
    for group in groups:
        await turn.uow.groups.set_listens(group.id, intent.listens)
        await turn.audit("group listening", f"village:{group.village_code}", str(intent.listens))
    turn.say(t.GROUP_LISTENS if intent.listens else t.GROUP_QUIET)


async def show_groups(turn: Turn, intent: g.ShowGroups) -> None:
    """The groups of the head's village, with what can be changed about them."""
    turn.outcome = "groups"
    village = _heads(turn)
    if village is None:
        turn.outcome = "not_allowed"
        turn.say(t.GROUP_CODE_ONLY_HEAD)
        return
    groups = await turn.uow.groups.of_village(village.code)
    code = Button(label=t.BUTTON_GROUP_CODE, data="group:code")
    if not groups:
        turn.say(t.GROUP_NONE, code)
        return
    listens = all(group.listens for group in groups)
    other = Button(
        label=t.BUTTON_GROUP_QUIET if listens else t.BUTTON_GROUP_LISTEN,
        data="group:called" if listens else "group:all",
    )
    free = (Button(label=_free_label(x.channel), data=f"group:free:{x.channel}") for x in groups)
    lines = [t.GROUPS_HEAD.format(village=village.title), *map(_group_line, groups)]
    turn.say("\n".join(lines), other, *free, code)


def _group_line(group: Group) -> str:
    return t.GROUP_LINE.format(
        channel=t.of_channel(group.channel),
        how=t.GROUP_LINE_LISTENS if group.listens else t.GROUP_LINE_QUIET,
        left=t.GROUP_LINE_LEFT if group.left_at else "",
    )


EXECUTE: dict[type, Any] = {
    g.MakeGroupCode: make_code,
    g.BindGroup: bind_group,
    g.UnbindGroup: unbind_group,
    g.SetListening: set_listening,
    g.ShowGroups: show_groups,
    g.GreetGroup: greet_group,
    g.GroupGone: group_gone,
    g.GroupMoved: group_moved,
    g.AnswerGroup: answer_group,
}
