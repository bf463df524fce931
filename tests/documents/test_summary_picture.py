"""The picture of an area at one look: the same bytes, true bars, safe and whole with any words."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.documents.summary_picture import PNG_TYPE, summary_picture
from planning.areas import Village
from planning.outlook import Moved, Outlook, OutlookItem, ranked
from planning.taxonomy import categories
from tests.planning.samples import NOW, VILLAGE, standing

HOT = (200, 100, 27)
BLUE = (31, 95, 153)
PURPLE = (122, 63, 140)


def item(number: int, category: str, *, fresh: bool = False, **changes: Any) -> OutlookItem:
    changes.setdefault("opened_at", NOW - timedelta(days=number))
    made = standing(changes.pop("people", 1), id=number, category=category, **changes)
    return OutlookItem(standing=made, moved=Moved(fresh=fresh, voices=int(fresh)))


def outlook(items: tuple[OutlookItem, ...], *villages: Village) -> Outlook:
    behind = {
        (i.standing.issue.village_code, i.standing.issue.category): frozenset({i.standing.issue.id})
        for i in items
    }
    return Outlook(
        area=VILLAGE.title, villages=villages or (VILLAGE,), items=ranked(items), behind=behind,
        since=NOW - timedelta(days=7), now=NOW,
    )  # fmt: skip


def drawn(seen: Outlook) -> Image.Image:
    made = summary_picture(seen)
    assert (made.media_type, made.name) == (PNG_TYPE, "summary-2021-03-09.png")
    assert len(made.data) < 1_000_000
    return Image.open(BytesIO(made.data)).convert("RGB")


def longest(picture: Image.Image, colour: tuple[int, int, int]) -> int:
    """The longest run of a colour in any row: how far a bar reaches."""
    most = 0
    for y in range(0, picture.height, 5):
        row = [picture.getpixel((x, y)) == colour for x in range(picture.width)]
        most = max(most, sum(row))
    return most


EIGHT = (
    *(item(n, "road") for n in range(1, 4)),
    item(4, "road", fresh=True),
    *(item(n, "health") for n in range(5, 7)),
    item(7, "waste", fresh=True),
    item(8, "welfare"),
)


def test_the_bars_say_how_many_there_are_and_how_many_are_new() -> None:
    picture = drawn(outlook(EIGHT))
    assert picture.width == 1080
    whole = 1080 - 2 * 48
    assert longest(picture, BLUE) == pytest.approx(whole * 3 / 4, abs=8)
    assert longest(picture, PURPLE) == pytest.approx(whole * 3 / 4, abs=8)
    assert longest(picture, HOT) == pytest.approx(whole / 4, abs=8)


def test_where_nothing_is_new_nothing_is_shown_as_new() -> None:
    seen = outlook(tuple(i for i in EIGHT if not i.moved.fresh))
    assert longest(drawn(seen), HOT) == 0


def test_the_same_look_is_the_same_file() -> None:
    assert summary_picture(outlook(EIGHT)) == summary_picture(outlook(EIGHT))


def test_several_villages_make_it_longer_and_ten_are_enough() -> None:
    many = tuple(
        replace(VILLAGE, code=f"200403{n:02d}", name=f"บ้านตัวอย่าง{n}", moo=n) for n in range(1, 15)
    )
    items = tuple(item(n, "road", village_code=f"200403{n:02d}") for n in range(1, 15))
    one = drawn(outlook(EIGHT))
    ten = drawn(outlook(items[:10], *many[:10]))
    fourteen = drawn(outlook(items, *many))
    assert one.height < ten.height == fourteen.height < 3000


@pytest.mark.parametrize(
    "words", ["#panic()", '"; eval("1")', "*หนา* $x$ <b>", "ถนนสายยาวมาก" * 20, "x" * 200, ""]
)
def test_any_words_are_words_and_stay_within_the_picture(words: str) -> None:
    picture = drawn(outlook((*EIGHT, item(9, "road", neutral_line=words, people=99, place=words))))
    edges = {
        picture.getpixel((x, y)) for x in (0, 1, 1078, 1079) for y in range(300, picture.height)
    }
    assert edges == {(255, 255, 255)}


def test_every_pillar_can_be_drawn() -> None:
    items = tuple(item(n, code) for n, code in enumerate(categories(), start=1))
    assert drawn(outlook(items)).height > 1000
