"""A village's poster: one page, the right links in its codes, safe with any name."""

from typing import Any

import pymupdf
import pytest
import segno

from bot.deep_links import line_link, telegram_link
from bot.documents.poster import HEADING, Poster, poster_file, qr_svg

OPEN: Any = pymupdf.open
LINE = line_link("@123abcde", "ลงทะเบียน 97010101")
TELEGRAM = telegram_link("@PrachakhomBot", "v97010101")


def poster(**changed: str) -> Poster:
    said = {"code": "97010101", "village": "บ้านนาสวรรค์ หมู่ 1", "where": "ตำบลนาดี อำเภอเมือง"}
    return Poster(**{**said, "line": LINE, "telegram": TELEGRAM, **changed})


def modules(page: Any, link: str) -> bool:
    """Whether the page shows exactly the squares of the link's code somewhere."""
    wanted = [bool(m) for row in segno.make(link, error="q", micro=False).matrix for m in row]
    side = int(len(wanted) ** 0.5)
    for drawing in page.get_drawings():
        box, line = drawing["rect"], drawing["width"] or 0  # a row of squares is one thick line
        if len(drawing["items"]) < 2 * side:
            continue
        box.y0, box.y1 = box.y0 - line / 2, box.y1 + line / 2
        if _squares(page.get_pixmap(clip=box, dpi=300), side) == wanted:
            return True
    return False


def _squares(picture: Any, side: int) -> list[bool]:
    step = picture.width / side
    return [
        picture.pixel(int((x + 0.5) * step), int((y + 0.5) * step))[0] < 128
        for y in range(side)
        for x in range(side)
    ]


def test_the_codes_on_the_page_are_those_of_the_links() -> None:
    with OPEN(stream=poster_file(poster()).data) as pdf:
        assert pdf.page_count == 1
        assert modules(pdf[0], LINE) and modules(pdf[0], TELEGRAM)
        assert not modules(pdf[0], LINE + "x")


def test_links_lead_to_the_words_that_join() -> None:
    assert LINE.startswith("https://line.me/R/oaMessage/%40123abcde/?%E0%B8%A5")
    assert TELEGRAM == "https://t.me/PrachakhomBot?start=v97010101"
    assert line_link("", "คำ") == telegram_link("", "v1") == ""


def test_the_same_poster_is_the_same_file() -> None:
    assert poster_file(poster()) == poster_file(poster())
    assert poster_file(poster(code="1")).name == "poster-1.pdf"


@pytest.mark.parametrize(
    "name", ["#panic()", '"; eval("1")', "*ตัวหนา* $x$ <b>", "บ้านหนองน้ำใสใหญ่" * 3]
)
def test_any_name_is_words_and_one_page(name: str) -> None:
    with OPEN(stream=poster_file(poster(village=name, telegram="")).data) as pdf:
        assert pdf.page_count == 1
        assert HEADING.split()[0][:3] in pdf[0].get_text()


def test_a_code_is_a_picture_without_outside_parts() -> None:
    picture = qr_svg("https://example.org/?a=1&b=2")
    assert picture.startswith("<svg") and "href" not in picture
