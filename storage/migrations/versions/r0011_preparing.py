"""Revision 0011: how a forum's agenda is arranged, who convenes it with the village, who was told of it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "arranging_lines",
        sa.Column("id", BIG, primary_key=True),
        _forum(),
        sa.Column("line_key", sa.String(64), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("issue_code", sa.String(16), nullable=False),
        sa.Column("other_code", sa.String(16), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        _actor(),
        sa.Column("at", UTC, nullable=False),
        sa.UniqueConstraint("forum_id", "line_key"),
    )
    op.create_table(
        "forum_notices",
        sa.Column("id", BIG, primary_key=True),
        _forum(),
        sa.Column("notice_key", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("held_on", sa.Date),
        sa.Column("when_key", sa.Text, nullable=False),
        sa.Column("to_people", sa.Boolean, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.Column("groups", sa.Integer, nullable=False),
        _actor(),
        sa.Column("at", UTC, nullable=False),
        sa.UniqueConstraint("forum_id", "notice_key"),
    )
    op.create_table(
        "notice_people",
        sa.Column("notice_id", BIG, sa.ForeignKey("forum_notices.id"), primary_key=True),
        sa.Column("person_id", BIG, sa.ForeignKey("people.id"), primary_key=True),
    )
    op.create_table(
        "agenda_news",
        sa.Column(
            "agenda_code", sa.String(16), sa.ForeignKey("agenda_versions.code"), primary_key=True
        ),
        sa.Column("issue_code", sa.String(16), sa.ForeignKey("issues.code"), primary_key=True),
    )
    op.create_index("ix_notice_people_person_id", "notice_people", ["person_id"])


def downgrade() -> None:
    """Drop them."""
    for name in ("agenda_news", "notice_people", "forum_notices", "arranging_lines"):
        op.drop_table(name)


def _forum() -> "sa.Column[int]":
    return sa.Column("forum_id", BIG, sa.ForeignKey("forums.id"), nullable=False)


def _actor() -> "sa.Column[int]":
    return sa.Column("actor_id", BIG, sa.ForeignKey("people.id"))
