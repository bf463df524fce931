"""Whether a telling says that it strikes people who are easily hurt: the old, the ill, the disabled, the
pregnant, children. By words alone; places and gangs that only sound like them do not count."""

import re

from nlp.values import Flag

_OLD = (
    r"(?:ผู้|คน)?สูง(?:อายุ|วัย)", r"คนแก่", r"คนชรา", r"ผู้ชรา", r"วัยชรา", r"(?:ยาย|ตา|ป้า|ลุง|แม่|พ่อ|ปู่|ย่า|อุ๊ย)\s?แก่",
    r"แก่(?:แล้ว|เฒ่า|ชรา|มาก)", r"(?:คน|ผู้|พ่อ|แม่|พ่อใหญ่|แม่ใหญ่)เฒ่า",
    r"(?:พ่อ|แม่)อุ๊ย",
    r"(?<!หมด)อายุ\s?(?:ตั้ง|ราว|เกือบ|กว่า|เกิน|จะ)?\s?(?:[6-9]\d|10\d)(?!\d)(?!\s?(?:วัน|เดือน|ชม|ชั่วโมง))",
    r"(?:ยาย|ตา|ปู่|ย่า)[^\n.!?]{0,15}?(?:อยู่คนเดียว|เดินไม่|ลุกไม่)",
)  # fmt: skip
_ILL = (
    r"(?:นอน)?ติดเตียง", r"ติดบ้านติดเตียง", r"ผู้ป่วย", r"คนป่วย", r"คนไข้", r"อัมพาต", r"อัมพฤกษ์", r"ฟอก(?:ไต|เลือด)",
    r"เครื่อง(?:ช่วยหายใจ|ผลิตออกซิเจน)", r"ถังออกซิเจน", r"โรค(?:ไต|หัวใจ|มะเร็ง|หอบ|ปอด)", r"หอบหืด",
    r"(?:เป็น|ป่วย|คนมี)\s?(?:มะเร็ง|ภูมิแพ้|อัลไซเมอร์|หลงลืม|จิตเวช)", r"ผู้ป่วยจิตเวช",
)  # fmt: skip
_DISABLED = (
    r"(?:คน|ผู้|บัตรคน|รถเข็นคน|รถเข็นผู้)?พิการ", r"ทุพพลภาพ", r"ว[ีิ]ล\s?แชร์", r"นั่งรถเข็น",
    r"ตาบอด(?!สี)", r"หูหนวก", r"เดินไม่(?:ได้|ไหว|ค่อยได้)", r"ย่างบ่ได้", r"เตียวบ่ได้", r"ออทิสติก", r"แขนขาด", r"ขาขาด",
)  # fmt: skip
_PREGNANT = (
    r"(?:ตั้ง|มี)?ครรภ์", r"คนท้อง(?!ถิ่น|ที่|ไร่|นา|ทุ่ง|ทะเล|ตลาด|เสีย|ร่วง|อืด|เดิน)", r"ท้องแก่", r"ท้องโต",
    r"ท้อง\s?\d\s?เดือน", r"คนมาน", r"แม่มาน",
)  # fmt: skip
_CHILD = (
    r"เด็กน้อย", r"เด็ก(?:อ่อน|เล็ก|ทารก|นักเรียน|วัด|กำพร้า|พิเศษ|ๆ)?", r"ทารก", r"นักเรียน",
    r"(?:ลูก|หลาน)(?:เล็ก|น้อย|อ่อน)", r"ละอ่อน(?:น้อย)?", r"บักหำน้อย", r"ลูกหลานไปเรียน",
)  # fmt: skip
_GROUPS = {
    "old": _OLD, "ill": _ILL, "disabled": _DISABLED, "pregnant": _PREGNANT, "child": _CHILD,
}  # fmt: skip
_WORDS = re.compile("|".join(f"(?P<{g}>{'|'.join(words)})" for g, words in _GROUPS.items()))

_NOT_THEM = re.compile(
    r"ศูนย์(?:พัฒนา|เลี้ยง|ดูแล|รับเลี้ยง)?เด็ก(?:เล็ก|อ่อน|ก่อนวัยเรียน)?|สนามเด็กเล่น|เครื่องเล่นเด็ก|โรงพยาบาลเด็ก"
    r"|(?:ชมรม|โรงเรียน|ศูนย์|กองทุน|สมาคม|กลุ่ม|วัน)(?:ดูแล|พัฒนา|ส่งเสริม|คุณภาพชีวิต)*(?:ผู้สูงอายุ|สูงวัย|คนพิการ|ผู้พิการ)"
    r"|(?:แก๊ง|แก็ง|พวก|กลุ่ม)เด็ก(?!เล็ก|น้อย|นักเรียน|อ่อน)|เด็ก(?:วัยรุ่น|แว[๊้]?น|ซิ่ง|ช่าง|เสิร์ฟ|ปั[๊้]?ม|เกเร|หนุ่ม|สาว|ดอย|ฝึกงาน)"
    r"|(?:เด็ก|นักเรียน|วัยรุ่น)[^\n.!?]{0,20}(?:ตีกัน|ยกพวก|มั่วสุม|เสพ|ติดยา|ขายยา|ขโมย|แข่งรถ|ซิ่งรถ|ดมกาว|เมา)"
    r"|(?:ไม่มี|บ่มี)(?:คนแก่|เด็ก|ผู้ป่วย|คนป่วย|คนพิการ)"
)
_CUT = "\x00"


def vulnerable(text: str) -> Flag:
    """Whether a normalised text names such people as those whom it strikes, with the words for it.

    The score is 1 or 0: there is nothing between.
    """
    found = tuple(dict.fromkeys(m[0] for m in _found(text)))
    return Flag(on=bool(found), score=float(bool(found)), words=found)


def groups(text: str) -> frozenset[str]:
    """Which of "old", "ill", "disabled", "pregnant", "child" a normalised text names."""
    return frozenset(m.lastgroup for m in _found(text) if m.lastgroup)


def _found(text: str) -> list[re.Match[str]]:
    if not _WORDS.search(text):
        return []
    return list(_WORDS.finditer(_NOT_THEM.sub(_CUT, text)))
