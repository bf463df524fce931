"""The list of what a helper wrote down for others."""

import io
from datetime import date

import docx
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.walk_in_list import walk_in_docx
from planning.walk_ins import WalkInLine, WalkInList

ON = date(2026, 11, 24)
LINE = WalkInLine(
    code="ACDEF3", name="ยายบุญมี", contact="0812345678", house="12/3", village="บ้านนาสวรรค์ หมู่ 1",
    told_on=date(2026, 11, 5), line="ไฟส่องสว่างชำรุด", state="อยู่ในแผนแล้ว",
)  # fmt: skip


def table(*lines: WalkInLine) -> tuple[str, list[list[str]]]:
    data = walk_in_docx(WalkInList(area="ตำบลดอนแก้ว", made_on=ON, lines=lines))
    document = docx.Document(io.BytesIO(data))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    return "\n".join(p.text for p in document.paragraphs), rows


def test_a_line_tells_whose_and_what_became_of_it() -> None:
    words, rows = table(LINE)
    assert "ตำบลดอนแก้ว" in words
    assert "๒๔ พฤศจิกายน พ.ศ. ๒๕๖๙" in words
    assert rows[1] == [
        "๑", "ACDEF3", "ยายบุญมี ๐๘๑๒๓๔๕๖๗๘ บ้านเลขที่ ๑๒/๓", "บ้านนาสวรรค์ หมู่ ๑", "๕/๑๑/๒๕๖๙",
        "ไฟส่องสว่างชำรุด", "อยู่ในแผนแล้ว",
    ]  # fmt: skip


def test_who_gave_no_name_and_what_is_confidential_are_said_so() -> None:
    blank = WalkInLine(code="ACDEF3", name="", contact="", house="", village="บ้านนาสวรรค์",
                       told_on=ON, line="", state="ส่งศูนย์ดำรงธรรมอำเภอ (ลับ)")  # fmt: skip
    _, rows = table(blank)
    assert rows[1][2] == "ไม่ประสงค์ออกนาม"
    assert rows[1][5] == "เรื่องที่เป็นความลับ"


def test_the_same_list_is_the_same_file() -> None:
    listed = WalkInList(area="", made_on=ON, lines=(LINE,))
    assert walk_in_docx(listed) == walk_in_docx(listed)
    assert "บุญมี" not in repr(listed)


@given(st.text(max_size=40))
def test_any_name_can_be_printed(name: str) -> None:
    odd = WalkInLine(code="A", name=name, contact=name, house=name, village=name, told_on=ON,
                     line=name, state=name)  # fmt: skip
    _, rows = table(odd)
    assert len(rows) == 2
