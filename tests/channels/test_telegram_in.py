"""Telegram's updates read into messages."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_events import parse
from bot.platforms.telegram import message_update, press_update
from handlers.messages import IncomingMessage, MessageKind
from planning.reports import Channel
from tests.conftest import NOW
from tests.fakes.desk import Desk

Json = dict[str, Any]
LATER = NOW + timedelta(seconds=5)


def one(update: Any) -> IncomingMessage:
    (found,) = parse(json.dumps(update).encode(), LATER)
    return found


def message(**content: Any) -> Json:
    return message_update(7, user_id=42, message_id=3, at=NOW, **content)


def channel(secret: str) -> TelegramChannel:
    return TelegramChannel(token="1:x", secret=secret, desk=Desk())


def test_only_the_secret_token_opens() -> None:
    name = "X-Telegram-Bot-Api-Secret-Token"
    assert channel("hook").authentic({name: "hook"}, b"")
    assert not channel("hook").authentic({name: "hoot"}, b"")
    assert not channel("hook").authentic({name: "ประตู"}, b"")
    assert not channel("hook").authentic({}, b"")
    assert not channel("").authentic({}, b"")
    assert not channel("").authentic({name: ""}, b"")


def test_a_text() -> None:
    assert one(message(text="/start v20040101")) == IncomingMessage(
        channel=Channel.TELEGRAM,
        event_id="7",
        kind=MessageKind.TEXT,
        sent_at=NOW,
        user_id="42",
        chat_id="42",
        text="/start v20040101",
        message_id="3",
    )


PHOTO = [{"file_id": "small", "width": 1}, {"file_id": "large", "width": 9}]


@pytest.mark.parametrize(
    ("content", "kind", "media_id", "text"),
    [
        ({"photo": PHOTO, "caption": "ถนนพัง"}, MessageKind.PHOTO, "large", "ถนนพัง"),
        ({"voice": {"file_id": "v"}}, MessageKind.VOICE, "v", ""),
        ({"video": {"file_id": "v"}}, MessageKind.VIDEO, "v", ""),
        ({"video_note": {"file_id": "v"}}, MessageKind.VIDEO, "v", ""),
        ({"document": {"file_id": "d"}, "caption": "แผน"}, MessageKind.FILE, "d", "แผน"),
        (
            {"animation": {"file_id": "a"}, "document": {"file_id": "a"}},
            MessageKind.VIDEO,
            "a",
            "",
        ),
        ({"sticker": {"file_id": "s"}}, MessageKind.STICKER, "s", ""),
        ({"contact": {"phone_number": "1"}}, MessageKind.CONTACT, "", ""),
        ({"dice": {"value": 6}}, MessageKind.UNKNOWN, "", ""),
        ({"photo": "?"}, MessageKind.UNKNOWN, "", ""),
    ],
)
def test_kinds_of_messages(content: Json, kind: MessageKind, media_id: str, text: str) -> None:
    found = one(message(**content))
    assert (found.kind, found.media_id, found.text) == (kind, media_id, text)
    assert found.chat_id == "42"


def test_a_location_and_a_venue() -> None:
    place = {"latitude": 12.9, "longitude": 100.9}
    found = one(message(location=place, venue={"title": "วัด"}))
    assert (found.kind, found.lat, found.lon) == (MessageKind.LOCATION, 12.9, 100.9)


def test_an_edit_and_a_moving_position() -> None:
    changed = {"update_id": 8, "edited_message": message(text="ใหม่", edit_date=0)["message"]}
    changed["edited_message"]["edit_date"] = int(LATER.timestamp())
    found = one(changed)
    assert (found.kind, found.text, found.message_id) == (MessageKind.EDIT, "ใหม่", "3")
    assert found.sent_at == LATER
    moving = message(location={"latitude": 1, "longitude": 1})["message"]
    assert one({"update_id": 9, "edited_message": moving}).chat_id == ""


def test_a_press_carries_its_handle() -> None:
    found = one(press_update(7, user_id=42, query_id="Q1", data="same:12", at=NOW))
    assert (found.kind, found.button, found.reply_handle) == (MessageKind.BUTTON, "same:12", "Q1")
    assert (found.user_id, found.chat_id, found.sent_at) == ("42", "42", LATER)


def test_a_press_under_a_message_out_of_reach_goes_to_the_presser() -> None:
    update = press_update(7, user_id=42, query_id="Q1", data="x", at=NOW)
    del update["callback_query"]["message"]
    assert one(update).chat_id == "42"


def member(before: str, after: str) -> Json:
    return {
        "update_id": 7,
        "my_chat_member": {
            "chat": {"id": 42, "type": "private"},
            "from": {"id": 42, "is_bot": False},
            "date": int(NOW.timestamp()),
            "old_chat_member": {"status": before},
            "new_chat_member": {"status": after},
        },
    }


def test_blocked_and_back() -> None:
    blocked = one(member("member", "kicked"))
    assert (blocked.kind, blocked.user_id) == (MessageKind.LEAVE, "42")
    assert one(member("kicked", "member")).kind is MessageKind.JOIN
    promoted = one(member("member", "administrator"))
    assert (promoted.kind, promoted.chat_id) == (MessageKind.UNKNOWN, "")


def test_a_group_is_the_chat() -> None:
    update = message_update(7, user_id=42, message_id=3, at=NOW, chat_id=-100, text="ก")
    found = one(update)
    assert (found.user_id, found.chat_id, found.group) == ("42", "-100", True)


@pytest.mark.parametrize(
    "update",
    [
        message(new_chat_members=[{"id": 1}]),
        message(pinned_message={"text": "x"}),
        {"update_id": 7, "message": {"chat": {"id": -1, "type": "channel"}, "text": "x"}},
        {"update_id": 7, "message": {"chat": {"id": 1}, "from": {"id": 1, "is_bot": True}}},
        {"update_id": 7, "poll": {"id": "1"}},
        {"update_id": 7},
        {"update_id": 7, "message": "?"},
    ],
)
def test_where_nobody_spoke_there_is_nobody_to_answer(update: Json) -> None:
    found = one(update)
    assert (found.kind, found.chat_id, found.event_id) == (MessageKind.UNKNOWN, "", "7")


def test_without_an_id_the_hash_stands_in() -> None:
    assert one({"message": 1}).event_id == one({"message": 1}).event_id
    assert len(one({"message": 1}).event_id) == 64


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
KEYS = "chat from date photo location voice contact text caption message_id data id".split()
PARTS = "message edited_message callback_query my_chat_member".split()


@given(st.sampled_from(PARTS), st.dictionaries(st.sampled_from(KEYS), JSON))
def test_no_update_whatsoever_raises(part: str, changed: Json) -> None:
    full = message(text="ก")["message"]
    found = one({"update_id": 7, part: {**full, **changed}})
    assert IncomingMessage.from_json(found.to_json()) == found


@given(JSON)
def test_no_body_whatsoever_raises_more_than_a_value_error(raw: Any) -> None:
    if isinstance(raw, dict):
        assert one(raw).channel is Channel.TELEGRAM
    else:
        with pytest.raises(ValueError, match="no JSON object"):
            one(raw)


@pytest.mark.parametrize(
    "update",
    [
        message(text="ถนนพัง"),
        message(location={"latitude": 12.9, "longitude": 100.9}),
        press_update(7, user_id=42, query_id="Q1", data="same:12", at=NOW),
    ],
)
def test_the_librarys_own_types_see_the_same(update: Json) -> None:
    from telegram import Update

    theirs = Update.de_json(update, None)
    ours = one(update)
    assert ours.event_id == str(theirs.update_id)
    assert theirs.effective_user is not None
    assert ours.user_id == str(theirs.effective_user.id)
    assert theirs.effective_chat is not None
    assert ours.chat_id == str(theirs.effective_chat.id)
    if theirs.callback_query is not None:
        assert ours.button == theirs.callback_query.data
        assert ours.reply_handle == theirs.callback_query.id
        return
    assert theirs.message is not None
    assert ours.text == (theirs.message.text or "")
    assert ours.sent_at == theirs.message.date
    assert ours.lat == (theirs.message.location.latitude if theirs.message.location else None)
