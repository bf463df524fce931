"""A quick «surely not» before a long alternation: only alternatives whose fixed letters occur are tried."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

_LITERAL = re.compile(r"[ก-๙a-z0-9]{2,}")
_CLASS = re.compile(r"\[[^\]]*\]|\\.")
_QUANTIFIED = re.compile(r".(?:\{[^}]*\}|[?*+])[?+]?")
_NOT_NEEDED = re.compile(r"[?*]|\{0")
_GROUP = "(?:"


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


def seeds(alternative: str) -> frozenset[str]:
    """Runs of letters of which every match of an alternative holds one at least; empty if none are seen."""
    if run := fixed_letters(alternative):
        return frozenset((run,))
    best: frozenset[str] = frozenset()
    for inside in _groups(alternative):
        each = [seeds(part) for part in alternatives(inside)]
        if all(each):
            found = frozenset[str]().union(*each)
            best = max(best, found, key=lambda s: min(map(len, s), default=0))
    return best


def _groups(alternative: str) -> Iterator[str]:
    """What the outermost groups hold that every match must pass."""
    depth = start = 0
    for at, c in enumerate(alternative):
        if c == "(":
            start = start if depth else at
            depth += 1
        elif c == ")":
            depth -= 1
            whole = alternative[start : at + 1]
            if (
                not depth
                and whole.startswith(_GROUP)
                and not _NOT_NEEDED.match(alternative, at + 1)
            ):
                yield whole[len(_GROUP) : -1]


class Quick:
    """Whether one of several patterns is found in a text, as `pattern.search` of each would say.

    The patterns hold no brackets or bars that are escaped or of a class.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        table: dict[frozenset[str], list[str]] = {}
        for pattern in patterns:
            for alternative in alternatives(pattern):
                table.setdefault(seeds(alternative), []).append(alternative)
        self._always = re.compile("|".join(table.pop(frozenset(), ["(?!)"])))
        self._patterns: dict[str, list[re.Pattern[str]]] = {}
        self._starts: dict[str, list[str]] = {}
        for some, parts in table.items():
            compiled = re.compile("|".join(parts))
            for seed in some:
                self._patterns.setdefault(seed, []).append(compiled)
        for seed in self._patterns:
            self._starts.setdefault(seed[:2], []).append(seed)

    def finds(self, text: str) -> bool:
        """Whether any alternative matches somewhere in the text."""
        tried = set[re.Pattern[str]]()
        for pair in self._starts.keys() & {a + b for a, b in pairwise(text)}:
            for seed in self._starts[pair]:
                if seed in text:
                    for whole in self._patterns[seed]:
                        if whole not in tried and whole.search(text):
                            return True
                        tried.add(whole)
        return self._always.search(text) is not None
