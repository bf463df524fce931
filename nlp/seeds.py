"""A quick «surely not» before a long alternation: only alternatives whose fixed letters occur are tried."""

import re
from collections.abc import Iterable

_LITERAL = re.compile(r"[ก-๙a-z0-9]{2,}")
_CLASS = re.compile(r"\[[^\]]*\]|\\.")
_QUANTIFIED = re.compile(r".(?:\{[^}]*\}|[?*+])[?+]?")


def alternatives(pattern: str) -> list[str]:
    """The alternatives of a pattern, cut at each `|` outside of brackets."""
    out, depth, start = [], 0, 0
    for at, c in enumerate(pattern):
        depth += (c == "(") - (c == ")")
        if c == "|" and not depth:
            out.append(pattern[start:at])
            start = at + 1
    return [*out, pattern[start:]]


def fixed_letters(alternative: str) -> str:
    """The longest run of letters that every match of an alternative holds; empty if none is seen."""
    kept, depth = [], 0
    for c in alternative:
        depth += c == "("
        kept.append(" " if depth else c)
        depth -= c == ")"
    plain = _QUANTIFIED.sub(" ", _CLASS.sub(" ", "".join(kept)))
    return max(_LITERAL.findall(plain), key=len, default="")


class Quick:
    """Whether one of several patterns is found in a text, as `pattern.search` of each would say."""

    def __init__(self, patterns: Iterable[str]) -> None:
        table: dict[str, list[str]] = {}
        for pattern in patterns:
            for alternative in alternatives(pattern):
                table.setdefault(fixed_letters(alternative), []).append(alternative)
        self._always = re.compile("|".join(table.pop("", ["(?!)"])))
        self._seeded = [(seed, re.compile("|".join(some))) for seed, some in table.items()]

    def finds(self, text: str) -> bool:
        """Whether any alternative matches somewhere in the text."""
        for seed, pattern in self._seeded:
            if seed in text and pattern.search(text):
                return True
        return self._always.search(text) is not None
