"""Revision 0008: what was done at the issue desk; support knows what it was said of."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")


def upgrade() -> None:
    """Make the table and its columns elsewhere."""
    op.create_table(
        "desk_events",
        sa.Column("id", BIG, primary_key=True),
        _refers("issue_id", "issues.id", nullable=False),
        _refers("other_id", "issues.id"),
        sa.Column("action", sa.String(16), nullable=False),
        _refers("undoes_id", "desk_events.id"),
        sa.Column("after_link", BIG, nullable=False),
        sa.Column("at", UTC, nullable=False),
        _refers("actor_id", "people.id"),
        sa.Column("content", sa.Text, nullable=False),
    )
    for name in ("issue_id", "other_id"):
        op.create_index(f"ix_desk_events_{name}", "desk_events", [name])
    with op.batch_alter_table("link_events") as links:
        links.add_column(sa.Column("desk_id", BIG))
        links.create_foreign_key("fk_link_events_desk_id", "desk_events", ["desk_id"], ["id"])
    _put_away()
    _supporters(
        _refers("said_of_id", "issues.id", primary_key=True),
        _refers("person_id", "people.id", primary_key=True),
        _refers("issue_id", "issues.id", nullable=False),
    )
    op.create_index("ix_supporters_issue_id", "supporters", ["issue_id"])
    _bring_back(
        "INSERT INTO supporters (said_of_id, person_id, issue_id, since) "
        "SELECT issue_id, person_id, issue_id, since FROM supporters_kept"
    )


def downgrade() -> None:
    """Take them away; support stays where it stands now."""
    _put_away()
    _supporters(
        _refers("issue_id", "issues.id", primary_key=True),
        _refers("person_id", "people.id", primary_key=True),
    )
    _bring_back(
        "INSERT INTO supporters (issue_id, person_id, since) "
        "SELECT issue_id, person_id, MIN(since) FROM supporters_kept GROUP BY issue_id, person_id"
    )
    with op.batch_alter_table("link_events") as links:
        links.drop_constraint("fk_link_events_desk_id", type_="foreignkey")
        links.drop_column("desk_id")
    op.drop_table("desk_events")


def _refers(
    name: str, target: str, *, nullable: bool = True, primary_key: bool = False
) -> "sa.Column[int]":
    needed = not nullable or primary_key
    key = sa.ForeignKey(target)
    return sa.Column(name, BIG, key, nullable=not needed, primary_key=primary_key)


def _put_away() -> None:
    """A table's key is not changed where it stands: the rows wait beside it."""
    op.execute("CREATE TABLE supporters_kept AS SELECT * FROM supporters")
    op.drop_table("supporters")


def _supporters(*columns: "sa.Column[int]") -> None:
    op.create_table("supporters", *columns, sa.Column("since", UTC, nullable=False))
    op.create_index("ix_supporters_person_id", "supporters", ["person_id"])


def _bring_back(statement: str) -> None:
    op.execute(statement)
    op.drop_table("supporters_kept")
