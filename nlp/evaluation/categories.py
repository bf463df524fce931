"""Scores of category, kind, confidential and emergency (`prachakhom evaluate categories`)."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from time import perf_counter

from nlp.context import WITHIN_S, read_together
from nlp.evaluation.measures import macro_f1, recall_precision, share
from nlp.evaluation.rows import Predictions, Reader, Row, Scores, landmarks
from nlp.values import KnownPlace, Understanding

_ALSO = re.compile(r"ambiguous:(\w+)")
_SHOWN = 5


@dataclass(frozen=True)
class Judged:
    """One row: what gold says (empty or None where it does not) and what was read.

    `source` and `dialect` are empty where the rows do not tell them.
    """

    id: str
    primary: str
    also: frozenset[str]
    kind: str
    confidential: bool | None
    emergency: bool | None
    read: Understanding
    microseconds: float
    source: str = ""
    dialect: str = ""


def evaluate_categories(rows: Iterable[Row], reader: Reader) -> tuple[Scores, Predictions]:
    """Scores over rows of a gold CSV (columns of `gold_*.csv`), and one prediction a row."""
    judged = []
    for row in rows:
        read, spent = _timed(reader, str(row["text"]), ())
        judged.append(
            Judged(
                id=str(row["id"]),
                primary=str(row["primary"]),
                also=frozenset(str(row.get("also") or "").split("|")) - {""},
                kind="" if row["kind"] == "?" else str(row["kind"]),
                confidential=_flag(row["confidential"]),
                emergency=_flag(row["emergency"]),
                read=read,
                microseconds=spent,
                source=str(row.get("source") or ""),
            )
        )
    return _scores(judged), [_prediction(j) for j in judged]


def evaluate_corpus_categories(
    messages: Iterable[Row], villages: Iterable[Row], reader: Reader
) -> tuple[Scores, Predictions]:
    """The same over messages of a corpus: category only where there is an issue, the rest for all.

    Each message is read together with what its sender wrote just before and after it, and `alone`
    holds the figures of reading each by itself. A note `ambiguous:CODE` names a further category
    that counts as right in the lenient figures.
    """
    known = landmarks(villages)
    judged, alone = list[Judged](), list[Judged]()
    for texts, index, row in _with_neighbours(list(messages)):
        places = known.get(str(row["village_code"]), ())
        alone.append(_judged(row, *_timed(reader, texts[index], places)))
        start = perf_counter()
        read = read_together(reader, texts, index, places)
        judged.append(_judged(row, read, (perf_counter() - start) * 1e6))
    scores = _scores(judged)
    by_itself = {**_shares(alone), **_flags(alone)}
    scores["alone"] = by_itself
    return scores, [_prediction(j) for j in judged]


def _with_neighbours(rows: Sequence[Row]) -> Iterator[tuple[list[str], int, Row]]:
    """Each row in its order, with the texts of the burst it belongs to and its place among them."""
    bursts: dict[tuple[str, str], list[list[int]]] = {}
    order = sorted(range(len(rows)), key=lambda n: _sent(rows[n]))
    for n in order:
        who = (str(rows[n].get("sender") or n), str(rows[n]["village_code"]))
        mine = bursts.setdefault(who, [])
        if mine and (_sent(rows[n]) - _sent(rows[mine[-1][-1]])).total_seconds() <= WITHIN_S:
            mine[-1].append(n)
        else:
            mine.append([n])
    burst_of = {n: burst for all_of_one in bursts.values() for burst in all_of_one for n in burst}
    for n, row in enumerate(rows):
        burst = burst_of[n]
        yield [str(rows[k]["text"]) for k in burst], burst.index(n), row


def _sent(row: Row) -> datetime:
    return datetime.fromisoformat(str(row["sent_at"]))


def _judged(row: Row, read: Understanding, spent: float) -> Judged:
    return Judged(
        id=str(row["message_id"]),
        primary=str(row["category"]) if row["issue_ids"] else "",
        also=frozenset(_ALSO.findall(str(row.get("note") or ""))),
        kind=str(row["kind"]),
        confidential=bool(row["confidential"]),
        emergency=bool(row["emergency"]),
        read=read,
        microseconds=spent,
        dialect=str(row.get("dialect") or ""),
    )


def _timed(reader: Reader, text: str, places: Sequence[KnownPlace]) -> tuple[Understanding, float]:
    """The understanding and how many microseconds it took."""
    start = perf_counter()
    read = reader.read(text, places)
    return read, (perf_counter() - start) * 1e6


def _flag(value: object) -> bool | None:
    """y or n; None for ?."""
    return {"y": True, "n": False}.get(str(value))


def _scores(judged: Sequence[Judged]) -> Scores:
    """All figures of README's `categories`, and the same by source, dialect and code."""
    with_category = [j for j in judged if j.primary]
    top = [j.read.categories[0].code for j in with_category]
    return {
        **_shares(judged),
        "macro_f1": macro_f1([j.primary for j in with_category], top),
        **_flags(judged),
        "other_rate": share(top.count("other"), len(with_category)),
        "us_per_text": round(median(j.microseconds for j in judged), 1) if judged else 0.0,
        "by_source": _by(judged, lambda j: j.source),
        "by_dialect": _by(judged, lambda j: j.dialect),
        "by_code": _by_code(with_category),
    }


def _shares(judged: Sequence[Judged]) -> Scores:
    """Shares of right categories, over rows that have one, and of right kinds."""
    with_category = [j for j in judged if j.primary]
    kinds, n = [j for j in judged if j.kind], len(with_category)
    return {
        "n": n,
        "top1": share(sum(j.read.categories[0].code == j.primary for j in with_category), n),
        "top1_lenient": share(sum(_within(j, 1) for j in with_category), n),
        "top3_lenient": share(sum(_within(j, 3) for j in with_category), n),
        "kind_accuracy": share(sum(j.kind == j.read.kind for j in kinds), len(kinds)),
    }


def _flags(judged: Sequence[Judged]) -> Scores:
    """Recall and precision of the two flags, over rows where gold is settled."""
    confidential = [j for j in judged if j.confidential is not None]
    emergency = [j for j in judged if j.emergency is not None]
    conf = recall_precision(
        [bool(j.confidential) for j in confidential], [j.read.confidential.on for j in confidential]
    )
    emer = recall_precision(
        [bool(j.emergency) for j in emergency], [j.read.emergency.on for j in emergency]
    )
    return {
        "confidential_recall": conf[0],
        "confidential_precision": conf[1],
        "emergency_recall": emer[0],
        "emergency_precision": emer[1],
    }


def _by(judged: Sequence[Judged], part_of: Callable[[Judged], str]) -> dict[str, Scores]:
    """The shares and flags of each part, with how many the flags stand on; rows without one are left out."""
    parts = sorted({part_of(j) for j in judged} - {""})
    rows = {part: [j for j in judged if part_of(j) == part] for part in parts}
    return {
        part: {
            **_shares(found),
            **_flags(found),
            "n_confidential": sum(bool(j.confidential) for j in found),
            "n_emergency": sum(bool(j.emergency) for j in found),
        }
        for part, found in rows.items()
    }


def _by_code(judged: Sequence[Judged]) -> dict[str, Scores]:
    """The shares of each gold code, how often it was said, and the precision and F1 of saying it."""
    said = Counter(j.read.categories[0].code for j in judged)
    out = {}
    for code in sorted({j.primary for j in judged} | set(said)):
        rows = [j for j in judged if j.primary == code]
        right = sum(j.read.categories[0].code == code for j in rows)
        out[code] = _shares(rows) | {
            "said": said[code],
            "precision": share(right, said[code]),
            "f1": share(2 * right, len(rows) + said[code]),
        }
    return out


def _within(j: Judged, most: int) -> bool:
    """Whether an accepted category is among the `most` likeliest."""
    return any(c.code == j.primary or c.code in j.also for c in j.read.categories[:most])


def _prediction(j: Judged) -> dict[str, object]:
    """What was decided for one row, with scores and evidence."""
    return {
        "id": j.id,
        "category": j.read.categories[0].code,
        "categories": [
            {"code": c.code, "score": round(c.score, 4), "words": list(c.words)}
            for c in j.read.categories[:_SHOWN]
        ],
        "scores": {c.code: round(c.score, 4) for c in j.read.categories},
        "kind": j.read.kind,
        "kind_score": round(j.read.kind_score, 4),
        "act": str(j.read.act),
        "confidential": j.read.confidential.on,
        "confidential_score": round(j.read.confidential.score, 4),
        "confidential_words": list(j.read.confidential.words),
        "emergency": j.read.emergency.on,
        "emergency_score": round(j.read.emergency.score, 4),
        "emergency_words": list(j.read.emergency.words),
        "us": round(j.microseconds, 1),
    }
