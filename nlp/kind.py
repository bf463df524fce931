"""Whether a text tells a problem, a need, a question or a complaint about a person."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from nlp.act import asks, only_chatter
from nlp.model import Parts, logits
from nlp.odds import softmax

FILE = "kind.json"
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
_MENDED = re.compile(
    r"(?:ซ่อม|เปลี่ยน|ลาดยาง|กลบ|เก็บ|ทำ|พ่น|ฉีด|ติด|ลอก|รื้อ|ตัด|ขุด|ล้าง|จับ|เฮ็ด|แป๋ง|ต่อ|ใส่|มุง|เปิด|มา)[^ ]{0,24}"
    r"(?:แล้ว|เสร็จ|เรียบร้อย|ละ(?=เจ้า|เน้อ|ครับ|ค่ะ|จ้า|$| ))"
    r"|(?:น้ำ|ไฟ|ท่อ|ทาง|กลิ่น|ซอย)[^ ]{0,14}(?:ลด|ใส|แห้ง|ติด|สว่าง|มา|โล่ง|หาย|จาง|ไหล)[^ ]{0,8}"
    r"(?:แล้ว|ละ(?=เจ้า|เน้อ|ครับ|ค่ะ|จ้า|$| ))"
)
_STILL = re.compile(
    r"ยัง(?!ไง)|แต่(?!งตั้ง|ก่อน|เช้า)|อีก|แล้ว(?:ไม่|ก็|บ่|ม่าย)|ซ้ำ|กลับมา|ไม่เสร็จ|(?:ไม่|บ่)ได้|ไหม|ขอ(?!บ)|กลัว"
)
"""What takes back that something was mended."""

_TRADE = re.compile(
    r"ร้าน|ผู้ประกอบ|ประกอบกิจการ|โรงสี|โรงงาน|ฟาร์ม|ผับ|คาราโอเกะ|บริษัท|อู่ซ่อม|โรงแรม|รีสอร์ท|โรงกลึง|โรงเลื่อย|ห้องเย็น|ลานมัน"
    r"|หอพัก|เจ้าของ|ข้างบ้าน|เพื่อนบ้าน|คนงาน"
)
_NUISANCE = re.compile(
    r"เสียง|กลิ่น|เหม็น|ฝุ่น|ควัน|ปล่อย|ทิ้ง|จอด|วาง|ตั้ง|ล้ำ|กีดขวาง|เปิดเพลง|น้ำเสีย|เผา|รบกวน|ถมดิน|ปิดกั้น"
)
_WRITTEN = re.compile(r"กรณี|ผู้ร้อง|ปัญหา ?:|เดือดร้อน|ประกอบกิจการ|ข้อเท็จจริง|ดังกล่าว|บริเวณ|ราษฎร")
_NAMED = re.compile(r"\[(?:name|ชื่อ)\]|นาย(?!ก|จ้าง|ทุน|หน้า|ช่าง)|นาง(?!เลิ้ง|ร้อง)|ด\.[ชญ]\.")
_AROUND = re.compile(r"ใครมี|มีใคร|ใครเห็น|ขาย(?!ยา|ไม่|ม่าย|บ่)|เชิญ|ซ้อม|555|งาน(?:บุญ|วัด|กฐิน)|แนะนำ|ราคา")
"""Talk of the village that asks nobody in office for anything."""

_ENDS_ASKING = re.compile(
    r"ขอ(?!บ|โทษ|ง)[ก-๙]{2,40}(?: ?(?:ครับ|ค่ะ|คะ|นะ|หน่อย|ด้วย|แหน่|จ้า|เด้อ|ที|ได้ไหม|ก่อน)*)*\W*$"
)
_URGES = re.compile(
    r"เถอะ|เถิด|เหอะ|เต๊อะ|ก็ยังดี|สักที|ให้(?:หน่อย|ที|แหน่|กำ)|ให้(?:แก|เขา|ยาย|ตา)?(?:ด้วย|ที|หน่อย)"
)
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
    learnt, weights = logits("kind", found), _weights()
    told = [weights[s] for s in signs(text, category, closed, danger) if s in weights]
    share = weights["learnt"]
    scores = softmax({k: share[k] * learnt[k] + sum(w[k] for w in told) for k in KINDS})
    best = max(KINDS, key=lambda k: scores[k])
    return best, scores[best]


@cache
def _weights() -> dict[str, Mapping[str, float]]:
    """Sign -> kind -> what it adds, in logits; `learnt` is what the model's logits are multiplied by."""
    raw = json.loads(files("nlp").joinpath("data", FILE).read_text(encoding="utf-8"))
    return {name: dict(zip(KINDS, values, strict=True)) for name, values in raw.items()}


def signs(text: str, category: str, closed: bool, danger: bool) -> list[str]:
    """The hand-written signs of a kind that a normalised text holds, and its category's."""
    wish = bool(_WISH.search(text) or _WANTS.search(text))
    fault, asked = bool(_FAULT.search(text)), asks(text)
    thanks, written = bool(_THANKS.search(text)), bool(_WRITTEN.search(text))
    trade = bool(_TRADE.search(text) and _NUISANCE.search(text))
    told = {
        "always": True,
        "fault": fault,
        "plan": bool(_PLAN.search(text)),
        "wish": wish,
        "asks for": bool(_ASKS_FOR.search(text)),
        "have made": bool(_HAVE_MADE.search(text)),
        "ends asking": bool(_ENDS_ASKING.search(text)),
        "urges": bool(_URGES.search(text)),
        "asks": bool(asked),
        "asks twice": len(asked) > 1,
        "wants to know": bool(_WANTS_TO_KNOW.search(text)),
        "blame": bool(_BLAME.search(text)),
        "personal": category in _PERSONAL,
        "accused": bool(_ACCUSES.search(text) and _ACCUSED.search(text)),
        "open": not closed and category not in _PERSONAL,
        "named": bool(_NAMED.search(text)),
        "written": written,
        "trade": trade,
        "trade, written": trade and written,
        "thanks": thanks and not wish,
        "thanks, done": thanks and bool(_FIXED.search(text)),
        "mended": bool(_MENDED.search(text)) and not _STILL.search(text),
        "small talk": bool(_SMALL_TALK.search(text)) and not fault,
        "around": bool(_AROUND.search(text)),
        "danger": danger,
    }
    return [name for name, there in told.items() if there] + [f"category {category}"]
