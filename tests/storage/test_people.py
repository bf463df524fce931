"""People, identities, roles, invitations, conversations, the audit log and plan windows."""

import asyncio
from datetime import date, timedelta

import pytest

from planning.calendar import PlanLevel, PlanWindow, default_windows
from planning.errors import Conflict, NotFound
from planning.reports import Channel
from planning.roles import Role, RoleGrant
from storage.database import Database
from storage.values import Address, AuditLine, Person, StoredConversation
from tests.storage.samples import NOW, OTHER, VILLAGE, after, village, with_person


async def test_a_person_is_known_again(database: Database) -> None:
    async with database.write() as unit:
        assert await unit.people.find(Channel.LINE, "U1") is None
        new = await unit.people.find_or_create(Channel.LINE, "U1", "chat", NOW)
        assert new == Person(id=new.id, village_code=None, joined_at=NOW, noticed_at=None)
        assert await unit.people.find_or_create(Channel.LINE, "U1", "chat", after(1)) == new
        other = await unit.people.find_or_create(Channel.TELEGRAM, "U1", "chat", NOW)
        assert other.id != new.id
    async with database.read() as unit:
        assert await unit.people.find(Channel.LINE, "U1") == new
        assert await unit.people.by_id(new.id) == new
        with pytest.raises(NotFound):
            await unit.people.by_id(12345)


async def test_two_at_once_make_one_person(database: Database) -> None:
    async def come() -> int:
        async with database.write() as unit:
            return (await unit.people.find_or_create(Channel.LINE, "U1", "chat", NOW)).id

    ids = await asyncio.gather(*(come() for _ in range(5)))
    assert len(set(ids)) == 1


async def test_village_and_notice_are_kept(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        await unit.people.set_noticed(person_id, after(5))
        walk_in = await unit.people.new_walk_in(OTHER, NOW)
    async with database.read() as unit:
        person = await unit.people.by_id(person_id)
        assert (person.village_code, person.noticed_at) == (VILLAGE, after(5))
        assert await unit.people.by_id(walk_in.id) == walk_in
        assert walk_in.village_code == OTHER
        assert await unit.people.addresses(walk_in.id) == ()


async def test_only_the_reachable_are_written_to(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        here = (Address(channel=Channel.LINE, user_id="U1", chat_id="chat-U1"),)
        assert await unit.people.addresses(person_id) == here
        await unit.people.set_reachable(Channel.LINE, "U1", False)
        assert await unit.people.addresses(person_id) == ()
        await unit.people.set_reachable(Channel.LINE, "U1", True)
        assert await unit.people.addresses(person_id) == here
    assert "U1" not in repr(here)


async def test_roles_reach_as_far_as_their_area(database: Database) -> None:
    async with database.write() as unit:
        head = await with_person(unit)
        officer = (await unit.people.new_walk_in(None, NOW)).id
        await unit.people.grant(head, Role.HEAD, VILLAGE, NOW)
        await unit.people.grant(head, Role.HEAD, VILLAGE, after(1))
        await unit.people.grant(officer, Role.DISTRICT_OFFICER, "2004", NOW)
        await unit.people.grant(officer, Role.HEAD, "20040", NOW)
    async with database.read() as unit:
        assert await unit.people.grants(head) == (
            RoleGrant(person_id=head, role=Role.HEAD, area=VILLAGE),
        )
        assert await unit.people.holders(Role.HEAD, VILLAGE) == (head,)
        assert await unit.people.holders(Role.HEAD, OTHER) == ()
        assert await unit.people.holders(Role.DISTRICT_OFFICER, OTHER) == (officer,)
        assert await unit.people.holders(Role.DISTRICT_OFFICER, "20050101") == ()


async def test_an_invitation_works_once_and_in_time(database: Database) -> None:
    expires = NOW + timedelta(days=7)
    async with database.write() as unit:
        person_id = await with_person(unit)
        await unit.people.invite("K7M4PX", Role.HEAD, VILLAGE, expires, NOW)
        await unit.people.invite("LATE", Role.HEAD, VILLAGE, expires, NOW)
        with pytest.raises(NotFound):
            await unit.people.redeem("wrong", person_id, NOW)
        with pytest.raises(NotFound):
            await unit.people.redeem("LATE", person_id, expires)
        grant = await unit.people.redeem("K7M4PX", person_id, after(1))
        assert grant == RoleGrant(person_id=person_id, role=Role.HEAD, area=VILLAGE)
        assert await unit.people.grants(person_id) == (grant,)
        with pytest.raises(NotFound) as used:
            await unit.people.redeem("K7M4PX", person_id, after(2))
    assert "รหัสเชิญ" in used.value.sentence_th


async def test_a_taken_token_is_refused_and_the_unit_goes_on(database: Database) -> None:
    async with database.write() as unit:
        await unit.people.invite("same", Role.HEAD, VILLAGE, after(9), NOW)
        with pytest.raises(Conflict):
            await unit.people.invite("same", Role.ADMIN, VILLAGE, after(9), NOW)
        await unit.areas.put_villages([village()])
    async with database.read() as unit:
        assert await unit.areas.village(VILLAGE) == village()


async def test_a_conversation_moves_by_versions(database: Database) -> None:
    async with database.write() as unit:
        talk = unit.conversations
        assert await talk.load(Channel.LINE, "U1") == StoredConversation(version=0, state="")
        await talk.save(Channel.LINE, "U1", '{"step": "บ้าน"}', 0, NOW)
        await talk.save(Channel.LINE, "U1", "two", 1, after(1))
        assert await talk.load(Channel.LINE, "U1") == StoredConversation(version=2, state="two")
        assert (await talk.load(Channel.TELEGRAM, "U1")).version == 0
        for stale in (0, 1, 3):
            with pytest.raises(Conflict):
                await talk.save(Channel.LINE, "U1", "late", stale, after(2))
        assert (await talk.load(Channel.LINE, "U1")).state == "two"


async def test_audit_lines_are_kept_in_order(database: Database) -> None:
    async with database.write() as unit:
        person_id = await with_person(unit)
        await unit.audit.add(NOW, None, "report.added", "K7M4PX")
        await unit.audit.add(after(1), person_id, "issue.state", "IS-1", "in_bank")
        await unit.audit.add(after(2), person_id, "report.withdrawn", "K7M4PX", "asked")
    async with database.read() as unit:
        lines = await unit.audit.of_subject("K7M4PX")
    assert lines == (
        AuditLine(id=1, at=NOW, actor_id=None, action="report.added", subject="K7M4PX", detail=""),
        AuditLine(
            id=3,
            at=after(2),
            actor_id=person_id,
            action="report.withdrawn",
            subject="K7M4PX",
            detail="asked",
        ),
    )


async def test_a_districts_own_window_replaces_the_usual_one(database: Database) -> None:
    usual = default_windows("2004", 2566)
    own = PlanWindow(
        district_code="2004",
        fiscal_year=2566,
        level=PlanLevel.TAMBON,
        opens=date(2021, 3, 9),
        closes=date(2021, 4, 2),
    )
    async with database.write() as unit:
        assert await unit.plans.windows("2004", 2566) == usual
        await unit.plans.set_window(own)
        await unit.plans.set_window(own)
        expected = tuple(own if w.level is PlanLevel.TAMBON else w for w in usual)
        assert await unit.plans.windows("2004", 2566) == expected
        assert await unit.plans.windows("2004", 2567) == default_windows("2004", 2567)
