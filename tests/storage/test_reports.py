"""Reports: told words stay, links follow the log, media and events are found again."""

from dataclasses import replace

import pytest

from planning.errors import Conflict, NotFound
from planning.reports import Channel, Position, ReportState
from storage.database import Database
from storage.values import Attachment
from tests.storage.samples import (
    NOW,
    OTHER,
    VILLAGE,
    after,
    event,
    issue,
    link,
    report,
    with_person,
)


async def test_a_report_comes_back_equal(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        new = report(person_id, position=Position(lat=12.9, lon=100.1), photos=2, emergency=True)
        kept = await unit.reports.add(new)
        assert kept == replace(new, id=kept.id)
    async with database.read() as unit:
        assert await unit.reports.by_id(kept.id) == kept
        assert await unit.reports.by_code(kept.tracking_code) == kept
        assert await unit.reports.by_code("AAAAAA") is None
        with pytest.raises(NotFound):
            await unit.reports.by_id(12345)


async def test_a_taken_tracking_code_is_refused_and_the_unit_goes_on(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        kept = await unit.reports.add(report(person_id))
        with pytest.raises(Conflict):
            await unit.reports.add(report(person_id, tracking_code=kept.tracking_code))
        second = await unit.reports.add(report(person_id))
    async with database.read() as unit:
        assert await unit.reports.in_area() == (kept, second)


async def test_words_are_only_added_to(database: Database) -> None:
    async with database.write() as unit:
        kept = await unit.reports.add(report(await with_person(unit)))
        longer = replace(
            kept,
            text=kept.text + "\nรถล้มเมื่อวาน",
            last_told_at=after(5),
            photos=1,
            category="safety",
        )
        await unit.reports.update(longer)
        assert await unit.reports.by_id(kept.id) == longer
        for altered in (kept.text, "", "x" + longer.text, longer.text.replace("หลุม", "บ่อ")):
            with pytest.raises(ValueError, match="never altered"):
                await unit.reports.update(replace(longer, text=altered))
        assert await unit.reports.by_id(kept.id) == longer
        with pytest.raises(NotFound):
            await unit.reports.update(replace(longer, id=12345))


async def test_the_link_is_the_logs_alone(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        matter = await unit.issues.add(issue())
        with pytest.raises(ValueError, match="link event"):
            await unit.reports.add(report(person_id, issue_id=matter.id))
        kept = await unit.reports.add(report(person_id))
        await unit.issues.record(link(kept.id, matter.id))
        await unit.reports.update(kept)
        assert (await unit.reports.by_id(kept.id)).issue_id == matter.id
        assert await unit.reports.of_issue(matter.id) == (replace(kept, issue_id=matter.id),)


async def test_lists_are_in_order_and_within_their_bounds(database: Database) -> None:
    async with database.write() as unit:
        me, other = await with_person(unit), await with_person(unit, "U2")
        a = await unit.reports.add(report(me, first_told_at=after(3), last_told_at=after(3)))
        b = await unit.reports.add(report(me, confidential=True, last_told_at=after(1)))
        c = await unit.reports.add(
            report(other, village_code=OTHER, first_told_at=after(1), channel=Channel.TELEGRAM)
        )
        lost = await unit.reports.add(
            report(me, village_code=None, state=ReportState.AWAITING_VILLAGE)
        )
    async with database.read() as unit:
        reports = unit.reports
        assert await reports.of_person(me) == (a, b, lost)
        assert await reports.of_person(me, limit=1) == (a,)
        assert await reports.awaiting_village(me) == (lost,)
        assert await reports.awaiting_village(other) == ()
        assert await reports.latest_of_person(me, Channel.LINE) == a
        assert await reports.latest_of_person(me, Channel.TELEGRAM) is None
        assert await reports.in_area() == (lost, c, a)
        assert await reports.in_area("2004", with_confidential=True) == (b, c, a)
        assert await reports.in_area("2004") == (c, a)
        assert await reports.in_area(VILLAGE, with_confidential=True) == (b, a)
        assert await reports.in_area("2005") == ()


async def test_events_are_found_by_report(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        await unit.inbox.add([event("later", at=2), event("sooner", at=1), event("x", at=3)])
        ids = {row.event_id: row.id for row in await unit.inbox.outcomes()}
        a = await unit.reports.add(report(person_id))
        b = await unit.reports.add(report(person_id))
        await unit.reports.add_events(a.id, [ids["later"], ids["sooner"]])
        await unit.reports.add_events(a.id, [ids["later"], ids["x"]])
        await unit.reports.add_events(b.id, [])
    async with database.read() as unit:
        assert await unit.reports.events([a.id, b.id]) == {
            a.id: ((Channel.LINE, "sooner"), (Channel.LINE, "later"), (Channel.LINE, "x")),
            b.id: (),
        }
        assert await unit.reports.events([]) == {}


async def test_media_wait_until_they_are_kept_or_gone(database: Database) -> None:
    async with database.write() as unit:
        kept = await unit.reports.add(report(await with_person(unit)))
        new = Attachment(
            id=0, report_id=kept.id, channel=Channel.LINE, kind="photo", media_id="M-123"
        )
        one = await unit.reports.add_attachment(new)
        two = await unit.reports.add_attachment(new)
        three = await unit.reports.add_attachment(new)
        assert one == replace(new, id=one.id)
        tried = replace(one, attempts=1)
        stored = replace(two, state="kept", file_id="a" * 64)
        await unit.reports.update_attachment(tried)
        await unit.reports.update_attachment(stored)
    async with database.read() as unit:
        assert await unit.reports.attachments(kept.id) == (tried, stored, three)
        assert await unit.reports.attachments_to_fetch(10) == (three, tried)
        assert await unit.reports.attachments_to_fetch(1) == (three,)
    assert "M-123" not in repr(one)


async def test_a_time_without_its_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="without its zone"):
        async with database.write() as unit:
            await unit.people.new_walk_in(None, NOW.replace(tzinfo=None))
    async with database.read() as unit:
        with pytest.raises(NotFound):
            await unit.people.by_id(1)
