"""Tables of what the bot sent about which report, and of answers to questions."""

from sqlalchemy import Column, Index, LargeBinary, String, Table

from storage.tables_base import key, metadata, refers, time

sent_messages = Table(
    "sent_messages",
    metadata,
    # a keyed hash of the channel's, the chat's and the message's id
    Column("message_key", String(64), primary_key=True),
    Column("report_code", String(16), nullable=False),
    Index(None, "report_code"),
)

question_answers = Table(
    "question_answers",
    metadata,
    key(),
    refers("report_id", "reports.id"),
    refers("actor_id", "people.id", optional=True),
    time("at"),
    Column("words_sealed", LargeBinary, nullable=False),
    Index(None, "report_id"),
)
