"""Minutes of a forum (รายงานการประชุม): made from its frozen agenda and the record of how it went.

A pure value: equal contents are the same minutes. A draft is read and corrected; what is closed never changes.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime

from planning.forum_record import Attendance, ForumRecord, ItemRecord, Votes
from planning.forums import AgendaContent, AgendaItem, AgendaVersion, Forum, Outcome, Way
from planning.thai import BANGKOK

Shown = Callable[[str], str | None]
"""Somebody's words as they may be printed; None for what must not stand before the public at all."""


@dataclass(frozen=True, kw_only=True)
class MinutesItem:
    """One matter of the agenda and what the forum made of it.

    `item`: as the frozen agenda has it. `line`: the wording that was decided on, `amended` where the forum
    changed it. `withheld`: it became confidential after the agenda was frozen, so nothing of it is printed.
    """

    item: AgendaItem
    line: str
    amended: bool = False
    votes: Votes | None = None
    outcome: Outcome | None = None
    way: Way | None = None
    reason: str = ""
    notes: tuple[str, ...] = ()
    withheld: bool = False


@dataclass(frozen=True, kw_only=True)
class MinutesContent:
    """What minutes say. `head`: village, number, day and place as on the agenda, without its matters.

    `chair`, `recorder`, `checker`: names as the head gave them, "" for a line to write on. Times are aware,
    None where nobody knows them. `adopted`: what was put right in the minutes before, "" for nothing, None
    where they were not adopted. `left_out`: how many notes may not be printed.
    """

    head: AgendaContent
    agenda_code: str
    agenda_version: int
    began_at: datetime | None
    ended_at: datetime | None
    attendance: Attendance
    items: tuple[MinutesItem, ...]
    chair: str = field(default="", repr=False)
    recorder: str = field(default="", repr=False)
    checker: str = field(default="", repr=False)
    guests: tuple[str, ...] = field(default=(), repr=False)
    adopted: str | None = field(default=None, repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
    left_out: int = 0


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """Minutes that were read, corrected and closed; a draft has no code. `sha256` is that of the content."""

    id: int
    code: str
    forum_id: int
    closed_at: datetime
    sha256: str
    content: MinutesContent


def minutes_hash(content: MinutesContent) -> str:
    """SHA-256 (hex) of the content in canonical JSON."""
    text = json.dumps(asdict(content), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def write_minutes(
    forum: Forum,
    version: AgendaVersion,
    record: ForumRecord,
    secret: Collection[str],
    shown: Shown,
) -> MinutesContent:
    """The minutes of a forum as its record stands.

    `secret`: codes of issues that are confidential by now. Times of another day than the forum's are left
    to be filled in: they tell when somebody typed, not when people met.
    """
    words = _Words(shown)
    head = _head(forum, version.content, record, secret)
    kept = {x.number: x for x in record.items}
    items = tuple(
        _item(item, kept.get(item.number) or ItemRecord(number=item.number), secret, words)
        for item in version.content.items
    )
    content = MinutesContent(
        head=head,
        agenda_code=version.code,
        agenda_version=version.version,
        began_at=_of_day(record.began_at, head),
        ended_at=_of_day(record.ended_at, head),
        attendance=record.attendance,
        items=items,
        chair=record.chair,
        recorder=record.recorder,
        checker=record.checker,
        guests=record.guests,
        adopted=None if record.adopted is None else words.one(record.adopted),
        notes=words.all(record.notes),
    )
    return replace(content, left_out=words.left_out)


class _Words:
    """Prepares what was typed, and counts what may not be printed."""

    def __init__(self, shown: Shown) -> None:
        self._shown = shown
        self.left_out = 0

    def all(self, texts: Iterable[str]) -> tuple[str, ...]:
        """What may be printed of some texts."""
        return tuple(text for text in map(self.one, texts) if text)

    def one(self, text: str) -> str:
        """A text as it may be printed, "" where it may not."""
        said = self._shown(text) if text.strip() else ""
        self.left_out += said is None
        return said or ""


def _head(
    forum: Forum, content: AgendaContent, record: ForumRecord, secret: Collection[str]
) -> AgendaContent:
    """The agenda's head, with number, day and place as they were; without a day, that on which it began."""
    day = forum.held_on
    if day is None and record.began_at:
        day = record.began_at.astimezone(BANGKOK).date()
    return replace(
        content,
        items=(),
        carried_over=tuple(c for c in content.carried_over if c.issue_code not in secret),
        forum_number=forum.number,
        year_be=forum.year_be,
        held_on=day,
        held_at=forum.held_at,
        place=forum.place,
    )


def _of_day(at: datetime | None, head: AgendaContent) -> datetime | None:
    return at if at and at.astimezone(BANGKOK).date() == head.held_on else None


def _item(
    item: AgendaItem, kept: ItemRecord, secret: Collection[str], words: _Words
) -> MinutesItem:
    if item.issue_code in secret:
        return MinutesItem(item=replace(item, line="", place=""), line="", withheld=True)
    amended = words.one(kept.line)
    return MinutesItem(
        item=item,
        line=amended or item.line,
        amended=bool(amended) and amended != item.line,
        votes=kept.votes,
        outcome=kept.outcome,
        way=kept.way,
        reason=words.one(kept.reason),
        notes=words.all(kept.notes),
    )
