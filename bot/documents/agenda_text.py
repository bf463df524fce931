"""The agenda's wording, once for every file format (form and order: งานสารบรรณ, village forums)."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from bot.documents.forum_text import (
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
    section_line,
    sheet_rows,
    sign_sheet,
    signature_lines,
    stands_on,
    unit,
)
from bot.documents.parts import Code, Dots, Line, Mark, Page, Part, Style, Words, plain
from planning.forums import (
    OUTCOME_TH,
    WAY_TH,
    AgendaContent,
    AgendaItem,
    AgendaVersion,
    Outcome,
)
from planning.ranking import ScoreParts, Weights
from planning.taxonomy import PILLAR_TH
from planning.thai import BANGKOK, official_date, thai_digits


def compose(version: AgendaVersion, weights: Weights) -> Page:
    """The whole agenda of a frozen version; `weights` are only told in the explanation."""
    content = version.content
    return Page(
        title=f"{_heading(content)} {plain(number_words(content))}",
        lines=tuple(_lines(content, weights)),
        sheet=sign_sheet(content, sheet_rows(content.households)),
        footer=_footer(version),
        names=names_in(content),
    )


def _lines(content: AgendaContent, weights: Weights) -> Iterator[Line]:
    yield from heading_lines(content, _heading(content), (*held_day(content), *held_time(content)))
    yield from _opening()
    yield from carried_lines(content)
    yield from _matters(content)
    if content.items:
        yield from _formula(weights)
    yield from _end()


def _heading(content: AgendaContent) -> str:
    return f"ระเบียบวาระการประชุมประชาคม{unit(content)}"


def _opening() -> Iterator[Line]:
    yield section_line(1, "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ")
    yield detail_line(Mark.FILL, with_next=True)
    yield detail_line(Mark.FILL)
    yield section_line(2, "เรื่องรับรองรายงานการประชุม")
    yield detail_line(
        Words(text="รายงานการประชุมครั้งที่ "), Dots(cm=2.5), Words(text=" เมื่อวันที่ "), Mark.FILL,
        with_next=True,
    )  # fmt: skip
    yield detail_line(
        Words(text="มติที่ประชุม", bold=True),
        *choice("รับรองโดยไม่แก้ไข"), *choice("รับรองโดยมีการแก้ไข"),
    )  # fmt: skip


def _matters(content: AgendaContent) -> Iterator[Line]:
    yield section_line(4, "เรื่องเสนอเพื่อพิจารณา")
    if not content.items:
        yield detail_line(Words(text=NONE_TH))
    for pillar, group in groupby(content.items, key=lambda item: item.pillar):
        items = tuple(group)
        text = f"{PILLAR_TH[pillar]} ({thai_digits(len(items))}\u00a0เรื่อง)"
        yield Line(style=Style.PILLAR, parts=(Words(text=text, bold=True),), with_next=True)
        for item in items:
            yield from _matter(item, items, content.items)


def _matter(
    item: AgendaItem, pillar: Sequence[AgendaItem], everything: Sequence[AgendaItem]
) -> Iterator[Line]:
    place = official(item.place, PLACE_LIMIT) or "ไม่ได้ระบุ"
    total = thai_digits(f"คะแนนรวม\u00a0{item.score.total:.1f} ประกอบด้วย")
    yield matter_line(4, item.number, item.line)
    facts: tuple[tuple[Part, ...], ...] = (
        (Words(text=f"สถานที่: {place}"),),
        (Words(text=_voices(item)),),
        (Words(text=_ranked(item, pillar, everything)),),
        (*stands_on(item.issue_code), Mark.GAP, Words(text=total)),
        (Words(text=_score_parts(item.score)),),
    )
    for fact in facts:
        yield detail_line(*fact, with_next=True)
    yield from _resolution()


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


def _footer(version: AgendaVersion) -> tuple[Part, ...]:
    day = official_date(version.frozen_at.astimezone(BANGKOK).date())
    number = thai_digits(version.version)
    return (
        Code(text=version.code),
        Words(text=f" ฉบับที่\u00a0{number} จัดทำ {day} รหัสตรวจสอบ "),
        Code(text=version.sha256[:8]),
    )
