"""Two matters told in one message are read each by itself; one matter is never cut."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.reader import ThaiReader
from nlp.split import MOST, Side, split
from nlp.values import CategoryScore, KnownPlace

TWO = (
    ("หลังคาศาลารั่ว น้ำหยดลงพื้น อีกเรื่องไฟสามแยกดับมาสามคืน", ("public_building", "lighting")),
    ("แจ้ง 2 เรื่อง เผาขยะหลังตลาด กับหมาจรจัดกัดเด็ก", ("pollution", "animals")),
    ("แจ้งสองเรื่องค่ะ น้ำประปาไม่ไหลมาสองวัน และไฟถนนหน้าวัดดับ", ("water_supply", "lighting")),
    ("1. ถนนหน้าโรงเรียนเป็นหลุม\n2. ไฟทางซอยสี่ดับ", ("road", "lighting")),
    ("1) น้ำประปาขุ่นเหลืองใช้ไม่ได้ 2) รถขยะไม่มาเก็บสองอาทิตย์", ("water_supply", "waste")),
    ("ถนนเข้าหมู่บ้านเป็นหลุมลึกมาก\nหมาจรจัดไล่กัดเด็กที่ตลาด", ("road", "animals")),
    ("ขอไฟส่องสว่างท้ายซอย อีกอย่างหนึ่งรถขยะไม่มาเก็บเลย", ("lighting", "waste")),
    ("เบี้ยผู้สูงอายุเดือนนี้ยังไม่เข้า อีกเรื่องน้ำประปาไหลอ่อนมาก", ("welfare", "water_supply")),
    ("คลองหลังหมู่บ้านตื้นเขินอยากให้ขุดลอก แล้วก็หอกระจายข่าวเสียไม่ได้ยินเสียง", ("water_source", "telecom")),
    ("ห้องน้ำตลาดประตูพังหมดทุกห้อง และน้ำประปาไม่ไหลทั้งหมู่บ้าน", ("public_building", "water_supply")),
    ("ไฟตกทุกเย็นทีวีจะพัง อีกเรื่องยุงลายเยอะมากขอพ่นหมอกควัน", ("electricity", "health")),
    ("ตลาดนัดนี่ทั้งรถจอดขวางทางเข้าทั้งขยะเกลื่อนพื้นเหม็นมาก", ("traffic", "waste")),
    ("ถนนพัง และไฟทางก็ดับ", ("road", "lighting")),
    ("ถนนเป็นหลุม ขยะก็ไม่มาเก็บ", ("road", "waste")),
    ("1.ท่อระบายน้ำหน้าตลาดอุดตัน 2.สายไฟห้อยต่ำข้างวัด", ("drainage", "electricity")),
    ("น้ำไม่ไหล กับ ไฟทางดับหน้าวัด", ("water_supply", "lighting")),
    ("ถนนพังซอย 2 อีกเรื่อง ยุงลายเยอะมาก", ("road", "health")),
    ("- น้ำประปาขุ่นมาก\n- หมาจรจัดไล่กัดคน", ("water_supply", "animals")),
)

ONE = (
    "ฝนตกน้ำท่วมถนน รถผ่านไม่ได้",
    "ท่อประปาแตกน้ำไหลนองถนนจนเป็นหลุม",
    "ไฟถนนดับ มืดมาก กลัวขโมย",
    "ถนนเป็นหลุมหน้าโรงเรียน เด็กล้มทุกวัน ขอให้มาซ่อมด้วย",
    "หมาจรจัดคุ้ยถังขยะหน้าตลาด ขยะกระจายเต็มถนน",
    "ต้นไม้ล้มทับสายไฟ ไฟดับทั้งซอย",
    "น้ำท่วมบ้าน ขอถุงยังชีพและน้ำดื่ม",
    "พ่อกับแม่ป่วยติดเตียงทั้งคู่ ขอรถรับส่งไปโรงพยาบาล",
    "ขอไฟส่องสว่างตั้งแต่วัดถึงโรงเรียนและศาลา",
    "โรงงานปล่อยน้ำเสีย ปลาตายและเหม็นมาก",
    "รถบรรทุกวิ่งเร็ว ถนนพัง ฝุ่นเข้าบ้าน",
    "ขยะล้นถังมาสามวันแล้ว แล้วก็เหม็นมากด้วย",
    "1. น้ำท่วมขังหน้าบ้าน 2. ซอยลาดพร้าว 5 3. ภาพตามแนบ",
    "น้ำไม่ไหลอีกแล้ว ส่วนตัวคิดว่าปั๊มเสีย",
    "สะพานไม้ผุมาก ทั้งหมู่บ้านใช้ข้ามไปนา ทั้งเด็กทั้งคนแก่",
    "รถชนกับเสาไฟ ไฟดับ",
    "คุยกับอบต.เรื่องถนนพังแล้ว",
    "ขอบคุณที่มาซ่อมถนนค่ะ เรียบร้อยดี",
    "สวัสดีครับ",
    "",
)


@pytest.mark.parametrize(("text", "codes"), TWO)
def test_two_matters_are_read_each_by_itself(
    reader: ThaiReader, text: str, codes: tuple[str, ...]
) -> None:
    read = reader.read(text)
    assert tuple(p.categories[0].code for p in read.parts) == codes
    assert read.categories[0].code == codes[0]
    assert codes[1] in [c.code for c in read.categories[:3]]
    assert [c.score for c in read.categories] == sorted(
        (c.score for c in read.categories), reverse=True
    )


@pytest.mark.parametrize("text", ONE)
def test_one_matter_is_not_cut(reader: ThaiReader, text: str) -> None:
    assert reader.read(text).parts == ()


def test_parts_stand_in_the_original_without_personal_data_shown(
    reader: ThaiReader, places: tuple[KnownPlace, ...]
) -> None:
    text = "แจ้ง ๒ เรื่องค่าาาา ไฟหน้าวัดทุ่งกระเจียวดับ   กับหมาจรจัดกัดหลาน โทร ๐๘๑-๒๓๔-๕๖๗๘"
    read = reader.read(text, places)
    first, second = read.parts
    assert text[first.start : first.end].startswith("แจ้ง ๒ เรื่อง")
    assert text[second.start : second.end].startswith("กับหมาจรจัด")
    assert first.end <= second.start
    assert first.place is not None and first.place.landmark == "วัดทุ่งกระเจียว"
    assert "๒๓๔" not in second.masked
    assert "กับหมาจรจัด" in second.masked


def test_what_one_part_must_keep_back_or_cry_out_the_whole_does(reader: ThaiReader) -> None:
    read = reader.read("ท่อระบายน้ำหน้าวัดตัน อีกเรื่องคือมีคนขายยาบ้าท้ายซอย")
    assert [p.confidential.on for p in read.parts] == [False, True]
    assert read.confidential.on


def _always(code: str) -> Side:
    return Side((CategoryScore(code=code, score=0.99, words=("x",)),), None)


def test_equal_or_unknown_sides_are_one_matter() -> None:
    text = "ถนนหน้าบ้านเป็นหลุมใหญ่ อีกเรื่องถนนท้ายซอยก็เป็นหลุม"
    assert split(text, lambda a, b: _always("road")) == ()
    assert split(text, lambda a, b: _always("other")) == ()
    codes = iter(("road", "lighting"))
    assert len(split(text, lambda a, b: _always(next(codes)))) == 2


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="กขค อีกเรื่อง12.)\nและ", max_size=120))
def test_parts_follow_each_other_and_cover_the_text(text: str) -> None:
    codes = ("road", "waste", "lighting", "health")
    found = split(text, lambda a, b: _always(codes[a % len(codes)]))
    assert len(found) <= MOST
    assert len(found) != 1
    if found:
        assert found[0].start == 0
        assert found[-1].end == len(text)
        assert all(a.end == b.start for a, b in pairwise(found))


def test_the_longer_side_is_read_only_where_the_shorter_carries_a_matter() -> None:
    text = "ถนนหน้าวัดเป็นหลุมลึกมากรถล้มทุกวันเลยครับผู้ใหญ่ และท่อระบายน้ำหน้าโรงเรียนตัน"
    asked: list[tuple[int, int]] = []

    def read(start: int, end: int, code: str = "other") -> Side:
        asked.append((start, end))
        return Side((CategoryScore(code=code, score=0.9, words=("คำ",)),), None)

    assert split(text, read) == ()
    assert len(asked) == 1
    assert asked[0][1] == len(text)
