"""Reading a request's body up to a limit, and answering in one go."""

from starlette.types import Receive, Scope, Send


class TooLarge(Exception):
    """The body is over the limit; nothing beyond it was kept."""


class Disconnected(Exception):
    """The client went away before its body was whole; nobody is left to answer."""


async def read_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """The whole body, at most `limit` bytes, whether its length was declared or not.

    Raises `TooLarge` (before reading, where the declared length says so) or `Disconnected`.
    """
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > limit:
            raise TooLarge
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Disconnected
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise TooLarge
        chunks.append(chunk)
        more = message.get("more_body", False)
    return b"".join(chunks)


async def answer(send: Send, status: int, text: str = "") -> None:
    """A short plain-text answer."""
    body = text.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
