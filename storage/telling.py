"""What the bot sent about which report, messages found again by what they said, answers to questions."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, select

from planning.reports import Channel
from storage.base import Repository
from storage.tables_matters import report_events, reports
from storage.tables_messages import inbox
from storage.tables_telling import question_answers, sent_messages


@dataclass(frozen=True, kw_only=True)
class QuestionAnswer:
    """What somebody with a role answered to a question."""

    at: datetime
    words: str = field(repr=False)
    actor_id: int | None = None


class Telling(Repository):
    """Queries on messages that can be quoted, and on answers. Words lie sealed, ids hashed."""

    async def quoted(self, channel: Channel, chat_id: str, message_id: str) -> str:
        """Code of the report that a message of a chat is about, told or answered; "" when of none."""
        key = self._message_key(channel, chat_id, message_id)
        if not key:
            return ""
        sent = select(sent_messages.c.report_code).where(sent_messages.c.message_key == key)
        if row := await self._row(sent):
            return str(row[0])
        told = inbox.join(report_events, report_events.c.inbox_id == inbox.c.id)
        told = told.join(reports, reports.c.id == report_events.c.report_id)
        query = select(reports.c.tracking_code).select_from(told)
        row = await self._row(query.where(inbox.c.message_key == key).order_by(reports.c.id))
        return str(row[0]) if row else ""

    async def add_answer(
        self, report_id: int, words: str, actor_id: int | None, now: datetime
    ) -> None:
        """Keep an answer to a question."""
        row = {
            "report_id": report_id,
            "actor_id": actor_id,
            "at": now,
            "words_sealed": self._keys.seal(words),
        }
        await self._run(insert(question_answers).values(**row))

    async def answers(self, report_id: int) -> tuple[QuestionAnswer, ...]:
        """All answers to a question, oldest first."""
        q = question_answers.c
        rows = await self._rows(
            select(question_answers).where(q.report_id == report_id).order_by(q.id)
        )
        return tuple(
            QuestionAnswer(at=r.at, words=self._keys.open(r.words_sealed), actor_id=r.actor_id)
            for r in rows
        )
