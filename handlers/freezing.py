"""Freezing an agenda: its issues are before the forum, and those behind them hear so."""

from datetime import datetime
from functools import partial

from handlers.agendas import Draft, freeze, newly_before, put_off
from handlers.dialogue import texts as t
from handlers.messages import Reply
from handlers.news import Contribution, Teller, Voice, tell_contributors
from handlers.notices import tell_forums
from handlers.outcomes import become
from handlers.places import AreaBook
from handlers.settings import TurnSettings
from planning.convening import when_key
from planning.forums import AgendaContent, AgendaVersion
from planning.issues import Issue, IssueState
from planning.notices import Notice, NoticeKind
from planning.pushes import Rank
from planning.thai import chat_date
from storage.database import Database

_AT_ONCE = 40
"""Issues whose people are told within one transaction; of more the rest are told by and by."""


async def freeze_and_tell(teller: Teller, draft: Draft, title: str) -> AgendaVersion:
    """Freeze an agenda; those behind what comes newly before the forum hear it. `title`: the village's.

    Of what was taken out of an earlier version they hear that, with the reason.
    """
    noted = () if draft.stored else await newly_before(teller.uow, draft)
    left = await put_off(teller.uow, draft)
    version = await freeze(teller.uow, draft)
    await teller.uow.preparing.bring_before([issue.id for issue in noted], teller.now)
    for issue in noted[:_AT_ONCE]:
        await _tell(teller, version, issue, title)
    later = [issue.code for issue in noted[_AT_ONCE:]]
    await teller.uow.preparing.owe_news(version.code, later)
    await _note_told(teller, version, noted)
    for issue, reason in left:
        key = f"agenda-out:{version.code}:{issue.code}"
        await become(teller, issue, IssueState.NOTED, key, words=reason)
    return version


async def _tell(teller: Teller, version: AgendaVersion, issue: Issue, title: str) -> None:
    news, key = partial(_news, version.content, title), f"agenda:{version.code}:{issue.code}"
    await tell_contributors(teller, issue, key, news, rank=Rank.FORUM)


def _news(content: AgendaContent, title: str, one: Contribution) -> Reply:
    day = chat_date(content.held_on) if content.held_on else ""
    when = t.NEWS_WHEN.format(date=day, time=content.held_at, place=content.place) if day else ""
    phrase = t.NEWS_FORUM if one.code else t.NEWS_FORUM_SUPPORTED
    return Reply(
        text=phrase.format(code=one.code, line=one.line, village=title, when=when.rstrip())
    )


async def _note_told(teller: Teller, version: AgendaVersion, noted: tuple[Issue, ...]) -> None:
    """Whoever heard when the forum is hears of it when that changes."""
    if version.content.held_on is None or not noted:
        return
    forum = await teller.uow.forums.by_id(version.forum_id)
    notice = Notice(
        id=0,
        forum_id=forum.id,
        key=version.code,
        kind=NoticeKind.AGENDA,
        held_on=forum.held_on,
        when_key=when_key(forum),
        to_people=True,
        people=0,
        groups=0,
        at=teller.now,
    )
    behind = await teller.uow.preparing.behind([issue.id for issue in noted])
    await teller.uow.preparing.add_notice(notice, behind)


async def tell_owed(
    database: Database, areas: AreaBook, settings: TurnSettings, now: datetime
) -> int:
    """Tell what is owed of agendas with many items, some issues a transaction; how many issues."""
    told = 0
    while True:
        async with database.read() as uow:
            owed = await uow.preparing.owed_news(_AT_ONCE)
        if not owed:
            return told
        async with database.write() as uow:
            voice = Voice(uow=uow, now=now, settings=settings)
            for agenda_code, issue_code in owed:
                told += await _tell_one(voice, areas, agenda_code, issue_code)


async def _tell_one(voice: Voice, areas: AreaBook, agenda_code: str, issue_code: str) -> bool:
    if not await voice.uow.preparing.news_told(agenda_code, issue_code):
        return False
    version = await voice.uow.forums.version_by_code(agenda_code)
    issue = await voice.uow.issues.by_code(issue_code)
    if version is None or issue is None or issue.state is not IssueState.BEFORE_FORUM:
        return False
    village = areas.get(issue.village_code)
    await _tell(voice, version, issue, village.title if village else version.content.village_name)
    return True


async def tell_due(
    database: Database, areas: AreaBook, settings: TurnSettings, now: datetime
) -> int:
    """All that is due of forums and their agendas, whatever of it; how many notices and issues."""
    told = await tell_forums(database, areas, settings, now)
    return told + await tell_owed(database, areas, settings, now)
