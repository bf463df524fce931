"""The table of what was done at the issue desk."""

from sqlalchemy import Column, Index, String, Table

from storage.tables_base import BIG, key, metadata, refers, time, words

desk_events = Table(
    "desk_events",
    metadata,
    key(),
    refers("issue_id", "issues.id"),
    refers("other_id", "issues.id", optional=True),
    Column("action", String(16), nullable=False),
    refers("undoes_id", "desk_events.id", optional=True),
    Column("after_link", BIG, nullable=False),
    time("at"),
    refers("actor_id", "people.id", optional=True),
    # values before and after, reasons; formal lines and the words of an office
    words("content"),
    Index(None, "issue_id"),
    Index(None, "other_id"),
)
