"""Normalising: one spelling, idempotent, with a map back to what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.normalise import normalise, rewritten

thai = st.text(alphabet="กนมรสทถวอเแโใไะาำิีึืุูั็่้๊๋์ํๆ๐๑๙ \n\u200babZ5!😀", max_size=60)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("น\u0e4d\u0e49า", "น้ำ"),
        ("นำ\u0e49", "น้ำ"),
        ("น\u0e49\u0e4dา", "น้ำ"),
        ("เเย่", "แย่"),
        ("แแย่", "แย่"),
        ("ก\u0e48\u0e35", "กี่"),
        ("ไม้\u0e49", "ไม้"),
        ("มากกกกก", "มาก"),
        ("ถนนนนน", "ถนน"),
        ("ถนนน้ำท่วม", "ถนนน้ำท่วม"),
        ("ถนนนอกเมือง", "ถนนนอกเมือง"),
        ("ขอออกโฉนด", "ขอออกโฉนด"),
        ("กรรมการ", "กรรมการ"),
        ("หมู่ ๑๒", "หมู่ 12"),
        ("1000000", "1000000"),
        ("น้ำ\u200bท่วม\ufeff", "น้ำท่วม"),
        ("ไฟ\x00ดับ", "ไฟ ดับ"),
        ("  สอง   คำ \n\n บรรทัด ", "สอง คำ\nบรรทัด"),
        ("ด่วน!!!!!", "ด่วน!"),
        ("LINE ID", "line id"),
        ("", ""),
    ],
)
def test_spelling(typed: str, read: str) -> None:
    assert normalise(typed).text == read


@given(st.one_of(st.text(max_size=80), thai))
def test_twice_is_as_once(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(st.one_of(st.text(max_size=80), thai, thai.map(lambda t: normalise(t).text)))
def test_the_quick_way_reads_the_same(text: str) -> None:
    assert normalise(text) == rewritten(text)


@given(st.one_of(st.text(max_size=80), thai))
def test_offsets_rise_and_stay_within(text: str) -> None:
    done = normalise(text)
    assert len(done.offsets) == len(done.text) + 1
    assert list(done.offsets) == sorted(done.offsets)
    assert all(0 <= o <= len(text) for o in done.offsets)


@given(thai, st.sampled_from(["0812345678", "XYZ", "ทดลอง"]), thai)
def test_a_word_is_found_again_in_the_original(before: str, word: str, after: str) -> None:
    text = f"{before} {word} {after}"
    done = normalise(text)
    start = done.text.find(word.lower())
    first, last = done.original(start, start + len(word))
    assert start >= 0
    assert word in text[first : last + 1] or word in before or word in after
