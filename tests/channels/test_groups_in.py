"""Groups: who is spoken to, under which name, and what a group's own events become."""

import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import line_events, telegram_events
from bot.channels.telegram_events import Me
from bot.platforms.line import event, text_message, webhook
from bot.platforms.telegram import message_update
from handlers.messages import IncomingMessage, MessageKind
from tests.conftest import NOW
from tests.shared import shared_file

Json = dict[str, Any]
GROUP, USER = "C" + "1" * 32, "U" + "2" * 32
ME = Me(user_id="77", name="Prachakhom_bot")


def line(text: str, *mentionees: Json, **source: str) -> Json:
    message = text_message("M1", text)
    if mentionees:
        message["mention"] = {"mentionees": list(mentionees)}
    raw = event("message", user_id=USER, group_id=GROUP, event_id="E1", at=NOW,
                reply_token="T1", message=message)  # fmt: skip
    raw["source"] |= source
    return raw


def of_line(raw: Json) -> IncomingMessage:
    (found,) = line_events.parse(webhook([raw]), NOW)
    return found


def telegram(text: str, **more: Any) -> Json:
    return message_update(7, user_id=42, message_id=3, at=NOW, chat_id=-100, text=text, **more)


def of_telegram(update: Json, me: Me = ME) -> IncomingMessage:
    (found,) = telegram_events.parse(json.dumps(update).encode(), NOW, me)
    return found


def mention(text: str, name: str, kind: str = "mention", **more: Any) -> Json:
    start = len(text[: text.index(name)].encode("utf-16-le")) // 2
    length = len(name.encode("utf-16-le")) // 2
    return {"type": kind, "offset": start, "length": length, **more}


SELF = {"index": 3, "length": 10, "type": "user", "userId": "U" + "9" * 32, "isSelf": True}
OTHER = {"index": 0, "length": 4, "type": "user", "userId": USER, "isSelf": False}
EVERYONE = {"index": 0, "length": 4, "type": "all"}


def test_a_mention_on_line_addresses_and_is_no_part_of_the_words() -> None:
    found = of_line(line("😀 @ประชาคมฯฯ ไฟดับซอย 2", SELF))
    assert (found.addressed, found.text) == (True, "😀 ไฟดับซอย 2")
    kept = of_line(line("@สมร เห็นไหม", OTHER, EVERYONE))
    assert (kept.addressed, kept.text) == (False, "@สมร เห็นไหม")


@pytest.mark.parametrize(
    "broken", [None, 3, [None], [{"isSelf": True}], [{"isSelf": True, "index": 99, "length": 99}]]
)
def test_a_broken_mention_costs_no_words(broken: Any) -> None:
    raw = line("ไฟดับ")
    raw["message"]["mention"] = {"mentionees": broken}
    assert of_line(raw).text == "ไฟดับ"


def test_these_are_events_of_lines_own_form() -> None:
    path = shared_file("specs/line-hardened/webhook.strict.json")
    components = json.loads(path.read_text(encoding="utf-8"))["components"]
    schema = {"$ref": "#/components/schemas/CallbackRequest", "components": components}
    validator = jsonschema_rs.Draft202012Validator(schema)
    for raw in (line("😀 @ประชาคมฯฯ ไฟดับซอย 2", SELF), line("@สมร", OTHER, EVERYONE)):
        assert [e.message for e in validator.iter_errors(json.loads(webhook([raw])))] == []


def test_a_member_without_a_user_id_has_none() -> None:
    raw = line("แจ้ง ไฟดับ")
    del raw["source"]["userId"]
    found = of_line(raw)
    assert (found.user_id, found.chat_id, found.group) == ("", GROUP, True)


def test_a_mention_on_telegram_addresses() -> None:
    text = "😀 @prachakhom_BOT ไฟดับซอย 2"
    found = of_telegram(telegram(text, entities=[mention(text, "@prachakhom_BOT")]))
    assert (found.addressed, found.text) == (True, "😀 ไฟดับซอย 2")
    by_id = [mention(text, "@prachakhom_BOT", "text_mention", user={"id": 77})]
    assert of_telegram(telegram(text, entities=by_id)).addressed
    other = [mention(text, "@prachakhom_BOT", "text_mention", user={"id": 78})]
    assert not of_telegram(telegram(text, entities=other)).addressed
    assert not of_telegram(
        telegram(text, entities=[mention(text, "@prachakhom_BOT")]), Me()
    ).addressed


def test_a_command_keeps_its_words() -> None:
    text = "/help@prachakhom_bot"
    found = of_telegram(telegram(text, entities=[mention(text, text, "bot_command")]))
    assert (found.addressed, found.text) == (True, text)


def test_a_reply_to_the_bot_addresses_and_one_to_a_neighbour_does_not() -> None:
    reply = {"message_id": 2, "from": {"id": 77, "is_bot": True}}
    assert of_telegram(telegram("ซอย 2", reply_to_message=reply)).addressed
    reply = {"message_id": 2, "from": {"id": 43, "is_bot": False}}
    assert not of_telegram(telegram("ซอย 2", reply_to_message=reply)).addressed


def test_in_private_nobody_needs_to_be_addressed() -> None:
    text = "@prachakhom_bot ไฟดับ"
    update = message_update(7, user_id=42, message_id=3, at=NOW, text=text,
                            entities=[mention(text, "@prachakhom_bot")])  # fmt: skip
    assert not of_telegram(update).addressed


def test_an_anonymous_administrator_is_a_member_without_a_name() -> None:
    update = telegram("แจ้ง ไฟดับ", sender_chat={"id": -100, "type": "supergroup"})
    update["message"]["from"] = {"id": 1087968824, "is_bot": True}
    found = of_telegram(update)
    assert (found.user_id, found.chat_id, found.text) == ("", "-100", "แจ้ง ไฟดับ")
    update["message"]["sender_chat"] = {"id": -5, "type": "channel"}
    assert of_telegram(update).chat_id == ""


def test_a_group_that_moves_says_where_to() -> None:
    update = telegram("", migrate_to_chat_id=-100123)
    del update["message"]["text"]
    found = of_telegram(update)
    assert (found.kind, found.chat_id, found.moved_to) == (MessageKind.MOVED, "-100", "-100123")


ANYTHING = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda c: (
        st.lists(c, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "offset", "length", "user"]), c)
    ),
    max_leaves=8,
)


@given(entities=ANYTHING)
def test_no_entities_whatsoever_raise(entities: Any) -> None:
    assert of_telegram(telegram("ไฟดับ", entities=entities)).chat_id == "-100"


def test_a_file_brings_its_name() -> None:
    update = message_update(7, user_id=42, message_id=3, at=NOW,
                            document={"file_id": "F", "file_name": "สำรวจ.xlsx"})  # fmt: skip
    assert of_telegram(update).file_name == "สำรวจ.xlsx"
    raw = event("message", user_id=USER, event_id="E1", at=NOW,
                message={"type": "file", "id": "M1", "fileName": "a.csv", "fileSize": 1})  # fmt: skip
    assert of_line(raw).file_name == "a.csv"
