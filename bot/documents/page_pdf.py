"""A page as PDF and as a picture of its first page (typst; words arrive as data, never markup)."""

import json
from collections.abc import Iterator
from typing import Any

import typst

from bot.documents.fonts import BODY_PT, FOOTER_PT, NOTE_PT, SARABUN
from bot.documents.parts import Code, Dots, Line, Mark, Page, Part, SignTable
from bot.documents.typesetting import drawn, fonts, template_bytes
from bot.documents.words import pieces

_TEMPLATE = "page.typ"
_PICTURE_PPI = 110.0
_PAGE_LINES = 40
"""More lines than a page holds."""


def page_pdf(page: Page, made_at: int) -> tuple[bytes, bytes]:
    """The PDF and a PNG of its first page. `made_at`, Unix seconds, is the PDF's own date."""
    data = _page_data(page)
    inputs = {"page": _json(data), **_look()}
    pdf = drawn(_TEMPLATE, inputs, "pdf", made_at=made_at)
    opening = {**data, "groups": _opening(data["groups"])}
    shown = {**inputs, "page": _json(opening), "total": str(_page_count(inputs))}
    return pdf, drawn(_TEMPLATE, shown, "png", ppi=_PICTURE_PPI, made_at=made_at)


def page_json(page: Page) -> str:
    """What the template is given: every text cut into pieces that stay on one line."""
    return _json(_page_data(page))


def _page_data(page: Page) -> dict[str, Any]:
    return {
        "title": page.title,
        "groups": [[_line(x, page.names) for x in group] for group in _groups(page.lines)],
        "sheet": _sheet(page.sheet, page.names),
        "footer": _parts(page.footer, page.names),
    }


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False)


def _opening(groups: list[list[Any]]) -> list[list[Any]]:
    """The first groups, enough for page 1 however short their lines are."""
    lines = 0
    for number, group in enumerate(groups, start=1):
        lines += len(group)
        if lines > _PAGE_LINES:
            return groups[:number]
    return groups


def _page_count(inputs: dict[str, str]) -> int:
    compiler = typst.Compiler(template_bytes(_TEMPLATE), font_paths=fonts(), sys_inputs=inputs)
    found = compiler.query("<pages>", field="value", one=True)
    return int(json.loads(found))


def _look() -> dict[str, str]:
    return {
        "font": SARABUN,
        "body": str(BODY_PT),
        "note": str(NOTE_PT),
        "footer": str(FOOTER_PT),
    }


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
