"""The agenda's wording, once for every file format (form and order: งานสารบรรณ, village forums)."""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.documents.clean import clean
from bot.documents.parts import Code, Dots, Line, Mark, Page, Part, SignTable, Style, Words, plain
from planning.forums import (
    OUTCOME_TH,
    WAY_TH,
    AgendaContent,
    AgendaItem,
    AgendaVersion,
    CarriedOver,
    Outcome,
)
from planning.issues import IssueState
from planning.ranking import ScoreParts, Weights
from planning.taxonomy import PILLAR_TH
from planning.thai import BANGKOK, official_date, thai_digits

_NAME_LIMIT, _PLACE_LIMIT, _LINE_LIMIT = 60, 120, 280
_FIRST_PAGE_ROWS, _ROWS_A_PAGE = 20, 23
_CAPITAL = "กรุงเทพมหานคร"
NONE_TH = "ไม่มี"

BECAME_TH = {
    IssueState.NOTED: "รับเรื่องไว้แล้ว รอเสนอที่ประชุม",
    IssueState.BEFORE_FORUM: "อยู่ระหว่างการพิจารณาของที่ประชุม",
    IssueState.VILLAGE_WORK: "หมู่บ้านดำเนินการเอง",
    IssueState.IN_BANK: "บรรจุในคลังข้อมูลโครงการแล้ว",
    IssueState.IN_PLAN: "บรรจุในแผนพัฒนาแล้ว",
    IssueState.FUNDED: "ได้รับจัดสรรงบประมาณแล้ว",
    IssueState.UNDER_WAY: "อยู่ระหว่างดำเนินการ",
    IssueState.DONE: "ดำเนินการแล้วเสร็จ",
    IssueState.POSTPONED: "เลื่อนการพิจารณา",
    IssueState.NOT_POSSIBLE: "ไม่สามารถดำเนินการได้",
    IssueState.MERGED: "รวมไว้กับประเด็นอื่นแล้ว",
}
"""What became of a carried-over matter, in the words of an official page."""


def compose(version: AgendaVersion, weights: Weights) -> Page:
    """The whole agenda of a frozen version; `weights` are only told in the explanation."""
    content = version.content
    return Page(
        title=f"{_heading(content)} {plain(_number(content))}",
        lines=tuple(_lines(content, weights)),
        sheet=_attendance(content),
        footer=_footer(version),
        names=_names(content),
    )


def _lines(content: AgendaContent, weights: Weights) -> Iterator[Line]:
    yield from _head(content)
    yield from _opening()
    yield from _carried(content)
    yield from _matters(content)
    if content.items:
        yield from _formula(weights)
    yield from _end()


def official(text: str, limit: int) -> str:
    """Somebody's words as an official page prints them: one clean line in Thai digits."""
    return thai_digits(clean(text, limit))


def _unit(content: AgendaContent) -> str:
    return "ชุมชน" if content.moo is None else "หมู่บ้าน"


def _heading(content: AgendaContent) -> str:
    return f"ระเบียบวาระการประชุมประชาคม{_unit(content)}"


def _number(content: AgendaContent) -> tuple[Part, ...]:
    return (Words(text=thai_digits(f"ครั้งที่ {content.forum_number}/{content.year_be}"), bold=True),)


def _head(content: AgendaContent) -> tuple[Line, ...]:
    def title(*parts: Part, bold: bool = True) -> Line:
        return Line(style=Style.TITLE if bold else Style.CENTRED, parts=parts)

    return (
        title(Words(text=_heading(content), bold=True)),
        title(Words(text=village_title(content), bold=True)),
        title(Words(text=area_title(content), bold=True)),
        title(*_number(content)),
        title(*_date(content), *_time(content), bold=False),
        title(*_place(content), bold=False),
    )


def village_title(content: AgendaContent) -> str:
    """«บ้านหนองปลาไหล หมู่ที่ ๓», or «ชุมชน…» where there are no moo."""
    name = official(content.village_name, _NAME_LIMIT)
    if content.moo is None:
        return name if name.startswith("ชุมชน") else f"ชุมชน{name}"
    named = name if name.startswith(("บ้าน", "หมู่บ้าน")) else f"บ้าน{name}"
    return f"{named} หมู่ที่\u00a0{thai_digits(content.moo)}"


def area_title(content: AgendaContent) -> str:
    """«ตำบล… อำเภอ… จังหวัด…» (แขวง and เขต in the capital); what is unknown is left out."""
    capital = content.province.strip() == _CAPITAL
    prefixes = ("แขวง", "เขต", "") if capital else ("ตำบล", "อำเภอ", "จังหวัด")
    values = (content.tambon, content.district, content.province)
    names = (official(value, _NAME_LIMIT) for value in values)
    return " ".join(
        name if name.startswith(prefix) else prefix + name
        for prefix, name in zip(prefixes, names, strict=True)
        if name
    )


def _date(content: AgendaContent) -> tuple[Part, ...]:
    if content.held_on:
        return (Words(text=f"วันที่ {official_date(content.held_on)}".replace(" ", "\u00a0")),)
    return (
        Words(text="วันที่ "), Dots(cm=1.5), Words(text=" เดือน "), Dots(cm=3.5),
        Words(text=" พ.ศ. "), Dots(cm=2),
    )  # fmt: skip


def _time(content: AgendaContent) -> tuple[Part, ...]:
    if not (told := official(content.held_at, 40)):
        return (Words(text=" เวลา "), Dots(cm=2), Words(text=" น."))
    clock = re.sub(r"(?<=\d):(?=\d\d)", ".", told)
    clock = re.sub(r"^(\d)(?=\.)", r"๐\1", clock)
    return (Words(text=f" เวลา {clock}{'' if clock.endswith('น.') else ' น.'}"),)


def _place(content: AgendaContent) -> tuple[Part, ...]:
    place = official(content.place, _PLACE_LIMIT)
    return (Words(text=f"ณ {place}"),) if place else (Words(text="ณ "), Dots(cm=10))


def _section(number: int, subject: str) -> Line:
    text = f"ระเบียบวาระที่ {thai_digits(number)} {subject}"
    return Line(style=Style.SECTION, parts=(Words(text=text, bold=True),), with_next=True)


def _detail(*parts: Part, with_next: bool = False) -> Line:
    return Line(style=Style.DETAIL, parts=parts, with_next=with_next)


def _opening() -> Iterator[Line]:
    yield _section(1, "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ")
    yield _detail(Mark.FILL, with_next=True)
    yield _detail(Mark.FILL)
    yield _section(2, "เรื่องรับรองรายงานการประชุม")
    yield _detail(
        Words(text="รายงานการประชุมครั้งที่ "), Dots(cm=2.5), Words(text=" เมื่อวันที่ "), Mark.FILL,
        with_next=True,
    )  # fmt: skip
    yield _detail(
        Words(text="มติที่ประชุม", bold=True),
        *_choice("รับรองโดยไม่แก้ไข"), *_choice("รับรองโดยมีการแก้ไข"),
    )  # fmt: skip


def _carried(content: AgendaContent) -> Iterator[Line]:
    yield _section(3, "เรื่องสืบเนื่อง")
    if not content.carried_over:
        yield _detail(Words(text=NONE_TH))
    for number, item in enumerate(content.carried_over, start=1):
        yield from _carried_item(number, item)


def _carried_item(number: int, item: CarriedOver) -> Iterator[Line]:
    yield _item_heading(3, number, item.line)
    since = thai_digits(clean(item.forum_number, 20))
    yield _detail(
        Words(text=f"จากการประชุมครั้งที่ {since}"), Mark.GAP, *_stands_on(item.issue_code),
        with_next=True,
    )  # fmt: skip
    yield _detail(Words(text=f"ผลการดำเนินการ: {BECAME_TH[item.state]}"))


def _item_heading(section: int, number: int, line: str) -> Line:
    label = thai_digits(f"{section}.{number}")
    text = official(line, _LINE_LIMIT) or "(ไม่มีข้อความ)"
    words = (Words(text=text, bold=True),)
    return Line(style=Style.ITEM, label=label, parts=words, with_next=True)


def _matters(content: AgendaContent) -> Iterator[Line]:
    yield _section(4, "เรื่องเสนอเพื่อพิจารณา")
    if not content.items:
        yield _detail(Words(text=NONE_TH))
    for pillar, group in groupby(content.items, key=lambda item: item.pillar):
        items = tuple(group)
        text = f"{PILLAR_TH[pillar]} ({thai_digits(len(items))}\u00a0เรื่อง)"
        yield Line(style=Style.PILLAR, parts=(Words(text=text, bold=True),), with_next=True)
        for item in items:
            yield from _matter(item, items, content.items)


def _matter(
    item: AgendaItem, pillar: Sequence[AgendaItem], everything: Sequence[AgendaItem]
) -> Iterator[Line]:
    place = official(item.place, _PLACE_LIMIT) or "ไม่ได้ระบุ"
    total = thai_digits(f"คะแนนรวม\u00a0{item.score.total:.1f} ประกอบด้วย")
    yield _item_heading(4, item.number, item.line)
    facts: tuple[tuple[Part, ...], ...] = (
        (Words(text=f"สถานที่: {place}"),),
        (Words(text=_voices(item)),),
        (Words(text=_ranked(item, pillar, everything)),),
        (*_stands_on(item.issue_code), Mark.GAP, Words(text=total)),
        (Words(text=_score_parts(item.score)),),
    )
    for fact in facts:
        yield _detail(*fact, with_next=True)
    yield from _resolution()


def _stands_on(issue_code: str) -> tuple[Part, ...]:
    return (Words(text="รหัสประเด็น "), Code(text=issue_code))


def _voices(item: AgendaItem) -> str:
    told = f"ผู้แจ้ง\u00a0{item.people}\u00a0คน (แจ้ง\u00a0{item.reports}\u00a0ครั้ง)"
    return thai_digits(f"{told} ผู้สนับสนุน\u00a0{item.supporters}\u00a0คน")


def rank(item: AgendaItem, among: Sequence[AgendaItem]) -> int:
    """Place by total score, 1 the highest; equal totals share a place."""
    return 1 + sum(other.score.total > item.score.total for other in among)


def _ranked(
    item: AgendaItem, pillar: Sequence[AgendaItem], everything: Sequence[AgendaItem]
) -> str:
    here = f"ลำดับความสำคัญที่\u00a0{rank(item, pillar)} ของด้าน"
    return thai_digits(
        f"{here} (ที่\u00a0{rank(item, everything)} จากทั้งหมด\u00a0{len(everything)}\u00a0เรื่อง)"
    )


def _score_parts(score: ScoreParts) -> str:
    return thai_digits(
        f"ขนาด\u00a0{score.size:.1f} ความรุนแรง\u00a0{score.severity:.1f}"
        f" ระยะเวลา\u00a0{score.age:.1f} หลักฐาน\u00a0{score.evidence:.1f}"
    )


def _resolution() -> Iterator[Line]:
    """Blanks for what the forum decides: the outcome with its votes, and the way it is to be done."""
    parts: list[Part] = [Words(text="มติที่ประชุม", bold=True)]
    for outcome in (Outcome.APPROVED, Outcome.REJECTED):
        parts += [*_choice(OUTCOME_TH[outcome]), Words(text="\u00a0"), Dots(cm=1.2)]
        parts.append(Words(text="\u00a0เสียง"))
    yield _detail(*parts, with_next=True)
    yield _detail(
        Mark.BOX, Words(text=f"\u00a0{OUTCOME_TH[Outcome.POSTPONED]}"), *_choice("อื่น ๆ "), Mark.FILL,
        with_next=True,
    )  # fmt: skip
    ways = (part for way in WAY_TH.values() for part in _choice(way))
    yield _detail(Words(text="วิธีดำเนินการ", bold=True), *ways, with_next=True)
    yield _detail(Mark.FILL)


def _choice(text: str) -> tuple[Part, ...]:
    return (Mark.GAP, Mark.BOX, Words(text=f"\u00a0{text}"))


def _end() -> Iterator[Line]:
    yield _section(5, "เรื่องอื่น ๆ")
    yield _detail(Mark.FILL, with_next=True)
    yield _detail(Mark.FILL)
    blank = (Words(text="("), Dots(cm=5), Words(text=")"))
    for office in ("ประธานที่ประชุม", "ผู้จดรายงานการประชุม"):
        name = (Words(text="ลงชื่อ "), Dots(cm=4.5), Words(text=f" {office}"))
        yield Line(style=Style.SIGN, parts=name, with_next=True)
        yield Line(style=Style.SIGN, parts=blank, with_next=office.startswith("ประธาน"))


def _formula(weights: Weights) -> Iterator[Line]:
    w = [f"{value:g}" for value in (weights.size, weights.severity, weights.age, weights.evidence)]
    texts = (
        f"ขนาด (ไม่เกิน {w[0]} คะแนน) คิดจากจำนวนผู้แจ้งรวมกับผู้สนับสนุน เพิ่มขึ้นแบบลอการิทึม"
        " ได้เต็มเมื่อถึงหนึ่งในสี่ของจำนวนครัวเรือน (อย่างน้อย 12 คน)"
        " หากผู้แจ้งบอกจำนวนครัวเรือนที่เดือดร้อน ให้นับตามนั้น ไม่เกินสี่ครัวเรือนต่อหนึ่งคน",
        f"ความรุนแรง (ไม่เกิน {w[1]} คะแนน) อันตรายต่อชีวิตได้เต็ม"
        " เรื่องที่กระทบความปลอดภัยหรือสาธารณูปโภคจำเป็นได้ครึ่งหนึ่ง นอกนั้นได้หนึ่งในห้า",
        f"ระยะเวลา (ไม่เกิน {w[2]} คะแนน) คิดตามจำนวนวันนับแต่แจ้งครั้งแรก ได้เต็มเมื่อครบ 90 วัน"
        " หากผู้แจ้งบอกว่าเป็นมาก่อนหน้านั้น ให้นับเพิ่มได้ไม่เกิน 30 วัน",
        f"หลักฐาน (ไม่เกิน {w[3]} คะแนน) มีภาพถ่ายได้ครึ่งหนึ่ง มีพิกัดได้ครึ่งหนึ่ง",
        "คะแนนใช้เรียงลำดับเรื่องเพื่อพิจารณาเท่านั้น การตัดสินใจเป็นของที่ประชุม",
    )
    head = "หมายเหตุ: คะแนนรวมเป็นผลบวกของสี่ส่วน ดังนี้"
    yield Line(style=Style.NOTE, parts=(Words(text=head, bold=True),), with_next=True)
    for number, text in enumerate(texts, start=1):
        told = thai_digits(f"{number}. {text}")
        yield Line(style=Style.NOTE, parts=(Words(text=told),))


def _attendance(content: AgendaContent) -> SignTable:
    lead = (
        _centred("บัญชีรายชื่อผู้มาประชุมประชาคม" + _unit(content), *_number(content)),
        _centred(village_title(content)),
        _centred(area_title(content)),
        Line(style=Style.CENTRED, parts=(*_date(content), *_time(content))),
        Line(style=Style.CENTRED, parts=_turnout(content)),
    )
    header = ("ลำดับ", "ชื่อ - สกุล", "บ้านเลขที่", "ลายมือชื่อ")
    widths = (2.0, None, 2.9, 4.6)
    return SignTable(lead=lead, header=header, widths=widths, rows=_sheet_rows(content.households))


def _centred(text: str, *more: Part) -> Line:
    spaced = (Words(text=" "), *more) if more else ()
    return Line(style=Style.TITLE, parts=(Words(text=text, bold=True), *spaced))


def _turnout(content: AgendaContent) -> tuple[Part, ...]:
    parts: tuple[Part, ...] = (
        Words(text="ผู้มาประชุม "), Dots(cm=1.5), Words(text=" คน จาก "), Dots(cm=1.5),
        Words(text=" ครัวเรือน"),
    )  # fmt: skip
    if content.households is None:
        return parts
    every = thai_digits(f" (ทั้งหมด\u00a0{content.households}\u00a0ครัวเรือน)")
    return (*parts, Words(text=every))


def _sheet_rows(households: int | None) -> int:
    """Lines for half of the households, in whole pages, from 2 to 5 pages."""
    wanted = min((households or 0) // 2, _FIRST_PAGE_ROWS + 4 * _ROWS_A_PAGE)
    more_pages = max(1, math.ceil((wanted - _FIRST_PAGE_ROWS) / _ROWS_A_PAGE))
    return _FIRST_PAGE_ROWS + more_pages * _ROWS_A_PAGE


def _footer(version: AgendaVersion) -> tuple[Part, ...]:
    day = official_date(version.frozen_at.astimezone(BANGKOK).date())
    number = thai_digits(version.version)
    return (
        Code(text=version.code),
        Words(text=f" ฉบับที่\u00a0{number} จัดทำ {day} รหัสตรวจสอบ "),
        Code(text=version.sha256[:8]),
    )


def _names(content: AgendaContent) -> tuple[str, ...]:
    """Names that stay unbroken: the area's, with and without what is put before them, and places."""
    village = official(content.village_name, _NAME_LIMIT)
    told = [village, *(village.removeprefix(p) for p in ("บ้าน", "ชุมชน", "หมู่บ้าน"))]
    told += [official(n, _NAME_LIMIT) for n in (content.tambon, content.district, content.province)]
    told += area_title(content).split(" ")
    for place in (content.place, *(item.place for item in content.items)):
        told += official(place, _PLACE_LIMIT).split(" ")
    return tuple(sorted({name for name in told if name}))
