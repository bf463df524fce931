"""What lies on disk: platforms' ids and chat words are nowhere to be read."""

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from planning.reports import Channel
from planning.roles import Role
from storage.database import Database
from storage.keys import Keys
from storage.tables import metadata
from storage.values import Attachment
from tests.storage.samples import NOW, after, event, message, report, village

USER, CHAT, MEDIA = "Uplanteduser0123", "Cplantedchat4567", "Mplantedmedia89"
WORDS, STATE, TOKEN, REPLY = "plantedwords", "plantedstate", "plantedtoken", "plantedreply"
SECRET = (USER, CHAT, MEDIA, WORDS, STATE, TOKEN, REPLY)
SHOWN = "Plantedvillage"


async def plant(database: Database) -> None:
    async with database.write() as unit:
        await unit.areas.put_villages([village(name=SHOWN)])
        person = await unit.people.find_or_create(Channel.LINE, USER, CHAT, NOW)
        await unit.people.invite(TOKEN, Role.HEAD, "20040101", after(9), NOW)
        await unit.conversations.save(Channel.LINE, USER, STATE, 0, NOW)
        await unit.conversations.save(Channel.LINE, USER, STATE, 1, NOW)
        payload = f'{{"user_id": "{USER}", "text": "{WORDS}"}}'
        await unit.inbox.add([event("e1", USER, payload=payload)])
        item = message("r1", lane=CHAT, reply_handle=REPLY, payload=WORDS, person_id=person.id)
        await unit.outbox.add(item, NOW)
        kept = await unit.reports.add(report(person.id))
        media = Attachment(
            id=0, report_id=kept.id, channel=Channel.LINE, kind="photo", media_id=MEDIA
        )
        await unit.reports.add_attachment(media)
        await unit.people.set_reachable(Channel.LINE, USER, False)
        await unit.inbox.claim(after(60), after(60) - NOW, after(2) - NOW, after(9) - NOW)


async def test_no_byte_of_the_files_tells(sqlite_url: str, keys: Keys, tmp_path: Path) -> None:
    database = await Database.open(sqlite_url, keys)
    await plant(database)
    while_open = b"".join(p.read_bytes() for p in (tmp_path / "data").iterdir())
    await database.close()
    closed = b"".join(p.read_bytes() for p in (tmp_path / "data").iterdir())
    for held in (while_open, closed):
        assert SHOWN.encode() in held
        assert [s for s in SECRET if s.encode() in held] == []


async def test_no_column_tells(database: Database) -> None:
    await plant(database)
    held = ""
    async with database.read() as unit:
        for table in metadata.sorted_tables:
            held += repr([tuple(row) for row in await unit.areas._rows(select(table))])
    assert SHOWN in held
    assert [s for s in SECRET if s in held] == []


async def test_an_error_of_the_database_shows_no_values(database: Database) -> None:
    with pytest.raises(DBAPIError) as error:
        async with database.write() as unit:
            await unit.inbox.add([event("e1", payload=WORDS, immediate=None)])
    assert "e1" not in str(error.value)
    with pytest.raises(DBAPIError) as error:
        async with database.write() as unit:
            await unit.reports.add(report(4711, text=WORDS, masked_text=WORDS))
    assert WORDS not in str(error.value)


async def test_another_key_finds_nobody(url: str, keys: Keys) -> None:
    first = await Database.open(url, keys)
    await plant(first)
    await first.close()
    second = await Database.open(url, Keys(bytes(32)))
    async with second.read() as unit:
        assert await unit.people.find(Channel.LINE, USER) is None
        assert (await unit.conversations.load(Channel.LINE, USER)).version == 0
    await second.close()
