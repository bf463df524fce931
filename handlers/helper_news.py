"""What helpers hear of the matters they wrote down for others: gathered, and told at once."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.context import notify
from handlers.dialogue import texts as t
from handlers.messages import Button, Reply
from handlers.settings import TurnSettings
from planning.issues import Issue
from planning.pushes import Rank
from storage.database import Database
from storage.group_values import HelperNews
from storage.unit import UnitOfWork

GATHERED_FOR = timedelta(hours=2)
"""How long news wait for more, so that a forum's evening is one message."""
_SHOWN = 15


async def note_helpers(uow: UnitOfWork, issue: Issue, key: str, now: datetime) -> None:
    """Note for every helper of people behind an issue that it moved; once for a `key`."""
    people = await uow.issues.contributors(issue.id)
    for helper_id in sorted(set((await uow.walk_ins.helpers_of(people)).values())):
        await uow.walk_ins.add_news(helper_id, issue.id, issue.state, key, now)


async def news_text(uow: UnitOfWork, helper_id: int, news: Sequence[HelperNews]) -> str:
    """News in one message, in the language spoken now. Of what is confidential nothing is said."""
    ids = [n.issue_id for n in news]
    behind = await uow.walk_ins.behind(ids, helper_id)
    lines = [t.HELPED_NEWS_HEAD.format(count=len(news))]
    for one in news[:_SHOWN]:
        issue = await uow.issues.by_id(one.issue_id)
        lines.append(
            t.HELPED_NEWS_LINE.format(
                line=t.HELPED_NEWS_PRIVATE if issue.confidential else issue.neutral_line,
                state=t.of_state(issue.state),
                people=behind.get(issue.id, 1),
            )
        )
    if len(news) > _SHOWN:
        lines.append(t.HELPED_NEWS_MORE.format(count=len(news) - _SHOWN))
    return "\n".join(lines)


async def send_helper_news(database: Database, settings: TurnSettings, now: datetime) -> int:
    """Tell every helper whose oldest news has waited long enough; how many were told."""
    async with database.read() as uow:
        helpers = await uow.walk_ins.helpers_with_news(now - GATHERED_FOR)
    told = 0
    for helper_id in helpers:
        async with database.write() as uow:
            told += await _tell(uow, helper_id, settings, now)
    return told


async def _tell(uow: UnitOfWork, helper_id: int, settings: TurnSettings, now: datetime) -> bool:
    news = await uow.walk_ins.news(helper_id)
    if not news:
        return False
    last = max(n.id for n in news)
    person = await uow.people.by_id(helper_id)
    with t.speaking(t.spoken(person.language, settings.tone)):
        button = Button(label=t.BUTTON_PRINT_HELPED, data="helped:print")
        reply = Reply(text=await news_text(uow, helper_id, news), buttons=(button,))
    await notify(uow, helper_id, set(), reply, f"helper:{helper_id}:{last}", now, rank=Rank.OUTCOME)
    await uow.walk_ins.set_told(helper_id, last, now)
    return True
