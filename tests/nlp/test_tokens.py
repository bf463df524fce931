"""Cutting into words: nothing is lost, and a village's own names stay whole."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import tokens
from nlp.seeds import Quick, seeds
from nlp.tokens import Both, dictionary, words

OURS = frozenset(("วัดทุ่งกระเจียว", "ซอยมะปรางหวาน", "ห้วยแล้งน้อย"))
THEIRS = frozenset(("วัดทุ่งกระ",))


class Listed:
    """A tree of words as plain as can be."""

    def __init__(self, *listed: str) -> None:
        self.listed = listed

    def prefixes(self, text: str, start: int = 0) -> list[str]:
        return [w for w in self.listed if text.startswith(w, start)]


def test_landmarks_stay_whole_in_their_own_village_only() -> None:
    text = "น้ำท่วมหน้าวัดทุ่งกระเจียวถึงซอยมะปรางหวาน"
    assert {"วัดทุ่งกระเจียว", "ซอยมะปรางหวาน"} <= set(words(text, OURS))
    assert "ซอยมะปรางหวาน" not in words(text, THEIRS)
    assert not OURS & set(words(text))
    assert words(text, OURS) == words(text, frozenset(OURS))


def test_words_of_both_trees_come_once_and_the_shortest_first() -> None:
    both = Both(Listed("น้ำท่วม", "น้ำ"), {"น้ำ": ("น้ำ", "น้ำท่วมขัง"), "ขั": ("ขั",)})
    assert both.prefixes("xน้ำท่วม", 0) == []
    assert both.asked_in_vain
    assert both.prefixes("xน้ำท่วมขัง", 1) == ["น้ำ", "น้ำท่วม", "น้ำท่วมขัง"]
    assert both.prefixes("ขัง") == ["ขั"]
    assert not both.asked_in_vain
    assert Both(Listed("น้ำ"), {}).prefixes("น้ำ") == ["น้ำ"]


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(sorted(OURS))).map("".join)))
def test_joined_again_the_words_are_the_text(text: str) -> None:
    assert "".join(words(text, OURS)) == text
    assert "".join(words(text)) == text


def test_a_longer_text_than_the_segmentation_takes_at_once() -> None:
    text = "ถนนพังมากรถล้มทุกวัน" * 200
    assert "".join(words(text)) == text
    assert set(words(text)) <= dictionary() | {"รถล้ม"}


def test_a_text_without_further_words_is_cut_once_for_both(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "ไฟทางหน้าศาลากลางบ้านดับสามคืนติดแล้วครับ"
    cut = words(text, OURS)
    monkeypatch.setattr(tokens, "_cut", None)
    assert words(text) == cut


@pytest.mark.parametrize(
    ("alternative", "found"),
    [
        ("น้ำท่วม", {"น้ำท่วม"}),
        ("(?:ตี|ตบ(?:หน้า)?)[^ ]{0,8}(?:เมีย|ลูกสาว)", {"เมีย", "ลูกสาว"}),
        ("(?:ไฟ)?(?:ไหม้|ลุก(?!ขึ้น))", {"ไหม้", "ลุก"}),
        ("(?:ก|น้ำ)(?=ท่วม)", set()),
        ("(?:น้ำท่วม)*", set()),
        ("(?:น้ำท่วม){0,2}", set()),
    ],
)
def test_letters_of_which_a_match_holds_some(alternative: str, found: set[str]) -> None:
    assert seeds(alternative) == found


@given(
    st.lists(st.sampled_from(["เมีย", "ตี", "ตบ", "หน้า", " ", "ไหม้", "ก", "น้ำ", "ท่วม"])).map("".join)
)
def test_the_quick_look_finds_what_the_pattern_finds(text: str) -> None:
    pattern = r"(?:ตี|ตบ(?:หน้า)?)[^ ]{0,8}(?:เมีย|ท่วม)|(?:ไฟ)?(?:ไหม้|น้ำ(?!ท่วม))|(?:ก|น้ำ)(?=ท่วม)"
    assert Quick([pattern]).finds(text) == bool(re.search(pattern, text))
