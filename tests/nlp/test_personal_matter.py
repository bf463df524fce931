"""What is told of a person stays when the name is hidden."""

import pytest

from nlp.normalise import normalise
from nlp.personal import mask, personal_data
from nlp.reader import ThaiReader


def hidden(text: str) -> str:
    """The text masked."""
    return mask(text, personal_data(normalise(text)))


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ป้าบัวจมน้ำ", "[ชื่อ]จมน้ำ"),
        ("นายแดง ไฟดับ", "[ชื่อ] ไฟดับ"),
        ("บ้านนางวาด ไฟดับ", "บ้าน[ชื่อ] ไฟดับ"),
        ("กำนันเดชา โกงเงิน", "[ชื่อ] โกงเงิน"),
        ("กำนันเดชา รับสินบน", "[ชื่อ] รับสินบน"),
        ("โดนลุงเดชข่มขืน", "โดน[ชื่อ]ข่มขืน"),
        ("ดาบชัยรีดไถ", "[ชื่อ]รีดไถ"),
        ("ลุงคำมีปืน", "[ชื่อ]มีปืน"),
        ("นายสมชาย ตบเมีย", "[ชื่อ] ตบเมีย"),
        ("นายสมชาย ขายยาบ้า", "[ชื่อ] ขายยาบ้า"),
        ("ลุงแดงเมาอาละวาด", "[ชื่อ]เมาอาละวาด"),
        ("ป้าบัวปล้น", "[ชื่อ]ปล้น"),
        ("นายแดง หลอกลวง", "[ชื่อ] หลอกลวง"),
        ("ผู้ใหญ่ดำ ซื้อเสียง", "[ชื่อ] ซื้อเสียง"),
        ("นายก้อง ท่อแตก", "[ชื่อ] ท่อแตก"),
        ("แจ้งแทน นายกำไร ครับ", "แจ้งแทน [ชื่อ] ครับ"),
        ("นายกไม่มา นายกับลูกน้องก็เงียบ", "นายกไม่มา นายกับลูกน้องก็เงียบ"),
        ("นายสมชาย แสงทอง", "[ชื่อ]"),
        ("นางสมหญิง มีสุข", "[ชื่อ]"),
    ],
)
def test_the_matter_stays(text: str, masked: str) -> None:
    assert hidden(text) == masked


def test_words_that_count_things_are_no_nicknames(reader: ThaiReader) -> None:
    told = "ไฟทางดับ 3 ต้น โทร 0812345678"
    assert reader.read(told).masked == "ไฟทางดับ 3 ต้น โทร [เบอร์โทร]"
    assert reader.read("ต้น โทร 0812345678 ไฟทางดับ").masked.startswith("[ชื่อ] โทร")
