"""Scores of finding personal data (`prachakhom evaluate personal-data`)."""

from collections import Counter
from collections.abc import Iterable, Mapping

from nlp.evaluation.measures import share
from nlp.evaluation.rows import Predictions, Reader, Row, Scores, landmarks
from nlp.values import PersonalData


def evaluate_personal_data(
    messages: Iterable[Row], villages: Iterable[Row], reader: Reader
) -> tuple[Scores, Predictions]:
    """Share of gold spans wholly covered, by type; share of found spans that touch one; leaks."""
    known = landmarks(villages)
    gold, covered = Counter[str](), Counter[str]()
    found = touching = 0
    leaked: list[str] = []
    predictions: Predictions = []
    for row in messages:
        text = str(row["text"])
        read = reader.read(text, known.get(str(row["village_code"]), ()))
        spans = [(p.start, p.end) for p in read.personal_data]
        marks = _gold_spans(text, row["pii"])
        missed = False
        for kind, start, end in marks:
            hit = any(a <= start and end <= b for a, b in spans)
            gold[kind] += 1
            covered[kind] += hit
            missed = missed or not hit
        if missed:
            leaked.append(str(row["message_id"]))
        found += len(spans)
        touching += sum(any(a < end and start < b for _, start, end in marks) for a, b in spans)
        predictions.append(_prediction(row, read.personal_data, missed))
    return {
        "n": len(predictions),
        "recall": share(covered.total(), gold.total()),
        "recall_by_type": {k: share(covered[k], n) for k, n in sorted(gold.items())},
        "precision": share(touching, found),
        "leaked": leaked,
    }, predictions


def _gold_spans(text: str, marks: Iterable[Mapping[str, str]]) -> list[tuple[str, int, int]]:
    """(type, start, end) of the gold spans; a text given twice is looked for further on."""
    out: list[tuple[str, int, int]] = []
    after: dict[str, int] = {}
    for mark in marks:
        start = text.find(mark["text"], after.get(mark["text"], 0))
        if start >= 0:
            after[mark["text"]] = start + len(mark["text"])
            out.append((mark["type"], start, start + len(mark["text"])))
    return out


def _prediction(row: Row, spans: Iterable[PersonalData], missed: bool) -> dict[str, object]:
    """The spans of one message."""
    return {
        "id": str(row["message_id"]),
        "spans": [
            {"type": str(s.type), "start": s.start, "end": s.end, "certainty": s.certainty}
            for s in spans
        ],
        "leaked": missed,
    }
