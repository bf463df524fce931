"""How a forum's agenda is arranged, the notices of it, and whom they reach."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, or_, select, update

from planning.arranging import Arranging, ArrangingLine
from planning.consents import ALLOWED_UNASKED, ConsentKind
from planning.forums import ForumState, Outcome
from planning.issues import IssueState, StatusUpdate
from planning.notices import Listener, Notice, NoticeKind, OldResolution
from planning.reports import Channel, ReportState
from storage.base import Repository, batches
from storage.tables_matters import issues, reports, status_updates, supporters
from storage.tables_own_data import consents
from storage.tables_people import identities, people
from storage.tables_plans import agenda_versions, forums, resolutions
from storage.tables_preparing import agenda_news, arranging_lines, forum_notices, notice_people


class Preparing(Repository):
    """Queries on preparing a forum. Lines and notices are added, never changed."""

    async def say(self, line: ArrangingLine) -> bool:
        """Add a line to a forum's log; False when its key was there."""
        row = {
            "forum_id": line.forum_id,
            "line_key": line.key,
            "act": line.act,
            "issue_code": line.issue_code,
            "other_code": line.other_code,
            "words": line.words,
            "actor_id": line.actor_id,
            "at": line.at,
        }
        return await self._add_new(arranging_lines, row)

    async def lines(self, forum_id: int) -> tuple[ArrangingLine, ...]:
        """A forum's log, oldest first."""
        query = select(arranging_lines).where(arranging_lines.c.forum_id == forum_id)
        return tuple(map(_line, await self._rows(query.order_by(arranging_lines.c.id))))

    async def add_notice(self, notice: Notice, person_ids: Collection[int]) -> int | None:
        """Keep a notice (id 0) with the people it goes to; its number, None when its key was there."""
        row = {
            "forum_id": notice.forum_id,
            "notice_key": notice.key,
            "kind": notice.kind,
            "held_on": notice.held_on,
            "when_key": notice.when_key,
            "to_people": notice.to_people,
            "people": len(person_ids),
            "groups": notice.groups,
            "actor_id": notice.actor_id,
            "at": notice.at,
        }
        statement = self._insert(forum_notices).values(**row).on_conflict_do_nothing()
        number = await self._connection.scalar(statement.returning(forum_notices.c.id))
        if number is None:
            return None
        rows = [{"notice_id": number, "person_id": person} for person in sorted(person_ids)]
        for batch in batches(rows):
            await self._connection.execute(insert(notice_people), list(batch))
        return int(number)

    async def notices(self, forum_id: int) -> tuple[Notice, ...]:
        """A forum's notices, oldest first."""
        query = select(forum_notices).where(forum_notices.c.forum_id == forum_id)
        return tuple(map(_notice, await self._rows(query.order_by(forum_notices.c.id))))

    async def told(
        self,
        forum_id: int,
        when_key: str | None = None,
        notice_ids: Collection[int] | None = None,
    ) -> frozenset[int]:
        """Ids of the people a forum's notices went to: those that said it is then, or of these numbers."""
        n = forum_notices.c
        query = select(notice_people.c.person_id).join(
            forum_notices, n.id == notice_people.c.notice_id
        )
        query = query.where(n.forum_id == forum_id)
        if when_key is not None:
            query = query.where(n.when_key == when_key)
        if notice_ids is not None:
            query = query.where(n.id.in_(notice_ids))
        return frozenset(row.person_id for row in await self._rows(query.distinct()))

    async def listeners(
        self, village_code: str = "", person_ids: Collection[int] = ()
    ) -> tuple[Listener, ...]:
        """People of a village (or of `person_ids`) who can be written to and do not refuse news.

        Those whose second village it is are among them.
        """
        p = people.c
        found: list[Row[Any]] = []
        home = or_(p.village_code == village_code, p.second_village_code == village_code)
        wanted = [home] if village_code else [p.id.in_(b) for b in batches(sorted(person_ids))]
        for whose in wanted:
            query = select(p.id, p.language, identities).join(
                identities, identities.c.person_id == p.id
            )
            query = query.where(whose, identities.c.reachable, p.id.not_in(_refusing()))
            found += await self._rows(query.order_by(p.id, identities.c.id))
        return tuple(map(self._listener, found))

    def _listener(self, row: Row[Any]) -> Listener:
        return Listener(
            person_id=row.person_id,
            language=row.language,
            channel=Channel(row.channel),
            user_id=self._keys.open(row.user_sealed),
            chat_id=self._keys.open(row.chat_sealed),
        )

    async def bring_before(self, issue_ids: Collection[int], now: datetime) -> None:
        """Issues are before the forum now: their state, and a note of the change for each."""
        for ids in batches(sorted(issue_ids)):
            here = update(issues).where(issues.c.id.in_(ids))
            await self._run(here.values(state=IssueState.BEFORE_FORUM))
            told = [
                asdict(StatusUpdate(issue_id=n, state=IssueState.BEFORE_FORUM, at=now)) for n in ids
            ]
            await self._connection.execute(insert(status_updates), told)

    async def behind(self, issue_ids: Collection[int]) -> frozenset[int]:
        """Ids of the people behind any of the issues: who told one (and did not withdraw) or supports it."""
        found: set[int] = set()
        for ids in batches(sorted(issue_ids)):
            tellers = select(reports.c.person_id).where(
                reports.c.issue_id.in_(ids), reports.c.state != ReportState.WITHDRAWN
            )
            backers = select(supporters.c.person_id).where(supporters.c.issue_id.in_(ids))
            found |= {row[0] for row in await self._rows(tellers.union(backers))}
        return frozenset(found)

    async def owe_news(self, agenda_code: str, issue_codes: Collection[str]) -> None:
        """Those behind these issues are to hear later that they are before the forum."""
        rows = [{"agenda_code": agenda_code, "issue_code": code} for code in issue_codes]
        for batch in batches(rows):
            await self._connection.execute(insert(agenda_news), list(batch))

    async def owed_news(self, limit: int) -> tuple[tuple[str, str], ...]:
        """(agenda, issue) of news that is owed, at most `limit`."""
        a = agenda_news.c
        query = select(a.agenda_code, a.issue_code).order_by(a.agenda_code, a.issue_code)
        rows = await self._rows(query.limit(limit))
        return tuple((row.agenda_code, row.issue_code) for row in rows)

    async def news_told(self, agenda_code: str, issue_code: str) -> bool:
        """The news is told now; False when somebody told it before."""
        a = agenda_news.c
        mine = (a.agenda_code == agenda_code) & (a.issue_code == issue_code)
        return (await self._run(delete(agenda_news).where(mine))).rowcount == 1

    async def meeting_on(self, day: date) -> tuple[int, ...]:
        """Ids of the forums still being prepared that meet on a day."""
        f = forums.c
        query = select(f.id).where(f.held_on == day, f.state == ForumState.PREPARING)
        return tuple(row.id for row in await self._rows(query.order_by(f.id)))

    async def moved(self, before: datetime) -> tuple[int, ...]:
        """Ids of the forums being prepared whose last notice says another when than was set by `before`."""
        a, n = arranging_lines.c, forum_notices.c
        set_last = select(func.max(a.id)).where(a.act == Arranging.WHEN).group_by(a.forum_id)
        said = select(func.max(n.id)).where(n.kind != NoticeKind.REMINDER).group_by(n.forum_id)
        query = select(a.forum_id).join(forum_notices, n.forum_id == a.forum_id)
        query = query.join(forums, forums.c.id == a.forum_id)
        query = query.where(a.id.in_(set_last), n.id.in_(said), a.at <= before)
        query = query.where(a.words != n.when_key, a.words != "")
        preparing = forums.c.state == ForumState.PREPARING
        return tuple(row.forum_id for row in await self._rows(query.where(preparing)))

    async def old_resolutions(
        self, village_code: str, besides_forum: int
    ) -> tuple[OldResolution, ...]:
        """The last resolution on each issue at the village's other forums, by forum and item.

        One query, however many there are.
        """
        r, f = resolutions.c, forums.c
        last = select(func.max(r.id)).join(forums, f.id == r.forum_id)
        last = last.where(f.village_code == village_code, f.id != besides_forum)
        query = select(
            issues.c.id, issues.c.code, issues.c.neutral_line, issues.c.state,
            f.number, f.year_be, f.id.label("forum_id"), r.decided_at, r.outcome, r.reason,
            _state_since().label("since"),
        )  # fmt: skip
        query = query.select_from(resolutions).join(issues, issues.c.id == r.issue_id)
        query = query.join(forums, f.id == r.forum_id)
        query = query.where(r.id.in_(last.group_by(r.issue_id)), ~issues.c.confidential)
        rows = await self._rows(query.order_by(f.year_be, f.number, r.item_number, r.id))
        return tuple(map(_old, rows))

    async def last_frozen(self, village_code: str, besides_forum: int) -> datetime | None:
        """When the agenda of another forum of the village was last frozen."""
        a, f = agenda_versions.c, forums.c
        query = select(a.frozen_at).join(forums, f.id == a.forum_id)
        query = query.where(f.village_code == village_code, f.id != besides_forum)
        row = await self._row(query.order_by(a.frozen_at.desc()).limit(1))
        return row.frozen_at if row else None


def _state_since() -> Any:
    """When an issue came into the state it is in, NULL where nobody noted it."""
    s = status_updates.c
    here = (s.issue_id == issues.c.id) & (s.state == issues.c.state)
    last = select(s.at).where(here).order_by(s.id.desc()).limit(1)
    return last.correlate(issues).scalar_subquery()


def _refusing() -> Select[tuple[int]]:
    """Ids of those whose last decision on news was no."""
    assert ALLOWED_UNASKED[ConsentKind.NEWS]
    c = consents.c
    last = select(func.max(c.id)).where(c.kind == ConsentKind.NEWS).group_by(c.person_id)
    return select(c.person_id).where(c.id.in_(last), c.allowed.is_(False))


def _line(row: Row[Any]) -> ArrangingLine:
    return ArrangingLine(
        id=row.id,
        forum_id=row.forum_id,
        key=row.line_key,
        act=Arranging(row.act),
        at=row.at,
        issue_code=row.issue_code,
        other_code=row.other_code,
        words=row.words,
        actor_id=row.actor_id,
    )


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        id=row.id,
        forum_id=row.forum_id,
        key=row.notice_key,
        kind=NoticeKind(row.kind),
        held_on=row.held_on,
        when_key=row.when_key,
        to_people=row.to_people,
        people=row.people,
        groups=row.groups,
        at=row.at,
        actor_id=row.actor_id,
    )


def _old(row: Row[Any]) -> OldResolution:
    return OldResolution(
        issue_id=row.id,
        issue_code=row.code,
        line=row.neutral_line,
        state=IssueState(row.state),
        forum_number=f"{row.number}/{row.year_be}",
        forum_id=row.forum_id,
        since=row.since or row.decided_at,
        outcome=Outcome(row.outcome),
        reason=row.reason,
    )
