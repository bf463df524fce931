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
_BLAMED = frozenset(("debt", "land", "safety"))


def confidential(text: str, categories: Sequence[CategoryScore], kind: str) -> Flag:
    """The flag for a normalised text, its categories (likeliest first) and its kind."""
    anonymous = [m.group() for m in _ANONYMOUS.finditer(text)]
    grave = [m.group() for m in _GRAVE.finditer(text)]
    share = sum(c.score for c in categories if c.code in ALWAYS)
    if categories and categories[0].code in ALWAYS:
        share = max(share, 0.6)
    accused = kind == "complaint_person" and categories and categories[0].code in _BLAMED
    score = 1 - (1 - share) * (0.1 if anonymous else 1) * (0.62 if grave else 1)
    score = max(score, 0.7) if accused and grave else score
    words = tuple(dict.fromkeys((*anonymous, *grave)))
    return Flag(on=score >= 0.5, score=min(1.0, score), words=words)
