"""An area at one look as a picture: how much in each pillar, what is new, what weighs most."""

import json
from collections.abc import Sequence

from bot.documents.fonts import SARABUN
from bot.documents.typesetting import drawn
from bot.documents.words import pieces
from handlers.ports import MadeFile
from planning.outlook import Outlook, OutlookItem, by_pillar
from planning.taxonomy import PILLAR_TH, Pillar
from planning.thai import chat_date

PNG_TYPE = "image/png"
TITLE = "สรุป{area}"
SUBTITLE = "{date} · ใหม่ นับตั้งแต่ {since}"
OPEN, PEOPLE, FRESH, GROWN = "เรื่องเปิดอยู่", "คนแจ้ง", "เรื่องใหม่", "คนแจ้งเพิ่ม"
BY_PILLAR, BY_VILLAGE, TOP = "แต่ละด้านมีกี่เรื่อง", "แต่ละหมู่บ้านมีกี่เรื่อง", "เรื่องที่มีคนแจ้งมากที่สุด"
SOME_VILLAGES = " ({shown} จาก {all})"
COUNT = "{issues} เรื่อง {people} คน"
DETAIL_TODAY, DETAIL_DAYS, DETAIL_HOMES = "แจ้งวันนี้", "มา {days} วัน", " · {homes} ครัวเรือน"
VOICES = "{count} คน"
LEGEND = "เรื่องใหม่"
NOTE = "ไม่แสดงชื่อผู้แจ้งและเรื่องลับ"
_PILLAR_COLOURS = {
    Pillar.INFRASTRUCTURE: "#1f5f99",
    Pillar.ECONOMY: "#8a7a00",
    Pillar.SOCIAL: "#7a3f8c",
    Pillar.ENVIRONMENT: "#1b7a4f",
    Pillar.SECURITY: "#a3262a",
    Pillar.ADMINISTRATION: "#4a5560",
}
_VILLAGE_COLOUR = "#1b4d3e"
_TOP, _VILLAGES = 5, 10


def summary_picture(seen: Outlook) -> MadeFile:
    """A PNG, 1080 pixels wide; the same bytes for the same outlook. Figures and formal lines only."""
    inputs = {"summary": json.dumps(_data(seen), ensure_ascii=False), "font": SARABUN}
    picture = drawn("summary.typ", inputs, "png")
    day = seen.now.date().isoformat()
    return MadeFile(name=f"summary-{day}.png", media_type=PNG_TYPE, data=picture)


def _data(seen: Outlook) -> dict[str, object]:
    groups = [(BY_PILLAR, _pillar_rows(seen))]
    if len(seen.villages) > 1:
        held = len({i.standing.issue.village_code for i in seen.items})
        some = SOME_VILLAGES.format(shown=_VILLAGES, all=held) if held > _VILLAGES else ""
        groups.append((BY_VILLAGE + some, _village_rows(seen)))
    names = tuple(v.title for v in seen.villages)
    return {
        "title": pieces(TITLE.format(area=seen.area), (seen.area, *names)),
        "subtitle": pieces(SUBTITLE.format(date=chat_date(seen.now), since=chat_date(seen.since))),
        "figures": _figures(seen),
        "groups": [{"heading": pieces(heading), "rows": rows} for heading, rows in groups],
        "top-heading": pieces(TOP),
        "top": _top_rows(seen),
        "legend": pieces(LEGEND) if seen.fresh else (),
        "note": pieces(NOTE),
    }


def _figures(seen: Outlook) -> list[dict[str, object]]:
    figures = [(len(seen.items), OPEN, False), (seen.people, PEOPLE, False)]
    figures += [(n, name, True) for n, name in ((seen.fresh, FRESH), (seen.grown, GROWN)) if n]
    return [{"number": f"{n:,}", "name": pieces(name), "new": new} for n, name, new in figures]


def _pillar_rows(seen: Outlook) -> list[dict[str, object]]:
    held = by_pillar(seen.items)
    most = max((len(inside) for inside in held.values()), default=1)
    return [
        _bar(PILLAR_TH[pillar], inside, seen.people_in(pillar), most, _PILLAR_COLOURS[pillar])
        for pillar, inside in held.items()
    ]


def _village_rows(seen: Outlook) -> list[dict[str, object]]:
    held = []
    for village in seen.villages:
        own = [i for i in seen.items if i.standing.issue.village_code == village.code]
        if own:
            held.append((village, own))
    held.sort(key=lambda row: (-len(row[1]), row[0].code))
    most = max((len(own) for _, own in held), default=1)
    return [
        _bar(village.title, own, seen.people_of(village.code), most, _VILLAGE_COLOUR)
        for village, own in held[:_VILLAGES]
    ]


def _bar(
    name: str, items: Sequence[OutlookItem], people: int, most: int, colour: str
) -> dict[str, object]:
    fresh = sum(item.moved.fresh for item in items)
    return {
        "name": pieces(name, (name,)),
        "value": pieces(COUNT.format(issues=len(items), people=people)),
        "share": len(items) / most,
        "new-share": fresh / most,
        "colour": colour,
    }


def _top_rows(seen: Outlook) -> list[dict[str, object]]:
    top = sorted(seen.items, key=lambda i: (-i.voices, i.standing.issue.opened_at))[:_TOP]
    return [_top_row(item, seen) for item in top]


def _top_row(item: OutlookItem, seen: Outlook) -> dict[str, object]:
    homes = item.standing.households
    days = item.days(seen.now)
    detail = DETAIL_DAYS.format(days=days) if days else DETAIL_TODAY
    detail += DETAIL_HOMES.format(homes=homes) if homes else ""
    detail += _village(item, seen)
    return {
        "line": pieces(item.standing.issue.neutral_line),
        "detail": pieces(detail),
        "people": pieces(VOICES.format(count=item.voices)),
        "new": item.moved.fresh,
        "colour": _PILLAR_COLOURS[item.pillar],
    }


def _village(item: OutlookItem, seen: Outlook) -> str:
    """Which village it is of, where several are seen."""
    if len(seen.villages) < 2:
        return ""
    code = item.standing.issue.village_code
    return next((f" · {v.title}" for v in seen.villages if v.code == code), "")
