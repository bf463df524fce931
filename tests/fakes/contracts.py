"""Whatever is said is held against both platforms' contracts, without a wire."""

from collections.abc import Iterator, Sequence

from bot.channels.line_objects import message_objects
from bot.channels.telegram_calls import Call, calls
from handlers.messages import Reply
from tests.fakes.desk import Desk
from tests.fakes.line import PUSH_PATH, body_errors
from tests.fakes.telegram import form_errors

DESK = Desk()


def outgoing_errors(replies: Sequence[Reply]) -> list[str]:
    """What LINE or Telegram would refuse of an answer."""
    return [*_line(replies), *_telegram(replies)]


def _line(replies: Sequence[Reply]) -> list[str]:
    objects = message_objects(replies, DESK, "ส่งตำแหน่ง")
    return body_errors(PUSH_PATH, {"to": "U1", "messages": objects})


def _telegram(replies: Sequence[Reply]) -> Iterator[str]:
    for call in calls(replies, "1", "ส่งตำแหน่ง", "กดปุ่มด้านล่างได้เลย"):
        yield from form_errors(_method(call), _form(call))


def _method(call: Call) -> str:
    if call.file is None:
        return "sendMessage"
    return "sendPhoto" if call.file.is_picture else "sendDocument"


def _form(call: Call) -> dict[str, object]:
    form: dict[str, object] = {"chat_id": "1"}
    if call.file:
        form |= {"photo" if call.file.is_picture else "document": b"file", "caption": call.text}
    else:
        form["text"] = call.html or call.text
        if call.html:
            form["parse_mode"] = "HTML"
    if call.markup:
        form["reply_markup"] = call.markup.to_json()
    return form
