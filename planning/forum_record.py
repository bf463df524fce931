"""What happened at a forum: a log of what was said there, and the record it folds into.

The log is the truth: a line is never changed, only struck out by a later one. Lines may come late, twice
or in any order (a phone that was without a network); the record is made of them in the order of
`said_at`, so that it does not depend on when they came.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from planning.forum_lines import ABSTAIN, AGAINST, FOR
from planning.forum_lines import ForumLine as ForumLine
from planning.forum_lines import Said as Said
from planning.forum_lines import in_order as in_order
from planning.forum_lines import standing as standing_lines
from planning.forums import AgendaItem, Outcome, Way


@dataclass(frozen=True, kw_only=True)
class Attendance:
    """Who came: counted by hand, or checked in by phone. Households where they were counted."""

    people: int = 0
    households: int | None = None
    checked_in: int = 0

    @property
    def present(self) -> int:
        """How many were there, as far as is known; 0 where nobody counted."""
        return max(self.people, self.checked_in)


@dataclass(frozen=True, kw_only=True)
class Votes:
    """Votes on one item, counted by hand or (`polled`) on the phones of those checked in."""

    for_it: int
    against: int
    abstained: int = 0
    polled: bool = False

    @property
    def total(self) -> int:
        """How many voted."""
        return self.for_it + self.against + self.abstained


@dataclass(frozen=True, kw_only=True)
class ItemRecord:
    """What happened on one item of the frozen agenda. `line`: as amended, "" where it was not.

    `way` is None on an approved item until it is said. `reason`, `returns_on`: why it was rejected or
    postponed, and from when it is to come back. `polling`: a poll on the phones is open. `actor_id`: who
    recorded the decision.
    """

    number: int
    line: str = field(default="", repr=False)
    votes: Votes | None = None
    outcome: Outcome | None = None
    way: Way | None = None
    decided_at: datetime | None = None
    notes: tuple[str, ...] = field(default=(), repr=False)
    reason: str = field(default="", repr=False)
    returns_on: date | None = None
    polling: bool = False
    actor_id: int | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing is left to say of it: decided, and the way known where it needs one."""
        return self.outcome is not None and (
            self.outcome is not Outcome.APPROVED or self.way is not None
        )


@dataclass(frozen=True, kw_only=True)
class ForumRecord:
    """A forum as it went: what the minutes are written from.

    `chair`, `recorder`, `checker`: names as the head gave them, "" where not. `guests`: who took part besides
    the village. `adopted`: what was put right in the minutes of the forum before when they were adopted, ""
    for nothing, None where they were not adopted. `notes`: what was said under no item.
    `begun`: something was said that only a meeting can say, «we begin» or not.
    `corrections`: how many lines were struck out or said anew before the minutes were closed.
    """

    forum_id: int
    begun: bool = False
    began_at: datetime | None = None
    ended_at: datetime | None = None
    chair: str = field(default="", repr=False)
    recorder: str = field(default="", repr=False)
    checker: str = field(default="", repr=False)
    guests: tuple[str, ...] = field(default=(), repr=False)
    adopted: str | None = field(default=None, repr=False)
    attendance: Attendance = Attendance()
    items: tuple[ItemRecord, ...] = ()
    open_item: int | None = None
    notes: tuple[str, ...] = field(default=(), repr=False)
    corrections: int = 0

    def item(self, number: int) -> ItemRecord | None:
        """What happened on the item of a number."""
        return next((i for i in self.items if i.number == number), None)


_BEGINS = frozenset(
    {
        Said.BEGIN,
        Said.ATTENDANCE,
        Said.VOTES,
        Said.OPEN_POLL,
        Said.RESOLVE,
        Said.AMEND,
        Said.NOTE,
    }
)
_OFFICES = ("chair", "recorder", "checker")


def record(forum_id: int, lines: Iterable[ForumLine], items: Iterable[AgendaItem]) -> ForumRecord:
    """What the lines of one forum say together, on the items of its frozen agenda.

    `content` of a line: BEGIN, END `at` (ISO, for setting the time right; a BEGIN without it after an END
    goes on with the meeting); ATTENDANCE `people`, `households`; CHECK_IN `comer`, `household`;
    OFFICE `chair`, `recorder`, `checker`; GUEST `text`; ADOPT `changes`; VOTES `for`, `against`,
    `abstained`; OPEN_POLL `by` ("person" or "household"); BALLOT `comer`, `household`, `choice`; RESOLVE
    `outcome`, `way`, `reason`, `returns_on` (the same outcome said again, or none, adds to what was said);
    AMEND `line`; NOTE `text`; STRIKE `key` of the line struck out, else the last before it that can be. A
    CHECK_IN or BALLOT with `count` stands for
    so many whose own lines were wiped. A line without its item may say `here`: the item being talked of
    when it was said. What names no item of the agenda is left out.
    """
    standing, struck = standing_lines(in_order(lines))
    fold = _Fold(forum_id, tuple(item.number for item in items))
    for line in standing:
        fold.take(line)
    return fold.closed(struck)


class _Poll(NamedTuple):
    """A poll on one item: from when, until when, one vote a "person" or "household"."""

    opened_at: datetime
    by: str
    closed_at: datetime | None = None

    def hears(self, at: datetime) -> bool:
        """Whether a ballot of that time counts."""
        return self.opened_at <= at and (self.closed_at is None or at <= self.closed_at)


class _Fold:
    """Takes the standing lines of a log one by one."""

    def __init__(self, forum_id: int, numbers: tuple[int, ...]) -> None:
        self._record = ForumRecord(forum_id=forum_id)
        self._items = {number: ItemRecord(number=number) for number in numbers}
        self._polls: dict[int, _Poll] = {}
        self._ballots: dict[int, list[ForumLine]] = {}
        self._came: list[ForumLine] = []
        self._said_anew = 0

    def take(self, line: ForumLine) -> None:
        """What one line changes."""
        if line.said in _BEGINS and not line.content.get("at"):
            self._record = replace(self._record, begun=True)
        here = self._record.open_item if line.content.get("here") else None
        item = self._items.get(line.item_number or here or 0)
        match line.said:
            case Said.BEGIN | Said.END:
                self._frame(line)
            case Said.CHECK_IN:
                self._came.append(line)
            case Said.ATTENDANCE:
                self._attendance(line.content)
            case Said.OFFICE:
                names = {k: str(v) for k, v in line.content.items() if k in _OFFICES}
                self._record = replace(self._record, **names)  # type: ignore[arg-type]
            case Said.GUEST:
                guests = (*self._record.guests, str(line.content.get("text", "")))
                self._record = replace(self._record, guests=guests)
            case Said.ADOPT:
                changes = str(line.content.get("changes", ""))
                self._record = replace(self._record, adopted=changes)
            case Said.OPEN_ITEM:
                self._record = replace(self._record, open_item=item.number if item else None)
            case Said.NOTE if item is None:
                notes = (*self._record.notes, str(line.content.get("text", "")))
                self._record = replace(self._record, notes=notes)
            case _ if item is not None:
                self._on_item(line, item)

    def _frame(self, line: ForumLine) -> None:
        """When it began and ended."""
        at = _moment(line.content.get("at"))
        if line.said is Said.END and not self._record.begun:
            return  # said of a meeting that never was
        if line.said is Said.END:
            ended = at or self._record.ended_at or line.said_at
            self._record = replace(self._record, ended_at=ended)
        elif at:
            self._record = replace(self._record, began_at=at)
        else:
            began = self._record.began_at
            at_hand = self._record.open_item if began else None
            self._record = replace(
                self._record, began_at=began or line.said_at, ended_at=None, open_item=at_hand
            )

    def _attendance(self, content: Mapping[str, Any]) -> None:
        said = {k: int(content[k]) for k in ("people", "households") if content.get(k) is not None}
        now = replace(self._record.attendance, **said)
        self._record = replace(self._record, attendance=now)

    def _on_item(self, line: ForumLine, item: ItemRecord) -> None:
        number, content = item.number, line.content
        match line.said:
            case Said.VOTES:
                self._polls.pop(number, None)
                votes = Votes(
                    for_it=int(content["for"]),
                    against=int(content["against"]),
                    abstained=int(content.get("abstained") or 0),
                )
                self._said_anew += item.votes not in (None, votes)
                item = replace(item, votes=votes)
            case Said.OPEN_POLL:
                self._polls[number] = _Poll(line.said_at, str(content.get("by", "person")))
            case Said.CLOSE_POLL if number in self._polls:
                self._polls[number] = self._polls[number]._replace(closed_at=line.said_at)
            case Said.BALLOT:
                self._ballots.setdefault(number, []).append(line)
            case Said.RESOLVE:
                item = self._resolved(line, item)
            case Said.AMEND:
                item = replace(item, line=str(content.get("line", "")))
            case Said.NOTE:
                item = replace(item, notes=(*item.notes, str(content.get("text", ""))))
            case _:
                pass
        self._items[number] = item

    def _resolved(self, line: ForumLine, item: ItemRecord) -> ItemRecord:
        content = line.content
        outcome = Outcome(content["outcome"]) if "outcome" in content else item.outcome
        if outcome is None:
            return item
        again = (
            item if outcome is item.outcome else replace(item, way=None, reason="", returns_on=None)
        )
        way = Way(content["way"]) if content.get("way") else again.way
        day = content.get("returns_on")
        other_way = again.way is not None and way is not again.way
        self._said_anew += item.outcome not in (None, outcome) or other_way
        return replace(
            again,
            outcome=outcome,
            way=way if outcome is Outcome.APPROVED else None,
            reason=str(content.get("reason") or again.reason),
            returns_on=date.fromisoformat(day) if day else again.returns_on,
            decided_at=line.said_at,
            actor_id=line.actor_id,
        )

    def closed(self, struck: int) -> ForumRecord:
        """The record, with polls and check-ins counted."""
        ended = self._record.ended_at is not None
        items = []
        for number, item in self._items.items():
            poll = self._polls.get(number)
            if poll:
                votes = _tally(poll, self._ballots.get(number, ()))
                item = replace(item, votes=votes, polling=not (poll.closed_at or ended))
            items.append(item)
        return replace(
            self._record,
            attendance=_with_comers(self._record.attendance, self._came),
            items=tuple(items),
            corrections=struck + self._said_anew,
        )


def _moment(text: object) -> datetime | None:
    return datetime.fromisoformat(text) if isinstance(text, str) and text else None


def _with_comers(counted: Attendance, came: Iterable[ForumLine]) -> Attendance:
    """The attendance with those who checked in; their households where nobody counted households."""
    comers: dict[str, str] = {}
    people, households = 0, 0
    for line in came:
        if "count" in line.content:
            people += int(line.content["count"])
            households += int(line.content.get("households") or 0)
        else:
            comer = str(line.content.get("comer", ""))
            comers[comer] = str(line.content.get("household") or comers.get(comer, ""))
    households += len({house for house in comers.values() if house})
    told = counted.households if counted.households is not None else households or None
    return replace(counted, checked_in=people + len(comers), households=told)


def _tally(poll: _Poll, ballots: Iterable[ForumLine]) -> Votes:
    """The votes of a poll: a voter's last word counts; of a household, that of who voted first."""
    counts = dict.fromkeys((FOR, AGAINST, ABSTAIN), 0)
    voices: dict[str, str] = {}
    speaks_for: dict[str, str] = {}
    for line in ballots:
        choice = str(line.content.get("choice", ""))
        if choice not in counts or not poll.hears(line.said_at):
            continue
        if "count" in line.content:
            counts[choice] += int(line.content["count"])
            continue
        comer = str(line.content.get("comer", ""))
        house = str(line.content.get("household") or "") if poll.by == "household" else ""
        if not house or speaks_for.setdefault(house, comer) == comer:
            voices[comer] = choice
    for choice in voices.values():
        counts[choice] += 1
    return Votes(
        for_it=counts[FOR], against=counts[AGAINST], abstained=counts[ABSTAIN], polled=True
    )
