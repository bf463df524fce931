"""Tables of consents, erasures, joined accounts, muted senders and files made of one's own data."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, String, Table

from storage.tables_base import key, metadata, refers, time, words

consents = Table(
    "consents",
    metadata,
    key(),
    refers("person_id", "people.id"),
    Column("kind", String(32), nullable=False),
    Column("allowed", Boolean, nullable=False),
    # which wording of the privacy notice was in force
    Column("notice", String(16), nullable=False),
    time("at"),
    Index(None, "person_id", "kind"),
)

erasures = Table(
    "erasures",
    metadata,
    key(),
    # a keyed hash of who was erased
    Column("ref_key", String(64), nullable=False),
    Column("asked_by", String(16), nullable=False),
    # numbers of the rows that stay without a name, as JSON; "" once all is finished
    words("persons"),
    words("kinds"),
    Column("number", Integer, nullable=False),
    time("begun_at"),
    time("finished_at", optional=True),
    Index(None, "finished_at"),
)

account_codes = Table(
    "account_codes",
    metadata,
    key(),
    Column("code_key", String(64), nullable=False, unique=True),
    refers("person_id", "people.id"),
    Column("channel", String(16), nullable=False),
    time("made_at"),
    time("expires_at"),
    Index(None, "person_id"),
)

account_tries = Table(
    "account_tries",
    metadata,
    key(),
    refers("person_id", "people.id"),
    time("at"),
    Index(None, "person_id", "at"),
)

account_joins = Table(
    "account_joins",
    metadata,
    key(),
    refers("kept_id", "people.id"),
    refers("other_id", "people.id"),
    # the channel that came with the other
    Column("channel", String(16), nullable=False),
    time("joined_at"),
    time("left_at", optional=True),
    # numbers of the reports and issues and the roles that came along, as JSON
    words("moved"),
    Index(None, "kept_id"),
    Index(None, "other_id"),
)

mutes = Table(
    "mutes",
    metadata,
    key(),
    refers("person_id", "people.id"),
    Column("report_code", String(16), nullable=False),
    time("since"),
    time("until"),
    Column("reason_sealed", LargeBinary, nullable=False),
    refers("actor_id", "people.id", optional=True),
    time("told_at", optional=True),
    Index(None, "person_id", "until"),
)

own_files = Table(
    "own_files",
    metadata,
    Column("file_id", String(64), primary_key=True),
    refers("person_id", "people.id", part_of_key=True),
    time("made_at"),
    Index(None, "person_id"),
)
