"""What the minutes say and in which order, before any file format."""

from dataclasses import replace
from typing import Any

import pytest

from bot.documents.minutes_text import compose_minutes
from bot.documents.parts import Dots, Line, Mark, Page, Style, Words, plain
from planning.forum_record import Attendance, Votes
from planning.forums import Outcome, Way
from planning.thai import thai_digits
from tests.documents.samples import decided, minutes


def page(count: int = 6, **changes: Any) -> Page:
    return compose_minutes(minutes(count, **changes))


def texts(lines: tuple[Line, ...]) -> list[str]:
    told = (f"{line.label} {plain(line.parts)}".strip() for line in lines)
    return [text.replace("\u00a0", " ") for text in told]


def resolved(**changes: Any) -> str:
    """The line of the resolution on one matter."""
    made = compose_minutes(minutes(items=(decided(1, **changes),)))
    return next(
        x
        for x in texts(made.lines)
        if x.startswith("มติที่ประชุม  เห็น") or "ให้เลื่อน" in x or "ไม่เห็น" in x
    )


def test_the_order_is_that_of_the_official_form() -> None:
    told = texts(page().lines)
    order = (
        "รายงานการประชุมประชาคมหมู่บ้าน", "ครั้งที่ ๒/๒๕๖๔", "เมื่อวันที่ ๙ มีนาคม พ.ศ. ๒๕๖๔", "ณ ศาลากลางบ้านโคกตะเคียน",
        "ผู้มาประชุม", "ผู้ไม่มาประชุม", "ผู้เข้าร่วมประชุม", "เริ่มประชุมเวลา ๐๘.๓๐ น.",
        "ระเบียบวาระที่ ๑ เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ", "ระเบียบวาระที่ ๒ เรื่องรับรองรายงานการประชุม",
        "ระเบียบวาระที่ ๓ เรื่องสืบเนื่อง", "ระเบียบวาระที่ ๔ เรื่องเสนอเพื่อพิจารณา", "ระเบียบวาระที่ ๕ เรื่องอื่น ๆ",
        "เลิกประชุมเวลา ๑๒.๐๕ น.", "ลงชื่อ  ผู้จดรายงานการประชุม", "(นางสาวตัวอย่าง เขียนดี)", "ลงชื่อ  ผู้ตรวจรายงานการประชุม",
    )  # fmt: skip
    places = [told.index(words) for words in order]
    assert places == sorted(places)


def test_a_draft_says_so_and_has_no_code() -> None:
    draft, closed = compose_minutes(minutes(closed=False)), page()
    assert texts(draft.lines)[0] == "(ร่าง)"
    assert "ร่าง" in plain(draft.footer) and "MN-" not in plain(draft.footer)
    assert "(ร่าง)" not in texts(closed.lines)
    assert plain(closed.footer).startswith("MN-K7M4PX รับรอง ๑๐ มีนาคม พ.ศ. ๒๕๖๔")


def test_attendance_is_told_over_households() -> None:
    told = texts(page().lines)
    line = "รวมผู้มาประชุม ๕๓ คน จาก ๔๑ ครัวเรือน (ร้อยละ ๒๗.๗ ของครัวเรือนทั้งหมด ๑๔๘ ครัวเรือน)"
    assert any(line in text for text in told)
    assert "ครัวเรือนที่ไม่มีผู้แทนมาประชุม จำนวน ๑๐๗ ครัวเรือน" in told


@pytest.mark.parametrize(
    ("came", "absent"),
    [(Attendance(people=5, households=148), "ไม่มี"), (Attendance(people=5), ""), (Attendance(), "")],
)
def test_who_did_not_come_is_only_told_where_it_is_known(came: Attendance, absent: str) -> None:
    lines = page(attendance=came).lines
    told = texts(lines)
    assert told[told.index("ผู้ไม่มาประชุม") + 1] == absent


def test_more_households_than_there_are_give_no_share() -> None:
    assert not any(
        "ร้อยละ" in x for x in texts(page(attendance=Attendance(people=9, households=999)).lines)
    )


APPROVED: dict[str, Any] = {"outcome": Outcome.APPROVED, "way": Way.ASK_SUPPORT, "votes": None}
PUT_OFF: dict[str, Any] = {"outcome": Outcome.POSTPONED, "way": None, "votes": None}
REFUSED: dict[str, Any] = {"outcome": Outcome.REJECTED, "way": None}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"votes": Votes(for_it=42, against=3, abstained=1)},
            "เห็นชอบ ๔๒ เสียง ไม่เห็นชอบ ๓ เสียง งดออกเสียง ๑ เสียง",
        ),
        ({"votes": Votes(for_it=42, against=0)}, "เห็นชอบเป็นเอกฉันท์ ด้วยคะแนนเสียง ๔๒ เสียง"),
        ({"votes": Votes(for_it=42, against=0, abstained=1)}, "งดออกเสียง ๑ เสียง"),
        ({"votes": Votes(for_it=9, against=1, polled=True)}, "(ลงคะแนนทางโทรศัพท์เคลื่อนที่)"),
        (APPROVED, "เห็นชอบ ให้เสนอขอรับการสนับสนุนจากหน่วยงานที่เกี่ยวข้อง"),
        (APPROVED | {"way": Way.OURSELVES}, "เห็นชอบ ให้หมู่บ้านดำเนินการเอง"),
        (PUT_OFF | {"reason": "รอแบบ 3 แผ่น"}, "ให้เลื่อนการพิจารณาออกไป เนื่องจากรอแบบ ๓ แผ่น"),
        (REFUSED | {"votes": Votes(for_it=2, against=40)}, "ไม่เห็นชอบ ด้วยคะแนนเสียงเห็นชอบ ๒ เสียง"),
    ],
)
def test_resolutions_are_worded_formally(changes: dict[str, Any], words: str) -> None:
    assert words in resolved(**changes)


def test_without_a_resolution_none_is_made_up() -> None:
    item = decided(6)
    told = texts(page(items=(replace(item, item=replace(item.item, households=30)),)).lines)
    assert "มติที่ประชุม  ยังไม่มีมติ" in told
    assert any("เดือดร้อนราว ๓๐ ครัวเรือน" in x for x in told)


def test_a_changed_wording_names_the_old_one() -> None:
    told = texts(page().lines)
    assert any(x.startswith("๔.๑ ซ่อมแซมถนนหน้าวัดโคกตะเคียน ระยะทาง ๓๕๐ เมตร") for x in told)
    assert any(x.startswith("ที่ประชุมแก้ไขข้อความจากเดิม «") for x in told)
    assert "ที่ประชุมมีข้อคิดเห็นว่า ให้ทำช่วงหน้าโรงเรียนก่อน" in told


def test_a_withheld_matter_shows_nothing_of_itself() -> None:
    item = decided(1)
    hidden = replace(item, item=replace(item.item, line="", place=""), line="", withheld=True)
    told = "\n".join(texts(page(items=(hidden,)).lines))
    assert "เรื่องที่ไม่เปิดเผย" in told
    for words in (item.item.issue_code, thai_digits(item.item.place), "เห็นชอบ"):
        assert words not in told
        assert words in "\n".join(texts(page(items=(item,)).lines))


@pytest.mark.parametrize(
    ("adopted", "words"),
    [
        ("", "รับรองรายงานการประชุมโดยไม่มีการแก้ไข"),
        ("หน้า 2 เป็น 15 คน", "รับรองรายงานการประชุมโดยมีการแก้ไข ดังนี้ หน้า ๒ เป็น ๑๕ คน"),
    ],
)
def test_the_minutes_before_are_adopted_as_the_forum_said(adopted: str, words: str) -> None:
    told = texts(page(adopted=adopted).lines)
    assert "รายงานการประชุมครั้งที่ ๑/๒๕๖๔ เมื่อวันที่ ๑๒ มกราคม พ.ศ. ๒๕๖๔" in told
    assert f"มติที่ประชุม  {words}" in told


def test_where_nobody_said_how_they_were_adopted_boxes_are_left_to_tick() -> None:
    line = next(x for x in page(adopted=None).lines if Mark.BOX in x.parts)
    assert line.parts.count(Mark.BOX) == 2
    head = minutes().content.head
    first = page(head=replace(head, previous=None))
    assert "ไม่มีรายงานการประชุมที่ต้องรับรอง" in texts(first.lines)


def test_what_is_not_known_is_a_blank_to_write_on() -> None:
    lines = page(chair="", recorder="", began_at=None, ended_at=None).lines
    blanks = {plain(x.parts).strip() for x in lines if any(isinstance(p, Dots) for p in x.parts)}
    assert {"ประธานที่ประชุม", "ผู้จดรายงานการประชุม", "เริ่มประชุมเวลา  น.", "เลิกประชุมเวลา  น."} <= blanks


def test_other_matters_and_guests_or_none() -> None:
    told = texts(page().lines)
    assert any(x.startswith("๕.๑ นัดหมู่บ้านทำความสะอาดคลอง") for x in told)
    assert "๑. องค์การบริหารส่วนตำบลหนองกระทุ่ม (หน่วยงานร่วมจัด)" in told
    head = replace(minutes().content.head, conveners=(), opening=())
    bare = texts(page(head=head, notes=(), guests=()).lines)
    assert bare.count("ไม่มี") == 3
    with_guest = texts(page(head=head, guests=("ปลัดอำเภอ",)).lines)
    assert "๑. ปลัดอำเภอ" in with_guest


def test_the_sheet_has_a_line_for_everybody_who_came() -> None:
    assert page(attendance=Attendance(people=53)).sheet.rows == 66
    assert page(attendance=Attendance(people=1)).sheet.rows == 43
    assert page(attendance=Attendance()).sheet.rows == 89
    lead = [plain(line.parts).replace("\u00a0", " ") for line in page().sheet.lead]
    assert lead[-1] == "ผู้มาประชุม ๕๓ คน จาก ๔๑ ครัวเรือน (ทั้งหมด ๑๔๘ ครัวเรือน)"


def test_all_digits_are_thai() -> None:
    every = [x for x in page().lines if x.style is not Style.SIGN]
    words = [p.text for line in every for p in line.parts if isinstance(p, Words)]
    assert len(words) > 40
    assert not [text for text in words if any(c in "0123456789" for c in text)]
