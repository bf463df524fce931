"""Pages and pictures drawn by typst: words arrive as data, never as markup, in our own typeface."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import typst

from bot.documents.fonts import FOLDER


def drawn(
    template: str,
    inputs: Mapping[str, str],
    form: Literal["pdf", "png"],
    *,
    ppi: float = 72.0,
    made_at: int = 0,
) -> bytes:
    """The PDF, or the picture of its only page, of a template beside this file; `ppi` is a picture's.

    `made_at`, Unix seconds, is a PDF's own date: the same inputs give the same bytes.
    """
    made = typst.compile(
        template_bytes(template),
        format=form,
        ppi=ppi,
        font_paths=fonts(),
        sys_inputs=dict(inputs),
        timestamp=made_at,
    )
    return bytes(made[0] if isinstance(made, list) else made)


@cache
def fonts() -> typst.Fonts:
    """Only the package's own, so that every machine draws the same."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(FOLDER)])


@cache
def template_bytes(name: str) -> bytes:
    """A template's text."""
    return files("bot.documents").joinpath(name).read_bytes()
