"""The agenda's wording, once for every file format (form and order: งานสารบรรณ, village forums)."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.documents.forum_text import (
    LINE_LIMIT,
    NAME_LIMIT,
    NONE_TH,
    PLACE_LIMIT,
    carried_lines,
    choice,
    detail_line,
    heading_lines,
    held_day,
    held_time,
    matter_line,
    names_in,
    number_words,
    official,
    previous_minutes,
    section_line,
    sheet_rows,
    sign_sheet,
    signature_lines,
    stands_on,
    unit,
)
from bot.documents.parts import Code, Dots, Line, Mark, Page, Part, Style, Words, plain
from bot.documents.ranking_text import formula, score_parts, weights_of
from planning.forums import (
    OUTCOME_TH,
    WAY_TH,
    AgendaContent,
    AgendaItem,
    AgendaVersion,
    Outcome,
)
from planning.taxonomy import PILLAR_TH
from planning.thai import BANGKOK, official_date, thai_digits

PINNED_TH = "เรื่องที่ประธานขอให้พิจารณาก่อน"
"""Under what the items stand that the head has pinned."""


def compose(version: AgendaVersion) -> Page:
    """The whole agenda of a frozen version."""
    content = version.content
    return Page(
        title=f"{_heading(content)} {plain(number_words(content))}",
        lines=tuple(_lines(content)),
        sheet=sign_sheet(content, sheet_rows(content.households)),
        footer=_footer(version),
        names=(*names_in(content), *(official(name, NAME_LIMIT) for name in content.conveners)),
    )


def _lines(content: AgendaContent) -> Iterator[Line]:
    yield from heading_lines(content, _heading(content), (*held_day(content), *held_time(content)))
    yield from _joined(content.conveners)
    yield from _opening(content.opening)
    yield from _adoption(content)
    yield from carried_lines(content)
    yield from _matters(content)
    if content.items:
        yield from formula(weights_of(content))
    yield from _end()


def _heading(content: AgendaContent) -> str:
    return f"ระเบียบวาระการประชุมประชาคม{unit(content)}"


def _joined(conveners: Sequence[str]) -> Iterator[Line]:
    """Who holds the forum with the village, a line each under its place."""
    for number, name in enumerate(conveners):
        words = ("" if number else "จัดประชุมร่วมกับ ") + official(name, NAME_LIMIT)
        yield Line(style=Style.CENTRED, parts=(Words(text=words),))


def _opening(told: Sequence[str]) -> Iterator[Line]:
    yield section_line(1, "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ")
    for number, line in enumerate(told, start=1):
        label, words = thai_digits(f"1.{number}"), official(line, LINE_LIMIT)
        yield Line(style=Style.ITEM, label=label, parts=(Words(text=words),))
    yield detail_line(Mark.FILL, with_next=True)
    yield detail_line(Mark.FILL)


def _adoption(content: AgendaContent) -> Iterator[Line]:
    yield section_line(2, "เรื่องรับรองรายงานการประชุม")
    if content.previous:
        yield detail_line(previous_minutes(content.previous), with_next=True)
    else:
        blanks = (Dots(cm=2.5), Words(text=" เมื่อวันที่ "), Mark.FILL)
        yield detail_line(Words(text="รายงานการประชุมครั้งที่ "), *blanks, with_next=True)
    yield detail_line(
        Words(text="มติที่ประชุม", bold=True),
        *choice("รับรองโดยไม่แก้ไข"), *choice("รับรองโดยมีการแก้ไข"),
    )  # fmt: skip


def _matters(content: AgendaContent) -> Iterator[Line]:
    yield section_line(4, "เรื่องเสนอเพื่อพิจารณา")
    if not content.items:
        yield detail_line(Words(text=NONE_TH))
    for section, group in groupby(content.items, key=_section):
        items = tuple(group)
        text = f"{section} ({thai_digits(len(items))}\u00a0เรื่อง)"
        yield Line(style=Style.PILLAR, parts=(Words(text=text, bold=True),), with_next=True)
        for item in items:
            same = [other for other in content.items if other.pillar is item.pillar]
            yield from _matter(item, same, content)


def _section(item: AgendaItem) -> str:
    """What an item stands under: its pillar, but for those that the chair wants taken up first."""
    return PINNED_TH if item.pinned else PILLAR_TH[item.pillar]


def _matter(
    item: AgendaItem, pillar: Sequence[AgendaItem], content: AgendaContent
) -> Iterator[Line]:
    place = official(item.place, PLACE_LIMIT) or "ไม่ได้ระบุ"
    total = thai_digits(f"คะแนนรวม\u00a0{item.score.total:.1f} ประกอบด้วย")
    yield matter_line(4, item.number, item.line)
    facts: tuple[tuple[Part, ...], ...] = (
        (Words(text=f"สถานที่: {place}"),),
        (Words(text=_voices(item)),),
        (Words(text=_ranked(item, pillar, content.items)),),
        (*stands_on(item.issue_code), Mark.GAP, Words(text=total)),
        (Words(text=score_parts(item.score, weights_of(content))),),
    )
    for fact in facts:
        yield detail_line(*fact, with_next=True)
    yield from _resolution()


def _voices(item: AgendaItem) -> str:
    told = f"ผู้แจ้ง\u00a0{item.people}\u00a0คน (แจ้ง\u00a0{item.reports}\u00a0ครั้ง)"
    backed = f"ผู้สนับสนุน\u00a0{item.supporters}\u00a0คน"
    homes = f" เดือดร้อนราว\u00a0{item.households}\u00a0ครัวเรือน" if item.households else ""
    return thai_digits(f"{told} {backed}{homes}")


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


def _resolution() -> Iterator[Line]:
    """Blanks for what the forum decides: the outcome with its votes, and the way it is to be done."""
    parts: list[Part] = [Words(text="มติที่ประชุม", bold=True)]
    for outcome in (Outcome.APPROVED, Outcome.REJECTED):
        parts += [*choice(OUTCOME_TH[outcome]), Words(text="\u00a0"), Dots(cm=1.2)]
        parts.append(Words(text="\u00a0เสียง"))
    yield detail_line(*parts, with_next=True)
    yield detail_line(
        Mark.BOX, Words(text=f"\u00a0{OUTCOME_TH[Outcome.POSTPONED]}"), *choice("อื่น ๆ "), Mark.FILL,
        with_next=True,
    )  # fmt: skip
    ways = (part for way in WAY_TH.values() for part in choice(way))
    yield detail_line(Words(text="วิธีดำเนินการ", bold=True), *ways, with_next=True)
    yield detail_line(Mark.FILL)


def _end() -> Iterator[Line]:
    yield section_line(5, "เรื่องอื่น ๆ")
    yield detail_line(Mark.FILL, with_next=True)
    yield detail_line(Mark.FILL)
    offices = ("ประธานที่ประชุม", "ผู้จดรายงานการประชุม")
    for office in offices:
        yield from signature_lines(office, last=office is offices[-1])


def _footer(version: AgendaVersion) -> tuple[Part, ...]:
    day = official_date(version.frozen_at.astimezone(BANGKOK).date())
    number = thai_digits(version.version)
    return (
        Code(text=version.code),
        Words(text=f" ฉบับที่\u00a0{number} จัดทำ {day} ตรวจสอบ "),
        Code(text=version.sha256[:8]),
    )
