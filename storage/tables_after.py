"""Tables: how districts rank, and the village's own work with its photos."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table

from storage.tables_base import key, metadata, refers, time, words

rank_weights = Table(
    "rank_weights",
    metadata,
    key(),
    Column("district_code", String(4), nullable=False),
    # "" where the district goes back to the usual ones
    words("weights"),
    time("at"),
    Index(None, "district_code"),
)

work_marks = Table(
    "work_marks",
    metadata,
    key(),
    refers("issue_id", "issues.id"),
    Column("mark", String(16), nullable=False),
    refers("resolution_code", "resolutions.code", optional=True),
    refers("actor_id", "people.id", optional=True),
    time("at"),
    Index(None, "issue_id"),
    Index(None, "resolution_code"),
)

work_photos = Table(
    "work_photos",
    metadata,
    key(),
    refers("issue_id", "issues.id"),
    refers("person_id", "people.id", optional=True),
    Column("channel", String(16), nullable=False),
    Column("media_sealed", LargeBinary, nullable=False),
    Column("message_key", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("file_id", String(64), nullable=False),
    Column("preview_id", String(64), nullable=False),
    time("sent_at"),
    Index(None, "issue_id"),
    Index(None, "state", "attempts"),
    Index(None, "message_key"),
    Index(None, "file_id"),
    Index(None, "preview_id"),
)
