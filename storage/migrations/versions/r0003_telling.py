"""Revision 0003: more about reports and where people belong, answers, what was sent about what."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def _report_columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("place_by_person", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("households", sa.Integer),
        sa.Column("since", sa.Date),
    )


def upgrade() -> None:
    """Add all of it."""
    for column in _report_columns():
        op.add_column("reports", column)
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("second_village_code", sa.String(9)))
        people.add_column(
            sa.Column("outside", sa.Boolean, nullable=False, server_default=sa.false())
        )
        people.add_column(sa.Column("village_asked_at", UTC))
        people.create_foreign_key(
            "fk_people_second_village_code", "villages", ["second_village_code"], ["code"]
        )
    op.create_table(
        "sent_messages",
        sa.Column("message_key", sa.String(64), primary_key=True),
        sa.Column("report_code", sa.String(16), nullable=False),
    )
    op.create_index("ix_sent_messages_report_code", "sent_messages", ["report_code"])
    op.create_table(
        "question_answers",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("report_id", BIG, nullable=False),
        sa.Column("actor_id", BIG),
        sa.Column("at", UTC, nullable=False),
        sa.Column("words_sealed", sa.LargeBinary, nullable=False),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_question_answers_report_id"
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name="fk_question_answers_actor_id"),
    )
    op.create_index("ix_question_answers_report_id", "question_answers", ["report_id"])


def downgrade() -> None:
    """Take all of it away."""
    op.drop_table("question_answers")
    op.drop_table("sent_messages")
    with op.batch_alter_table("people") as people:
        people.drop_constraint("fk_people_second_village_code", type_="foreignkey")
        for name in ("village_asked_at", "outside", "second_village_code"):
            people.drop_column(name)
    for column in reversed(_report_columns()):
        op.drop_column("reports", column.name)
