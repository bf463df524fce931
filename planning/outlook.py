"""An area at one look: its open matters, what moved since the last look, what waits for a decision."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from planning.areas import Village
from planning.calendar import PlanWindow
from planning.forums import Forum, ForumState
from planning.issues import IssueStanding
from planning.taxonomy import Pillar, categories

OLD = timedelta(days=30)
"""A forum is held at least once a month: what is older than that has missed one."""


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What came to one matter in a time. `fresh`: it was first told in it; `voices`: new people."""

    fresh: bool = False
    voices: int = 0


@dataclass(frozen=True, kw_only=True)
class LikelySame:
    """Two issues (by id) that may be one: a telling of `other` looked like `one`, `score` in 0..1."""

    one: int
    other: int
    score: float


class ForumNeed(StrEnum):
    """What a village's forum waits for."""

    DAY = "day"
    """No day is set, and there are matters."""
    MEETING = "meeting"
    """The day is set and still to come."""
    RESOLUTIONS = "resolutions"
    """The day has come, or the forum has begun to decide."""
    MINUTES = "minutes"
    """The meeting is over and its minutes are not closed."""


@dataclass(frozen=True, kw_only=True)
class ForumDue:
    """What one village's forum waits for. `on`: its day. `last`: when one was last held."""

    village_code: str
    need: ForumNeed
    on: date | None = None
    last: date | None = None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What waits for a decision: counts, and by village what its forum waits for.

    `window`: the village plan's, while it is open or near; only where one village is looked at.
    """

    questions: int = 0
    disputed: int = 0
    unsure: int = 0
    forums: tuple[ForumDue, ...] = ()
    window: PlanWindow | None = None

    def __bool__(self) -> bool:
        """Whether anything waits."""
        return bool(self.questions or self.disputed or self.unsure or self.forums)


@dataclass(frozen=True, kw_only=True)
class OutlookItem:
    """One open matter with what stands behind it and what moved."""

    standing: IssueStanding
    moved: Moved = Moved()

    @property
    def pillar(self) -> Pillar:
        """Its pillar of the plan."""
        return categories()[self.standing.issue.category].pillar

    @property
    def voices(self) -> int:
        """People who told it or support it."""
        return self.standing.people + self.standing.supporters

    def days(self, now: datetime) -> int:
        """How many days it has lasted, by its first telling or as somebody says."""
        issue, since = self.standing.issue, self.standing.since
        told = max(0, (now - issue.opened_at).days)
        return max(told, (now.date() - since).days) if since else told


@dataclass(frozen=True, kw_only=True)
class Only:
    """Which matters to look at; each part that is set must hold, none is all of them.

    `said`: the words that ask for it. `whole`: all of them, a page at a time. `topics`: categories, or
    words of a matter's line or place, one of which must hold.
    """

    said: str = ""
    whole: bool = False
    fresh: bool = False
    urgent: bool = False
    old: bool = False
    pillar: Pillar | None = None
    topics: tuple[frozenset[str], ...] = ()
    words: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether this is more than a look at everything."""
        return self != Only(said=self.said)

    def holds(self, item: OutlookItem, now: datetime) -> bool:
        """Whether a matter is to be looked at."""
        issue = item.standing.issue
        return (
            (not self.fresh or item.moved.fresh or item.moved.voices > 0)
            and (not self.urgent or issue.emergency)
            and (not self.old or item.days(now) >= OLD.days)
            and self.pillar in (None, item.pillar)
            and all(
                issue.category in topic or (word and word in f"{issue.neutral_line} {issue.place}")
                for topic, word in zip(self.topics, self.words, strict=True)
            )
        )


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What is seen at one look; each person counts once however much they told.

    `behind` has ids of those who told, by (village code, category). `items`: public open
    matters, the most pressing first. `since`: from when what moved is counted. `ended`: how many were
    settled since.
    """

    area: str
    villages: tuple[Village, ...]
    items: tuple[OutlookItem, ...]
    behind: Mapping[tuple[str, str], frozenset[int]] = field(repr=False)
    since: datetime
    now: datetime
    ended: int = 0
    waiting: Waiting = Waiting()

    @property
    def people(self) -> int:
        """People who told one of the matters, each counted once."""
        return self._people(lambda village, category: True)

    def people_of(self, village_code: str) -> int:
        """People who told a matter of one village."""
        return self._people(lambda village, category: village == village_code)

    def people_in(self, pillar: Pillar) -> int:
        """People who told a matter of one pillar."""
        return self._people(lambda village, category: categories()[category].pillar is pillar)

    def _people(self, counts: Callable[[str, str], bool]) -> int:
        told = (people for key, people in self.behind.items() if counts(*key))
        return len(frozenset().union(*told))

    @property
    def fresh(self) -> int:
        """Matters first told since the last look."""
        return sum(item.moved.fresh for item in self.items)

    @property
    def grown(self) -> int:
        """New voices for matters that were there before."""
        return sum(item.moved.voices for item in self.items if not item.moved.fresh)


def ranked(items: Iterable[OutlookItem]) -> tuple[OutlookItem, ...]:
    """Danger first, then by how many stand behind, then by age."""
    return tuple(
        sorted(
            items,
            key=lambda i: (
                not i.standing.issue.emergency,
                -i.voices,
                i.standing.issue.opened_at,
                i.standing.issue.id,
            ),
        )
    )


def by_pillar(items: Iterable[OutlookItem]) -> dict[Pillar, tuple[OutlookItem, ...]]:
    """The items of each pillar that has some, in the order agendas list them."""
    held = tuple(items)
    found = {pillar: tuple(i for i in held if i.pillar is pillar) for pillar in Pillar}
    return {pillar: inside for pillar, inside in found.items() if inside}


def foremost(items: Iterable[OutlookItem], most: int) -> tuple[OutlookItem, ...]:
    """The first of each pillar, and the first of all, `most` of them, by pillar."""
    order = tuple(items)
    first = [inside[0] for inside in by_pillar(order).values()]
    chosen = (first + [i for i in order if i not in first])[: max(most, len(first))]
    return tuple(i for inside in by_pillar(order).values() for i in inside if i in chosen)


def forum_due(
    village_code: str, forums: Iterable[Forum], has_matters: bool, today: date
) -> ForumDue | None:
    """What a village's forum waits for; None where nothing waits. `forums`: its own, oldest first."""
    held = tuple(forums)
    latest = held[-1] if held else None
    days = [f.held_on for f in held if f.held_on and f.held_on <= today]
    due = ForumDue(village_code=village_code, need=ForumNeed.DAY, last=max(days, default=None))
    open_one = latest is not None and latest.state is not ForumState.CLOSED
    if latest is None or not open_one:
        recent = due.last is not None and (today - due.last) < OLD
        return due if has_matters and not recent else None
    on = latest.held_on
    if latest.state is ForumState.PREPARING and on is None:
        return due if has_matters else None
    need = ForumNeed.RESOLUTIONS
    if latest.state is ForumState.PREPARING and on and on > today:
        need = ForumNeed.MEETING
    elif latest.state not in (ForumState.PREPARING, ForumState.DECIDING):
        need = ForumNeed.MINUTES
    return ForumDue(village_code=village_code, need=need, on=on, last=due.last)
