"""LINE's Messaging API imitated: takes answers, hands out media, counts pushes, checks reply tokens.

Also the other side: webhook bodies and signatures as LINE's servers make them.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.platforms.serving import Answer, Answers, Clock, utc_now

Json = dict[str, Any]
TOKEN_LIFE = timedelta(minutes=1)


@dataclass
class _Token:
    chat_id: str
    issued_at: datetime
    used: bool = False


class FakeLine:
    """An imitation for one account. `month_limit`: pushes a month; None has no end.

    `app` is the ASGI application; `answers` what was taken. A reply token is good once, for a minute of
    `clock`, and only when issued here.
    """

    def __init__(self, *, clock: Clock = utc_now, month_limit: int | None = None) -> None:
        self.answers = Answers()
        self.month_limit = month_limit
        self.pushed = 0
        self.calls = 0
        self._clock = clock
        self._tokens: dict[str, _Token] = {}
        self._media: dict[str, tuple[bytes, str]] = {}
        self._members: dict[str, int] = {}
        self._taken: dict[str, str] = {}
        self.app = Starlette(routes=self._routes())

    def _routes(self) -> list[Route]:
        bot = "/v2/bot"
        return [
            Route(f"{bot}/message/reply", self._reply, methods=["POST"]),
            Route(f"{bot}/message/push", self._push, methods=["POST"]),
            Route(f"{bot}/richmenu/list", self._list),
            Route(f"{bot}/message/quota", self._quota),
            Route(f"{bot}/message/quota/consumption", self._consumption),
            Route(f"{bot}/message/{{message_id}}/content", self._content),
            Route(f"{bot}/group/{{chat_id}}/members/count", self._count),
            Route(f"{bot}/room/{{chat_id}}/members/count", self._count),
        ]

    def issue_token(self, chat_id: str) -> str:
        """A fresh reply token for an event of this chat."""
        token = uuid4().hex
        self._tokens[token] = _Token(chat_id, self._clock())
        return token

    def put_media(self, message_id: str, data: bytes, media_type: str) -> None:
        """Let a message's content be fetched."""
        self._media[message_id] = (data, media_type)

    def set_members(self, chat_id: str, count: int) -> None:
        """How many people a group or room has (1 unless set)."""
        self._members[chat_id] = count

    async def refusal(self, request: Request, body: bytes) -> Response | None:
        """A response instead of taking the call; None takes it. For stricter imitations."""
        return None

    async def _begun(self, request: Request) -> tuple[Json, Response | None]:
        self.calls += 1
        body = await request.body()
        if (refused := await self.refusal(request, body)) is not None:
            return {}, refused
        if request.method != "POST":
            return {}, None
        try:
            return dict(json.loads(body)), None
        except ValueError:
            return {}, _error(400, "The request body could not be parsed as JSON.")

    async def _reply(self, request: Request) -> Response:
        body, refused = await self._begun(request)
        if refused:
            return refused
        token = self._tokens.get(str(body.get("replyToken")))
        if token is None or token.used or self._clock() - token.issued_at > TOKEN_LIFE:
            return _error(400, "Invalid reply token")
        token.used = True
        return self._take(token.chat_id, "reply", body.get("messages", []))

    async def _push(self, request: Request) -> Response:
        body, refused = await self._begun(request)
        if refused:
            return refused
        key = request.headers.get("x-line-retry-key", "")
        if key and key in self._taken:
            answer = _error(409, "The retry key is already accepted")
            answer.headers["x-line-accepted-request-id"] = self._taken[key]
            return answer
        chat_id = str(body.get("to"))
        cost = self._members.get(chat_id, 1)
        if self.month_limit is not None and self.pushed + cost > self.month_limit:
            return _error(429, "You have reached your monthly limit.")
        self.pushed += cost
        if key:
            self._taken[key] = uuid4().hex
        return self._take(chat_id, "push", body.get("messages", []))

    def _take(self, chat_id: str, method: str, messages: Sequence[Json]) -> Response:
        for message in messages:
            self.answers.add(
                Answer(
                    chat_id=chat_id,
                    method=method,
                    text=str(message.get("text") or message.get("altText") or ""),
                    at=self._clock(),
                    buttons=_buttons(message),
                    payload=message,
                )
            )
        first = len(self.answers) - len(messages) + 1
        sent = [{"id": str(first + n), "quoteToken": "q"} for n in range(len(messages))]
        return JSONResponse({"sentMessages": sent}, headers={"x-line-request-id": uuid4().hex})

    async def _list(self, request: Request) -> Response:
        _, refused = await self._begun(request)
        return refused or JSONResponse({"richmenus": []})

    async def _quota(self, request: Request) -> Response:
        _, refused = await self._begun(request)
        if self.month_limit is None:
            return refused or JSONResponse({"type": "none"})
        return refused or JSONResponse({"type": "limited", "value": self.month_limit})

    async def _consumption(self, request: Request) -> Response:
        _, refused = await self._begun(request)
        return refused or JSONResponse({"totalUsage": self.pushed})

    async def _content(self, request: Request) -> Response:
        _, refused = await self._begun(request)
        if refused:
            return refused
        found = self._media.get(request.path_params["message_id"])
        return Response(found[0], media_type=found[1]) if found else _error(404, "Not found")

    async def _count(self, request: Request) -> Response:
        _, refused = await self._begun(request)
        return refused or JSONResponse(
            {"count": self._members.get(request.path_params["chat_id"], 1)}
        )


def _error(status: int, message: str) -> Response:
    return JSONResponse({"message": message}, status)


def _buttons(message: Json) -> tuple[tuple[str, str], ...]:
    actions = [item["action"] for item in message.get("quickReply", {}).get("items", [])]
    return tuple((a.get("label", ""), a.get("data") or a.get("uri", "")) for a in actions)


def signature(secret: str, body: bytes) -> str:
    """The x-line-signature of a body."""
    mac = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return base64.b64encode(mac).decode()


def webhook(events: Sequence[Json], destination: str = "U" + "0" * 32) -> bytes:
    """A webhook body with these events."""
    body = {"destination": destination, "events": list(events)}
    return json.dumps(body, ensure_ascii=False).encode()


def event(
    kind: str,
    *,
    user_id: str,
    event_id: str,
    at: datetime,
    reply_token: str = "",
    group_id: str = "",
    redelivered: bool = False,
    **more: Any,
) -> Json:
    """One event; `more` holds what its kind adds, e.g. `postback={"data": "…"}`."""
    source: Json = {"type": "user", "userId": user_id}
    if group_id:
        source = {"type": "group", "groupId": group_id, "userId": user_id}
    made: Json = {
        "type": kind,
        "mode": "active",
        "timestamp": round(at.timestamp() * 1000),
        "source": source,
        "webhookEventId": event_id,
        "deliveryContext": {"isRedelivery": redelivered},
        **more,
    }
    if reply_token:
        made["replyToken"] = reply_token
    return made


def text_message(message_id: str, text: str) -> Json:
    """The `message` of a text event."""
    return {"type": "text", "id": message_id, "quoteToken": "q", "text": text}


def image_message(message_id: str) -> Json:
    """The `message` of a photo event."""
    return {
        "type": "image",
        "id": message_id,
        "quoteToken": "q",
        "contentProvider": {"type": "line"},
    }


def location_message(message_id: str, lat: float, lon: float) -> Json:
    """The `message` of a location event, in degrees."""
    return {"type": "location", "id": message_id, "latitude": lat, "longitude": lon}
