"""Telegram's answers and its polling, over real HTTP against a strict imitation."""

import logging
from uuid import uuid4

import pytest

from bot.channels.base import (
    Blocked,
    Delivery,
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
from bot.channels.telegram import TelegramChannel
from bot.platforms.telegram import message_update
from handlers.messages import Button, FileRef, Reply
from tests.channels.conftest import TOKEN
from tests.conftest import NOW
from tests.fakes.desk import Desk
from tests.fakes.faults import Fault
from tests.fakes.telegram import StrictTelegram

PDF = FileRef(file_id="a" * 64, name="ระเบียบวาระ.pdf", media_type="application/pdf")
DOCX = FileRef(file_id="b" * 64, name="ระเบียบวาระ.docx", media_type="application/msword")


def delivery(*replies: Reply | str, chat_id: str = "42", handle: str = "") -> Delivery:
    made = tuple(r if isinstance(r, Reply) else Reply(text=r) for r in replies)
    return Delivery(chat_id=chat_id, reply_handle=handle, retry_key=str(uuid4()), replies=made)


async def send(telegram: TelegramChannel, *replies: Reply | str, chat_id: str = "42") -> None:
    assert await telegram.deliver(delivery(*replies, chat_id=chat_id), Method.SEND) == 0


async def test_words_and_buttons(telegram: TelegramChannel, fake_telegram: StrictTelegram) -> None:
    yes, other = Button(label="ใช่", data="y"), Button(label="เรื่องอื่นที่ยาวกว่านั้น", data="n")
    await send(telegram, Reply(text="เรื่องเดียวกันไหมคะ", buttons=(yes, yes, other)))
    (answer,) = fake_telegram.answers.of("42")
    assert answer.text == "เรื่องเดียวกันไหมคะ"
    rows = answer.payload["reply_markup"]["inline_keyboard"]
    assert [[b["callback_data"] for b in row] for row in rows] == [["y", "y"], ["n"]]
    assert '"is_disabled": true' in str(answer.payload["link_preview_options"]).replace(
        '":true', '": true'
    )


async def test_a_press_is_acknowledged_even_when_too_old(
    telegram: TelegramChannel, fake_telegram: StrictTelegram
) -> None:
    await telegram.deliver(delivery("ค่ะ", handle="Q1"), Method.SEND)
    assert fake_telegram.acknowledged == ["Q1"]
    fake_telegram.faults.plan(
        "/answerCallbackQuery",
        Fault(status=400, body={"ok": False, "description": "Bad Request: query is too old"}),
    )
    await telegram.deliver(delivery("ค่ะ", handle="Q2"), Method.SEND)
    assert fake_telegram.acknowledged == ["Q1"]
    assert len(fake_telegram.answers) == 2


async def test_the_location_button_stands_in_private_chats_only(
    telegram: TelegramChannel, fake_telegram: StrictTelegram
) -> None:
    ask = Reply(text="อยู่หมู่บ้านไหนคะ", ask_location=True)
    await send(telegram, ask)
    await send(telegram, ask, chat_id="-100")
    private, group = fake_telegram.answers.all()
    assert private.payload["reply_markup"]["keyboard"] == [
        [{"text": "ส่งตำแหน่งที่ตั้ง", "request_location": True}]
    ]
    assert group.payload["reply_markup"] == {}


async def test_buttons_and_a_location_button_are_two_messages(
    telegram: TelegramChannel, fake_telegram: StrictTelegram
) -> None:
    await send(
        telegram, Reply(text="หมู่ไหน", buttons=(Button(label="1", data="1"),), ask_location=True)
    )
    first, second = fake_telegram.answers.of("42")
    assert "inline_keyboard" in first.payload["reply_markup"]
    assert "keyboard" in second.payload["reply_markup"]


async def test_plain_words_take_the_location_button_away(
    telegram: TelegramChannel, fake_telegram: StrictTelegram
) -> None:
    await send(telegram, "รับทราบค่ะ")
    assert fake_telegram.answers.all()[0].payload["reply_markup"] == {"remove_keyboard": True}


async def test_long_words_are_split_and_the_last_piece_has_the_buttons(
    telegram: TelegramChannel, fake_telegram: StrictTelegram
) -> None:
    text = "\n".join(f"{i}. ถนนหน้าวัดเป็นหลุม" for i in range(400))
    await send(telegram, Reply(text=text, buttons=(Button(label="ต่อ", data="n"),)))
    answers = fake_telegram.answers.of("42")
    assert "\n".join(a.text for a in answers) == text
    assert [bool(a.buttons) for a in answers] == [False] * (len(answers) - 1) + [True]
    assert len(answers) == 3


async def test_files_go_as_files_the_first_with_the_words(
    telegram: TelegramChannel, fake_telegram: StrictTelegram, desk: Desk
) -> None:
    desk.files = {PDF.file_id: b"%PDF-1.7", DOCX.file_id: b"PK"}
    await send(telegram, Reply(text="ระเบียบวาระค่ะ", files=(PDF, DOCX)))
    first, second = fake_telegram.answers.of("42")
    assert (first.method, first.text) == ("sendDocument", "ระเบียบวาระค่ะ")
    assert first.payload["document"] == b"%PDF-1.7"
    assert second.payload["document"] == b"PK"
    assert second.text == ""


async def test_a_picture_goes_as_a_photo(
    telegram: TelegramChannel, fake_telegram: StrictTelegram, desk: Desk
) -> None:
    shown = FileRef(file_id="c" * 64, name="รูป.jpg", media_type="image/jpeg")
    desk.files = {shown.file_id: b"jpeg"}
    await send(telegram, Reply(text="รูปค่ะ", files=(shown,)))
    (answer,) = fake_telegram.answers.of("42")
    assert (answer.method, answer.text) == ("sendPhoto", "รูปค่ะ")
    assert answer.payload["photo"] == b"jpeg"


async def test_words_too_long_for_a_caption_go_before_the_file(
    telegram: TelegramChannel, fake_telegram: StrictTelegram, desk: Desk
) -> None:
    desk.files = {PDF.file_id: b"%PDF-1.7"}
    await send(telegram, Reply(text="ก" * 1025, files=(PDF,)))
    assert [a.method for a in fake_telegram.answers.all()] == ["sendMessage", "sendDocument"]


async def test_a_lost_file_and_fat_data_are_refused_before_the_wire(
    telegram: TelegramChannel, fake_telegram: StrictTelegram
) -> None:
    with pytest.raises(Refused):
        await send(telegram, Reply(text="ก", files=(PDF,)))
    with pytest.raises(Refused):
        await send(telegram, Reply(text="ก", buttons=(Button(label="x", data="ก" * 22),)))
    assert fake_telegram.calls == 0


async def test_an_address_without_a_public_name_goes_into_the_words(
    telegram: TelegramChannel, fake_telegram: StrictTelegram
) -> None:
    near = Button(label="เปิด", url="http://127.0.0.1:8080/x")
    far = Button(label="เปิด", url="https://example.org/x")
    await send(telegram, Reply(text="ก", buttons=(near, far)))
    (answer,) = fake_telegram.answers.all()
    assert answer.text == "ก\n\nเปิด\nhttp://127.0.0.1:8080/x"
    assert answer.buttons == (("เปิด", "https://example.org/x"),)


async def test_blocked_and_moved(telegram: TelegramChannel, fake_telegram: StrictTelegram) -> None:
    fake_telegram.blocked.add("42")
    with pytest.raises(Blocked):
        await send(telegram, "ก")
    fake_telegram.moved["-5"] = -1005
    with pytest.raises(Moved) as raised:
        await send(telegram, "ก", chat_id="-5")
    assert raised.value.new_chat_id == "-1005"


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(status=500, body={"ok": False, "description": "Internal"}), RetryLater),
        (Fault(status=502), RetryLater),
        (Fault(status=401, body={"ok": False, "description": "Unauthorized"}), RetryLater),
        (Fault(status=400, body={"ok": False, "description": "chat not found"}), Refused),
        (Fault(status=409, body={"ok": False, "description": "Conflict"}), RetryLater),
        (Fault(hang=True), Uncertain),
        (Fault(hang=True, taken=True), Uncertain),
    ],
)
async def test_failures_of_a_send(
    fault: Fault,
    expected: type[Exception],
    telegram: TelegramChannel,
    fake_telegram: StrictTelegram,
) -> None:
    fake_telegram.faults.plan("/sendMessage", fault)
    with pytest.raises(expected):
        await send(telegram, "ก")


async def test_a_flood_says_how_long_to_wait_and_what_was_taken_is_not_repeated(
    telegram: TelegramChannel, fake_telegram: StrictTelegram
) -> None:
    answer = delivery("หนึ่ง", "สอง", "สาม", handle="Q1")
    flood = {"ok": False, "description": "Too Many Requests", "parameters": {"retry_after": 7}}
    fake_telegram.faults.plan("/sendMessage", Fault.passing(), Fault(status=429, body=flood))
    with pytest.raises(RetryLater) as raised:
        await telegram.deliver(answer, Method.SEND)
    assert raised.value.after is not None
    assert raised.value.after.total_seconds() == 7
    await telegram.deliver(answer, Method.SEND)
    assert [a.text for a in fake_telegram.answers.all()] == ["หนึ่ง", "สอง", "สาม"]
    assert fake_telegram.acknowledged == ["Q1"]


async def test_nobody_listening_is_tried_again(desk: Desk) -> None:
    channel = TelegramChannel(token=TOKEN, desk=desk, api_base="http://127.0.0.1:9", timeout_s=1)
    with pytest.raises(RetryLater):
        await channel.deliver(delivery("ก"), Method.SEND)
    with pytest.raises(NotReady):
        await channel.fetch("x")
    await channel.close()
    await channel.close()


async def test_media_is_fetched_or_gone(
    telegram: TelegramChannel, fake_telegram: StrictTelegram
) -> None:
    fake_telegram.put_file("large", "photos/file_1.jpg", b"jpeg bytes")
    assert await telegram.fetch("large") == Media(data=b"jpeg bytes", media_type="image/jpeg")
    fake_telegram.faults.plan(
        "/getFile",
        Fault(status=400, body={"ok": False, "description": "Bad Request: file is too big"}),
        Fault(status=500),
    )
    with pytest.raises(Gone):
        await telegram.fetch("large")
    with pytest.raises(NotReady):
        await telegram.fetch("large")


async def test_media_beyond_the_limit_is_let_go(
    telegram: TelegramChannel, fake_telegram: StrictTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telegram, "_most_bytes", 1000)
    fake_telegram.put_file("large", "photos/file_1.jpg", b"x" * 100_000)
    with pytest.raises(TooLarge):
        await telegram.fetch("large")
    with pytest.raises(TooLarge):  # whatever the platform said of its size
        await telegram._streamed(
            (await (await telegram._opened()).get_file("large")).file_path or ""
        )


async def test_the_token_never_shows(
    telegram: TelegramChannel,
    fake_telegram: StrictTelegram,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    fake_telegram.put_file("large", "photos/file_1.jpg", b"jpeg bytes")
    await telegram.fetch("large")
    await send(telegram, "คำของชาวบ้าน")
    fake_telegram.faults.plan("/", Fault(status=404, body={"ok": False}), Fault(hang=True))
    said = []
    for _ in range(2):
        with pytest.raises(NotReady) as raised:
            await telegram.fetch("large")
        assert raised.value.__suppress_context__
        said.append(repr(raised.value))
    shown = caplog.text + repr(telegram) + "".join(said)
    assert TOKEN not in shown
    assert "ชาวบ้าน" not in shown


class Enough(Exception):
    """Ends a polling loop in a test."""


async def test_polling_forgets_only_what_was_handled(
    telegram: TelegramChannel, fake_telegram: StrictTelegram
) -> None:
    for number in range(3):
        fake_telegram.queue_update(
            message_update(10 + number, user_id=42, message_id=number, at=NOW, text=f"{number}")
        )
    seen: list[str] = []

    async def failing(bodies: tuple[bytes, ...]) -> None:
        raise Enough

    async def keeping(bodies: tuple[bytes, ...]) -> None:
        seen.extend(telegram.parse(b, NOW)[0].text for b in bodies)
        if len(seen) == 3:
            fake_telegram.queue_update(
                message_update(13, user_id=42, message_id=9, at=NOW, text="3")
            )
        else:
            raise Enough

    with pytest.raises(Enough):
        await telegram.poll(failing)
    assert fake_telegram.waiting_updates == 3
    with pytest.raises(Enough):
        await telegram.poll(keeping)
    assert seen == ["0", "1", "2", "3"]
    assert fake_telegram.waiting_updates == 1
    assert fake_telegram.webhook_deleted == 2


async def test_polling_waits_longer_each_time_and_as_long_as_told(
    telegram: TelegramChannel, fake_telegram: StrictTelegram
) -> None:
    flood = {"ok": False, "description": "Too Many", "parameters": {"retry_after": 30}}
    conflict = {"ok": False, "description": "Conflict: terminated by other getUpdates"}
    fake_telegram.faults.plan("/deleteWebhook", Fault(status=500))
    fake_telegram.faults.plan(
        "/getUpdates", Fault(status=409, body=conflict), Fault(status=429, body=flood)
    )
    fake_telegram.queue_update(message_update(1, user_id=42, message_id=1, at=NOW, text="x"))
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def handle(bodies: tuple[bytes, ...]) -> None:
        raise Enough

    with pytest.raises(Enough):
        await telegram.poll(handle, sleep)
    assert waits == [1.0, 2.0, 30.0]


async def test_polling_with_a_wrong_token_ends(fake_telegram: StrictTelegram, desk: Desk) -> None:
    from bot.platforms.serving import serving

    async def handle(bodies: tuple[bytes, ...]) -> None:
        raise Enough

    with serving(fake_telegram.faults) as url:
        channel = TelegramChannel(token="9:wrong", desk=desk, api_base=url)
        with pytest.raises(Refused, match="bot token"):
            await channel.poll(handle)
        await channel.close()
