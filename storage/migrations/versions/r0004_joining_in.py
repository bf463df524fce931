"""Revision 0004: support, news and what is pushed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def _outbox_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("rank", sa.Integer, nullable=False, server_default="5"),
        sa.Column("tried_at", UTC),
        sa.Column("held_since", UTC),
        sa.Column("useful_until", UTC),
        sa.Column("carried_by", BIG),
    )


def upgrade() -> None:
    """Ranks and waiting in the outbox; what is asked of contributors; months of pushes."""
    for column in _outbox_columns():
        op.add_column("outbox", column)
    op.execute("UPDATE outbox SET rank = CASE WHEN urgent THEN 0 ELSE 1 END")
    op.create_index("ix_outbox_carried_by", "outbox", ["carried_by"])
    op.create_table(
        "done_checks",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("issue_id", BIG, nullable=False),
        sa.Column("status_id", BIG, nullable=False),
        sa.Column("person_id", BIG, nullable=False),
        sa.Column("asked_at", UTC, nullable=False),
        sa.Column("answer", sa.String(16)),
        sa.Column("answered_at", UTC),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name="fk_done_checks_issue_id"),
        sa.ForeignKeyConstraint(
            ["status_id"], ["status_updates.id"], name="fk_done_checks_status_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_done_checks_person_id"),
        sa.UniqueConstraint("status_id", "person_id", name="uq_done_checks_status_id_person_id"),
    )
    op.create_index("ix_done_checks_issue_id", "done_checks", ["issue_id"])
    op.create_index("ix_done_checks_person_id", "done_checks", ["person_id"])
    op.create_table(
        "push_months",
        sa.Column("channel", sa.String(16), primary_key=True),
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("told_limit", sa.Integer),
        sa.Column("told_used", sa.Integer, nullable=False),
        sa.Column("told_at", UTC, nullable=False),
    )


def downgrade() -> None:
    """Take all of it away."""
    op.drop_table("push_months")
    op.drop_table("done_checks")
    op.drop_index("ix_outbox_carried_by", "outbox")
    for column in reversed(_outbox_columns()):
        op.drop_column("outbox", column.name)
