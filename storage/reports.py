"""Reports with the events they came from and the media sent with them."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Row, Select, or_, select, true, update

from planning.reports import Channel, Kind, Report, ReportState
from storage.base import Repository, batches, missing, position, within
from storage.tables_groups import walk_ins
from storage.tables_matters import attachments, report_events, reports
from storage.tables_messages import inbox
from storage.values import Attachment


def report_of(row: Row[Any]) -> Report:
    """The report of a row of `reports`."""
    return Report(
        id=row.id,
        tracking_code=row.tracking_code,
        person_id=row.person_id,
        channel=Channel(row.channel),
        village_code=row.village_code,
        state=ReportState(row.state),
        first_told_at=row.first_told_at,
        last_told_at=row.last_told_at,
        text=row.text,
        masked_text=row.masked_text,
        category=row.category,
        category_score=row.category_score,
        category_by_person=row.category_by_person,
        kind=Kind(row.kind),
        confidential=row.confidential,
        emergency=row.emergency,
        place=row.place,
        position=position(row),
        position_by_photo=row.position_by_photo,
        photos=row.photos,
        issue_id=row.issue_id,
        place_by_person=row.place_by_person,
        households=row.households,
        since=row.since,
        vulnerable=row.vulnerable,
    )


def report_columns(report: Report) -> dict[str, Any]:
    """The row of a report, without its number and its link."""
    columns = asdict(replace(report, position=None))
    for name in ("id", "position", "issue_id"):
        del columns[name]
    place = report.position
    return columns | {"lat": place and place.lat, "lon": place and place.lon}


class Reports(Repository):
    """Queries on reports. Their link to an issue is written by `Issues.record` alone."""

    async def add(self, report: Report) -> Report:
        """Keep a new report (id 0, not linked yet); `Conflict` when its tracking code is taken."""
        if report.issue_id is not None:
            raise ValueError("a report is linked by a link event, not when it is added")
        return replace(report, id=await self._add(reports, report_columns(report)))

    async def update(self, report: Report) -> None:
        """Keep what is newly known of a report; its `issue_id` is left as the link log has it.

        Told words stay: `ValueError` unless `text` is the kept text or begins with it.
        """
        same = reports.c.id == report.id
        row = await self._row(select(reports.c.text).where(same).with_for_update())
        if not row:
            raise missing()
        if not report.text.startswith(row.text):
            raise ValueError("a report's words are never altered, only added to")
        await self._run(update(reports).where(same).values(**report_columns(report)))

    async def by_id(self, report_id: int) -> Report:
        """The report of a number; `NotFound` when there is none."""
        row = await self._row(select(reports).where(reports.c.id == report_id))
        if not row:
            raise missing()
        return report_of(row)

    async def by_code(self, code: str) -> Report | None:
        """The report of a tracking code as it is stored (see `planning.codes.tidy_code`)."""
        row = await self._row(select(reports).where(reports.c.tracking_code == code))
        return report_of(row) if row else None

    async def of_person(self, person_id: int, limit: int = 20) -> tuple[Report, ...]:
        """A person's reports, the newest told first."""
        return await self._select(_of_person(person_id).limit(limit))

    async def of_issue(self, issue_id: int) -> tuple[Report, ...]:
        """Reports linked to an issue now, first told first, withdrawn ones among them."""
        return await self._select(_by_time(select(reports).where(reports.c.issue_id == issue_id)))

    async def in_area(self, area: str = "", with_confidential: bool = False) -> tuple[Report, ...]:
        """Reports of an area, first told first; "" gives all, those without a village as well."""
        open_ones = true() if with_confidential else ~reports.c.confidential
        return await self._select(
            _by_time(select(reports).where(within(reports.c.village_code, area), open_ones))
        )

    async def awaiting_village(self, person_id: int) -> tuple[Report, ...]:
        """A person's reports that wait to know their village, first told first.

        And those they wrote down for others once their village was said, to be settled there.
        """
        r, w = reports.c, walk_ins.c
        helped = r.person_id.in_(select(w.person_id).where(w.helper_id == person_id))
        whose = or_(r.person_id == person_id, helped & r.village_code.is_not(None))
        waits = r.state == ReportState.AWAITING_VILLAGE
        return await self._select(_by_time(select(reports).where(whose, waits)))

    async def latest_of_person(self, person_id: int, channel: Channel) -> Report | None:
        """What a person told last by a channel, whatever became of it."""
        query = _of_person(person_id).where(reports.c.channel == channel).limit(1)
        return next(iter(await self._select(query)), None)

    async def _select(self, query: Select[Any]) -> tuple[Report, ...]:
        return tuple(map(report_of, await self._rows(query)))

    async def add_events(self, report_id: int, inbox_ids: Collection[int]) -> None:
        """Note which events a report was told by; noting one twice is noting it once."""
        rows = [{"report_id": report_id, "inbox_id": i} for i in sorted(set(inbox_ids))]
        if rows:
            statement = self._insert(report_events).on_conflict_do_nothing()
            await self._connection.execute(statement, rows)

    async def events(
        self, report_ids: Collection[int]
    ) -> dict[int, tuple[tuple[Channel, str], ...]]:
        """Channel and platform's id of the events of each report, in the order they were sent."""
        found: dict[int, list[tuple[Channel, str]]] = {i: [] for i in report_ids}
        joined = report_events.join(inbox, inbox.c.id == report_events.c.inbox_id)
        columns = select(report_events.c.report_id, inbox.c.channel, inbox.c.event_id)
        for some in batches(sorted(found)):
            query = columns.select_from(joined).where(report_events.c.report_id.in_(some))
            for row in await self._rows(query.order_by(inbox.c.sent_at, inbox.c.id)):
                found[row.report_id].append((Channel(row.channel), row.event_id))
        return {report_id: tuple(events) for report_id, events in found.items()}

    async def add_attachment(self, attachment: Attachment) -> Attachment:
        """Note media sent with a report (id 0). The platform's media id lies sealed."""
        return replace(attachment, id=await self._add(attachments, self._media(attachment)))

    async def attachments(self, report_id: int) -> tuple[Attachment, ...]:
        """Media of a report, in the order they were noted."""
        mine = select(attachments).where(attachments.c.report_id == report_id)
        return self._attachments(await self._rows(mine.order_by(attachments.c.id)))

    async def attachments_to_fetch(self, limit: int) -> tuple[Attachment, ...]:
        """Media still waiting to be fetched, those with the fewest attempts first."""
        a = attachments.c
        waiting = select(attachments).where(a.state == "waiting")
        return self._attachments(await self._rows(waiting.order_by(a.attempts, a.id).limit(limit)))

    async def update_attachment(self, attachment: Attachment) -> None:
        """Keep what became of media."""
        same = attachments.c.id == attachment.id
        await self._run(update(attachments).where(same).values(**self._media(attachment)))

    def _media(self, attachment: Attachment) -> dict[str, Any]:
        columns = asdict(attachment)
        del columns["id"]
        return columns | {"media_sealed": self._keys.seal(columns.pop("media_id"))}

    def _attachments(self, rows: Iterable[Row[Any]]) -> tuple[Attachment, ...]:
        return tuple(
            Attachment(
                id=row.id,
                report_id=row.report_id,
                channel=Channel(row.channel),
                kind=row.kind,
                media_id=self._keys.open(row.media_sealed),
                file_id=row.file_id,
                state=row.state,
                attempts=row.attempts,
                message_key=row.message_key,
                preview_id=row.preview_id,
                photo_hash=row.photo_hash,
            )
            for row in rows
        )


def _of_person(person_id: int) -> Select[Any]:
    query = select(reports).where(reports.c.person_id == person_id)
    return query.order_by(reports.c.last_told_at.desc(), reports.c.id.desc())


def _by_time(query: Select[Any]) -> Select[Any]:
    return query.order_by(reports.c.first_told_at, reports.c.id)
