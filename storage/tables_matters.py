"""Tables of reports and issues, with the log that ties them."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    false,
)

from storage.tables_base import key, metadata, refers, time, words

issues = Table(
    "issues",
    metadata,
    key(),
    Column("code", String(16), nullable=False, unique=True),
    refers("village_code", "villages.code"),
    Column("category", String(32), nullable=False),
    Column("kind", String(32), nullable=False),
    words("neutral_line"),
    words("place"),
    Column("lat", Float(53)),
    Column("lon", Float(53)),
    Column("state", String(32), nullable=False),
    Column("confidential", Boolean, nullable=False),
    Column("emergency", Boolean, nullable=False),
    time("opened_at"),
    time("last_told_at"),
    Index(None, "village_code", "last_told_at"),
)

reports = Table(
    "reports",
    metadata,
    key(),
    Column("tracking_code", String(16), nullable=False, unique=True),
    refers("person_id", "people.id"),
    Column("channel", String(16), nullable=False),
    refers("village_code", "villages.code", optional=True),
    Column("state", String(32), nullable=False),
    time("first_told_at"),
    time("last_told_at"),
    words("text"),
    words("masked_text"),
    Column("category", String(32), nullable=False),
    Column("category_score", Float(53), nullable=False),
    Column("category_by_person", Boolean, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("confidential", Boolean, nullable=False),
    Column("emergency", Boolean, nullable=False),
    words("place"),
    Column("lat", Float(53)),
    Column("lon", Float(53)),
    Column("position_by_photo", Boolean, nullable=False, server_default=false()),
    Column("photos", Integer, nullable=False),
    refers("issue_id", "issues.id", optional=True),
    Column("place_by_person", Boolean, nullable=False, server_default=false()),
    Column("households", Integer),
    Column("since", Date),
    Column("vulnerable", Boolean, nullable=False, server_default=false()),
    Index(None, "person_id", "last_told_at"),
    Index(None, "issue_id", "first_told_at"),
    Index(None, "village_code", "first_told_at"),
)

report_events = Table(
    "report_events",
    metadata,
    refers("report_id", "reports.id", part_of_key=True),
    refers("inbox_id", "inbox.id", part_of_key=True),
    Index(None, "inbox_id"),
)

attachments = Table(
    "attachments",
    metadata,
    key(),
    refers("report_id", "reports.id"),
    Column("channel", String(16), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("media_sealed", LargeBinary, nullable=False),
    Column("file_id", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("message_key", String(64), nullable=False, server_default=""),
    Column("preview_id", String(64), nullable=False, server_default=""),
    Column("photo_hash", String(16), nullable=False, server_default=""),
    Index(None, "report_id"),
    Index(None, "state", "attempts"),
    Index(None, "message_key"),
    Index(None, "file_id"),
    Index(None, "preview_id"),
)

link_events = Table(
    "link_events",
    metadata,
    key(),
    refers("report_id", "reports.id"),
    refers("issue_id", "issues.id"),
    Column("action", String(16), nullable=False),
    Column("by", String(16), nullable=False),
    time("at"),
    words("reason"),
    Column("score", Float(53)),
    refers("actor_id", "people.id", optional=True),
    refers("desk_id", "desk_events.id", optional=True),
    Index(None, "report_id"),
    Index(None, "issue_id"),
)

supporters = Table(
    "supporters",
    metadata,
    # the matter it was said of; `issue_id` is where that stands now
    refers("said_of_id", "issues.id", part_of_key=True),
    refers("person_id", "people.id", part_of_key=True),
    refers("issue_id", "issues.id"),
    time("since"),
    Index(None, "person_id"),
    Index(None, "issue_id"),
)

status_updates = Table(
    "status_updates",
    metadata,
    key(),
    refers("issue_id", "issues.id"),
    Column("state", String(32), nullable=False),
    time("at"),
    words("words"),
    refers("actor_id", "people.id", optional=True),
    Index(None, "issue_id"),
)
