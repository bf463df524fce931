"""A receipt as LINE's card: heading, receipt number large, the rest below; its alt text says it all."""

from typing import Any

from bot.channels.fit import units

ALT_UNITS = 1500
_GREEN, _DARK = "#1b6e4f", "#222222"


def line_card(text: str, code: str) -> dict[str, Any] | None:
    """A Flex message of the words, or None where they are too long or too few for one.

    The first line is the heading. A line that holds `code` is shown large.
    """
    heading, *lines = [line.strip() for line in text.strip().splitlines() if line.strip()] or [""]
    if not lines or units(text) > ALT_UNITS:
        return None
    bubble = {
        "type": "bubble",
        "size": "mega",
        "header": _box([_words(heading, size="lg", weight="bold", color="#ffffff")], _GREEN),
        "body": _box([_line(line, code) for line in lines]),
    }
    return {"type": "flex", "altText": text.strip(), "contents": bubble}


def _box(contents: list[dict[str, Any]], colour: str = "") -> dict[str, Any]:
    box = {"type": "box", "layout": "vertical", "spacing": "md", "contents": contents}
    return {**box, "backgroundColor": colour} if colour else box


def _line(line: str, code: str) -> dict[str, Any]:
    if code and code in line:
        return _words(line, size="xl", weight="bold", color=_GREEN)
    return _words(line, size="lg", color=_DARK)


def _words(text: str, **look: str) -> dict[str, Any]:
    return {"type": "text", "text": text, "wrap": True, **look}
