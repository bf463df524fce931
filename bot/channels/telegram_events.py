"""Telegram's updates read into messages: tolerantly, by our own JSON."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.channels.reading import (
    PICTURE_TYPES,
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

_MEDIA = {
    "voice": MessageKind.VOICE,
    "audio": MessageKind.VOICE,
    "video": MessageKind.VIDEO,
    "video_note": MessageKind.VIDEO,
    "animation": MessageKind.VIDEO,
    "document": MessageKind.FILE,
    "sticker": MessageKind.STICKER,
    "contact": MessageKind.CONTACT,
}
_SERVICE = frozenset(
    "new_chat_members left_chat_member new_chat_title new_chat_photo delete_chat_photo "
    "group_chat_created supergroup_chat_created channel_chat_created pinned_message "
    "message_auto_delete_timer_changed migrate_to_chat_id migrate_from_chat_id boost_added "
    "chat_background_set forum_topic_created forum_topic_edited forum_topic_closed "
    "forum_topic_reopened general_forum_topic_hidden general_forum_topic_unhidden "
    "video_chat_scheduled video_chat_started video_chat_ended video_chat_participants_invited "
    "write_access_allowed proximity_alert_triggered giveaway_created".split()
)
"""Notices of a chat in which nobody spoke to us."""


@dataclass(frozen=True, kw_only=True)
class Me:
    """The bot itself: by what it is mentioned and replied to. Empty where it is not known."""

    user_id: str = ""
    name: str = ""


def parse(body: bytes, received_at: datetime, me: Me | None = None) -> tuple[IncomingMessage, ...]:
    """The one event of an update. Raises `ValueError` when the body is no JSON object."""
    return (read(json_object(body), received_at, me or Me()),)


def read(update: dict[str, Any], received_at: datetime, me: Me) -> IncomingMessage:
    """One update as a message; what nobody may answer has no chat_id."""
    base = IncomingMessage(
        channel=Channel.TELEGRAM,
        event_id=name_of(update, "update_id") or stable_id(update),
        kind=MessageKind.UNKNOWN,
        sent_at=received_at,
    )
    if message := part(update, "message"):
        return _message(base, message, me)
    if message := part(update, "edited_message"):
        return _edited(base, message, me)
    if press := part(update, "callback_query"):
        return _press(base, press)
    if change := part(update, "my_chat_member"):
        return _membership(base, change)
    return base


def _placed(base: IncomingMessage, message: dict[str, Any]) -> IncomingMessage:
    """With who, where and when; unchanged where nobody may be answered (bots, channels)."""
    chat, sender = part(message, "chat"), part(message, "from")
    # an administrator who stays anonymous speaks as the group itself, through a bot of Telegram's
    masked = bool(chat) and name_of(part(message, "sender_chat"), "id") == name_of(chat, "id")
    if (sender.get("is_bot") is True and not masked) or chat.get("type") == "channel":
        return base
    return replace(
        base,
        user_id="" if masked else name_of(sender, "id"),
        chat_id=name_of(chat, "id"),
        group=chat.get("type") in ("group", "supergroup"),
        sent_at=moment(message, "date", 1, base.sent_at),
        message_id=name_of(message, "message_id"),
        quoted=name_of(part(message, "reply_to_message"), "message_id"),
    )


def _message(base: IncomingMessage, message: dict[str, Any], me: Me) -> IncomingMessage:
    if new_id := name_of(message, "migrate_to_chat_id"):
        moved = replace(base, chat_id=name_of(part(message, "chat"), "id"), group=True)
        return replace(moved, kind=MessageKind.MOVED, moved_to=new_id)
    if not _SERVICE.isdisjoint(message):
        return base
    placed = _placed(base, message)
    if not placed.chat_id:
        return placed
    spans = _calls(message, me)
    answered = part(part(message, "reply_to_message"), "from")
    to_me = bool(me.user_id) and name_of(answered, "id") == me.user_id
    placed = replace(placed, addressed=placed.group and (bool(spans) or to_me))
    named = [span for command, span in spans if not command]
    if isinstance(message.get("text"), str):
        return replace(placed, kind=MessageKind.TEXT, text=cut(words(message, "text"), named))
    placed = replace(placed, text=cut(words(message, "caption"), named))
    if photo := _photo(message):
        return replace(placed, kind=MessageKind.PHOTO, media_id=photo)
    if place := position(message.get("location"), "latitude", "longitude"):
        return replace(placed, kind=MessageKind.LOCATION, lat=place[0], lon=place[1])
    for key, kind in _MEDIA.items():
        if media := part(message, key):
            name = words(media, "file_name")
            return replace(placed, kind=kind, media_id=words(media, "file_id"), file_name=name)
    return placed


_Span = tuple[float | None, float | None]


def _calls(message: dict[str, Any], me: Me) -> list[tuple[bool, _Span]]:
    """Where the bot is called by name: (by a command, start and length in UTF-16 units)."""
    text = words(message, "text") or words(message, "caption")
    units = text.encode("utf-16-le")
    found = message.get("entities") or message.get("caption_entities")
    calls: list[tuple[bool, _Span]] = []
    for entity in found if isinstance(found, list) else ():
        kind = words(entity, "type")
        start, length = number(entity, "offset", 10_000), number(entity, "length", 10_000)
        if start is None or length is None or start < 0:
            continue
        part_of = units[int(start) * 2 : int(start + length) * 2].decode("utf-16-le", "replace")
        by_id = kind == "text_mention" and name_of(part(entity, "user"), "id") == me.user_id
        by_name = kind in ("mention", "bot_command") and bool(me.name)
        if (by_id and me.user_id) or (by_name and part_of.lower().endswith(f"@{me.name.lower()}")):
            calls.append((kind == "bot_command", (start, length)))
    return calls


def _photo(message: dict[str, Any]) -> str:
    """The file id of a photo, be it sent as a photo or, with all its details, as a file."""
    document = part(message, "document")
    sent_as_file = words(document, "mime_type").lower() in PICTURE_TYPES
    return _largest(message.get("photo")) or (words(document, "file_id") if sent_as_file else "")


def _largest(sizes: object) -> str:
    """The file id of the last size, which is the largest; "" when there is none."""
    ids = [words(size, "file_id") for size in sizes] if isinstance(sizes, list) else []
    return next((i for i in reversed(ids) if i), "")


def _edited(base: IncomingMessage, message: dict[str, Any], me: Me) -> IncomingMessage:
    text, photo = words(message, "text") or words(message, "caption"), _photo(message)
    if not text and not photo:  # a live position that moves, for one
        return base
    placed = _placed(base, message)
    if not placed.chat_id:
        return placed
    spans = _calls(message, me)
    return replace(
        placed,
        kind=MessageKind.EDIT,
        text=cut(text, [span for command, span in spans if not command]),
        media_id=photo,
        addressed=placed.group and bool(spans),
        sent_at=moment(message, "edit_date", 1, placed.sent_at),
    )


def _press(base: IncomingMessage, press: dict[str, Any]) -> IncomingMessage:
    # the message under the button may be absent or out of reach; a press has no time of its own
    message = part(press, "message")
    chat, presser = part(message, "chat"), name_of(part(press, "from"), "id")
    data = words(press, "data")
    return replace(
        base,
        kind=MessageKind.BUTTON if data else MessageKind.UNKNOWN,
        user_id=presser,
        chat_id=name_of(chat, "id") or presser,
        group=chat.get("type") in ("group", "supergroup"),
        button=data,
        message_id=name_of(message, "message_id"),
        reply_handle=words(press, "id"),
    )


def _membership(base: IncomingMessage, change: dict[str, Any]) -> IncomingMessage:
    placed = replace(_placed(base, change), message_id="")
    status = words(part(change, "new_chat_member"), "status")
    before = words(part(change, "old_chat_member"), "status")
    gone = ("kicked", "left")
    if status in gone:
        return replace(placed, kind=MessageKind.LEAVE)
    if status and before in gone:
        return replace(placed, kind=MessageKind.JOIN)
    return replace(placed, user_id="", chat_id="")
