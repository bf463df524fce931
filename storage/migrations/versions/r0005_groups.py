"""Revision 0005: groups, helpers and surveys."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
TABLES = "groups group_codes walk_ins helper_news helper_files surveys survey_rows".split()


def upgrade() -> None:
    """Make the tables."""
    _groups()
    _walk_ins()
    _surveys()


def downgrade() -> None:
    """Drop them."""
    for name in reversed(TABLES):
        op.drop_table(name)


def _groups() -> None:
    op.create_table(
        "groups",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("chat_key", sa.String(64), nullable=False, unique=True),
        sa.Column("chat_sealed", sa.LargeBinary, nullable=False),
        sa.Column("nobody_id", BIG, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("village_code", sa.String(9), sa.ForeignKey("villages.code")),
        sa.Column("listens", sa.Boolean, nullable=False),
        sa.Column("greeted", sa.Boolean, nullable=False),
        sa.Column("joined_at", UTC, nullable=False),
        sa.Column("left_at", UTC),
        sa.UniqueConstraint("channel", "village_code", name="uq_groups_channel_village_code"),
    )
    op.create_table(
        "group_codes",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("code_key", sa.String(64), nullable=False, unique=True),
        sa.Column("village_code", sa.String(9), sa.ForeignKey("villages.code"), nullable=False),
        sa.Column("made_by", BIG, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("expires_at", UTC, nullable=False),
        sa.Column("used_at", UTC),
    )


def _walk_ins() -> None:
    op.create_table(
        "walk_ins",
        sa.Column("person_id", BIG, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("helper_id", BIG, sa.ForeignKey("people.id")),
        sa.Column("household_key", sa.String(64), unique=True),
        sa.Column("detail_sealed", sa.LargeBinary, nullable=False),
        sa.Column("written_at", UTC, nullable=False),
    )
    op.create_index("ix_walk_ins_helper_id", "walk_ins", ["helper_id"])
    op.create_table(
        "helper_news",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("helper_id", BIG, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("issue_id", BIG, sa.ForeignKey("issues.id"), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("dedupe_key", sa.String, nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("told_at", UTC),
        sa.UniqueConstraint("helper_id", "dedupe_key", name="uq_helper_news_helper_id_dedupe_key"),
    )
    op.create_index("ix_helper_news_told_at_at", "helper_news", ["told_at", "at"])
    op.create_table(
        "helper_files",
        sa.Column("file_id", sa.String(64), primary_key=True),
        sa.Column("helper_id", BIG, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("made_at", UTC, nullable=False),
    )


def _surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("helper_id", BIG, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("media_sealed", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("file_key", sa.String(64), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("sent_at", UTC, nullable=False),
        sa.Column("changed_at", UTC, nullable=False),
    )
    for column in ("helper_id", "state", "file_key"):
        op.create_index(f"ix_surveys_{column}", "surveys", [column])
    op.create_table(
        "survey_rows",
        sa.Column("row_key", sa.String(64), primary_key=True),
        sa.Column("survey_id", BIG, sa.ForeignKey("surveys.id"), nullable=False),
        sa.Column("report_id", BIG, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
    )
    for column in ("survey_id", "report_id"):
        op.create_index(f"ix_survey_rows_{column}", "survey_rows", [column])
