"""Scores of the landmarks read (`prachakhom evaluate places`)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from time import perf_counter

from nlp.evaluation.measures import share
from nlp.evaluation.rows import Predictions, Row, Scores, landmarks
from nlp.normalise import normalise
from nlp.place import beside, find_place
from nlp.values import KnownPlace, Place

Position = tuple[float, float]


def evaluate_places(
    messages: Iterable[Row], issues: Iterable[Row], villages: Iterable[Row]
) -> tuple[Scores, Predictions]:
    """How often the landmark read is the issue's: from the words; of messages with a shared position,
    with it; and with the landmark beside it where the words tell none.

    Over messages whose issues have a landmark of the sender's village: `right`, `wrong` and `none` are
    shares, `precision` is right among those read; many messages name no place, so `none` is no error
    by itself. `needless` is the share of messages about issues without a landmark where one was read.
    """
    known = landmarks(villages)
    gold = {str(i["issue_id"]): str(i.get("place_landmark") or "") for i in issues}
    counts: dict[str, Counter[str]] = {
        "words": Counter(),
        "position": Counter(),
        "beside": Counter(),
    }
    spent: list[float] = []
    predictions: Predictions = []
    for row in messages:
        places = known.get(str(row["village_code"]), ())
        marks = {gold.get(str(i), "") for i in row["issue_ids"]} - {""}
        if marks and not marks & {p.name for p in places}:
            continue
        start = perf_counter()
        plain = normalise(str(row["text"])).text
        told = find_place(plain, places)
        spent.append((perf_counter() - start) * 1e6)
        at = _position(row)
        placed = find_place(plain, places, at=at) if at else None
        counts["words"][_judged(told, marks)] += 1
        if at:
            counts["position"][_judged(placed, marks)] += 1
            counts["beside"][_judged(beside(placed, places, at), marks)] += 1
        predictions.append(_prediction(row, marks, told, placed, places))
    return {
        **_scores(counts["words"]),
        "with_position": _scores(counts["position"]),
        "or_beside_it": _scores(counts["beside"]),
        "us_per_text": round(median(spent), 1) if spent else 0.0,
    }, predictions


def _position(row: Row) -> Position | None:
    """The position shared with a message."""
    lat, lon = row.get("lat"), row.get("lon")
    return None if lat is None or lon is None else (float(lat), float(lon))


def _judged(place: Place | None, marks: set[str]) -> str:
    """What the landmark read is, by the gold ones."""
    read = place.landmark if place else ""
    if not marks:
        return "needless" if read else "rightly none"
    return "right" if read in marks else "wrong" if read else "none"


def _scores(counts: Mapping[str, int]) -> Scores:
    n = sum(counts.get(k, 0) for k in ("right", "wrong", "none"))
    without = counts.get("needless", 0) + counts.get("rightly none", 0)
    right, wrong = counts.get("right", 0), counts.get("wrong", 0)
    return {
        "n": n,
        "right": share(right, n),
        "wrong": share(wrong, n),
        "none": share(counts.get("none", 0), n),
        "precision": share(right, right + wrong),
        "n_without": without,
        "needless": share(counts.get("needless", 0), without),
    }


def _prediction(
    row: Row,
    marks: set[str],
    told: Place | None,
    placed: Place | None,
    places: Sequence[KnownPlace],
) -> dict[str, object]:
    """What was decided for one message, with scores and evidence."""
    return {
        "id": str(row["message_id"]),
        "gold": sorted(marks),
        "known": len(places),
        "by_words": _shown(told),
        "with_position": _shown(placed),
    }


def _shown(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    return {
        "label": place.label,
        "landmark": place.landmark,
        "score": round(place.score, 4),
        "words": list(place.words),
        "until": place.until,
        "others": list(place.others),
        "metres": None if place.metres is None else round(place.metres),
    }
