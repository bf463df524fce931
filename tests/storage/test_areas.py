"""Villages: what is new, what changed, what lies where."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError

from planning.areas import AreaKind, covers
from storage.database import Database
from tests.storage.samples import NOW, OTHER, VILLAGE, village


async def test_villages_come_back_equal(database: Database) -> None:
    town = village(
        "200401011",
        kind=AreaKind.COMMUNITY,
        moo=None,
        lat=None,
        lon=None,
        households=None,
        landmarks=(),
    )
    async with database.write() as unit:
        assert await unit.areas.put_villages([village(OTHER), village(), town]) == (3, 0)
    async with database.read() as unit:
        assert await unit.areas.villages() == (village(), town, village(OTHER))
        assert await unit.areas.village("200401011") == town
        assert await unit.areas.village("99999999") is None


async def test_only_what_differs_is_changed(database: Database) -> None:
    moved = replace(village(OTHER), landmarks=village().landmarks[1:], households=200)
    async with database.write() as unit:
        await unit.areas.put_villages([village(), village(OTHER)])
        assert await unit.areas.put_villages([village(), village(OTHER)]) == (0, 0)
        assert await unit.areas.put_villages([village(), moved, village("20040103")]) == (1, 1)
        assert await unit.areas.villages("200401") == (village(), moved, village("20040103"))


async def test_an_area_holds_what_the_rule_says(database: Database) -> None:
    codes = ["20040101", "200401011", "20040999", "20050101", "20990101", "21040101"]
    async with database.write() as unit:
        await unit.areas.put_villages([village(code) for code in codes])
    async with database.read() as unit:
        for area in ("20", "21", "2004", "2005", "200401", "20040101", "200401011", "200", "9"):
            found = [v.code for v in await unit.areas.villages(area)]
            assert found == sorted(c for c in codes if covers(area, c))


async def test_a_failing_import_leaves_nothing(database: Database) -> None:
    bad = replace(village(OTHER), name=None)  # type: ignore[arg-type]
    with pytest.raises(DBAPIError):
        async with database.write() as unit:
            await unit.people.new_walk_in(None, NOW)
            await unit.areas.put_villages([village(), bad])
    async with database.read() as unit:
        assert await unit.areas.villages() == ()


async def test_a_person_lives_in_a_known_village_only(database: Database) -> None:
    with pytest.raises(DBAPIError):
        async with database.write() as unit:
            await unit.people.new_walk_in(VILLAGE, NOW)
