"""What moved in an area since somebody looked, and what waits there; digests and their windows."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from planning.digests import Digest, Rhythm
from planning.issues import OPEN_STATES, IssueState, LinkAction, LinkedBy, LinkEvent, StatusUpdate
from planning.outlook import LikelySame, Moved
from planning.reports import Kind, ReportState
from storage.database import Database
from storage.unit import UnitOfWork
from tests.storage.samples import (
    NOW,
    OTHER,
    VILLAGE,
    after,
    forum,
    issue,
    message,
    report,
    with_person,
)

WEEK = NOW + timedelta(days=7)
DAY = 86_400.0


async def told(
    unit: UnitOfWork,
    issue_id: int,
    person_id: int,
    at: datetime,
    by: LinkedBy = LinkedBy.MACHINE,
    state: ReportState = ReportState.LINKED,
) -> int:
    kept = await unit.reports.add(report(person_id, state=state))
    await unit.issues.record(
        LinkEvent(report_id=kept.id, issue_id=issue_id, action=LinkAction.LINK, by=by, at=at)
    )
    return kept.id


async def moved(unit: UnitOfWork, since: datetime, until: datetime = WEEK) -> dict[int, Moved]:
    return await unit.movements.moved(VILLAGE[:6], OPEN_STATES, since, until)


async def test_new_matters_and_new_voices_are_told_apart(database: Database) -> None:
    async with database.write() as unit:
        a, b, c, d = [await with_person(unit, user) for user in ("U1", "U2", "U3", "U4")]
        old, new = await unit.issues.add(issue()), await unit.issues.add(issue())
        quiet, secret = (
            await unit.issues.add(issue()),
            await unit.issues.add(issue(confidential=True)),
        )
        for each in (old, quiet):
            await told(unit, each.id, a, NOW)
        await told(unit, old.id, a, after(2 * DAY))  # the same person again is no new voice
        await told(unit, old.id, b, after(2 * DAY))
        await unit.issues.support(old.id, c, after(3 * DAY))
        await told(unit, old.id, d, after(2 * DAY), state=ReportState.WITHDRAWN)
        await told(unit, new.id, a, after(2 * DAY), LinkedBy.OPENED)
        await told(unit, secret.id, b, after(2 * DAY))
    async with database.read() as unit:
        found = await moved(unit, after(DAY))
        assert found == {old.id: Moved(voices=2), new.id: Moved(fresh=True, voices=1)}
        assert await moved(unit, after(DAY), after(1.5 * DAY)) == {}
        # a window that ends before the matter's other voices tells only of what came in it
        assert await moved(unit, after(-1), after(DAY)) == {
            old.id: Moved(fresh=True, voices=1),
            quiet.id: Moved(fresh=True, voices=1),
        }
        tellers = await unit.movements.tellers(VILLAGE, OPEN_STATES)
        assert tellers == {(VILLAGE, "road"): frozenset({a, b})}


async def test_two_windows_side_by_side_tell_each_voice_once(database: Database) -> None:
    async with database.write() as unit:
        people = [await with_person(unit, f"U{n}") for n in range(6)]
        matter = await unit.issues.add(issue())
        for number, person in enumerate(people):
            await told(unit, matter.id, person, after(number * DAY))
    async with database.read() as unit:
        for border in (0.0, 1.0, 2.5, 5.0):
            one = await moved(unit, after(-1), after(border * DAY))
            two = await moved(unit, after(border * DAY))
            voices = [m[matter.id].voices for m in (one, two) if m]
            fresh = [m[matter.id].fresh for m in (one, two) if m]
            assert sum(voices) == len(people)
            assert fresh.count(True) == 1


async def test_what_the_desk_joined_is_no_news(database: Database) -> None:
    async with database.write() as unit:
        a, b = [await with_person(unit, user) for user in ("U1", "U2")]
        matter = await unit.issues.add(issue())
        await told(unit, matter.id, a, NOW, LinkedBy.OPENED)
        await told(unit, matter.id, b, after(DAY), LinkedBy.HEAD)
    async with database.read() as unit:
        assert await moved(unit, after(1)) == {}


async def test_changes_of_state_are_told_but_ones_own(database: Database) -> None:
    async with database.write() as unit:
        me, other = [await with_person(unit, user) for user in ("U1", "U2")]
        ids = []
        for actor in (me, other, None):
            kept = await unit.issues.add(issue(state=IssueState.UNDER_WAY))
            ids.append(kept.id)
            await unit.issues.add_status(
                StatusUpdate(
                    issue_id=kept.id, state=kept.state, at=after(DAY), words="", actor_id=actor
                )
            )
    async with database.read() as unit:
        every = await unit.movements.changed(VILLAGE, NOW, WEEK)
        assert every == dict.fromkeys(ids, IssueState.UNDER_WAY)
        assert set(await unit.movements.changed(VILLAGE, NOW, WEEK, besides=me)) == set(ids[1:])
        assert await unit.movements.changed(VILLAGE, after(DAY), WEEK) == {}
        assert await unit.movements.changed(OTHER, NOW, WEEK) == {}


async def test_questions_are_counted_and_the_new_among_them(database: Database) -> None:
    async with database.write() as unit:
        person = await with_person(unit)
        for at, private in ((0.0, False), (DAY, False), (DAY, True)):
            await unit.reports.add(
                report(
                    person,
                    state=ReportState.QUESTION,
                    kind=Kind.QUESTION,
                    confidential=private,
                    first_told_at=after(at),
                )
            )
    async with database.read() as unit:
        assert await unit.movements.questions(VILLAGE[:4], after(1)) == (2, 1)
        assert await unit.movements.questions(OTHER, NOW) == (0, 0)


async def test_a_dispute_is_open_until_somebody_moves_the_matter(database: Database) -> None:
    async with database.write() as unit:
        person = await with_person(unit)
        matter = await unit.issues.add(issue(state=IssueState.UNDER_WAY))
        done = await unit.issues.add_status(
            StatusUpdate(issue_id=matter.id, state=IssueState.DONE, at=NOW)
        )
        await unit.checks.ask(matter.id, done, person, NOW)
        assert await unit.movements.disputed(VILLAGE) == {}
        await unit.checks.answer(done, person, "not_yet", after(60))
        assert await unit.movements.disputed(VILLAGE) == {matter.id: after(60)}
        again = StatusUpdate(issue_id=matter.id, state=IssueState.UNDER_WAY, at=after(120))
        await unit.issues.add_status(again)
        assert await unit.movements.disputed(VILLAGE) == {}


async def test_what_nobody_judged_waits_until_somebody_does(database: Database) -> None:
    async with database.write() as unit:
        a, b = [await with_person(unit, user) for user in ("U1", "U2")]
        one, two = await unit.issues.add(issue()), await unit.issues.add(issue())
        first = await told(unit, one.id, a, NOW)
        second = await told(unit, two.id, b, NOW)
        await unit.movements.note_unsure(second, one.id, 0.5, NOW)
        await unit.movements.note_unsure(first, two.id, 0.7, NOW)
        await unit.movements.note_unsure(first, two.id, 0.9, after(5))  # kept as it was first asked
        pair = LikelySame(one=two.id, other=one.id, score=0.7)
        assert await unit.movements.unsure(VILLAGE, after(1)) == (pair,)
        assert await unit.movements.unsure(VILLAGE, after(-1)) == ()
        assert await unit.movements.unsure(OTHER, after(1)) == ()
        assert await unit.movements.settle_unsure(first, two.id, after(2))
        assert not await unit.movements.settle_unsure(first, two.id, after(2))
        (left,) = await unit.movements.unsure(VILLAGE, after(1))
        assert left.score == pytest.approx(0.5)
        await unit.movements.settle_pair(two.id, one.id, after(3))
        assert await unit.movements.unsure(VILLAGE, after(1)) == ()


async def test_a_pair_is_no_pair_once_joined_secret_or_over(database: Database) -> None:
    async with database.write() as unit:
        a, b = [await with_person(unit, user) for user in ("U1", "U2")]
        one, two = await unit.issues.add(issue()), await unit.issues.add(issue())
        await told(unit, one.id, a, NOW)
        second = await told(unit, two.id, b, NOW)
        await unit.movements.note_unsure(second, one.id, 0.5, NOW)
        for changed in (
            replace(one, confidential=True), replace(one, state=IssueState.DONE),
        ):  # fmt: skip
            await unit.issues.update(changed)
            assert await unit.movements.unsure(VILLAGE, after(1)) == ()
        await unit.issues.update(one)
        assert len(await unit.movements.unsure(VILLAGE, after(1))) == 1
        for action, to in ((LinkAction.UNLINK, two.id), (LinkAction.LINK, one.id)):
            await unit.issues.record(
                LinkEvent(
                    report_id=second, issue_id=to, action=action, by=LinkedBy.HEAD, at=after(9)
                )
            )
        assert await unit.movements.unsure(VILLAGE, after(1)) == ()


async def test_forums_of_an_area_come_oldest_first(database: Database) -> None:
    async with database.write() as unit:
        await with_person(unit)
        first = await unit.forums.add(forum())
        second = await unit.forums.add(forum(village_code=OTHER))
        assert await unit.forums.in_area(VILLAGE[:6]) == (first, second)
        assert await unit.forums.in_area(OTHER) == (second,)


def digest(person_id: int, **changed: object) -> Digest:
    made = Digest(
        id=0,
        person_id=person_id,
        area=VILLAGE,
        rhythm=Rhythm(weekday=0, hour=8),
        stopped=False,
        told_until=NOW,
        next_at=after(60),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


async def test_a_digest_is_taken_once(database: Database) -> None:
    async with database.write() as unit:
        person = await with_person(unit)
        assert await unit.digests.add(digest(person))
        assert not await unit.digests.add(digest(person))
        (kept,) = await unit.digests.of_person(person)
        assert replace(kept, id=0) == digest(person)
        assert await unit.digests.due(after(59), 5) == ()
        assert await unit.digests.due(after(60), 5) == (kept,)
    async with database.write() as unit:
        assert await unit.digests.take(kept, after(50), WEEK)
        assert not await unit.digests.take(kept, after(50), WEEK)
        assert await unit.digests.due(after(60), 5) == ()
        (now,) = await unit.digests.all()
        assert (now.told_until, now.next_at) == (after(50), WEEK)


async def test_a_digest_that_was_stopped_is_not_due(database: Database) -> None:
    async with database.write() as unit:
        person = await with_person(unit)
        await unit.digests.add(digest(person))
        (kept,) = await unit.digests.all()
        await unit.digests.stop(person)
        assert await unit.digests.due(WEEK, 5) == ()
        assert not await unit.digests.take(kept, WEEK, WEEK)
        daily = Rhythm(weekday=None, hour=7, minute=30)
        await unit.digests.set_rhythm(kept.id, daily, after(90))
        (again,) = await unit.digests.due(after(90), 5)
        assert (again.rhythm, again.stopped) == (daily, False)
        await unit.digests.remove([again.id])
        assert await unit.digests.all() == ()


async def test_what_did_not_arrive_is_told_with_the_next(database: Database) -> None:
    async with database.write() as unit:
        person = await with_person(unit)
        await unit.digests.add(digest(person, told_until=after(300)))
        (kept,) = await unit.digests.all()
        assert await unit.digests.untold_since(kept) == after(300)
        for number, opens in enumerate((0, 100, 200)):
            await unit.outbox.add(message(f"d{number}"), NOW)
            await unit.digests.note_window(kept.id, after(opens), after(opens + 100), f"d{number}")
        claimed = await unit.outbox.claim(NOW, timedelta(hours=1), 9)
        assert await unit.digests.untold_since(kept) == NOW  # none has arrived
        await unit.outbox.mark_sending(claimed[0].id, "push", NOW)
        await unit.outbox.mark_sent(claimed[0].id, NOW, 1)
        assert await unit.digests.untold_since(kept) == after(100)


async def test_a_sitting_and_pictures_are_kept_anew(database: Database) -> None:
    async with database.write() as unit:
        person = await with_person(unit)
        assert await unit.digests.looked(person, VILLAGE) is None
        await unit.digests.note_look(person, VILLAGE, NOW, after(-9))
        await unit.digests.note_look(person, VILLAGE, after(5), NOW)
        assert await unit.digests.looked(person, VILLAGE) == (after(5), NOW)
        for at in (0, 50):
            await unit.digests.note_picture("p1", after(at))
        await unit.digests.note_picture("p2", NOW)
        assert await unit.digests.drop_pictures(after(10)) == ("p2",)
        assert await unit.digests.drop_pictures(after(60)) == ("p1",)
