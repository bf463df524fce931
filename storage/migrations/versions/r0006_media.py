"""Revision 0006: media and what was edited or taken back."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
ADDED = {
    "inbox": {"message_key": 64},
    "attachments": {"message_key": 64, "preview_id": 64, "photo_hash": 16},
}
INDEXED = (
    ("inbox", "message_key"),
    ("attachments", "message_key"),
    ("attachments", "file_id"),
    ("attachments", "preview_id"),
)
TABLES = ("told_parts", "earlier_words", "message_changes", "unneeded_files", "remarks_owed")


def upgrade() -> None:
    """Which message said what, changes of messages, photos' previews and hashes."""
    for table, columns in ADDED.items():
        for name, length in columns.items():
            op.add_column(table, _text(name, length, server_default=""))
    by_photo: sa.Column[bool] = sa.Column(
        "position_by_photo", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("reports", by_photo)
    for table, name in INDEXED:
        op.create_index(f"ix_{table}_{name}", table, [name])
    _words_by_message("told_parts", "said_at", _text("kind", 16))
    _words_by_message("earlier_words", "until")
    op.create_table(
        "message_changes",
        _text("message_key", 64),
        _text("kind", 16),
        sa.Column("at", UTC, nullable=False),
        sa.PrimaryKeyConstraint("message_key", name="pk_message_changes"),
    )
    op.create_table(
        "unneeded_files",
        _text("file_id", 64),
        sa.PrimaryKeyConstraint("file_id", name="pk_unneeded_files"),
    )
    _remarks_owed()


def _text(name: str, length: int, **more: Any) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length), nullable=False, **more)


def _words_by_message(table: str, moment: str, *more: "sa.Column[str]") -> None:
    op.create_table(
        table,
        sa.Column("id", BIG, nullable=False),
        sa.Column("report_id", BIG, nullable=False),
        _text("message_key", 64),
        *more,
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column(moment, UTC, nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=f"fk_{table}_report_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
    )
    op.create_index(f"ix_{table}_report_id", table, ["report_id"])
    op.create_index(f"ix_{table}_message_key", table, ["message_key"])


def _remarks_owed() -> None:
    op.create_table(
        "remarks_owed",
        sa.Column("id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        _text("channel", 16),
        _text("remark", 32),
        _text("code", 16),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_remarks_owed_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_remarks_owed"),
    )
    op.create_index("ix_remarks_owed_person_id", "remarks_owed", ["person_id"])


def downgrade() -> None:
    """Take them away."""
    for table in reversed(TABLES):
        op.drop_table(table)
    for table, name in INDEXED:
        op.drop_index(f"ix_{table}_{name}", table)
    op.drop_column("reports", "position_by_photo")
    for table, columns in ADDED.items():
        for name in columns:
            op.drop_column(table, name)
