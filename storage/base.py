"""What every repository stands on."""

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.keys import Keys


class Repository:
    """A set of queries on one unit of work's connection."""

    def __init__(self, connection: AsyncConnection, keys: Keys) -> None:
        """Queries on `connection`; `keys` seal and hash what may not be read at rest."""
        self._connection = connection
        self._keys = keys
