"""Dialect words and usual misspellings read as central Thai, for category, kind and comparison."""

from functools import cache

from nlp.tokens import TermIndex, lines, words


@cache
def _tables() -> tuple[dict[str, str], TermIndex[str]]:
    """Whole words, and stretches of letters, with what they are read as."""
    whole: dict[str, str] = {}
    part: dict[str, str] = {}
    for line in lines("dialect.txt"):
        way, rule = line.split(" ", 1)
        said, read = rule.split(" = ")
        (whole if way == "w" else part)[said] = read
    return whole, TermIndex(part)


def central(text: str) -> str:
    """A normalised text with dialect words and common misspellings in their central form."""
    whole, part = _tables()
    out, at = [], 0
    for start, said, read in part.find(text):
        out += [text[at:start], read]
        at = start + len(said)
    out.append(text[at:])
    return "".join(whole.get(w, w) for w in words("".join(out)))
