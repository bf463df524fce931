"""A person's data shown, erased, aged; consents, mutes and joined accounts; on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from planning.consents import NOTICE_VERSION, ConsentKind
from planning.errors import Conflict
from planning.issues import IssueState, StatusUpdate
from planning.reports import Channel, Position, ReportState
from planning.retention import KINDS
from planning.roles import Role
from storage.database import Database
from storage.group_values import WalkIn
from storage.held import Whose
from storage.tables_media import unneeded_files
from storage.tables_messages import outbox
from storage.unit import UnitOfWork
from storage.values import Attachment
from tests.storage.samples import (
    NOW,
    VILLAGE,
    after,
    event,
    issue,
    link,
    message,
    report,
    village,
    with_person,
)

LATER = NOW + timedelta(days=400)


async def told(
    unit: UnitOfWork, person_id: int, channel: Channel = Channel.LINE, **changed: object
) -> tuple[int, int]:
    """A report of a person behind an issue of its own; their numbers."""
    matter = await unit.issues.add(issue())
    kept = await unit.reports.add(
        report(person_id, channel=channel, position=Position(lat=12.9, lon=100.9), **changed)
    )
    await unit.issues.record(link(kept.id, matter.id))
    return kept.id, matter.id


async def with_photo(unit: UnitOfWork, report_id: int, file_id: str) -> None:
    media = Attachment(
        id=0, report_id=report_id, channel=Channel.LINE, kind="photo", media_id="m",
        file_id=file_id, state="kept",
    )  # fmt: skip
    await unit.reports.add_attachment(media)


async def test_everything_is_shown_opened_and_without_hashes(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        report_id, _ = await told(unit, person_id)
        await unit.inbox.add([event("e1", "U1")])
        (row,) = await unit.inbox.outcomes()
        await unit.inbox.mark_handled([row.id], after(1), "report:X")
        await unit.reports.add_events(report_id, [row.id])
        await unit.outbox.add(message("turn:1", "chat-U1", person_id=person_id), NOW)
        await unit.outbox.mark_dead(1, "quota")
        await unit.conversations.save(Channel.LINE, "U1", '{"step": "idle"}', 0, NOW)
        await unit.consents.decide(person_id, ConsentKind.NEWS, False, NOW)
        await unit.audit.add(NOW, person_id, "status", "IS-1", "done")
        other = await unit.people.find_or_create(Channel.LINE, "U2", "C2", NOW)
        await told(unit, other.id, text="ของคนอื่น", masked_text="ของคนอื่น")
    async with database.read() as unit:
        found = await unit.own_data.show(await unit.own_data.whose(person_id))
    assert found["identities"][0]["user"] == "U1"
    assert found["inbox"][0]["payload"] == {"text": "ถนนพัง"}
    assert found["outbox"][0]["payload"] == [{"text": "ขอบคุณค่ะ"}]
    assert found["conversations"][0]["state"] == {"step": "idle"}
    assert [r["text"] for r in found["reports"]] == ["ถนนหน้าวัดเป็นหลุม โทร 0812345678"]
    assert found["consents"][0]["allowed"] is False and found["audit_log"]
    names = {name for rows in found.values() for row in rows for name in row}
    assert not [n for n in names if n.endswith(("_key", "_sealed"))]
    assert "ของคนอื่น" not in repr(found)


async def test_erasing_leaves_the_need_and_nobodys_words(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        report_id, issue_id = await told(unit, person_id, photos=1)
        await with_photo(unit, report_id, "a" * 64)
        question = await unit.reports.add(report(person_id, state=ReportState.QUESTION))
        await unit.people.grant(person_id, Role.HEAD, VILLAGE, NOW)
        await unit.issues.support(issue_id, person_id, NOW)
        await unit.outbox.add(message("news:1", "chat-U1", person_id=person_id), NOW)
    async with database.write() as unit:
        who = await unit.own_data.whose(person_id)
        done = await unit.own_data.erase(who)
        await unit.own_data.erase(who)
    assert {"identities", "reports", "roles", "attachments", "outbox"} <= set(done)
    async with database.read() as unit:
        left, asked = await unit.reports.by_id(report_id), await unit.reports.by_id(question.id)
        standing = await unit.issues.standing(issue_id)
        assert await unit.people.find(Channel.LINE, "U1") is None
        assert await unit.people.grants(person_id) == ()
        assert await unit.album.any_unneeded()
        assert (await unit.outbox.counts()).waiting == 0
    assert (left.text, left.masked_text) == ("ซ่อมแซมถนนหน้าวัด", "ซ่อมแซมถนนหน้าวัด")
    assert (left.state, left.position, left.village_code) == (ReportState.LINKED, None, VILLAGE)
    assert (asked.text, asked.state) == ("", ReportState.WITHDRAWN)
    assert (standing.people, standing.reports, standing.photos) == (1, 1, 0)


async def test_events_that_wait_belong_to_a_new_acquaintance(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        await unit.inbox.add([event("e1", "U1"), event("e2", "U1", at=5)])
        first, second = await unit.inbox.outcomes()
        who = await unit.own_data.whose(person_id)
        await unit.own_data.erase(who, [first.id])
        await unit.inbox.mark_handled([first.id], after(9), "erased")
        await unit.own_data.erase(Whose(people=(person_id,)))
    async with database.read() as unit:
        emptied = await unit.inbox.by_event(Channel.LINE, "e1")
        waiting = await unit.inbox.by_event(Channel.LINE, "e2")
        assert emptied and (emptied.payload, emptied.sender_key) == ("{}", "")
        assert waiting and waiting.id == second.id and "ถนนพัง" in waiting.payload


async def test_letters_to_others_are_emptied_by_code(database: Database) -> None:
    async with database.write() as unit:
        for number in range(1200):
            words = '[{"text": "เรื่อง AB12CD"}]' if number % 400 == 0 else "[]"
            await unit.outbox.add(message(f"k{number}", f"C{number}", payload=words), NOW)
            if number != 800:
                await unit.outbox.mark_dead(number + 1, "quota")
    after_id: int | None = 0
    looks = 0
    while after_id is not None:
        async with database.write() as unit:
            after_id = await unit.own_data.empty_letters(("AB12CD",), after_id)
        looks += 1
    assert looks == 4
    async with database.read() as unit:
        letters = {x.id: x.payload for x in await unit.retracting.to_be_said()}
        found = await unit.own_data._rows(select(outbox))
        held = [unit.own_data._keys.open(row.payload_sealed) for row in found]
    assert list(letters) == [801] and "AB12CD" in letters[801]
    assert sum("AB12CD" in words for words in held) == 1


async def test_the_last_decision_holds(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        assert not await unit.consents.allows(person_id, ConsentKind.PHOTO_IN_PUBLIC)
        assert await unit.consents.allows(person_id, ConsentKind.NEWS)
        await unit.consents.decide(person_id, ConsentKind.PHOTO_IN_PUBLIC, True, NOW)
        await unit.consents.decide(person_id, ConsentKind.NEWS, False, NOW)
        await unit.consents.decide(person_id, ConsentKind.NEWS, True, after(1))
    async with database.read() as unit:
        current = await unit.consents.current(person_id)
    assert current[ConsentKind.PHOTO_IN_PUBLIC].allowed
    news = current[ConsentKind.NEWS]
    assert (news.allowed, news.notice, news.at) == (True, NOTICE_VERSION, after(1))


async def test_a_mute_holds_until_its_end(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        officer = await unit.people.new_walk_in(None, NOW)
        await unit.mutes.begin(person_id, "AB12CD", after(100), "ก่อกวน", officer.id, NOW)
        held = await unit.mutes.now(person_id, after(99))
        assert held and (held.until, held.reason, held.told) == (after(100), "ก่อกวน", False)
        await unit.mutes.told(held.id, after(1))
        assert await unit.mutes.now(person_id, after(100)) is None
        assert await unit.mutes.now(officer.id, after(5)) is None
        assert await unit.mutes.end(person_id, after(50))
        assert not await unit.mutes.end(person_id, after(51))
        assert await unit.mutes.now(person_id, after(60)) is None


async def test_accounts_join_and_part_with_what_is_theirs(database: Database) -> None:
    async with database.write() as unit:
        kept = await with_person(unit)
        other = (await unit.people.find_or_create(Channel.TELEGRAM, "T1", "CT", NOW)).id
        by_line, first = await told(unit, kept)
        by_telegram, second = await told(unit, other, Channel.TELEGRAM)
        by_hand, _ = await told(unit, other, Channel.WALK_IN)
        for issue_id in (first, second):
            await unit.issues.support(issue_id, other, NOW)
        await unit.issues.support(first, kept, NOW)
        await unit.people.grant(other, Role.FIELD_WORKER, "200401", NOW)
        await unit.accounts.join(kept, other, Channel.TELEGRAM, after(1))
    async with database.write() as unit:
        found = await unit.people.find(Channel.TELEGRAM, "T1")
        assert found and found.id == kept
        assert {r.id for r in await unit.reports.of_person(kept)} == {by_line, by_telegram, by_hand}
        assert [g.role for g in await unit.people.grants(kept)] == [Role.FIELD_WORKER]
        assert await unit.issues.contributors(first) == (kept,)
        assert (await unit.own_data.whose(kept)).people == (kept, other)
        assert await unit.accounts.joined(kept)
        since, _ = await told(unit, kept, Channel.TELEGRAM)
        assert await unit.accounts.part(kept, Channel.LINE, after(2)) == 1
        assert await unit.accounts.part(kept, Channel.LINE, after(3)) == 0
    async with database.read() as unit:
        assert {r.id for r in await unit.reports.of_person(kept)} == {by_line}
        told_by_other = {r.id for r in await unit.reports.of_person(other)}
        assert told_by_other == {by_telegram, by_hand, since}
        assert await unit.issues.contributors(first) == (kept, other)
        assert await unit.issues.contributors(second) == (other,)
        assert await unit.people.grants(kept) == ()
        assert [g.role for g in await unit.people.grants(other)] == [Role.FIELD_WORKER]
        assert await unit.accounts.channels(other) == (Channel.TELEGRAM,)


async def test_codes_are_the_last_one_for_a_while_and_once(database: Database) -> None:
    life = timedelta(minutes=10)
    async with database.write() as unit:
        person_id = await with_person(unit)
        other = (await unit.people.new_walk_in(None, NOW)).id
        await unit.accounts.make_code("11112222", person_id, Channel.LINE, NOW, life)
        with pytest.raises(Conflict):
            await unit.accounts.make_code("11112222", other, Channel.LINE, NOW, life)
        await unit.accounts.make_code("33334444", person_id, Channel.LINE, after(1), life)
        assert await unit.accounts.owner("11112222", after(2)) is None
        assert await unit.accounts.owner("33334444", after(2)) == (person_id, Channel.LINE)
        assert await unit.accounts.owner("33334444", after(601)) is None
        await unit.accounts.spend("33334444")
        assert await unit.accounts.owner("33334444", after(2)) is None
        for second in range(4):
            await unit.accounts.tried(other, after(second))
        assert await unit.accounts.tries(other, after(1)) == 3
        assert await unit.accounts.tries(person_id, NOW) == 0


async def test_what_is_too_old_is_found_and_emptied_once(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        report_id, issue_id = await told(unit, person_id)
        await with_photo(unit, report_id, "b" * 64)
        await unit.issues.update(issue(id=issue_id, state=IssueState.DONE))
        done = StatusUpdate(issue_id=issue_id, state=IssueState.DONE, at=NOW)
        await unit.issues.add_status(done)
        await told(unit, person_id, tracking_code="OPEN11")
        await unit.inbox.add([event("e1", "U1"), event("e2", "U1")])
        await unit.inbox.mark_handled([1], NOW, "report")
        await unit.outbox.add(message("k1", "chat-U1"), NOW)
        await unit.outbox.mark_dead(1, "quota")
        await unit.outbox.add(message("k2", "chat-U1"), NOW)
        await unit.conversations.save(Channel.LINE, "U1", "{}", 0, NOW)
        await unit.own_data.note_file("c" * 64, person_id, NOW)
        await unit.walk_ins.add(WalkIn(person_id=0, helper_id=None, name="ยายแก้ว"), VILLAGE, NOW)
    for kind in KINDS:
        async with database.write() as unit:
            assert await unit.too_old.count(kind, NOW) == 0, kind
            if kind == "people":  # one of their matters is still open
                assert await unit.too_old.count(kind, LATER) == 0
                continue
            assert await unit.too_old.count(kind, LATER) == 1, kind
            ids = await unit.too_old.ids(kind, LATER, 10)
            await unit.too_old.remove(kind, ids)
            assert await unit.too_old.count(kind, LATER) == 0, kind
    async with database.read() as unit:
        assert (await unit.reports.by_id(report_id)).text == "ซ่อมแซมถนนหน้าวัด"
        still = await unit.reports.by_code("OPEN11")
        assert still and still.text.startswith("ถนนหน้าวัด")
        assert set(await _unneeded(unit)) == {"b" * 64, "c" * 64}
        assert (await unit.outbox.counts()).waiting == 1
        waiting = await unit.inbox.by_event(Channel.LINE, "e2")
        assert waiting and "ถนนพัง" in waiting.payload


async def _unneeded(unit: UnitOfWork) -> list[str]:
    return [row.file_id for row in await unit.own_data._rows(select(unneeded_files))]


async def test_who_has_a_role_or_wrote_lately_is_not_silent(database: Database) -> None:
    async with database.write() as unit:
        await unit.areas.put_villages([village()])
        ids = {}
        for name in ("silent", "head", "teller", "answered", "walk-in"):
            person = await unit.people.find_or_create(Channel.LINE, name, name, NOW)
            ids[name] = person.id
        await unit.people.grant(ids["head"], Role.HEAD, VILLAGE, NOW)
        await unit.reports.add(report(ids["teller"], last_told_at=LATER))
        await unit.outbox.add(message("k", "answered", person_id=ids["answered"]), LATER)
        await unit.people.new_walk_in(VILLAGE, NOW)
        found = await unit.too_old.ids("people", LATER, 10)
    assert set(found) == {ids["silent"], ids["walk-in"]}


async def test_the_register_names_nobody(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        await unit.erasures.begin((person_id,), "self", {"reports": 2, "inbox": 3}, NOW)
        (begun,) = await unit.erasures.unfinished()
        assert begun.people == (person_id,)
        await unit.erasures.finish(begun.id, after(1))
    async with database.read() as unit:
        assert await unit.erasures.unfinished() == ()
        (done,) = await unit.erasures.all()
    assert (done.people, done.asked_by, done.kinds) == ((), "self", {"reports": 2, "inbox": 3})
    assert (done.begun_at, done.finished_at) == (NOW, after(1))


async def test_wiping_harms_nothing(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
    assert await database.wipe()
    async with database.write() as unit:
        assert (await unit.people.by_id(person_id)).village_code == VILLAGE
