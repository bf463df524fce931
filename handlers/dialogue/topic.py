"""A subject's share of what can be typed and pressed. `words` joins them into one table."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from handlers.dialogue.intents import Intent

Matched = Callable[[re.Match[str]], Intent | None]
Pressed = Callable[[list[str]], Intent]


@dataclass(frozen=True, kw_only=True)
class Topic:
    """`exact`: whole lines, small Latin letters. `patterns`: (expression for a whole line, maker).

    `raw`: the same for the text just as it was typed, lines and digits kept: for words that are told.

    `buttons`: by the verb before the first colon of a button's data, from the parts after it.
    """

    exact: Mapping[str, Intent] = field(default_factory=dict)
    patterns: tuple[tuple[str, Matched], ...] = ()
    raw: tuple[tuple[str, Matched], ...] = ()
    buttons: Mapping[str, Pressed] = field(default_factory=dict)
