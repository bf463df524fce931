"""The strict imitations refuse known-bad requests: a check that finds nothing proves nothing."""

from typing import Any

import pytest

from handlers.messages import Button, Reply
from tests.fakes import line, telegram
from tests.fakes.contracts import outgoing_errors
from tests.shared import shared_file

PUSH, REPLY = "/v2/bot/message/push", "/v2/bot/message/reply"
KEY = "123e4567-e89b-12d3-a456-426614174000"


def text(**more: Any) -> dict[str, Any]:
    return {"type": "text", "text": "สวัสดี", **more}


def quick(*actions: dict[str, Any]) -> dict[str, Any]:
    return {"items": [{"type": "action", "action": a} for a in actions]}


def press(label: str = "ใช่", data: str = "yes") -> dict[str, Any]:
    return {"type": "postback", "label": label, "data": data, "displayText": label}


def push(*messages: dict[str, Any]) -> dict[str, Any]:
    return {"to": "U1", "messages": list(messages)}


GOOD_LINE = [
    push(text()),
    push(text(quickReply=quick(*[press(data=str(i)) for i in range(13)]))),
    push(text(text="ก" * 5000)),
    push(
        {
            "type": "image",
            "originalContentUrl": "https://files.example.org/a.png",
            "previewImageUrl": "https://files.example.org/a.png",
        }
    ),
    push(text(quickReply=quick({"type": "location", "label": "ส่งตำแหน่งที่ตั้ง"}))),
]
BY_SCHEMA = {
    "text without text": push({"type": "text"}),
    "empty text": push(text(text="")),
    "unknown type": push({"type": "pdf", "text": "a"}),
    "unknown property": push(text(bold=True)),
    "six objects": push(*[text() for _ in range(6)]),
    "no objects": push(),
    "no receiver": {"messages": [text()]},
    "fourteen quick replies": push(
        text(quickReply=quick(*[press(data=str(i)) for i in range(14)]))
    ),
    "postback data over 300": push(text(quickReply=quick(press(data="x" * 301)))),
}
BY_WRITTEN_LIMITS = {
    "5,001 units in 2,501 emoji": push(text(text="😀" * 2501)),
    "label of 21 letters": push(text(quickReply=quick(press(label="ก" * 21)))),
    "blank label": push(text(quickReply=quick(press(label=" ")))),
    "quick reply not on the last": push(text(quickReply=quick(press())), text()),
    "picture by http": push(
        {
            "type": "image",
            "originalContentUrl": "http://files.example.org/a.png",
            "previewImageUrl": "https://files.example.org/a.png",
        }
    ),
}


@pytest.mark.parametrize("body", GOOD_LINE)
def test_line_takes_what_is_right(body: dict[str, Any]) -> None:
    assert line.body_errors(PUSH, body) == []


@pytest.mark.parametrize("fault", BY_SCHEMA)
def test_line_refuses_by_schema(fault: str) -> None:
    shared_file(line.CONTRACT)
    assert line.body_errors(PUSH, BY_SCHEMA[fault])


@pytest.mark.parametrize("fault", BY_WRITTEN_LIMITS)
def test_line_refuses_by_written_limits(fault: str) -> None:
    assert line.body_errors(PUSH, BY_WRITTEN_LIMITS[fault])


def test_line_refuses_wrong_headers() -> None:
    bearer = {"authorization": "Bearer x"}
    assert line.header_errors(PUSH, {**bearer, "x-line-retry-key": KEY}) == []
    assert line.header_errors(REPLY, bearer) == []
    assert line.header_errors(REPLY, {**bearer, "x-line-retry-key": KEY})
    assert line.header_errors(PUSH, bearer)
    assert line.header_errors(PUSH, {**bearer, "x-line-retry-key": "7"})
    assert line.header_errors(REPLY, {})


GOOD_TELEGRAM: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", {"chat_id": "1", "text": "สวัสดี"}),
    (
        "sendMessage",
        {
            "chat_id": "1",
            "text": "a",
            "reply_markup": '{"inline_keyboard":[[{"text":"ใช่","callback_data":"'
            + "x" * 64
            + '"}]]}',
        },
    ),
    ("sendDocument", {"chat_id": "1", "document": b"%PDF", "document:name": "a.pdf"}),
    ("getUpdates", {"offset": "0", "timeout": "25", "allowed_updates": '["message"]'}),
]
BAD_TELEGRAM_BY_SCHEMA: dict[str, tuple[str, dict[str, Any]]] = {
    "no text": ("sendMessage", {"chat_id": "1"}),
    "no chat": ("sendMessage", {"text": "a"}),
    "unknown field": ("sendMessage", {"chat_id": "1", "text": "a", "colour": "red"}),
    "unknown method": ("sendPaper", {"chat_id": "1"}),
    "65 bytes of data": (
        "sendMessage",
        {
            "chat_id": "1",
            "text": "a",
            "reply_markup": '{"inline_keyboard":[[{"text":"a","callback_data":"'
            + "x" * 65
            + '"}]]}',
        },
    ),
    "22 Thai letters of data": (
        "sendMessage",
        {
            "chat_id": "1",
            "text": "a",
            "reply_markup": '{"inline_keyboard":[[{"text":"a","callback_data":"'
            + "ก" * 22
            + '"}]]}',
        },
    ),
    "button without label": (
        "sendMessage",
        {
            "chat_id": "1",
            "text": "a",
            "reply_markup": '{"inline_keyboard":[[{"callback_data":"x"}]]}',
        },
    ),
}
BAD_TELEGRAM_BY_LIMITS: dict[str, tuple[str, dict[str, Any]]] = {
    "text over 4,096": ("sendMessage", {"chat_id": "1", "text": "ก" * 4097}),
    "text over 4,096 in emoji": ("sendMessage", {"chat_id": "1", "text": "😀" * 2049}),
    "blank text": ("sendMessage", {"chat_id": "1", "text": " "}),
    "caption over 1,024": (
        "sendDocument",
        {"chat_id": "1", "document": b"x", "caption": "ก" * 1025},
    ),
    "location button in a group": (
        "sendMessage",
        {
            "chat_id": "-1",
            "text": "a",
            "reply_markup": '{"keyboard":[[{"text":"a","request_location":true}]]}',
        },
    ),
}


@pytest.mark.parametrize(("method", "form"), GOOD_TELEGRAM)
def test_telegram_takes_what_is_right(method: str, form: dict[str, Any]) -> None:
    assert telegram.form_errors(method, form) == []


@pytest.mark.parametrize("fault", BAD_TELEGRAM_BY_SCHEMA)
def test_telegram_refuses_by_schema(fault: str) -> None:
    shared_file(telegram.CONTRACT)
    assert telegram.form_errors(*BAD_TELEGRAM_BY_SCHEMA[fault])


@pytest.mark.parametrize("fault", BAD_TELEGRAM_BY_LIMITS)
def test_telegram_refuses_by_written_limits(fault: str) -> None:
    assert telegram.form_errors(*BAD_TELEGRAM_BY_LIMITS[fault])


def test_whatever_is_said_is_held_against_both_contracts() -> None:
    said = Reply(text="สวัสดีค่ะ", buttons=(Button(label="เมนู", data="help"),), ask_location=True)
    assert outgoing_errors([said]) == []
    shared_file(line.CONTRACT)
    assert outgoing_errors([])  # LINE takes no call without an object
