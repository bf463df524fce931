"""Tables of which message said what, what became of messages afterwards, and files to be removed."""

from sqlalchemy import Column, Index, LargeBinary, String, Table

from storage.tables_base import key, metadata, refers, time

told_parts = Table(
    "told_parts",
    metadata,
    key(),
    refers("report_id", "reports.id"),
    Column("message_key", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("words_sealed", LargeBinary, nullable=False),
    time("said_at"),
    Index(None, "report_id"),
    Index(None, "message_key"),
)

earlier_words = Table(
    "earlier_words",
    metadata,
    key(),
    refers("report_id", "reports.id"),
    Column("message_key", String(64), nullable=False),
    Column("words_sealed", LargeBinary, nullable=False),
    time("until"),
    Index(None, "report_id"),
    Index(None, "message_key"),
)

message_changes = Table(
    "message_changes",
    metadata,
    Column("message_key", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    time("at"),
)

unneeded_files = Table(
    "unneeded_files",
    metadata,
    Column("file_id", String(64), primary_key=True),
)

remarks_owed = Table(
    "remarks_owed",
    metadata,
    key(),
    refers("person_id", "people.id"),
    Column("channel", String(16), nullable=False),
    Column("remark", String(32), nullable=False),
    Column("code", String(16), nullable=False),
    Index(None, "person_id"),
)
