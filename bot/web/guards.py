"""What every answer carries, and who may reach the web chat."""

import ipaddress
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.bodies import answer

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
}
_UNLESS_SET = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}
_PROXIED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


class SafeHeaders:
    """Adds the security headers to all that people may open; platforms' webhooks need none."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["path"].endswith("/webhook"):
            await self._app(scope, receive, send)
            return

        async def safe(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(_ALWAYS)
                for name, value in _UNLESS_SET.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, safe)


class LoopbackOnly:
    """Lets through what a browser on this machine sends to this machine's own name, nothing else.

    The Host check defeats names that foreign pages rebind to 127.0.0.1; the Origin check their
    forms and scripts; forwarded requests come from elsewhere by definition.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; 403 for everybody else's."""
        if is_local(scope):
            await self._app(scope, receive, send)
        else:
            await answer(send, 403, "เปิดได้จากเครื่องนี้เท่านั้น")


def is_local(scope: Scope) -> bool:
    """Whether a request was made on this machine, to this machine by name, by a page of this server."""
    headers = Headers(scope=scope)
    host = headers.get("host", "")
    client = (scope.get("client") or ("",))[0]
    if not _loopback(client) or not _local_name(host) or any(h in headers for h in _PROXIED):
        return False
    if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        return False
    source = headers.get("origin")
    return source is None or urlsplit(source).netloc == host


def _loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _local_name(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    return name == "localhost" or _loopback(name)
