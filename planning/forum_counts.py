"""Who came and how they voted, made into mere numbers: what is left when the minutes are closed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from planning.forum_lines import ABSTAIN, AGAINST, FOR, ForumLine, Said, in_order
from planning.forum_record import Votes, record
from planning.forums import AgendaItem


def counted(
    forum_id: int, lines: Iterable[ForumLine], items: Iterable[AgendaItem]
) -> tuple[ForumLine, ...]:
    """Lines with `count` that stand for the check-ins and ballots of a forum.

    The record made of them and of all the other lines is the one made of `lines`.
    """
    said = in_order(lines)
    kept = record(forum_id, said, items)
    found = []
    came = [line for line in said if line.said is Said.CHECK_IN]
    if came:
        numbers = {"count": kept.attendance.checked_in, "households": _households(came)}
        found.append(_stands_for(came[-1], "counted:check_in", numbers))
    for item in kept.items:
        opened = [x for x in said if x.said is Said.OPEN_POLL and x.item_number == item.number]
        if item.votes and item.votes.polled and opened:
            found += [
                _stands_for(
                    replace(opened[-1], said=Said.BALLOT),
                    f"counted:{item.number}:{choice}",
                    {"choice": choice, "count": count},
                )
                for choice, count in _choices(item.votes).items()
            ]
    return tuple(found)


def _households(came: Iterable[ForumLine]) -> int:
    """How many households checked in; what stands for others says so itself."""
    said = {str(x.content.get("comer")): x.content.get("household") for x in _said_house(came)}
    counted = sum(int(x.content.get("households") or 0) for x in came if "count" in x.content)
    return len(set(said.values())) + counted


def _said_house(came: Iterable[ForumLine]) -> Iterable[ForumLine]:
    return (line for line in came if line.content.get("household"))


def _choices(votes: Votes) -> Mapping[str, int]:
    return {FOR: votes.for_it, AGAINST: votes.against, ABSTAIN: votes.abstained}


def _stands_for(line: ForumLine, key: str, content: Mapping[str, Any]) -> ForumLine:
    return replace(line, id=0, key=key, actor_id=None, content=content)
