"""Whether a text tells a problem, a need, a question or a complaint about a person."""

import re

from nlp.act import asks, only_chatter
from nlp.model import Parts, logits
from nlp.odds import softmax

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
    r"|ถาม|สอบ|ทราบ|พูด|เล่า|อนุญาต|ความเป็นธรรม|ให้(?!มี|จัด|สร้าง|ติด|ทำ)|ไห้))"
)
_ASKS_FOR = re.compile(
    r"(?<![ั็่้๊๋์])(?<!ตะ)(?<!คล้อง)ขอ(?!ไห้|ร้องเรียน|แจ้ง|บคุณ|บใจ|บพระ|โทษ|อภัย|ปรึกษา|ถาม|สอบ|ทราบ|ความเป็นธรรม|ความกรุณา"
    r"|ให้|หื้อ|ตรวจ|คัดค้าน|ไกล่เกลี่ย|ด่วน|เบอร์|ข้อมูล|ติดตาม|ดู(?!แล)|อนุโมทนา|อวย|พูด|บอก|รายงาน|เล่า|ส่ง|ไม่|เป็น|คน|ร่วม"
    r"|สนุก|เลข|บ |บ$|ง$|อนุญาต|นำเรียน|ขมา|พร|เชิญ|จอง|ตำรวจ|[ก-ฮ](?:$|[ ก-ฮ]์))(?=[ก-ฮเแโใไ])"
)
"""«ขอ» and a thing or work, not «ขอ» and a word for speaking, asking or having looked into."""

_WANTS = re.compile(
    r"อยาก(?:ให้|หื้อ|ฮื้อ|ได้|มี)|ต้องการ|เสนอ|ควร(?:มี|จะ|ให้|ขุด|ทำ|ได้)|น่าจะ(?:มี|ทำ|ได้|เอา|ให้|ติด|จัด)|ยังไม่มี"
    r"|ขาดแคลน|ไม่พอ|บ่พอ|ม่ายพอ|มี(?:สัก|จัก)|ก็ยังดี"
)
_HAVE_MADE = re.compile(
    r"(?:ช่วย|ซ่อย|จ้วย|วาน|รบกวน)[^ ]{0,10}(?:ทำ|ติด|เพิ่ม|สร้าง|จัด|หา|ตีเส้น|ขุด|เฮ็ด|แป๋ง|พ่น|สนับสนุน|ขยาย|เปิด|วาง|เท"
    r"|ลง(?:หิน|ลูกรัง))"
    r"|(?:ทำ|เฮ็ด|ติด|ขุด|แป๋ง|ยะ|สร้าง|ขยาย|พ่น|จัด)[^ ]{0,26}(?:ได้บ่|ได้ก่อ|ได้ไหม|ได้มั้ย|เถอะ|เถิด|เต๊อะ|เตอะ|กำ|ตะ$"
    r"|แหน่|ก็ยังดี|จะดี|ดีไหม)"
)
_WANTS_TO_KNOW = re.compile(
    r"เมื่อ(?:ไหร่|ไร|ใด)|ตอนไหน|วันไหน|กี่โมง|ยามใด๋|มื้อใด๋|ขอทราบ|สอบถาม|อยากทราบ|อยากรู้|ขอถาม|ถึงไหน|คืบหน้า|ขั้นตอน"
    r"|ใคร(?:จะ)?รับผิดชอบ|ได้ยัง|หรือยัง|รึยัง|อยู่ไส|กี่วัน"
)
_ACCUSES = re.compile(r"กรณี|ผู้ร้อง|ข้าพเจ้า|พฤติกรรม|ร้องเรียน")
_ACCUSED = re.compile(
    r"\[(?:name|ชื่อ)\]|นาย(?!ก|จ้าง|ทุน|หน้า|ช่าง)|นาง(?!เลิ้ง|ร้อง)|ด\.[ชญ]|สามี|ภรรยา|เมีย|ผัว|แฟน|ตรวจสอบ|สอบสวน"
    r"|พิจารณา|ดำเนินคดี"
    r"|ความเป็นธรรม|เอาผิด|ลงโทษ|คัดค้าน|ทบทวน|ผู้ใหญ่|ผู้ช่วย|กำนัน|นายก(?!รัฐ)|ปลัด|กรรมการ|ประธาน|ผู้นำ|เจ้าหน้าที่|ตำรวจ"
    r"|ครู|หัวหน้า|ข้าราชการ"
)
"""In a written complaint: whom it is about, or what is asked to be done to them."""

_SMALL_TALK = re.compile(
    r"555|งวด|หวย|พิมพ์ผิด|ผิดกลุ่ม|มีใครเห็น|ใครมีเบอร์|(?:หนู|ผม|ฉัน|ดิฉัน|ข่อย)ชื่อ|สวัสดี|อรุณ|รายอ"
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


def tells_fault_or_wish(text: str) -> bool:
    """Whether a normalised text holds a word for something broken, wrong, asked for or planned."""
    return any(
        p.search(text) for p in (_FAULT, _ASKS_FOR, _WISH, _WANTS, _PLAN, _HAVE_MADE, _BLAME)
    )


def kind_of(
    text: str, category: str, found: Parts, closed: bool, danger: bool = False
) -> tuple[str, float]:
    """The kind of a normalised text and its probability; `found` are its features.

    `closed` is whether something speaks for a closed matter (`nlp.confidential`), `danger` whether
    the text tells of one: who calls for help now tells a problem and makes no wish.
    """
    if only_chatter(text):
        return "other", 0.9
    learnt = logits("kind", found)
    signs = _signs(text, category, danger)
    raw = {kind: learnt.get(kind, 0.0) + signs[kind] for kind in KINDS}
    raw["complaint_person"] -= 0.0 if closed or category in _PERSONAL else _UNFOUNDED
    scores = softmax(raw)
    best = max(KINDS, key=lambda k: scores[k])
    return best, scores[best]


def _signs(text: str, category: str, danger: bool) -> dict[str, float]:
    """What the hand-written signs say, in logits."""
    wish = _WISH.search(text) or _WANTS.search(text)
    plan, fault = _PLAN.search(text), _FAULT.search(text)
    asked, blame = asks(text), _BLAME.search(text)
    thanks, fixed = _THANKS.search(text), _FIXED.search(text)
    made = bool(_HAVE_MADE.search(text))
    wanted = 1.4 * bool(wish) + 1.4 * bool(_ASKS_FOR.search(text)) + 1.2 * made
    accused = _ACCUSES.search(text) and _ACCUSED.search(text)
    return {
        "problem": 1.0 + 0.8 * bool(fault) - 0.5 * bool(plan) + 0.8 * danger,
        "need": wanted + 1.6 * bool(plan) - 0.3 * bool(fault and not plan),
        "question": 1.3 * bool(asked) + 0.7 * (len(asked) > 1) - 0.4 * bool(fault)
        + 0.8 * bool(_WANTS_TO_KNOW.search(text)) - 0.4 * bool(wanted) - 1.2 * made,
        "complaint_person": 1.2 * bool(blame) + 1.4 * (category in _PERSONAL) - 0.6
        + 1.0 * bool(accused),
        "other": 1.5 * bool(thanks and fixed) + 0.8 * bool(thanks and not wish) - 1.0
        + 1.0 * bool(_SMALL_TALK.search(text) and not fault),
    }  # fmt: skip
