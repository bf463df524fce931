"""A page as a Word document that carries its typeface along."""

import io
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from bot.documents.docx_parts import add_box, add_page_number, add_words, child
from bot.documents.docx_setup import prepare
from bot.documents.docx_table import add_sign_table
from bot.documents.fonts import BODY_PT, FOOTER_PT, NOTE_PT
from bot.documents.parts import Code, Dots, Line, Mark, Page, Part, SignTable, Style, Words
from bot.documents.zips import repacked

_LEFT, _RIGHT, _TOP, _BOTTOM = 2.5, 2.0, 2.0, 2.0
_TEXT_CM = 21.0 - _LEFT - _RIGHT
_PROSE_CM = 2.5
_DOTS_A_CM = 6.4
"""Full stops of the body size that fill one centimetre."""

_STYLE_IDS = {
    Style.TITLE: "Title",
    Style.SECTION: "Heading1",
    Style.PILLAR: "Heading2",
    Style.ITEM: "Heading3",
}
_LEFT_CM = {
    Style.PILLAR: 0.3,
    Style.ITEM: 1.85,
    Style.POINT: 1.85,
    Style.DETAIL: 1.85,
    Style.NOTE: 1.0,
    Style.SIGN: 4.0,
    Style.SIGNED: 4.0,
}
_BEFORE_PT = {
    Style.SECTION: 12,
    Style.PILLAR: 7,
    Style.ITEM: 6,
    Style.FIELD: 8,
    Style.PROSE: 8,
    Style.SIGN: 22,
    Style.NOTE: 3,
}
_CENTRED = {Style.TITLE, Style.CENTRED, Style.SIGN, Style.SIGNED}


def page_docx(page: Page, made_at: datetime) -> bytes:
    """The file's bytes, the same each time; `made_at` stands in its properties."""
    document = docx.Document()
    prepare(document, page.title, made_at.astimezone(UTC).replace(tzinfo=None))
    _lay_out(document)
    _footer(document, page.footer)
    for line in page.lines:
        _line(document, line)
    _sheet(document, page.sheet)
    out = io.BytesIO()
    document.save(out)
    return repacked(out.getvalue())


def _lay_out(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.0), Cm(29.7)
    section.left_margin, section.right_margin = Cm(_LEFT), Cm(_RIGHT)
    section.top_margin, section.bottom_margin = Cm(_TOP), Cm(_BOTTOM)
    child(section._sectPr, "w:pgNumType", fmt="thaiNumbers")
    section.header_distance = section.footer_distance = Cm(1.0)


def _line(document: Document, line: Line) -> Paragraph:
    paragraph = document.add_paragraph()
    if named := _STYLE_IDS.get(line.style):
        paragraph._p.style = named
    _place(paragraph, line)
    size = NOTE_PT if line.style is Style.NOTE else BODY_PT
    if line.label:
        add_words(paragraph, f"{line.label}\t", size, bold=line.style is Style.ITEM)
    for part in line.parts:
        _part(paragraph, part, size)
    return paragraph


def _place(paragraph: Paragraph, line: Line) -> None:
    look = paragraph.paragraph_format
    look.left_indent = Cm(_LEFT_CM.get(line.style, 0))
    look.space_before = Pt(_BEFORE_PT.get(line.style, 0))
    look.keep_with_next = line.with_next
    look.keep_together = True
    if line.style in _CENTRED:
        look.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if line.style is Style.PROSE:
        look.first_line_indent = Cm(_PROSE_CM)
    if line.label:
        look.first_line_indent = Cm(-1.55)
        look.tab_stops.add_tab_stop(Cm(_LEFT_CM[line.style]))
    if Mark.FILL in line.parts:
        look.tab_stops.add_tab_stop(Cm(_TEXT_CM), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _part(paragraph: Paragraph, part: Part, size: int) -> None:
    if isinstance(part, Words | Code):
        add_words(paragraph, part.text, size, bold=part.bold)
    elif isinstance(part, Dots):
        add_words(paragraph, "." * round(part.cm * _DOTS_A_CM), size)
    elif part is Mark.FILL:
        add_words(paragraph, "\t", size)
    elif part is Mark.GAP:
        add_words(paragraph, "  ", size)
    else:
        add_box(paragraph, size)


def _footer(document: Document, parts: tuple[Part, ...]) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(_TEXT_CM), WD_TAB_ALIGNMENT.RIGHT)
    border = child(child(paragraph._p.get_or_add_pPr(), "w:pBdr"), "w:top")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "auto")):
        border.set(qn(f"w:{name}"), value)
    for part in parts:
        _part(paragraph, part, FOOTER_PT)
    add_words(paragraph, "\tหน้า ", FOOTER_PT)
    add_page_number(paragraph, FOOTER_PT)


def _sheet(document: Document, sheet: SignTable) -> None:
    for number, line in enumerate(sheet.lead, start=1):
        look = _line(document, line).paragraph_format
        look.page_break_before = number == 1
        look.space_after = Pt(6 if number == len(sheet.lead) else 0)
    add_sign_table(document, sheet.header, _widths(sheet.widths), sheet.rows)


def _widths(widths: tuple[float | None, ...]) -> tuple[float, ...]:
    rest = _TEXT_CM - sum(w for w in widths if w)
    return tuple(rest if width is None else width for width in widths)
