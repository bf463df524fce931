"""What the month's pushes on LINE used and will use: for the command line, for chat, and as a warning."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.context import Turn, notify
from handlers.dialogue import texts as t
from handlers.dialogue.topics.joining_in import ShowQuota
from handlers.messages import Reply
from handlers.settings import TurnSettings
from planning.pushes import (
    Rank,
    day_start,
    days_left,
    forecast,
    month_name,
    month_start,
    warnings_due,
)
from planning.reports import Channel
from planning.roles import Role
from storage.database import Database
from storage.pushes import Waiting
from storage.unit import UnitOfWork

_READERS = frozenset({Role.ADMIN, Role.DISTRICT_OFFICER})
_FREE = {Channel.TELEGRAM, Channel.WEBCHAT}
_MOST_PRESSING = 95
"""From this percentage on the warning itself is pressing: danger's own reserve is being used."""


@dataclass(frozen=True, kw_only=True)
class Spending:
    """One month of pushes. `used` is what the outbox or the platform tells, whichever is more.

    `limit` is the platform's where it told a lower one. `given_up`: held and never carried.
    """

    month: str
    limit: int
    reserve: int
    used: int
    used_today: int
    forecast: int
    days_left: int
    waiting: tuple[Waiting, ...]
    given_up: int
    told_at: datetime | None

    def json(self) -> dict[str, Any]:
        """Plain values for programs; ranks by name."""
        return {
            "channel": Channel.LINE.value,
            "month": self.month,
            "limit": self.limit,
            "reserve": self.reserve,
            "used": self.used,
            "used_today": self.used_today,
            "forecast": self.forecast,
            "days_left": self.days_left,
            "waiting": {
                w.rank.name.lower(): {"number": w.number, "held": w.held} for w in self.waiting
            },
            "given_up": self.given_up,
            "platform_asked_at": self.told_at.isoformat() if self.told_at else None,
        }


async def spending(uow: UnitOfWork, settings: TurnSettings, now: datetime) -> Spending:
    """The present month on LINE."""
    begun = month_start(now)
    ours = await uow.outbox.units_since(Channel.LINE, begun)
    told = await uow.pushes.told(Channel.LINE, month_name(now))
    used = max(ours, told.used if told else 0)
    limit = settings.line_month_limit
    if told and told.limit is not None:
        limit = min(limit, told.limit)
    return Spending(
        month=month_name(now),
        limit=limit,
        reserve=settings.line_reserve,
        used=used,
        used_today=await uow.outbox.units_since(Channel.LINE, day_start(now)),
        forecast=forecast(used, now),
        days_left=days_left(now),
        waiting=await uow.pushes.waiting(Channel.LINE),
        given_up=await uow.pushes.given_up(Channel.LINE, begun),
        told_at=told.at if told else None,
    )


def rank_words(rank: Rank) -> str:
    """What a rank is called in chat."""
    return {
        Rank.DANGER: t.RANK_DANGER,
        Rank.ANSWER: t.RANK_ANSWER,
        Rank.OUTCOME: t.RANK_OUTCOME,
        Rank.FORUM: t.RANK_FORUM,
        Rank.DIGEST: t.RANK_DIGEST,
        Rank.OTHER: t.RANK_OTHER,
    }[rank]


def in_words(found: Spending) -> str:
    """The month as a few lines of chat."""
    number, held = sum(w.number for w in found.waiting), sum(w.held for w in found.waiting)
    waiting = t.QUOTA_WAITING.format(number=number, held=held) if number else t.QUOTA_NONE_WAITING
    ranks = [t.QUOTA_RANK.format(rank=rank_words(w.rank), number=w.number) for w in found.waiting]
    used = t.QUOTA_USED.format(
        used=found.used, limit=found.limit, today=found.used_today, reserve=found.reserve
    )
    year, month = map(int, found.month.split("-"))
    head = t.QUOTA_HEAD.format(month=t.month_of(year, month))
    return "\n".join(
        (head, used, t.QUOTA_FORECAST.format(forecast=found.forecast), waiting, *ranks)
    )


async def show_quota(turn: Turn, intent: ShowQuota) -> None:
    """«โควตา», for those who run the system and the district's officers."""
    if not any(grant.role in _READERS for grant in turn.grants):
        turn.outcome = "not_allowed"
        turn.say(t.NOT_ALLOWED)
        return
    turn.outcome = "quota"
    turn.say(in_words(await spending(turn.uow, turn.settings, turn.now)))


async def warn(
    uow: UnitOfWork, settings: TurnSettings, used: int, limit: int, now: datetime
) -> int:
    """Tell those who run the system, once a month for each mark that was passed; how many messages.

    By a channel that costs nothing where they have one. On LINE it is one push as any news; when
    the reserve itself is being used it may use it too.
    """
    sent = 0
    for percent in warnings_due(used, limit)[-1:]:
        admins = {g.person_id for g in await uow.people.all_grants() if g.role is Role.ADMIN}
        for person_id in sorted(admins):
            sent += await _warn(uow, settings, person_id, (percent, used, limit), now)
    return sent


async def after_pushes(
    database: Database, settings: TurnSettings, used: int, limit: int, now: datetime
) -> None:
    """What follows when pushes have used so much: a warning, where a mark was passed."""
    if warnings_due(used, limit):
        async with database.write() as uow:
            await warn(uow, settings, used, limit, now)


async def note_told(database: Database, limit: int | None, used: int, now: datetime) -> None:
    """Keep what LINE itself says of this month."""
    async with database.write() as uow:
        await uow.pushes.note_told(Channel.LINE, month_name(now), limit, used, now)


async def _warn(
    uow: UnitOfWork,
    settings: TurnSettings,
    person_id: int,
    figures: tuple[int, int, int],
    now: datetime,
) -> int:
    percent, used, limit = figures
    person = await uow.people.by_id(person_id)
    with t.speaking(t.spoken(person.language, settings.tone)):
        reply = Reply(text=t.QUOTA_WARNING.format(percent=percent, used=used, limit=limit))
    known = {a.channel for a in await uow.people.addresses(person_id)}
    pressing = percent >= _MOST_PRESSING and not known & _FREE
    rank = Rank.DANGER if pressing else Rank.OUTCOME
    key = f"quota:{month_name(now)}:{percent}:{person_id}"
    return await notify(uow, person_id, known & _FREE or known, reply, key, now, rank=rank)


EXECUTE: dict[type, Any] = {ShowQuota: show_quota}
