"""Rudest words hidden where others' words are shown. What is kept is never altered. Pure."""

import re

_RUDE = re.compile(
    r"(?<!ตัว)(?:ไอ้|อี|ไอ|ไอ่)?(?:เหี้ย|เหรี้ย|เชี่ย|เชี้ย)(?!ว)"
    r"|ควย|ค\.ว\.ย|หน้าหี|ส้นตีน|เย็ดแม่|เย็ด|แม่ง(?!าน)|ชาติหมา|ชาติชั่ว|ระยำ|จัญไร|สถุน"
    r"|(?:ไอ้|อี|ไอ)(?:สัส|สัด(?!ส่วน)|สัตว์(?!ป่า|เลี้ยง|น้ำ|ร้าย)|ดอก(?!ไม้)|กะหรี่|เวร|ห่า|ตอแหล|หน้าด้าน|ควาย|โง่|ชั่ว|ระยำ)"
    r"|สัส(?![ก-๙])|พ่อมึงตาย|แม่มึงตาย|พ่องตาย|แม่งตาย"
    r"|\b(?:fuck\w*|shit|bitch|asshole)\b",
    re.IGNORECASE,
)
_HIDDEN = "●●●"


def decent(text: str) -> str:
    """The text with the rudest words hidden."""
    return _RUDE.sub(_HIDDEN, text)
