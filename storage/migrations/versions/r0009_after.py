"""Revision 0009: parts of the ranking, and what follows a forum."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
INDEXED = {
    "rank_weights": (("district_code",),),
    "work_marks": (("issue_id",), ("resolution_code",)),
    "work_photos": (
        ("issue_id",),
        ("state", "attempts"),
        ("message_key",),
        ("file_id",),
        ("preview_id",),
    ),
}


def upgrade() -> None:
    """Why a matter was put aside and until when, whom it strikes, weights, the village's own work."""
    op.add_column("resolutions", sa.Column("reason", sa.Text, nullable=False, server_default=""))
    op.add_column("resolutions", sa.Column("returns_on", sa.Date))
    strikes: sa.Column[bool] = sa.Column(
        "vulnerable", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("reports", strikes)
    _weights()
    _works()
    for table, found in INDEXED.items():
        for columns in found:
            op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def downgrade() -> None:
    """Drop what was added."""
    for table in reversed(INDEXED):
        op.drop_table(table)
    op.drop_column("reports", "vulnerable")
    for name in ("returns_on", "reason"):
        op.drop_column("resolutions", name)


def _weights() -> None:
    op.create_table(
        "rank_weights",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("district_code", sa.String(4), nullable=False),
        sa.Column("weights", sa.Text, nullable=False),
        sa.Column("at", UTC, nullable=False),
    )


def _works() -> None:
    op.create_table(
        "work_marks",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("issue_id", BIG, sa.ForeignKey("issues.id"), nullable=False),
        sa.Column("mark", sa.String(16), nullable=False),
        sa.Column("resolution_code", sa.String(16), sa.ForeignKey("resolutions.code")),
        sa.Column("actor_id", BIG, sa.ForeignKey("people.id")),
        sa.Column("at", UTC, nullable=False),
    )
    op.create_table(
        "work_photos",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("issue_id", BIG, sa.ForeignKey("issues.id"), nullable=False),
        sa.Column("person_id", BIG, sa.ForeignKey("people.id")),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("media_sealed", sa.LargeBinary, nullable=False),
        *(
            sa.Column(n, sa.String(s), nullable=False)
            for n, s in (("message_key", 64), ("state", 16))
        ),
        sa.Column("attempts", sa.Integer, nullable=False),
        *(sa.Column(n, sa.String(64), nullable=False) for n in ("file_id", "preview_id")),
        sa.Column("sent_at", UTC, nullable=False),
    )
