"""Notices of a forum: whom they reach, what they cost, and the sending, each person once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from handlers.dialogue import texts as t
from handlers.messages import Button, Reply, replies_to_json
from handlers.news import Teller, Voice, tell_person
from handlers.places import AreaBook
from handlers.settings import TurnSettings
from planning.areas import Village
from planning.arranging import arrangement
from planning.convening import starts_at, when_key
from planning.forums import Forum, ForumState
from planning.notices import Listener, Notice, NoticeKind
from planning.pushes import Rank
from planning.reports import Channel
from planning.roles import Role
from planning.thai import BANGKOK
from storage.database import Database
from storage.group_values import Group
from storage.unit import UnitOfWork
from storage.values import NewOutboxItem

SETTLES = timedelta(minutes=30)
"""How long another day may be thought over before those who know the old one are told by themselves."""
_REMINDS_FROM = 9
"""Hour of the day before (Thailand) from which people are reminded."""


@dataclass(frozen=True, kw_only=True)
class Audience:
    """Whom a notice goes to: each person by one channel, and groups."""

    people: tuple[Listener, ...] = ()
    groups: tuple[Group, ...] = ()

    @property
    def on_line(self) -> int:
        """How many people it costs a push on LINE."""
        return sum(one.channel is Channel.LINE for one in self.people)

    @property
    def paid_groups(self) -> int:
        """How many groups it costs pushes on LINE, one a member."""
        return sum(group.channel is Channel.LINE for group in self.groups)

    def __bool__(self) -> bool:
        """Whether there is anybody."""
        return bool(self.people or self.groups)


def when_words(forum: Forum) -> str:
    """«เสาร์ 20 พ.ย. 69 13.00 น. ศาลากลางบ้าน», as far as it is known."""
    day = t.day_of(forum.held_on) if forum.held_on else ""
    return " ".join(filter(None, (day, forum.held_at, forum.place)))


async def uninvited(uow: UnitOfWork, forum: Forum) -> Audience:
    """The people and groups of the village who were not told yet that it is then."""
    when = when_key(forum)
    told = await uow.preparing.told(forum.id, when)
    heads = await uow.people.holders(Role.HEAD, forum.village_code)
    found = await uow.preparing.listeners(forum.village_code)
    people = await _by_last_used(uow, [x for x in found if x.person_id not in told | {*heads}])
    notices = await uow.preparing.notices(forum.id)
    heard = any(notice.groups and notice.when_key == when for notice in notices)
    return Audience(people=people, groups=() if heard else await _groups(uow, forum))


async def told_before(uow: UnitOfWork, forum: Forum, *, called: bool = False) -> Audience:
    """The people and groups whom any notice of the forum went to, but for its heads.

    `called`: not those who only heard of it with the news that their own matter is before it.
    """
    notices = await uow.preparing.notices(forum.id)
    meant = [n.id for n in notices if not (called and n.kind is NoticeKind.AGENDA)]
    heads = {*await uow.people.holders(Role.HEAD, forum.village_code)}
    told = await uow.preparing.told(forum.id, notice_ids=meant)
    people = await uow.preparing.listeners(person_ids=told - heads)
    groups = await _groups(uow, forum) if any(n.groups for n in notices) else ()
    return Audience(people=await _by_last_used(uow, people), groups=groups)


async def _groups(uow: UnitOfWork, forum: Forum) -> tuple[Group, ...]:
    return tuple(g for g in await uow.groups.of_village(forum.village_code) if g.left_at is None)


async def _by_last_used(uow: UnitOfWork, listeners: Iterable[Listener]) -> tuple[Listener, ...]:
    """Each person once, by the channel they wrote from last."""
    chosen = []
    for _, ways in groupby(listeners, key=lambda x: x.person_id):
        known = tuple(ways)
        used = None
        if len(known) > 1:
            used = await uow.conversations.last_used([(x.channel, x.user_id) for x in known])
        chosen.append(next((x for x in known if (x.channel, x.user_id) == used), known[0]))
    return tuple(chosen)


@dataclass(frozen=True, kw_only=True)
class News:
    """What is to be told of a forum, whose `key` makes it go out once. `to_people`: not to groups alone.

    `heard_here`: groups that hear it as an answer, without a message of its own.
    """

    kind: NoticeKind
    key: str
    village: Village
    to_people: bool = True
    actor_id: int | None = None
    heard_here: int = 0


def notice_reply(forum: Forum, news: News, conveners: Sequence[str]) -> Reply:
    """A notice as a group reads it, in the language spoken now."""
    words = _Words(forum=forum, news=news, conveners=conveners, tone="")
    return Reply(text=words.text())


async def send(teller: Teller, forum: Forum, news: News, to: Audience) -> bool:
    """Queue a notice, a message a person and group; False when that notice had been sent."""
    notice = Notice(
        id=0,
        forum_id=forum.id,
        key=news.key,
        kind=news.kind,
        held_on=forum.held_on,
        when_key="" if news.kind is NoticeKind.CALLED_OFF else when_key(forum),
        to_people=news.to_people,
        people=len(to.people),
        groups=len(to.groups) + news.heard_here,
        at=teller.now,
        actor_id=news.actor_id,
    )
    people = {one.person_id for one in to.people}
    number = await teller.uow.preparing.add_notice(notice, people)
    if number is None:
        return False
    how = arrangement(await teller.uow.preparing.lines(forum.id))
    words = _Words(forum=forum, news=news, conveners=how.conveners, tone=teller.settings.tone)
    for one in to.people:
        reply = words.reply(one.language, alone=True)
        key = f"notice:{number}:{one.person_id}"
        item = _item(one.channel, one.chat_id, reply, key, forum)
        await teller.uow.outbox.add(replace(item, person_id=one.person_id), teller.now)
    for group in to.groups:
        reply = words.reply(t.THAI, alone=False)
        item = _item(group.channel, group.chat_id, reply, f"notice:{number}:g{group.id}", forum)
        await teller.uow.outbox.add(item, teller.now)
    return True


def _item(channel: Channel, chat_id: str, reply: Reply, key: str, forum: Forum) -> NewOutboxItem:
    return NewOutboxItem(
        channel=channel,
        lane_id=chat_id,
        chat_id=chat_id,
        payload=replies_to_json((reply,)),
        dedupe_key=key,
        rank=Rank.FORUM,
        useful_until=starts_at(forum),
    )


@dataclass(frozen=True, kw_only=True)
class _Words:
    forum: Forum
    news: News
    conveners: Sequence[str]
    tone: str

    def reply(self, language: str, *, alone: bool) -> Reply:
        with t.speaking(t.spoken(language, self.tone)):
            buttons = (Button(label=t.BUTTON_ISSUES, data="open"),) if alone else ()
            return Reply(text=self.text(), buttons=buttons)

    def text(self) -> str:
        village, when = self.news.village.title, when_words(self.forum)
        match self.news.kind:
            case NoticeKind.CALLED | NoticeKind.AGENDA:
                joined = ", ".join(self.conveners)
                with_whom = t.NOTICE_WITH.format(conveners=joined) if joined else ""
                return t.NOTICE_CALLED.format(village=village, when=when, with_whom=with_whom)
            case NoticeKind.MOVED:
                return t.NOTICE_MOVED.format(village=village, when=when)
            case NoticeKind.CALLED_OFF:
                return t.NOTICE_CALLED_OFF.format(village=village, when=when)
            case NoticeKind.REMINDER:
                return t.NOTICE_REMINDER.format(village=village, when=when)


async def tell_forums(
    database: Database, areas: AreaBook, settings: TurnSettings, now: datetime
) -> int:
    """What is due of forums: those moved are told as moved, those of tomorrow are called to mind.

    How many notices went out. Done twice, or by several workers, it tells each person once.
    """
    await areas.refresh(now)
    tomorrow = now.astimezone(BANGKOK).date() + timedelta(days=1)
    async with database.read() as uow:
        moved = await uow.preparing.moved(now - SETTLES)
        meeting = await uow.preparing.meeting_on(tomorrow)
    if now.astimezone(BANGKOK).hour < _REMINDS_FROM:
        meeting = ()
    sent = 0
    for tell, forums in ((_tell_moved, moved), (_remind, meeting)):
        for forum_id in forums:
            async with database.write() as uow:
                voice = Voice(uow=uow, now=now, settings=settings)
                forum = await uow.forums.by_id(forum_id)
                village = areas.get(forum.village_code)
                if village and forum.state is ForumState.PREPARING and forum.held_on:
                    sent += await tell(voice, forum, village)
    return sent


async def _tell_moved(voice: Voice, forum: Forum, village: Village) -> bool:
    return await tell_moved(voice, forum, village) is not None


async def tell_moved(
    teller: Teller, forum: Forum, village: Village, actor_id: int | None = None
) -> Audience | None:
    """Tell everybody who was told of the forum when it is now; None when they know."""
    notices = await teller.uow.preparing.notices(forum.id)
    said = [n for n in notices if n.kind is not NoticeKind.REMINDER]
    if not said or said[-1].when_key == when_key(forum):
        return None
    to = await told_before(teller.uow, forum)
    key = f"moved:{said[-1].id}"
    news = News(kind=NoticeKind.MOVED, key=key, village=village, actor_id=actor_id)
    return to if await send(teller, forum, news, to) else None


async def _remind(voice: Voice, forum: Forum, village: Village) -> bool:
    """Once for a day: those who were told, and the heads."""
    key = f"reminder:{forum.held_on}"
    to = await told_before(voice.uow, forum, called=True)
    if not await send(voice, forum, News(kind=NoticeKind.REMINDER, key=key, village=village), to):
        return False

    def words() -> Reply:
        text = t.REMINDER_HEAD.format(
            number=forum.number, year=forum.year_be, when=when_words(forum)
        )
        return Reply(text=text, buttons=(Button(label=t.BUTTON_AGENDA, data="agenda"),))

    for head in await voice.uow.people.holders(Role.HEAD, forum.village_code):
        name = f"{key}:{forum.code}:{head}"
        await tell_person(voice, head, name, words, rank=Rank.FORUM)
    return True
