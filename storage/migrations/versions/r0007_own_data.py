"""Revision 0007: consents, erasures, linked accounts, muting."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
TABLES = "consents erasures account_codes account_tries account_joins mutes own_files".split()
INDEXES = {
    "consents": (("person_id", "kind"),),
    "erasures": (("finished_at",),),
    "account_codes": (("person_id",),),
    "account_tries": (("person_id", "at"),),
    "account_joins": (("kept_id",), ("other_id",)),
    "mutes": (("person_id", "until"),),
    "own_files": (("person_id",),),
}


def upgrade() -> None:
    """Make the tables."""
    _consents()
    _accounts()
    _mutes()
    for table, found in INDEXES.items():
        for columns in found:
            op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def downgrade() -> None:
    """Drop them."""
    for name in reversed(TABLES):
        op.drop_table(name)


def _person(name: str = "person_id", nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, BIG, sa.ForeignKey("people.id"), nullable=nullable)


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", BIG, primary_key=True),
        _person(),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("allowed", sa.Boolean, nullable=False),
        sa.Column("notice", sa.String(16), nullable=False),
        sa.Column("at", UTC, nullable=False),
    )
    op.create_table(
        "erasures",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("ref_key", sa.String(64), nullable=False),
        sa.Column("asked_by", sa.String(16), nullable=False),
        sa.Column("persons", sa.Text, nullable=False),
        sa.Column("kinds", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("begun_at", UTC, nullable=False),
        sa.Column("finished_at", UTC),
    )


def _accounts() -> None:
    op.create_table(
        "account_codes",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("code_key", sa.String(64), nullable=False, unique=True),
        _person(),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("made_at", UTC, nullable=False),
        sa.Column("expires_at", UTC, nullable=False),
    )
    op.create_table(
        "account_tries",
        sa.Column("id", BIG, primary_key=True),
        _person(),
        sa.Column("at", UTC, nullable=False),
    )
    op.create_table(
        "account_joins",
        sa.Column("id", BIG, primary_key=True),
        _person("kept_id"),
        _person("other_id"),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("joined_at", UTC, nullable=False),
        sa.Column("left_at", UTC),
        sa.Column("moved", sa.Text, nullable=False),
    )


def _mutes() -> None:
    op.create_table(
        "mutes",
        sa.Column("id", BIG, primary_key=True),
        _person(),
        sa.Column("report_code", sa.String(16), nullable=False),
        sa.Column("since", UTC, nullable=False),
        sa.Column("until", UTC, nullable=False),
        sa.Column("reason_sealed", sa.LargeBinary, nullable=False),
        _person("actor_id", nullable=True),
        sa.Column("told_at", UTC),
    )
    op.create_table(
        "own_files",
        sa.Column("file_id", sa.String(64), primary_key=True),
        sa.Column("person_id", BIG, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("made_at", UTC, nullable=False),
    )
