"""People without a phone, who wrote them down, and what those helpers are to be told."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, func, insert, select, update

from planning.issues import IssueState
from planning.reports import Report, ReportState
from storage.base import Repository, batches
from storage.group_values import HelperNews, WalkIn
from storage.reports import report_of
from storage.tables_groups import helper_files, helper_news, walk_ins
from storage.tables_matters import issues, reports
from storage.tables_people import people

_NEWEST, _TELLING = 50, 3


class WalkIns(Repository):
    """Queries on walk-ins. Names, contacts and house numbers lie sealed, apart from the reports."""

    async def add(self, walk_in: WalkIn, village_code: str | None, now: datetime) -> int:
        """Keep a new walk-in (id 0) as a person of their own; the person's id."""
        return await self._new(walk_in, village_code, None, now)

    async def of_household(self, walk_in: WalkIn, village_code: str, now: datetime) -> int:
        """The person of that village, house and name, new when unknown; the person's id.

        So a household that tells twice, or in two surveys, counts once.
        """
        told = json.dumps([village_code, walk_in.house, walk_in.name], ensure_ascii=False)
        key = self._keys.hash(f"household:{told}")
        row = await self._row(select(walk_ins.c.person_id).where(walk_ins.c.household_key == key))
        if row:
            return int(row.person_id)
        return await self._new(walk_in, village_code, key, now)

    async def _new(
        self, walk_in: WalkIn, village_code: str | None, key: str | None, now: datetime
    ) -> int:
        new = insert(people).values(village_code=village_code, joined_at=now)
        person_id = int(await self._connection.scalar(new.returning(people.c.id)) or 0)
        detail = json.dumps([walk_in.name, walk_in.contact, walk_in.house], ensure_ascii=False)
        row = {
            "person_id": person_id,
            "helper_id": walk_in.helper_id,
            "household_key": key,
            "detail_sealed": self._keys.seal(detail),
            "written_at": now,
        }
        await self._run(insert(walk_ins).values(**row))
        return person_id

    async def helper_of(self, person_id: int) -> int | None:
        """Who wrote a person down; None when nobody did."""
        return (await self.helpers_of([person_id])).get(person_id)

    async def helpers_of(self, person_ids: Collection[int]) -> dict[int, int]:
        """Who wrote which of these people down."""
        w = walk_ins.c
        found: dict[int, int] = {}
        for some in batches(sorted(person_ids)):
            query = select(w.person_id, w.helper_id).where(w.person_id.in_(some))
            rows = await self._rows(query.where(w.helper_id.is_not(None)))
            found |= {row.person_id: row.helper_id for row in rows}
        return found

    async def of_helper(self, helper_id: int, limit: int) -> tuple[tuple[WalkIn, Report], ...]:
        """What a helper wrote down, with whom it is for, the last told last."""
        joined = reports.join(walk_ins, walk_ins.c.person_id == reports.c.person_id)
        query = select(reports, walk_ins.c.helper_id, walk_ins.c.detail_sealed).select_from(joined)
        mine = query.where(
            walk_ins.c.helper_id == helper_id, reports.c.state != ReportState.WITHDRAWN
        )
        rows = await self._rows(mine.order_by(reports.c.id.desc()).limit(limit))
        return tuple((self._walk_in(row), report_of(row)) for row in reversed(rows))

    def _walk_in(self, row: Row[Any]) -> WalkIn:
        # emptied when the person is erased
        told = self._keys.open(row.detail_sealed) or '["", "", ""]'
        name, contact, house = json.loads(told)
        return WalkIn(
            person_id=row.person_id,
            helper_id=row.helper_id,
            name=name,
            contact=contact,
            house=house,
        )

    async def forget(self, person_id: int) -> None:
        """Remove the name, contact and house of a walk-in; that somebody told stays."""
        blank = {"detail_sealed": self._keys.seal('["", "", ""]'), "household_key": None}
        same = walk_ins.c.person_id == person_id
        await self._run(update(walk_ins).where(same).values(**blank))

    async def forget_said(self, helper_id: int, text: str) -> None:
        """Remove the names and contacts of the newest walk-ins that a helper's message `text` told."""
        w = walk_ins.c
        query = select(walk_ins).where(w.helper_id == helper_id).order_by(w.written_at.desc())
        for row in await self._rows(query.limit(_NEWEST)):
            known = self._walk_in(row)
            said = (known.name, known.contact)
            if any(len(part) >= _TELLING and part in text for part in said):
                await self.forget(known.person_id)

    async def forget_helper(self, helper_id: int) -> tuple[str, ...]:
        """Forget who wrote people down and what was to be told; ids of the lists made for them."""
        mine = update(walk_ins).where(walk_ins.c.helper_id == helper_id)
        await self._run(mine.values(helper_id=None))
        await self._run(delete(helper_news).where(helper_news.c.helper_id == helper_id))
        made = delete(helper_files).where(helper_files.c.helper_id == helper_id)
        gone = await self._connection.execute(made.returning(helper_files.c.file_id))
        return await self._unused(row.file_id for row in gone)

    # what helpers are told

    async def add_news(
        self, helper_id: int, issue_id: int, state: IssueState, dedupe_key: str, now: datetime
    ) -> bool:
        """Note that a matter moved; False when that was noted before."""
        row = {"helper_id": helper_id, "issue_id": issue_id, "state": state, "at": now}
        return await self._add_new(helper_news, row | {"dedupe_key": dedupe_key})

    async def helpers_with_news(self, since_before: datetime) -> tuple[int, ...]:
        """Helpers whose oldest untold news is at least that old."""
        n = helper_news.c
        query = select(n.helper_id).where(n.told_at.is_(None)).group_by(n.helper_id)
        rows = await self._rows(query.having(func.min(n.at) <= since_before))
        return tuple(row.helper_id for row in rows)

    async def news(self, helper_id: int) -> tuple[HelperNews, ...]:
        """What a helper has not been told, oldest first; the last of several states of a matter."""
        n = helper_news.c
        query = select(helper_news).where(n.helper_id == helper_id, n.told_at.is_(None))
        rows = await self._rows(query.order_by(n.id))
        latest = {row.issue_id: row for row in rows}
        return tuple(
            HelperNews(
                id=row.id,
                helper_id=row.helper_id,
                issue_id=row.issue_id,
                state=IssueState(row.state),
                at=row.at,
            )
            for row in latest.values()
        )

    async def set_told(self, helper_id: int, up_to: int, now: datetime) -> None:
        """News up to that id were told."""
        n = helper_news.c
        mine = update(helper_news).where(n.helper_id == helper_id, n.told_at.is_(None))
        await self._run(mine.where(n.id <= up_to).values(told_at=now))

    async def behind(self, issue_ids: Collection[int], helper_id: int) -> dict[int, int]:
        """How many people a helper wrote down stand behind each of these matters."""
        joined = reports.join(walk_ins, walk_ins.c.person_id == reports.c.person_id)
        count = func.count(reports.c.person_id.distinct()).label("people")
        query = select(reports.c.issue_id, count).select_from(joined).group_by(reports.c.issue_id)
        query = query.where(walk_ins.c.helper_id == helper_id, reports.c.issue_id.in_(issue_ids))
        return {row.issue_id: row.people for row in await self._rows(query)}

    async def issue_lines(self, issue_ids: Collection[int]) -> dict[int, tuple[str, IssueState]]:
        """Formal line and present state of matters by id."""
        found: dict[int, tuple[str, IssueState]] = {}
        for some in batches(sorted(issue_ids)):
            query: Select[Any] = select(issues.c.id, issues.c.neutral_line, issues.c.state)
            for row in await self._rows(query.where(issues.c.id.in_(some))):
                found[row.id] = (row.neutral_line, IssueState(row.state))
        return found

    # lists made for helpers

    async def note_files(self, helper_id: int, file_ids: Iterable[str], now: datetime) -> None:
        """Note files that hold names, so that they can be removed in time."""
        for file_id in file_ids:
            row = {"file_id": file_id, "helper_id": helper_id, "made_at": now}
            await self._add_new(helper_files, row)

    async def drop_files(self, made_before: datetime) -> tuple[str, ...]:
        """Forget lists that are too old; ids of those that nobody else was given."""
        old = delete(helper_files).where(helper_files.c.made_at < made_before)
        gone = await self._connection.execute(old.returning(helper_files.c.file_id))
        return await self._unused(row.file_id for row in gone)

    async def _unused(self, file_ids: Iterable[str]) -> tuple[str, ...]:
        gone = sorted(set(file_ids))
        kept: set[str] = set()
        for some in batches(gone):
            query = select(helper_files.c.file_id).where(helper_files.c.file_id.in_(some))
            kept |= {row.file_id for row in await self._rows(query)}
        return tuple(f for f in gone if f not in kept)
