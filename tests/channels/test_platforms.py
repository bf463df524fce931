"""The plain imitations, and that without the shared folder they still serve the strict ones."""

import json
import urllib.error
import urllib.request
from typing import Any

import pytest

from bot.platforms.line import FakeLine
from bot.platforms.serving import serving
from bot.platforms.telegram import FakeTelegram
from tests.channels.conftest import HandClock
from tests.fakes import line as strict_line
from tests.fakes import telegram as strict_telegram


def post(url: str, body: dict[str, Any] | bytes, **headers: str) -> tuple[int, dict[str, Any]]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, json.loads(problem.read())


def test_two_servers_stand_side_by_side_and_end() -> None:
    with serving(FakeLine().app) as first, serving(FakeTelegram().app) as second:
        assert first != second
        assert post(f"{second}/bot1:x/getMe", b"")[0] == 200
    with pytest.raises(urllib.error.URLError):
        post(f"{second}/bot1:x/getMe", b"")


def test_line_counts_and_keeps_what_was_answered(clock: HandClock) -> None:
    fake = FakeLine(clock=clock, month_limit=1)
    message = {
        "type": "text",
        "text": "ใช่ไหม",
        "quickReply": {"items": [{"type": "action", "action": {"label": "ใช่", "data": "y"}}]},
    }
    with serving(fake.app) as url:
        push = f"{url}/v2/bot/message/push"
        body = {"to": "U1", "messages": [message]}
        key = {"X-Line-Retry-Key": "k"}
        assert post(push, body, **key)[0] == 200
        assert post(push, body, **key)[0] == 409
        assert post(push, body) == (429, {"message": "You have reached your monthly limit."})
        assert post(push, b"{")[0] == 400
        reply = {"replyToken": "made up", "messages": [message]}
        assert post(f"{url}/v2/bot/message/reply", reply)[0] == 400
    (answer,) = fake.answers.of("U1")
    assert (answer.text, answer.buttons, answer.at) == ("ใช่ไหม", (("ใช่", "y"),), clock())
    assert fake.answers.chats() == ("U1",)
    assert "ใช่" not in repr(answer)
    assert (fake.calls, fake.pushed) == (5, 1)


def test_telegram_refuses_another_bots_token() -> None:
    fake = FakeTelegram(token="1:right")
    with serving(fake.app) as url:
        assert post(f"{url}/bot1:wrong/getMe", b"")[0] == 401
        assert post(f"{url}/bot1:right/sendMessage", b"chat_id=7&text=a")[0] == 200
    assert [a.text for a in fake.answers.of("7")] == ["a"]


def test_without_contract_files_the_limits_still_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (strict_line, strict_telegram):
        monkeypatch.setattr(module, "SHARED", None)
    strict_line.schema_errors.cache_clear()
    strict_telegram._spec.cache_clear()
    try:
        body = {"to": "U1", "messages": [{"type": "text"}]}
        assert strict_line.body_errors(strict_line.PUSH_PATH, body) == []
        body = {"to": "U1", "messages": [{"type": "text", "text": "ก" * 5001}]}
        assert strict_line.body_errors(strict_line.PUSH_PATH, body)
        assert strict_telegram.form_errors("sendMessage", {"chat_id": "1"}) == []
        assert strict_telegram.form_errors("sendMessage", {"chat_id": "1", "text": ""})
    finally:
        strict_line.schema_errors.cache_clear()
        strict_telegram._spec.cache_clear()
