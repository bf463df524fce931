"""Repository of forums."""

from planning.forums import AgendaVersion, Forum, Resolution
from storage.base import Repository


class Forums(Repository):
    """Queries on forums."""

    async def add(self, forum: Forum) -> Forum:
        """See the contract."""
        raise NotImplementedError

    async def update(self, forum: Forum) -> None:
        """See the contract."""
        raise NotImplementedError

    async def by_id(self, forum_id: int) -> Forum:
        """See the contract."""
        raise NotImplementedError

    async def by_code(self, code: str) -> Forum | None:
        """See the contract."""
        raise NotImplementedError

    async def current(self, village_code: str) -> Forum | None:
        """See the contract."""
        raise NotImplementedError

    async def last_number(self, village_code: str, year_be: int) -> int:
        """See the contract."""
        raise NotImplementedError

    async def of_village(self, village_code: str) -> tuple[Forum, ...]:
        """See the contract."""
        raise NotImplementedError

    async def add_version(self, version: AgendaVersion) -> AgendaVersion:
        """See the contract."""
        raise NotImplementedError

    async def versions(self, forum_id: int) -> tuple[AgendaVersion, ...]:
        """See the contract."""
        raise NotImplementedError

    async def version_by_code(self, code: str) -> AgendaVersion | None:
        """See the contract."""
        raise NotImplementedError

    async def latest_version(self, forum_id: int) -> AgendaVersion | None:
        """See the contract."""
        raise NotImplementedError

    async def add_resolution(self, resolution: Resolution) -> Resolution:
        """See the contract."""
        raise NotImplementedError

    async def resolutions(self, forum_id: int) -> tuple[Resolution, ...]:
        """See the contract."""
        raise NotImplementedError

    async def resolutions_of_issue(self, issue_id: int) -> tuple[Resolution, ...]:
        """See the contract."""
        raise NotImplementedError

    async def resolution_by_code(self, code: str) -> Resolution | None:
        """See the contract."""
        raise NotImplementedError

    async def agenda_files(self, agenda_code: str) -> tuple[str, ...]:
        """See the contract."""
        raise NotImplementedError

    async def set_agenda_files(self, agenda_code: str, files: tuple[str, ...]) -> None:
        """See the contract."""
        raise NotImplementedError
