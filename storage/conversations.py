"""Repository of conversations."""

from datetime import datetime

from planning.reports import Channel
from storage.base import Repository
from storage.values import StoredConversation


class Conversations(Repository):
    """Queries on conversations."""

    async def load(self, channel: Channel, user_id: str) -> StoredConversation:
        """See the contract."""
        raise NotImplementedError

    async def save(
        self, channel: Channel, user_id: str, state: str, expected_version: int, now: datetime
    ) -> None:
        """See the contract."""
        raise NotImplementedError
