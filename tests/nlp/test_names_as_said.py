"""Names and numbers in the many ways villagers give them: the share covered, and how little else is hidden."""

from tests.nlp.personal_bench import LINES, Marked, marked, measure

SAID = LINES.with_name("names_as_said.txt")
RECALL, PRECISION = 0.95, 0.97
"""Floors a little under what is measured."""


def said() -> list[Marked]:
    """The lines of the file, without its headings."""
    lines = SAID.read_text(encoding="utf-8").splitlines()
    return [marked(line, 0, False) for line in lines if line and not line.startswith("#")]


def test_names_are_covered_as_they_are_said() -> None:
    score = measure(said())
    assert score.recall >= RECALL, score.missed
    assert score.precision >= PRECISION, score.false


def test_a_third_of_the_lines_holds_nothing_personal() -> None:
    texts = said()
    assert len(texts) > 250
    assert 0.25 < sum(not t.spans for t in texts) / len(texts) < 0.45
