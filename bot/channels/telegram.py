"""Telegram: updates in by webhook or polling, Bot API out through python-telegram-bot's `Bot`.

The library serves as wire and types only. Its `initialize()` asks `getMe` over the network, so we leave it
out and a start does not depend on Telegram being up. Request lines carry the bot token: the loggers of the
library and of httpx are silenced, and no error of theirs is chained to ours.
"""

import asyncio
import hmac
import json
import logging
import mimetypes
import os
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from bot.channels import telegram_events
from bot.channels.base import (
    Blocked,
    Capabilities,
    Delivery,
    DeliveryFailed,
    FileDesk,
    Gone,
    Media,
    Method,
    Moved,
    NotReady,
    Refused,
    RetryLater,
    TooLarge,
    Uncertain,
)
from bot.channels.telegram_calls import BUTTONS, TEXT_UNITS, Call, calls
from bot.channels.telegram_setup import show_commands
from bot.menus import role_commands
from handlers.messages import IncomingMessage
from planning.errors import PrachakhomError
from planning.reports import Channel

if TYPE_CHECKING:
    from telegram import Bot
    from telegram.error import TelegramError
    from telegram.request import HTTPXRequest

_log = logging.getLogger(__name__)
API = "https://api.telegram.org"
MOST_MEDIA_BYTES = 20_000_000
WRONG_SETTINGS_WAIT = timedelta(minutes=5)
_POLL_SECONDS = 25
_REMEMBERED = 10_000
_UPDATE_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
_CAPABILITIES = Capabilities(
    text_units=TEXT_UNITS,
    buttons=BUTTONS,
    label_graphemes=64,
    data_bytes=64,
    file_out=True,
)


class TelegramChannel:
    """Telegram as a channel.

    `secret`: what the webhook was registered with; empty refuses every webhook (polling needs none).
    `bot_name`: its user name without @, by which groups call it.
    `api_base`: scheme and host. `timeout_s`: seconds to wait for an answer.
    """

    channel = Channel.TELEGRAM
    capabilities = _CAPABILITIES

    def __init__(
        self,
        *,
        token: str,
        desk: FileDesk,
        secret: str = "",
        bot_name: str = "",
        api_base: str = API,
        location_label: str = "ส่งตำแหน่งที่ตั้ง",
        location_hint: str = "หรือกดปุ่มด้านล่างเพื่อส่งตำแหน่งที่ตั้ง",
        most_bytes: int = MOST_MEDIA_BYTES,
        timeout_s: float = 10.0,
    ) -> None:
        self._token, self._most_bytes = token, most_bytes
        self._secret = secret.encode()
        self._me = telegram_events.Me(user_id=token.partition(":")[0], name=bot_name)
        self._api = api_base.rstrip("/")
        self._desk = desk
        self._location_label, self._location_hint = location_label, location_hint
        self._timeout_s = timeout_s
        self._opening = asyncio.Lock()
        self._bot: Bot | None = None
        self._requests: tuple[HTTPXRequest, ...] = ()
        # how many calls of a delivery were taken, so that trying again does not repeat them
        self._taken: OrderedDict[str, int] = OrderedDict()

    async def open(self) -> None:
        """Import the library (on a thread: about a second) and make its client in this loop."""
        async with self._opening:
            if self._bot is None:
                await asyncio.to_thread(_import_library)
                self._bot = self._made()

    def _made(self) -> "Bot":
        from telegram import Bot
        from telegram.request import HTTPXRequest

        for name in ("httpx", "httpcore", "telegram"):
            logging.getLogger(name).setLevel(logging.CRITICAL)

        def request(pool: int) -> HTTPXRequest:
            return HTTPXRequest(
                connection_pool_size=pool,
                read_timeout=self._timeout_s,
                write_timeout=self._timeout_s,
                connect_timeout=min(5.0, self._timeout_s),
                pool_timeout=self._timeout_s,
                httpx_kwargs={"trust_env": False},
            )

        self._requests = (request(32), request(2))
        return Bot(
            self._token,
            base_url=f"{self._api}/bot",
            base_file_url=f"{self._api}/file/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )

    async def close(self) -> None:
        """Close the client; a later call opens anew."""
        async with self._opening:
            requests, self._requests, self._bot = self._requests, (), None
            for request in requests:
                await request.shutdown()

    async def _opened(self) -> "Bot":
        await self.open()
        if self._bot is None:
            raise RetryLater("the channel is being closed")
        return self._bot

    def authentic(self, headers: Mapping[str, str], body: bytes) -> bool:
        """Whether the secret token of the webhook came with the body."""
        name = "x-telegram-bot-api-secret-token"
        given = next((v for k, v in headers.items() if k.lower() == name), "")
        same = hmac.compare_digest(self._secret, given.encode("utf-8", "replace"))
        return same and bool(self._secret)

    def parse(self, body: bytes, received_at: datetime) -> tuple[IncomingMessage, ...]:
        """The one event of an update. Raises `ValueError` when the body is no JSON object."""
        return telegram_events.parse(body, received_at, self._me)

    async def cost(self, chat_id: str) -> int:
        """Always 0: Telegram counts nothing."""
        return 0

    async def deliver(self, delivery: Delivery, method: Method) -> int:
        """Send the calls of the answer in order; 0. Raises a `DeliveryFailed`.

        With a callback query's handle the press is acknowledged first. After a `RetryLater` in the
        middle, the same retry key goes on where it stopped (within this process).
        """
        bot = await self._opened()
        todo = calls(delivery.replies, delivery.chat_id, self._location_label, self._location_hint)
        done = self._taken.get(delivery.retry_key, 0)
        if delivery.reply_handle and not done:
            await self._acknowledge(bot, delivery.reply_handle)
        delivery.message_ids[:] = [""] * done
        for number, call in enumerate(todo):
            if number >= done:
                delivery.message_ids.append(await self._make(bot, delivery.chat_id, call))
                self._remember(delivery.retry_key, number + 1)
        self._taken.pop(delivery.retry_key, None)
        await self._list_commands(delivery)
        return 0

    async def _list_commands(self, delivery: Delivery) -> None:
        """List the commands of a role just given; `channels setup` does it again where this fails."""
        for role in {r.menu for r in delivery.replies if r.menu}:
            try:
                await show_commands(self, delivery.chat_id, role_commands(role))
            except DeliveryFailed as problem:
                _log.warning("the commands of %s were not listed: %s", role, problem)

    def _remember(self, retry_key: str, taken: int) -> None:
        self._taken[retry_key] = taken
        while len(self._taken) > _REMEMBERED:
            self._taken.popitem(last=False)

    async def _acknowledge(self, bot: "Bot", handle: str) -> None:
        from telegram.error import TelegramError

        try:
            await bot.answer_callback_query(handle)
        except TelegramError:  # too old, or lost: it only stops a spinner, the words follow
            return

    async def _make(self, bot: "Bot", chat_id: str, call: Call) -> str:
        """The platform's id of what was sent."""
        from telegram import LinkPreviewOptions
        from telegram.error import TelegramError

        markup: Any = call.markup
        try:
            if call.file is None:
                sent = await bot.send_message(
                    chat_id,
                    call.html or call.text,
                    parse_mode="HTML" if call.html else None,
                    reply_markup=markup,
                    # else Telegram's own servers would open our signed links
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                )
                return str(sent.message_id)
            data = await self._bytes(call.file.file_id)
            hand_over = bot.send_photo if call.file.is_picture else bot.send_document
            said = call.text or None
            sent = await hand_over(
                chat_id, data, filename=call.file.name, caption=said, reply_markup=markup
            )
            return str(sent.message_id)
        except TelegramError as problem:
            raise failure(problem) from None

    async def _bytes(self, file_id: str) -> bytes:
        try:
            return await asyncio.to_thread(self._desk.get, file_id)
        except FileNotFoundError:
            raise Refused("the file is gone") from None

    async def manage(self, method: str, **fields: Any) -> Any:
        """One call of the Bot API about the bot itself; its result. Raises `Refused` or `RetryLater`."""
        from telegram.error import BadRequest, TelegramError

        await self._opened()
        said = {k: v if isinstance(v, str) else json.dumps(v) for k, v in fields.items()}
        url = f"{self._api}/bot{self._token}/{method}?{urlencode(said)}"
        try:
            return await self._requests[0].post(url)
        except BadRequest as problem:
            raise Refused(type(problem).__name__) from None
        except TelegramError as problem:
            raise _polling_failure(problem) from None

    async def fetch(self, media_id: str) -> Media:
        """The media of a message. Raises `NotReady`, `TooLarge` or `Gone`."""
        from telegram.error import BadRequest, Forbidden, TelegramError

        bot = await self._opened()
        try:
            file = await bot.get_file(media_id)
        except (BadRequest, Forbidden) as problem:
            raise Gone(type(problem).__name__) from None
        except TelegramError as problem:
            raise NotReady(type(problem).__name__) from None
        if (file.file_size or 0) > self._most_bytes or not file.file_path:
            raise TooLarge("too large")
        data = await self._streamed(file.file_path)
        kind = mimetypes.guess_type(file.file_path)[0] or "application/octet-stream"
        return Media(data=data, media_type=kind)

    async def _streamed(self, url: str) -> bytes:
        """The file at `url` (which holds the token), let go of as soon as it is too large."""
        import httpx

        kept = bytearray()
        try:
            async with (
                httpx.AsyncClient(trust_env=False, timeout=self._timeout_s) as client,
                client.stream("GET", url) as answer,
            ):
                if answer.status_code != 200:
                    gone = answer.status_code in (400, 403, 404, 410)
                    raise Gone("no file") if gone else NotReady("no file yet")
                async for piece in answer.aiter_bytes(65_536):
                    kept += piece
                    if len(kept) > self._most_bytes:
                        raise TooLarge("too large")
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise NotReady(type(problem).__name__) from None
        return bytes(kept)

    async def poll(
        self,
        handle: Callable[[tuple[bytes, ...]], Awaitable[None]],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Fetch updates for ever and give each batch of raw bodies to `handle`.

        Telegram forgets a batch only when asked for the next, which happens after `handle` returned;
        so what `handle` raises ends the loop and loses nothing. Failures of the wire are waited out
        (1 s, doubling to 60 s). Raises `Refused` when the token is wrong.
        """
        offset, wait, hooked = 0, 1.0, True
        while True:
            try:
                if hooked:
                    await self._drop_webhook()
                    hooked = False
                updates = await self._updates(offset)
            except RetryLater as problem:
                told = problem.after.total_seconds() if problem.after else 0.0
                await sleep(max(wait, told))
                wait = min(wait * 2, 60.0)
                continue
            wait = 1.0
            if updates:
                await handle(tuple(json.dumps(u, ensure_ascii=True).encode() for u in updates))
                offset = _next_offset(updates, offset)

    async def _drop_webhook(self) -> None:
        from telegram.error import TelegramError

        bot = await self._opened()
        try:
            await bot.delete_webhook()
        except TelegramError as problem:
            raise _polling_failure(problem) from None

    async def _updates(self, offset: int) -> list[Any]:
        from telegram.error import TelegramError

        await self._opened()
        kinds = json.dumps(_UPDATE_KINDS, separators=(",", ":")).replace('"', "%22")
        query = f"offset={offset}&timeout={_POLL_SECONDS}&allowed_updates={kinds}"
        try:
            found: object = await self._requests[1].post(
                f"{self._api}/bot{self._token}/getUpdates?{query}",
                read_timeout=_POLL_SECONDS + self._timeout_s,
            )
        except TelegramError as problem:
            raise _polling_failure(problem) from None
        return found if isinstance(found, list) else []


def _import_library() -> None:
    # the library's own switch to the type its next version has; without it every 429 warns
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    import telegram.request  # noqa: F401


def _next_offset(updates: list[Any], offset: int) -> int:
    ids = [u.get("update_id") for u in updates if isinstance(u, dict)]
    return max([offset, *(i + 1 for i in ids if isinstance(i, int))])


def failure(problem: "TelegramError") -> PrachakhomError:
    """What an error of the library means for a delivery; names its class, never its message."""
    from telegram import error

    name = type(problem).__name__
    if isinstance(problem, error.Forbidden):
        return Blocked(name)
    if isinstance(problem, error.ChatMigrated):
        return Moved(str(problem.new_chat_id))
    if isinstance(problem, error.RetryAfter):
        return RetryLater(name, _timedelta(problem.retry_after))
    if isinstance(problem, error.InvalidToken | error.Conflict):  # our settings are at fault
        return RetryLater(name, WRONG_SETTINGS_WAIT)
    if isinstance(problem, error.BadRequest):
        return Refused(name)
    if isinstance(problem, error.NetworkError):
        return _network_failure(problem)
    return Uncertain(name)


def _network_failure(problem: Exception) -> PrachakhomError:
    """An error answer of the server, or a call that never left, may be repeated; silence may not."""
    import httpx
    from telegram.error import TelegramError

    cause = problem.__cause__
    never_left = isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
    answered = cause is None or isinstance(cause, TelegramError)
    if never_left or answered:
        return RetryLater(type(problem).__name__)
    return Uncertain(type(problem).__name__)


def _polling_failure(problem: "TelegramError") -> PrachakhomError:
    """Asking for updates twice does no harm, so all but a wrong token is worth waiting."""
    from telegram import error

    if isinstance(problem, error.InvalidToken):
        return Refused("the bot token is refused")
    if isinstance(problem, error.RetryAfter):
        return RetryLater("RetryAfter", _timedelta(problem.retry_after))
    return RetryLater(type(problem).__name__)


def _timedelta(period: "int | timedelta") -> timedelta:
    return period if isinstance(period, timedelta) else timedelta(seconds=period)
