"""What a forum decided on one picture, for the village's group: short lines, numbers of people, no names."""

import json
from collections import Counter
from typing import Any

from bot.documents.fonts import SARABUN
from bot.documents.forum_text import LINE_LIMIT, number_words, official, unit, village_title
from bot.documents.parts import plain
from bot.documents.typesetting import drawn
from bot.documents.words import pieces
from planning.forums import Outcome, Way
from planning.minutes import Minutes, MinutesContent, MinutesItem
from planning.thai import official_date, thai_digits

_MOST_ITEMS, _TWO_LINES = 12, 100
_OPEN = "open"
_COUNTED = {
    Outcome.APPROVED.value: "เห็นชอบ",
    Outcome.POSTPONED.value: "เลื่อนไปก่อน",
    Outcome.REJECTED.value: "ไม่เห็นชอบ",
    _OPEN: "ยังไม่มีมติ",
}
_WAYS = {
    Way.OURSELVES: "หมู่บ้านทำเอง",
    Way.TOGETHER: "ทำร่วมกับหน่วยงาน",
    Way.ASK_SUPPORT: "ขอรับการสนับสนุน",
}
_FOOT = (
    "ผลนี้มาจากรายงานการประชุมที่รับรองแล้ว {code}",
    "อยากรู้เรื่องที่ท่านแจ้ง ทักบอตแล้วพิมพ์ «เรื่องของฉัน»",
)


def results_png(minutes: Minutes) -> bytes:
    """The picture, 1080 points wide and as high as it needs; the same bytes for the same minutes."""
    told = json.dumps(_data(minutes), ensure_ascii=False)
    return drawn("results.typ", {"results": told, "font": SARABUN}, "png")


def _data(minutes: Minutes) -> dict[str, Any]:
    content = minutes.content
    items = sorted(_shown(content), key=lambda x: (list(_COUNTED).index(_kind(x)), x.item.number))
    names = tuple(official(x.item.place, 60) for x in items)
    village = village_title(content.head)
    return {
        "title": f"ผลประชาคม {village}",
        "heading": pieces(f"ผลประชาคม{unit(content.head)}"),
        "village": pieces(village, (village,)),
        "lines": [pieces(line) for line in _lines(content)],
        "counts": _counts(items),
        "items": [_row(item, names) for item in items[:_MOST_ITEMS]],
        "more": pieces(thai_digits(_more(len(items) - _MOST_ITEMS))),
        "foot": [pieces(line.format(code=minutes.code)) for line in _FOOT],
    }


def _shown(content: MinutesContent) -> list[MinutesItem]:
    return [item for item in content.items if not item.withheld]


def _kind(item: MinutesItem) -> str:
    return item.outcome.value if item.outcome else _OPEN


def _lines(content: MinutesContent) -> list[str]:
    head, came = content.head, content.attendance
    lines = [plain(number_words(head))]
    if head.held_on:
        lines[0] += f" วันที่ {official_date(head.held_on)}"
    if came.present:
        told = f"ผู้มาประชุม {came.present} คน"
        told += f" จาก {came.households} ครัวเรือน" if came.households else ""
        lines.append(thai_digits(told))
    return lines


def _counts(items: list[MinutesItem]) -> list[dict[str, Any]]:
    counted = Counter(map(_kind, items))
    return [
        {"kind": kind, "number": [thai_digits(counted[kind])], "words": pieces(words)}
        for kind, words in _COUNTED.items()
        if counted[kind]
    ]


def _row(item: MinutesItem, names: tuple[str, ...]) -> dict[str, Any]:
    return {
        "kind": _kind(item),
        "number": thai_digits(item.item.number),
        "line": _short(pieces(official(item.line, LINE_LIMIT), names)),
        "words": pieces(_words(item), ("ไม่เห็นชอบ",)),
    }


def _short(line: tuple[str, ...]) -> tuple[str, ...]:
    """About two lines' worth of whole words."""
    length = 0
    for number, piece in enumerate(line):
        length += len(piece)
        if length > _TWO_LINES:
            return (*line[:number], "…")
    return line


def _words(item: MinutesItem) -> str:
    """«เห็นชอบ ๔๒ ต่อ ๓ เสียง – ขอรับการสนับสนุน»."""
    text = _COUNTED[_kind(item)]
    if item.votes and item.votes.total and item.outcome:
        counted = (item.votes.for_it, item.votes.against)
        more, less = counted[::-1] if item.outcome is Outcome.REJECTED else counted
        text += f" {more} ต่อ {less} เสียง"
    if item.way:
        text += f" – {_WAYS[item.way]}"
    return thai_digits(text)


def _more(count: int) -> str:
    return f"และอีก {count} เรื่อง ดูในรายงานการประชุม" if count > 0 else ""
