"""Scores of the duplicate search (`prachakhom evaluate duplicates`)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter

from nlp.comparing import compare
from nlp.duplicates import reasons
from nlp.evaluation.measures import auc, bcubed_f1, best_f1, precision_at_recall, share
from nlp.evaluation.rows import (
    Predictions,
    Reader,
    Row,
    Scores,
    landmarks,
    telling,
)
from nlp.joining import TELLINGS, likelihood, pairs
from nlp.positions import METRES_PER_DEGREE
from nlp.values import Candidate, DuplicateMatch, Telling


@dataclass
class State:
    """Issues by village: key -> tellings so far."""

    issues: dict[str, dict[str, list[Telling]]] = field(default_factory=dict)

    def add(self, key: str, told: Telling) -> None:
        """Put a telling under an issue of its village."""
        self.issues.setdefault(told.village, {}).setdefault(key, []).append(told)

    def candidates(self, village: str) -> list[Candidate]:
        """The village's issues with their latest tellings."""
        return [
            Candidate(key=k, tellings=tuple(t[-TELLINGS:]))
            for k, t in self.issues.get(village, {}).items()
        ]


@dataclass(frozen=True)
class Played:
    """One message: its gold issues, what was open of them, and what the search said."""

    id: str
    gold: tuple[str, ...]
    known: bool
    found: tuple[DuplicateMatch, ...]
    milliseconds: float

    @property
    def linked(self) -> str:
        """The issue joined without asking; empty if none."""
        return self.found[0].key if self.found and self.found[0].link else ""

    @property
    def suggested(self) -> bool:
        """Whether a right issue was linked or among the suggestions."""
        if self.linked:
            return self.linked in self.gold
        return any(m.key in self.gold for m in self.found[:3])


def evaluate_duplicates_corpus(
    messages: Iterable[Row], issues: Iterable[Row], villages: Iterable[Row], reader: Reader
) -> tuple[Scores, Predictions]:
    """Plays a corpus in time order; gold sets the state before each message, never the decision.

    `issues` are the gold issues; only their ids are used, to hold messages and issues together.
    """
    rows = list(messages)
    told = told_of(rows, issues, villages, reader)
    dialects = {str(m["message_id"]): str(m.get("dialect") or "") for m in rows}
    played = _play(told, reader)
    scores = _scores(played)
    truth = [gold[0] for _, gold, _ in told]
    alone, confirmed = (_clustered(told, reader, confirmed=c) for c in (False, True))
    scores["bcubed_f1"] = bcubed_f1(truth, alone)
    scores["bcubed_f1_confirmed"] = bcubed_f1(truth, confirmed)
    scores["ms_per_message"] = round(median(p.milliseconds for p in played), 3) if played else 0.0
    scores["by_dialect"] = {
        dialect: _scores([p for p in played if dialects[p.id] == dialect])
        for dialect in sorted({*dialects.values()} - {""})
    }
    return scores, [
        {**_prediction(p), "cluster_alone": a, "cluster_confirmed": c}
        for p, a, c in zip(played, alone, confirmed, strict=True)
    ]


Told = tuple[str, tuple[str, ...], Telling]
"""Message id, its gold issues, and the message as the search sees it."""


def told_of(
    messages: Iterable[Row], issues: Iterable[Row], villages: Iterable[Row], reader: Reader
) -> list[Told]:
    """The messages with content of a corpus in time order."""
    names = {str(i["issue_id"]) for i in issues}
    known = landmarks(villages)
    out = []
    for row in sorted(messages, key=lambda m: datetime.fromisoformat(str(m["sent_at"]))):
        gold = tuple(str(i) for i in row["issue_ids"] if str(i) in names)
        if gold:
            read = reader.read(str(row["text"]), known.get(str(row["village_code"]), ()))
            out.append((str(row["message_id"]), gold, telling(row, read)))
    return out


def _play(told: Sequence[Told], reader: Reader) -> list[Played]:
    """Each message against the gold state before it."""
    state, seen, out = State(), set[str](), []
    for name, gold, new in told:
        start = perf_counter()
        found = reader.duplicates(new, state.candidates(new.village))
        spent = (perf_counter() - start) * 1e3
        out.append(Played(name, gold, bool(seen & set(gold)), found, spent))
        for key in gold:
            state.add(key, new)
        seen |= set(gold)
    return out


def _scores(played: Sequence[Played]) -> Scores:
    """The figures that stand on the gold state."""
    linked = [p for p in played if p.linked]
    right = sum(p.linked in p.gold for p in linked)
    existing = [p for p in played if p.known]
    opening = [p for p in played if not p.known]
    return {
        "n": len(played),
        "auto_precision": share(right, len(linked)),
        "auto_coverage": share(right, len(existing)),
        "suggest_at_3": share(sum(p.suggested for p in existing), len(existing)),
        "false_alarm": share(sum(bool(p.found) for p in opening), len(opening)),
    }


def _clustered(told: Sequence[Told], reader: Reader, confirmed: bool) -> list[str]:
    """The cluster of each message on the machine's own state; a cluster is called by its first message.

    Questions are answered truthfully (`confirmed`), or nobody can be asked and the likeliest
    candidate is taken where it is likely enough.
    """
    state, said, truth = State(), [], dict[str, str]()
    for name, gold, new in told:
        found = reader.duplicates(new, state.candidates(new.village))
        sure = found and (found[0].link or (found[0].together and not confirmed))
        key = found[0].key if sure else ""
        if not key and confirmed:
            key = next((m.key for m in found[:3] if truth[m.key] in gold), "")
        key = key or name
        truth.setdefault(key, gold[0])
        state.add(key, new)
        said.append(key)
    return said


def _prediction(p: Played) -> dict[str, object]:
    """What was decided for one message."""
    return {
        "id": p.id,
        "linked": p.linked,
        "matches": [
            {"key": m.key, "score": m.score, "link": m.link, "reasons": list(m.reasons)}
            for m in p.found
        ],
        "issue_existed": p.known,
    }


def evaluate_duplicate_pairs(rows: Iterable[Row], reader: Reader) -> tuple[Scores, Predictions]:
    """AUC, best F1 and precision at 80 % recall over pairs judged same or different."""
    scores: list[float] = []
    gold: list[bool] = []
    predictions: Predictions = []
    for row in rows:
        value, why = _pair_score(row, reader)
        predictions.append({"id": str(row["id"]), "score": round(value, 4), "reasons": list(why)})
        if row["label"] != "unsure":
            scores.append(value)
            gold.append(row["label"] == "same")
    return {
        "n": len(scores),
        "auc": auc(scores, gold),
        "best_f1": best_f1(scores, gold),
        "precision_at_recall_80": precision_at_recall(scores, gold, 0.8),
    }, predictions


def _pair_score(row: Row, reader: Reader) -> tuple[float, tuple[str, ...]]:
    """How likely the two texts, so many metres and days apart, are of the same matter, and why."""
    old, new = pair_tellings(row, reader)
    (both,) = pairs(new, [Candidate(key="old", tellings=(old,))])
    return likelihood(both.numbers), reasons(compare(new, old))


def pair_tellings(row: Row, reader: Reader) -> tuple[Telling, Telling]:
    """The two texts of a row of `duplicate_pairs_*.csv` as tellings, the earlier one first."""
    start = datetime(2022, 1, 1, tzinfo=UTC)
    first = _side(str(row["text_a"]), 0.0, start, reader)
    later = start + timedelta(days=float(row["days"]))
    return first, _side(str(row["text_b"]), float(row["metres"]), later, reader)


def _side(text: str, metres: float, at: datetime, reader: Reader) -> Telling:
    read = reader.read(text)
    return Telling(
        text=text,
        category=read.categories[0].code,
        village="",
        sender="",
        at=at,
        place=read.place,
        lat=metres / METRES_PER_DEGREE,
        lon=0.0,
    )
