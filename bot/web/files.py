"""`GET /files/{token}`: a kept file behind a signed link."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.web.links import LinkExpired, LinkUnknown, OpenedFile

Opener = Callable[[str], OpenedFile]
"""Opens a token; raises `LinkUnknown` or `LinkExpired`; called on a thread."""

_SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg"})
"""Types a browser shows itself; everything else is saved, so that no page of ours can be forged."""


def file_endpoint(opener: Opener) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint: 200 with the file, 404 for no link of ours, 410 when its time is over."""

    async def handle(request: Request) -> Response:
        try:
            file = await asyncio.to_thread(opener, request.path_params["token"])
        except LinkUnknown:
            return PlainTextResponse("ไม่พบไฟล์นี้", 404)
        except LinkExpired:
            return PlainTextResponse("ลิงก์นี้หมดอายุแล้ว ขอใหม่ได้ในแชต", 410)
        return Response(file.data, media_type=file.media_type, headers=_headers(file))

    return handle


def _headers(file: OpenedFile) -> dict[str, str]:
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", file.name) or "file"
    how = "inline" if file.media_type in _SHOWN else "attachment"
    return {
        "content-disposition": f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name)}",
        "cache-control": "private, no-store",
        "content-security-policy": "frame-ancestors 'none'",
    }
