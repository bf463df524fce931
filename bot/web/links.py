"""Signed, expiring links to kept files: the token says which file, its name, type and last moment."""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import quote

from planning.errors import PrachakhomError


class Signer(Protocol):
    """Signs text with a key of its own."""

    def sign(self, text: str) -> str:
        """The signature, fit for an address."""
        ...

    def verify(self, text: str, signature: str) -> bool:
        """Whether `signature` is that of `text`, compared in constant time."""
        ...


class FileStore(Protocol):
    """Where the bytes lie."""

    def get(self, file_id: str) -> bytes:
        """The bytes; raises `FileNotFoundError`."""
        ...


class LinkUnknown(PrachakhomError):
    """Not a link of ours."""


class LinkExpired(PrachakhomError):
    """A link of ours whose time is over, or whose file was removed."""


@dataclass(frozen=True, kw_only=True)
class OpenedFile:
    """What a link leads to."""

    data: bytes
    name: str
    media_type: str


class LinkDesk:
    """Makes and opens links, and hands out the bytes: the channels' `FileDesk`.

    `base` is scheme and host ("": no link can be made), `life` how long a link holds.
    """

    def __init__(
        self, store: FileStore, signer: Signer, base: str, life: timedelta,
        now: Callable[[], datetime],
    ) -> None:  # fmt: skip
        self._store, self._signer, self._base, self._life, self._now = (
            store,
            signer,
            base,
            life,
            now,
        )

    def get(self, file_id: str) -> bytes:
        """The bytes of a kept file; raises `FileNotFoundError`."""
        return self._store.get(file_id)

    def link(self, file_id: str, name: str, media_type: str) -> str:
        """An absolute address, "" without a public base."""
        return self._base + self.path(file_id, name, media_type) if self._base else ""

    def path(self, file_id: str, name: str, media_type: str) -> str:
        """The same without scheme and host, for pages of this server."""
        last = int((self._now() + self._life).timestamp())
        facts = json.dumps([file_id, name, media_type, last], ensure_ascii=False).encode()
        body = base64.urlsafe_b64encode(facts).rstrip(b"=").decode()
        return f"/files/{body}.{quote(self._signer.sign(body), safe='')}"

    def open(self, token: str) -> OpenedFile:
        """What a token leads to; raises `LinkUnknown` or `LinkExpired`. Reads a disk."""
        body, _, signature = token.rpartition(".")
        if not body or not signature.isascii() or not self._signer.verify(body, signature):
            raise LinkUnknown
        file_id, name, media_type, last = _facts(body)
        if self._now() > datetime.fromtimestamp(last, UTC):
            raise LinkExpired
        try:
            data = self._store.get(file_id)
        except FileNotFoundError:
            raise LinkExpired from None
        return OpenedFile(data=data, name=name, media_type=media_type)


class PageDesk:
    """The desk for pages of this server itself: links without scheme and host."""

    def __init__(self, desk: LinkDesk) -> None:
        self.get, self.link = desk.get, desk.path


def _facts(body: str) -> tuple[str, str, str, int]:
    try:
        raw = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    except (binascii.Error, ValueError):
        raise LinkUnknown from None
    file_id, name, media_type, last = raw
    return str(file_id), str(name), str(media_type), int(last)
