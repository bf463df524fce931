"""What the agenda says, before any file format."""

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.documents.agenda_text import compose, rank
from bot.documents.forum_text import BECAME_TH, area_title, village_title
from bot.documents.parts import Dots, Line, Mark, Page, Style, plain
from planning.issues import IssueState
from planning.ranking import WEIGHTS, ScoreParts
from tests.documents.samples import item, version


def page(count: int = 3, **changes: object) -> Page:
    return compose(version(count, **changes))


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [f"{line.label} {plain(line.parts)}".strip() for line in lines]


def test_the_head_names_meeting_place_and_time() -> None:
    assert texts(page().lines)[:6] == [
        "ระเบียบวาระการประชุมประชาคมหมู่บ้าน",
        "บ้านโคกตะเคียน หมู่ที่\u00a0๔",
        "ตำบลหนองกระทุ่ม อำเภอทุ่งตะวัน จังหวัดตัวอย่าง",
        "ครั้งที่ ๒/๒๕๖๔",
        "วันที่\u00a0๙\u00a0มีนาคม\u00a0พ.ศ.\u00a0๒๕๖๔ เวลา ๐๘.๓๐ น.",
        "ณ ศาลากลางบ้านโคกตะเคียน",
    ]


def test_what_is_not_known_is_a_dotted_blank() -> None:
    lines = page(held_on=None, held_at="", place="").lines
    assert [sum(isinstance(p, Dots) for p in line.parts) for line in lines[4:6]] == [4, 1]


@pytest.mark.parametrize(
    ("told", "printed"),
    [("8:30", "๐๘.๓๐ น."), ("13.00 น.", "๑๓.๐๐ น."), ("๙.๐๐", "๐๙.๐๐ น."), ("09:00", "๐๙.๐๐ น.")],
)
def test_times_are_written_the_official_way(told: str, printed: str) -> None:
    assert texts(page(held_at=told).lines)[4].endswith(f"เวลา {printed}")


def test_a_community_has_no_moo_and_the_capital_its_own_words() -> None:
    content = version(moo=None, village_name="ตลาดเก่า").content
    assert village_title(content) == "ชุมชนตลาดเก่า"
    assert texts(page(moo=None).lines)[0] == "ระเบียบวาระการประชุมประชาคมชุมชน"
    capital = replace(content, tambon="บางซื่อ", district="บางซื่อ", province="กรุงเทพมหานคร")
    assert area_title(capital) == "แขวงบางซื่อ เขตบางซื่อ กรุงเทพมหานคร"
    assert village_title(version(village_name="ดอนหวาย").content) == "บ้านดอนหวาย หมู่ที่\u00a0๔"


def test_the_five_agenda_points_stand_in_order() -> None:
    sections = [plain(x.parts) for x in page().lines if x.style is Style.SECTION]
    assert sections == [
        "ระเบียบวาระที่ ๑ เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ",
        "ระเบียบวาระที่ ๒ เรื่องรับรองรายงานการประชุม",
        "ระเบียบวาระที่ ๓ เรื่องสืบเนื่อง",
        "ระเบียบวาระที่ ๔ เรื่องเสนอเพื่อพิจารณา",
        "ระเบียบวาระที่ ๕ เรื่องอื่น ๆ",
    ]


def test_an_item_says_all_it_stands_on() -> None:
    lines = page(1).lines
    start = next(n for n, x in enumerate(lines) if x.label == "๔.๑")
    assert texts(lines[start : start + 6]) == [
        "๔.๑ ติดตั้งไฟโซล่าเซลล์ถนนสายคุ้มใต้ ถึงสี่แยกศาลปู่ตา จำนวน ๑๒ จุด",
        "สถานที่: คุ้มใต้ ซอย ๒",
        "ผู้แจ้ง\u00a0๓\u00a0คน (แจ้ง\u00a0๕\u00a0ครั้ง) ผู้สนับสนุน\u00a0๑\u00a0คน",
        "ลำดับความสำคัญที่\u00a0๑ ของด้าน (ที่\u00a0๑ จากทั้งหมด\u00a0๑\u00a0เรื่อง)",
        "รหัสประเด็น IS-CEJPRW  คะแนนรวม\u00a0๖๗.๕ ประกอบด้วย",
        "ขนาด\u00a0๔๐.๐ ความรุนแรง\u00a0๑๕.๐ ระยะเวลา\u00a0๗.๕ หลักฐาน\u00a0๕.๐",
    ]
    decision = lines[start + 6 : start + 10]
    assert sum(p is Mark.BOX for x in decision for p in x.parts) == 7
    assert plain(decision[2].parts) == "วิธีดำเนินการ  \u00a0ทำเอง  \u00a0ทำร่วม  \u00a0ขอรับการสนับสนุน"
    assert [x.with_next for x in lines[start : start + 10]] == [True] * 9 + [False]


def test_what_the_chair_tells_and_who_convenes_are_printed() -> None:
    told = ("ฉีดวัคซีน 2 วัน", "ปลัดอำเภอมาพบ")
    lines = texts(page(opening=told, conveners=("อบต.หนองกระทุ่ม", "ที่ว่าการอำเภอ")).lines)
    assert lines[6:8] == ["จัดประชุมร่วมกับ อบต.หนองกระทุ่ม", "ที่ว่าการอำเภอ"]
    at = lines.index("ระเบียบวาระที่ ๑ เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ")
    assert lines[at + 1 : at + 3] == ["๑.๑ ฉีดวัคซีน ๒ วัน", "๑.๒ ปลัดอำเภอมาพบ"]


def test_pinned_items_stand_first_under_a_heading_of_their_own() -> None:
    first, second, third = version(3).content.items
    pinned = replace(third, number=1, pinned=True)
    order = (pinned, replace(first, number=2), replace(second, number=3))
    lines = [x for x in page(items=order).lines if x.style in (Style.PILLAR, Style.ITEM)]
    matters = [f"{x.label} {plain(x.parts)}".strip() for x in lines][1:]
    assert matters[0].startswith("เรื่องที่ประธานขอให้พิจารณาก่อน (๑")
    assert matters[1] == f"๔.๑ {pinned.line}"
    assert sum("พิจารณาก่อน" in text for text in matters) == 1


def test_ranks_share_a_place_when_totals_are_equal() -> None:
    points = [ScoreParts(size=s, severity=0, age=0, evidence=0) for s in (9.0, 20.0, 9.0, 1.0)]
    items = [item(n, score=p) for n, p in enumerate(points, start=1)]
    assert [rank(x, items) for x in items] == [2, 1, 2, 4]


def test_every_state_of_a_carried_matter_has_words() -> None:
    assert set(BECAME_TH) == set(IssueState)
    carried = texts(page().lines)
    assert "ผลการดำเนินการ: บรรจุในคลังข้อมูลโครงการแล้ว" in carried
    assert "๓.๑ ก่อสร้างถนนคอนกรีตสายโคกตะเคียน – ป่าช้า" in carried


def test_an_empty_agenda_says_so_and_explains_no_formula() -> None:
    empty = texts(page(0, carried_over=()).lines)
    assert empty.count("ไม่มี") == 2
    assert not any(text.startswith("หมายเหตุ") for text in empty)


def test_the_formula_tells_the_weights_it_was_given() -> None:
    notes = [plain(x.parts) for x in page(1).lines if x.style is Style.NOTE]
    assert "เป็นผลบวกของสี่ส่วน" in notes[0] and "(ไม่เกิน ๔๐ คะแนน)" in notes[1]
    weights = replace(WEIGHTS, size=55.5, evidence=0)
    told = [plain(x.parts) for x in page(1, weights=weights).lines]
    assert any("เป็นผลบวกของหกส่วน" in text for text in told)
    assert any(text.startswith("๑. ขนาด (ไม่เกิน ๕๕.๕ คะแนน)") for text in told)
    assert any(text.startswith("๔. ผู้เปราะบาง (ไม่เกิน ๑๐ คะแนน)") for text in told)
    assert not any("หลักฐาน" in text for text in told)


def test_a_matter_tells_every_part_that_counts_and_how_many_households() -> None:
    parts = ScoreParts(
        size=1.5, severity=5, age=0, evidence=3.5, vulnerable=10, feasibility=6, earlier=4.8
    )
    content = version(1).content
    items = (replace(content.items[0], score=parts, households=12),)
    told = texts(page(1, items=items, weights=WEIGHTS).lines)
    assert any(text.endswith(" เดือดร้อนราว\u00a0๑๒\u00a0ครัวเรือน") for text in told)
    assert "รหัสประเด็น IS-CEJPRW  คะแนนรวม\u00a0๓๐.๘ ประกอบด้วย" in told
    assert (
        "ขนาด\u00a0๑.๕ ความรุนแรง\u00a0๕.๐ ระยะเวลา\u00a0๐.๐ ผู้เปราะบาง\u00a0๑๐.๐"
        " ความเป็นไปได้\u00a0๖.๐ มติครั้งก่อน\u00a0๔.๘ หลักฐาน\u00a0๓.๕"
    ) in told


def test_no_latin_digit_is_printed_outside_codes() -> None:
    lines = page(30).lines
    told = " ".join(texts(lines))
    assert re.findall(r"[0-9]", re.sub(r"IS-[A-Z0-9]{6}", "", told)) == []
    assert len(re.findall(r"IS-[A-Z0-9]{6}", told)) == 31


def test_the_footer_names_code_version_day_and_hash() -> None:
    made = version()
    assert plain(page().footer) == (
        f"AG-K7M4PX ฉบับที่\u00a0๒ จัดทำ ๑๐ มีนาคม พ.ศ. ๒๕๖๔ ตรวจสอบ {made.sha256[:8]}"
    )


@pytest.mark.parametrize(("households", "rows"), [(None, 43), (10, 43), (148, 89), (100_000, 112)])
def test_the_sheet_has_room_for_half_of_the_households(households: int | None, rows: int) -> None:
    assert page(households=households).sheet.rows == rows


def test_attendance_is_counted_over_households() -> None:
    lead = texts(page().sheet.lead)
    assert lead[-1] == "ผู้มาประชุม  คน จาก  ครัวเรือน (ทั้งหมด\u00a0๑๔๘\u00a0ครัวเรือน)"
    assert page(held_on=date(2021, 12, 31)).sheet.header[0] == "ลำดับ"
