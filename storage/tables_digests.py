"""Tables of looks at a summary, of the regular digest, and of likenesses nobody has judged yet."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from storage.tables_base import key, metadata, refers, time, words

looks = Table(
    "looks",
    metadata,
    refers("person_id", "people.id", part_of_key=True),
    # an area's code, "" for one's own areas together
    Column("area", String(16), primary_key=True),
    # when the present sitting began, and what it counts from
    time("looked_at"),
    time("since"),
)

digests = Table(
    "digests",
    metadata,
    key(),
    refers("person_id", "people.id"),
    Column("area", String(16), nullable=False),
    # 0 is Monday, NULL every day; Thai time
    Column("weekday", Integer),
    Column("hour", Integer, nullable=False),
    Column("minute", Integer, nullable=False),
    Column("stopped", Boolean, nullable=False),
    # what happened until then was told, or was nothing
    time("told_until"),
    time("next_at"),
    UniqueConstraint("person_id", "area"),
    Index(None, "next_at"),
)

digest_windows = Table(
    "digest_windows",
    metadata,
    key(),
    refers("digest_id", "digests.id"),
    time("opens"),
    time("closes"),
    # the message that told it
    words("dedupe_key"),
    UniqueConstraint("digest_id", "closes"),
)

unsure_links = Table(
    "unsure_links",
    metadata,
    refers("report_id", "reports.id", part_of_key=True),
    refers("issue_id", "issues.id", part_of_key=True),
    Column("score", Float(53), nullable=False),
    time("at"),
    # somebody said whether it is the same
    time("settled_at", optional=True),
    Index(None, "issue_id"),
)

summary_pictures = Table(
    "summary_pictures",
    metadata,
    Column("file_id", String(64), primary_key=True),
    time("made_at"),
)
