"""The wrong keyboard layout: what was meant is found again, and what is right stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.layout import TO_ENGLISH, TO_THAI, english, retyped, suspicious
from nlp.normalise import normalise

THAI = (
    "น้ำไม่ไหล",
    "ถนนพังมาก ช่วยมาดูหน่อยครับ",
    "ไฟดับค่ะ",
    "หมู่ 3 ไฟดับ",
    "เสาไฟล้มขวางถนน",
    "กรุณาซ่อมสะพานให้ด้วย",
    "ไม่มีน้ำใช้มาสามวันแล้ว",
)
RIGHT = (
    "Please help, the road is broken again and nobody comes.",
    "so, so, we wait!",
    "LINE ID: somchai_99 หรือ @moo7",
    "mail me: a.somchai-99@gmail.com",
    "https://maps.app.goo.gl/3sBbAGxaivDsczjG9",
    "www.example.go.th/page?id=12&x=abc",
    "AB12C XK-4471 N95 PM2.5 4G wi-fi TMB/KBank",
    "ทะเบียน กข 1234 รุ่น d-max",
    "https://lin.ee/abc1234 ok",
    "kubectl get pods -n default; ls -la",
)


def keys(thai: str) -> str:
    """What the same keys give on the English layout."""
    return "".join(TO_ENGLISH.get(c, c) for c in thai)


@pytest.mark.parametrize("thai", THAI)
def test_thai_typed_on_the_english_layout(thai: str) -> None:
    assert keys(thai).isascii()
    assert retyped(keys(thai)) == thai


@pytest.mark.parametrize("words", ["wifi broken", "help", "facebook", "please repair road"])
def test_english_typed_on_the_thai_layout(words: str) -> None:
    typed = "".join(TO_THAI.get(c, c) for c in words)
    assert not typed.isascii()
    assert retyped(typed) == words


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_stays(text: str) -> None:
    assert retyped(text) == text


def test_laughter_on_the_thai_layout() -> None:
    assert retyped("ถถถถ จริงดิ") == "5555 จริงดิ"
    assert retyped("ถถถถนน") == "ถถถถนน"


@pytest.mark.parametrize("text", ["ถนนพังครับ ซอย 3", "น้ำไม่ไหล 2 วัน", "12345678", "ok ครับ"])
def test_ordinary_thai_is_only_looked_over(text: str) -> None:
    assert not suspicious(text)


@given(st.text(alphabet=sorted(TO_THAI), max_size=60))
def test_the_layouts_are_each_others_reverse(text: str) -> None:
    thai = "".join(TO_THAI[c] for c in text)
    assert "".join(TO_ENGLISH[c] for c in thai) == text
    assert len(set(TO_THAI.values())) == len(TO_THAI)


@given(st.one_of(st.text(max_size=80), st.text(alphabet=sorted(TO_THAI), max_size=400)))
def test_as_many_letters_come_out_as_go_in(text: str) -> None:
    assert len(retyped(text)) == len(text)


@given(st.lists(st.sampled_from(sorted(english())), max_size=8))
def test_everyday_english_stays(words: list[str]) -> None:
    text = " ".join(words)
    assert retyped(text) == text
    assert normalise(text).text == text
