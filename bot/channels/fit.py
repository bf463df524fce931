"""Fit words to a platform's limits without breaking a letter.

A Thai letter with its vowel and tone mark, or an emoji of several code points, is one grapheme: what a
reader takes for one letter. Platforms count UTF-16 code units in texts and graphemes in labels.
The clustering follows the extended grapheme clusters of Unicode's annex 29 as far as chat needs it.
"""

import unicodedata
from collections.abc import Iterator

_JOINER = "\u200d"
_PREPENDED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")
_SPACING = frozenset("\u0e33\u0eb3")


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> Iterator[str]:
    """The text's graphemes in order; joined they are the text."""
    start = 0
    flags = 0
    for at in range(1, len(text)):
        before, here = text[at - 1], text[at]
        flags = flags + 1 if _is_flag_half(before) else 0
        if _holds_together(before, here, flags):
            continue
        yield text[start:at]
        start = at
    if text:
        yield text[start:]


def _holds_together(before: str, here: str, flags: int) -> bool:
    if before in "\r\n" or here in "\r\n":
        return before == "\r" and here == "\n"
    if before < "\u0300" and here < "\u0300":
        return False
    return (
        _extends(here)
        or before in _PREPENDED
        or (before == _JOINER and _is_pictograph(here))
        or (flags % 2 == 1 and _is_flag_half(here))
        or _is_hangul_pair(before, here)
    )


def _extends(char: str) -> bool:
    return (
        char == _JOINER
        or char in _SPACING
        or unicodedata.category(char) in ("Mn", "Me", "Mc")
        or "\U0001f3fb" <= char <= "\U0001f3ff"
        or "\U000e0020" <= char <= "\U000e007f"
        or char in "\u200c\uff9e\uff9f"
    )


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_pictograph(char: str) -> bool:
    return char >= "\u2190" and unicodedata.category(char) == "So"


def _is_hangul_pair(before: str, here: str) -> bool:
    vowel, final = "\u1160" <= here <= "\u11a7", "\u11a8" <= here <= "\u11ff"
    if "\uac00" <= before <= "\ud7a3":
        open_syllable = (ord(before) - 0xAC00) % 28 == 0
        return final or (vowel and open_syllable)
    lead = "\u1100" <= before <= "\u115f"
    middle = "\u1160" <= before <= "\u11a7"
    syllable = "\uac00" <= here <= "\ud7a3" or "\u1100" <= here <= "\u115f"
    return (
        (lead and (vowel or syllable))
        or (middle and (vowel or final))
        or ("\u11a8" <= before <= "\u11ff" and final)
    )


def cut(text: str, most_graphemes: int, most_units: int, end: str = "…") -> str:
    """The text, shortened on a grapheme border so that it fits both limits; `end` shows a cut.

    The limits must leave room for `end`. A letter too long for the limit is dropped whole.
    """
    few = len(text) <= most_graphemes or sum(1 for _ in graphemes(text)) <= most_graphemes
    if few and units(text) <= most_units:
        return text
    room, left = most_units - units(end), most_graphemes - len(list(graphemes(end)))
    kept: list[str] = []
    for letter in graphemes(text):
        room, left = room - units(letter), left - 1
        if room < 0 or left < 0:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + end


def split(text: str, most_units: int) -> tuple[str, ...]:
    """The text in pieces of at most `most_units` UTF-16 units, none blank, nothing but white space lost.

    Cuts after a paragraph, else a line, else a space, else between letters; only a single letter longer
    than the limit (which no language has) is broken. `most_units` is at least 2.
    """
    pieces: list[str] = []
    rest = text.strip()
    while units(rest) > most_units:
        head = _head(rest, most_units)
        pieces.append(head.rstrip())
        rest = rest[len(head) :].lstrip()
    return tuple(p for p in (*pieces, rest) if p)


def _head(text: str, most_units: int) -> str:
    longest = _longest_whole(text, most_units)
    for border in ("\n\n", "\n", " "):
        at = longest.rfind(border)
        if at > len(longest) // 3:
            return longest[: at + len(border)]
    return longest


def _longest_whole(text: str, most_units: int) -> str:
    # one letter beyond the window is looked at, so that a border exactly at its end is seen
    window = text[: most_units + 1]
    end, used = 0, 0
    for letter in graphemes(window):
        used += units(letter)
        if used > most_units:
            break
        end += len(letter)
    return window[:end] or _by_code_point(text, most_units)


def _by_code_point(text: str, most_units: int) -> str:
    end, used = 0, 0
    while end < len(text) and used + units(text[end]) <= most_units:
        used += units(text[end])
        end += 1
    return text[:end]
