"""What is quoted is known again: ids of what was sent are learnt, and messages say what they quote."""

from uuid import uuid4

from bot.channels import telegram_events
from bot.channels.base import Delivery, Method
from bot.channels.line import LineChannel
from bot.channels.line_events import parse
from bot.channels.telegram import TelegramChannel
from bot.platforms.line import event, text_message, webhook
from bot.platforms.telegram import message_update
from handlers.messages import Reply
from tests.conftest import NOW
from tests.fakes.line import StrictLine
from tests.fakes.telegram import StrictTelegram

USER = "U" + "1" * 32


def delivery(chat_id: str, handle: str = "") -> Delivery:
    replies = (Reply(text="โทร 1669"), Reply(text="รับเรื่องแล้วค่ะ", about="ACDEFG"))
    return Delivery(chat_id=chat_id, reply_handle=handle, retry_key=str(uuid4()), replies=replies)


async def test_line_tells_the_ids_of_what_it_sent(line: LineChannel, fake_line: StrictLine) -> None:
    replied = delivery("U1", fake_line.issue_token("U1"))
    await line.deliver(replied, Method.REPLY)
    pushed = delivery("U1")
    await line.deliver(pushed, Method.PUSH)
    ids = [*replied.message_ids, *pushed.message_ids]
    assert len(ids) == len(set(ids)) == 4
    assert all(ids)


async def test_telegram_tells_the_ids_of_what_it_sent(
    telegram: TelegramChannel, fake_telegram: StrictTelegram
) -> None:
    sent = delivery("42")
    await telegram.deliver(sent, Method.SEND)
    assert len(sent.message_ids) == 2
    assert all(i.isdecimal() for i in sent.message_ids)


def test_line_says_what_a_message_quotes() -> None:
    told = {**text_message("m2", "ถึงไหนแล้ว"), "quotedMessageId": "m1"}
    (message,) = parse(
        webhook([event("message", user_id=USER, event_id="e", at=NOW, message=told)]), NOW
    )
    assert (message.message_id, message.quoted) == ("m2", "m1")


def test_telegram_says_what_a_message_replies_to() -> None:
    answered = {"message_id": 7, "date": 1, "chat": {"id": 5, "type": "private"}}
    update = message_update(
        1, user_id=5, message_id=8, at=NOW, text="ถึงไหนแล้ว", reply_to_message=answered
    )
    message = telegram_events.read(update, NOW, telegram_events.Me())
    assert (message.message_id, message.quoted) == ("8", "7")
