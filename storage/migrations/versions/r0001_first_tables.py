"""Revision 0001: the first tables."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UTC = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
TABLES = (
    "conversations heartbeat inbox plan_windows villages forums issues landmarks people "
    "agenda_versions audit_log identities invitations outbox reports roles status_updates "
    "supporters agenda_files attachments link_events report_events resolutions projects "
    "supporting_documents "
).split()


def upgrade() -> None:
    """Create every table, those first that others refer to."""
    _tables_1()
    _tables_2()
    _tables_3()
    _tables_4()
    _tables_5()
    _tables_6()
    _tables_7()
    _tables_8()
    op.execute("INSERT INTO heartbeat (id, beats) VALUES (1, 0)")


def downgrade() -> None:
    """Drop every table."""
    for name in reversed(TABLES):
        op.drop_table(name)


def _only_where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _tables_1() -> None:
    op.create_table(
        "conversations",
        sa.Column("conversation_key", sa.String(64), primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state_sealed", sa.LargeBinary, nullable=False),
        sa.Column("updated_at", UTC, nullable=False),
    )
    op.create_table(
        "heartbeat",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("beats", sa.Integer, nullable=False),
        sa.Column("key_check", sa.String(64)),
    )
    op.create_table(
        "inbox",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("event_id", sa.String, nullable=False),
        sa.Column("sender_key", sa.String(64), nullable=False),
        sa.Column("sent_at", UTC, nullable=False),
        sa.Column("received_at", UTC, nullable=False),
        sa.Column("immediate", sa.Boolean, nullable=False),
        sa.Column("payload_sealed", sa.LargeBinary, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("retry_at", UTC),
        sa.Column("leased_until", UTC),
        sa.Column("handled_at", UTC),
        sa.Column("outcome", sa.String, nullable=False, server_default=""),
        sa.Column("error", sa.String, nullable=False, server_default=""),
        sa.UniqueConstraint("channel", "event_id"),
    )
    op.create_index(
        "ix_inbox_waiting_oldest",
        "inbox",
        ["received_at", "id"],
        **_only_where("handled_at IS NULL"),
    )
    op.create_index(
        "ix_inbox_waiting_sender", "inbox", ["sender_key"], **_only_where("handled_at IS NULL")
    )
    op.create_table(
        "plan_windows",
        sa.Column("district_code", sa.String(4), primary_key=True),
        sa.Column("fiscal_year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("level", sa.String(16), primary_key=True),
        sa.Column("opens", sa.Date, nullable=False),
        sa.Column("closes", sa.Date, nullable=False),
    )


def _tables_2() -> None:
    op.create_table(
        "villages",
        sa.Column("code", sa.String(9), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("moo", sa.Integer),
        sa.Column("tambon", sa.Text, nullable=False),
        sa.Column("district", sa.Text, nullable=False),
        sa.Column("province", sa.Text, nullable=False),
        sa.Column("region", sa.Text, nullable=False),
        sa.Column("lat", sa.Float(53)),
        sa.Column("lon", sa.Float(53)),
        sa.Column("households", sa.Integer),
    )
    op.create_table(
        "forums",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("code", sa.String(16), nullable=False, unique=True),
        sa.Column("village_code", sa.String(9), sa.ForeignKey("villages.code"), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("year_be", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("held_on", sa.Date),
        sa.Column("held_at", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.UniqueConstraint("village_code", "year_be", "number"),
    )
    op.create_table(
        "issues",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("code", sa.String(16), nullable=False, unique=True),
        sa.Column("village_code", sa.String(9), sa.ForeignKey("villages.code"), nullable=False),
        sa.Column("category", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("neutral_line", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("lat", sa.Float(53)),
        sa.Column("lon", sa.Float(53)),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("confidential", sa.Boolean, nullable=False),
        sa.Column("emergency", sa.Boolean, nullable=False),
        sa.Column("opened_at", UTC, nullable=False),
        sa.Column("last_told_at", UTC, nullable=False),
    )
    op.create_index(
        "ix_issues_village_code_last_told_at", "issues", ["village_code", "last_told_at"]
    )


def _tables_3() -> None:
    op.create_table(
        "landmarks",
        sa.Column("village_code", sa.String(9), sa.ForeignKey("villages.code"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("lat", sa.Float(53), nullable=False),
        sa.Column("lon", sa.Float(53), nullable=False),
    )
    op.create_table(
        "people",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("village_code", sa.String(9), sa.ForeignKey("villages.code")),
        sa.Column("joined_at", UTC, nullable=False),
        sa.Column("noticed_at", UTC),
    )
    op.create_index("ix_people_village_code", "people", ["village_code"])
    op.create_table(
        "agenda_versions",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("code", sa.String(16), nullable=False, unique=True),
        sa.Column("forum_id", BIG, sa.ForeignKey("forums.id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("frozen_at", UTC, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.UniqueConstraint("forum_id", "version"),
    )
    op.create_table(
        "audit_log",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("at", UTC, nullable=False),
        sa.Column("actor_id", BIG, sa.ForeignKey("people.id")),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("ix_audit_log_subject", "audit_log", ["subject"])


def _tables_4() -> None:
    op.create_table(
        "identities",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("person_id", BIG, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("user_key", sa.String(64), nullable=False, unique=True),
        sa.Column("user_sealed", sa.LargeBinary, nullable=False),
        sa.Column("chat_sealed", sa.LargeBinary, nullable=False),
        sa.Column("reachable", sa.Boolean, nullable=False),
        sa.Column("created_at", UTC, nullable=False),
    )
    op.create_index("ix_identities_person_id", "identities", ["person_id"])
    op.create_table(
        "invitations",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("token_key", sa.String(64), nullable=False, unique=True),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("area", sa.String(9), nullable=False),
        sa.Column("created_at", UTC, nullable=False),
        sa.Column("expires_at", UTC, nullable=False),
        sa.Column("used_at", UTC),
        sa.Column("used_by", BIG, sa.ForeignKey("people.id")),
    )


def _tables_5() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("lane_key", sa.String(64), nullable=False),
        sa.Column("chat_sealed", sa.LargeBinary, nullable=False),
        sa.Column("reply_handle_sealed", sa.LargeBinary, nullable=False),
        sa.Column("reply_until", UTC),
        sa.Column("payload_sealed", sa.LargeBinary, nullable=False),
        sa.Column("dedupe_key", sa.String, nullable=False, unique=True),
        sa.Column("retry_key", sa.String(36), nullable=False),
        sa.Column("person_id", BIG, sa.ForeignKey("people.id")),
        sa.Column("urgent", sa.Boolean, nullable=False),
        sa.Column("created_at", UTC, nullable=False),
        sa.Column("next_try_at", UTC, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("leased_until", UTC),
        sa.Column("method", sa.String(8), nullable=False),
        sa.Column("sending_at", UTC),
        sa.Column("finished", sa.String(16)),
        sa.Column("sent_at", UTC),
        sa.Column("units", sa.Integer, nullable=False),
        sa.Column("error", sa.Text, nullable=False),
    )
    op.create_index("ix_outbox_channel_sent_at", "outbox", ["channel", "sent_at"])
    op.create_index("ix_outbox_person_id", "outbox", ["person_id"])
    op.create_index(
        "ix_outbox_unfinished_lane", "outbox", ["lane_key", "id"], **_only_where("finished IS NULL")
    )


def _tables_6() -> None:
    op.create_table(
        "reports",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("tracking_code", sa.String(16), nullable=False, unique=True),
        sa.Column("person_id", BIG, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("village_code", sa.String(9), sa.ForeignKey("villages.code")),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("first_told_at", UTC, nullable=False),
        sa.Column("last_told_at", UTC, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("masked_text", sa.Text, nullable=False),
        sa.Column("category", sa.String(32), nullable=False),
        sa.Column("category_score", sa.Float(53), nullable=False),
        sa.Column("category_by_person", sa.Boolean, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("confidential", sa.Boolean, nullable=False),
        sa.Column("emergency", sa.Boolean, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("lat", sa.Float(53)),
        sa.Column("lon", sa.Float(53)),
        sa.Column("photos", sa.Integer, nullable=False),
        sa.Column("issue_id", BIG, sa.ForeignKey("issues.id")),
    )
    op.create_index("ix_reports_issue_id_first_told_at", "reports", ["issue_id", "first_told_at"])
    op.create_index("ix_reports_person_id_last_told_at", "reports", ["person_id", "last_told_at"])
    op.create_index(
        "ix_reports_village_code_first_told_at", "reports", ["village_code", "first_told_at"]
    )
    op.create_table(
        "roles",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("person_id", BIG, sa.ForeignKey("people.id"), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("area", sa.String(9), nullable=False),
        sa.Column("granted_at", UTC, nullable=False),
        sa.UniqueConstraint("person_id", "role", "area"),
    )
    op.create_index("ix_roles_role_area", "roles", ["role", "area"])
    op.create_table(
        "status_updates",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("issue_id", BIG, sa.ForeignKey("issues.id"), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("actor_id", BIG, sa.ForeignKey("people.id")),
    )
    op.create_index("ix_status_updates_issue_id", "status_updates", ["issue_id"])


def _tables_7() -> None:
    op.create_table(
        "supporters",
        sa.Column("issue_id", BIG, sa.ForeignKey("issues.id"), primary_key=True),
        sa.Column("person_id", BIG, sa.ForeignKey("people.id"), primary_key=True),
        sa.Column("since", UTC, nullable=False),
    )
    op.create_index("ix_supporters_person_id", "supporters", ["person_id"])
    op.create_table(
        "agenda_files",
        sa.Column(
            "agenda_code", sa.String(16), sa.ForeignKey("agenda_versions.code"), primary_key=True
        ),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("file", sa.Text, nullable=False),
    )
    op.create_table(
        "attachments",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("report_id", BIG, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("media_sealed", sa.LargeBinary, nullable=False),
        sa.Column("file_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
    )
    op.create_index("ix_attachments_report_id", "attachments", ["report_id"])
    op.create_index("ix_attachments_state_attempts", "attachments", ["state", "attempts"])
    op.create_table(
        "link_events",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("report_id", BIG, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("issue_id", BIG, sa.ForeignKey("issues.id"), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("at", UTC, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("score", sa.Float(53)),
        sa.Column("actor_id", BIG, sa.ForeignKey("people.id")),
    )
    op.create_index("ix_link_events_issue_id", "link_events", ["issue_id"])
    op.create_index("ix_link_events_report_id", "link_events", ["report_id"])
    op.create_table(
        "report_events",
        sa.Column("report_id", BIG, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("inbox_id", BIG, sa.ForeignKey("inbox.id"), primary_key=True),
    )
    op.create_index("ix_report_events_inbox_id", "report_events", ["inbox_id"])


def _tables_8() -> None:
    op.create_table(
        "resolutions",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("code", sa.String(16), nullable=False, unique=True),
        sa.Column("forum_id", BIG, sa.ForeignKey("forums.id"), nullable=False),
        sa.Column(
            "agenda_code", sa.String(16), sa.ForeignKey("agenda_versions.code"), nullable=False
        ),
        sa.Column("item_number", sa.Integer, nullable=False),
        sa.Column("issue_id", BIG, sa.ForeignKey("issues.id"), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("votes_for", sa.Integer),
        sa.Column("votes_against", sa.Integer),
        sa.Column("way", sa.String(16)),
        sa.Column("decided_at", UTC, nullable=False),
        sa.Column("actor_id", BIG, sa.ForeignKey("people.id")),
    )
    op.create_index("ix_resolutions_forum_id", "resolutions", ["forum_id"])
    op.create_index("ix_resolutions_issue_id", "resolutions", ["issue_id"])
    op.create_table(
        "projects",
        sa.Column("id", BIG, primary_key=True),
        sa.Column("code", sa.String(16), nullable=False, unique=True),
        sa.Column("village_code", sa.String(9), sa.ForeignKey("villages.code"), nullable=False),
        sa.Column("issue_id", BIG, sa.ForeignKey("issues.id"), nullable=False),
        sa.Column(
            "resolution_code", sa.String(16), sa.ForeignKey("resolutions.code"), nullable=False
        ),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("category", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("target_year", sa.Integer, nullable=False),
        sa.Column("created_at", UTC, nullable=False),
        sa.Column("objective", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("indicator", sa.Text, nullable=False),
        sa.Column("expected_result", sa.Text, nullable=False),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("budget", sa.BigInteger),
    )
    op.create_index("ix_projects_issue_id", "projects", ["issue_id"])
    op.create_index("ix_projects_village_code", "projects", ["village_code"])
    op.create_table(
        "supporting_documents",
        sa.Column("project_id", BIG, sa.ForeignKey("projects.id"), primary_key=True),
        sa.Column("kind", sa.String(32), primary_key=True),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
    )
