"""How a head arranges the draft of an agenda: a log of what was said, folded over the ranked items.

The log is the truth: nothing in it is changed, a later line takes an earlier one back. It stays true when
reports come in meanwhile and the ranking moves: an item is put before or after another one, not at a
number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from planning.forums import AgendaItem


class Arranging(StrEnum):
    """What a line of the log does. `WHEN`: day, time or place of the forum became another."""

    BEFORE = "before"
    AFTER = "after"
    PIN = "pin"
    UNPIN = "unpin"
    TAKE_OUT = "take_out"
    BRING_IN = "bring_in"
    TELL = "tell"
    TELL_NOT = "tell_not"
    CONVENER = "convener"
    CONVENER_NOT = "convener_not"
    WHEN = "when"


@dataclass(frozen=True, kw_only=True)
class ArrangingLine:
    """One line of the log of a forum. `key` is unique within the forum: the same line twice counts once.

    `issue_code`: the item it is about, `other_code` the one it goes before or after. `words`: the
    reason for taking it out, what the chair tells, who convenes, when the forum is.
    """

    id: int
    forum_id: int
    key: str
    act: Arranging
    at: datetime
    issue_code: str = ""
    other_code: str = ""
    words: str = field(default="", repr=False)
    actor_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Arrangement:
    """What the log says now. `moves`: (item, whether before, other item) in the order they were said.

    `pinned` in the order of pinning, `taken_out` with the reasons, `brought_in`: items that the
    ranking alone would not take up. `opening` and `conveners` as they stand on the agenda.
    """

    moves: tuple[tuple[str, bool, str], ...] = ()
    pinned: tuple[str, ...] = ()
    taken_out: Mapping[str, str] = field(default_factory=dict, repr=False)
    brought_in: frozenset[str] = frozenset()
    opening: tuple[str, ...] = field(default=(), repr=False)
    conveners: tuple[str, ...] = ()


def arrangement(lines: Iterable[ArrangingLine]) -> Arrangement:
    """The fold of a forum's log, in order of its lines' numbers; doubled lines count once."""
    found, heard = _Fold(), set[str]()
    for line in sorted(lines, key=lambda x: x.id):
        if line.key not in heard:
            heard.add(line.key)
            found.say(line)
    return Arrangement(
        moves=tuple(found.moves),
        pinned=tuple(found.pinned),
        taken_out=found.taken_out,
        brought_in=frozenset(found.brought_in),
        opening=tuple(found.opening),
        conveners=tuple(found.conveners),
    )


@dataclass(kw_only=True)
class _Fold:
    moves: list[tuple[str, bool, str]] = field(default_factory=list)
    pinned: list[str] = field(default_factory=list)
    taken_out: dict[str, str] = field(default_factory=dict)
    brought_in: set[str] = field(default_factory=set)
    opening: list[str] = field(default_factory=list)
    conveners: list[str] = field(default_factory=list)

    def say(self, line: ArrangingLine) -> None:
        code = line.issue_code
        match line.act:
            case Arranging.BEFORE | Arranging.AFTER:
                self.moves.append((code, line.act is Arranging.BEFORE, line.other_code))
            case Arranging.PIN:
                _put(self.pinned, code)
            case Arranging.UNPIN:
                _drop(self.pinned, code)
            case Arranging.TAKE_OUT:
                self.taken_out[code] = line.words
                _drop(self.pinned, code)
            case Arranging.BRING_IN:
                self.taken_out.pop(code, None)
                self.brought_in.add(code)
            case Arranging.TELL:
                _put(self.opening, line.words)
            case Arranging.TELL_NOT:
                _drop(self.opening, line.words)
            case Arranging.CONVENER:
                _put(self.conveners, line.words)
            case Arranging.CONVENER_NOT:
                _drop(self.conveners, line.words)
            case Arranging.WHEN:
                pass


def _put(into: list[str], what: str) -> None:
    if what not in into:
        into.append(what)


def _drop(out_of: list[str], what: str) -> None:
    if what in out_of:
        out_of.remove(what)


def arranged(items: Iterable[AgendaItem], how: Arrangement) -> tuple[AgendaItem, ...]:
    """The ranked items as the head wants them: pinned ones first, then by pillar, moved within each.

    No item comes or goes but those taken out; a move between two sections says nothing (any more).
    """
    left = {item.issue_code: item for item in items if item.issue_code not in how.taken_out}
    pins = [replace(left[code], pinned=True) for code in how.pinned if code in left]
    rest = [item for code, item in left.items() if code not in how.pinned]
    sections: dict[str, list[AgendaItem]] = {"pinned": pins}
    for item in rest:
        sections.setdefault(item.pillar, []).append(item)
    for section in sections.values():
        _move(section, how)
    ordered = [item for section in sections.values() for item in section]
    return tuple(replace(item, number=n) for n, item in enumerate(ordered, start=1))


def _move(section: list[AgendaItem], how: Arrangement) -> None:
    for code, before, other in how.moves:
        here = [item.issue_code for item in section]
        if code == other or code not in here or other not in here:
            continue
        item = section.pop(here.index(code))
        at = next(n for n, one in enumerate(section) if one.issue_code == other)
        section.insert(at if before else at + 1, item)


def neighbour(items: tuple[AgendaItem, ...], code: str, *, up: bool) -> AgendaItem | None:
    """The item next to one within its section, whose place it can take; None at the section's end."""
    at = next((n for n, item in enumerate(items) if item.issue_code == code), None)
    if at is None:
        return None
    beside = at - 1 if up else at + 1
    if not 0 <= beside < len(items):
        return None
    one, other = items[at], items[beside]
    same = one.pinned == other.pinned and (one.pinned or one.pillar is other.pillar)
    return other if same else None
