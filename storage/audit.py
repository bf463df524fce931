"""Who did what: lines are added and read, never changed."""

from datetime import datetime

from sqlalchemy import insert, select

from storage.base import Repository
from storage.tables_people import audit_log
from storage.values import AuditLine


class Audit(Repository):
    """Queries on the audit log."""

    async def add(
        self, at: datetime, actor_id: int | None, action: str, subject: str, detail: str = ""
    ) -> None:
        """Write a line: who (None: the machine) did what to which code. No words of villagers."""
        line = {"at": at, "actor_id": actor_id, "action": action}
        await self._run(insert(audit_log).values(**line, subject=subject, detail=detail))

    async def of_subject(self, subject: str) -> tuple[AuditLine, ...]:
        """All lines on a code, oldest first."""
        about = select(audit_log).where(audit_log.c.subject == subject)
        return tuple(
            AuditLine(
                id=row.id,
                at=row.at,
                actor_id=row.actor_id,
                action=row.action,
                subject=row.subject,
                detail=row.detail,
            )
            for row in await self._rows(about.order_by(audit_log.c.id))
        )
