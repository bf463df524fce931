"""What to look at in a summary, as it is typed and as a button says it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.dialogue import intents as i
from handlers.dialogue.topics.digests import (
    SetDigest,
    ShowDigest,
    ShowDisputed,
    ShowUnsure,
    StopDigest,
    look_data,
)
from handlers.dialogue.words import read_button, read_command
from handlers.looking import one_word, read_look, topics_of, with_words
from nlp.lexicon import lexicon
from planning.outlook import Only
from planning.taxonomy import ALWAYS_CONFIDENTIAL, Pillar


@pytest.mark.parametrize(
    ("typed", "part", "value"),
    [
        ("ใหม่", "fresh", True),
        ("เรื่องใหม่", "fresh", True),
        ("ด่วน", "urgent", True),
        ("ค้างนาน", "old", True),
        ("ทั้งหมด", "whole", True),
        ("ด้านสังคม", "pillar", Pillar.SOCIAL),
        ("โครงสร้างพื้นฐาน", "pillar", Pillar.INFRASTRUCTURE),
        ("ถนน", "topics", (frozenset({"road"}),)),
        ("น้ำ", "topics", (frozenset({"water_supply", "water_source", "drainage"}),)),
        ("เรื่องไฟ", "topics", (frozenset({"lighting", "electricity"}),)),
        ("เสียง", "topics", (frozenset({"pollution", "telecom"}),)),
        ("ประปา", "topics", (frozenset({"water_supply"}),)),
    ],
)
def test_words_that_say_what_to_look_at(typed: str, part: str, value: object) -> None:
    only, rest = read_look(typed)
    assert getattr(only, part) == value
    assert (rest, only.said, only.narrows) == ("", typed, True)


@pytest.mark.parametrize(
    ("typed", "said", "rest"),
    [
        ("บ้านหนองน้ำใส น้ำ", "น้ำ", "บ้านหนองน้ำใส"),
        ("ตำบลดอนแก้ว ใหม่ ด่วน", "ใหม่ ด่วน", "ตำบลดอนแก้ว"),
        ("หมู่ 3 ถนน", "ถนน", "หมู่ 3"),
        ("วัด", "", "วัด"),
        ("น้ำไม่ไหล", "", "น้ำไม่ไหล"),
        ("ถนนพัง", "", "ถนนพัง"),
        ("", "", ""),
    ],
)
def test_what_names_no_matter_is_left_for_the_area(typed: str, said: str, rest: str) -> None:
    only, left = read_look(typed)
    assert (only.said, left) == (said, rest)


def test_two_words_must_both_hold() -> None:
    only, _ = read_look("ใหม่ น้ำ ถนน")
    assert only.fresh
    assert len(only.topics) == len(only.words) == 2


def test_nobody_can_ask_for_what_is_confidential() -> None:
    secret = {w for w, codes in lexicon().items() if set(codes) & ALWAYS_CONFIDENTIAL}
    assert len(secret) > 50
    assert [w for w in sorted(secret) if topics_of(w) & ALWAYS_CONFIDENTIAL] == []


def test_one_word_without_a_fault_is_looked_for_and_more_is_somebodys_telling() -> None:
    assert one_word("วัดสว่าง")
    assert not one_word("น้ำไม่ไหล")
    assert not one_word("ถนนหน้า วัด")
    assert not one_word("ซอยข้างโรงเรียนบ้านนา")
    only = with_words(Only(said="ใหม่", fresh=True), "วัด")
    assert (only.said, only.words, only.topics) == ("ใหม่ วัด", ("วัด",), (frozenset(),))


@given(st.text(max_size=30), st.sampled_from(["", "97010101", "970101"]), st.integers(0, 500))
def test_a_button_says_the_same_as_the_words_or_is_left_out(
    words: str, area: str, skip: int
) -> None:
    data = look_data(area, words, skip)
    if data:
        assert len(data.encode()) <= 64
        assert read_button(data) == i.Summarise(area=f"{area} {words}".strip(), skip=skip)


def test_the_filters_fit_a_button() -> None:
    for words in ("ใหม่", "ทั้งหมด", "ด้านโครงสร้างพื้นฐาน", "ใหม่ น้ำประปา"):
        assert look_data("970101011", words, 88)


def test_odd_buttons_are_stale_ones() -> None:
    for data in (
        "sum:97010101",
        "sum::zz:0",
        "sum::a1:x",
        "digest:day:7",
        "digest:hour:24",
        "digest:",
    ):
        assert read_button(data) is None
    assert read_button("disputed:970101") == ShowDisputed(area="970101")
    assert read_button("unsure:") == ShowUnsure()


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("สรุปทุกวันจันทร์ 8 โมง", SetDigest(day="0", clock=(8, 0))),
        ("สรุป ทุกวันจันทร์ ๘ โมง", SetDigest(day="0", clock=(8, 0))),
        ("ส่งสรุปทุกวันศุกร์ 6 โมงเย็น", SetDigest(day="4", clock=(18, 0))),
        ("สรุปทุกวัน 7.30", SetDigest(day="daily", clock=(7, 30))),
        ("สรุปทุกวัน", SetDigest(day="daily")),
        ("ส่งสรุปทุกวันพฤหัส เวลา 13.00 น. ครับ", SetDigest(day="3", clock=(13, 0))),
        ("สรุปทุกอาทิตย์", SetDigest()),
        ("สรุปทุกวันอาทิตย์ตอนบ่าย 2 โมง", SetDigest(day="6", clock=(14, 0))),
        ("สรุปทุกสัปดาห์ 2 ทุ่ม", SetDigest(clock=(20, 0))),
        ("สรุปให้ทุกวันเสาร์ เที่ยง", SetDigest(day="5", clock=(12, 0))),
        ("หยุดส่งสรุป", StopDigest()),
        ("ไม่ต้องส่งสรุปแล้ว", StopDigest()),
        ("ส่งสรุป", ShowDigest()),
        ("สรุปทุกวันนี้น้ำไม่ไหลเลย", None),
        ("สรุปทุกวันจันทร์ขยะไม่มีใครเก็บ", None),
        ("สรุปทุกคนเดือดร้อนเรื่องน้ำ", None),
        ("สรุปทุกวัน 25.00", None),
    ],
)
def test_when_the_digest_is_wished_is_read_and_nothing_else(
    typed: str, intent: i.Intent | None
) -> None:
    assert read_command(typed) == intent
