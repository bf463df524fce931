"""Revision 0013: minutes as they were closed."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Make the tables of closed minutes and their files."""
    op.create_table(
        "minutes",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("code", sa.String(16), nullable=False, unique=True),
        sa.Column("forum_id", BIG, sa.ForeignKey("forums.id"), nullable=False, unique=True),
        sa.Column("closed_at", UTC, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
    )
    op.create_table(
        "minutes_files",
        sa.Column("minutes_code", sa.String(16), sa.ForeignKey("minutes.code"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("file", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    for name in ("minutes_files", "minutes"):
        op.drop_table(name)
