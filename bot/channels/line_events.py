"""LINE's webhook events read into messages: tolerantly, one by one, by our own JSON.

The platform adds kinds of events and messages without notice, and one malformed event must not cost its
neighbours; so nothing here raises over what an event holds.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.channels.reading import (
    PICTURE_NAMES,
    cut,
    json_object,
    moment,
    name_of,
    number,
    part,
    position,
    stable_id,
    words,
)
from handlers.messages import IncomingMessage, MessageKind
from planning.reports import Channel

_Fields = dict[str, Any]
"""What an event says of a message, by the names of `IncomingMessage`."""

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
    kind = words(event, "type")
    found: _Fields = {"kind": MessageKind.UNKNOWN}
    if isinstance(event, dict) and kind not in _QUIET and event.get("mode") != "standby":
        found |= {
            "user_id": user_id,
            "chat_id": gathering or user_id,
            "reply_handle": name_of(event, "replyToken"),
        }
        found |= _KINDS.get(kind, _unknown)(event)
    return IncomingMessage(
        channel=Channel.LINE,
        event_id=name_of(event, "webhookEventId") or stable_id(event),
        sent_at=moment(event, "timestamp", 1000, received_at),
        group=bool(gathering),
        redelivered=part(event, "deliveryContext").get("isRedelivery") is True,
        **found,
    )


def _unknown(event: dict[str, Any]) -> _Fields:
    return {}


def _message(event: dict[str, Any]) -> _Fields:
    message = part(event, "message")
    message_id = name_of(message, "id")
    quoted = name_of(message, "quotedMessageId")
    return {"message_id": message_id, "quoted": quoted, **_content(message, message_id)}


def _content(message: dict[str, Any], message_id: str) -> _Fields:
    kind = words(message, "type")
    if kind == "text" and isinstance(message.get("text"), str):
        return {"kind": MessageKind.TEXT, **_called(message)}
    if kind == "location" and (place := position(message, "latitude", "longitude")):
        return {"kind": MessageKind.LOCATION, "lat": place[0], "lon": place[1]}
    if kind == "sticker":
        return {"kind": MessageKind.STICKER}
    if kind in _MEDIA:
        # an "external" picture lies at an address of somebody else's: nothing to fetch from LINE
        ours = part(message, "contentProvider").get("type") != "external"
        name = words(message, "fileName")
        if name.lower().endswith(PICTURE_NAMES):
            kind = "image"
        return {"kind": _MEDIA[kind], "media_id": message_id if ours else "", "file_name": name}
    return {}


def _called(message: dict[str, Any]) -> _Fields:
    """The words without mentions of this account, and whether there was one."""
    found = part(message, "mention").get("mentionees")
    everyone = found if isinstance(found, list) else ()
    ours = [m for m in everyone if isinstance(m, dict) and m.get("isSelf") is True]
    spans = [(number(m, "index", 10_000), number(m, "length", 10_000)) for m in ours]
    return {"text": cut(words(message, "text"), spans), "addressed": bool(ours)}


def _postback(event: dict[str, Any]) -> _Fields:
    data = words(part(event, "postback"), "data")
    return {"kind": MessageKind.BUTTON, "button": data} if data else {}


def _join(event: dict[str, Any]) -> _Fields:
    return {"kind": MessageKind.JOIN}


def _leave(event: dict[str, Any]) -> _Fields:
    return {"kind": MessageKind.LEAVE, "reply_handle": ""}


def _unsend(event: dict[str, Any]) -> _Fields:
    message_id = name_of(part(event, "unsend"), "messageId")
    if not message_id:
        return {}
    return {"kind": MessageKind.UNSEND, "message_id": message_id, "reply_handle": ""}


def _edited(event: dict[str, Any]) -> _Fields:
    message = part(event, "message")
    message_id = name_of(message, "id")
    if not (message_id and isinstance(message.get("text"), str)):
        return {}
    text = words(message, "text")
    return {"kind": MessageKind.EDIT, "message_id": message_id, "text": text}


_KINDS: dict[str, Callable[[dict[str, Any]], _Fields]] = {
    "message": _message,
    "messageEdited": _edited,
    "postback": _postback,
    "follow": _join,
    "join": _join,
    "unfollow": _leave,
    "leave": _leave,
    "unsend": _unsend,
}
