"""Telegram imitated strictly: every request is held against the Bot API's description and limits."""

import importlib.util
import warnings
from collections.abc import Mapping
from functools import cache
from types import ModuleType
from typing import Any

import jsonschema_rs
from starlette.responses import Response

from bot.platforms.serving import Clock, utc_now
from bot.platforms.telegram import FakeTelegram, error
from tests.fakes.faults import Faults
from tests.shared import SHARED

CONTRACT = "specs/tgspec.py"


@cache
def _spec() -> ModuleType | None:
    """The module that reads the Bot API's description; None without the shared folder."""
    path = SHARED / CONTRACT if SHARED else None
    if path is None or not path.exists():
        return None
    found = importlib.util.spec_from_file_location("tgspec", path)
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves its file for the collector
        found.loader.exec_module(module)
    return module


@cache
def _validator(method: str) -> Any:
    spec = _spec()
    assert spec is not None
    return jsonschema_rs.Draft202012Validator(spec.method_schema(method))


def form_errors(method: str, form: Mapping[str, Any]) -> list[str]:
    """What is wrong with a call, its form fields as they came (files as bytes)."""
    spec = _spec()
    fields = {
        k: "attach://file" if isinstance(v, bytes) else v
        for k, v in form.items()
        if ":name" not in k
    }
    if spec is None:
        return list(_written_limits(fields))
    if method not in spec.M:
        return [f"no method {method}"]
    decoded = spec.decode(method, fields)
    found = [f"{method}: {e.message[:200]}" for e in _validator(method).iter_errors(decoded)]
    return found + list(spec.byte_errors(decoded)) + _written_limits(decoded)


def _written_limits(fields: Mapping[str, Any]) -> list[str]:
    found = []
    for key, most in (("text", 4096), ("caption", 1024)):
        if len(str(fields.get(key) or "").encode("utf-16-le")) // 2 > most:
            found.append(f"{key} over {most} UTF-16 units")
    if "text" in fields and not str(fields["text"]).strip():
        found.append("message text is empty")
    in_group = str(fields.get("chat_id", "")).startswith("-")
    if in_group and "request_location" in str(fields.get("reply_markup", "")):
        found.append("location buttons stand only in private chats")
    return found


class StrictTelegram(FakeTelegram):
    """The imitation. `errors` gathers what was wrong with our requests; a test ends with none.

    `faults` is what to serve. `blocked` chats answer 403; `moved` chats answer 400 with their new id.
    """

    def __init__(self, *, token: str = "", clock: Clock = utc_now) -> None:
        super().__init__(token=token, clock=clock)
        self.errors: list[str] = []
        self.blocked: set[str] = set()
        self.moved: dict[str, int] = {}
        self.faults = Faults(self.app)

    async def refusal(self, method: str, fields: Mapping[str, Any]) -> Response | None:
        """A 400 for what breaks the contract, then what was planned for the chat."""
        if found := form_errors(method, fields):
            self.errors += found
            return error(400, "Bad Request: " + "; ".join(found))
        chat_id = str(fields.get("chat_id", ""))
        if chat_id in self.blocked:
            return error(403, "Forbidden: bot was blocked by the user")
        if chat_id in self.moved:
            return error(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.moved[chat_id],
            )
        return None
