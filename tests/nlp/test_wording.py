"""Neutral lines: formal, one line, nothing of the sender's own words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.codes import CODES
from nlp.kind import KINDS
from nlp.reader import ThaiReader
from nlp.values import KnownPlace
from nlp.wording import neutral_line, phrases_of, shared_line

COUNT = re.compile(r"(?:จำนวน|ระยะทาง)\d{1,3}(?:ต้น|ดวง|จุด|หลังคาเรือน|แห่ง|เมตร|กิโลเมตร)")


def made_of_ours(line: str, category: str, place: str = "") -> bool:
    """Whether a line falls into our own phrases (spaces aside), the place, and counted things."""
    bare = COUNT.sub("", line.replace(" ", ""))
    parts = {p.replace(" ", "") for phrase in phrases_of(category) for p in phrase.split("@")}
    parts |= {"สอบถามเรื่อง", "การ", "บริเวณ", "ภายใน", place.replace(" ", "")} - {""}
    reached = {0}
    for end in range(1, len(bare) + 1):
        if any(bare.endswith(p, 0, end) and end - len(p) in reached for p in parts if p):
            reached.add(end)
    return len(bare) in reached


@pytest.mark.parametrize(
    ("text", "category", "kind", "place", "line"),
    [
        (
            "หลุมแม่งใหญ่โคตร!!! นายสมชายไม่ทำ 😡 0812345678",
            "road", "problem", "หน้าวัดทุ่งกระเจียว",
            "ถนนชำรุดเป็นหลุมบ่อ บริเวณหน้าวัดทุ่งกระเจียว",
        ),
        ("หลุมลึกมาก", "road", "problem", "สามแยก", "ถนนบริเวณสามแยกชำรุดเป็นหลุมลึก"),
        ("น้ำบ่ไหลสามมื้อแล้วเด้อ", "water_supply", "problem", "", "น้ำประปาไม่ไหล"),
        ("ขอลาดยางหน่อยจ้า", "road", "need", "ซอย 3", "ขอลาดยางถนนภายในซอย 3"),
        ("ไฟตกบ่อยมาก", "electricity", "problem", "หมู่ 5", "ไฟฟ้าตกภายในหมู่ 5"),
        ("สะพานผุหมดแล้ว", "road", "problem", "สะพานไม้ข้ามห้วย", "สะพานไม้ข้ามห้วยผุพัง"),
        ("ไฟดับ 3 ต้น", "lighting", "problem", "ซอย 2", "ไฟส่องสว่างภายในซอย 2 ดับ จำนวน 3 ต้น"),
        ("ยืมวีลแชร์ได้ที่ไหน", "welfare", "question", "", "สอบถามเรื่องการขอรถเข็นแก่ผู้ป่วยหรือผู้สูงอายุ"),
        ("???", "nonsense", "problem", "", "เรื่องร้องเรียนทั่วไป"),
        ("รถขยะไม่มา", "waste", "problem", "ช่วงตลาด 0812345678", "ขยะตกค้างช่วงตลาดไม่มีการจัดเก็บ"),
    ],
)  # fmt: skip
def test_lines(text: str, category: str, kind: str, place: str, line: str) -> None:
    assert neutral_line(text, category, kind, place) == line


@given(st.text(max_size=60), st.sampled_from(CODES), st.sampled_from(KINDS))
def test_only_fixed_phrases_are_used(text: str, category: str, kind: str) -> None:
    assert made_of_ours(neutral_line(text, category, kind, ""), category)


def test_a_line_of_many_says_what_most_say() -> None:
    told = ("ไฟทางดับ", "ไฟดับหมดเลย 4 ดวง", "โซล่าเซลล์ไม่ติด ไฟดับ", "ไฟดับ 4 ดวง")
    line = shared_line(told, "lighting", "problem", "หน้าวัด")
    assert line == "ไฟส่องสว่างบริเวณหน้าวัดดับ จำนวน 4 ดวง"
    assert shared_line((*told, "ดับ 2 ดวง"), "lighting", "problem", "หน้าวัด") == line.split(" ")[0]
    assert shared_line((), "lighting", "problem", "") == "ไฟฟ้าส่องสว่างสาธารณะชำรุด"


@given(st.text(max_size=80))
def test_the_place_brings_no_signs_and_no_lines(place: str) -> None:
    line = neutral_line("ไฟดับ", "lighting", "problem", place)
    assert "\n" not in line
    assert len(line) < 140
    assert not re.search(r"[^ก-๙a-zA-Z0-9 ./()\-]", line)


def test_all_wordings_are_formal_and_needs_ask() -> None:
    everything = [phrase for code in CODES for phrase in phrases_of(code)]
    assert len(everything) > 500
    for phrase in everything:
        assert not re.search(r"ครับ|ค่ะ|นะ(?!คร)|เด้อ|[!?😀]|\d", phrase), phrase


PLACES = tuple(KnownPlace(name=n) for n in ("วัดหนองฮี", "ซอย 2"))
ROUGH = (
    "ไอ้สมชายแม่งเหี้ย",
    "อีแดงปากหมา",
    "บักหำขี้โกง",
    "ป้าสายเป็นบ้า",
    "ลุงคำบ้านเลขที่ 9 กะล่อน",
    "เฮ็ดหยังบ่ได้เรื่อง",
)
MATTERS = ("ถนนซอย {} เป็นขุม", "น้ำบ่ไหลหน้าวัด ซอย{}", "ไฟทางดับ ซ.{}", "หมาจรกัดคน หมู่ {}", "ขยะล้นหน้าบ้าน{}",
           "ขอลาดยางซอย ลุงสมชาย {}", "ผู้ใหญ่ขี้โกงซอย {}", "เผาหญ้าควันเต็ม ม.{}", "ท่อตันซอย ข้างบ้านยายมี {}",
           "ไทบ้านเว้าว่ารถขยะบ่มาซอย {}")  # fmt: skip


@pytest.mark.parametrize("rough", ROUGH)
@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("before", [True, False])
def test_lines_of_rough_messages_hold_nothing_of_them(
    reader: ThaiReader, rough: str, matter: str, before: bool
) -> None:
    told = matter.format(5)
    text = f"{rough} {told}" if before else f"{told} {rough}"
    read = reader.read(text, PLACES)
    place = read.place.label if read.place else ""
    line = reader.neutral_line(read.masked, read.categories[0].code, read.kind, place)
    assert made_of_ours(line, read.categories[0].code, place)
    assert re.fullmatch(r"(?:(?:หน้า|ปาก|ข้าง)?(?:วัดหนองฮี|ซอย 5|หมู่ 5| )*)?", place), place
