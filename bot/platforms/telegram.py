"""Telegram's Bot API imitated: takes answers, hands out files and updates.

Also the other side: updates as Telegram's servers make them.
"""

import asyncio
import json
import re
from collections import deque
from collections.abc import Mapping
from datetime import datetime
from email import message_from_bytes
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.platforms.serving import Answer, Answers, Clock, utc_now

Json = dict[str, Any]
_TAKEN_AS_ANSWERS = ("sendMessage", "sendDocument", "sendPhoto")


class FakeTelegram:
    """An imitation for one bot; any token is accepted unless one is given.

    `app` is the ASGI application; `answers` what was taken; `acknowledged` the callback queries answered.
    """

    def __init__(self, *, token: str = "", clock: Clock = utc_now) -> None:
        self.answers = Answers()
        self.acknowledged: list[str] = []
        self.calls = 0
        self.webhook_deleted = 0
        self._token = token
        self._clock = clock
        self._files: dict[str, tuple[str, bytes]] = {}
        self._updates: deque[Json] = deque()
        self.app = Starlette(
            routes=[
                Route("/bot{token}/{method}", self._called, methods=["GET", "POST"]),
                Route("/file/bot{token}/{path:path}", self._file),
            ]
        )

    def put_file(self, file_id: str, path: str, data: bytes) -> None:
        """Let a file be fetched; `path` as Telegram names it, e.g. `photos/file_1.jpg`."""
        self._files[file_id] = (path, data)

    def queue_update(self, update: Json) -> None:
        """Let an update be fetched by getUpdates."""
        self._updates.append(update)

    @property
    def waiting_updates(self) -> int:
        """Updates not yet confirmed by a higher offset."""
        return len(self._updates)

    async def refusal(self, method: str, fields: Mapping[str, Any]) -> Response | None:
        """A response instead of taking the call; None takes it. For stricter imitations."""
        return None

    async def _called(self, request: Request) -> Response:
        self.calls += 1
        if self._token and request.path_params["token"] != self._token:
            return error(401, "Unauthorized")
        method = request.path_params["method"]
        fields = {**dict(request.query_params), **form_fields(request, await request.body())}
        if (refused := await self.refusal(method, fields)) is not None:
            return refused
        if method in _TAKEN_AS_ANSWERS:
            return self._take(method, fields)
        if method == "getUpdates":
            return await self._get_updates(fields)
        return result(self._simple(method, fields))

    def _simple(self, method: str, fields: Mapping[str, Any]) -> Any:
        if method == "getMe":
            return {"id": 1, "is_bot": True, "first_name": "bot", "username": "prachakhom_bot"}
        if method == "getFile":
            path, data = self._files.get(fields.get("file_id", ""), ("", b""))
            return {
                "file_id": fields.get("file_id"),
                "file_unique_id": "u",
                "file_size": len(data),
                "file_path": path,
            }
        if method == "answerCallbackQuery":
            self.acknowledged.append(fields.get("callback_query_id", ""))
        if method == "deleteWebhook":
            self.webhook_deleted += 1
        return True

    def _take(self, method: str, fields: Mapping[str, Any]) -> Response:
        chat_id = str(fields.get("chat_id"))
        markup = json.loads(fields.get("reply_markup") or "{}")
        self.answers.add(
            Answer(
                chat_id=chat_id,
                method=method,
                text=_shown(fields),
                at=self._clock(),
                buttons=_buttons(markup),
                payload={**fields, "reply_markup": markup},
            )
        )
        return result(
            {
                "message_id": len(self.answers),
                "date": int(self._clock().timestamp()),
                "chat": chat(chat_id),
                "text": str(fields.get("text", "")),
            }
        )

    async def _get_updates(self, fields: Mapping[str, Any]) -> Response:
        offset = int(fields.get("offset") or 0)
        while self._updates and self._updates[0].get("update_id", 0) < offset:
            self._updates.popleft()
        for _ in range(int(50 * min(float(fields.get("timeout") or 0), 30.0))):
            if self._updates:  # filled from another thread
                break
            await asyncio.sleep(0.02)
        return result(list(self._updates)[:100])

    async def _file(self, request: Request) -> Response:
        if self._token and request.path_params["token"] != self._token:
            return error(401, "Unauthorized")
        for path, data in self._files.values():
            if path == request.path_params["path"]:
                return Response(data, media_type="application/octet-stream")
        return error(404, "Not Found")


def result(value: Any) -> Response:
    """A good answer of the Bot API."""
    return JSONResponse({"ok": True, "result": value})


def error(status: int, description: str, **parameters: int) -> Response:
    """A bad one; `parameters` such as retry_after."""
    body: Json = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return JSONResponse(body, status)


def form_fields(request: Request, body: bytes) -> Json:
    """The fields of a form, urlencoded or multipart; files as bytes, their names under `<field>:name`."""
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    fields: Json = {}
    parsed = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    for item in parsed.walk():
        name = item.get_param("name", header="content-disposition")
        if not isinstance(name, str):
            continue
        data = item.get_payload(decode=True)
        content = data if isinstance(data, bytes) else b""
        if filename := item.get_filename():
            fields[name], fields[f"{name}:name"] = content, filename
        else:
            fields[name] = content.decode()
    return fields


def _shown(fields: Mapping[str, Any]) -> str:
    """The words as a reader sees them, marks taken away."""
    said = str(fields.get("text") or fields.get("caption") or "")
    if fields.get("parse_mode") != "HTML":
        return said
    return unescape(re.sub(r"</?(?:b|i|u|s|code|pre)>", "", said))


def _buttons(markup: Json) -> tuple[tuple[str, str], ...]:
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return tuple(
        (b.get("text", ""), b.get("callback_data") or b.get("url") or "")
        for row in rows
        for b in row
    )


def chat(chat_id: str) -> Json:
    """A chat object: negative ids are groups."""
    if chat_id.startswith("-"):
        return {"id": int(chat_id), "type": "supergroup", "title": "กลุ่มหมู่บ้าน"}
    return {"id": int(chat_id) if chat_id.isdigit() else 0, "type": "private", "first_name": "ผู้ใช้"}


def message_update(
    update_id: int, *, user_id: int, message_id: int, at: datetime, chat_id: int = 0, **more: Any
) -> Json:
    """An update with a message; `more` is its content, e.g. `text="…"`. `at` counts whole seconds."""
    message = {
        "message_id": message_id,
        "from": {"id": user_id, "is_bot": False, "first_name": "ผู้ใช้"},
        "chat": chat(str(chat_id or user_id)),
        "date": int(at.timestamp()),
        **more,
    }
    return {"update_id": update_id, "message": message}


def press_update(update_id: int, *, user_id: int, query_id: str, data: str, at: datetime) -> Json:
    """An update with the press of an inline button in a private chat."""
    return {
        "update_id": update_id,
        "callback_query": {
            "id": query_id,
            "from": {"id": user_id, "is_bot": False, "first_name": "ผู้ใช้"},
            "chat_instance": "1",
            "data": data,
            "message": {"message_id": 1, "date": int(at.timestamp()), "chat": chat(str(user_id))},
        },
    }
