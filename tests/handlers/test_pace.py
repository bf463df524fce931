"""Floods, repetitions, bare links and rude words, looked at one by one."""

import json
from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from handlers.dialogue.decency import decent
from handlers.dialogue.pace import (
    HUSH,
    MOST_A_MINUTE,
    flooding,
    hushed,
    noted,
    only_links,
    reminded,
    same_words,
    says_already,
)
from handlers.dialogue.state import Conversation

AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)


def after_sayings(gaps: list[int]) -> Conversation:
    talk, at = Conversation(), AT
    for gap in gaps:
        at += timedelta(seconds=gap)
        talk = noted(talk, at)
    return talk


def test_a_flood_is_more_than_that_many_within_a_minute() -> None:
    assert not flooding(after_sayings([3] * MOST_A_MINUTE))
    assert flooding(after_sayings([3] * (MOST_A_MINUTE + 1)))
    assert not flooding(after_sayings([6] * 100))


@given(st.lists(st.integers(0, 90), max_size=60))
def test_little_is_remembered_and_only_of_the_last_minute(gaps: list[int]) -> None:
    talk = after_sayings(gaps)
    assert len(talk.lately) <= MOST_A_MINUTE + 1
    assert all(talk.lately[-1] - t < timedelta(minutes=1) for t in talk.lately)
    assert Conversation.from_json(talk.to_json()) == talk


def test_silence_ends() -> None:
    talk = Conversation(hushed_until=AT + HUSH, reminded_at=AT)
    assert hushed(talk, AT) and not hushed(talk, AT + HUSH)
    assert reminded(talk, AT) and not reminded(talk, AT + timedelta(minutes=10))
    assert not hushed(Conversation(), AT) and not reminded(Conversation(), AT)


def test_states_of_before_are_still_read() -> None:
    old = json.loads(Conversation().to_json())
    for name in ("erase_asked_at", "lately", "hushed_until", "reminded_at"):
        del old[name]
    assert Conversation.from_json(json.dumps(old)) == Conversation()


def test_the_same_words_however_they_are_spaced() -> None:
    assert same_words("น้ำไม่ไหล  หน้าวัด\n", " น้ำไม่ไหล หน้าวัด")
    assert not same_words("น้ำไม่ไหล", "น้ำไหล") and not same_words(" ", "")
    assert says_already("ไฟดับ\nน้ำไม่ไหล", "น้ำไม่ไหล")
    assert not says_already("ไฟดับ น้ำไม่ไหล", "น้ำไม่ไหล")


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("https://example.com/a?b=1", True),
        ("www.example.com  t.me/abc", True),
        ("shop.example.co.th", True),
        ("ถนนพัง https://example.com/photo.jpg", False),
        ("ถนนพัง", False),
        ("ม.3", False),
        ("", False),
        ("🙏🙏", False),
    ],
)
def test_only_links_are_only_links(text: str, only: bool) -> None:
    assert only_links(text) is only


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("ไอ้เหี้ย ถนนพังมาสามปีแล้ว", "●●● ถนนพังมาสามปีแล้ว"),
        ("ซ่อมสักทีควย", "ซ่อมสักที●●●"),
        ("แม่งไม่มาดูเลย", "●●●ไม่มาดูเลย"),
        ("ตัวเหี้ยเข้าเล้าไก่สามตัว", "ตัวเหี้ยเข้าเล้าไก่สามตัว"),
        ("ต้นไม้เหี่ยวเฉาทั้งแถว", "ต้นไม้เหี่ยวเฉาทั้งแถว"),
        ("สัตว์เลี้ยงตาย สัดส่วนไม่เท่ากัน", "สัตว์เลี้ยงตาย สัดส่วนไม่เท่ากัน"),
        ("อีดอกไม้งาม หีบเลือกตั้ง", "อีดอกไม้งาม หีบเลือกตั้ง"),
        ("ร้านขายกะหรี่ปั๊บ", "ร้านขายกะหรี่ปั๊บ"),
    ],
)
def test_the_rudest_words_are_hidden_and_no_others(told: str, shown: str) -> None:
    assert decent(told) == shown
