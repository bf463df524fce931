"""From an area as it was named to what is seen there: the facts behind a summary and a digest."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.places import AreaBook, find_villages, names_only_villages
from planning.areas import Village, covers
from planning.calendar import PlanLevel, PlanWindow, target_fiscal_year
from planning.forums import Forum
from planning.issues import OPEN_STATES, IssueStanding
from planning.outlook import (
    LikelySame,
    Moved,
    Outlook,
    OutlookItem,
    Waiting,
    forum_due,
    ranked,
)
from planning.reports import keeps_confidential
from planning.roles import Action, Role, RoleGrant, may
from planning.thai import BANGKOK
from storage.unit import UnitOfWork

_NEAR = timedelta(days=45)
"""How long before its window opens a village's plan is spoken of."""


@dataclass(frozen=True, kw_only=True)
class Scope:
    """An area that somebody may look at: what it is called, its villages, the codes that cover them.

    `key` is what its looks are kept under: its one code, or "" where it has several.
    """

    name: str
    villages: tuple[Village, ...]
    codes: tuple[str, ...]

    @property
    def key(self) -> str:
        """The one code, or ""."""
        return self.codes[0] if len(self.codes) == 1 else ""


def scope_of(
    areas: AreaBook, grants: tuple[RoleGrant, ...], home: Village | None, words: str
) -> Scope | None:
    """The area named (or the asker's own where nothing is), as far as their roles cover it.

    None where they may see nothing of it.
    """
    name, villages = _named(areas, words) if words else _own(areas, grants, home)
    allowed = tuple(v for v in villages if may(grants, Action.SEE_SUMMARY, v.code))
    if not allowed:
        return None
    return Scope(name=name, villages=allowed, codes=_covering(allowed, areas.all()))


def scope_over(areas: AreaBook, code: str) -> Scope | None:
    """The area of a code, whoever asks; None where it has no village."""
    name, villages = _of_code(areas, code)
    if not villages:
        return None
    return Scope(name=name, villages=villages, codes=_covering(villages, areas.all()))


def area_known(areas: AreaBook, words: str) -> bool:
    """Whether words name an area, right or half right."""
    return bool(_named(areas, words)[1])


def area_exists(areas: AreaBook, words: str) -> bool:
    """Whether the words name an area and hardly more: «บ้านนาสวรรค์ น้ำไม่ไหล» tells something."""
    title, inside = _named(areas, words)
    if not inside or title.startswith(("ตำบล", "อำเภอ")):
        return bool(inside)
    return names_only_villages(words, inside) or " ".join(words.split()) in inside[0].title


def _of_code(areas: AreaBook, code: str) -> tuple[str, tuple[Village, ...]]:
    inside = tuple(v for v in areas.all() if covers(code, v.code))
    if not inside:
        return code, ()
    first = inside[0]
    names = {6: f"ตำบล{first.tambon}", 4: f"อำเภอ{first.district}", 2: f"จังหวัด{first.province}"}
    return names.get(len(code), first.title), inside


def _named(areas: AreaBook, words: str) -> tuple[str, tuple[Village, ...]]:
    """A tambon or district by name or code, or the likeliest village."""
    if re.fullmatch(r"\d{4}|\d{6}", words):
        return _of_code(areas, words)
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


def _own(
    areas: AreaBook, grants: tuple[RoleGrant, ...], home: Village | None
) -> tuple[str, tuple[Village, ...]]:
    """A kamnan's tambon, a head's village, else all that the roles cover."""
    tambon = next((g.area for g in grants if g.role is Role.KAMNAN), "")
    if tambon:
        return _of_code(areas, tambon)
    if home and may(grants, Action.SEE_SUMMARY, home.code):
        heads = any(g.role is Role.HEAD and g.area == home.code for g in grants)
        if heads or all(len(g.area) > 6 for g in grants):
            return home.title, (home,)
    inside = tuple(v for v in areas.all() if may(grants, Action.SEE_SUMMARY, v.code))
    if len(inside) == 1:
        return inside[0].title, inside
    tambons, districts = {v.tambon for v in inside}, {v.district for v in inside}
    if len(tambons) == 1:
        return f"ตำบล{tambons.pop()}", inside
    return (f"อำเภอ{districts.pop()}" if len(districts) == 1 else "พื้นที่ของท่าน"), inside


def _covering(villages: tuple[Village, ...], everywhere: tuple[Village, ...]) -> tuple[str, ...]:
    """The fewest codes that cover these villages and no others."""
    if len(villages) == 1:
        return (villages[0].code,)
    wanted = {v.code for v in villages}
    for digits in (4, 6):
        codes = {code[:digits] for code in wanted}
        whole = all(v.code in wanted for v in everywhere if v.code[:digits] in codes)
        if whole:
            return tuple(sorted(codes))
    return tuple(sorted(wanted))


async def outlook(
    uow: UnitOfWork,
    scope: Scope,
    since: datetime,
    now: datetime,
    *,
    until: datetime | None = None,
    besides: int | None = None,
    unsure_for: timedelta = timedelta(hours=1),
) -> Outlook:
    """What is seen in an area; what moved is counted from `since` to `until` (now).

    `besides`: whose own changes of state are no news. What the machine asked a teller waits for a
    decision when `unsure_for` has passed.
    """
    until = until or now
    items: list[OutlookItem] = []
    behind: dict[tuple[str, str], frozenset[int]] = {}
    ended = 0
    for code in scope.codes:
        moved = await uow.movements.moved(code, OPEN_STATES, since, until)
        found = await uow.issues.standings(code, OPEN_STATES)
        items += [_item(s, moved) for s in found if _public(s)]
        behind |= await uow.movements.tellers(code, OPEN_STATES)
        changed = await uow.movements.changed(code, since, until, besides)
        ended += sum(state not in OPEN_STATES for state in changed.values())
    return Outlook(
        area=scope.name,
        villages=scope.villages,
        items=ranked(items),
        behind=behind,
        since=since,
        now=now,
        ended=ended,
        waiting=await _waiting(uow, scope, items, since, now, now - unsure_for),
    )


def _item(standing: IssueStanding, moved: dict[int, Moved]) -> OutlookItem:
    return OutlookItem(standing=standing, moved=moved.get(standing.issue.id, Moved()))


def _public(standing: IssueStanding) -> bool:
    issue = standing.issue
    private = keeps_confidential(issue.category, issue.kind, issue.confidential)
    return not private and standing.reports > 0


async def _waiting(
    uow: UnitOfWork,
    scope: Scope,
    items: Iterable[OutlookItem],
    since: datetime,
    now: datetime,
    asked_before: datetime,
) -> Waiting:
    questions = disputed = 0
    unsure: list[LikelySame] = []
    by_village: dict[str, list[Forum]] = defaultdict(list)
    for code in scope.codes:
        questions += (await uow.movements.questions(code, since))[0]
        disputed += len(await uow.movements.disputed(code))
        unsure += await uow.movements.unsure(code, asked_before)
        for forum in await uow.forums.in_area(code):
            by_village[forum.village_code].append(forum)
    matters = {item.standing.issue.village_code for item in items}
    today = now.astimezone(BANGKOK).date()
    dues = (forum_due(v.code, by_village[v.code], v.code in matters, today) for v in scope.villages)
    return Waiting(
        questions=questions,
        disputed=disputed,
        unsure=len(unsure),
        forums=tuple(due for due in dues if due),
        window=await _window(uow, scope, now),
    )


async def _window(uow: UnitOfWork, scope: Scope, now: datetime) -> PlanWindow | None:
    """The window of the village's plan, while it is open or near."""
    if len(scope.villages) != 1:
        return None
    today = now.astimezone(BANGKOK).date()
    year = target_fiscal_year(today)
    for each in await uow.plans.windows(scope.villages[0].district_code, year):
        if each.level is PlanLevel.VILLAGE and each.opens - _NEAR <= today <= each.closes:
            return each
    return None
