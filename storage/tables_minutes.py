"""Tables: minutes as they were closed, and the files made of them."""

from sqlalchemy import Column, Integer, String, Table, UniqueConstraint

from storage.tables_base import key, metadata, refers, time, words

minutes = Table(
    "minutes",
    metadata,
    key(),
    Column("code", String(16), nullable=False, unique=True),
    refers("forum_id", "forums.id"),
    time("closed_at"),
    Column("sha256", String(64), nullable=False),
    words("content"),
    UniqueConstraint("forum_id"),
)

minutes_files = Table(
    "minutes_files",
    metadata,
    refers("minutes_code", "minutes.code", part_of_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    words("file"),
)
