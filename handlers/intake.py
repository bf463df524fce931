"""From a channel's messages to rows of the inbox."""

from collections.abc import Sequence
from datetime import datetime

from handlers.dialogue.words import read_command
from handlers.messages import IncomingMessage, MessageKind
from handlers.ports import Reader
from storage.values import NewInboxItem

_MAY_WAIT = frozenset({MessageKind.TEXT, MessageKind.PHOTO, MessageKind.LOCATION})


def new_items(
    messages: Sequence[IncomingMessage], received_at: datetime, reader: Reader
) -> list[NewInboxItem]:
    """Inbox rows; buttons, commands and danger to life are marked not to wait for a burst's rest."""
    return [
        NewInboxItem(
            channel=message.channel,
            event_id=message.event_id,
            sender=message.user_id or message.chat_id,
            sent_at=message.sent_at,
            received_at=received_at,
            immediate=_immediate(message, reader),
            payload=message.to_json(),
            chat_id=message.chat_id,
            message_id=message.message_id,
        )
        for message in messages
    ]


def _immediate(message: IncomingMessage, reader: Reader) -> bool:
    if message.kind not in _MAY_WAIT:
        return True
    if not message.text:
        return False
    return read_command(message.text) is not None or reader.is_emergency(message.text)
