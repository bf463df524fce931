"""How an official page tells the ranking: the parts beside each matter, and what each part means."""

from collections.abc import Iterator

from bot.documents.parts import Line, Style, Words
from planning.forums import AgendaContent
from planning.ranking import FIRST_WEIGHTS, PARTS, ScoreParts, Weights
from planning.thai import thai_digits

PART_TH = {
    "size": "ขนาด",
    "severity": "ความรุนแรง",
    "age": "ระยะเวลา",
    "vulnerable": "ผู้เปราะบาง",
    "feasibility": "ความเป็นไปได้",
    "earlier": "มติครั้งก่อน",
    "evidence": "หลักฐาน",
}
"""What each part is called."""

_MEANING = {
    "size": "คิดจากจำนวนผู้แจ้งรวมกับผู้สนับสนุน นับคนละหนึ่งครั้ง เพิ่มขึ้นแบบลอการิทึม"
    " ได้เต็มเมื่อถึงหนึ่งในสี่ของจำนวนครัวเรือน (อย่างน้อย 12 คน)"
    " หากผู้แจ้งบอกจำนวนครัวเรือนที่เดือดร้อน ให้นับตามนั้น ไม่เกินสี่ครัวเรือนต่อหนึ่งคน",
    "severity": "อันตรายต่อชีวิตได้เต็ม เรื่องที่กระทบความปลอดภัยหรือสาธารณูปโภคจำเป็นได้ครึ่งหนึ่ง นอกนั้นได้หนึ่งในห้า",
    "age": "คิดตามจำนวนวันนับแต่แจ้งครั้งแรก ได้เต็มเมื่อครบ 90 วัน"
    " หากผู้แจ้งบอกว่าเป็นมาก่อนหน้านั้น ให้นับเพิ่มได้ไม่เกิน 30 วัน",
    "vulnerable": "ได้เต็มเมื่อผู้แจ้งบอกว่าเด็ก ผู้สูงอายุ ผู้ป่วย คนพิการ หรือหญิงตั้งครรภ์เดือดร้อน",
    "feasibility": "หมู่บ้านทำเองได้ได้เต็ม หน้าที่ขององค์กรปกครองส่วนท้องถิ่นได้สามในสี่"
    " ต้องทำร่วมกับส่วนราชการได้ครึ่งหนึ่ง เป็นของส่วนราชการได้หนึ่งในสี่ งานใหญ่ลดลงหนึ่งขั้น",
    "earlier": "ที่ประชุมเลื่อนมาแล้วหนึ่งครั้งได้ร้อยละ 60 เลื่อนมากกว่านั้นได้เต็ม เคยไม่เห็นชอบและมีผู้แจ้งใหม่ได้ร้อยละ 30",
    "evidence": "มีภาพถ่ายได้ครึ่งหนึ่ง มีพิกัดได้ครึ่งหนึ่ง",
}
_NUMBERS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด")


def weights_of(content: AgendaContent) -> Weights:
    """By which weights an agenda was ranked."""
    return content.weights or FIRST_WEIGHTS


def counted(weights: Weights) -> tuple[str, ...]:
    """The parts that count, in the order they are told."""
    return tuple(part for part in PARTS if getattr(weights, part) > 0)


def score_parts(score: ScoreParts, weights: Weights) -> str:
    """«ขนาด ๑๒.๐ ความรุนแรง ๒๕.๐ …»: the points of every part that counts."""
    told = (f"{PART_TH[part]}\u00a0{getattr(score, part):.1f}" for part in counted(weights))
    return thai_digits(" ".join(told))


def formula(weights: Weights) -> Iterator[Line]:
    """What the parts mean, and that the forum decides."""
    parts = counted(weights)
    head = f"หมายเหตุ: คะแนนรวมเป็นผลบวกของ{_NUMBERS[len(parts)]}ส่วน ดังนี้"
    yield Line(style=Style.NOTE, parts=(Words(text=head, bold=True),), with_next=True)
    for number, part in enumerate(parts, start=1):
        most = f"{getattr(weights, part):g}"
        told = f"{number}. {PART_TH[part]} (ไม่เกิน {most} คะแนน) {_MEANING[part]}"
        yield Line(style=Style.NOTE, parts=(Words(text=thai_digits(told)),))
    last = "คะแนนใช้เรียงลำดับเรื่องเพื่อพิจารณาเท่านั้น คะแนนเท่ากันให้เรื่องที่แจ้งก่อนขึ้นก่อน การตัดสินใจเป็นของที่ประชุม"
    yield Line(style=Style.NOTE, parts=(Words(text=thai_digits(f"{len(parts) + 1}. {last}")),))
