"""Whether a matter must stay out of the open forum."""

import re
from collections.abc import Sequence

from nlp.values import CategoryScore, Flag

ALWAYS = frozenset(("drugs", "official_conduct", "dispute"))
"""Categories that are confidential by their nature."""

_ANONYMOUS = re.compile(
    r"(?:ไม่|บ่|อย่า|มิ)(?:ประสงค์|อยาก|ขอ|ต้อง|ให้)*(?:จะ)?(?:ออกนาม|ออกชื่อ|เปิดเผย|ระบุชื่อ"
    r"|ลงชื่อ|เอ่ยชื่อ|บอกชื่อ|แจ้งชื่อ|บอกว่าใคร|บอกว่าข่อย|บอกว่าผม|บอกว่าหนู|บอกใคร|บอกไผ"
    r"|บอกว่า)"
    r"|ปกปิดชื่อ|ปกปิด|ปิดชื่อ|ปิดเป็นความลับ|เป็นความลับ|ความลับ|ไม่เปิดเผย|ไม่ออกนาม|(?:ไม่"
    r"|อย่า|บ่)(?:อยาก)?ให้[^ ]{0,14}(?:รู้|ฮู้|โร้)|ใครฟ้อง|ใครแจ้ง|กลัวเขารู้|กลัวโดน|แจ้งลับ"
    r"|อย่าโทรกลับ|พิมพ์ได้อย่างเดียว|เรื่องไม่สบายใจ|ขอคุยส่วนตัว"
    r"|เบาะแส|ไม่กล้าแจ้ง|ไม่กล้าบอก|ส่วนตัว"
)
_GRAVE = re.compile(
    r"ยาบ้า|ยาเสพติด|เสพยา|ค้ายา|ขายยาบ้า|ไฮโล|บ่อนการพนัน|บ่อน|พนัน|เม็ดม้า|ขี้ยา|ติดยา|เจ้ามือ"
    r"|น้ำกระท่อม|วงไพ่|หวยใต้ดิน"
    r"|ทุจริต|หัวคิว|เรียกรับ|สินบน|ยักยอก|แจกแต่ญาติ|แต่ญาติ|พวกพ้อง|เลือกปฏิบัติ|ละเว้น"
    r"|ปฏิบัติหน้าที่|พฤติกรรม"
    r"|ทำร้าย|ตบเมีย|ซ้อม|ตบตี|ตบโต๊ะ|ข่มขืน|ข่มขู่|ขู่|อนาจาร|หมิ่นประมาท|ด่า|ประจาน|ทะเลาะ"
    r"|ไกล่เกลี่ย|ชู้|เมียน้อย|หย่า|มรดก|นายจ้าง|ค่าแรง|ค่าจ้าง|เพื่อนบ้าน|ข้างบ้าน|คนข้างๆ"
    r"|กู้นอกระบบ|เงินนอกระบบ|ทวงหนี้|ทวงเงิน|เงินกู้|กู้เงิน|กู้ยืม|ค้ำประกัน|หลอกโอน|โดนหลอก"
    r"|ฉ้อโกง|หลอกลวง|แจ้งความ|กล่าวหา|คู่กรณี|เจ้าหนี้|หนี้|ปลอมแปลง|นายทุน|ล้ำเข้ามา|บุกรุก"
    r"|รุกล้ำ"
)
_NEIGHBOUR = re.compile(
    r"(?<!แทน)(?<!หลาย)(?:เพื่อนบ้าน|ข้างบ้าน|คนข้างบ้าน|บ้านข้าง|บ้านตรงข้าม)(?!ใกล้เรือนเคียง)"
)
_ACCUSED = re.compile(
    r"กรณี[^ ]{0,16}(?:นาย|นาง|เด็กชาย|ด\.ญ)|(?:ร้องเรียน|ตรวจสอบ)[^ ]{0,10} ?(?:นาย|นาง) ?|ตั้งวงดื่ม|ไม่เหมาะสม"
)
ON = 0.3
"""From this score on a matter is kept back: a doubtful one is, for what was shown cannot be unshown."""

_PRIVATE = frozenset(("debt", "land", "safety"))
_OWN = re.compile(
    r"ผู้ร้อง|ผม|หนู|ฉัน|ข้าเจ้า|ข่อย|ฉาน|โดน|ถูก|ค้ำประกัน|ทวง|นาย ?\[|นาง ?\[|\[name\]|คู่กรณี"
    r"|พี่น้อง|มรดก|นายทุน|ล้ำ|แจ้งความ|หมุด|ยึด|ไถ่ถอน|จำนอง|ขายฝาก"
)


def confidential(text: str, categories: Sequence[CategoryScore], kind: tuple[str, float]) -> Flag:
    """The flag for a normalised text, its categories (likeliest first), its kind and that score."""
    anonymous = [m.group() for m in _ANONYMOUS.finditer(text)]
    grave = [m.group() for m in _GRAVE.finditer(text)]
    own = [m.group() for m in _OWN.finditer(text)]
    score = _nature(categories)
    if kind[0] == "complaint_person":
        score = max(score, 0.35 + 0.3 * kind[1])
    if categories[0].code in _PRIVATE and own and (grave or categories[0].code == "debt"):
        score = max(score, 0.6)
    if _NEIGHBOUR.search(text) and kind[0] in ("problem", "complaint_person"):
        score = max(score, 0.4)
    if _ACCUSED.search(text):
        score = max(score, 0.35)
    if categories[0].code == "debt" and kind[0] in ("problem", "complaint_person"):
        score = max(score, 0.35)
    if anonymous:
        score = 1 - 0.2 * (1 - score)
    elif grave:
        score = 1 - 0.75 * (1 - score)
    words = tuple(dict.fromkeys((*anonymous, *grave)))
    return Flag(on=score >= ON, score=min(1.0, score), words=words)


def _nature(categories: Sequence[CategoryScore]) -> float:
    """How surely the matter is of a kind that never goes before the open forum."""
    share = sum(c.score for c in categories if c.code in ALWAYS)
    first = categories[0]
    certain = first.code in ALWAYS and (first.words or first.score >= 0.6)
    return max(share, 0.6) if certain else 0.8 * share
