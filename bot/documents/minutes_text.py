"""The minutes' wording, once for every file format (form and order: แบบที่ ๑๑ of งานสารบรรณ)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
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
from planning.forum_record import Votes
from planning.forums import AgendaItem, Outcome, Way
from planning.minutes import Minutes, MinutesContent, MinutesItem
from planning.taxonomy import PILLAR_TH
from planning.thai import BANGKOK, official_date, thai_digits

_NOTE_LIMIT = 600
_RESOLVED = {
    Outcome.APPROVED: "เห็นชอบ",
    Outcome.REJECTED: "ไม่เห็นชอบ",
    Outcome.POSTPONED: "ให้เลื่อนการพิจารณาออกไป",
}
_WAYS = {
    Way.OURSELVES: "ให้หมู่บ้านดำเนินการเอง",
    Way.TOGETHER: "ให้หมู่บ้านดำเนินการร่วมกับหน่วยงานที่เกี่ยวข้อง",
    Way.ASK_SUPPORT: "ให้เสนอขอรับการสนับสนุนจากหน่วยงานที่เกี่ยวข้อง",
}
_WHOLE = ("ไม่เห็นชอบ", "งดออกเสียง", "ผู้แทน")
"""Words of the form that stay on one line."""
_KNOWN = Words(text="รับทราบ")


def compose_minutes(minutes: Minutes) -> Page:
    """The whole minutes. A draft, which has no code yet, says so in its heading."""
    content = minutes.content
    return Page(
        title=f"{_heading(content)} {plain(number_words(content.head))}",
        lines=tuple(_lines(minutes)),
        sheet=sign_sheet(content.head, _rows(content), turnout=(Words(text=_counted(content)),)),
        footer=_footer(minutes),
        names=_names(content),
    )


def _heading(content: MinutesContent) -> str:
    return f"รายงานการประชุมประชาคม{unit(content.head)}"


def _lines(minutes: Minutes) -> Iterator[Line]:
    content = minutes.content
    if not minutes.code:
        yield Line(style=Style.CENTRED, parts=(Words(text="(ร่าง)"),))
    day = (Words(text="เมื่อ"), *held_day(content.head))
    yield from heading_lines(content.head, _heading(content), day)
    yield from _people(content)
    yield from _opening(content)
    yield from _adoption(content)
    yield from carried_lines(content.head)
    if content.head.carried_over:
        yield _resolved(_KNOWN)
    yield from _matters(content)
    yield from _others(content)
    yield from _end(content)


def _field(text: str, *more: Part) -> Line:
    parts = (Words(text=text, bold=True), *more)
    return Line(style=Style.FIELD, parts=parts, with_next=not more)


def _point(label: str, *parts: Part) -> Line:
    return Line(style=Style.POINT, label=thai_digits(label), parts=parts)


def _people(content: MinutesContent) -> Iterator[Line]:
    """Who came, who did not, who took part besides, and when it began."""
    yield _field("ผู้มาประชุม")
    yield _point("1.", _name(content.chair), Mark.GAP, Words(text="ประธานที่ประชุม"))
    yield _point("2.", _name(content.recorder), Mark.GAP, Words(text="ผู้จดรายงานการประชุม"))
    yield _point(
        "3.", Words(text=f"ประชาชนใน{unit(content.head)} รวม{turnout(content)} รายชื่อตามบัญชีแนบท้าย")
    )
    yield _field("ผู้ไม่มาประชุม")
    yield detail_line(*_absent(content))
    yield _field("ผู้เข้าร่วมประชุม")
    yield from _guests(content)
    yield _field("เริ่มประชุมเวลา", *_clock(content.began_at))
    words = "เมื่อผู้มาประชุมพร้อมกันแล้ว ประธานกล่าวเปิดประชุมและดำเนินการตามระเบียบวาระการประชุม ดังนี้"
    yield Line(style=Style.PROSE, parts=(Words(text=words),))


def _guests(content: MinutesContent) -> Iterator[Line]:
    told = [(text, " (หน่วยงานร่วมจัด)") for text in content.head.conveners]
    told += [(text, "") for text in content.guests]
    if not told:
        yield detail_line(Words(text=NONE_TH))
    for number, (text, part) in enumerate(told, start=1):
        yield _point(f"{number}.", Words(text=official(text, PLACE_LIMIT) + part))


def _name(name: str) -> Part:
    told = official(name, NAME_LIMIT)
    return Words(text=told) if told else Dots(cm=5)


def _counted(content: MinutesContent) -> str:
    """«ผู้มาประชุม ๕๓ คน จาก ๔๑ ครัวเรือน (ทั้งหมด ๑๔๘ ครัวเรือน)», as far as known."""
    came, every = content.attendance, content.head.households
    parts = [f"ผู้มาประชุม\u00a0{came.present}\u00a0คน" if came.present else ""]
    parts += [f"จาก\u00a0{came.households}\u00a0ครัวเรือน" if came.households else ""]
    parts += [f"(ทั้งหมด\u00a0{every}\u00a0ครัวเรือน)" if every else ""]
    return thai_digits(" ".join(filter(None, parts)))


def turnout(content: MinutesContent) -> str:
    """«ผู้มาประชุม ๕๓ คน จาก ๔๑ ครัวเรือน (ร้อยละ ๒๗.๗ ของครัวเรือนทั้งหมด ๑๔๘ ครัวเรือน)», as far as known."""
    came, every = content.attendance, content.head.households
    text = f"ผู้มาประชุม\u00a0{came.present}\u00a0คน" if came.present else "ผู้มาประชุม"
    if came.households:
        text += f" จาก\u00a0{came.households}\u00a0ครัวเรือน"
        if every and came.households <= every:
            share = 100 * came.households / every
            text += f" (ร้อยละ\u00a0{share:.1f} ของครัวเรือนทั้งหมด\u00a0{every}\u00a0ครัวเรือน)"
    elif every:
        text += f" (ครัวเรือนทั้งหมด\u00a0{every}\u00a0ครัวเรือน)"
    return thai_digits(text)


def _absent(content: MinutesContent) -> tuple[Part, ...]:
    came, every = content.attendance.households, content.head.households
    if came is None or every is None or came > every:
        return (Mark.FILL,)
    if came == every:
        return (Words(text=NONE_TH),)
    missing = thai_digits(f"\u00a0{every - came}\u00a0ครัวเรือน")
    return (Words(text=f"ครัวเรือนที่ไม่มีผู้แทนมาประชุม จำนวน{missing}"),)


def _clock(at: datetime | None) -> tuple[Part, ...]:
    if at is None:
        return (Words(text=" "), Dots(cm=2), Words(text=" น."))
    return (Words(text=f" {thai_digits(at.astimezone(BANGKOK).strftime('%H.%M'))}\u00a0น."),)


def _resolved(*parts: Part, with_next: bool = False) -> Line:
    head = (Words(text="มติที่ประชุม", bold=True), Mark.GAP)
    return detail_line(*head, *parts, with_next=with_next)


def _opening(content: MinutesContent) -> Iterator[Line]:
    yield section_line(1, "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ")
    told = content.head.opening
    if not told:
        yield detail_line(Words(text=NONE_TH))
        return
    for number, text in enumerate(told, start=1):
        yield _point(f"1.{number}", Words(text=official(text, _NOTE_LIMIT)))
    yield _resolved(_KNOWN)


def _adoption(content: MinutesContent) -> Iterator[Line]:
    yield section_line(2, "เรื่องรับรองรายงานการประชุม")
    before = content.head.previous
    if before is None:
        yield detail_line(Words(text="ไม่มีรายงานการประชุมที่ต้องรับรอง"))
        return
    yield detail_line(previous_minutes(before), with_next=True)
    if content.adopted is None:
        yield _resolved(*choice("รับรองโดยไม่มีการแก้ไข"), *choice("รับรองโดยมีการแก้ไข"))
    elif content.adopted:
        changed = official(content.adopted, _NOTE_LIMIT)
        yield _resolved(Words(text=f"รับรองรายงานการประชุมโดยมีการแก้ไข ดังนี้ {changed}"))
    else:
        yield _resolved(Words(text="รับรองรายงานการประชุมโดยไม่มีการแก้ไข"))


def _matters(content: MinutesContent) -> Iterator[Line]:
    yield section_line(4, "เรื่องเสนอเพื่อพิจารณา")
    number = thai_digits(content.agenda_version)
    if content.items:
        told = (Words(text="ตามระเบียบวาระการประชุม "), Code(text=content.agenda_code))
        yield detail_line(*told, Words(text=f" ฉบับที่\u00a0{number}"), with_next=True)
    else:
        yield detail_line(Words(text=NONE_TH))
    for pillar, group in groupby(content.items, key=lambda x: x.item.pillar):
        items = tuple(group)
        text = f"{PILLAR_TH[pillar]} ({thai_digits(len(items))}\u00a0เรื่อง)"
        yield Line(style=Style.PILLAR, parts=(Words(text=text, bold=True),), with_next=True)
        for item in items:
            yield from _matter(item)


def _matter(decided: MinutesItem) -> Iterator[Line]:
    item = decided.item
    if decided.withheld:
        yield matter_line(4, item.number, "เรื่องที่ไม่เปิดเผย")
        yield detail_line(Words(text="อยู่ในความดูแลของหน่วยงานที่เกี่ยวข้อง ไม่พิจารณาในที่ประชุม"))
        return
    yield matter_line(4, item.number, decided.line)
    place = official(item.place, PLACE_LIMIT)
    where = (Mark.GAP, Words(text=f"สถานที่: {place}")) if place else ()
    yield detail_line(*stands_on(item.issue_code), *where, with_next=True)
    alone = not decided.amended and not decided.notes
    yield detail_line(Words(text=_evidence(item)), with_next=alone)
    if decided.amended:
        before = official(item.line, LINE_LIMIT)
        yield detail_line(Words(text=f"ที่ประชุมแก้ไขข้อความจากเดิม «{before}»"))
    for text in decided.notes:
        yield detail_line(Words(text=f"ที่ประชุมมีข้อคิดเห็นว่า {official(text, _NOTE_LIMIT)}"))
    yield _decision(decided)


def _evidence(item: AgendaItem) -> str:
    told = f"มีผู้แจ้ง\u00a0{item.people}\u00a0คน"
    if item.supporters:
        told += f" ผู้สนับสนุน\u00a0{item.supporters}\u00a0คน"
    if item.households:
        told += f" เดือดร้อนราว\u00a0{item.households}\u00a0ครัวเรือน"
    score = f"คะแนนความสำคัญ\u00a0{item.score.total:.1f}"
    return thai_digits(f"{told} {score}")


def _decision(decided: MinutesItem) -> Line:
    """What was resolved, with the votes, the way or the reason."""
    if decided.outcome is None:
        return _resolved(Words(text="ยังไม่มีมติ"))
    text = f"{_RESOLVED[decided.outcome]}{_with_votes(decided)}"
    if decided.way:
        text += f" {_WAYS[decided.way]}"
    reason = official(decided.reason, _NOTE_LIMIT)
    if reason:
        text += f" เนื่องจาก{reason}"
    return _resolved(Words(text=text))


def _with_votes(decided: MinutesItem) -> str:
    votes = decided.votes
    if votes is None or not votes.total:
        return ""
    if decided.outcome is Outcome.APPROVED and votes.for_it == votes.total:
        counted = f"เป็นเอกฉันท์ ด้วยคะแนนเสียง\u00a0{votes.for_it}\u00a0เสียง"
    else:
        counted = f" ด้วยคะแนนเสียง{_counts(votes)}"
    how = " (ลงคะแนนทางโทรศัพท์เคลื่อนที่)" if votes.polled else ""
    return thai_digits(f"{counted}{how}")


def _counts(votes: Votes) -> str:
    told = f"เห็นชอบ\u00a0{votes.for_it}\u00a0เสียง ไม่เห็นชอบ\u00a0{votes.against}\u00a0เสียง"
    return f"{told} งดออกเสียง\u00a0{votes.abstained}\u00a0เสียง"


def _others(content: MinutesContent) -> Iterator[Line]:
    yield section_line(5, "เรื่องอื่น ๆ")
    if not content.notes:
        yield detail_line(Words(text=NONE_TH))
    for number, text in enumerate(content.notes, start=1):
        yield _point(f"5.{number}", Words(text=official(text, _NOTE_LIMIT)))


def _end(content: MinutesContent) -> Iterator[Line]:
    yield replace(_field("เลิกประชุมเวลา", *_clock(content.ended_at)), with_next=True)
    yield from signature_lines("ผู้จดรายงานการประชุม", content.recorder, last=False)
    yield from signature_lines("ผู้ตรวจรายงานการประชุม", content.checker, last=True)


def _rows(content: MinutesContent) -> int:
    """A line for everybody who came, in whole pages; for half of the households where nobody counted."""
    came = content.attendance.present
    return sheet_rows(2 * came if came else content.head.households)


def _footer(minutes: Minutes) -> tuple[Part, ...]:
    day = official_date(minutes.closed_at.astimezone(BANGKOK).date())
    if not minutes.code:
        return (Words(text=f"ร่างรายงานการประชุม จัดทำ {day} ยังไม่รับรอง"),)
    return (
        Code(text=minutes.code), Words(text=f" รับรอง {day} รหัสตรวจสอบ "),
        Code(text=minutes.sha256[:8]),
    )  # fmt: skip


def _names(content: MinutesContent) -> tuple[str, ...]:
    told = [content.chair, content.recorder, content.checker, *content.head.conveners]
    told += [item.item.place for item in content.items]
    names = {*_WHOLE} | {
        part for text in told for part in official(text, PLACE_LIMIT).split(" ") if part
    }
    return tuple(sorted(names.union(names_in(content.head))))
