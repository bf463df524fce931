"""A village's poster: how to join with a phone, in three lines an old person can read."""

import io
import json
from dataclasses import dataclass

import segno

from bot.documents.fonts import SARABUN
from bot.documents.typesetting import drawn
from bot.documents.words import pieces
from handlers.ports import MadeFile

PDF_TYPE = "application/pdf"
HEADING = "เดือดร้อนอะไร บอกที่นี่"
STEPS = (
    "เปิดกล้องมือถือ ส่องรูปสี่เหลี่ยมข้างล่าง",
    "กดลิงก์ที่ขึ้นมา แล้วกดส่ง",
    "พิมพ์เรื่องที่เดือดร้อน ส่งรูปด้วยก็ได้",
)
DANGER = "อันตรายถึงชีวิต โทร 1669 (เจ็บป่วย) 199 (ไฟไหม้) 191 (ตำรวจ)"
NOTICE = "เรื่องเข้าเวทีประชาคมหมู่บ้าน ไม่เปิดเผยชื่อผู้แจ้ง · ไม่มีมือถือ บอกผู้ใหญ่บ้านให้จดแทนได้"
TYPED = "หรือพิมพ์ในแชตว่า  ลงทะเบียน {code}"
_PICTURE_PPI = 60.0


@dataclass(frozen=True, kw_only=True)
class Poster:
    """What a poster says. `line` and `telegram` are the links behind the codes, "" leaves one out."""

    code: str
    village: str
    where: str
    line: str = ""
    telegram: str = ""


def poster_file(poster: Poster) -> MadeFile:
    """The poster as a PDF of one page, with a picture of it; the same bytes for the same words."""
    inputs = {"poster": json.dumps(_data(poster), ensure_ascii=False), "font": SARABUN}
    return MadeFile(
        name=f"poster-{poster.code}.pdf",
        media_type=PDF_TYPE,
        data=drawn("poster.typ", inputs, "pdf"),
        picture=drawn("poster.typ", inputs, "png", ppi=_PICTURE_PPI),
    )


def _data(poster: Poster) -> dict[str, object]:
    ways = (
        ("LINE", "ส่องแล้วกดเพิ่มเพื่อน", poster.line),
        ("Telegram", "ส่องแล้วกดเริ่ม", poster.telegram),
    )
    return {
        "title": f"{HEADING} {poster.village}",
        "heading": pieces(HEADING),
        "village": pieces(poster.village, (poster.village,)),
        "where": pieces(poster.where),
        "steps": [pieces(line) for line in STEPS],
        "numbers": ["๑", "๒", "๓"],
        "codes": [
            {"name": pieces(name), "hint": pieces(hint), "picture": qr_svg(link)}
            for name, hint, link in ways
            if link
        ],
        "typed": pieces(TYPED.format(code=poster.code)),
        "danger": pieces(DANGER),
        "notice": pieces(NOTICE),
    }


def qr_svg(link: str) -> str:
    """A QR code of the link as SVG, of which a quarter may be torn or stained."""
    out = io.BytesIO()
    segno.make(link, error="q", micro=False).save(out, kind="svg", border=2, xmldecl=False)
    return out.getvalue().decode()
