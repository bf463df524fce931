"""Neutral lines: formal, one line, nothing of the sender's own words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.codes import CODES
from nlp.facets import facets
from nlp.kind import KINDS
from nlp.reader import ThaiReader
from nlp.values import KnownPlace
from nlp.wording import neutral_line


@pytest.mark.parametrize(
    ("text", "category", "kind", "place", "line"),
    [
        (
            "หลุมแม่งใหญ่โคตร!!! นายสมชายไม่ทำ 😡 0812345678",
            "road", "problem", "หน้าวัดทุ่งกระเจียว",
            "ถนนชำรุดเป็นหลุมบ่อ บริเวณหน้าวัดทุ่งกระเจียว",
        ),
        ("น้ำบ่ไหลสามมื้อแล้วเด้อ", "water_supply", "problem", "", "น้ำประปาไม่ไหล"),
        (
            "ขอลาดยางหน่อยจ้า", "road", "need", "ซอย 3",
            "ขอให้ก่อสร้างถนนคอนกรีตเสริมเหล็ก ภายในซอย 3",
        ),
        ("ไฟตกบ่อยมาก", "electricity", "problem", "หมู่ 5", "แรงดันไฟฟ้าต่ำ ไฟฟ้าตกบ่อย ภายในหมู่ 5"),
        ("???", "nonsense", "problem", "", "เรื่องร้องเรียนทั่วไป"),
        ("รถขยะไม่มา", "waste", "problem", "ช่วงตลาด 0812345678", "ขยะตกค้าง ไม่มีการจัดเก็บตามกำหนด ช่วงตลาด"),
    ],
)  # fmt: skip
def test_lines(text: str, category: str, kind: str, place: str, line: str) -> None:
    assert neutral_line(text, category, kind, place) == line


@given(st.text(max_size=60), st.sampled_from(CODES), st.sampled_from(KINDS))
def test_only_fixed_phrases_are_used(text: str, category: str, kind: str) -> None:
    line = neutral_line(text, category, kind, "")
    fixed = {p for f in facets(category) for p in (f.problem, f.need)}
    assert line.removeprefix("สอบถามเรื่อง") in fixed


@given(st.text(max_size=80))
def test_the_place_brings_no_signs_and_no_lines(place: str) -> None:
    line = neutral_line("ไฟดับ", "lighting", "problem", place)
    assert "\n" not in line
    assert len(line) < 140
    assert not re.search(r"[^ก-๙a-zA-Z0-9 ./()\-]", line)


def test_all_wordings_are_formal_and_needs_ask() -> None:
    everything = [f for code in CODES for f in facets(code)]
    assert len(everything) > 100
    for facet in everything:
        assert facet.need.startswith("ขอ"), facet
        assert not re.search(r"ครับ|ค่ะ|นะ(?!คร)|เด้อ|[!?😀]|\d", facet.problem + facet.need), facet


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
    phrase = line.removesuffix(place).removesuffix("บริเวณ").removesuffix("ภายใน").strip()
    code = read.categories[0].code
    assert phrase.removeprefix("สอบถามเรื่อง") in {
        p for f in facets(code) for p in (f.problem, f.need)
    }
    assert re.fullmatch(r"(?:(?:หน้า|ปาก|ข้าง)?(?:วัดหนองฮี|ซอย 5|หมู่ 5| )*)?", place), place
