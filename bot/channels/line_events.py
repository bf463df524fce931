"""LINE's webhook events read into messages: tolerantly, one by one, by our own JSON.

The platform adds kinds of events and messages without notice, and one malformed event must not cost its
neighbours; so nothing here raises over what an event holds.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.channels.reading import (
    json_object,
    moment,
    name_of,
    part,
    position,
    stable_id,
    words,
)
from handlers.messages import IncomingMessage, MessageKind
from planning.reports import Channel

_MEDIA = {
    "image": MessageKind.PHOTO,
    "video": MessageKind.VIDEO,
    "audio": MessageKind.VOICE,
    "file": MessageKind.FILE,
}
_QUIET = frozenset(
    "memberJoined memberLeft delivery beacon accountLink videoPlayComplete things membership module "
    "activated deactivated botSuspended botResumed pnpDelivery".split()
)
"""Known kinds in which nobody spoke to us."""


def parse(body: bytes, received_at: datetime) -> tuple[IncomingMessage, ...]:
    """Every event of a webhook body. Raises `ValueError` when the body is no JSON object."""
    events = json_object(body).get("events", [])
    if not isinstance(events, list):
        events = [events]
    return tuple(_read(event, received_at) for event in events)


def _read(event: object, received_at: datetime) -> IncomingMessage:
    source = part(event, "source")
    user_id = name_of(source, "userId")
    gathering = name_of(source, "groupId") or name_of(source, "roomId")
    base = IncomingMessage(
        channel=Channel.LINE,
        event_id=name_of(event, "webhookEventId") or stable_id(event),
        kind=MessageKind.UNKNOWN,
        sent_at=moment(event, "timestamp", 1000, received_at),
        user_id=user_id,
        chat_id=gathering or user_id,
        group=bool(gathering),
        redelivered=part(event, "deliveryContext").get("isRedelivery") is True,
    )
    kind = words(event, "type")
    if not isinstance(event, dict) or kind in _QUIET or event.get("mode") == "standby":
        return replace(base, user_id="", chat_id="")
    base = replace(base, reply_handle=name_of(event, "replyToken"))
    return _KINDS.get(kind, _unknown)(base, event)


def _unknown(base: IncomingMessage, event: dict[str, Any]) -> IncomingMessage:
    return base


def _message(base: IncomingMessage, event: dict[str, Any]) -> IncomingMessage:
    message = part(event, "message")
    message_id = name_of(message, "id")
    base = replace(base, message_id=message_id)
    kind = words(message, "type")
    if kind == "text" and isinstance(message.get("text"), str):
        return replace(base, kind=MessageKind.TEXT, text=words(message, "text"))
    if kind == "location" and (place := position(message, "latitude", "longitude")):
        return replace(base, kind=MessageKind.LOCATION, lat=place[0], lon=place[1])
    if kind == "sticker":
        return replace(base, kind=MessageKind.STICKER)
    if kind in _MEDIA:
        # an "external" picture lies at an address of somebody else's: nothing to fetch from LINE
        ours = part(message, "contentProvider").get("type") != "external"
        return replace(base, kind=_MEDIA[kind], media_id=message_id if ours else "")
    return base


def _postback(base: IncomingMessage, event: dict[str, Any]) -> IncomingMessage:
    data = words(part(event, "postback"), "data")
    return replace(base, kind=MessageKind.BUTTON, button=data) if data else base


def _join(base: IncomingMessage, event: dict[str, Any]) -> IncomingMessage:
    return replace(base, kind=MessageKind.JOIN)


def _leave(base: IncomingMessage, event: dict[str, Any]) -> IncomingMessage:
    return replace(base, kind=MessageKind.LEAVE, reply_handle="")


def _unsend(base: IncomingMessage, event: dict[str, Any]) -> IncomingMessage:
    message_id = name_of(part(event, "unsend"), "messageId")
    if not message_id:
        return base
    return replace(base, kind=MessageKind.UNSEND, message_id=message_id, reply_handle="")


def _edited(base: IncomingMessage, event: dict[str, Any]) -> IncomingMessage:
    message = part(event, "message")
    if not (name_of(message, "id") and isinstance(message.get("text"), str)):
        return base
    return replace(
        base,
        kind=MessageKind.EDIT,
        message_id=name_of(message, "id"),
        text=words(message, "text"),
    )


_KINDS: dict[str, Callable[[IncomingMessage, dict[str, Any]], IncomingMessage]] = {
    "message": _message,
    "messageEdited": _edited,
    "postback": _postback,
    "follow": _join,
    "join": _join,
    "unfollow": _leave,
    "leave": _leave,
    "unsend": _unsend,
}
