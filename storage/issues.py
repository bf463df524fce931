"""Repository of issues."""

from collections.abc import Collection
from datetime import datetime

from planning.issues import Issue, IssueStanding, IssueState, LinkEvent, StatusUpdate
from planning.reports import Report
from storage.base import Repository


class Issues(Repository):
    """Queries on issues."""

    async def add(self, issue: Issue) -> Issue:
        """See the contract."""
        raise NotImplementedError

    async def update(self, issue: Issue) -> None:
        """See the contract."""
        raise NotImplementedError

    async def by_id(self, issue_id: int) -> Issue:
        """See the contract."""
        raise NotImplementedError

    async def by_code(self, code: str) -> Issue | None:
        """See the contract."""
        raise NotImplementedError

    async def standings(
        self,
        area: str = "",
        states: Collection[IssueState] | None = None,
        confidential: bool | None = False,
    ) -> tuple[IssueStanding, ...]:
        """See the contract."""
        raise NotImplementedError

    async def standing(self, issue_id: int) -> IssueStanding:
        """See the contract."""
        raise NotImplementedError

    async def record(self, event: LinkEvent) -> None:
        """See the contract."""
        raise NotImplementedError

    async def link_events(
        self, issue_id: int | None = None, report_id: int | None = None
    ) -> tuple[LinkEvent, ...]:
        """See the contract."""
        raise NotImplementedError

    async def tellings(
        self, village_codes: Collection[str], limit_issues: int = 300, per_issue: int = 5
    ) -> tuple[tuple[Issue, tuple[Report, ...]], ...]:
        """See the contract."""
        raise NotImplementedError

    async def contributors(self, issue_id: int) -> tuple[int, ...]:
        """See the contract."""
        raise NotImplementedError

    async def support(self, issue_id: int, person_id: int, now: datetime) -> bool:
        """See the contract."""
        raise NotImplementedError

    async def unsupport(self, issue_id: int, person_id: int) -> bool:
        """See the contract."""
        raise NotImplementedError

    async def add_status(self, update: StatusUpdate) -> None:
        """See the contract."""
        raise NotImplementedError

    async def statuses(self, issue_id: int) -> tuple[StatusUpdate, ...]:
        """See the contract."""
        raise NotImplementedError
