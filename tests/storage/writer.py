"""A process that writes unit after unit and says each number once it is committed, until killed."""

import asyncio
import sys

from storage.database import Database, migrate
from storage.keys import Keys
from tests.storage.samples import NOW, event, message


async def write_for_ever(url: str) -> None:
    """Each unit holds 20 events and one message; half of them are seen or none."""
    database = await Database.open(url, Keys(bytes(32)))
    number = 0
    while True:
        async with database.write() as unit:
            await unit.inbox.add([event(f"{number}/{n}") for n in range(20)])
            await unit.outbox.add(message(f"{number}"), NOW)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    asyncio.run(migrate(sys.argv[2]) if sys.argv[1] == "migrate" else write_for_ever(sys.argv[2]))
