"""Tables of areas and people; what ties a person to a platform lies apart in `identities`."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    false,
)

from storage.tables_base import key, metadata, refers, time, words

villages = Table(
    "villages",
    metadata,
    Column("code", String(9), primary_key=True),
    words("name"),
    Column("kind", String(16), nullable=False),
    Column("moo", Integer),
    words("tambon"),
    words("district"),
    words("province"),
    words("region"),
    Column("lat", Float(53)),
    Column("lon", Float(53)),
    Column("households", Integer),
)

landmarks = Table(
    "landmarks",
    metadata,
    refers("village_code", "villages.code", part_of_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    words("name"),
    Column("lat", Float(53), nullable=False),
    Column("lon", Float(53), nullable=False),
)

people = Table(
    "people",
    metadata,
    key(),
    refers("village_code", "villages.code", optional=True),
    time("joined_at"),
    time("noticed_at", optional=True),
    Column("language", String(8), nullable=False, server_default="th"),
    refers("second_village_code", "villages.code", optional=True),
    Column("outside", Boolean, nullable=False, server_default=false()),
    time("village_asked_at", optional=True),
    Index(None, "village_code"),
)

identities = Table(
    "identities",
    metadata,
    key(),
    refers("person_id", "people.id"),
    Column("channel", String(16), nullable=False),
    Column("user_key", String(64), nullable=False, unique=True),
    Column("user_sealed", LargeBinary, nullable=False),
    Column("chat_sealed", LargeBinary, nullable=False),
    Column("reachable", Boolean, nullable=False),
    time("created_at"),
    Index(None, "person_id"),
)

roles = Table(
    "roles",
    metadata,
    key(),
    refers("person_id", "people.id"),
    Column("role", String(32), nullable=False),
    Column("area", String(9), nullable=False),
    time("granted_at"),
    UniqueConstraint("person_id", "role", "area"),
    Index(None, "role", "area"),
)

invitations = Table(
    "invitations",
    metadata,
    key(),
    Column("token_key", String(64), nullable=False, unique=True),
    Column("role", String(32), nullable=False),
    Column("area", String(9), nullable=False),
    time("created_at"),
    time("expires_at"),
    time("used_at", optional=True),
    refers("used_by", "people.id", optional=True),
)

audit_log = Table(
    "audit_log",
    metadata,
    key(),
    time("at"),
    refers("actor_id", "people.id", optional=True),
    words("action"),
    words("subject"),
    words("detail"),
    Index(None, "subject"),
)
