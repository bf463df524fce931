"""Tables of forums, their agendas and resolutions, the project bank and the plan calendar."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from storage.tables_base import Baht, key, metadata, refers, time, words

forums = Table(
    "forums",
    metadata,
    key(),
    Column("code", String(16), nullable=False, unique=True),
    refers("village_code", "villages.code"),
    Column("number", Integer, nullable=False),
    Column("year_be", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("held_on", Date),
    words("held_at"),
    words("place"),
    UniqueConstraint("village_code", "year_be", "number"),
)

agenda_versions = Table(
    "agenda_versions",
    metadata,
    key(),
    Column("code", String(16), nullable=False, unique=True),
    refers("forum_id", "forums.id"),
    Column("version", Integer, nullable=False),
    time("frozen_at"),
    Column("sha256", String(64), nullable=False),
    words("content"),
    UniqueConstraint("forum_id", "version"),
)

agenda_files = Table(
    "agenda_files",
    metadata,
    refers("agenda_code", "agenda_versions.code", part_of_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    words("file"),
)

resolutions = Table(
    "resolutions",
    metadata,
    key(),
    Column("code", String(16), nullable=False, unique=True),
    refers("forum_id", "forums.id"),
    refers("agenda_code", "agenda_versions.code"),
    Column("item_number", Integer, nullable=False),
    refers("issue_id", "issues.id"),
    Column("outcome", String(16), nullable=False),
    Column("votes_for", Integer),
    Column("votes_against", Integer),
    Column("way", String(16)),
    time("decided_at"),
    refers("actor_id", "people.id", optional=True),
    Column("reason", Text, nullable=False, server_default=""),
    Column("returns_on", Date),
    Index(None, "forum_id"),
    Index(None, "issue_id"),
)

projects = Table(
    "projects",
    metadata,
    key(),
    Column("code", String(16), nullable=False, unique=True),
    refers("village_code", "villages.code"),
    refers("issue_id", "issues.id"),
    refers("resolution_code", "resolutions.code"),
    words("name"),
    Column("category", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("way", String(16), nullable=False),
    Column("target_year", Integer, nullable=False),
    time("created_at"),
    words("objective"),
    words("target"),
    words("indicator"),
    words("expected_result"),
    words("agency"),
    Column("budget", Baht()),
    Index(None, "village_code"),
    Index(None, "issue_id"),
)

supporting_documents = Table(
    "supporting_documents",
    metadata,
    refers("project_id", "projects.id", part_of_key=True),
    Column("kind", String(32), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("state", String(16), nullable=False),
)

plan_windows = Table(
    "plan_windows",
    metadata,
    Column("district_code", String(4), primary_key=True),
    Column("fiscal_year", Integer, primary_key=True, autoincrement=False),
    Column("level", String(16), primary_key=True),
    Column("opens", Date, nullable=False),
    Column("closes", Date, nullable=False),
)
