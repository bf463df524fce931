"""Revision 0009: parts of the ranking, and what follows a forum."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Why a matter was put aside, and when it is to come back."""
    op.add_column("resolutions", sa.Column("reason", sa.Text, nullable=False, server_default=""))
    op.add_column("resolutions", sa.Column("returns_on", sa.Date))


def downgrade() -> None:
    """Drop what was added."""
    for name in ("returns_on", "reason"):
        op.drop_column("resolutions", name)
