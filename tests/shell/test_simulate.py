"""Message files and their playing: the same events each time, none lost when the server is away."""

import hashlib
import hmac
import json
from base64 import b64encode
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.message_file import Part, happenings, joins, playing_order, read_lines
from bot.simulate import Platforms, Play, Player
from planning.errors import RowMistakes
from tests.shell.parts import served


def line(number: int, **more: Any) -> str:
    row = {
        "message_id": f"m{number}", "sent_at": f"2025-04-01T08:00:{number:02d}+07:00",
        "village_code": "99010103", "channel": "line", "sender": "u1", "text": "ถนนพัง",
        "has_photo": False, "lat": None, "lon": None,
    }  # fmt: skip
    return json.dumps({**row, **more}, ensure_ascii=False)


def parts_of(raw: str) -> list[tuple[Part, str]]:
    return [(h.part, h.text) for h in happenings(read_lines([raw])[0])]


def test_a_line_becomes_its_words_then_its_photo_and_place() -> None:
    full = line(1, has_photo=True, lat=16.2, lon=103.4)
    assert parts_of(full) == [(Part.TEXT, "ถนนพัง"), (Part.PHOTO, ""), (Part.LOCATION, "")]
    text, photo, place = happenings(read_lines([full])[0])
    assert photo.at - text.at == place.at - text.at == timedelta(seconds=1)
    assert (text.id, photo.id, place.position) == ("m1-text", "m1-photo", (16.2, 103.4))
    assert len({text.number, photo.number, place.number}) == 3


def test_placeholders_are_not_words() -> None:
    assert parts_of(line(1, text="[รูปภาพ]", has_photo=True)) == [(Part.PHOTO, "")]
    place = line(1, text="[ตำแหน่งที่ตั้ง]", lat=16.2, lon=103.4)
    assert parts_of(place) == [(Part.LOCATION, "")]


def test_a_walk_in_is_written_down_by_the_village_desk() -> None:
    (told,) = happenings(read_lines([line(1, channel="walk_in", sender="ป้าน้อย")])[0])
    assert (told.channel, told.sender, told.text) == ("line", "desk-99010103", "แจ้งแทน ถนนพัง")


def test_ids_are_the_platforms_form_and_never_change() -> None:
    (on_line,) = happenings(read_lines([line(1)])[0])
    (on_telegram,) = happenings(read_lines([line(1, channel="telegram")])[0])
    assert on_line.user_id == "U" + hashlib.sha256(b"line:u1").hexdigest()[:32]
    assert on_telegram.user_id.isdigit() and on_line.number < 2**53


def test_every_account_joins_its_village_once_before_its_first_word() -> None:
    lines = read_lines([line(2), line(1), line(3, channel="telegram"), line(4, channel="walk_in")])
    found = {(j.channel, j.sender): j for j in joins(lines)}
    assert len(found) == len(joins(lines)) == 3
    assert found["line", "u1"].text == "ลงทะเบียน 99010103"
    assert found["line", "u1"].at == lines[1].sent_at - timedelta(minutes=1)
    assert found["telegram", "u1"].text == "/start v99010103"
    assert ("line", "desk-99010103") in found
    *_, role = joins(lines, ["abc", "spare"])
    assert (role.sender, role.text) == ("desk-99010103", "รับบทบาท r-abc")


def test_repeats_and_windows_keep_every_event() -> None:
    lines = read_lines([line(n) for n in range(1, 41)])
    plain, mixed = playing_order(lines, 1, 0, 1), playing_order(lines, 2, 10, 1)
    assert [h.id for h in plain] == [f"m{n}-text" for n in range(1, 41)]
    assert Counter(h.id for h in mixed) == dict.fromkeys((h.id for h in plain), 2)
    assert [h.id for h in mixed] != sorted(h.id for h in mixed)
    assert {h.id for h in mixed[:10]} == {f"m{n}-text" for n in range(1, 6)}
    assert mixed == playing_order(lines, 2, 10, 1) != playing_order(lines, 2, 10, 2)


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        ("no json", "-"),
        ("[]", "-"),
        (line(1, channel="pigeon"), "channel"),
        (line(1, sent_at="yesterday"), "sent_at"),
        (line(1, sent_at="2025-04-01T08:00:00"), "sent_at"),
        (line(1, sender=""), "sender"),
        (line(1, text=None), "text"),
        (line(1, lat=1.0), "lat"),
    ],
)
def test_a_bad_line_is_named_by_line_and_field(raw: str, field: str) -> None:
    with pytest.raises(RowMistakes) as caught:
        read_lines([line(9), raw])
    assert [(m.line, m.column) for m in caught.value.mistakes] == [(2, field)]


def test_doubles_and_empty_files_are_refused() -> None:
    for raws in ([line(1), line(1)], [], ["", " "]):
        with pytest.raises(RowMistakes):
            read_lines(raws)


class Server:
    """Remembers what it was sent; refuses the first `down` deliveries as a server that restarts."""

    def __init__(self, down: int = 0, status: int = 200) -> None:
        self.down, self.status = down, status
        self.bodies: list[dict[str, Any]] = []
        self.app = Starlette(
            routes=[
                Route("/line/webhook", self._line, methods=["POST"]),
                Route("/telegram/webhook", self._telegram, methods=["POST"]),
            ]
        )

    async def _line(self, request: Request) -> Response:
        body = await request.body()
        mac = b64encode(hmac.new(b"s1", body, hashlib.sha256).digest()).decode()
        return self._take(body, request.headers["x-line-signature"] == mac)

    async def _telegram(self, request: Request) -> Response:
        given = request.headers["x-telegram-bot-api-secret-token"]
        return self._take(await request.body(), given == "s2")

    def _take(self, body: bytes, genuine: bool) -> Response:
        if self.down:
            self.down -= 1
            return Response(status_code=503)
        if genuine and self.status == 200:
            self.bodies.append(json.loads(body))
        return Response(status_code=self.status if genuine else 401)


async def play(server: Server, raws: list[str], **more: Any) -> Any:
    lines = read_lines(raws)
    async with served(server.app) as client:
        options = {"line_secret": "s1", "telegram_secret": "s2", "patience_s": 20.0, **more}
        player = Player(Play(server=str(client.base_url), **options))
        return await player.run(joins(lines), playing_order(lines, 2, 5, 1))


async def test_everything_arrives_signed_joins_first() -> None:
    server = Server()
    raws = [line(1), line(2, channel="telegram", has_photo=True), line(3, lat=1.0, lon=2.0)]
    tally = await play(server, raws)
    assert (tally.sent, tally.accepted, tally.lost, tally.refused) == (12, 12, 0, 0)
    assert (tally.chats, tally.answers) == (2, None)
    texts = [_text(b) for b in server.bodies]
    assert set(texts[:2]) == {"ลงทะเบียน 99010103", "/start v99010103"}
    events = [b["events"][0] for b in server.bodies if "events" in b]
    again = {
        e["deliveryContext"]["isRedelivery"] for e in events if e["webhookEventId"] == "m1-text"
    }
    assert again == {False, True}
    assert {e["message"]["type"] for e in events} == {"text", "location"}


def _text(body: dict[str, Any]) -> str:
    holder = body["events"][0] if "events" in body else body
    return str(holder["message"].get("text", ""))


async def test_a_server_that_is_away_for_a_moment_loses_nothing() -> None:
    server = Server(down=3)
    tally = await play(server, [line(1), line(2)])
    assert (tally.accepted, tally.lost, tally.retried) == (5, 0, 3)


async def test_patience_ends_and_refusals_are_not_repeated() -> None:
    away = await play(Server(down=99), [line(1)], patience_s=0.0)
    assert (away.lost, away.accepted) == (3, 0)
    refused = await play(Server(status=401), [line(1)])
    assert (refused.refused, refused.retried) == (3, 0)
    without = await play(Server(), [line(1)], line_secret="", rate=1000.0)
    assert (without.skipped, without.sent) == (3, 0)


async def test_the_platforms_stand_behind_one_address() -> None:
    platforms = Platforms()
    token = platforms.line.issue_token("U1")
    async with served(platforms.app) as client:
        said = {"replyToken": token, "messages": [{"type": "text", "text": "ก"}]}
        assert (await client.post("/v2/bot/message/reply", json=said)).status_code == 200
        sent = await client.post("/bot1:x/sendMessage", data={"chat_id": "7", "text": "ข"})
        assert sent.status_code == 200
    assert (platforms.count, platforms.chats) == (2, 2)
