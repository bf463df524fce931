"""LINE's answers, over real HTTP against a strict imitation."""

import logging
from uuid import uuid4

import pytest

from bot.channels.base import (
    Delivery,
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
from bot.channels.fit import units
from bot.channels.line import LineChannel
from bot.channels.line_objects import message_objects
from handlers.messages import Button, FileRef, Reply
from tests.channels.conftest import HandClock
from tests.fakes.desk import Desk
from tests.fakes.faults import Fault
from tests.fakes.line import PUSH_PATH, StrictLine, body_errors

AGENDA = FileRef(file_id="a" * 64, name="ระเบียบวาระ.pdf", media_type="application/pdf")
PICTURED = FileRef(
    file_id="a" * 64, name="ระเบียบวาระ.pdf", media_type="application/pdf", picture_id="b" * 64
)


def delivery(*replies: Reply | str, chat_id: str = "U1", handle: str = "") -> Delivery:
    made = tuple(r if isinstance(r, Reply) else Reply(text=r) for r in replies)
    return Delivery(chat_id=chat_id, reply_handle=handle, retry_key=str(uuid4()), replies=made)


async def test_a_reply_costs_nothing_and_its_token_serves_once(
    line: LineChannel, fake_line: StrictLine
) -> None:
    answer = delivery("รับเรื่องแล้วค่ะ", handle=fake_line.issue_token("U1"))
    assert await line.deliver(answer, Method.REPLY) == 0
    assert [a.text for a in fake_line.answers.of("U1")] == ["รับเรื่องแล้วค่ะ"]
    with pytest.raises(ReplyExpired):
        await line.deliver(answer, Method.REPLY)
    assert len(fake_line.answers) == 1


async def test_a_token_dies_after_a_minute(
    line: LineChannel, fake_line: StrictLine, clock: HandClock
) -> None:
    answer = delivery("ก", handle=fake_line.issue_token("U1"))
    clock.forward(seconds=61)
    with pytest.raises(ReplyExpired):
        await line.deliver(answer, Method.REPLY)


async def test_a_push_twice_under_one_key_is_taken_once(
    line: LineChannel, fake_line: StrictLine
) -> None:
    answer = delivery("แจ้งผล")
    assert await line.deliver(answer, Method.PUSH) == 1
    assert await line.deliver(answer, Method.PUSH) == 1
    assert len(fake_line.answers) == 1
    assert fake_line.retry_keys == [answer.retry_key] * 2


async def test_a_push_to_a_group_costs_its_members(
    line: LineChannel, fake_line: StrictLine
) -> None:
    fake_line.set_members("Cgroup", 7)
    assert await line.cost("Cgroup") == 7
    assert await line.cost("Uperson") == 1
    assert await line.deliver(delivery("แจ้งผล", chat_id="Cgroup"), Method.PUSH) == 7


@pytest.mark.parametrize("kind", ["group", "room"])
async def test_uncountable_members_do_not_let_a_push_pass_as_one(
    kind: str, line: LineChannel, fake_line: StrictLine
) -> None:
    fake_line.faults.plan(f"/{kind}/", Fault(status=500))
    with pytest.raises(RetryLater):
        await line.cost({"group": "C1", "room": "R1"}[kind])


async def test_the_quota_is_what_line_says(line: LineChannel, fake_line: StrictLine) -> None:
    assert await line.quota() == Quota(limit=None, used=0)
    fake_line.month_limit = 3
    await line.deliver(delivery("ก"), Method.PUSH)
    assert await line.quota() == Quota(limit=3, used=1)


async def test_the_months_end_and_the_rate_are_told_apart(
    line: LineChannel, fake_line: StrictLine
) -> None:
    fake_line.month_limit = 0
    with pytest.raises(QuotaExhausted):
        await line.deliver(delivery("ก"), Method.PUSH)
    fake_line.month_limit = None
    fake_line.faults.plan(
        "/push",
        Fault(
            status=429,
            body={"message": "The API rate limit has been exceeded."},
            headers={"Retry-After": "7"},
        ),
    )
    with pytest.raises(RetryLater) as raised:
        await line.deliver(delivery("ก"), Method.PUSH)
    assert raised.value.after is not None
    assert raised.value.after.total_seconds() == 7


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(status=500), RetryLater),
        (Fault(status=502, body={}), RetryLater),
        (Fault(status=401, body={"message": "Authentication failed"}), RetryLater),
        (Fault(status=400, body={"message": "Failed to send messages"}), Refused),
        (Fault(hang=True), RetryLater),
        (Fault(hang=True, taken=True), RetryLater),
    ],
)
async def test_failures_of_a_push(
    fault: Fault, expected: type[Exception], line: LineChannel, fake_line: StrictLine
) -> None:
    fake_line.faults.plan("/push", fault)
    answer = delivery("ก")
    with pytest.raises(expected):
        await line.deliver(answer, Method.PUSH)
    await line.deliver(answer, Method.PUSH)
    assert len(fake_line.answers) == 1


@pytest.mark.parametrize("fault", [Fault(hang=True, taken=True), Fault(status=500, taken=True)])
async def test_a_reply_without_a_clear_answer_is_uncertain(
    fault: Fault, line: LineChannel, fake_line: StrictLine
) -> None:
    fake_line.faults.plan("/reply", fault)
    with pytest.raises(Uncertain):
        await line.deliver(delivery("ก", handle=fake_line.issue_token("U1")), Method.REPLY)


async def test_nobody_listening_is_tried_again(desk: Desk) -> None:
    channel = LineChannel(
        secrets=(), access_token="t", desk=desk, api_base="http://127.0.0.1:9", timeout_s=1
    )
    for method in (Method.REPLY, Method.PUSH):
        with pytest.raises(RetryLater):
            await channel.deliver(delivery("ก", handle="h"), method)
    with pytest.raises(NotReady):
        await channel.fetch("1")
    with pytest.raises(RetryLater):
        await channel.quota()
    await channel.close()


async def test_proxy_variables_do_not_lead_the_calls_away(
    line: LineChannel, fake_line: StrictLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    await line.deliver(delivery("ก"), Method.PUSH)
    assert len(fake_line.answers) == 1


async def test_media_is_polled_fetched_or_gone(line: LineChannel, fake_line: StrictLine) -> None:
    fake_line.put_media("77", b"jpeg bytes", "image/jpeg")
    fake_line.preparing = 1
    with pytest.raises(NotReady):
        await line.fetch("77")
    assert await line.fetch("77") == Media(data=b"jpeg bytes", media_type="image/jpeg")
    with pytest.raises(Gone):
        await line.fetch("78")
    fake_line.faults.plan("/content", Fault(status=410), Fault(status=500), Fault(hang=True))
    with pytest.raises(Gone):
        await line.fetch("77")
    for _ in range(2):
        with pytest.raises(NotReady):
            await line.fetch("77")


async def test_media_beyond_the_limit_is_not_kept(
    line: LineChannel, fake_line: StrictLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "_most_bytes", 1000)
    fake_line.put_media("77", b"x" * 1001, "image/jpeg")
    with pytest.raises(TooLarge):
        await line.fetch("77")


async def test_nothing_to_say_makes_no_call(line: LineChannel, fake_line: StrictLine) -> None:
    assert await line.deliver(delivery("  "), Method.PUSH) == 0
    assert fake_line.calls == 0


async def test_no_words_and_no_token_reach_the_logs(
    line: LineChannel, fake_line: StrictLine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    fake_line.faults.plan("/push", Fault(status=400, body={"message": "คำลับ"}))
    with pytest.raises(Refused) as raised:
        await line.deliver(delivery("คำของชาวบ้าน"), Method.PUSH)
    assert str(raised.value) == "HTTP 400"
    assert raised.value.__suppress_context__
    assert "คำ" not in caplog.text


def objects(*replies: Reply, desk: Desk | None = None) -> list[dict[str, object]]:
    made = message_objects(replies, desk or Desk(), "ส่งตำแหน่งที่ตั้ง")
    assert body_errors(PUSH_PATH, {"to": "U1", "messages": made}) == []
    return made


def test_buttons_gather_under_the_last_object() -> None:
    first = Reply(text="รับเรื่องแล้ว", buttons=(Button(label="แก้หมวด", data="cat"),))
    last = Reply(text="ใช่เรื่องนี้ไหม", buttons=(Button(label="ใช่", data="y"),), ask_location=True)
    made = objects(first, last)
    assert "quickReply" not in made[0]
    assert made[1]["quickReply"] == {
        "items": [
            {
                "type": "action",
                "action": {"type": "postback", "label": "ใช่", "data": "y", "displayText": "ใช่"},
            },
            {
                "type": "action",
                "action": {
                    "type": "postback",
                    "label": "แก้หมวด",
                    "data": "cat",
                    "displayText": "แก้หมวด",
                },
            },
            {"type": "action", "action": {"type": "location", "label": "ส่งตำแหน่งที่ตั้ง"}},
        ]
    }


def test_fourteen_buttons_and_a_place_become_thirteen() -> None:
    buttons = tuple(Button(label=f"บ้าน {i}", data=f"v{i}") for i in range(14))
    made = objects(Reply(text="หมู่บ้านไหน", buttons=buttons, ask_location=True))
    items = made[0]["quickReply"]["items"]  # type: ignore[index]
    assert [i["action"]["type"] for i in items] == ["postback"] * 12 + ["location"]


def test_a_long_label_is_cut_between_letters() -> None:
    label = "น้ำ" * 15
    action = objects(Reply(text="ก", buttons=(Button(label=label, data="x"),)))[0]["quickReply"][  # type: ignore[index]
        "items"
    ][0]["action"]
    assert action["label"] == "น้ำ" * 6 + "…"
    assert action["displayText"] == label


def test_an_address_is_a_button_when_https_and_words_otherwise() -> None:
    safe = Button(label="เปิดหน้าเว็บ", url="https://example.org/x")
    plain = Button(label="เปิดหน้าเว็บ", url="http://127.0.0.1:8080/x")
    assert objects(Reply(text="ก", buttons=(safe,)))[0]["quickReply"]
    assert objects(Reply(text="ก", buttons=(plain,))) == [
        {"type": "text", "text": "ก\n\nเปิดหน้าเว็บ\nhttp://127.0.0.1:8080/x"}
    ]


def test_a_file_goes_as_a_link_with_its_picture() -> None:
    made = objects(Reply(text="ระเบียบวาระค่ะ", files=(PICTURED,)))
    link = Desk().link("a" * 64, "ระเบียบวาระ.pdf", "application/pdf")
    picture = Desk().link("b" * 64, "ระเบียบวาระ.pdf.png", "image/png")
    assert made == [
        {"type": "text", "text": f"ระเบียบวาระค่ะ\n\nระเบียบวาระ.pdf\n{link}"},
        {"type": "image", "originalContentUrl": picture, "previewImageUrl": picture},
    ]


def test_a_picture_goes_as_a_picture() -> None:
    shown = FileRef(file_id="a" * 64, name="รูป.jpg", media_type="image/jpeg", picture_id="b" * 64)
    whole = Desk().link("a" * 64, "รูป.jpg", "image/jpeg")
    small = Desk().link("b" * 64, "รูป.jpg", "image/jpeg")
    assert objects(Reply(text="รูปค่ะ", files=(shown,))) == [
        {"type": "text", "text": "รูปค่ะ"},
        {"type": "image", "originalContentUrl": whole, "previewImageUrl": small},
    ]
    near = objects(Reply(text="ก", files=(shown,)), desk=Desk("http://127.0.0.1:8080"))
    assert "รูป.jpg\nhttp://127.0.0.1:8080/f/" in str(near[0]["text"])


def test_without_https_there_is_no_picture_and_without_address_no_link() -> None:
    near = objects(Reply(text="ก", files=(PICTURED,)), desk=Desk("http://127.0.0.1:8080"))
    assert [o["type"] for o in near] == ["text"]
    assert "http://127.0.0.1:8080/f/" in str(near[0]["text"])
    assert objects(Reply(text="ก", files=(AGENDA,)), desk=Desk("")) == [
        {"type": "text", "text": "ก\n\nระเบียบวาระ.pdf"}
    ]


def test_many_replies_are_joined_into_five_objects_without_losing_words() -> None:
    replies = [Reply(text=f"เรื่องที่ {i}") for i in range(9)]
    made = objects(*replies, Reply(text="เอกสาร", files=(PICTURED,)))
    assert len(made) <= 5
    joined = "".join(str(o.get("text")) for o in made)
    assert all(f"เรื่องที่ {i}" in joined for i in range(9))
    assert made[-1]["type"] == "image"


def test_pictures_yield_to_words() -> None:
    replies = [Reply(text=f"เอกสาร {i}", files=(PICTURED,)) for i in range(4)]
    made = objects(*replies)
    assert [o["type"] for o in made] == ["text"]


def test_what_five_objects_cannot_hold_is_cut_with_a_sign() -> None:
    made = objects(Reply(text="น้ำ" * 10_000))
    assert len(made) == 5
    assert str(made[-1]["text"]).endswith("…")
    assert all(units(str(o["text"])) <= 5000 for o in made)
