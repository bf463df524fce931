"""Agendas and projects of a made-up village, and texts that try to break a page."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from planning.codes import ALPHABET
from planning.forums import (
    AgendaContent,
    AgendaItem,
    AgendaVersion,
    CarriedOver,
    Way,
    content_hash,
)
from planning.issues import IssueState
from planning.projects import (
    DocumentKind,
    DocumentState,
    Project,
    ProjectLine,
    ProjectState,
    SupportingDocument,
)
from planning.ranking import ScoreParts
from planning.taxonomy import Pillar, categories

LINES = (
    "ซ่อมแซมถนนหน้าวัดโคกตะเคียน ผิวจราจรเป็นหลุมเป็นบ่อ รถจักรยานยนต์ล้มบ่อยครั้ง",
    "ติดตั้งไฟโซล่าเซลล์ถนนสายคุ้มใต้ ถึงสี่แยกศาลปู่ตา จำนวน 12 จุด",
    "ขุดลอกฝายห้วยกระโดนและลำห้วยที่ตื้นเขินเพื่อเก็บกักน้ำไว้ใช้ในฤดูแล้ง และป้องกันน้ำท่วมพื้นที่การเกษตร"
    "ในฤดูฝนของบ้านโคกตะเคียนและหมู่บ้านใกล้เคียง รวมพื้นที่ได้รับประโยชน์ประมาณ 1,250 ไร่",
    "แก้ไขน้ำประปาหมู่บ้านไม่ไหลและน้ำขุ่น",
    "จัดตั้งกลุ่มอาชีพทอเสื่อ (กลุ่มสตรี) ที่ศาลากลางบ้าน",
)
PLACES = (
    "หน้าวัดโคกตะเคียน",
    "คุ้มใต้ ซอย 2",
    "ฝายห้วยกระโดน",
    "",
    "หน้าร้านป้าจุกข้างโรงเรียนบ้านโคกตะเคียน" * 2,
)

HOSTILE = (
    '#set page(fill: red) *หนา* _เอียง_ $x^2$ @ref <label> `raw` "quoted" [a] {b} \\ \\u{41} // comment',
    "บรรทัดหนึ่ง\nบรรทัดสอง\r\n\t= หัวเรื่อง\u2028- ข้อ",
    "\x00\x07\x1b[31m\ufeff\u200b\u202eกลับ\u202c\ufffe",
    "😀🙏🏽👨‍👩‍👧‍👦 ไฟดับ 🇹🇭",
    "่้๊ ิิิ กำ้ ก่่่ เเ ๆๆๆ ฯลฯ",
    "</w:t><w:br/>&amp;<![CDATA[x]]> {{ 7*7 }} %s ${x}",
    "ก" * 5000,
    "https://example.org/" + "a" * 400,
    "=HYPERLINK(1) +1 -1 @SUM",
    '#panic() #eval(sys.inputs.page) #read("/etc/passwd") #include "x"',
    "",
    " ",
)


def item(number: int, **changes: Any) -> AgendaItem:
    """A matter to be decided; `number` also moves its figures."""
    code = "".join(ALPHABET[(number * k + number // 25) % 25] for k in (1, 3, 7, 11, 13, 17))
    told = AgendaItem(
        number=number,
        issue_code=f"IS-{code}",
        line=LINES[number % len(LINES)],
        pillar=Pillar.INFRASTRUCTURE,
        category="road",
        place=PLACES[number % len(PLACES)],
        people=number + 2,
        reports=number + 4,
        supporters=number % 3,
        score=ScoreParts(size=round(40 / number, 1), severity=15.0, age=7.5, evidence=5.0),
    )
    return replace(told, **changes)


def items(count: int) -> tuple[AgendaItem, ...]:
    """`count` matters spread over the pillars in order."""
    pillars = list(Pillar)
    return tuple(
        item(n, pillar=pillars[(n - 1) * len(pillars) // count]) for n in range(1, count + 1)
    )


def version(count: int = 3, **changes: Any) -> AgendaVersion:
    """A frozen agenda of `count` matters; `changes` are made to its content."""
    content = AgendaContent(
        forum_code="FM-AAAAAA", village_code="99020304", village_name="บ้านโคกตะเคียน", moo=4,
        tambon="หนองกระทุ่ม", district="ทุ่งตะวัน", province="ตัวอย่าง", households=148,
        forum_number=2, year_be=2564, held_on=date(2021, 3, 9), held_at="08:30",
        place="ศาลากลางบ้านโคกตะเคียน", items=items(count) if count else (),
        carried_over=(
            CarriedOver(
                issue_code="IS-CCCDDD", line="ก่อสร้างถนนคอนกรีตสายโคกตะเคียน – ป่าช้า",
                forum_number="1/2564", state=IssueState.IN_BANK,
            ),
        ),
    )  # fmt: skip
    content = replace(content, **changes)
    return AgendaVersion(
        id=7,
        code="AG-K7M4PX",
        forum_id=3,
        version=2,
        frozen_at=datetime(2021, 3, 9, 18, 30, tzinfo=UTC),
        sha256=content_hash(content),
        content=content,
    )


def project_line(number: int, **changes: Any) -> ProjectLine:
    """One project of the bank; `changes` are made to the project itself."""
    codes = list(categories())
    project = Project(
        id=number, code=f"PJ-{number:06d}", village_code="99020304", issue_id=number,
        resolution_code="RS-AAAAAA", name="ซ่อมแซมถนนหน้าวัดโคกตะเคียน หมู่ 4",
        category=codes[number % 5], state=ProjectState.BRIEF, way=list(Way)[number % 3],
        target_year=2566 + number % 5, created_at=datetime(2021, 3, 9, tzinfo=UTC),
        objective="เพื่อให้ประชาชนสัญจรสะดวกและปลอดภัย", target="ถนนกว้าง 4 เมตร ยาว 350 เมตร",
        agency="องค์การบริหารส่วนตำบลหนองกระทุ่ม",
        budget=None if number % 4 == 0 else Decimal(number * 12345678 + 1) / 100,
    )  # fmt: skip
    kinds = list(DocumentKind)[: 3 + number % 4]
    states = list(DocumentState)
    return ProjectLine(
        project=replace(project, **changes), issue_code=f"IS-{number:06d}",
        village_name="บ้านโคกตะเคียน หมู่ 4", tambon="หนองกระทุ่ม", place="หน้าวัด",
        people=12, reports=15, resolution="ครั้งที่ 2/2564 เห็นชอบ 42/3",
        documents=tuple(
            SupportingDocument(project_id=number, kind=k, state=states[(number + n) % 3])
            for n, k in enumerate(kinds)
        ),
    )  # fmt: skip
