"""Cuts Thai text into pieces that must not be broken over lines."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pythainlp.corpus import thai_words
from pythainlp.tokenize import word_tokenize

_LONGEST = 26
"""Pieces joined by guess (names, unknown words) stay under this many characters."""
_HARD_LIMIT = 40
"""Nothing unbroken is longer, or it could run off the page."""

_NO_START = tuple(")]}»”’,.:;!?%ฯๆ/\u00a0…-–")
_NO_END = tuple("([{«“‘/.\u00a0-–")
_MARK = re.compile("[\u0e31\u0e33-\u0e3a\u0e45\u0e47-\u0e4e]")
_THAI = re.compile("[ก-ฮ]")
_THAI_START = re.compile("[ก-ฮเ-ไ]")
_NUMBER = re.compile(r"[\d,.]+")
_DIGIT_END = re.compile(r"[\d,.:/]$")


def pieces(text: str, names: Iterable[str] = ()) -> tuple[str, ...]:
    """Words of `text` in order, " " between them where a space stood; joined they are `text` again.

    A line may break between any two pieces. Known `names` stay whole up to 26 characters, words
    that no dictionary knows stay with their neighbours, numbers with what they count.
    """
    known = tuple(names)
    out: list[str] = []
    for number, chunk in enumerate(text.split(" ")):
        if number:
            out.append(" ")
        out.extend(_chunk(chunk, known))
    return tuple(_with_units([piece for piece in out if piece]))


def _with_units(found: list[str]) -> list[str]:
    """A number and the word it counts are one piece, e.g. «๑๒ จุด»."""
    out: list[str] = []
    for piece in found:
        counted = len(out) > 1 and out[-1] == " " and _NUMBER.fullmatch(out[-2])
        if counted and _THAI_START.match(piece) and len(piece) <= _LONGEST:
            out[-2:] = [f"{out[-2]} {piece}"]
        else:
            out.append(piece)
    return out


def _chunk(chunk: str, names: tuple[str, ...]) -> Iterator[str]:
    if not chunk:
        return
    tokens = word_tokenize(chunk, engine="newmm-safe") if _THAI.search(chunk) else [chunk]
    for piece in _with_names(_glue(tokens), names):
        yield from _chop(piece)


def _glue(tokens: list[str]) -> list[str]:
    """Joins what Thai typesetting never parts: brackets, ๆ, numbers, marks, unknown scraps."""
    out: list[str] = []
    before = ""
    for token in tokens:
        short = bool(out) and len(out[-1]) + len(token) <= _LONGEST
        if out and (_belongs(out[-1], token) or (short and _scrap(before, token))):
            out[-1] += token
        else:
            out.append(token)
        before = token
    return out


def _belongs(before: str, token: str) -> bool:
    if before.endswith(_NO_END) or token.startswith(_NO_START) or _MARK.match(token):
        return True
    return bool(_DIGIT_END.search(before)) and token[0].isdecimal()


def _scrap(before: str, token: str) -> bool:
    """Whether one of two neighbours is Thai that no dictionary knows (mostly half a name)."""
    return any(_THAI.search(t) and t not in _dictionary() for t in (before, token))


@cache
def _dictionary() -> frozenset[str]:
    return frozenset(thai_words())


def _with_names(tokens: list[str], names: tuple[str, ...]) -> list[str]:
    """Joins the tokens under each known name; joining never makes a new break."""
    text = "".join(tokens)
    inner = {
        place
        for name in names
        if 2 < len(name) <= _LONGEST
        for found in re.finditer(re.escape(name), text)
        for place in range(found.start() + 1, found.end())
    }
    out: list[str] = []
    start = 0
    for token in tokens:
        if out and start in inner and len(out[-1]) + len(token) <= _HARD_LIMIT:
            out[-1] += token
        else:
            out.append(token)
        start += len(token)
    return out


def _chop(piece: str) -> Iterator[str]:
    while len(piece) > _HARD_LIMIT:
        cut = _HARD_LIMIT
        while cut > 1 and _MARK.match(piece[cut]):
            cut -= 1
        yield piece[:cut]
        piece = piece[cut:]
    yield piece
