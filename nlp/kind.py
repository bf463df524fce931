"""Whether a text tells a problem, a need, a question or a complaint about a person."""

import re
from collections.abc import Sequence

from nlp.act import asks, only_chatter
from nlp.category import softmax
from nlp.model import logits

KINDS = ("problem", "need", "question", "complaint_person", "other")

_WISH = re.compile(
    r"ขอให้|อยากให้|อยากได้|อยากหื้อ|ต้องการ|ขอ(?=ถัง|ไฟ|ถนน|หินคลุก|เครื่อง|งบ|รถ|กล้อง|กระจก"
    r"|ป้าย|ผ้าใบ|วัคซีน|สนับสนุน|รับการสนับสนุน|ความอนุเคราะห์|ความช่วยเหลือ|ขยาย|ขุด|ปรับปรุง"
    r"|ก่อสร้าง|ติดตั้ง|ท่อ|ฝาย|ศาลา|เต็นท์|ทุน|เงิน|ยา|หน้ากาก|รั้ว|ลูกระนาด|สะพาน|เสา|หม้อแปลง"
    r"|อบรม|น้ำ|ที่|พันธุ์)"
    r"|เสนอให้|เสนอขอ|ควรมี|ควรจะมี|น่าจะมี|น่าจะทำ|อยากมี|ยังไม่มี|ขาดแคลน"
)
_PLAN = re.compile(
    r"^(?:โครงการ)?(?:ก่อสร้าง|ปรับปรุง|ขุดลอก|ซ่อมแซม|ติดตั้ง|ขยายเขต|ขยาย|เสนอ|จัดซื้อ|จัดหา"
    r"|วางท่อ|ขุดเจาะ|เจาะบ่อ|ส่งเสริม|อุดหนุน|พัฒนา|ขอ(?!ร้องเรียน|แจ้ง|บคุณ|บใจ|บพระ|โทษ|ปรึกษา"
    r"|ถาม|สอบ|ความเป็นธรรม))"
)
_FAULT = re.compile(
    r"เสีย|พัง|ชำรุด|แตก|รั่ว|ตัน|ท่วม|ขัง|ดับ|หัก|ล้ม|เหม็น|ดัง|มืด|หลุม|บ่อ|ไม่ไหล|บ่ไหล|ไม่ติด"
    r"|ไม่มา|เดือดร้อน|อันตราย|กัด|ตาย|ป่วย|แห้ง|ตื้นเขิน|รก|เต็ม|ล้น|ขโมย|ไหม้|ควัน|ฝุ่น|เน่า"
    r"|ไม่ได้|บ่ได้|ร้าว|ทรุด|ผุ|กีดขวาง|ถูก|โดน|ขุ่น"
)
_BLAME = re.compile(
    r"ร้องเรียน(?:พฤติกรรม|เจ้าหน้าที่|การปฏิบัติ|ผู้)|ทุจริต|เรียกรับ|หัวคิว|เลือกปฏิบัติ|ละเว้น"
    r"|ยักยอก|ปฏิบัติหน้าที่|ไม่สุภาพ|ข่มขู่|ทำร้าย|หมิ่นประมาท|ด่า|เพื่อนบ้าน|ข้างบ้าน|นายจ้าง"
    r"|บุกรุก|รุกล้ำ|หลอกลวง|โกง|กล่าวหา|คู่กรณี|ลักลอบ|พวกพ้อง|แต่ญาติ|ฉ้อโกง|ไม่จ่าย|ยุติธรรม"
    r"|พูดจา|แหลงไม่ดี|เว้าบ่ม่วน"
)
_THANKS = re.compile(r"ขอบคุณ|ขอบใจ|ขอบพระคุณ")
_FIXED = re.compile(r"(?:มา|เสร็จ|เรียบร้อย|ซ่อม|เข้า|ดับ|ลด|ไหล|หาย|เก็บ)[^ ]{0,10}แล้ว")
_UNFOUNDED = 1.5
_PERSONAL = frozenset(("official_conduct", "dispute"))


def kind_of(text: str, category: str, found: Sequence[str], blamed: bool) -> tuple[str, float]:
    """The kind of a normalised text and its probability; `found` are its features.

    `blamed` is whether the text holds evidence that somebody is blamed (`nlp.blame`).
    """
    if only_chatter(text):
        return "other", 0.9
    raw = dict.fromkeys(KINDS, 0.0)
    learnt = logits("kind", found)
    for kind in KINDS:
        raw[kind] += learnt.get(kind, 0.0) + _rules(text, category).get(kind, 0.0)
    raw["complaint_person"] -= 0.0 if blamed or category in _PERSONAL else _UNFOUNDED
    scores = softmax(raw)
    best = max(KINDS, key=lambda k: scores[k])
    return best, scores[best]


def _rules(text: str, category: str) -> dict[str, float]:
    """What the hand-written signs say, in logits."""
    wish, plan, fault = _WISH.search(text), _PLAN.search(text), _FAULT.search(text)
    asked, blame = asks(text), _BLAME.search(text)
    thanks, fixed = _THANKS.search(text), _FIXED.search(text)
    return {
        "problem": 1.0 + 0.8 * bool(fault) - 0.5 * bool(plan),
        "need": 1.4 * bool(wish) + 1.6 * bool(plan) - 0.6 * bool(fault and not plan),
        "question": 1.3 * bool(asked) + 0.7 * (len(asked) > 1) - 0.4 * bool(fault),
        "complaint_person": 1.2 * bool(blame) + 1.4 * (category in _PERSONAL) - 0.6,
        "other": 1.5 * bool(thanks and fixed) + 0.8 * bool(thanks and not wish) - 0.6,
    }
