"""Messages found again by what quotes them, and answers to questions."""

from planning.reports import Channel
from storage.database import Database
from tests.storage.samples import NOW, message


async def test_what_was_sent_about_a_report_is_found_by_who_quotes_it(database: Database) -> None:
    async with database.write() as unit:
        item = message("d1")
        await unit.outbox.add(item, NOW)
        (claimed,) = await unit.outbox.claim(NOW, NOW - NOW, 5)
        await unit.outbox.mark_sending(claimed.id, "reply", NOW)
        await unit.outbox.mark_sent(claimed.id, NOW, 0, [("s1", "ACDEFG"), ("", "ACDEFG")])
    async with database.read() as unit:
        assert await unit.telling.quoted(item.channel, item.chat_id, "s1") == "ACDEFG"
        assert await unit.telling.quoted(item.channel, "somebody else", "s1") == ""
        assert await unit.telling.quoted(Channel.WEBCHAT, item.chat_id, "s1") == ""
        assert await unit.telling.quoted(item.channel, item.chat_id, "") == ""
