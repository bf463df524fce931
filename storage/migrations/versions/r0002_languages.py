"""Revision 0002: the language a person is spoken to in."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it."""
    op.add_column(
        "people", sa.Column("language", sa.String(8), nullable=False, server_default="th")
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_column("people", "language")
