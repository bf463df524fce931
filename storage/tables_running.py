"""Tables: running a forum: the log of what was said there, who checked in, ballots until they are counted."""

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, UniqueConstraint

from storage.tables_base import key, metadata, refers, time

forum_lines = Table(
    "forum_lines",
    metadata,
    key(),
    refers("forum_id", "forums.id"),
    Column("key", String(96), nullable=False),
    Column("said", String(16), nullable=False),
    time("said_at"),
    time("heard_at"),
    Column("item_number", Integer),
    refers("actor_id", "people.id", optional=True),
    Column("content_sealed", LargeBinary, nullable=False),
    UniqueConstraint("forum_id", "key"),
    Index(None, "actor_id"),
)

forum_comers = Table(
    "forum_comers",
    metadata,
    key(),
    refers("forum_id", "forums.id"),
    Column("key", String(96), nullable=False),
    # made up for this forum: what ballots name instead of a person
    Column("comer", String(32), nullable=False),
    refers("person_id", "people.id", optional=True),
    # a keyed hash of the house number, "" where none was said
    Column("household_key", String(64), nullable=False),
    time("said_at"),
    time("heard_at"),
    UniqueConstraint("forum_id", "key"),
    Index(None, "forum_id", "person_id"),
    Index(None, "person_id"),
)

forum_ballots = Table(
    "forum_ballots",
    metadata,
    key(),
    refers("forum_id", "forums.id"),
    Column("key", String(96), nullable=False),
    Column("item_number", Integer, nullable=False),
    Column("comer", String(32), nullable=False),
    Column("choice", String(16), nullable=False),
    time("said_at"),
    time("heard_at"),
    UniqueConstraint("forum_id", "key"),
    Index(None, "forum_id", "comer"),
)
