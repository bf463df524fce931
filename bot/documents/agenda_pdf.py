"""The agenda as PDF and as a picture of its first page (typst; words arrive as data, never markup)."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import typst

from bot.documents.fonts import BODY_PT, FOLDER, FOOTER_PT, NOTE_PT, SARABUN
from bot.documents.parts import Code, Dots, Line, Mark, Page, Part, SignTable
from bot.documents.words import pieces

_PICTURE_PPI = 110.0


def agenda_pdf(page: Page, made_at: int) -> tuple[bytes, bytes]:
    """The PDF and a PNG of its first page. `made_at`, Unix seconds, is the PDF's own date."""
    inputs = {"page": page_json(page), **_look()}
    pdf, picture = (_compiled(inputs, made_at, form) for form in ("pdf", "png"))
    return pdf, picture


def page_json(page: Page) -> str:
    """What the template is given: every text cut into pieces that stay on one line."""
    data = {
        "title": page.title,
        "groups": [[_line(x, page.names) for x in group] for group in _groups(page.lines)],
        "sheet": _sheet(page.sheet, page.names),
        "footer": _parts(page.footer, page.names),
    }
    return json.dumps(data, ensure_ascii=False)


def _look() -> dict[str, str]:
    return {
        "font": SARABUN,
        "body": str(BODY_PT),
        "note": str(NOTE_PT),
        "footer": str(FOOTER_PT),
    }


def _compiled(inputs: dict[str, str], made_at: int, form: str) -> bytes:
    made = typst.compile(
        _template(),
        format=form,  # type: ignore[call-overload]
        ppi=_PICTURE_PPI,
        font_paths=[str(FOLDER)],
        ignore_system_fonts=True,
        sys_inputs=inputs,
        timestamp=made_at,
    )
    return bytes(made[0] if isinstance(made, list) else made)


@cache
def _template() -> bytes:
    return files("bot.documents").joinpath("agenda.typ").read_bytes()


def _groups(lines: tuple[Line, ...]) -> Iterator[list[Line]]:
    """Runs of lines that stay on one page."""
    group: list[Line] = []
    for line in lines:
        group.append(line)
        if not line.with_next:
            yield group
            group = []


def _line(line: Line, names: tuple[str, ...]) -> dict[str, Any]:
    return {"style": line.style, "label": line.label, "parts": _parts(line.parts, names)}


def _parts(parts: tuple[Part, ...], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_part(part, names) for part in parts]


def _part(part: Part, names: tuple[str, ...]) -> dict[str, Any]:
    if isinstance(part, Mark):
        return {"kind": part}
    if isinstance(part, Dots):
        return {"kind": "dots", "cm": part.cm}
    cut = [part.text] if isinstance(part, Code) else pieces(part.text, names)
    return {"kind": "words", "bold": part.bold, "pieces": list(cut)}


def _sheet(sheet: SignTable, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "lead": [_line(line, names) for line in sheet.lead],
        "header": sheet.header,
        "widths": sheet.widths,
        "rows": sheet.rows,
    }
