"""What is typed for a button, as regret or as an answer is taken as such, and nothing that tells more."""

import pytest

from handlers.dialogue import intents as i
from handlers.dialogue.measures import only_measure
from handlers.dialogue.state import Conversation
from handlers.dialogue.topics import own_data as own
from handlers.dialogue.topics import telling as d
from handlers.dialogue.typed import data_of
from handlers.dialogue.words import read_command, says_yes

SHOWN = (
    ("1 เดือดร้อนด้วย", "me:A"), ("2 เดือดร้อนด้วย", "me:B"), ("3 เอาคืน", "me:C"), ("ลบเลย", "erase:yes"),
    ("ขยะ", "cat:X:waste"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "data"),
    [
        ("๒", "me:B"), ("1 เดือดร้อนด้วยค่ะ", "me:A"), ("เอาคืนครับ", "me:C"), ("ลบเลยค่ะ", "erase:yes"),
        ("ลบ", ""), ("เดือดร้อนด้วย", ""), ("4", ""), ("ขยะ", ""), ("1 เดือดร้อนด้วย น้ำท่วม", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_label_typed_is_its_button(typed: str, data: str) -> None:
    assert data_of(SHOWN, typed) == data


def test_a_category_is_typed_where_all_are_offered_also_of_the_next_page() -> None:
    shown = (*((str(n), f"cat:X:{n}") for n in range(4)), ("หมวดอื่นอีก", "cats:X:12"))
    assert data_of(shown, "ขยะ") == "cat:X:waste"
    assert data_of(shown, "จราจร") == "cat:X:traffic"
    assert data_of(shown, "ขยะล้นหน้าบ้าน") == ""


def test_what_was_shown_is_remembered() -> None:
    talk = Conversation(shown=SHOWN)
    assert Conversation.from_json(talk.to_json()) == talk
    assert "ลบเลย" not in repr(talk)


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        *((words, d.AskWithdraw()) for words in (
            "ขอถอนเรื่อง", "ถอนเรื่องไฟ", "ขอยกเลิกเรื่องที่แจ้งไป", "ไม่เอาแล้ว ขอถอนเรื่องนี้", "เมื่อกี้ส่งผิดค่ะ", "พิมพ์ผิด",
        )),
        *((words, own.ShowConsents()) for words in ("ไม่ต้องส่งข่าวแล้ว", "หยุดส่ง", "เลิกรับข่าวค่ะ")),
        ("ผิดหมวด", i.OfferCategories(report_code="")),
        ("สถานที่ผิด", d.AskNewPlace(report_code="")),
        ("หยุดส่งน้ำมาสามวันแล้ว", None),
        ("ส่งผิดบ้านอยู่เรื่อยเลยไปรษณีย์", None),
        ("ถอนเรื่องแล้วไฟไหม้บ้านยายแดง ช่วยด้วย", None),
        ("ยกเลิกเรื่องเก็บค่าน้ำ", None),
        ("จอดรถผิดที่ขวางทางทุกวัน", None),
    ],
)  # fmt: skip
def test_regret_is_heard_in_whole_lines_only(typed: str, intent: i.Intent | None) -> None:
    assert read_command(typed) == intent


@pytest.mark.parametrize(
    ("typed", "yes"),
    [
        ("ไม่ใช่ๆ อย่าถอน", False), ("ไม่ถอนค่ะ", False), ("ไม่ลบ", False), ("No", False), ("OK", True),
        ("yes", True),
        ("ใช่ ๆ ครับ", True), ("ไม่ใช่ที่วัด", None), ("nobody came", None), ("อย่าลบป้ายหน้าวัด", None),
    ],
)  # fmt: skip
def test_yes_and_no(typed: str, yes: bool | None) -> None:
    assert says_yes(typed) is yes


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("10 หลัง", True), ("ประมาณ ๑๐ หลังคาเรือนค่ะ", True), ("ทั้งหมู่บ้านเลย", True), ("มา 3 วันแล้ว", True),
        ("10 หลัง ขายยา", False), ("ไฟไหม้ 3 หลัง", False), ("", False),
    ],
)  # fmt: skip
def test_a_measure_and_no_more(text: str, only: bool) -> None:
    assert only_measure(text) is only
