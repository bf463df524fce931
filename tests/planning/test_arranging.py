"""Arranging an agenda: nothing is lost by it, and it outlives a new ranking."""

from dataclasses import replace
from datetime import timedelta

import hypothesis.strategies as st
from hypothesis import given, settings

from planning.arranging import (
    Arrangement,
    Arranging,
    ArrangingLine,
    arranged,
    arrangement,
    neighbour,
)
from planning.forums import AgendaItem, draft_items
from tests.planning.samples import NOW, VILLAGE, standing

CATEGORIES = ("road", "water_supply", "waste", "farming", "health")
CODES = tuple(f"IS-{n}" for n in range(8))


def ranked(people: list[int]) -> tuple[AgendaItem, ...]:
    """A village's ranked items, one a number of people."""
    return draft_items(
        [
            standing(people=n, id=k, code=CODES[k], category=CATEGORIES[k % 5])
            for k, n in enumerate(people)
        ],
        VILLAGE,
        NOW,
    )


ITEMS = st.lists(st.integers(1, 30), min_size=1, max_size=8).map(ranked)
WORDS = st.sampled_from(["อบต. มาด้วย", "ปลัดอำเภอ", "นอกอำนาจหมู่บ้าน"])
LINES = st.lists(
    st.builds(
        ArrangingLine,
        id=st.integers(1, 40),
        forum_id=st.just(1),
        key=st.integers(1, 40).map(str),
        act=st.sampled_from(Arranging),
        at=st.integers(0, 60).map(lambda m: NOW + timedelta(minutes=m)),
        issue_code=st.sampled_from(CODES),
        other_code=st.sampled_from(CODES),
        words=WORDS,
    ),
    max_size=12,
    unique_by=lambda x: x.id,
)


def said(
    act: Arranging, number: int = 1, code: str = "", *, other_code: str = "", words: str = ""
) -> ArrangingLine:
    """One line of the log."""
    return ArrangingLine(
        id=number, forum_id=1, key=f"k{number}", act=act, at=NOW, issue_code=code,
        other_code=other_code, words=words,
    )  # fmt: skip


@settings(max_examples=200)
@given(ITEMS, LINES)
def test_nothing_comes_or_goes_but_what_was_taken_out(
    items: tuple[AgendaItem, ...], lines: list[ArrangingLine]
) -> None:
    how = arrangement(lines)
    shown = arranged(items, how)
    kept = [i for i in items if i.issue_code not in how.taken_out]
    assert sorted(i.issue_code for i in shown) == sorted(i.issue_code for i in kept)
    assert [i.number for i in shown] == list(range(1, len(shown) + 1))
    pinned = [i.pinned for i in shown]
    assert pinned == sorted(pinned, reverse=True)
    pillars = [i.pillar for i in shown if not i.pinned]
    assert [p for n, p in enumerate(pillars) if n == 0 or pillars[n - 1] is not p] == list(
        dict.fromkeys(pillars)
    )
    plain = {replace(i, number=0, pinned=False) for i in shown}
    assert plain == {replace(i, number=0) for i in kept}


@settings(max_examples=100)
@given(ITEMS, LINES)
def test_lines_said_twice_or_kept_in_another_order_say_the_same(
    items: tuple[AgendaItem, ...], lines: list[ArrangingLine]
) -> None:
    doubled = [*reversed(lines), *(replace(x, id=x.id + 100) for x in lines)]
    assert arrangement(doubled) == arrangement(lines)


@settings(max_examples=100)
@given(ITEMS, st.booleans(), st.data())
def test_up_and_down_again_is_where_it_was(
    items: tuple[AgendaItem, ...], up: bool, data: st.DataObject
) -> None:
    code = data.draw(st.sampled_from([i.issue_code for i in items]))
    other = neighbour(items, code, up=up)
    if other is None:
        return
    there = said(Arranging.BEFORE if up else Arranging.AFTER, 1, code, other_code=other.issue_code)
    moved = arranged(items, arrangement([there]))
    assert abs(_at(moved, code) - _at(items, code)) == 1
    assert neighbour(moved, code, up=not up) == replace(other, number=_at(moved, other.issue_code))
    back = said(Arranging.AFTER if up else Arranging.BEFORE, 2, code, other_code=other.issue_code)
    assert arranged(items, arrangement([there, back])) == items


def _at(items: tuple[AgendaItem, ...], code: str) -> int:
    return next(i.number for i in items if i.issue_code == code)


def test_a_move_stands_when_the_ranking_changes() -> None:
    items = ranked([9, 1, 1, 1, 1, 5])  # 0 and 5 are roads, the first told by more people
    assert [i.issue_code for i in items[:2]] == ["IS-0", "IS-5"]
    how = arrangement([said(Arranging.BEFORE, 1, "IS-5", other_code="IS-0")])
    assert [i.issue_code for i in arranged(items, how)[:2]] == ["IS-5", "IS-0"]
    later = ranked([30, 1, 1, 1, 1, 5])
    assert [i.issue_code for i in arranged(later, how)[:2]] == ["IS-5", "IS-0"]


def test_the_last_word_on_an_item_counts() -> None:
    items = ranked([9, 3])
    out = said(Arranging.TAKE_OUT, 1, "IS-0", words="ยังไม่มีข้อมูล")
    assert arrangement([out]).taken_out == {"IS-0": "ยังไม่มีข้อมูล"}
    assert [i.issue_code for i in arranged(items, arrangement([out]))] == ["IS-1"]
    back = said(Arranging.BRING_IN, 2, "IS-0")
    assert arranged(items, arrangement([out, back])) == items
    pinned = [said(Arranging.PIN, 3, "IS-1"), said(Arranging.PIN, 4, "IS-0")]
    shown = arranged(items, arrangement(pinned))
    assert [(i.issue_code, i.pinned) for i in shown] == [("IS-1", True), ("IS-0", True)]
    off = said(Arranging.UNPIN, 5, "IS-1")
    assert arranged(items, arrangement([*pinned, off]))[0].issue_code == "IS-0"


def test_what_the_chair_tells_and_who_convenes() -> None:
    lines = [
        said(Arranging.TELL, 1, words="ฉีดวัคซีนสุนัขวันเสาร์"),
        said(Arranging.CONVENER, 2, words="อบต.ดอนแก้ว"),
        said(Arranging.CONVENER, 3, words="สาธารณสุขอำเภอ"),
        said(Arranging.CONVENER, 4, words="อบต.ดอนแก้ว"),
        said(Arranging.CONVENER_NOT, 5, words="สาธารณสุขอำเภอ"),
        said(Arranging.CONVENER_NOT, 6, words="ใครก็ไม่รู้"),
    ]
    how = arrangement(lines)
    assert (how.opening, how.conveners) == (("ฉีดวัคซีนสุนัขวันเสาร์",), ("อบต.ดอนแก้ว",))
    gone = said(Arranging.TELL_NOT, 7, words="ฉีดวัคซีนสุนัขวันเสาร์")
    assert arrangement([*lines, gone]).opening == ()
    assert arrangement([]) == Arrangement()


def test_neighbours_are_of_the_same_section_only() -> None:
    items = arranged(ranked([9, 4, 1, 1, 1, 5]), arrangement([said(Arranging.PIN, 1, "IS-0")]))
    assert items[0].pinned
    assert neighbour(items, "IS-0", up=False) is None
    assert neighbour(items, "IS-0", up=True) is None
    assert neighbour(items, "IS-9", up=True) is None
