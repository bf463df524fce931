"""When a forum is best held: the windows of the plans it serves, and the days to choose from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from planning.calendar import PlanLevel, PlanWindow, target_fiscal_year
from planning.forums import Forum
from planning.thai import BANGKOK

NOTICE_DAYS = 3
"""Days between today and the first day that is offered: people must hear of it."""
_SOON = 120
"""Days up to which a window that opens later is waited for."""
_CHOICES = 3
_SATURDAY = 5
_TAKES_LATE = frozenset({PlanLevel.TAMBON, PlanLevel.LOCAL, PlanLevel.DISTRICT})
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})")


@dataclass(frozen=True, kw_only=True)
class Serves:
    """What a forum on a day serves: the village plan of `window`, and what can still be reached late.

    `late`: windows of the year before, for which the village's own has closed, that are not over.
    """

    window: PlanWindow
    late: tuple[PlanWindow, ...] = ()

    @property
    def year(self) -> int:
        """Fiscal year (Buddhist) of the village plan."""
        return self.window.fiscal_year


def years_around(day: date) -> tuple[int, int]:
    """The two fiscal years (Buddhist) whose windows decide about a forum on that day."""
    year = target_fiscal_year(date(day.year, 1, 1))
    return year, year + 1


def serves(day: date, windows: Iterable[PlanWindow]) -> Serves:
    """What a forum on `day` serves. `windows`: all levels of both of `years_around(day)`."""
    by_year: dict[int, list[PlanWindow]] = {}
    for window in windows:
        by_year.setdefault(window.fiscal_year, []).append(window)
    own = [w for y in sorted(by_year) for w in by_year[y] if w.level is PlanLevel.VILLAGE]
    chosen = next((w for w in own if day <= w.closes), own[-1])
    late = tuple(
        w
        for w in by_year.get(chosen.fiscal_year - 1, ())
        if w.level in _TAKES_LATE and day <= w.closes
    )
    return Serves(window=chosen, late=late)


def days_to_offer(today: date, served: Serves) -> tuple[date, ...]:
    """Three Saturdays or Sundays inside the window that is open or opens soon, and before it the next one.

    Where that is long off: the next three weekend days, before a late level closes while there is one.
    """
    first, window = today + timedelta(days=NOTICE_DAYS), served.window
    ends = min((w.closes for w in served.late), default=None)
    if served.late and ends:
        return _weekends(first, ends) or _weekends(first, None)
    if window.opens > first + timedelta(days=_SOON):
        return _weekends(first, None)
    inside = _weekends(max(first, window.opens), window.closes)
    early = _weekends(first, None)[:1] if window.opens > first + timedelta(days=14) else ()
    return (*early, *inside) or _weekends(first, None)


def _weekends(first: date, last: date | None) -> tuple[date, ...]:
    days = (first + timedelta(days=n) for n in range(14 * _CHOICES))
    fit = [d for d in days if d.weekday() >= _SATURDAY and (last is None or d <= last)]
    return tuple(fit[:_CHOICES])


def starts_at(forum: Forum) -> datetime | None:
    """When a forum begins, aware; its day's end where no hour is known, None without a day."""
    if forum.held_on is None:
        return None
    clock = _CLOCK.search(forum.held_at)
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (23, 59)
    if hour > 23 or minute > 59:
        hour, minute = 23, 59
    return datetime.combine(forum.held_on, time(hour, minute), BANGKOK)


def when_key(forum: Forum) -> str:
    """Day, hour and place in one line: equal when nobody need be told anew. "" without a day."""
    if forum.held_on is None:
        return ""
    return f"{forum.held_on.isoformat()}|{forum.held_at}|{forum.place}"
