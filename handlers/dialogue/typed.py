"""Typing what a button says, where a platform shows no buttons (LINE on a computer). Pure."""

import re
from collections.abc import Sequence

from handlers.dialogue import texts as t
from planning.taxonomy import categories
from planning.thai import arabic_digits

Shown = tuple[tuple[str, str], ...]
"""(label, data) of buttons."""
_LONGEST = 60
_POLITE = re.compile(r"\s*(?:ครับ|คับ|ค่ะ|คะ|จ้า|จ้ะ|นะ|[ๆ!. ])+$")
_AT_ONCE = re.compile(r"เลย$")
_NUMBERED = re.compile(r"(\d{1,3})\s+(\S.*)")
_CHOICES = 4
"""Categories shown from which naming one answers «which?»; fewer stand under a receipt as a guess."""


def data_of(shown: Shown, text: str) -> str:
    """The data of the one button whose label (or its number, or what follows it) was typed; "" for none.

    Only a whole line counts, polite endings aside: what says more is heard as words.
    """
    line = _line(text)
    if not line or len(line) > _LONGEST:
        return ""
    shown = (*shown, *_on_next_page(shown))
    choosing = sum(data.startswith("cat:") for _, data in shown) >= _CHOICES
    labels = [(_line(label), data) for label, data in shown if choosing or data[:4] != "cat:"]
    for words in dict.fromkeys((line, plain := _POLITE.sub("", line), _AT_ONCE.sub("", plain))):
        whole = [data for label, data in labels if label == words]
        if whole:
            return whole[-1]
        parts = {data for label, data in labels if words in _parts(label)}
        begun = {data for label, data in labels if data[:4] == "cat:" and label.startswith(words)}
        for few in (parts, begun if len(words) > 2 else set()):
            if len(few) == 1:
                return few.pop()
    return ""


def _on_next_page(shown: Shown) -> Shown:
    """Categories that did not fit under the question which one it is."""
    codes = [data.split(":")[1] for _, data in shown if re.fullmatch(r"cats:\w+:\d+", data)]
    return tuple((t.of_category(c), f"cat:{code}:{c}") for code in codes for c in categories())


def _parts(label: str) -> Sequence[str]:
    numbered = _NUMBERED.fullmatch(label)
    return numbered.groups() if numbered else ()


def _line(text: str) -> str:
    return " ".join(arabic_digits(text).split()).casefold()
