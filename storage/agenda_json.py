"""A frozen agenda as text, and back to an equal value."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from planning.forums import AgendaContent, AgendaItem, CarriedOver, Outcome, PreviousMinutes
from planning.issues import IssueState
from planning.ranking import ScoreParts, Weights
from planning.taxonomy import Pillar


def to_json(content: AgendaContent) -> str:
    """Text that `from_json` reads back to an equal value."""
    return json.dumps(asdict(content), ensure_ascii=False, default=date.isoformat)


def from_json(text: str) -> AgendaContent:
    """The content that `to_json` wrote."""
    raw: dict[str, Any] = json.loads(text)
    held_on = raw.pop("held_on")
    items = tuple(map(item_from, raw.pop("items")))
    carried = tuple(map(_carried, raw.pop("carried_over")))
    opening, conveners = tuple(raw.pop("opening", ())), tuple(raw.pop("conveners", ()))
    previous, weights = raw.pop("previous", None), raw.pop("weights", None)
    return AgendaContent(
        **raw,
        held_on=date.fromisoformat(held_on) if held_on else None,
        items=items,
        carried_over=carried,
        opening=opening,
        conveners=conveners,
        previous=_previous(previous) if previous else None,
        weights=Weights(**weights) if weights else None,
    )


def _previous(raw: dict[str, Any]) -> PreviousMinutes:
    day = raw["held_on"]
    return PreviousMinutes(**(raw | {"held_on": date.fromisoformat(day) if day else None}))


def item_from(raw: dict[str, Any]) -> AgendaItem:
    """One item as `to_json` wrote it."""
    typed = {"pillar": Pillar(raw["pillar"]), "score": ScoreParts(**raw["score"])}
    return AgendaItem(**(raw | typed))


def _carried(raw: dict[str, Any]) -> CarriedOver:
    outcome = raw.get("outcome")
    typed = {"state": IssueState(raw["state"]), "outcome": Outcome(outcome) if outcome else None}
    return CarriedOver(**(raw | typed))
