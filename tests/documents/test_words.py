"""Cutting Thai into pieces that may not be broken, and cleaning what people wrote."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pythainlp.tokenize import word_tokenize

from bot.documents.clean import clean
from bot.documents.words import pieces
from tests.documents.samples import HOSTILE, LINES

NOT_PRINTED = {"Cc", "Cf", "Cs", "Co", "So"}
THAI = st.text(alphabet=st.characters(min_codepoint=0x0E01, max_codepoint=0x0E4E), max_size=60)


def ends(parts: list[str]) -> set[int]:
    """Offsets at which pieces end."""
    out, at = set(), 0
    for part in parts:
        at += len(part)
        out.add(at)
    return out


@pytest.mark.parametrize("line", LINES)
def test_pieces_end_only_where_words_end(line: str) -> None:
    words = word_tokenize(line, engine="newmm-safe")
    assert ends(list(pieces(line))) <= ends(words)
    assert len(pieces(line)) > 5


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("เรื่องอื่น ๆ", "ๆ"),
        ("จัดตั้งกลุ่ม (สตรี) ที่วัด", "(สตรี)"),
        ("รวม ๑,๒๕๐.๗๕ ไร่", "๑,๒๕๐.๗๕"),
        ("ผู้แจ้ง\u00a0๕\u00a0คน", "แจ้ง\u00a0๕\u00a0คน"),
        ("พ.ศ. ๒๕๖๔", "พ.ศ."),
        ("จำนวน ๑๒ จุด ที่วัด", "๑๒ จุด"),
        ("ครั้งที่ ๒/๒๕๖๔", "๒/๒๕๖๔"),
    ],
)
def test_what_belongs_together_stays_together(text: str, whole: str) -> None:
    assert any(whole in piece for piece in pieces(text))
    assert "".join(pieces(text)) == text


def test_a_known_name_is_one_piece_and_an_unknown_one_is_not_torn() -> None:
    assert "วัดศรีหนองฮี" in pieces("หน้าวัดศรีหนองฮีและตลาด", ("วัดศรีหนองฮี",))
    assert "วัดศรีหนองฮี" not in pieces("หน้าวัดศรีหนองฮีและตลาด")
    assert pieces("ซ่อมฝายห้วยกระโดนฮ้องหลังวัด") == ("ซ่อม", "ฝาย", "ห้วย", "กระโดน", "ฮ้องหลัง", "วัด")


def test_a_name_inside_another_word_does_not_tear_it() -> None:
    cut = pieces("โครงการพัฒนาหมู่บ้าน", ("นาห",))
    assert not any(piece.startswith("นา") for piece in cut)


@given(st.text(max_size=80))
def test_pieces_joined_are_the_text(text: str) -> None:
    line = clean(text, 80)
    assert "".join(pieces(line)) == line


@given(THAI)
def test_no_piece_begins_with_a_mark_or_is_too_long(text: str) -> None:
    for piece in pieces(clean(text, 60)):
        assert len(piece) <= 40
        assert unicodedata.category(piece[0]) != "Mn"


@given(st.text(max_size=80), st.integers(min_value=1, max_value=40))
def test_clean_is_one_short_line_and_settled(text: str, limit: int) -> None:
    line = clean(text, limit)
    assert len(line) <= limit
    assert not any(unicodedata.category(c) in NOT_PRINTED for c in line if c not in "°©®")
    assert "\n" not in line
    assert clean(line, limit) == line


def test_clean_drops_what_has_no_place_on_an_official_page() -> None:
    assert [clean(text, 40) for text in HOSTILE[2:5]] == [
        "[31mกลับ",
        "ไฟดับ",
        "ก้ำ ก่ แ ๆๆๆ ฯลฯ",
    ]
    assert clean("ก\ud800ข\udfff", 40) == "กข"
    assert clean("น้ำไม่ไหล ๓๗°", 40) == "น้ำไม่ไหล ๓๗°"
    assert clean("ก" * 50, 10) == "ก" * 9 + "…"
    assert clean("ก้" * 6, 4) == "ก้…"


def test_a_word_without_end_is_cut_before_a_letter_not_before_its_mark() -> None:
    for text in ("กก้" * 30, "ก้" * 45, "a" * 100):
        cut = pieces(text)
        assert "".join(cut) == text
        assert len(cut) > 1
        assert all(unicodedata.category(piece[0]) != "Mn" for piece in cut)
