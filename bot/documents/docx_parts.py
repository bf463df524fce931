"""Small pieces of WordprocessingML that python-docx has no words for."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bot.documents.fonts import SARABUN

_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_CHECK_BOX = f"""<w14:checkbox xmlns:w14="{_W14}"><w14:checked w14:val="0"/>
<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>
<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>"""
_FACES = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")


def child(parent: Any, tag: str, **attributes: str) -> Any:
    """A new last child `tag` (e.g. `w:b`) of an element, its `w:` attributes set."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    parent.append(element)
    return element


def dress(properties: Any, size: int, *, bold: bool = False) -> None:
    """Run properties for Thai: one face for every script, complex-script size, weight and language."""
    fonts = child(properties, "w:rFonts")
    for face in _FACES:
        fonts.set(qn(face), SARABUN)
    if bold:
        child(properties, "w:b")
        child(properties, "w:bCs")
    child(properties, "w:sz", val=str(size * 2))
    child(properties, "w:szCs", val=str(size * 2))
    child(properties, "w:lang", val="th-TH", eastAsia="th-TH", bidi="th-TH")


def add_words(paragraph: Paragraph, text: str, size: int, *, bold: bool = False) -> Run:
    """A run of text in the official face; tabs in it are tabs."""
    run = paragraph.add_run(text)
    dress(run._r.get_or_add_rPr(), size, bold=bold)
    return run


def add_box(paragraph: Paragraph, size: int) -> None:
    """A check box that can be ticked with a click, and prints as an empty square."""
    control = child(paragraph._p, "w:sdt")
    child(control, "w:sdtPr").append(parse_xml(_CHECK_BOX))
    run = add_words(paragraph, "☐", size)
    child(control, "w:sdtContent").append(run._r)


def add_page_number(paragraph: Paragraph, size: int) -> None:
    """The page's number, in the digits that the section sets."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = add_words(paragraph, "๑" if kind == "shown" else "", size)
        if kind == "code":
            child(run._r, "w:instrText").text = "PAGE"
        elif kind != "shown":
            child(run._r, "w:fldChar", fldCharType=kind)
