"""What people ask, how many and how long they say it is: read from their own words."""

import pytest

from handlers.dialogue.asking import Asked, asked, asked_plainly, code_in, subject_of
from handlers.dialogue.measures import households, lasting_days
from handlers.dialogue.topics import telling as d
from handlers.dialogue.words import read_command
from tests.handlers.stage import READER


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("อันนี้คืออะไรคะ", Asked.WHAT),
        ("เป็นคนหรือบอท", Asked.WHAT),
        ("ใครอ่านข้อความพวกนี้ครับ", Asked.WHO_READS),
        ("ส่งถึงใครคะ", Asked.WHO_READS),
        ("เก็บข้อมูลอะไรบ้าง", Asked.PRIVACY),
        ("ประชุมหมู่บ้านวันไหนคะ", Asked.FORUM),
        ("ประชุมเดือนนี้มีไหม", Asked.FORUM),
        ("when is the meeting?", Asked.FORUM),
        ("ชาวบ้านเขาแจ้งอะไรกันบ้าง", Asked.VILLAGE),
        ("เรื่องเสาไฟถึงไหนแล้ว", Asked.BECAME),
        ("What happened to my report?", Asked.BECAME),
        ("who reads this", Asked.WHO_READS),
        ("what is this?", Asked.WHAT),
        ("วันไหนจะประชุม", Asked.FORUM),
        ("เรื่องน้ำที่แจ้งไปถึงไหนแล้ว", Asked.BECAME),
        ("เรื่องที่บอกไว้เมื่อเดือนก่อนเงียบไปเลย", Asked.BECAME),
        ("ขอเบอร์ อบต. หน่อย", Asked.CALL),
        ("ไฟดับโทรหาใคร", Asked.CALL),
        ("แจ้งเรื่องยังไงคะ", Asked.HOW),
        ("ถนนพังหมดแล้ว", None),
        ("น้ำไม่ไหลสามวัน", None),
        ("ขอไฟส่องสว่างหน้าบ้าน", None),
    ],
)
def test_the_kind_of_a_question(text: str, kind: Asked | None) -> None:
    assert asked(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "ไฟไหม้บ้าน โทรหาใครดี ช่วยด้วย",
        "มีคนขายยาในซอย 2 แจ้งใครได้บ้าง",
        "ถนนหน้าวัดเป็นหลุมใหญ่มาก รถล้มทุกวัน ใครจะมาดูบ้าง",
    ],
)
def test_a_matter_is_never_taken_for_a_mere_question(text: str) -> None:
    assert asked_plainly(text, READER.read(text)) in (None, Asked.CALL)
    seen = READER.read(text)
    if seen.emergency.on or seen.confidential.on:
        assert asked_plainly(text, seen) is None


def test_what_a_question_names() -> None:
    assert subject_of("เรื่องน้ำที่แจ้งไปถึงไหนแล้ว") == "น้ำ"
    assert subject_of("เรื่องถนนถึงไหนแล้ว") == "ถนน"
    assert subject_of("ถึงไหนแล้ว") == ""
    assert code_in("เลข ZZZZZZ ถึงไหน") == ""


@pytest.mark.parametrize(
    ("text", "number", "answering"),
    [
        ("น้ำไม่ไหลทั้งหมู่บ้าน", 0, False),
        ("เดือดร้อนสิบหลังคาเรือน", 10, False),
        ("สัก 4-6 หลัง", 5, True),
        ("๓", 3, True),
        ("บ้านเดียว", 1, True),
        ("บ้านเลขที่ 12 น้ำไม่ไหล", None, False),
        ("ถนนกว้าง 3 เมตร", None, False),
        ("ทุกหลังเลยจ้า", 0, True),
        ("ไม่รู้สิ", None, True),
    ],
)
def test_how_many_households(text: str, number: int | None, answering: bool) -> None:
    assert households(text, answering=answering) == number


@pytest.mark.parametrize(
    ("text", "days", "answering"),
    [
        ("น้ำไม่ไหลมา 3 วันแล้ว", 3, False),
        ("สองเดือนแล้ว", 60, False),
        ("รถล้มเมื่อวาน", None, False),
        ("อีก 3 วันจะมีงาน", None, False),
        ("เมื่อวาน", 1, True),
        ("หลายปีละ", 730, True),
        ("สองสามวัน", 2, True),
        ("ไม่แน่ใจ", None, True),
    ],
)
def test_how_long(text: str, days: int | None, answering: bool) -> None:
    assert lasting_days(text, answering=answering) == days


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("ยกเลิกครับ", d.LetGo()),
        ("บ่เอาแล้ว", d.LetGo()),
        ("เพิ่มเติม", d.AddTo(code="")),
        ("เพิ่มเติม น้ำยังไม่มา ๓ วัน", d.AddTo(code="", text="น้ำยังไม่มา ๓ วัน")),
        ("ถอนเรื่อง", d.AskWithdraw()),
        ("มีนาอีกหมู่บ้าน", d.ChooseSecond()),
        ("ไม่ได้อยู่แถวนี้ค่ะ", d.Outside()),
        ("ตอบว่าไม่รู้ไปแล้ว", None),
        ("ถอนเงินไม่ได้เลย", None),
        ("เพิ่มเติมเสาไฟหน่อย", None),
    ],
)
def test_commands_of_telling(typed: str, intent: object) -> None:
    assert read_command(typed) == intent


def test_words_told_with_a_code_stay_as_typed() -> None:
    told = read_command("เพิ่มเติม\nน้ำยังไม่มา ๓ วัน\nเดือดร้อนมาก")
    assert told == d.AddTo(code="", text="น้ำยังไม่มา ๓ วัน\nเดือดร้อนมาก")
