"""The picture of a LINE menu: large Thai words on six tiles, drawn by us."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.documents.fonts import SARABUN
from bot.documents.typesetting import drawn
from bot.documents.words import pieces


@dataclass(frozen=True, kw_only=True)
class DrawnTile:
    """A tile: two lines of words on a colour (`#rrggbb`)."""

    label: str
    hint: str
    colour: str


def menu_png(tiles: Sequence[DrawnTile], size: tuple[int, int], columns: int, rows: int) -> bytes:
    """A PNG of `size` pixels with the tiles row by row; the same bytes for the same words."""
    boxes = [
        {
            "label": pieces(tile.label),
            "hint": pieces(tile.hint),
            "colour": tile.colour,
            "size": 132 if len(tile.label) <= 12 else 108,
        }
        for tile in tiles
    ]
    data = {"width": size[0], "height": size[1], "columns": columns, "rows": rows, "tiles": boxes}
    inputs = {"menu": json.dumps(data, ensure_ascii=False), "font": SARABUN}
    return drawn("menu.typ", inputs, "png")
