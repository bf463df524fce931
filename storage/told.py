"""Which message said which words, and the one way in which told words may change afterwards."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, insert, select, update

from planning.reports import Channel, Report
from storage.base import Repository, batches, missing
from storage.reports import report_columns
from storage.tables_matters import attachments, reports
from storage.tables_media import earlier_words, message_changes, remarks_owed, told_parts
from storage.tables_people import audit_log
from storage.values import EarlierWords, MessageChange, OwedRemark, ToldPart


class Told(Repository):
    """Queries on the parts of reports by message. Words lie sealed, messages under a keyed hash."""

    def key(self, channel: Channel, chat_id: str, message_id: str) -> str:
        """The keyed hash of a platform's message, as everything here names it; "" without an id."""
        return self._message_key(channel, chat_id, message_id)

    async def add_parts(self, parts: Iterable[ToldPart]) -> None:
        """Note what messages said of reports (ids 0), in this order."""
        rows = [
            {
                "report_id": part.report_id,
                "message_key": part.message_key,
                "kind": part.kind,
                "words_sealed": self._keys.seal(part.words),
                "said_at": part.said_at,
            }
            for part in parts
        ]
        for row in rows:  # one by one: the order of ids is the order of the words
            await self._run(insert(told_parts).values(**row))

    async def parts(self, report_id: int) -> tuple[ToldPart, ...]:
        """What each message said of a report, in the order of the report's words."""
        return await self._parts(select(told_parts).where(told_parts.c.report_id == report_id))

    async def _parts(self, query: Select[Any]) -> tuple[ToldPart, ...]:
        rows = await self._rows(query.order_by(told_parts.c.id))
        return tuple(
            ToldPart(
                id=row.id,
                report_id=row.report_id,
                message_key=row.message_key,
                kind=row.kind,
                words=self._keys.open(row.words_sealed),
                said_at=row.said_at,
            )
            for row in rows
        )

    async def reports_of(self, message_key: str) -> tuple[int, ...]:
        """Ids of the reports that a message is a part of, by words or media."""
        if not message_key:
            return ()
        said = select(told_parts.c.report_id).where(told_parts.c.message_key == message_key)
        sent = select(attachments.c.report_id).where(attachments.c.message_key == message_key)
        return tuple(sorted(row[0] for row in await self._rows(said.union(sent))))

    async def reword_part(self, part_id: int, words: str, said_at: datetime) -> None:
        """Put other words into a part."""
        columns = {"words_sealed": self._keys.seal(words), "said_at": said_at}
        await self._run(update(told_parts).where(told_parts.c.id == part_id).values(**columns))

    async def drop_parts(self, part_ids: Collection[int]) -> None:
        """Remove parts; their words are gone."""
        for some in batches(sorted(part_ids)):
            await self._run(delete(told_parts).where(told_parts.c.id.in_(some)))

    async def reword(self, report: Report, actor_id: int, why: str, now: datetime) -> None:
        """Keep a report with other words than were told: the one way around `Reports.update`'s rule.

        Only for a message that its sender edited or took back; writes the audit line itself.
        """
        same = reports.c.id == report.id
        if (
            await self._run(update(reports).where(same).values(**report_columns(report)))
        ).rowcount != 1:
            raise missing()
        line = {"at": now, "actor_id": actor_id, "action": why, "detail": ""}
        await self._run(insert(audit_log).values(**line, subject=report.tracking_code))

    async def keep_earlier(
        self, report_id: int, message_key: str, words: str, until: datetime
    ) -> None:
        """Keep how a message read before it was edited."""
        row = {"report_id": report_id, "message_key": message_key, "until": until}
        sealed = self._keys.seal(words)
        await self._run(insert(earlier_words).values(**row, words_sealed=sealed))

    async def earlier(self, report_id: int) -> tuple[EarlierWords, ...]:
        """Earlier wordings of a report's messages, first replaced first.

        For the district alone, and each opening is to be audited by whoever calls this.
        """
        mine = select(earlier_words).where(earlier_words.c.report_id == report_id)
        return tuple(
            EarlierWords(
                message_key=row.message_key,
                words=self._keys.open(row.words_sealed),
                until=row.until,
            )
            for row in await self._rows(mine.order_by(earlier_words.c.id))
        )

    async def drop_earlier(self, message_key: str) -> None:
        """Remove the earlier wordings of a message."""
        c = earlier_words.c
        await self._run(delete(earlier_words).where(c.message_key == message_key))

    async def note_change(self, message_key: str, change: MessageChange) -> bool:
        """Note that a message was changed; False when a later or the same change was known.

        A message taken back stays so, whatever edit is heard of afterwards.
        """
        known = (await self.changes([message_key])).get(message_key)
        row = {"kind": change.kind, "at": change.at}
        if known is None:
            return await self._add_new(message_changes, row | {"message_key": message_key})
        if known.kind == "unsent" or (change.kind == "edited" and change.at < known.at):
            return False
        same = message_changes.c.message_key == message_key
        await self._run(update(message_changes).where(same).values(**row))
        return True

    async def changes(self, message_keys: Sequence[str]) -> dict[str, MessageChange]:
        """The latest change of each message that was changed."""
        wanted = sorted(set(message_keys) - {""})
        found: dict[str, MessageChange] = {}
        for some in batches(wanted):
            query = select(message_changes).where(message_changes.c.message_key.in_(some))
            found |= {row.message_key: _change(row) for row in await self._rows(query)}
        return found

    async def owe(self, person_id: int, channel: Channel, remark: str, code: str) -> None:
        """Note a line to be said with the person's next answer on that channel."""
        row = {"person_id": person_id, "channel": channel, "remark": remark, "code": code}
        await self._run(insert(remarks_owed).values(**row))

    async def owed(self, person_id: int, channel: Channel) -> tuple[OwedRemark, ...]:
        """What is owed to a person on a channel, oldest first."""
        c = remarks_owed.c
        mine = select(remarks_owed).where(c.person_id == person_id, c.channel == channel)
        rows = await self._rows(mine.order_by(c.id))
        return tuple(OwedRemark(id=row.id, remark=row.remark, code=row.code) for row in rows)

    async def paid(self, remark_ids: Collection[int]) -> None:
        """Forget lines that were said."""
        if remark_ids:
            c = remarks_owed.c
            await self._run(delete(remarks_owed).where(c.id.in_(sorted(remark_ids))))

    async def forget(self, report_ids: Collection[int]) -> None:
        """Remove every part and earlier wording of reports, as when their teller is forgotten."""
        for some in batches(sorted(report_ids)):
            for table in (told_parts, earlier_words):
                await self._run(delete(table).where(table.c.report_id.in_(some)))


def _change(row: Row[Any]) -> MessageChange:
    return MessageChange(kind=row.kind, at=row.at)
