"""The web: doors for platforms, signed files, health and the web chat, over real HTTP on loopback."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.channels.base import Delivery, Method
from bot.channels.webchat import WebChannel
from bot.web.intake import GroupIntake, IntakeFailed
from bot.web.links import LinkDesk, PageDesk
from bot.web.site import WebParts, make_web
from bot.web.webchat import ChatPerson, WebChat
from bot.web.webhooks import BODY_LIMIT, clean
from handlers.messages import Button, FileRef, IncomingMessage, MessageKind, Reply
from planning.reports import Channel
from tests.shell.parts import NOW, Inbox, SignedPort, served, sign


class Signs:
    """HMAC under a fixed key."""

    def sign(self, text: str) -> str:
        return hmac.new(b"k", text.encode(), hashlib.sha256).hexdigest()

    def verify(self, text: str, signature: str) -> bool:
        return hmac.compare_digest(self.sign(text), signature)


class Folder:
    """Files by their hash."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, data: bytes) -> str:
        name = hashlib.sha256(data).hexdigest()
        (self.path / name).write_bytes(data)
        return name

    def get(self, file_id: str) -> bytes:
        return (self.path / file_id).read_bytes()


class Site:
    """A site with all its parts at hand."""

    def __init__(self, folder: Path) -> None:
        self.inbox, self.folder = Inbox(), Folder(folder)
        self.checks = {"database": True, "workers": True}
        self.clock = NOW
        self.taken: list[IncomingMessage] = []
        self.intake = GroupIntake(self.inbox.store)
        self.desk = LinkDesk(
            self.folder, Signs(), "https://example.org", timedelta(hours=1), self.now
        )
        self.letters = WebChannel(desk=PageDesk(self.desk))
        self.client: httpx.AsyncClient

    def now(self) -> datetime:
        return self.clock

    async def take(self, messages: Sequence[IncomingMessage], at: datetime) -> None:
        await self.intake.add(list(messages))
        self.taken.extend(messages)

    async def ready(self) -> dict[str, bool]:
        return self.checks

    async def hook(self, raw: object) -> int:
        body = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
        answer = await self.client.post("/line/webhook", content=body, headers=sign(body))
        return answer.status_code

    @asynccontextmanager
    async def running(self, chat: bool = True) -> AsyncIterator["Site"]:
        people = (ChatPerson(id="demo-head", name="สมหญิง", title="ผู้ใหญ่บ้าน"),)
        web_chat = WebChat(
            people=people, take=self.take, letters=self.letters, keep=self.folder.put,
            now=self.now,
        )  # fmt: skip
        parts = WebParts(
            take=self.take, ready=self.ready, open_file=self.desk.open, now=self.now,
            line=SignedPort(), chat=web_chat if chat else None,
        )  # fmt: skip
        flusher = asyncio.create_task(self.intake.run())
        async with served(make_web(parts)) as self.client:
            yield self
        self.intake.close()
        await flusher


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    yield Site(tmp_path)


def event(text: str, number: int = 1) -> dict[str, object]:
    return {"events": [{"id": f"e{number}", "text": text}]}


async def test_a_signed_body_is_stored_before_200(site: Site) -> None:
    async with site.running():
        assert await site.hook(event("ถนนพัง")) == 200
        assert site.inbox.texts == ["ถนนพัง"]
        assert await site.hook({"events": []}) == 200
        assert site.inbox.texts == ["ถนนพัง"]


async def test_what_is_not_the_platforms_is_refused_with_its_own_status(site: Site) -> None:
    async with site.running():
        wrong = await site.client.post("/line/webhook", content=b"{}", headers={"x-signature": "0"})
        unsigned = await site.client.post("/line/webhook", content=b"{}")
        assert (wrong.status_code, unsigned.status_code) == (401, 401)
        assert await site.hook(b"no json") == 400
        assert await site.hook(b"[1]") == 400
        assert (await site.client.post("/telegram/webhook", content=b"{}")).status_code == 404
        assert (await site.client.get("/line/webhook")).status_code == 405
        assert site.inbox.texts == []


async def test_a_body_over_the_limit_is_refused_declared_or_chunked(site: Site) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(BODY_LIMIT // 65_536 + 1):
            yield b"x" * 65_536

    async with site.running():
        assert await site.hook(b"x" * (BODY_LIMIT + 1)) == 413
        chunked = await site.client.post("/line/webhook", content=chunks())
        assert chunked.status_code == 413
        body = json.dumps(event("ก" * 1000)).encode()
        assert await site.hook(body + b" " * (BODY_LIMIT - len(body))) == 200


async def test_an_insert_that_fails_asks_the_platform_to_send_again(site: Site) -> None:
    async with site.running():
        site.inbox.broken = True
        assert await site.hook(event("ถนนพัง")) == 503
        site.inbox.broken = False
        assert await site.hook(event("ถนนพัง")) == 200
        assert site.inbox.texts == ["ถนนพัง"]


async def test_requests_that_come_together_share_a_commit_and_lose_no_neighbour(site: Site) -> None:
    async with site.running():
        texts = [f"เรื่อง {n}" for n in range(40)] + ["poison"]
        codes = await asyncio.gather(*(site.hook(event(t, n)) for n, t in enumerate(texts)))
        assert codes == [200] * 40 + [503]
        assert sorted(site.inbox.texts) == sorted(texts[:40])


async def test_group_commit_writes_what_gathered_while_it_was_busy() -> None:
    inbox = Inbox()
    intake = GroupIntake(inbox.store)
    adds = [asyncio.create_task(intake.add([_text(str(n))])) for n in range(30)]
    await asyncio.sleep(0)
    flusher = asyncio.create_task(intake.run())
    await asyncio.gather(*adds)
    assert [len(batch) for batch in inbox.batches] == [30]
    intake.close()
    await flusher
    with pytest.raises(IntakeFailed):
        await intake.add([_text("late")])


def _text(text: str) -> IncomingMessage:
    return IncomingMessage(
        channel=Channel.LINE, event_id=text, kind=MessageKind.TEXT, sent_at=NOW, text=text
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [("ถนน\0พัง", "ถนนพัง"), ("ครึ่ง\ud83d", "ครึ่ง?"), ("ดี 😀", "ดี 😀"), ("plain", "plain")],
)
def test_text_no_database_can_keep_is_mended(given: str, kept: str) -> None:
    assert clean(_text(given)).text == kept


async def test_surrogate_halves_in_a_body_are_kept_and_accepted(site: Site) -> None:
    async with site.running():
        assert await site.hook(b'{"events": [{"id": "a", "text": "x\\ud83d"}]}') == 200
        assert site.inbox.texts == ["x?"]


async def test_health_and_readiness(site: Site) -> None:
    async with site.running():
        assert (await site.client.get("/healthz")).status_code == 200
        ready = await site.client.get("/readyz")
        assert (ready.status_code, ready.json()["ready"]) == (200, True)
        site.checks["workers"] = False
        late = await site.client.get("/readyz")
        assert (late.status_code, late.json()["checks"]["workers"]) == (503, False)


async def test_a_signed_link_opens_its_file_until_its_time_is_over(site: Site) -> None:
    file_id = site.folder.put(b"%PDF-1.7")
    link = site.desk.link(file_id, "ระเบียบวาระ.pdf", "application/pdf")
    assert link.startswith("https://example.org/files/")
    path = link.removeprefix("https://example.org")
    async with site.running():
        got = await site.client.get(path)
        assert (got.status_code, got.content) == (200, b"%PDF-1.7")
        assert got.headers["content-type"] == "application/pdf"
        assert got.headers["content-disposition"].startswith("inline; ")
        assert "filename*=UTF-8''%E0%B8%A3" in got.headers["content-disposition"]
        assert got.headers["x-content-type-options"] == "nosniff"
        assert "no-store" in got.headers["cache-control"]
        site.clock += timedelta(hours=2)
        assert (await site.client.get(path)).status_code == 410
        site.clock = NOW
        (site.folder.path / file_id).unlink()
        assert (await site.client.get(path)).status_code == 410


@pytest.mark.parametrize("token", ["x", "x.y", ".", "a.b.c", "W10.0000", "ก.ข"])
async def test_a_forged_link_leads_nowhere(site: Site, token: str) -> None:
    async with site.running():
        assert (await site.client.get(f"/files/{token}")).status_code == 404
        forged = site.desk.path(site.folder.put(b"x"), "a", "text/html")
        swapped = forged.replace("/files/W", "/files/X")
        assert (await site.client.get(swapped)).status_code == 404
        saved = await site.client.get(forged)
        assert saved.headers["content-disposition"].startswith("attachment; ")


async def test_the_chat_page_stands_alone(site: Site) -> None:
    async with site.running():
        page = await site.client.get("/chat/")
        assert page.status_code == 200
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert 'name="viewport"' in page.text and 'lang="th"' in page.text
        assert "http://" not in page.text and "https://" not in page.text
        assert (await site.client.get("/chat")).status_code == 307


async def test_chat_takes_words_presses_places_and_photos(site: Site) -> None:
    who: dict[str, object] = {"person": "demo-head"}
    sent: list[dict[str, object]] = [
        who | {"text": "สรุป"},
        who | {"button": "ok:1"},
        who | {"lat": 16.2, "lon": 103.4},
    ]
    async with site.running():
        for said in sent:
            assert (await site.client.post("/chat/send", json=said)).status_code == 202
        picture = await site.client.post(
            "/chat/photo?person=demo-head", content=b"jpeg", headers={"content-type": "image/jpeg"}
        )
        assert picture.status_code == 202
    kinds = [m.kind for m in site.taken]
    assert kinds == [
        MessageKind.TEXT, MessageKind.BUTTON, MessageKind.LOCATION, MessageKind.PHOTO,
    ]  # fmt: skip
    assert {m.channel for m in site.taken} == {Channel.WEBCHAT}
    assert len({m.event_id for m in site.taken}) == 4
    assert site.folder.get(site.taken[3].media_id) == b"jpeg"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"person": "nobody", "text": "x"}, 400),
        ({"person": "demo-head"}, 400),
        ({"person": "demo-head", "text": " "}, 400),
        ({"person": "demo-head", "lat": 91, "lon": 0}, 400),
        ([], 400),
        ({"person": "demo-head", "text": "ก" * 70_000}, 413),
    ],
)
async def test_chat_refuses_what_is_no_message(site: Site, said: object, status: int) -> None:
    async with site.running():
        assert (await site.client.post("/chat/send", json=said)).status_code == status
        assert site.taken == []


async def test_chat_shows_replies_with_buttons_and_files(site: Site) -> None:
    file = FileRef(
        file_id=site.folder.put(b"%PDF"), name="วาระ.pdf", media_type="application/pdf",
        picture_id=site.folder.put(b"png"),
    )  # fmt: skip
    reply = Reply(text="ได้แล้ว", buttons=(Button(label="ใช่", data="y"),), files=(file,))
    for n, said in enumerate([Reply(text="ก่อนหน้า"), reply]):
        delivery = Delivery(chat_id="demo-head", retry_key=str(n), replies=(said,))
        await site.letters.deliver(delivery, Method.SEND)
    async with site.running():
        got = (await site.client.get("/chat/replies?person=demo-head&after=1")).json()["replies"]
        assert [(r["number"], r["text"]) for r in got] == [(2, "ได้แล้ว")]
        assert got[0]["buttons"] == [{"label": "ใช่", "data": "y", "url": ""}]
        assert got[0]["links"][0]["picture"].startswith("/files/")
        opened = await site.client.get(got[0]["links"][0]["url"])
        assert opened.content == b"%PDF"
        assert (await site.client.get("/chat/replies?person=x")).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example:80"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"x-forwarded-for": "203.0.113.9"},
        {"forwarded": "for=203.0.113.9"},
    ],
)
async def test_chat_answers_nobody_from_elsewhere(site: Site, headers: dict[str, str]) -> None:
    async with site.running():
        got = await site.client.get("/chat/people", headers=headers)
        sent = await site.client.post(
            "/chat/send", json={"person": "demo-head", "text": "x"}, headers=headers
        )
        assert (got.status_code, sent.status_code) == (403, 403)
        assert site.taken == []


async def test_chat_needs_json_and_pictures(site: Site) -> None:
    plain = {"content-type": "text/plain"}
    async with site.running():
        said = json.dumps({"person": "demo-head", "text": "x"}).encode()
        sent = await site.client.post("/chat/send", content=said, headers=plain)
        photo = await site.client.post("/chat/photo?person=demo-head", content=b"x", headers=plain)
        assert (sent.status_code, photo.status_code) == (415, 415)


async def test_no_chat_unless_asked_for(site: Site) -> None:
    async with site.running(chat=False):
        assert (await site.client.get("/chat/")).status_code == 404
