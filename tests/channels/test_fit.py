"""Fitting words to limits."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.fit import cut, graphemes, split, units

THAI = "กขคงนมยรลวสหอาะิีึืุู่้๊๋์ัำเแโใไ ๆฯ\n"
PIECES = st.lists(
    st.one_of(
        st.text(alphabet=THAI),
        st.text(),
        st.sampled_from(["👨‍👩‍👧", "🇹🇭", "👍🏽", "กิ่", "น้ำ", "\r\n", "\n\n", "e\u0301", "각", "각"]),
    )
).map("".join)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("น้ำใจ", ["น้ำ", "ใ", "จ"]),
        ("กิ่งไม้", ["กิ่", "ง", "ไ", "ม้"]),
        ("👨‍👩‍👧ก", ["👨‍👩‍👧", "ก"]),
        ("🇹🇭🇯🇵", ["🇹🇭", "🇯🇵"]),
        ("👍🏽!", ["👍🏽", "!"]),
        ("a\r\nb", ["a", "\r\n", "b"]),
        ("각하", ["각", "하"]),
        ("☁️x", ["☁️", "x"]),
        ("", []),
    ],
)
def test_letters_as_a_reader_counts_them(text: str, letters: list[str]) -> None:
    assert list(graphemes(text)) == letters


@given(PIECES)
def test_graphemes_are_the_text(text: str) -> None:
    found = list(graphemes(text))
    assert "".join(found) == text
    assert all(found)


@given(PIECES)
def test_no_mark_stands_first_in_a_grapheme(text: str) -> None:
    later = list(graphemes(text))[1:]
    after_break = [g for g in later if unicodedata.category(g[0]) in ("Mn", "Me")]
    breaks = [g for g in graphemes(text) if g[-1] in "\r\n"]
    assert len(after_break) <= len(breaks)


@given(st.text())
def test_units_are_those_of_utf_16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2


@given(PIECES, st.integers(2, 40))
def test_a_cut_fits_and_ends_on_a_letter(text: str, most: int) -> None:
    short = cut(text, most, most)
    assert units(short) <= most
    assert sum(1 for _ in graphemes(short)) <= most
    if short != text:
        assert short.endswith("…")
        kept = short.removesuffix("…")
        assert text.startswith(kept)
        letters = list(graphemes(text))
        borders = {"".join(letters[:n]).rstrip() for n in range(len(letters) + 1)}
        assert kept in borders


@given(PIECES, st.integers(2, 60))
def test_pieces_fit_and_lose_nothing_but_white_space(text: str, most: int) -> None:
    pieces = split(text, most)
    assert all(units(p) <= most and p.strip() for p in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(PIECES, st.integers(20, 60))
def test_pieces_begin_on_a_letter(text: str, most: int) -> None:
    whole = "".join(text.split())
    if any(units(g) > most for g in graphemes(text)):
        return
    borders, at = {0}, 0
    for letter in graphemes(text):
        at += len("".join(letter.split()))
        borders.add(at)
    position = 0
    for piece in split(text, most):
        assert position in borders
        position += len("".join(piece.split()))
    assert position == len(whole)


def test_pieces_end_at_paragraphs_lines_and_spaces_first() -> None:
    assert split("หนึ่ง\n\nสอง สาม\nสี่ ห้า", 18) == ("หนึ่ง\n\nสอง สาม", "สี่ ห้า")
    assert split("หนึ่ง สอง\nสาม สี่", 12) == ("หนึ่ง สอง", "สาม สี่")
    assert split("หนึ่ง สองสาม", 10) == ("หนึ่ง", "สองสาม")
    assert split("  ", 10) == ()


def test_a_letter_without_end_is_broken_rather_than_lost() -> None:
    monster = "ก" + "\u0e49" * 50
    assert "".join(split(monster, 20)) == monster
