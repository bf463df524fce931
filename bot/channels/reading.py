"""Read what platforms send without trusting its shape: every getter answers something harmless."""

import hashlib
import json
import math
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

PICTURE_TYPES = frozenset(f"image/{t}" for t in ("jpeg", "png", "webp", "heic", "heif", "gif"))
PICTURE_NAMES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif")
"""Files that are photos sent with all their details; what they hold is looked at when fetched."""
_LONGEST_ID = 200
"""Ids beyond it are replaced by their hash, so that no index row grows without end."""


def json_object(body: bytes) -> dict[str, Any]:
    """The body as a JSON object; raises `ValueError` when it is none."""
    try:
        found = json.loads(body)
    except RecursionError:
        raise ValueError("the body is nested too deep") from None
    except ValueError:  # its message would carry the words; say only that
        raise ValueError("the body is no JSON") from None
    if not isinstance(found, dict):
        raise ValueError("the body is no JSON object")
    return found


def part(raw: object, key: str) -> dict[str, Any]:
    """The object under `key`; empty where there is none."""
    found = raw.get(key) if isinstance(raw, dict) else None
    return found if isinstance(found, dict) else {}


def words(raw: object, key: str) -> str:
    """The text under `key`, free of what no database stores (NUL, halves of pairs); "" without."""
    found = raw.get(key) if isinstance(raw, dict) else None
    return clean(found) if isinstance(found, str) else ""


def clean(text: str) -> str:
    """The text without NUL, and with halves of surrogate pairs replaced."""
    text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def cut(text: str, spans: Iterable[tuple[float | None, float | None]]) -> str:
    """The text without the spans (start and length in UTF-16 units), one space where each was."""
    units = text.encode("utf-16-le")
    pieces, at = [], 0
    for start, length in sorted((s, n) for s, n in spans if s is not None and n):
        first, last = int(start) * 2, int(start + (length or 0)) * 2
        if at <= first < last <= len(units):
            pieces.append(units[at:first])
            at = last
    if not at:
        return text
    told = (piece.decode("utf-16-le", "replace").strip(" ") for piece in (*pieces, units[at:]))
    return " ".join(filter(None, told))


def name_of(raw: object, key: str) -> str:
    """An id under `key`, be it text or a whole number; "" without. Overlong ones become their hash."""
    found = raw.get(key) if isinstance(raw, dict) else None
    if isinstance(found, int) and not isinstance(found, bool) and abs(found) < 2**63:
        return str(found)
    name = words(raw, key)
    return name if len(name) <= _LONGEST_ID else hashlib.sha256(name.encode()).hexdigest()


def number(raw: object, key: str, most: float) -> float | None:
    """A finite number under `key` between -most and most; None without."""
    found = raw.get(key) if isinstance(raw, dict) else None
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    if isinstance(found, float) and not math.isfinite(found):
        return None
    return float(found) if -most <= found <= most else None


def position(raw: object, lat: str, lon: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees; None unless both are there and on this globe."""
    north, east = number(raw, lat, 90), number(raw, lon, 180)
    return None if north is None or east is None else (north, east)


def moment(raw: object, key: str, per_second: int, otherwise: datetime) -> datetime:
    """The time under `key`, counted in 1/`per_second` s since 1970, aware UTC; else `otherwise`."""
    found = number(raw, key, 32_503_680_000 * per_second)
    if found is None or found <= 0:
        return otherwise
    return datetime.fromtimestamp(found / per_second, UTC)


def stable_id(event: object) -> str:
    """An id for an event without one: the SHA-256 of its canonical JSON, the same each time.

    Raises `ValueError` for nesting that just passed `json_object` and is too deep to write again.
    """
    try:
        canonical = json.dumps(event, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    except RecursionError:
        raise ValueError("the body is nested too deep") from None
    return hashlib.sha256(canonical.encode()).hexdigest()
