"""Closed minutes as text, and back to an equal value."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from planning.forum_record import Attendance, Votes
from planning.forums import Outcome, Way
from planning.minutes import MinutesContent, MinutesItem
from storage import agenda_json


def to_json(content: MinutesContent) -> str:
    """Text that `from_json` reads back to an equal value."""
    return json.dumps(asdict(content), ensure_ascii=False, default=lambda when: when.isoformat())


def from_json(text: str) -> MinutesContent:
    """The content that `to_json` wrote."""
    raw: dict[str, Any] = json.loads(text)
    head = agenda_json.from_json(json.dumps(raw["head"]))
    typed = {
        "head": head,
        "began_at": _moment(raw["began_at"]),
        "ended_at": _moment(raw["ended_at"]),
        "attendance": Attendance(**raw["attendance"]),
        "items": tuple(map(_item, raw["items"])),
        "guests": tuple(raw["guests"]),
        "notes": tuple(raw["notes"]),
    }
    return MinutesContent(**(raw | typed))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _item(raw: dict[str, Any]) -> MinutesItem:
    typed = {
        "item": agenda_json.item_from(raw["item"]),
        "votes": Votes(**raw["votes"]) if raw["votes"] else None,
        "outcome": Outcome(raw["outcome"]) if raw["outcome"] else None,
        "way": Way(raw["way"]) if raw["way"] else None,
        "notes": tuple(raw["notes"]),
    }
    return MinutesItem(**(raw | typed))
