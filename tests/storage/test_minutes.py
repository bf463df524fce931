"""Closed minutes come back as they were closed, once a forum."""

from dataclasses import replace

import pytest

from planning.errors import Conflict
from storage.database import Database
from storage.minutes_json import from_json, to_json
from tests.documents.samples import minutes
from tests.storage.samples import NOW, OTHER, after, forum, village

FILES = ('{"file_id": "a"}', '{"file_id": "b"}')


async def test_minutes_come_back_equal_with_their_files(database: Database) -> None:
    made = replace(minutes(6), closed_at=NOW)
    async with database.write() as unit:
        await unit.areas.put_villages([village(), village(OTHER)])
        held = await unit.forums.add(forum())
        kept = await unit.minutes.add(replace(made, forum_id=held.id), FILES)
    async with database.read() as unit:
        assert await unit.minutes.by_code(made.code) == kept
        assert await unit.minutes.of_forum(held.id) == kept
        assert await unit.minutes.files(made.code) == FILES
        assert await unit.minutes.of_village(OTHER) == ()
        assert await unit.minutes.last_of(OTHER) is None
        assert await unit.minutes.by_code("MN-AAAAAA") is None
    assert kept.content == made.content


async def test_a_forum_has_its_minutes_once_and_the_last_are_those_of_its_latest_forum(
    database: Database,
) -> None:
    async with database.write() as unit:
        await unit.areas.put_villages([village()])
        first = await unit.forums.add(forum(number=1, code="FM-A"))
        second = await unit.forums.add(forum(number=2, code="FM-B"))
        late = replace(minutes(1), code="MN-A", closed_at=after(9), forum_id=first.id)
        early = replace(minutes(1), code="MN-B", closed_at=NOW, forum_id=second.id)
        await unit.minutes.add(early, ())
        await unit.minutes.add(late, FILES)
        with pytest.raises(Conflict):
            await unit.minutes.add(replace(late, code="MN-C"), ())
        last = await unit.minutes.last_of(first.village_code)
        assert last and last.code == "MN-B"
        of_village = await unit.minutes.of_village(first.village_code)
        assert [m.code for m in of_village] == ["MN-A", "MN-B"]


@pytest.mark.parametrize("count", [0, 6])
def test_a_content_is_the_same_after_reading_it_back(count: int) -> None:
    content = minutes(count, began_at=None, adopted=None, left_out=2).content
    assert from_json(to_json(content)) == content
