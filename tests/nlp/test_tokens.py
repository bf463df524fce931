"""Cutting into words: nothing is lost, and a village's own names stay whole."""

from hypothesis import given, settings
from hypothesis import strategies as st

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
    both = Both(Listed("น้ำท่วม", "น้ำ"), Listed("น้ำ", "น้ำท่วมขัง"))
    assert both.prefixes("xน้ำท่วมขัง", 1) == ["น้ำ", "น้ำท่วม", "น้ำท่วมขัง"]
    assert Both(Listed("น้ำ"), Listed()).prefixes("น้ำ") == ["น้ำ"]


@settings(deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(sorted(OURS))).map("".join)))
def test_joined_again_the_words_are_the_text(text: str) -> None:
    assert "".join(words(text, OURS)) == text
    assert "".join(words(text)) == text


def test_a_longer_text_than_the_segmentation_takes_at_once() -> None:
    text = "ถนนพังมากรถล้มทุกวัน" * 200
    assert "".join(words(text)) == text
    assert set(words(text)) <= dictionary() | {"รถล้ม"}
