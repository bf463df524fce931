"""What is held up at a forum for checking in by phone: square codes, and a code to type."""

import json

from bot.documents.fonts import SARABUN
from bot.documents.poster import qr_svg
from bot.documents.typesetting import drawn
from bot.documents.words import pieces
from handlers.ports import MadeFile
from planning.check_in import CheckInCard

PNG_TYPE = "image/png"
HEADING = "เช็กชื่อเข้าประชุม"
VILLAGE = "{village} ครั้งที่ {number}"
TYPED = "ส่องแล้วกดส่ง หรือพิมพ์ในแชตว่า เข้าประชุม แล้วตามด้วย"
NOTICE = "ใช้นับคนและลงคะแนน ไม่เปิดเผยว่าใครมาหรือลงคะแนนอย่างไร"


def check_in_card(card: CheckInCard) -> MadeFile:
    """A PNG, 1080 pixels wide; the same bytes for the same card."""
    inputs = {"card": json.dumps(_data(card), ensure_ascii=False), "font": SARABUN}
    picture = drawn("check_in.typ", inputs, "png")
    return MadeFile(name=f"check-in-{card.code}.png", media_type=PNG_TYPE, data=picture)


def _data(card: CheckInCard) -> dict[str, object]:
    ways = (("LINE", card.line), ("Telegram", card.telegram))
    where = VILLAGE.format(village=card.village, number=card.forum_number)
    return {
        "title": f"{HEADING} {card.village}",
        "heading": pieces(HEADING),
        "village": pieces(where, (card.village,)),
        "codes": [{"name": pieces(name), "picture": qr_svg(link)} for name, link in ways if link],
        "typed": pieces(TYPED),
        "code": card.code,
        "notice": pieces(NOTICE),
    }
