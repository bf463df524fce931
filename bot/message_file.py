"""Message files (docs/message-file.md): lines in, events of the platforms out. No network, no clock."""

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain
from typing import Any

from planning.errors import RowMistake, RowMistakes

_PHOTO_ONLY, _PLACE_ONLY = "[รูปภาพ]", "[ตำแหน่งที่ตั้ง]"
_CHANNELS = frozenset({"line", "telegram", "walk_in"})
_LATER = timedelta(seconds=1)
_BEFORE = timedelta(minutes=1)


class Part(StrEnum):
    """What an event carries."""

    JOIN = "join"
    TEXT = "text"
    PHOTO = "photo"
    LOCATION = "location"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One message of the file. `desk`: told at the village hall, sent by the village's own account."""

    id: str
    sent_at: datetime
    village_code: str
    channel: str
    sender: str
    text: str
    photo: bool
    position: tuple[float, float] | None


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One event to play: `id` is unique in the file, the same in every playing of it."""

    id: str
    channel: str
    sender: str
    part: Part
    at: datetime
    text: str = ""
    position: tuple[float, float] | None = None

    @property
    def user_id(self) -> str:
        """The sender's id as the platform would have it, always the same."""
        digest = _digest(f"{self.channel}:{self.sender}")
        return f"U{digest[:32]}" if self.channel == "line" else str(10**9 + int(digest[:9], 16))

    @property
    def number(self) -> int:
        """A whole number of its own, as Telegram counts updates and messages."""
        return int(_digest(self.id)[:12], 16)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def read_lines(lines: Iterable[str]) -> tuple[Line, ...]:
    """The messages of a file; raises `RowMistakes` naming every fault by line and field."""
    found: list[Line] = []
    mistakes: list[RowMistake] = []
    seen: set[str] = set()
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            line = _line(raw, number)
        except RowMistake as mistake:
            mistakes.append(mistake)
            continue
        if line.id in seen:
            mistakes.append(RowMistake(number, "message_id", "stands here twice"))
        seen.add(line.id)
        found.append(line)
    if not found and not mistakes:
        mistakes.append(RowMistake(1, "message_id", "no message in the file"))
    if mistakes:
        raise RowMistakes(tuple(mistakes))
    return tuple(found)


def _line(raw: str, number: int) -> Line:
    try:
        row = json.loads(raw)
    except ValueError:
        raise RowMistake(number, "-", "is no JSON") from None
    if not isinstance(row, dict):
        raise RowMistake(number, "-", "is no JSON object")
    words = {name: _text(row, name, number) for name in
             ("message_id", "village_code", "channel", "sender", "text", "sent_at")}  # fmt: skip
    if words["channel"] not in _CHANNELS:
        raise RowMistake(
            number, "channel", f"«{words['channel']}» is not line, telegram or walk_in"
        )
    try:
        sent_at = datetime.fromisoformat(words["sent_at"])
    except ValueError:
        raise RowMistake(number, "sent_at", "is no ISO 8601 time") from None
    if sent_at.tzinfo is None:
        raise RowMistake(number, "sent_at", "has no offset from UTC")
    return Line(
        id=words["message_id"],
        sent_at=sent_at,
        village_code=words["village_code"],
        channel=words["channel"],
        sender=words["sender"],
        text=words["text"],
        photo=bool(row.get("has_photo")),
        position=_position(row, number),
    )


def _text(row: dict[str, Any], name: str, number: int) -> str:
    value = row.get(name)
    if not isinstance(value, str) or (not value and name != "text"):
        raise RowMistake(number, name, "is missing or no text")
    return value


def _position(row: dict[str, Any], number: int) -> tuple[float, float] | None:
    lat, lon = row.get("lat"), row.get("lon")
    if lat is None and lon is None:
        return None
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        raise RowMistake(number, "lat", "lat and lon are numbers and go together")
    return float(lat), float(lon)


def happenings(line: Line) -> tuple[Happening, ...]:
    """The events of a line: its words, then (a second later) its photo and its position."""
    desk = line.channel == "walk_in"
    words = "" if line.text in (_PHOTO_ONLY, _PLACE_ONLY) else line.text
    parts: list[tuple[Part, str]] = []
    if words.strip():
        parts.append((Part.TEXT, f"แจ้งแทน {words}" if desk else words))
    if line.photo or line.text == _PHOTO_ONLY:
        parts.append((Part.PHOTO, ""))
    if line.position:
        parts.append((Part.LOCATION, ""))
    return tuple(
        Happening(
            id=f"{line.id}-{part}",
            channel="line" if desk else line.channel,
            sender=_sender(line),
            part=part,
            at=line.sent_at + (_LATER if n else timedelta(0)),
            text=text,
            position=line.position if part is Part.LOCATION else None,
        )
        for n, (part, text) in enumerate(parts)
    )


def _sender(line: Line) -> str:
    return f"desk-{line.village_code}" if line.channel == "walk_in" else line.sender


def joins(lines: Sequence[Line], invitations: Sequence[str] = ()) -> tuple[Happening, ...]:
    """One event for each account, a minute before its first message: it joins that one's village.

    The accounts that write walk-ins down redeem the `invitations` too, one each as far as they go.
    """
    first: dict[tuple[str, str], Line] = {}
    for line in sorted(lines, key=lambda each: each.sent_at):
        channel = "telegram" if line.channel == "telegram" else "line"
        first.setdefault((channel, _sender(line)), line)
    desks = [line for line in first.values() if line.channel == "walk_in"]
    roles = [_redeemed(line, code) for line, code in zip(desks, invitations, strict=False)]
    return (*_joined(first), *roles)


def _redeemed(line: Line, code: str) -> Happening:
    return Happening(
        id=f"role-{_sender(line)}-{_digest(code)[:8]}",
        channel="line",
        sender=_sender(line),
        part=Part.JOIN,
        at=line.sent_at - _BEFORE + _LATER,
        text=f"รับบทบาท {code if code.startswith('r-') else f'r-{code}'}",
    )


def _joined(first: dict[tuple[str, str], Line]) -> tuple[Happening, ...]:
    return tuple(
        Happening(
            id=f"join-{channel}-{sender}",
            channel=channel,
            sender=sender,
            part=Part.JOIN,
            at=line.sent_at - _BEFORE,
            text=_join_words(channel, line.village_code),
        )
        for (channel, sender), line in first.items()
    )


def _join_words(channel: str, village_code: str) -> str:
    return f"/start v{village_code}" if channel == "telegram" else f"ลงทะเบียน {village_code}"


def playing_order(
    lines: Sequence[Line], repeat: int, window: int, seed: int
) -> tuple[Happening, ...]:
    """The lines' events, each `repeat` times, mixed within windows of `window` events (0: not)."""
    events = list(chain.from_iterable(happenings(line) for line in lines for _ in range(repeat)))
    if window > 1:
        mixer = random.Random(seed)  # noqa: S311  no secret: the same order for the same seed
        for start in range(0, len(events), window):
            some = events[start : start + window]
            mixer.shuffle(some)
            events[start : start + window] = some
    return tuple(events)
