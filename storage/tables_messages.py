"""Tables of what comes in, what goes out and where a conversation stands. Words lie sealed here."""

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables_base import BIG, key, metadata, refers, time, words

UNHANDLED = text("handled_at IS NULL")
UNFINISHED = text("finished IS NULL")

conversations = Table(
    "conversations",
    metadata,
    Column("conversation_key", String(64), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("state_sealed", LargeBinary, nullable=False),
    time("updated_at"),
)

inbox = Table(
    "inbox",
    metadata,
    key(),
    Column("channel", String(16), nullable=False),
    Column("event_id", String, nullable=False),
    Column("sender_key", String(64), nullable=False),
    time("sent_at"),
    time("received_at"),
    Column("immediate", Boolean, nullable=False),
    Column("payload_sealed", LargeBinary, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    time("retry_at", optional=True),
    time("leased_until", optional=True),
    time("handled_at", optional=True),
    Column("outcome", String, nullable=False, server_default=""),
    Column("error", String, nullable=False, server_default=""),
    Column("message_key", String(64), nullable=False, server_default=""),
    UniqueConstraint("channel", "event_id"),
    Index(None, "message_key"),
    Index(
        "ix_inbox_waiting_sender",
        "sender_key",
        sqlite_where=UNHANDLED,
        postgresql_where=UNHANDLED,
    ),
    Index(
        "ix_inbox_waiting_oldest",
        "received_at",
        "id",
        sqlite_where=UNHANDLED,
        postgresql_where=UNHANDLED,
    ),
)

outbox = Table(
    "outbox",
    metadata,
    key(),
    Column("channel", String(16), nullable=False),
    Column("lane_key", String(64), nullable=False),
    Column("chat_sealed", LargeBinary, nullable=False),
    Column("reply_handle_sealed", LargeBinary, nullable=False),
    time("reply_until", optional=True),
    Column("payload_sealed", LargeBinary, nullable=False),
    Column("dedupe_key", String, nullable=False, unique=True),
    Column("retry_key", String(36), nullable=False),
    refers("person_id", "people.id", optional=True),
    Column("urgent", Boolean, nullable=False),
    # the lowest goes first; see planning.pushes.Rank
    Column("rank", Integer, nullable=False, server_default="5"),
    time("created_at"),
    time("next_try_at"),
    Column("attempts", Integer, nullable=False),
    # first touch of the wire: what is sent again must be sent soon
    time("tried_at", optional=True),
    # since when it waits for the person's next reply, or for a day with room
    time("held_since", optional=True),
    # of no use afterwards
    time("useful_until", optional=True),
    # the message of the same chat that takes this one along
    Column("carried_by", BIG),
    time("leased_until", optional=True),
    # "" while waiting; the way of sending from just before the wire is touched
    Column("method", String(8), nullable=False),
    time("sending_at", optional=True),
    # sent, dead or uncertain; NULL until then
    Column("finished", String(16)),
    time("sent_at", optional=True),
    Column("units", Integer, nullable=False),
    words("error"),
    Index(
        "ix_outbox_unfinished_lane",
        "lane_key",
        "id",
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    ),
    Index(None, "channel", "sent_at"),
    Index(None, "person_id"),
    Index(None, "carried_by"),
)

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("beats", Integer, nullable=False),
    # a keyed hash that only the right key file gives
    Column("key_check", String(64)),
)
