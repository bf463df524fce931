"""Repository of audit."""

from datetime import datetime

from storage.base import Repository
from storage.values import AuditLine


class Audit(Repository):
    """Queries on audit."""

    async def add(
        self, at: datetime, actor_id: int | None, action: str, subject: str, detail: str = ""
    ) -> None:
        """See the contract."""
        raise NotImplementedError

    async def of_subject(self, subject: str) -> tuple[AuditLine, ...]:
        """See the contract."""
        raise NotImplementedError
