"""Tables of villages' groups, of people written down by helpers, and of their surveys."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from storage.tables_base import key, metadata, refers, time

groups = Table(
    "groups",
    metadata,
    key(),
    Column("channel", String(16), nullable=False),
    Column("chat_key", String(64), nullable=False, unique=True),
    Column("chat_sealed", LargeBinary, nullable=False),
    # the voice of members whom the platform does not name
    refers("nobody_id", "people.id"),
    refers("village_code", "villages.code", optional=True),
    Column("listens", Boolean, nullable=False),
    Column("greeted", Boolean, nullable=False),
    time("joined_at"),
    time("left_at", optional=True),
    UniqueConstraint("channel", "village_code"),
)

group_codes = Table(
    "group_codes",
    metadata,
    key(),
    Column("code_key", String(64), nullable=False, unique=True),
    refers("village_code", "villages.code"),
    refers("made_by", "people.id"),
    time("expires_at"),
    time("used_at", optional=True),
)

walk_ins = Table(
    "walk_ins",
    metadata,
    refers("person_id", "people.id", part_of_key=True),
    refers("helper_id", "people.id", optional=True),
    # a keyed hash of village, house and name, where a survey gave them
    Column("household_key", String(64), unique=True),
    Column("detail_sealed", LargeBinary, nullable=False),
    time("written_at"),
    Index(None, "helper_id"),
)

helper_news = Table(
    "helper_news",
    metadata,
    key(),
    refers("helper_id", "people.id"),
    refers("issue_id", "issues.id"),
    Column("state", String(32), nullable=False),
    Column("dedupe_key", String, nullable=False),
    time("at"),
    time("told_at", optional=True),
    UniqueConstraint("helper_id", "dedupe_key"),
    Index(None, "told_at", "at"),
)

helper_files = Table(
    "helper_files",
    metadata,
    Column("file_id", String(64), primary_key=True),
    refers("helper_id", "people.id", part_of_key=True),
    time("made_at"),
)

surveys = Table(
    "surveys",
    metadata,
    key(),
    refers("helper_id", "people.id"),
    Column("channel", String(16), nullable=False),
    Column("media_sealed", LargeBinary, nullable=False),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("file_key", String(64), nullable=False),
    # what was read, until it is in or dropped
    Column("content_sealed", LargeBinary, nullable=False),
    Column("total", Integer, nullable=False),
    time("sent_at"),
    time("changed_at"),
    Index(None, "helper_id"),
    Index(None, "state"),
    Index(None, "file_key"),
)

survey_rows = Table(
    "survey_rows",
    metadata,
    Column("row_key", String(64), primary_key=True),
    refers("survey_id", "surveys.id"),
    refers("report_id", "reports.id"),
    Column("number", Integer, nullable=False),
    Index(None, "survey_id"),
    Index(None, "report_id"),
)
