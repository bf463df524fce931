"""Repository of reports."""

from collections.abc import Collection

from planning.reports import Channel, Report
from storage.base import Repository
from storage.values import Attachment


class Reports(Repository):
    """Queries on reports."""

    async def add(self, report: Report) -> Report:
        """See the contract."""
        raise NotImplementedError

    async def update(self, report: Report) -> None:
        """See the contract."""
        raise NotImplementedError

    async def by_id(self, report_id: int) -> Report:
        """See the contract."""
        raise NotImplementedError

    async def by_code(self, code: str) -> Report | None:
        """See the contract."""
        raise NotImplementedError

    async def of_person(self, person_id: int, limit: int = 20) -> tuple[Report, ...]:
        """See the contract."""
        raise NotImplementedError

    async def of_issue(self, issue_id: int) -> tuple[Report, ...]:
        """See the contract."""
        raise NotImplementedError

    async def in_area(self, area: str = "", with_confidential: bool = False) -> tuple[Report, ...]:
        """See the contract."""
        raise NotImplementedError

    async def awaiting_village(self, person_id: int) -> tuple[Report, ...]:
        """See the contract."""
        raise NotImplementedError

    async def latest_of_person(self, person_id: int, channel: Channel) -> Report | None:
        """See the contract."""
        raise NotImplementedError

    async def add_events(self, report_id: int, inbox_ids: Collection[int]) -> None:
        """See the contract."""
        raise NotImplementedError

    async def events(
        self, report_ids: Collection[int]
    ) -> dict[int, tuple[tuple[Channel, str], ...]]:
        """See the contract."""
        raise NotImplementedError

    async def add_attachment(self, attachment: Attachment) -> Attachment:
        """See the contract."""
        raise NotImplementedError

    async def attachments(self, report_id: int) -> tuple[Attachment, ...]:
        """See the contract."""
        raise NotImplementedError

    async def attachments_to_fetch(self, limit: int) -> tuple[Attachment, ...]:
        """See the contract."""
        raise NotImplementedError

    async def update_attachment(self, attachment: Attachment) -> None:
        """See the contract."""
        raise NotImplementedError
