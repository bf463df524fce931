"""The log of the issue desk, and links and support kept in step with it."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, func, or_, select, update

from planning.desk import MOVING, Backing, DeskAction, DeskEvent, Places, places
from planning.issues import LinkAction, LinkedBy, LinkEvent
from storage.base import Repository, batches
from storage.issues import Issues, link_event_of
from storage.tables_desk import desk_events
from storage.tables_matters import issues, link_events, reports, supporters


def _event(row: Row[Any]) -> DeskEvent:
    return DeskEvent(
        id=row.id,
        issue_id=row.issue_id,
        action=DeskAction(row.action),
        at=row.at,
        actor_id=row.actor_id,
        other_id=row.other_id,
        undoes=row.undoes_id,
        after_link=row.after_link,
        content=json.loads(row.content),
    )


class _Bound(NamedTuple):
    issues: set[int]
    events: list[DeskEvent]
    log: dict[int, LinkEvent]


class Desk(Repository):
    """Queries on what was done at the issue desk."""

    async def lock(self, issue_ids: Collection[int]) -> None:
        """Let nobody else change these matters until the transaction ends."""
        mine = select(issues.c.id).where(issues.c.id.in_(issue_ids)).order_by(issues.c.id)
        await self._rows(mine.with_for_update())

    async def add(self, event: DeskEvent) -> DeskEvent:
        """Append an event (id 0) behind what the link log says now."""
        last = int(await self._connection.scalar(select(func.max(link_events.c.id))) or 0)
        row = {
            "issue_id": event.issue_id,
            "other_id": event.other_id,
            "action": event.action,
            "undoes_id": event.undoes,
            "after_link": last,
            "at": event.at,
            "actor_id": event.actor_id,
            "content": json.dumps(dict(event.content), ensure_ascii=False),
        }
        return replace(event, id=await self._add(desk_events, row), after_link=last)

    async def rewrite(self, event_id: int, content: Mapping[str, Any]) -> None:
        """Put other values into an event: only where words that were taken back would stand."""
        kept = json.dumps(dict(content), ensure_ascii=False)
        same = desk_events.c.id == event_id
        await self._run(update(desk_events).where(same).values(content=kept))

    async def by_id(self, event_id: int) -> DeskEvent | None:
        """The event of a number."""
        row = await self._row(select(desk_events).where(desk_events.c.id == event_id))
        return _event(row) if row else None

    async def of_issue(self, issue_id: int) -> tuple[DeskEvent, ...]:
        """All that was done on a matter, or touched it, in order; with what undid it."""
        d = desk_events.c
        touching = select(d.id).where(or_(d.issue_id == issue_id, d.other_id == issue_id))
        return await self._events(or_(d.id.in_(touching), d.undoes_id.in_(touching)))

    async def _events(self, wanted: Any) -> tuple[DeskEvent, ...]:
        rows = await self._rows(select(desk_events).where(wanted).order_by(desk_events.c.id))
        return tuple(map(_event, rows))

    async def _bound(self, issue_id: int) -> _Bound:
        """All that is bound up with a matter: by merging, splitting, or a telling that stood behind both."""
        known = fresh = {issue_id}
        events: dict[int, DeskEvent] = {}
        log: dict[int, LinkEvent] = {}
        d = desk_events.c
        while fresh:
            new: list[DeskEvent] = []
            for some in batches(sorted(fresh)):
                touching = select(d.id).where(or_(d.issue_id.in_(some), d.other_id.in_(some)))
                new += await self._events(or_(d.id.in_(touching), d.undoes_id.in_(touching)))
            events |= {e.id: e for e in new}
            moved = [(e.issue_id, e.other_id) for e in new if e.action in MOVING]
            told = await self._link_log({i for pair in moved for i in pair if i is not None})
            log |= told
            named = {i for pair in moved for i in pair if i is not None}
            fresh = (named | {e.issue_id for e in told.values()}) - known
            known = known | fresh
        return _Bound(known, [events[n] for n in sorted(events)], log)

    async def _link_log(self, issue_ids: Collection[int]) -> dict[int, LinkEvent]:
        """The link log, by number, of every telling that ever stood behind one of these matters."""
        e = link_events.c
        found: dict[int, LinkEvent] = {}
        for some in batches(sorted(issue_ids)):
            touched = select(e.report_id).where(e.issue_id.in_(some))
            rows = await self._rows(select(link_events).where(e.report_id.in_(touched)))
            found |= {row.id: link_event_of(row) for row in rows}
        return found

    async def should_stand(self, issue_id: int) -> tuple[frozenset[int], Places]:
        """The matters bound up with one, and where all behind them should stand by the log."""
        bound = await self._bound(issue_id)
        backed: list[Backing] = []
        s = supporters.c
        for some in batches(sorted(bound.issues)):
            rows = await self._rows(select(supporters).where(s.said_of_id.in_(some)))
            backed += [
                Backing(said_of=r.said_of_id, person_id=r.person_id, since=r.since) for r in rows
            ]
        return frozenset(bound.issues), places(bound.log.items(), backed, bound.events)

    async def play(self, act: DeskEvent, by: LinkedBy) -> frozenset[int]:
        """Bring links and support in step with the log after `act`; the matters bound up with it.

        What moves is written into the link log as following from `act`.
        """
        bound, wanted = await self.should_stand(act.issue_id)
        present = await self._present(wanted)
        for report_id, there in sorted(present.items()):
            to = wanted.reports.get(report_id)
            if there == to:
                continue
            if there is not None:
                await self._link(act, by, report_id, there, LinkAction.UNLINK)
            if to is not None:
                await self._link(act, by, report_id, to, LinkAction.LINK)
        for (said_of, person_id), to in sorted(wanted.backings.items()):
            await self._put_backing(said_of, person_id, to)
        return bound

    async def _present(self, wanted: Places) -> dict[int, int | None]:
        r = reports.c
        present: dict[int, int | None] = {}
        for some in batches(sorted(wanted.reports)):
            rows = await self._rows(select(r.id, r.issue_id).where(r.id.in_(some)))
            present |= {row.id: row.issue_id for row in rows}
        return present

    async def _link(
        self, act: DeskEvent, by: LinkedBy, report_id: int, issue_id: int, action: LinkAction
    ) -> None:
        event = LinkEvent(
            report_id=report_id,
            issue_id=issue_id,
            action=action,
            by=by,
            at=act.at,
            actor_id=act.actor_id,
            desk_id=act.id,
        )
        await Issues(self._connection, self._keys).record(event)

    async def _put_backing(self, said_of: int, person_id: int, issue_id: int) -> None:
        s = supporters.c
        mine = (s.said_of_id == said_of) & (s.person_id == person_id) & (s.issue_id != issue_id)
        await self._run(update(supporters).where(mine).values(issue_id=issue_id))

    async def taken_along(self, act: DeskEvent, person_id: int) -> tuple[int, ...]:
        """Numbers of a person's tellings that `act` moved away from its matter."""
        e = link_events.c
        joined = link_events.join(reports, reports.c.id == e.report_id)
        mine = (e.desk_id == act.id) & (reports.c.person_id == person_id)
        left = mine & (e.action == LinkAction.UNLINK) & (e.issue_id == act.issue_id)
        query = select(e.report_id).select_from(joined).where(left).distinct()
        return tuple(row.report_id for row in await self._rows(query.order_by(e.report_id)))

    async def back_again(self, act: DeskEvent, person_id: int, now: datetime) -> bool:
        """A person's «me too» that `act` took along is of its first matter again; False without one."""
        s = supporters.c
        there = (s.issue_id == act.other_id) & (s.person_id == person_id)
        taken = delete(supporters).where(there, s.said_of_id != act.other_id)
        if (await self._run(taken)).rowcount == 0:
            return False
        row = {"said_of_id": act.issue_id, "person_id": person_id, "issue_id": act.issue_id}
        return await self._add_new(supporters, row | {"since": now})
