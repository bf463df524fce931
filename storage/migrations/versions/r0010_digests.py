"""Revision 0010: digests and the windows they told of."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
TABLES = "looks digests digest_windows unsure_links summary_pictures".split()


def upgrade() -> None:
    """Make the tables."""
    _looks()
    _digests()
    _likenesses()
    op.create_table(
        "summary_pictures",
        sa.Column("file_id", sa.String(64), primary_key=True),
        sa.Column("made_at", UTC, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for name in reversed(TABLES):
        op.drop_table(name)


def _looks() -> None:
    op.create_table(
        "looks",
        sa.Column("person_id", BIG, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("area", sa.String(16), primary_key=True),
        sa.Column("looked_at", UTC, nullable=False),
        sa.Column("since", UTC, nullable=False),
    )


def _digests() -> None:
    op.create_table(
        "digests",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("person_id", BIG, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("area", sa.String(16), nullable=False),
        sa.Column("weekday", sa.Integer),
        sa.Column("hour", sa.Integer, nullable=False),
        sa.Column("minute", sa.Integer, nullable=False),
        sa.Column("stopped", sa.Boolean, nullable=False),
        sa.Column("told_until", UTC, nullable=False),
        sa.Column("next_at", UTC, nullable=False),
        sa.UniqueConstraint("person_id", "area", name="uq_digests_person_id_area"),
    )
    op.create_index("ix_digests_next_at", "digests", ["next_at"])
    op.create_table(
        "digest_windows",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("digest_id", BIG, sa.ForeignKey("digests.id"), nullable=False),
        sa.Column("opens", UTC, nullable=False),
        sa.Column("closes", UTC, nullable=False),
        sa.Column("dedupe_key", sa.Text, nullable=False),
        sa.UniqueConstraint("digest_id", "closes", name="uq_digest_windows_digest_id_closes"),
    )


def _likenesses() -> None:
    op.create_table(
        "unsure_links",
        sa.Column("report_id", BIG, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("issue_id", BIG, sa.ForeignKey("issues.id"), primary_key=True),
        sa.Column("score", sa.Float(53), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("settled_at", UTC),
    )
    op.create_index("ix_unsure_links_issue_id", "unsure_links", ["issue_id"])
