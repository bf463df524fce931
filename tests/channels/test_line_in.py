"""LINE's webhooks read into messages."""

import copy
import json
from datetime import timedelta
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.line import LineChannel
from bot.channels.line_events import parse
from bot.platforms.line import (
    event,
    image_message,
    location_message,
    signature,
    text_message,
    webhook,
)
from handlers.messages import IncomingMessage, MessageKind
from planning.reports import Channel
from tests.conftest import NOW
from tests.fakes.desk import Desk
from tests.shared import shared_file

Json = dict[str, Any]
SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
VECTOR = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
VECTOR_SIGNATURE = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="
USER, GROUP = "U" + "1" * 32, "C" + "2" * 32


def channel(*secrets: str) -> LineChannel:
    return LineChannel(secrets=secrets, access_token="t", desk=Desk())


def one(raw: Any) -> IncomingMessage:
    (found,) = parse(webhook([raw]), NOW)
    return found


def of_user(kind: str, **more: Any) -> Json:
    return event(kind, user_id=USER, event_id="E1", at=NOW, reply_token="T1", **more)


def test_the_published_signature_is_right_and_others_are_not() -> None:
    headers = {"X-Line-Signature": VECTOR_SIGNATURE}
    assert channel(SECRET).authentic(headers, VECTOR)
    assert channel("new" * 10, SECRET).authentic(headers, VECTOR)
    assert not channel("new" * 10).authentic(headers, VECTOR)
    assert not channel(SECRET).authentic(headers, VECTOR + b" ")
    assert not channel(SECRET).authentic({}, VECTOR)
    assert not channel(SECRET).authentic({"x-line-signature": "ลายเซ็น"}, VECTOR)
    assert not channel("").authentic({"x-line-signature": signature("", VECTOR)}, VECTOR)
    assert signature(SECRET, VECTOR) == VECTOR_SIGNATURE


def test_a_text_with_all_that_came_with_it() -> None:
    raw = of_user("message", message=text_message("M1", "ถนนพัง"), redelivered=True)
    assert one(raw) == IncomingMessage(
        channel=Channel.LINE,
        event_id="E1",
        kind=MessageKind.TEXT,
        sent_at=NOW,
        user_id=USER,
        chat_id=USER,
        text="ถนนพัง",
        message_id="M1",
        reply_handle="T1",
        redelivered=True,
    )


def test_milliseconds_are_kept() -> None:
    raw = of_user("message", message=text_message("M1", "ก"))
    raw["timestamp"] += 123
    assert one(raw).sent_at == NOW + timedelta(milliseconds=123)


def test_a_group_is_the_chat() -> None:
    raw = event(
        "message",
        user_id=USER,
        group_id=GROUP,
        event_id="E1",
        at=NOW,
        message=text_message("M1", "ก"),
    )
    found = one(raw)
    assert (found.user_id, found.chat_id, found.group) == (USER, GROUP, True)


@pytest.mark.parametrize(
    ("message", "kind", "media_id"),
    [
        (image_message("M1"), MessageKind.PHOTO, "M1"),
        ({**image_message("M1"), "type": "video"}, MessageKind.VIDEO, "M1"),
        ({**image_message("M1"), "type": "audio"}, MessageKind.VOICE, "M1"),
        (
            {"type": "file", "id": "M1", "fileName": "a.pdf", "fileSize": 1},
            MessageKind.FILE,
            "M1",
        ),
        (
            {"type": "image", "id": "M1", "contentProvider": {"type": "external"}},
            MessageKind.PHOTO,
            "",
        ),
        ({"type": "sticker", "id": "M1", "packageId": "1"}, MessageKind.STICKER, ""),
        ({"type": "hologram", "id": "M1"}, MessageKind.UNKNOWN, ""),
        ({"type": "text", "id": "M1"}, MessageKind.UNKNOWN, ""),
        ({"type": "location", "id": "M1", "latitude": 91, "longitude": 1}, MessageKind.UNKNOWN, ""),
        ("not an object", MessageKind.UNKNOWN, ""),
    ],
)
def test_kinds_of_messages(message: Any, kind: MessageKind, media_id: str) -> None:
    found = one(of_user("message", message=message))
    assert (found.kind, found.media_id, found.reply_handle) == (kind, media_id, "T1")


def test_a_location() -> None:
    found = one(of_user("message", message=location_message("M1", 12.9, 100.9)))
    assert (found.kind, found.lat, found.lon) == (MessageKind.LOCATION, 12.9, 100.9)


def test_a_button() -> None:
    found = one(of_user("postback", postback={"data": "same:12"}))
    assert (found.kind, found.button) == (MessageKind.BUTTON, "same:12")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("follow", MessageKind.JOIN),
        ("join", MessageKind.JOIN),
        ("unfollow", MessageKind.LEAVE),
        ("leave", MessageKind.LEAVE),
    ],
)
def test_coming_and_going(kind: str, expected: MessageKind) -> None:
    found = one(of_user(kind))
    assert found.kind is expected
    assert bool(found.reply_handle) == (expected is MessageKind.JOIN)
    assert found.chat_id == USER


def test_an_unsend_and_an_edit_name_their_message() -> None:
    gone = one(of_user("unsend", unsend={"messageId": "M9"}))
    assert (gone.kind, gone.message_id) == (MessageKind.UNSEND, "M9")
    changed = one(of_user("messageEdited", message=text_message("M9", "ใหม่")))
    assert (changed.kind, changed.message_id, changed.text) == (MessageKind.EDIT, "M9", "ใหม่")


@pytest.mark.parametrize("kind", ["memberJoined", "memberLeft", "beacon", "delivery", "module"])
def test_where_nobody_spoke_there_is_nobody_to_answer(kind: str) -> None:
    found = one(of_user(kind))
    assert (found.kind, found.chat_id, found.reply_handle) == (MessageKind.UNKNOWN, "", "")
    assert found.event_id == "E1"


def test_on_standby_nobody_is_answered() -> None:
    raw = {**of_user("message", message=text_message("M1", "ก")), "mode": "standby"}
    found = one(raw)
    assert (found.kind, found.chat_id, found.user_id) == (MessageKind.UNKNOWN, "", "")
    assert found.reply_handle == ""


def test_a_kind_of_tomorrow_is_kept_and_can_be_answered() -> None:
    found = one(of_user("telepathy"))
    assert (found.kind, found.chat_id, found.reply_handle) == (MessageKind.UNKNOWN, USER, "T1")


@pytest.mark.parametrize(
    "broken", [None, 7, "x", [], {}, {"type": 3}, {"source": "U1", "timestamp": "now"}]
)
def test_a_broken_event_keeps_its_neighbours(broken: Any) -> None:
    good = of_user("message", message=text_message("M1", "ถนนพัง"))
    found = parse(webhook([good, broken, {**good, "webhookEventId": "E2"}]), NOW)
    assert [m.event_id for m in found][::2] == ["E1", "E2"]
    assert found[1].kind is MessageKind.UNKNOWN
    assert found[1].event_id == parse(webhook([broken]), NOW)[0].event_id
    assert len(found[1].event_id) == 64


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"{", b"\xff", b'{"a":' * 100_000])
def test_only_a_body_that_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match="the body is"):
        parse(body, NOW)


def test_a_connectivity_check_has_no_events() -> None:
    assert parse(VECTOR, NOW) == ()


def test_what_no_database_stores_is_cleaned_away() -> None:
    body = b'{"events":[{"type":"message","message":{"type":"text","text":"a\\u0000\\ud83db"}}]}'
    (found,) = parse(body, NOW)
    assert found.text == "a\ufffdb"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FULL = of_user("message", message=location_message("M1", 12.9, 100.9))


@given(st.dictionaries(st.sampled_from([*FULL, "postback", "unsend", "x"]), JSON))
def test_no_event_whatsoever_raises(changed: Json) -> None:
    found = parse(json.dumps({"events": [{**FULL, **changed}]}).encode(), NOW)
    assert IncomingMessage.from_json(found[0].to_json()) == found[0]
    assert found[0].to_json().encode()


@given(st.sampled_from(sorted(FULL["message"])), JSON)
def test_no_message_whatsoever_raises(key: str, value: Any) -> None:
    raw = copy.deepcopy(FULL)
    raw["message"][key] = value
    assert len(parse(json.dumps({"events": [raw]}).encode(), NOW)) == 1


@given(JSON)
def test_no_body_whatsoever_raises_more_than_a_value_error(raw: Any) -> None:
    body = json.dumps(raw).encode()
    if isinstance(raw, dict):
        assert isinstance(parse(body, NOW), tuple)
    else:
        with pytest.raises(ValueError, match="no JSON object"):
            parse(body, NOW)


WELL_FORMED = [
    of_user("message", message=text_message("M1", "ถนนพัง")),
    of_user("message", message=image_message("M2")),
    of_user("message", message=location_message("M3", 12.9, 100.9)),
    of_user("postback", postback={"data": "same:12"}),
    of_user("follow", follow={"isUnblocked": False}),
    event("unfollow", user_id=USER, event_id="E1", at=NOW),
    event("unsend", user_id=USER, event_id="E1", at=NOW, unsend={"messageId": "M1"}),
    event(
        "message",
        user_id=USER,
        group_id=GROUP,
        event_id="E1",
        at=NOW,
        message=text_message("M1", "ก"),
    ),
]


@pytest.mark.parametrize("raw", WELL_FORMED, ids=lambda raw: raw["type"])
def test_the_sdks_own_parser_sees_the_same(raw: Json) -> None:
    from linebot.v3.webhook import WebhookParser  # type: ignore[import-untyped]

    body = webhook([raw]).decode()
    (theirs,) = WebhookParser(SECRET).parse(body, signature(SECRET, body.encode()))
    ours = one(raw)
    assert ours.event_id == theirs.webhook_event_id
    assert ours.user_id == theirs.source.user_id
    assert ours.sent_at == NOW
    assert theirs.timestamp == NOW.timestamp() * 1000
    assert ours.reply_handle == (getattr(theirs, "reply_token", None) or "")
    message = getattr(theirs, "message", None)
    assert ours.text == (getattr(message, "text", None) or "")
    assert ours.lat == getattr(message, "latitude", None)
    assert ours.button == (theirs.postback.data if raw["type"] == "postback" else "")
    if raw["type"] == "message":
        assert message is not None
        assert ours.message_id == message.id


def test_events_of_our_imitation_are_lines_own() -> None:
    path = shared_file("specs/line-hardened/webhook.strict.json")
    components = json.loads(path.read_text())["components"]
    schema = {"$ref": "#/components/schemas/CallbackRequest", "components": components}
    validator = jsonschema_rs.Draft202012Validator(schema)
    for raw in WELL_FORMED:
        assert [e.message for e in validator.iter_errors(json.loads(webhook([raw])))] == []
    without_text = of_user("message", message={"type": "text", "id": "1", "quoteToken": "q"})
    assert list(validator.iter_errors(json.loads(webhook([without_text]))))
