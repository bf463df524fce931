"""Scores of the formal lines (`prachakhom evaluate lines`)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import mean

from nlp.evaluation.rows import Predictions, Reader, Row, Scores, landmarks
from nlp.values import KnownPlace, Understanding
from nlp.wording import neutral_line, shared_line

_LONGEST, _BETA = 6, 2.0


def chrf(made: str, written: str) -> float:
    """chrF2 in 0..1: F-score of character n-grams (1 to 6, spaces aside), recall counted double."""
    precisions, recalls = [], []
    for n in range(1, _LONGEST + 1):
        ours, theirs = _grams(made, n), _grams(written, n)
        if ours and theirs:
            shared = (ours & theirs).total()
            precisions.append(shared / ours.total())
            recalls.append(shared / theirs.total())
    if not any(precisions):
        return 0.0
    p, r = mean(precisions), mean(recalls)
    return (1 + _BETA**2) * p * r / (_BETA**2 * p + r)


def _grams(text: str, n: int) -> Counter[str]:
    bare = text.replace(" ", "")
    return Counter(bare[i : i + n] for i in range(len(bare) - n + 1))


def evaluate_lines(
    messages: Iterable[Row], issues: Iterable[Row], villages: Iterable[Row], reader: Reader
) -> tuple[Scores, Predictions]:
    """chrF of the line of each issue against its written one (`summary_th`), over issues with messages.

    `first`: the line of its first message alone; `words`: that message itself, the floor; `public`: of
    issues that are not confidential. A prediction a line, with both wordings.
    """
    known = landmarks(villages)
    told: dict[str, list[Row]] = defaultdict(list)
    for row in messages:
        for issue in row["issue_ids"][:1]:
            told[str(issue)].append(row)
    predictions: Predictions = []
    for issue in issues:
        rows = told.get(str(issue["issue_id"]))
        if rows:
            places = known.get(str(issue["village_code"]), ())
            predictions.append(_judged(issue, rows, places, reader))
    open_to_all = [p for p in predictions if not p["confidential"]]
    return {
        "issues": len(predictions),
        "chrf": _mean(predictions, "chrf"),
        "chrf_public": _mean(open_to_all, "chrf"),
        "chrf_first": _mean(predictions, "chrf_first"),
        "chrf_words": _mean(predictions, "chrf_words"),
    }, predictions


def _mean(predictions: Predictions, name: str) -> float:
    return mean(p[name] for p in predictions) if predictions else 0.0


def _judged(
    issue: Row, rows: Sequence[Row], places: Sequence[KnownPlace], reader: Reader
) -> dict[str, object]:
    reads = [reader.read(str(row["text"]), places) for row in rows]
    line, written = line_of(reads), str(issue["summary_th"])
    return {
        "issue_id": issue["issue_id"],
        "confidential": bool(issue.get("confidential")),
        "line": line,
        "written": written,
        "chrf": chrf(line, written),
        "chrf_first": chrf(line_of(reads[:1]), written),
        "chrf_words": chrf(str(rows[0]["text"]), written),
    }


def line_of(reads: Sequence[Understanding]) -> str:
    """The line of tellings of one matter: category, kind and place as most of them have it."""
    code = _most([r.categories[0].code for r in reads])
    alike = [r for r in reads if r.categories[0].code == code]
    kind = _most([r.kind for r in alike])
    spots = [r.place for r in reads if r.place]
    named = [s.label for s in spots if s.landmark] or [s.label for s in spots]
    place = _most(named) if named else ""
    if len(alike) == 1:
        return neutral_line(alike[0].masked, code, kind, place)
    return shared_line([r.masked for r in alike], code, kind, place)


def _most(found: Sequence[str]) -> str:
    return Counter(found).most_common(1)[0][0]
