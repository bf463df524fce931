"""The table people sign, as WordprocessingML; built directly, as hundreds of cells are slow otherwise."""

from copy import deepcopy
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.shared import Cm

from bot.documents.docx_parts import child, dress
from bot.documents.fonts import BODY_PT
from planning.thai import thai_digits

_ROW_HEIGHT = Cm(1.0)


def add_sign_table(
    document: Document, header: tuple[str, ...], widths: tuple[float, ...], rows: int
) -> None:
    """`rows` numbered empty rows under a header that each page repeats; `widths` in cm."""
    table = document.add_table(rows=0, cols=len(header), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    table._tbl.append(_row(header, widths, header=True))
    for number in range(1, rows + 1):
        texts = (thai_digits(number), *("" for _ in header[1:]))
        table._tbl.append(_row(texts, widths))


def _row(texts: tuple[str, ...], widths: tuple[float, ...], *, header: bool = False) -> Any:
    row = OxmlElement("w:tr")
    rules = child(row, "w:trPr")
    child(rules, "w:cantSplit")
    child(rules, "w:trHeight", val=str(_ROW_HEIGHT.twips), hRule="atLeast")
    if header:
        child(rules, "w:tblHeader")
    for text, width in zip(texts, widths, strict=True):
        row.append(_cell(text, width, bold=header))
    return row


def _cell(text: str, width: float, *, bold: bool) -> Any:
    cell = OxmlElement("w:tc")
    look = child(cell, "w:tcPr")
    child(look, "w:tcW", w=str(Cm(width).twips), type="dxa")
    child(look, "w:vAlign", val="center")
    paragraph = child(cell, "w:p")
    place = child(paragraph, "w:pPr")
    child(place, "w:jc", val="center")
    properties = OxmlElement("w:rPr")
    dress(properties, BODY_PT, bold=bold)
    if text:
        run = child(paragraph, "w:r")
        run.append(deepcopy(properties))
        child(run, "w:t").text = text
    place.append(properties)
    return cell
