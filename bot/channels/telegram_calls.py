"""Replies made into calls of the Bot API, fitted to its limits."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from bot.channels.base import Refused
from bot.channels.fit import cut, graphemes, split, units
from handlers.messages import Button, FileRef, Reply

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup, ReplyKeyboardRemove

    Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
DATA_BYTES = 64
LABEL = 64
BUTTONS = 13
_SHORT_LABEL = 14
"""Two buttons share a row of a small phone when both are no longer than this many letters."""


@dataclass(frozen=True, kw_only=True)
class Call:
    """One message to send: a text, or a file with the text as its caption.

    `html`: the same text with marks, safe to send as HTML; "" sends it plain.
    """

    text: str = field(default="", repr=False)
    html: str = field(default="", repr=False)
    file: FileRef | None = None
    markup: "Markup | None" = field(default=None, repr=False)


def calls(
    replies: Sequence[Reply], chat_id: str, location_label: str, location_hint: str
) -> tuple[Call, ...]:
    """The messages to send, in order.

    Raises `Refused` for a button whose data is over 64 bytes. A location button stands only in private
    chats, on a message of its own (`location_hint`) where the text already carries other buttons.
    """
    private = not chat_id.startswith("-")
    return tuple(
        call
        for reply in replies
        for call in _of_reply(reply, private, location_label, location_hint)
    )


def _of_reply(reply: Reply, private: bool, location_label: str, location_hint: str) -> list[Call]:
    links = [f"{b.label}\n{b.url}" for b in reply.buttons if b.url and not _is_public(b.url)]
    text = "\n\n".join(filter(None, [reply.text.strip(), *links]))
    inline = _inline([b for b in reply.buttons if b.data or _is_public(b.url)])
    asks = reply.ask_location and private
    markup: Markup | None = inline
    if markup is None and private:
        markup = _location_keyboard(location_label) if asks else _no_keyboard()
    made = _messages(text, reply, markup)
    if asks and (inline or not made):
        made.append(Call(text=location_hint, markup=_location_keyboard(location_label)))
    return made


def _messages(text: str, reply: Reply, markup: "Markup | None") -> list[Call]:
    """Text pieces, then files; a short text rides on the first file. The last text has the buttons."""
    files = reply.files
    if files and units(text) <= CAPTION_UNITS:
        first = Call(text=text, file=files[0], markup=markup)
        return [first, *(Call(file=f) for f in files[1:])]
    pieces = split(text, TEXT_UNITS)
    texts = [
        Call(text=p, html=_html(p, reply), markup=markup if p is pieces[-1] else None)
        for p in pieces
    ]
    return [*texts, *(Call(file=f) for f in files)]


def _html(text: str, reply: Reply) -> str:
    """A card's words with the heading bold and the code a press away from being copied."""
    if not reply.card:
        return ""
    heading, line, rest = escape(text, quote=False).partition("\n")
    if reply.about:
        rest = rest.replace(reply.about, f"<code>{reply.about}</code>", 1)
    marked = f"<b>{heading}</b>{line}{rest}" if rest else ""
    return marked if units(marked) <= TEXT_UNITS else ""


def _is_public(url: str) -> bool:
    """Telegram refuses buttons to addresses without a public name; those go into the text."""
    host = url.removeprefix("https://").split("/")[0]
    return url.startswith("https://") and "." in host and not host[:1].isdigit()


def _inline(buttons: Sequence[Button]) -> "InlineKeyboardMarkup | None":
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup

    rows: list[list[InlineKeyboardButton]] = []
    room = False
    for button in buttons[:BUTTONS]:
        if len(button.data.encode()) > DATA_BYTES:
            raise Refused("a button's data is over 64 bytes")
        label = cut(button.label.strip() or "…", LABEL, 2 * LABEL)
        made = InlineKeyboardButton(
            label, callback_data=button.data or None, url=button.url or None
        )
        short = sum(1 for _ in graphemes(label)) <= _SHORT_LABEL
        if short and room:
            rows[-1].append(made)
            room = False
        else:
            rows.append([made])
            room = short
    return InlineKeyboardMarkup(rows) if rows else None


def _location_keyboard(label: str) -> "ReplyKeyboardMarkup":
    from telegram import KeyboardButton, ReplyKeyboardMarkup

    button = KeyboardButton(label, request_location=True)
    return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)


def _no_keyboard() -> "ReplyKeyboardRemove":
    """Takes an unused location button away again; does nothing where there is none."""
    from telegram import ReplyKeyboardRemove

    return ReplyKeyboardRemove()
