"""A receipt as a card: the same words everywhere, marks only where they are safe."""

import html
import re

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bot.channels.line_objects import message_objects
from bot.channels.telegram_calls import calls
from handlers.messages import FileRef, Reply
from tests.fakes.contracts import outgoing_errors
from tests.fakes.desk import Desk

RECEIPT = Reply(text="รับเรื่องแล้วค่ะ\nเลขรับเรื่อง K7W2QX\nหมวด: ถนน", about="K7W2QX", card=True)


def words(node: object) -> str:
    """Every text of a Flex tree, a line each."""
    if isinstance(node, dict):
        own = [node["text"]] if node.get("type") == "text" else []
        return "\n".join([*own, *filter(None, map(words, node.values()))])
    return "\n".join(filter(None, map(words, node))) if isinstance(node, list) else ""


def test_line_shows_a_card_whose_alt_text_says_it_all() -> None:
    (card,) = message_objects([RECEIPT], Desk(), "ที่")
    assert card["type"] == "flex" and card["altText"] == RECEIPT.text
    assert words(card["contents"]) == RECEIPT.text
    assert outgoing_errors([RECEIPT]) == []


def test_telegram_marks_heading_and_code() -> None:
    (call,) = calls([RECEIPT], "1", "ที่", "กด")
    assert call.html.startswith("<b>รับเรื่องแล้วค่ะ</b>\n") and "<code>K7W2QX</code>" in call.html


@given(st.text(alphabet="<>&\"'b/กา \n-", max_size=60), st.booleans())
def test_no_words_become_marks_and_none_are_lost(said: str, known: bool) -> None:
    reply = Reply(text=said + "\nK7W2QX", about="K7W2QX" if known else "", card=True)
    assert outgoing_errors([reply]) == []
    for call in calls([reply], "1", "ที่", "กด"):
        bare = re.sub(r"</?(?:b|code)>", "", call.html)
        assert "<" not in bare
        assert html.unescape(bare) in ("", call.text)
    (one,) = message_objects([reply], Desk(), "ที่")
    assert "K7W2QX" in (one.get("altText") or one["text"])


@pytest.mark.parametrize(
    "reply",
    [
        Reply(text="สวัสดี", card=True),
        Reply(text="ยาว\n" + "ก" * 1500, card=True),
        Reply(text="ก\nข", card=True, files=(FileRef(file_id="a", name="n", media_type="t"),)),
    ],
)
def test_what_makes_no_card_stays_plain(reply: Reply) -> None:
    assert message_objects([reply], Desk(), "ที่")[0]["type"] == "text"


def test_too_many_cards_become_words() -> None:
    objects = message_objects([RECEIPT] * 6, Desk(), "ที่")
    assert len(objects) <= 5
    assert "".join(o.get("text", "") for o in objects).count("K7W2QX") == 6
