"""Makes any text fit for an official page: one line, no control signs, no emoji, no stray marks."""

import re
import unicodedata

_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk", "Me"})
_KEPT_SIGNS = frozenset("°©®^`")
_THAI_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_STRAY_MARKS = re.compile(rf"(?<![ก-ฮฤฦๅาำ{_THAI_MARKS}])[{_THAI_MARKS}]+")
_AM_BEFORE_TONE = re.compile("(\u0e33)([\u0e48-\u0e4b])")
_REPEATED_MARKS = re.compile(rf"([{_THAI_MARKS}])\1+")


def clean(text: str, limit: int) -> str:
    """`text` as one line of at most `limit` characters (an ellipsis at the end where it was longer).

    Control and format characters, emoji, foreign combining marks and Thai marks without a
    consonant go, «เเ» and a tone mark typed after «ำ» are put right; line breaks, tabs and runs
    of spaces become one space.
    """
    composed = unicodedata.normalize("NFC", re.sub(r"\s+", " ", text))
    kept = "".join(c for c in composed if _fits(c))
    ordered = _AM_BEFORE_TONE.sub(r"\2\1", kept.replace("เเ", "แ"))
    tidy = _REPEATED_MARKS.sub(r"\1", _STRAY_MARKS.sub("", ordered))
    line = re.sub(" +", " ", tidy).strip()
    return line if len(line) <= limit else _cut(line, limit - 1) + "…"


def _fits(char: str) -> bool:
    kind = unicodedata.category(char)
    if kind == "Mn":
        return "\u0e00" <= char <= "\u0e7f"
    return kind not in _DROPPED or char in _KEPT_SIGNS


def _cut(line: str, length: int) -> str:
    """The first `length` characters at most, never between a consonant and its marks."""
    while length and unicodedata.category(line[length]) == "Mn":
        length -= 1
    return line[:length].rstrip()
