"""«สรุป»: the open issues of an area by pillar, for those whose role covers it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from handlers.context import Turn
from handlers.dialogue import intents as i
from handlers.dialogue import texts as t
from handlers.messages import Button
from handlers.officers import open_questions
from handlers.places import AreaBook, find_villages, names_only_villages
from planning.areas import Village
from planning.issues import OPEN_STATES, IssueStanding
from planning.roles import Action, Role
from planning.taxonomy import PILLAR_TH, Pillar, categories
from planning.thai import chat_date

_LINES = 12
_NEW = timedelta(days=7)


async def summarise(turn: Turn, intent: i.Summarise) -> None:
    """The summary of the area asked for (or of the asker's own), within the asker's area."""
    turn.outcome = "summary"
    name, villages = _area(turn, intent.area.strip())
    allowed = tuple(v for v in villages if turn.may(Action.SEE_SUMMARY, v.code))
    if not allowed:
        known = bool(villages) and not turn.grants
        turn.say(t.NOT_ALLOWED if known or not turn.grants else t.NOT_FOUND)
        return
    standings: list[IssueStanding] = []
    behind: dict[str, frozenset[int]] = {}
    for village in allowed:
        standings.extend(await turn.uow.issues.standings(village.code, OPEN_STATES))
        behind |= await turn.uow.issues.people_behind(village.code, OPEN_STATES)
    since = turn.conversation.looked_at or turn.now - _NEW
    asked = [len(await open_questions(turn, v.code)) for v in allowed]
    questions = t.SUMMARY_QUESTIONS.format(count=sum(asked)) if sum(asked) else ""
    turn.say(
        summary_text(name, allowed, standings, behind, since, turn.now) + questions,
        Button(label=t.BUTTON_AGENDA, data="agenda"),
    )
    turn.remember(looked_at=turn.now)


def _area(turn: Turn, words: str) -> tuple[str, tuple[Village, ...]]:
    """The area's name and its villages: as named, or the asker's own."""
    return _named(turn.areas, words) if words else _own_area(turn)


def _named(areas: AreaBook, words: str) -> tuple[str, tuple[Village, ...]]:
    """A tambon or district by name, or the likeliest village."""
    everywhere = areas.all()
    bare = words.removeprefix("ตำบล").removeprefix("ต.").removeprefix("อำเภอ").removeprefix("อ.")
    bare = bare.strip()
    if not words.startswith("บ้าน"):
        for part, title in (("tambon", "ตำบล"), ("district", "อำเภอ")):
            inside = tuple(v for v in everywhere if getattr(v, part) == bare)
            if inside:
                return f"{title}{bare}", inside
    found = find_villages(words, everywhere)
    return (found[0].title, found[:1]) if found else (words, ())


def area_exists(areas: AreaBook, words: str) -> bool:
    """Whether the words name an area and hardly more: «บ้านนาสวรรค์ น้ำไม่ไหล» tells something."""
    title, inside = _named(areas, words)
    if not inside or title.startswith(("ตำบล", "อำเภอ")):
        return bool(inside)
    return names_only_villages(words, inside) or " ".join(words.split()) in inside[0].title


def _own_area(turn: Turn) -> tuple[str, tuple[Village, ...]]:
    if turn.village and turn.may(Action.SEE_SUMMARY, turn.village.code):
        heads = any(g.role is Role.HEAD and g.area == turn.village.code for g in turn.grants)
        if heads or all(len(g.area) > 6 for g in turn.grants):
            return turn.village.title, (turn.village,)
    inside = tuple(v for v in turn.areas.all() if turn.may(Action.SEE_SUMMARY, v.code))
    if len(inside) == 1:
        return inside[0].title, inside
    tambons, districts = {v.tambon for v in inside}, {v.district for v in inside}
    if len(tambons) == 1:
        return f"ตำบล{tambons.pop()}", inside
    return (f"อำเภอ{districts.pop()}" if len(districts) == 1 else "พื้นที่ของท่าน"), inside


def summary_text(
    area: str,
    villages: Sequence[Village],
    standings: Sequence[IssueStanding],
    behind: Mapping[str, frozenset[int]],
    since: datetime,
    now: datetime,
) -> str:
    """The summary as sent in chat. `standings` hold no confidential matter (checked again here).

    `behind`: ids of who told the open public matters, by village; each person counts once.
    """
    shown = [s for s in standings if not s.issue.confidential and s.reports]
    if not shown:
        return t.SUMMARY_NONE.format(area=area)
    fresh = sum(s.issue.opened_at > since for s in shown)
    head = t.SUMMARY_HEAD.format(
        area=area,
        date=chat_date(now),
        issues=len(shown),
        people=len(frozenset().union(*behind.values())),
        new=f" ใหม่ {fresh} เรื่อง" if fresh else "",
    )
    lines = [head]
    if len(villages) > 1:
        lines += _by_village(villages, shown, behind)
    return "\n".join([*lines, *_by_pillar(shown, since)])


def _by_village(
    villages: Sequence[Village],
    shown: Sequence[IssueStanding],
    behind: Mapping[str, frozenset[int]],
) -> list[str]:
    lines = []
    for village in villages:
        own = [s for s in shown if s.issue.village_code == village.code]
        if own:
            people = len(behind.get(village.code, ()))
            lines.append(
                t.SUMMARY_VILLAGE.format(village=village.title, issues=len(own), people=people)
            )
    return lines


def _by_pillar(shown: Sequence[IssueStanding], since: datetime) -> list[str]:
    lines: list[str] = []
    top = sorted(shown, key=lambda s: (-s.people - s.supporters, s.issue.opened_at))
    kept = _kept(top)
    number = 0
    for pillar in Pillar:
        inside = [s for s in top if _pillar(s) is pillar]
        if inside:
            lines.append(f"\n{PILLAR_TH[pillar]} ({len(inside)} เรื่อง)")
        for standing in inside:
            if standing.issue.id in kept:
                number += 1
                lines.append(_line(number, standing, since))
    if len(shown) > len(kept):
        lines.append(t.SUMMARY_MORE.format(count=len(shown) - len(kept)))
    return lines


def _kept(top: Sequence[IssueStanding]) -> set[int]:
    """Ids of the issues that are shown: the largest of each pillar, and the largest of all."""
    first = {_pillar(s): s.issue.id for s in reversed(top)}
    return set(first.values()) | {s.issue.id for s in top[:_LINES]}


def _pillar(standing: IssueStanding) -> Pillar:
    return categories()[standing.issue.category].pillar


def _line(number: int, standing: IssueStanding, since: datetime) -> str:
    return t.SUMMARY_LINE.format(
        number=number,
        line=standing.issue.neutral_line,
        people=standing.people,
        new=" (ใหม่)" if standing.issue.opened_at > since else "",
        code=standing.issue.code,
    )
