"""An area at one look, in words for a small phone."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from handlers.dialogue import texts as t
from handlers.messages import Button
from planning.issues import Issue
from planning.outlook import (
    ForumDue,
    ForumNeed,
    Only,
    Outlook,
    OutlookItem,
    Waiting,
    by_pillar,
    foremost,
)
from planning.taxonomy import PILLAR_TH
from planning.thai import BANGKOK, chat_date

FOREMOST = 6
"""Matters on the first screen: the largest of each pillar, and the largest of all."""
PAGE = 8
_VILLAGES = 10


def summary_text(seen: Outlook) -> str:
    """The first screen."""
    if not seen.items:
        return "\n\n".join(filter(None, [t.SUMMARY_NONE.format(area=seen.area), _waiting(seen)]))
    head = t.SUMMARY_HEAD.format(
        area=seen.area, date=chat_date(seen.now), issues=len(seen.items), people=seen.people
    )
    parts = [f"{head}\n{_trend(seen)}", _waiting(seen)]
    if len(seen.villages) > 1:
        parts.append(_by_village(seen))
    return "\n\n".join(filter(None, [*parts, *_by_pillar(seen)]))


def numbered(seen: Outlook) -> dict[int, tuple[int, OutlookItem]]:
    """(number, item) by issue id, of the matters on the first screen, in their order there."""
    shown = foremost(seen.items, FOREMOST)
    return {item.standing.issue.id: (n, item) for n, item in enumerate(shown, start=1)}


def _trend(seen: Outlook) -> str:
    counts = (
        (seen.fresh, t.SUMMARY_FRESH), (seen.grown, t.SUMMARY_GROWN), (seen.ended, t.SUMMARY_ENDED),
    )  # fmt: skip
    moved = " ".join(phrase.format(count=n) for n, phrase in counts if n)
    return t.SUMMARY_SINCE.format(date=chat_date(seen.since), moved=moved or t.SUMMARY_STILL)


def _waiting(seen: Outlook) -> str:
    """What waits for a decision, a line each; "" where nothing does."""
    lines = list(waiting_lines(seen.waiting, len(seen.villages) > 1, seen.now))
    return "\n".join([t.SUMMARY_WAITING, *lines]) if lines else ""


def waiting_lines(waiting: Waiting, several: bool, now: datetime) -> Iterator[str]:
    """Each thing that waits; `several`: over several villages."""
    for count, phrase in (
        (waiting.questions, t.SUMMARY_QUESTIONS),
        (waiting.disputed, t.SUMMARY_DISPUTED),
        (waiting.unsure, t.SUMMARY_UNSURE),
    ):
        if count:
            yield phrase.format(count=count)
    if several:
        yield from _forums(waiting.forums)
    else:
        yield from (_forum(due, now) for due in waiting.forums)
    if waiting.window:
        window = waiting.window
        yield t.SUMMARY_WINDOW.format(
            year=window.fiscal_year,
            opens=chat_date(window.opens),
            closes=chat_date(window.closes),
        )


def _forum(due: ForumDue, now: datetime) -> str:
    if due.need is ForumNeed.DAY:
        phrase = t.SUMMARY_NO_DAY_LAST if due.last else t.SUMMARY_NO_DAY
        return phrase.format(date=chat_date(due.last) if due.last else "")
    if due.need is ForumNeed.MEETING and due.on:
        days = (due.on - now.astimezone(BANGKOK).date()).days
        return t.SUMMARY_MEETING.format(date=chat_date(due.on), days=days)
    if due.need is ForumNeed.MINUTES:
        return t.SUMMARY_MINUTES
    phrase = t.SUMMARY_RESOLUTIONS if due.on else t.SUMMARY_RESOLUTIONS_OPEN
    return phrase.format(date=chat_date(due.on) if due.on else "")


def _forums(dues: Sequence[ForumDue]) -> Iterator[str]:
    missing = sum(due.need is ForumNeed.DAY for due in dues)
    days = [due.on for due in dues if due.need is ForumNeed.MEETING and due.on]
    begun = len(dues) - missing - len(days)
    if missing:
        yield t.SUMMARY_VILLAGES_NO_DAY.format(count=missing)
    if days:
        yield t.SUMMARY_VILLAGES_MEETING.format(count=len(days), date=chat_date(min(days)))
    if begun:
        yield t.SUMMARY_VILLAGES_OPEN.format(count=begun)


def _by_village(seen: Outlook) -> str:
    """The villages that have matters, the most first."""
    held = []
    for village in seen.villages:
        own = [i for i in seen.items if i.standing.issue.village_code == village.code]
        if own:
            held.append((-len(own), village.code, village, own))
    lines = [
        t.SUMMARY_VILLAGE.format(
            village=village.title,
            issues=len(own),
            people=seen.people_of(village.code),
            new=_new_count(own),
        )
        for _, _, village, own in sorted(held, key=lambda row: row[:2])
    ]
    rest = len(lines) - _VILLAGES
    more = [t.SUMMARY_VILLAGES_MORE.format(count=rest)] if rest > 0 else []
    return "\n".join([*lines[:_VILLAGES], *more])


def _new_count(items: Sequence[OutlookItem]) -> str:
    fresh = sum(item.moved.fresh for item in items)
    return t.SUMMARY_NEW_COUNT.format(count=fresh) if fresh else ""


def _by_pillar(seen: Outlook) -> Iterator[str]:
    shown = numbered(seen)
    for pillar, inside in by_pillar(seen.items).items():
        head = t.SUMMARY_PILLAR.format(
            pillar=PILLAR_TH[pillar], issues=len(inside), people=seen.people_in(pillar)
        )
        lines = [
            line_of(*shown[item.standing.issue.id], seen.now)
            for item in inside
            if item.standing.issue.id in shown
        ]
        hidden = len(inside) - len(lines)
        more = [t.SUMMARY_MORE.format(count=hidden)] if hidden else []
        yield "\n".join([head, *lines, *more])


def page_text(
    seen: Outlook, only: Only, found: Sequence[OutlookItem], skip: int, page: int = PAGE
) -> str:
    """A page of the matters that a filter holds, numbered through."""
    said = only.said.removeprefix("เรื่อง")
    if not found:
        return t.SUMMARY_ONLY_NONE.format(area=seen.area, said=said)
    phrase = t.SUMMARY_WHOLE if len(found) == len(seen.items) and only.whole else t.SUMMARY_ONLY
    head = phrase.format(area=seen.area, said=said, date=chat_date(seen.now), issues=len(found))
    lines = [
        line_of(number, item, seen.now)
        for number, item in enumerate(found[skip : skip + page], start=skip + 1)
    ]
    rest = len(found) - skip - len(lines)
    more = [t.SUMMARY_MORE.format(count=rest)] if rest else []
    return "\n".join([head, *lines, *more])


def line_of(number: int, item: OutlookItem, now: datetime) -> str:
    """One matter: what, how many people and households, how long, what came, its code."""
    issue, homes = item.standing.issue, item.standing.households
    return t.SUMMARY_LINE.format(
        number=number,
        line=f"⚠️ {issue.neutral_line}" if issue.emergency else issue.neutral_line,
        people=item.standing.people,
        homes=t.SUMMARY_HOMES.format(count=homes) if homes else "",
        age=age_words(item.days(now)),
        moved=_moved(item),
        code=issue.code,
    )


def _moved(item: OutlookItem) -> str:
    if item.moved.fresh:
        return t.SUMMARY_NEW
    return t.SUMMARY_MORE_PEOPLE.format(count=item.moved.voices) if item.moved.voices else ""


def age_words(days: int) -> str:
    """How long something has lasted, in the largest unit that says enough."""
    if days >= 730:
        return t.AGE_YEARS.format(count=days // 365)
    if days >= 60:
        return t.AGE_MONTHS.format(count=days // 30)
    return t.AGE_DAYS.format(count=days) if days else t.AGE_TODAY


def issue_button(number: int, issue: Issue) -> Button:
    """Opens a matter on the desk."""
    label = f"{number} {t.of_category(issue.category)}"
    return Button(label=label[:20], data=f"desk:{issue.code}")
