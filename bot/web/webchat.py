"""Web chat: write as one of the demo's people from a page on this machine, for trying things out."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.resources import files
from typing import Any, Protocol
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, Router

from bot.channels.base import FileDesk, Gone, Media
from bot.channels.webchat import Shown, WebChannel
from bot.web.bodies import TooLarge, read_body
from bot.web.intake import IntakeFailed
from bot.web.webhooks import Take, clean
from handlers.messages import IncomingMessage, MessageKind
from planning.reports import Channel

_JSON_LIMIT, _PHOTO_LIMIT = 65_536, 10_485_760
_PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; "
    "img-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, kw_only=True)
class ChatPerson:
    """Somebody to write as. `id` is the channel's user id; `title` says who («ผู้ใหญ่บ้าน»)."""

    id: str
    name: str
    title: str


class Letterbox(Protocol):
    """Delivered replies, kept for the page to fetch."""

    def history(self, chat_id: str, after: int = 0) -> Sequence[Shown]:
        """What was shown in a chat with a number above `after`, oldest first."""
        ...


class PageChannel(WebChannel):
    """Web chat whose photos lie among the kept files already, under their media id."""

    def __init__(self, desk: FileDesk) -> None:
        super().__init__(desk=desk)
        self._kept = desk

    async def fetch(self, media_id: str) -> Media:
        """The photo that the page sent. Raises `Gone`."""
        try:
            data = await asyncio.to_thread(self._kept.get, media_id)
        except FileNotFoundError:
            raise Gone from None
        return Media(data=data, media_type="image/jpeg")


@dataclass(frozen=True, kw_only=True)
class WebChat:
    """The parts of the web chat. `keep` stores a photo and returns its media id (on a thread).

    `box` names this run: numbers of replies begin anew when it changes.
    """

    people: tuple[ChatPerson, ...]
    take: Take
    letters: Letterbox
    keep: Callable[[bytes], str]
    now: Callable[[], datetime]
    box: str = field(default_factory=lambda: uuid4().hex)

    def app(self) -> Router:
        """The page and its four doors, to be mounted behind `LoopbackOnly`."""
        return Router(
            routes=[
                Route("/", self._page),
                Route("/people", self._people),
                Route("/replies", self._replies),
                Route("/send", self._send, methods=["POST"]),
                Route("/photo", self._photo, methods=["POST"]),
            ]
        )

    async def _page(self, request: Request) -> Response:
        page = files("bot.web").joinpath("page.html").read_text(encoding="utf-8")
        return HTMLResponse(page, headers={"content-security-policy": _PAGE_POLICY})

    async def _people(self, request: Request) -> Response:
        return JSONResponse([asdict(p) for p in self.people])

    async def _replies(self, request: Request) -> Response:
        person = self._person(request.query_params.get("person"))
        after = request.query_params.get("after", "0")
        if person is None or not after.isdecimal():
            return PlainTextResponse("", 404)
        shown = self.letters.history(person.id, int(after))
        return JSONResponse({"box": self.box, "replies": [asdict(s) for s in shown]})

    async def _send(self, request: Request) -> Response:
        if _media_type(request) != "application/json":
            return PlainTextResponse("", 415)
        try:
            body = await read_body(request.scope, request.receive, _JSON_LIMIT)
            said = _said(json.loads(body))
        except TooLarge:
            return PlainTextResponse("", 413)
        except ValueError:
            return PlainTextResponse("", 400)
        return await self._store(self._person(said.pop("person")), said)

    async def _photo(self, request: Request) -> Response:
        if not _media_type(request).startswith("image/"):
            return PlainTextResponse("", 415)
        try:
            body = await read_body(request.scope, request.receive, _PHOTO_LIMIT)
        except TooLarge:
            return PlainTextResponse("", 413)
        person = self._person(request.query_params.get("person"))
        if person is None or not body:
            return PlainTextResponse("", 400)
        media_id = await asyncio.to_thread(self.keep, body)
        return await self._store(person, {"kind": MessageKind.PHOTO, "media_id": media_id})

    async def _store(self, person: ChatPerson | None, said: dict[str, Any]) -> Response:
        if person is None:
            return PlainTextResponse("", 400)
        now, event = self.now(), uuid4().hex
        message = IncomingMessage(
            channel=Channel.WEBCHAT, event_id=event, message_id=event, sent_at=now,
            user_id=person.id, chat_id=person.id, **said,
        )  # fmt: skip
        try:
            await self.take([clean(message)], now)
        except IntakeFailed:
            return PlainTextResponse("", 503)
        return PlainTextResponse("", 202)

    def _person(self, person_id: object) -> ChatPerson | None:
        return next((p for p in self.people if p.id == person_id), None)


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _said(raw: object) -> dict[str, Any]:
    """The part of a message that the page decides; raises `ValueError` on any other form."""
    match raw:
        case {"person": str(person), "text": str(text)} if text.strip():
            return {"person": person, "kind": MessageKind.TEXT, "text": text[:5000]}
        case {"person": str(person), "button": str(data)} if data:
            return {"person": person, "kind": MessageKind.BUTTON, "button": data[:64]}
        case {"person": str(person), "lat": float() | int() as lat, "lon": float() | int() as lon}:
            if not (abs(lat) <= 90 and abs(lon) <= 180):
                raise ValueError("no such place")
            return {
                "person": person,
                "kind": MessageKind.LOCATION,
                "lat": float(lat),
                "lon": float(lon),
            }
        case _:
            raise ValueError("not a message")
