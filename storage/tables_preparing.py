"""Tables: preparing a forum: the agenda's order, conveners, when it is, and who was told of it."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, UniqueConstraint

from storage.tables_base import key, metadata, refers, time, words

arranging_lines = Table(
    "arranging_lines",
    metadata,
    key(),
    refers("forum_id", "forums.id"),
    Column("line_key", String(64), nullable=False),
    Column("act", String(16), nullable=False),
    # "" where the line is about no item
    Column("issue_code", String(16), nullable=False),
    Column("other_code", String(16), nullable=False),
    words("words"),
    refers("actor_id", "people.id", optional=True),
    time("at"),
    UniqueConstraint("forum_id", "line_key"),
)

forum_notices = Table(
    "forum_notices",
    metadata,
    key(),
    refers("forum_id", "forums.id"),
    Column("notice_key", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    # when and where it was said to be
    Column("held_on", Date),
    words("when_key"),
    Column("to_people", Boolean, nullable=False),
    Column("people", Integer, nullable=False),
    Column("groups", Integer, nullable=False),
    refers("actor_id", "people.id", optional=True),
    time("at"),
    UniqueConstraint("forum_id", "notice_key"),
)

notice_people = Table(
    "notice_people",
    metadata,
    refers("notice_id", "forum_notices.id", part_of_key=True),
    refers("person_id", "people.id", part_of_key=True),
    Index(None, "person_id"),
)

# who is still to hear that their matter is before the forum: of many at once some wait
agenda_news = Table(
    "agenda_news",
    metadata,
    refers("agenda_code", "agenda_versions.code", part_of_key=True),
    refers("issue_code", "issues.code", part_of_key=True),
)
