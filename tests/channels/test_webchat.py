"""The web page as a channel."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Delivery, Gone, Method
from bot.channels.webchat import KEY_HEADER, Link, Shown, WebChannel
from handlers.messages import Button, FileRef, MessageKind, Reply
from tests.conftest import NOW
from tests.fakes.desk import Desk

PDF = FileRef(file_id="a" * 64, name="วาระ.pdf", media_type="application/pdf", picture_id="b" * 64)


@pytest.fixture
def web() -> WebChannel:
    return WebChannel(desk=Desk())


def delivery(*replies: Reply, chat_id: str = "villager") -> Delivery:
    return Delivery(chat_id=chat_id, retry_key=str(uuid4()), replies=replies)


def kind(web: WebChannel, **event: Any) -> MessageKind:
    return web.parse(json.dumps({"id": "1", "user": "villager", **event}).encode(), NOW)[0].kind


def test_only_the_page_itself_may_write(web: WebChannel) -> None:
    assert web.authentic({KEY_HEADER: web.key}, b"")
    assert not web.authentic({KEY_HEADER: "กุญแจ"}, b"")
    assert not web.authentic({}, b"")
    assert WebChannel(desk=Desk()).key != web.key


def test_what_the_page_posts(web: WebChannel) -> None:
    assert kind(web, text="ถนนพัง") is MessageKind.TEXT
    assert kind(web, button="y") is MessageKind.BUTTON
    assert kind(web, lat=12.9, lon=100.9) is MessageKind.LOCATION
    assert kind(web) is MessageKind.UNKNOWN
    many = web.parse(b'{"events": [{"id": "a", "user": "u", "text": "x"}, 7]}', NOW)
    assert [(m.event_id[:1], m.chat_id) for m in many] == [("a", "u"), (many[1].event_id[:1], "")]


@given(st.dictionaries(st.sampled_from("id user text button lat lon sent_at".split()), st.text()))
def test_no_event_whatsoever_raises(event: dict[str, str]) -> None:
    assert len(WebChannel(desk=Desk()).parse(json.dumps(event).encode(), NOW)) == 1


async def test_a_picture_is_shown_itself(web: WebChannel) -> None:
    await web.open()
    shown = FileRef(file_id="a" * 64, name="รูป.jpg", media_type="image/jpeg")
    async with web.subscribe("head") as live:
        reply = Reply(text="รูปค่ะ", files=(shown,))
        await web.deliver(delivery(reply, chat_id="head"), Method.SEND)
        heard = await asyncio.wait_for(live.get(), 5)
    link = Desk().link("a" * 64, "รูป.jpg", "image/jpeg")
    assert heard.links == (Link(name="รูป.jpg", url=link, picture=link),)


async def test_replies_reach_who_listens_and_stay_to_be_read(web: WebChannel) -> None:
    await web.open()
    button = Button(label="ใช่", data="y")
    async with web.subscribe("villager") as live, web.subscribe("head") as other:
        reply = Reply(text="ค่ะ", buttons=(button,), ask_location=True, files=(PDF,))
        assert await web.deliver(delivery(reply), Method.SEND) == 0
        shown = await asyncio.wait_for(live.get(), 5)
        assert other.empty()
    desk = Desk()
    assert shown == Shown(
        number=1,
        text="ค่ะ",
        buttons=(button,),
        ask_location=True,
        links=(
            Link(
                name="วาระ.pdf",
                url=desk.link("a" * 64, "วาระ.pdf", "application/pdf"),
                picture=desk.link("b" * 64, "วาระ.pdf.png", "image/png"),
            ),
        ),
    )
    await web.deliver(delivery(Reply(text="อีก")), Method.SEND)
    assert [s.text for s in web.history("villager")] == ["ค่ะ", "อีก"]
    assert [s.number for s in web.history("villager", after=1)] == [2]
    assert web.history("nobody") == ()
    await web.close()


async def test_a_slow_reader_loses_the_oldest_and_history_has_them(web: WebChannel) -> None:
    async with web.subscribe("villager") as live:
        await web.deliver(delivery(*[Reply(text=str(i)) for i in range(105)]), Method.SEND)
        assert live.qsize() == 100
        assert live.get_nowait().number == 6
    assert web.history("villager")[0].number == 1


async def test_it_costs_nothing_and_has_no_media(web: WebChannel) -> None:
    assert await web.cost("villager") == 0
    with pytest.raises(Gone):
        await web.fetch("x")
