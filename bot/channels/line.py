"""LINE: webhooks in, Messaging API out through the official SDK.

Of the SDK we use `AsyncApiClient` for its settings and headers, and its REST layer for the calls: its
`call_api` decodes every error body strictly (one odd byte from a proxy hides the status) and cannot hand
out a body piece by piece. Its session honours proxy variables even for 127.0.0.1 and waits 300 s, so we
put our own session in its place. The SDK takes seconds to import and is imported by `open()` on a thread.
"""

import asyncio
import base64
import hashlib
import hmac
import importlib
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import quote

from bot.channels import line_events
from bot.channels.base import (
    Capabilities,
    Delivery,
    DeliveryFailed,
    FileDesk,
    Gone,
    Media,
    Method,
    NotReady,
    Quota,
    QuotaExhausted,
    Refused,
    ReplyExpired,
    RetryLater,
    TooLarge,
    Uncertain,
)
from bot.channels.line_objects import (
    LABEL,
    OBJECTS,
    QUICK_REPLIES,
    TEXT_UNITS,
    fit_whole,
    message_objects,
)
from bot.channels.line_setup import show_menu
from bot.channels.reading import json_object, name_of
from handlers.messages import IncomingMessage, Reply
from planning.errors import PrachakhomError
from planning.reports import Channel

_log = logging.getLogger(__name__)
_T = TypeVar("_T")
API = "https://api.line.me"
CONTENT_API = "https://api-data.line.me"
MOST_MEDIA_BYTES = 20_000_000
WRONG_SETTINGS_WAIT = timedelta(minutes=5)
_MONTH_IS_USED_UP = "monthly limit"
_CAPABILITIES = Capabilities(
    text_units=TEXT_UNITS,
    buttons=QUICK_REPLIES,
    label_graphemes=LABEL,
    data_bytes=300,
    objects=OBJECTS,
    reply_life=timedelta(seconds=50),  # the platform's minute, less the way there
    metered=True,
    idempotent_push=True,
)


class _Status(PrachakhomError):
    """An answer other than 2xx. `said` is the platform's message, for deciding only."""

    def __init__(self, status: int, said: str = "", after: timedelta | None = None) -> None:
        super().__init__(f"HTTP {status}")
        self.status, self.said, self.after = status, said, after


class _NoAnswer(PrachakhomError):
    """The call was perhaps sent and not answered; `reached` False: it never left."""

    def __init__(self, reached: bool) -> None:
        super().__init__("no answer")
        self.reached = reached


class LineChannel:
    """LINE as a channel.

    `secrets`: the channel secrets now valid (two during a rotation). `api_base`: scheme and host; the
    content host follows it unless it is LINE's own. `timeout_s`: seconds for a whole call.
    """

    channel = Channel.LINE
    capabilities = _CAPABILITIES

    def __init__(
        self,
        *,
        secrets: Sequence[str],
        access_token: str,
        desk: FileDesk,
        api_base: str = API,
        location_label: str = "ส่งตำแหน่งที่ตั้ง",
        most_bytes: int = MOST_MEDIA_BYTES,
        timeout_s: float = 10.0,
    ) -> None:
        self._most_bytes = most_bytes
        self._secrets = tuple(s.encode() for s in secrets if s)
        self._access_token = access_token
        self._desk = desk
        self._api = api_base.rstrip("/")
        self._content_api = CONTENT_API if self._api == API else self._api
        self._location_label = location_label
        self._timeout_s = timeout_s
        self._opening = asyncio.Lock()
        self._client: Any = None

    async def open(self) -> None:
        """Import the SDK (on a thread: about two seconds) and make its client in this loop."""
        async with self._opening:
            if self._client is None:
                sdk = await asyncio.to_thread(importlib.import_module, "linebot.v3.messaging")
                self._client = await self._made(sdk)

    async def _made(self, sdk: Any) -> Any:
        import aiohttp

        # at DEBUG the SDK logs every body it gets, people's photos included
        logging.getLogger("linebot").setLevel(logging.INFO)
        settings = sdk.Configuration(host=self._api, access_token=self._access_token)
        client = sdk.AsyncApiClient(settings)
        await client.rest_client.pool_manager.close()
        client.rest_client.pool_manager = aiohttp.ClientSession(trust_env=False)
        return client

    async def close(self) -> None:
        """Close the client; a later call opens anew."""
        async with self._opening:
            client, self._client = self._client, None
            if client is not None:
                await client.close()

    def authentic(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether x-line-signature is the HMAC-SHA256 of the raw body under one of the secrets."""
        given = next((v for k, v in headers.items() if k.lower() == "x-line-signature"), "")
        found = False
        for secret in self._secrets:
            mac = base64.b64encode(hmac.new(secret, body, hashlib.sha256).digest())
            found |= hmac.compare_digest(mac, given.encode("utf-8", "replace"))
        return found

    def parse(self, body: bytes, received_at: datetime) -> tuple[IncomingMessage, ...]:
        """Every event of a webhook body. Raises `ValueError` when the body is no JSON object."""
        return line_events.parse(body, received_at)

    async def cost(self, chat_id: str) -> int:
        """Recipients of one push: the members of a group or room, else 1."""
        kind = {"C": "group", "R": "room"}.get(chat_id[:1])
        if kind is None:
            return 1
        try:
            body = await self._get(f"/v2/bot/{kind}/{quote(chat_id, safe='')}/members/count")
            count = json_object(body).get("count")
        except (_Status, _NoAnswer, ValueError) as problem:
            raise RetryLater(f"members count: {type(problem).__name__}") from None
        return count if isinstance(count, int) and count > 0 else 1

    async def quota(self) -> Quota:
        """The month's limit and consumption as LINE counts them. Raises `RetryLater`."""
        try:
            limit = json_object(await self._get("/v2/bot/message/quota"))
            used = json_object(await self._get("/v2/bot/message/quota/consumption"))
        except (_Status, _NoAnswer, ValueError) as problem:
            raise RetryLater(f"quota: {type(problem).__name__}") from None
        limited = limit.get("type") == "limited" and isinstance(limit.get("value"), int)
        total = used.get("totalUsage")
        return Quota(
            limit=limit["value"] if limited else None, used=total if isinstance(total, int) else 0
        )

    def fits(self, replies: Sequence[Reply]) -> bool:
        """Whether all of this can be said in one call, nothing joined, cut or left out."""
        return fit_whole(replies, self._desk)

    async def deliver(self, delivery: Delivery, method: Method) -> int:
        """Reply (free) or push (its recipients). Raises a `DeliveryFailed`."""
        objects = message_objects(delivery.replies, self._desk, self._location_label)
        if not objects:
            return 0
        if method is Method.REPLY:
            await self._reply(delivery, objects)
            await self._show_menu(delivery)
            return 0
        await self._push(delivery, objects)
        await self._show_menu(delivery)
        return await self._cost_or_one(delivery.chat_id)

    async def _show_menu(self, delivery: Delivery) -> None:
        """Show the menu of a role just given; `channels setup` does it again where this fails."""
        for role in {r.menu for r in delivery.replies if r.menu}:
            try:
                await show_menu(self, delivery.chat_id, role)
            except DeliveryFailed as problem:
                _log.warning("the menu of %s was not shown: %s", role, problem)

    async def _cost_or_one(self, chat_id: str) -> int:
        try:
            return await self.cost(chat_id)
        except RetryLater:  # it went out; that the members could not be counted changes nothing
            return 1

    async def _reply(self, delivery: Delivery, objects: list[dict[str, Any]]) -> None:
        body = {"replyToken": delivery.reply_handle, "messages": objects}
        try:
            delivery.message_ids[:] = _ids(await self._post("/v2/bot/message/reply", body))
        except _NoAnswer as problem:
            if problem.reached:
                raise Uncertain("reply") from None
            raise RetryLater("reply: no connection") from None
        except _Status as problem:
            if problem.status == 400 and "reply token" in problem.said.lower():
                raise ReplyExpired("reply token") from None
            if problem.status >= 500:  # the token may have been used up by it
                raise Uncertain(f"reply: {problem}") from None
            raise _failure(problem) from None

    async def _push(self, delivery: Delivery, objects: list[dict[str, Any]]) -> None:
        body = {"to": delivery.chat_id, "messages": objects}
        try:
            key = {"X-Line-Retry-Key": delivery.retry_key}
            delivery.message_ids[:] = _ids(await self._post("/v2/bot/message/push", body, key))
        except _NoAnswer:
            raise RetryLater("push: no answer") from None
        except _Status as problem:
            if problem.status == 409:  # an earlier try of the same key had been accepted
                return
            raise _failure(problem) from None

    async def fetch(self, media_id: str) -> Media:
        """The photo, voice message (m4a) or file of a message. Raises `NotReady` or `Gone`."""
        path = f"/v2/bot/message/{quote(media_id, safe='')}/content"
        try:
            return await self._download(self._content_api + path)
        except _NoAnswer:
            raise NotReady("no answer") from None
        except _Status as problem:
            if problem.status in (400, 404, 410):
                raise Gone(str(problem)) from None
            raise NotReady(str(problem)) from None

    async def _download(self, url: str) -> Media:
        async def read(client: Any) -> Media:
            answer = await client.rest_client.get_request(
                url,
                headers=dict(client.default_headers),
                _preload_content=False,
                _request_timeout=self._timeout(),
            )
            async with answer:
                if answer.status != 200:
                    raise _Status(answer.status)
                kept = bytearray()
                async for piece in answer.content.iter_chunked(65_536):
                    kept += piece
                    if len(kept) > self._most_bytes:
                        raise TooLarge("too large")
                return Media(data=bytes(kept), media_type=answer.content_type)

        return await self._asked(read)

    async def manage(
        self, method: str, path: str, body: dict[str, Any] | None = None, picture: bytes = b""
    ) -> dict[str, Any]:
        """One call about the account itself (menus, webhook); the answer. `picture`: a PNG as body.

        Raises `Refused`, or `RetryLater` where it may be tried again.
        """
        try:
            if picture:
                url = self._content_api + path
                said = await self._called(method, url, picture, {"Content-Type": "image/png"})
            else:
                said = await self._called(method, self._api + path, body, {})
        except _NoAnswer:
            raise RetryLater("no answer") from None
        except _Status as problem:
            raise _failure(problem) from None
        return json_object(said or b"{}")

    async def _get(self, path: str) -> bytes:
        return await self._called("GET", self._api + path, None, {})

    async def _post(
        self, path: str, body: dict[str, Any], headers: Mapping[str, str] | None = None
    ) -> bytes:
        return await self._called("POST", self._api + path, body, headers or {})

    async def _called(
        self, method: str, url: str, body: dict[str, Any] | bytes | None, headers: Mapping[str, str]
    ) -> bytes:
        async def call(client: Any) -> bytes:
            answer = await client.rest_client.request(
                method,
                url,
                headers={**client.default_headers, **headers},
                body=body,
                _request_timeout=self._timeout(),
            )
            return bytes(answer.data)

        return await self._asked(call)

    async def _asked(self, call: Callable[[Any], Awaitable[_T]]) -> _T:
        """Run one call of the SDK and turn its failures into ours."""
        await self.open()
        import aiohttp
        from linebot.v3.messaging.exceptions import ApiException  # type: ignore[import-untyped]

        try:
            return await call(self._client)
        except ApiException as answer:
            raise _status(answer) from None
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise _NoAnswer(reached=False) from None
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise _NoAnswer(reached=True) from None

    def _timeout(self) -> Any:
        import aiohttp

        return aiohttp.ClientTimeout(total=self._timeout_s, connect=min(5.0, self._timeout_s))


def _ids(body: bytes) -> list[str]:
    """Ids of the messages that LINE says it sent."""
    try:
        sent = json_object(body or b"{}").get("sentMessages")
    except ValueError:
        return []
    return [name_of(m, "id") for m in sent] if isinstance(sent, list) else []


def _status(answer: Any) -> _Status:
    try:
        said = json_object(answer.body or b"{}").get("message", "")
    except ValueError:
        said = ""
    wait = str((answer.headers or {}).get("Retry-After", ""))
    after = timedelta(seconds=min(int(wait), 3600)) if wait.isdecimal() else None
    return _Status(answer.status, said if isinstance(said, str) else "", after)


def _failure(problem: _Status) -> Exception:
    if problem.status == 429 and _MONTH_IS_USED_UP in problem.said.lower():
        return QuotaExhausted("month")
    if problem.status == 429 or problem.status >= 500:
        return RetryLater(str(problem), problem.after)
    if problem.status in (401, 403):  # our access token, not this message, is at fault
        return RetryLater(str(problem), WRONG_SETTINGS_WAIT)
    return Refused(str(problem))
