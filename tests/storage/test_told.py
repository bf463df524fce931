"""Which message said what, what became of it, and files that nothing needs, on both databases."""

from dataclasses import replace

import pytest

from planning.errors import NotFound
from planning.reports import Channel, Position
from storage.album import alike
from storage.database import Database
from storage.values import Attachment, MessageChange, ToldPart
from tests.storage.samples import NOW, VILLAGE, after, event, message, report, with_person


def part(report_id: int, key: str, words: str) -> ToldPart:
    return ToldPart(
        id=0, report_id=report_id, message_key=key, kind="text", words=words, said_at=NOW
    )


def shot(report_id: int, key: str, **changed: object) -> Attachment:
    made = Attachment(
        id=0, report_id=report_id, channel=Channel.LINE, kind="photo", media_id="m", message_key=key
    )
    return replace(made, **changed)  # type: ignore[arg-type]


async def test_parts_keep_their_order_and_are_found_by_message(database: Database) -> None:
    async with database.write() as unit:
        person = await with_person(unit)
        first, second = [await unit.reports.add(report(person)) for _ in range(2)]
        key = unit.told.key(Channel.LINE, "C", "1")
        other = unit.told.key(Channel.TELEGRAM, "C", "1")
        assert key != other and unit.told.key(Channel.LINE, "C", "") == ""
        await unit.told.add_parts([part(first.id, key, "ก"), part(first.id, other, "ข")])
        await unit.told.add_parts([part(second.id, key, "ค")])
        await unit.reports.add_attachment(shot(second.id, other))
    async with database.write() as unit:
        kept = await unit.told.parts(first.id)
        assert [p.words for p in kept] == ["ก", "ข"]
        assert await unit.told.reports_of(key) == (first.id, second.id)
        assert await unit.told.reports_of(other) == (first.id, second.id)
        assert await unit.told.reports_of("") == ()
        await unit.told.reword_part(kept[0].id, "กก", after(5))
        await unit.told.drop_parts([kept[1].id])
        assert [(p.words, p.said_at) for p in await unit.told.parts(first.id)] == [("กก", after(5))]
        await unit.told.forget([first.id, second.id])
        assert await unit.told.parts(second.id) == ()


async def test_rewording_is_audited_and_nothing_else_alters_words(database: Database) -> None:
    async with database.write() as unit:
        person = await with_person(unit)
        kept = await unit.reports.add(report(person))
        other = replace(kept, text="คำใหม่", masked_text="คำใหม่")
        with pytest.raises(ValueError, match="never altered"):
            await unit.reports.update(other)
        await unit.told.reword(other, person, "edited", after(3))
        await unit.told.keep_earlier(kept.id, "k", kept.text, after(3))
        assert (await unit.reports.by_id(kept.id)).text == "คำใหม่"
        (line,) = await unit.audit.of_subject(kept.tracking_code)
        assert (line.action, line.actor_id, line.detail) == ("edited", person, "")
        (earlier,) = await unit.told.earlier(kept.id)
        assert (earlier.words, earlier.until) == (kept.text, after(3))
        assert kept.text not in repr(earlier)
        await unit.told.drop_earlier("k")
        assert await unit.told.earlier(kept.id) == ()
        with pytest.raises(NotFound):
            await unit.told.reword(replace(other, id=4711), person, "edited", NOW)


async def test_the_latest_change_of_a_message_is_known(database: Database) -> None:
    edited, later = [MessageChange(kind="edited", at=after(s)) for s in (1, 2)]
    unsent = MessageChange(kind="unsent", at=after(1))
    async with database.write() as unit:
        assert await unit.told.note_change("k", later)
        assert not await unit.told.note_change("k", edited)
        assert await unit.told.changes(["k", "", "other"]) == {"k": later}
        assert await unit.told.note_change("k", unsent)
        assert not await unit.told.note_change("k", MessageChange(kind="edited", at=after(9)))
        assert await unit.told.changes(["k"]) == {"k": unsent}


async def test_what_is_owed_is_said_once(database: Database) -> None:
    async with database.write() as unit:
        person = await with_person(unit)
        await unit.told.owe(person, Channel.LINE, "reworded", "AB12CD")
        await unit.told.owe(person, Channel.LINE, "taken_back", "AB12CD")
        assert await unit.told.owed(person, Channel.TELEGRAM) == ()
        owed = await unit.told.owed(person, Channel.LINE)
        assert [o.remark for o in owed] == ["reworded", "taken_back"]
        await unit.told.paid([o.id for o in owed])
        assert await unit.told.owed(person, Channel.LINE) == ()


async def test_photos_are_settled_once_counted_and_found_by_look(database: Database) -> None:
    look = "f0f0f0f0f0f0f0f0"
    async with database.write() as unit:
        person = await with_person(unit)
        kept = await unit.reports.add(report(person, village_code=VILLAGE))
        waiting = await unit.reports.add_attachment(shot(kept.id, "k"))
        assert await unit.album.waiting(waiting.id) and await unit.album.any_waiting("line")
        done = replace(
            waiting, state="kept", file_id="a" * 64, preview_id="b" * 64, photo_hash=look
        )
        assert await unit.album.settle(done)
        assert not await unit.album.settle(replace(done, state="gone"))
        assert await unit.album.photos(kept.id) == 1
        assert await unit.album.hashes([kept.id, 4711]) == {kept.id: (look,)}
        assert await unit.album.same_photo("f0f0f0f0f0f0f0f1", [VILLAGE]) == (kept.id,)
        assert await unit.album.same_photo("0f0f0f0f0f0f0f0f", [VILLAGE]) == ()
        assert await unit.album.of_message("k") == (done,)
        await unit.album.set_photos(kept.id, 7)
        await unit.album.set_photo_place(kept.id, Position(lat=1, lon=2))
        await unit.album.set_photo_place(kept.id, Position(lat=3, lon=4))
        seen = await unit.reports.by_id(kept.id)
    assert (seen.photos, seen.position, seen.position_by_photo) == (7, Position(lat=1, lon=2), True)
    assert alike(look, look) and not alike("", "") and not alike(look, "0" * 16)


async def test_only_files_that_nothing_needs_are_given_to_be_removed(database: Database) -> None:
    async with database.write() as unit:
        person = await with_person(unit)
        kept = await unit.reports.add(report(person))
        two = [
            await unit.reports.add_attachment(
                shot(kept.id, key, state="kept", file_id="a" * 64, preview_id="b" * 64)
            )
            for key in ("k", "l")
        ]
        assert not await unit.album.any_unneeded()
        await unit.album.remove(two[:1])
        assert await unit.album.any_unneeded()
        assert await unit.album.unneeded() == ()
        await unit.album.remove(two[1:])
        assert await unit.album.unneeded() == ("a" * 64, "b" * 64)
        await unit.album.removed(["a" * 64, "b" * 64])
        assert await unit.album.unneeded() == ()


async def test_events_are_emptied_and_letters_struck(database: Database) -> None:
    async with database.write() as unit:
        person = await with_person(unit)
        said = event("e1", chat_id="C", message_id="1")
        await unit.inbox.add([said, event("e2", chat_id="C", message_id="2")])
        key = unit.told.key(Channel.LINE, "C", "1")
        ((item, handled),) = await unit.retracting.came_as(key)
        assert (item.event_id, handled) == ("e1", False)
        await unit.retracting.empty_event(item.id, "{}")
        ((item, _),) = await unit.retracting.came_as(key)
        assert item.payload == "{}"
        assert await unit.retracting.came_as("") == ()
        for name in ("r1", "r2"):
            await unit.outbox.add(message(name, lane=name, person_id=person), NOW)
        first, second = await unit.retracting.to_be_said()
        await unit.retracting.drop_letter(first.id, "[]")
        await unit.retracting.rewrite_letter(second.id, "[1]")
        assert [(x.id, x.payload) for x in await unit.retracting.to_be_said()] == [
            (second.id, "[1]")
        ]
        assert [x.payload for x in await unit.retracting.said_to(person, NOW)] == ["[]"]
        assert await unit.retracting.said_to(person, after(1)) == ()
