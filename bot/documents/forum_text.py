"""What the pages of a forum have in common: headings, the places on them, the sheet to sign."""

import math
import re
from collections.abc import Iterator
from datetime import date

from bot.documents.clean import clean
from bot.documents.parts import Code, Dots, Line, Mark, Part, SignTable, Style, Words
from planning.forums import OUTCOME_TH, AgendaContent, CarriedOver, PreviousMinutes
from planning.issues import IssueState
from planning.thai import official_date, thai_digits

NAME_LIMIT, PLACE_LIMIT, LINE_LIMIT = 60, 120, 280
"""Most characters of a name, a place and a formal line on a page."""
_FIRST_PAGE_ROWS, _ROWS_A_PAGE, _MOST_PAGES = 20, 23, 5
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
    IssueState.REJECTED: "ที่ประชุมไม่เห็นชอบ",
    IssueState.CLOSED: "ชี้แจงและยุติเรื่องแล้ว",
    IssueState.PASSED_UP: "ส่งต่อหน่วยงานระดับตำบลหรืออำเภอ",
    IssueState.NOT_POSSIBLE: "ไม่สามารถดำเนินการได้",
    IssueState.MERGED: "รวมไว้กับประเด็นอื่นแล้ว",
}
"""What became of a carried-over matter, in the words of an official page."""


def heading_lines(content: AgendaContent, heading: str, day: tuple[Part, ...]) -> tuple[Line, ...]:
    """The head of a page: what it is, of which village, its number, `day` and the place."""

    def title(*parts: Part, bold: bool = True) -> Line:
        return Line(style=Style.TITLE if bold else Style.CENTRED, parts=parts)

    return (
        title(Words(text=heading, bold=True)),
        title(Words(text=village_title(content), bold=True)),
        title(Words(text=area_title(content), bold=True)),
        title(*number_words(content)),
        title(*day, bold=False),
        title(*held_place(content), bold=False),
    )


def official(text: str, limit: int) -> str:
    """Somebody's words as an official page prints them: one clean line in Thai digits."""
    return thai_digits(clean(text, limit))


def unit(content: AgendaContent) -> str:
    """What the place is: «ชุมชน» where there are no moo."""
    return "ชุมชน" if content.moo is None else "หมู่บ้าน"


def number_words(content: AgendaContent) -> tuple[Part, ...]:
    """«ครั้งที่ ๑/๒๕๖๙», bold."""
    return (Words(text=thai_digits(f"ครั้งที่ {content.forum_number}/{content.year_be}"), bold=True),)


def village_title(content: AgendaContent) -> str:
    """«บ้านหนองปลาไหล หมู่ที่ ๓», or «ชุมชน…» where there are no moo."""
    name = official(content.village_name, NAME_LIMIT)
    if content.moo is None:
        return name if name.startswith("ชุมชน") else f"ชุมชน{name}"
    named = name if name.startswith(("บ้าน", "หมู่บ้าน")) else f"บ้าน{name}"
    return f"{named} หมู่ที่\u00a0{thai_digits(content.moo)}"


def area_title(content: AgendaContent) -> str:
    """«ตำบล… อำเภอ… จังหวัด…» (แขวง and เขต in the capital); what is unknown is left out."""
    capital = content.province.strip() == _CAPITAL
    prefixes = ("แขวง", "เขต", "") if capital else ("ตำบล", "อำเภอ", "จังหวัด")
    values = (content.tambon, content.district, content.province)
    names = (official(value, NAME_LIMIT) for value in values)
    return " ".join(
        name if name.startswith(prefix) else prefix + name
        for prefix, name in zip(prefixes, names, strict=True)
        if name
    )


def held_day(content: AgendaContent) -> tuple[Part, ...]:
    """«วันที่ ๙ มีนาคม พ.ศ. ๒๕๖๔», or blanks."""
    if content.held_on:
        return (Words(text=f"วันที่\u00a0{_unbroken(content.held_on)}"),)
    return (
        Words(text="วันที่ "), Dots(cm=1.5), Words(text=" เดือน "), Dots(cm=3.5),
        Words(text=" พ.ศ. "), Dots(cm=2),
    )  # fmt: skip


def _unbroken(day: date) -> str:
    return official_date(day).replace(" ", "\u00a0")


def held_time(content: AgendaContent) -> tuple[Part, ...]:
    """« เวลา ๐๘.๓๐ น.», or a blank."""
    if not (told := official(content.held_at, 40)):
        return (Words(text=" เวลา "), Dots(cm=2), Words(text=" น."))
    clock = re.sub(r"(?<=\d):(?=\d\d)", ".", told)
    clock = re.sub(r"^(\d)(?=\.)", r"๐\1", clock)
    return (Words(text=f" เวลา {clock}{'' if clock.endswith('น.') else ' น.'}"),)


def held_place(content: AgendaContent) -> tuple[Part, ...]:
    """«ณ …», or a blank."""
    place = official(content.place, PLACE_LIMIT)
    return (Words(text=f"ณ {place}"),) if place else (Words(text="ณ "), Dots(cm=10))


def section_line(number: int, subject: str) -> Line:
    """«ระเบียบวาระที่ ๑ …»."""
    text = f"ระเบียบวาระที่ {thai_digits(number)} {subject}"
    return Line(style=Style.SECTION, parts=(Words(text=text, bold=True),), with_next=True)


def detail_line(*parts: Part, with_next: bool = False) -> Line:
    """A line under a matter."""
    return Line(style=Style.DETAIL, parts=parts, with_next=with_next)


def matter_line(section: int, number: int, line: str) -> Line:
    """«๔.๑ …»: the heading of one matter."""
    label = thai_digits(f"{section}.{number}")
    text = official(line, LINE_LIMIT) or "(ไม่มีข้อความ)"
    words = (Words(text=text, bold=True),)
    return Line(style=Style.ITEM, label=label, parts=words, with_next=True)


def stands_on(issue_code: str) -> tuple[Part, ...]:
    """The code of the issue a matter stands on."""
    return (Words(text="รหัสประเด็น "), Code(text=issue_code))


def choice(text: str) -> tuple[Part, ...]:
    """A box to tick and its words."""
    return (Mark.GAP, Mark.BOX, Words(text=f"\u00a0{text}"))


def centred(text: str, *more: Part) -> Line:
    """A bold centred line."""
    spaced = (Words(text=" "), *more) if more else ()
    return Line(style=Style.TITLE, parts=(Words(text=text, bold=True), *spaced))


def sheet_rows(households: int | None) -> int:
    """Lines for half of the households, in whole pages, from 2 to 5 pages."""
    wanted = min((households or 0) // 2, _FIRST_PAGE_ROWS + 4 * _ROWS_A_PAGE)
    more_pages = max(1, math.ceil((wanted - _FIRST_PAGE_ROWS) / _ROWS_A_PAGE))
    return _FIRST_PAGE_ROWS + more_pages * _ROWS_A_PAGE


def names_in(content: AgendaContent) -> tuple[str, ...]:
    """Names that stay unbroken: the area's, with and without what is put before them, and places."""
    village = official(content.village_name, NAME_LIMIT)
    told = [village, *(village.removeprefix(p) for p in ("บ้าน", "ชุมชน", "หมู่บ้าน"))]
    told += [official(n, NAME_LIMIT) for n in (content.tambon, content.district, content.province)]
    told += area_title(content).split(" ")
    for place in (content.place, *(item.place for item in content.items)):
        told += official(place, PLACE_LIMIT).split(" ")
    return tuple(sorted({name for name in told if name}))


def previous_minutes(before: PreviousMinutes) -> Words:
    """Which minutes are to be adopted (วาระที่ ๒)."""
    day = f" เมื่อวันที่\u00a0{_unbroken(before.held_on)}" if before.held_on else ""
    return Words(text=f"รายงานการประชุมครั้งที่ {thai_digits(clean(before.number, 20))}{day}")


def carried_lines(content: AgendaContent) -> Iterator[Line]:
    """วาระที่ ๓: what became of earlier matters."""
    yield section_line(3, "เรื่องสืบเนื่อง")
    if not content.carried_over:
        yield detail_line(Words(text=NONE_TH))
    for number, item in enumerate(content.carried_over, start=1):
        yield from _carried_item(number, item)


def _became(item: CarriedOver) -> str:
    """What became of it; what was put aside with the forum's reason."""
    told = BECAME_TH[item.state]
    put = OUTCOME_TH[item.outcome] if item.outcome else ""
    if item.state is IssueState.BEFORE_FORUM and put:
        told = f"นำกลับเข้าวาระครั้งนี้ ครั้งก่อน{put}"
    reason = official(item.reason, LINE_LIMIT)
    return f"{told} เนื่องจาก{reason}" if reason else told


def _carried_item(number: int, item: CarriedOver) -> Iterator[Line]:
    yield matter_line(3, number, item.line)
    since = thai_digits(clean(item.forum_number, 20))
    yield detail_line(
        Words(text=f"จากการประชุมครั้งที่ {since}"), Mark.GAP, *stands_on(item.issue_code),
        with_next=True,
    )  # fmt: skip
    yield detail_line(Words(text=f"ผลการดำเนินการ: {_became(item)}"))


def sign_sheet(
    content: AgendaContent, rows: int, turnout: tuple[Part, ...] | None = None
) -> SignTable:
    """The sheet for those who come. `turnout`: how many came, blanks while nobody knows."""
    lead = (
        centred("บัญชีรายชื่อผู้มาประชุมประชาคม" + unit(content), *number_words(content)),
        centred(village_title(content)),
        centred(area_title(content)),
        Line(style=Style.CENTRED, parts=(*held_day(content), *held_time(content))),
        Line(style=Style.CENTRED, parts=turnout or _turnout(content)),
    )
    header = ("ลำดับ", "ชื่อ - สกุล", "บ้านเลขที่", "ลายมือชื่อ")
    widths = (2.0, None, 2.9, 4.6)
    return SignTable(lead=lead, header=header, widths=widths, rows=rows)


def _turnout(content: AgendaContent) -> tuple[Part, ...]:
    parts: tuple[Part, ...] = (
        Words(text="ผู้มาประชุม "), Dots(cm=1.5), Words(text=" คน จาก "), Dots(cm=1.5),
        Words(text=" ครัวเรือน"),
    )  # fmt: skip
    if content.households is None:
        return parts
    every = thai_digits(f" (ทั้งหมด\u00a0{content.households}\u00a0ครัวเรือน)")
    return (*parts, Words(text=every))


def signature_lines(office: str, name: str = "", *, last: bool) -> Iterator[Line]:
    """A line to sign and, in brackets below, the name or a blank for it."""
    told = official(name, NAME_LIMIT)
    who = Words(text=told) if told else Dots(cm=5)
    signed = (Words(text="ลงชื่อ "), Dots(cm=4.5), Words(text=f" {office}"))
    yield Line(style=Style.SIGN, parts=signed, with_next=True)
    yield Line(
        style=Style.SIGNED, parts=(Words(text="("), who, Words(text=")")), with_next=not last
    )
