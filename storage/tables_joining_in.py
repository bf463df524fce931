"""Tables of what is asked after a matter is said to be done, and of what a month of pushes used."""

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint

from storage.tables_base import key, metadata, refers, time

done_checks = Table(
    "done_checks",
    metadata,
    key(),
    refers("issue_id", "issues.id"),
    refers("status_id", "status_updates.id"),
    refers("person_id", "people.id"),
    time("asked_at"),
    # done or not_yet; NULL until answered
    Column("answer", String(16)),
    time("answered_at", optional=True),
    UniqueConstraint("status_id", "person_id"),
    Index(None, "issue_id"),
    Index(None, "person_id"),
)

push_months = Table(
    "push_months",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("month", String(7), primary_key=True),
    Column("told_limit", Integer),
    Column("told_used", Integer, nullable=False),
    time("told_at"),
)
