"""Revision 0012: the log of what is said at a forum."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
INDEXES = {
    "forum_lines": (("actor_id",),),
    "forum_comers": (("forum_id", "person_id"), ("person_id",)),
    "forum_ballots": (("forum_id", "comer"),),
}


def upgrade() -> None:
    """Make the log, who checked in, and the ballots."""
    _table(
        "forum_lines",
        sa.Column("said", sa.String(16), nullable=False),
        sa.Column("item_number", sa.Integer),
        sa.Column("actor_id", BIG, sa.ForeignKey("people.id")),
        sa.Column("content_sealed", sa.LargeBinary, nullable=False),
    )
    _table(
        "forum_comers",
        sa.Column("comer", sa.String(32), nullable=False),
        sa.Column("person_id", BIG, sa.ForeignKey("people.id")),
        sa.Column("household_key", sa.String(64), nullable=False),
    )
    _table(
        "forum_ballots",
        sa.Column("item_number", sa.Integer, nullable=False),
        sa.Column("comer", sa.String(32), nullable=False),
        sa.Column("choice", sa.String(16), nullable=False),
    )
    for table, found in INDEXES.items():
        for columns in found:
            op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _table(name: str, *columns: "sa.Column[object]") -> None:
    op.create_table(
        name,
        sa.Column("id", BIG, primary_key=True),
        sa.Column("forum_id", BIG, sa.ForeignKey("forums.id"), nullable=False),
        sa.Column("key", sa.String(96), nullable=False),
        *columns,
        sa.Column("said_at", UTC, nullable=False),
        sa.Column("heard_at", UTC, nullable=False),
        sa.UniqueConstraint("forum_id", "key", name=f"uq_{name}_forum_id_key"),
    )


def downgrade() -> None:
    """Drop them."""
    for name in reversed(INDEXES):
        op.drop_table(name)
