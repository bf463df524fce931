"""Repository of projects."""

from collections.abc import Sequence

from planning.projects import DocumentKind, Project, SupportingDocument
from storage.base import Repository


class Projects(Repository):
    """Queries on projects."""

    async def add(self, project: Project, documents: Sequence[DocumentKind]) -> Project:
        """See the contract."""
        raise NotImplementedError

    async def update(self, project: Project) -> None:
        """See the contract."""
        raise NotImplementedError

    async def by_code(self, code: str) -> Project | None:
        """See the contract."""
        raise NotImplementedError

    async def by_issue(self, issue_id: int) -> Project | None:
        """See the contract."""
        raise NotImplementedError

    async def in_area(self, area: str = "") -> tuple[Project, ...]:
        """See the contract."""
        raise NotImplementedError

    async def documents(self, project_id: int) -> tuple[SupportingDocument, ...]:
        """See the contract."""
        raise NotImplementedError

    async def set_document(self, document: SupportingDocument) -> None:
        """See the contract."""
        raise NotImplementedError
