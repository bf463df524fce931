"""Whom a matter strikes: children, the old, the ill, the disabled, the pregnant; and nothing else moves."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.reader import ThaiReader
from nlp.vulnerable import groups, vulnerable

READER = ThaiReader()


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("ทางเข้าบ้านเป็นโคลน ผู้สูงอายุเดินลื่นล้มบ่อย", "old"),
        ("ยายอยู่คนเดียว หลังคารั่วหมดแล้ว", "old"),
        ("พ่ออายุ 82 ออกจากบ้านไม่ได้ น้ำท่วม", "old"),
        ("คนเฒ่าคนแก่ไอกันทั้งคุ้ม ควันเยอะ", "old"),
        ("แม่นอนติดเตียงอยู่ ไฟดับทีเครื่องช่วยหายใจดับหมด", "ill"),
        ("มีผู้ป่วยฟอกไตสามคน รถพยาบาลเข้าซอยไม่ได้", "ill"),
        ("ทางลาดศาลาชันไป รถเข็นคนพิการขึ้นไม่ได้", "disabled"),
        ("ลุงตาบอดเดินตกท่อเมื่อวาน", "disabled"),
        ("วีลแชร์ผ่านไม่ได้ตรงสะพาน", "disabled"),
        ("คนท้องแปดเดือนนั่งรถไปโรงพยาบาล ถนนพังจนกลัวคลอดกลางทาง", "pregnant"),
        ("ฝาท่อแตกหน้าโรงเรียน เด็กนักเรียนตกไปแล้วหนึ่งคน", "child"),
        ("เด็กน้อยย่านหมาบ่กล้าย่างไปโรงเรียน", "child"),
        ("ละอ่อนเล่นแถวนั้นกั๋วตกน้ำ", "child"),
    ],
)
def test_whom_it_strikes_is_read(text: str, group: str) -> None:
    assert group in groups(text)
    flag = vulnerable(text)
    assert flag.on and flag.score == 1 and all(word in text for word in flag.words)


@pytest.mark.parametrize(
    "text",
    [
        "ไฟทางหน้าศูนย์พัฒนาเด็กเล็กดับสองดวง",
        "เครื่องเล่นเด็กที่สนามเด็กเล่นสนิมขึ้น",
        "ห้องน้ำชมรมผู้สูงอายุกุญแจหาย",
        "เด็กแว้นบิดรถเสียงดังทุกคืนที่สี่แยก",
        "พวกเด็กวัยรุ่นมั่วสุมดมกาวหลังวัด",
        "นักเรียนช่างยกพวกตีกันหน้าตลาด",
        "คนท้องถิ่นอยากได้ตลาดนัด คนท้องที่เห็นด้วย",
        "ถังดับเพลิงหมดอายุ 60 วันแล้ว",
        "แก่ฝายบอกว่าลำเหมืองตื้น",
        "ถนนเป็นหลุมหน้าตลาด",
        "",
    ],
)
def test_places_clubs_and_gangs_are_nobody_struck(text: str) -> None:
    assert groups(text) == frozenset()
    assert vulnerable(text) == replace(vulnerable("ถนน"), words=())


WORDS = st.lists(
    st.sampled_from(
        "คนแก่ เด็กเล็ก ผู้ป่วย คนพิการ คนท้อง ถนน น้ำ ไฟ หน้าวัด พัง ดับ ไม่ไหล ขอ ครับ 12 ซอย".split()
    ),
    max_size=8,
).map("".join)


@given(st.one_of(st.text(max_size=60), WORDS))
def test_any_text_is_read_the_same_way_twice(text: str) -> None:
    assert vulnerable(text) == vulnerable(text)
    assert vulnerable(text).on is bool(groups(text))


@settings(max_examples=15, deadline=None)
@given(WORDS)
def test_no_other_reading_moves_for_it(text: str) -> None:
    """What else is read of a text does not depend on what is made of its vulnerable people."""
    seen = READER.read(text)
    blind = replace(seen, vulnerable=vulnerable(""))
    assert READER.read(text) == seen
    assert replace(blind, vulnerable=seen.vulnerable) == seen
    assert seen.vulnerable.on is vulnerable(seen.normalised).on


def test_the_words_for_it_hold_no_personal_data() -> None:
    seen = READER.read("ยายสมศรี ใจดี อายุ 84 โทร 081-234-5678 เดินไม่ได้ หลังคารั่ว")
    assert seen.vulnerable.on
    assert not any("สมศรี" in word or "081" in word for word in seen.vulnerable.words)
