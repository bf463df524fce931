"""Turns python-docx's own template into a Thai official one: styles, settings, embedded typeface."""

from datetime import datetime
from typing import Any

from docx.document import Document
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from bot.documents.docx_parts import child, dress
from bot.documents.fonts import BODY_PT, FOOTER_PT, SARABUN, font_key, hidden_font

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_THAI_STYLES = ("Title", "Heading 1", "Heading 2", "Heading 3", "Footer")


def prepare(document: Document, title: str, made_at: datetime) -> None:
    """Sets everything that is not the text. `made_at` is naive UTC, as the properties hold it."""
    _describe(document, title, made_at)
    _style(document)
    _settle(document)
    _drop_thumbnail(document)
    _embed(document)


def _describe(document: Document, title: str, made_at: datetime) -> None:
    about = document.core_properties
    about.title, about.author, about.last_modified_by = title, "ประชาคม", "ประชาคม"
    about.comments = about.keywords = about.subject = ""
    about.language, about.revision = "th-TH", 1
    about.created = about.modified = made_at


def _style(document: Document) -> None:
    """Every style in use gets the face, so that text typed in later is right too."""
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _redress(defaults, BODY_PT)
    spacing = document.styles.element.find(f".//{qn('w:pPrDefault')}//{qn('w:spacing')}")
    for name, value in (("after", "0"), ("line", "240"), ("lineRule", "auto")):
        spacing.set(qn(f"w:{name}"), value)
    _redress(document.styles["Normal"].element.get_or_add_rPr(), BODY_PT)
    for name in _THAI_STYLES:
        style = document.styles[name].element
        size = FOOTER_PT if name == "Footer" else BODY_PT
        _redress(style.get_or_add_rPr(), size, bold=name != "Footer")
        paragraph = style.find(qn("w:pPr"))
        for tag in ("w:pBdr", "w:contextualSpacing"):
            for found in paragraph.findall(qn(tag)):
                paragraph.remove(found)
        for found in paragraph.findall(qn("w:spacing")):
            found.attrib.clear()
            found.set(qn("w:before"), "0")
            found.set(qn("w:after"), "0")


def _redress(properties: Any, size: int, *, bold: bool = False) -> None:
    for element in list(properties):
        properties.remove(element)
    dress(properties, size, bold=bold)


def _settle(document: Document) -> None:
    """Word of today (no compatibility mode), Thai as the complex script, fonts embedded."""
    settings = document.settings.element
    mode = settings.find(f".//{qn('w:compatSetting')}[@{qn('w:name')}='compatibilityMode']")
    mode.set(qn("w:val"), "15")
    zoom = settings.find(qn("w:zoom"))
    zoom.set(qn("w:percent"), "100")
    zoom.addnext(OxmlElement("w:embedTrueTypeFonts"))
    language = settings.find(qn("w:themeFontLang"))
    language.set(qn("w:bidi"), "th-TH")
    for tag in ("w:savePreviewPicture", "w:proofState"):
        settings.remove(settings.find(qn(tag)))


def _drop_thumbnail(document: Document) -> None:
    """The template's preview picture shows another document."""
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _embed(document: Document) -> None:
    """Puts Regular and Bold into the file (the typeface's licence, OFL, allows it)."""
    package = document.part.package
    table = next(p for p in package.iter_parts() if p.partname == "/word/fontTable.xml")
    root = OxmlElement("w:fonts", nsdecls={"w": _W, "r": _R})
    font = child(root, "w:font", name=SARABUN)
    child(font, "w:altName", val="TH SarabunPSK")
    child(font, "w:charset", val="DE")
    child(font, "w:family", val="swiss")
    child(font, "w:pitch", val="variable")
    for number, face in enumerate(("Regular", "Bold"), start=1):
        uri = PackURI(f"/word/fonts/font{number}.odttf")
        part = Part(uri, _FONT_TYPE, hidden_font(face), package)
        link = child(font, f"w:embed{face}", fontKey=font_key(face))
        link.set(f"{{{_R}}}id", table.relate_to(part, f"{_R}/font"))
    table._blob = serialize_part_xml(root)
