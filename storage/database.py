"""The database: where it lies, its connections, its transactions."""

from contextlib import AbstractAsyncContextManager
from pathlib import Path

from storage.keys import Keys
from storage.unit import UnitOfWork


async def migrate(url: str) -> None:
    """Bring the tables up to date."""
    raise NotImplementedError


def default_url(data_dir: Path) -> str:
    """URL of the SQLite file under `data_dir`."""
    raise NotImplementedError


class Database:
    """A pool of connections."""

    @classmethod
    async def open(cls, url: str, keys: Keys) -> "Database":
        """Open without migrating."""
        raise NotImplementedError

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A read-only transaction on its own connection."""
        raise NotImplementedError

    def write(self) -> AbstractAsyncContextManager[UnitOfWork]:
        """A transaction, committed on leaving, rolled back on error."""
        raise NotImplementedError

    async def close(self) -> None:
        """Close all connections."""
        raise NotImplementedError

    async def check(self) -> None:
        """Raise unless the database can be read and written."""
        raise NotImplementedError
