"""Replies made into LINE's message objects, as plain dicts that fit its limits.

LINE shows quick replies only under the last object of a call, takes five objects a call and no files:
so buttons of all replies gather under the last object, and files go as links with a page picture;
pictures go as pictures.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.channels.base import FileDesk
from bot.channels.fit import cut, split, units
from bot.channels.line_card import line_card
from handlers.messages import Button, FileRef, Reply

TEXT_UNITS = 5000
OBJECTS = 5
QUICK_REPLIES = 13
LABEL = 20
DISPLAY_UNITS = 300
URI_UNITS = 1000
PICTURE_UNITS = 2000

Object = dict[str, Any]


def message_objects(replies: Sequence[Reply], desk: FileDesk, location_label: str) -> list[Object]:
    """One to five message objects; empty when there is nothing to say.

    What five full objects cannot hold is cut with «…».
    """
    objects = [o for reply in replies for o in _of_reply(reply, desk)]
    if len(objects) > OBJECTS:
        plain = [replace(reply, card=False) for reply in replies]
        objects = _at_most_five([o for reply in plain for o in _of_reply(reply, desk)])
    items = _quick_replies(replies, location_label)
    if objects and items:
        objects[-1]["quickReply"] = {"items": items}
    return objects


def fit_whole(replies: Sequence[Reply], desk: FileDesk) -> bool:
    """Whether all of it fits one call as it stands: nothing joined, cut or left out."""
    objects = sum(len(_of_reply(reply, desk)) for reply in replies)
    buttons = {b for reply in replies for b in reply.buttons if _pressable(b)}
    asks = any(reply.ask_location for reply in replies)
    return objects <= OBJECTS and len(buttons) + asks <= QUICK_REPLIES


def _of_reply(reply: Reply, desk: FileDesk) -> list[Object]:
    if reply.card and not reply.files and (card := line_card(reply.text, reply.about)):
        return [card]
    links = [f"{b.label}\n{b.url}" for b in reply.buttons if b.url and not _pressable(b)]
    shown = [(f, _picture(f, desk)) for f in reply.files]
    files = [_file_line(f, desk) for f, seen in shown if not (seen and f.is_picture)]
    text = "\n\n".join(filter(None, [reply.text.strip(), *links, *files]))
    pictures = [seen for _, seen in shown if seen]
    return [_text(piece) for piece in split(text, TEXT_UNITS)] + pictures


def _text(text: str) -> Object:
    return {"type": "text", "text": text}


def _file_line(file: FileRef, desk: FileDesk) -> str:
    link = desk.link(file.file_id, file.name, file.media_type)
    return f"{file.name}\n{link}" if link else file.name


def _picture(file: FileRef, desk: FileDesk) -> Object | None:
    if file.is_picture:
        link = desk.link(file.file_id, file.name, file.media_type)
        small = desk.link(file.picture_id or file.file_id, file.name, file.media_type)
    elif file.picture_id:
        link = small = desk.link(file.picture_id, f"{file.name}.png", "image/png")
    else:
        return None
    if not link.startswith("https://") or max(units(link), units(small)) > PICTURE_UNITS:
        return None
    return {"type": "image", "originalContentUrl": link, "previewImageUrl": small}


def _at_most_five(objects: list[Object]) -> list[Object]:
    """Five at most: neighbouring texts are joined first, then pictures left out, then words cut."""
    if len(objects) <= OBJECTS:
        return objects
    joined = _join_texts(objects)
    if len(joined) > OBJECTS:
        joined = _join_texts([o for o in joined if o["type"] == "text"])
    if len(joined) > OBJECTS:
        rest = "\n\n".join(o["text"] for o in joined[OBJECTS - 1 :])
        joined = [*joined[: OBJECTS - 1], _text(cut(rest, TEXT_UNITS, TEXT_UNITS))]
    return joined


def _join_texts(objects: Sequence[Object]) -> list[Object]:
    joined: list[Object] = []
    for item in objects:
        both = f"{joined[-1].get('text', '')}\n\n{item.get('text', '')}" if joined else ""
        if joined and joined[-1]["type"] == item["type"] == "text" and units(both) <= TEXT_UNITS:
            joined[-1] = _text(both)
        else:
            joined.append(item)
    return joined


def _quick_replies(replies: Sequence[Reply], location_label: str) -> list[Object]:
    """Actions of all replies' buttons, the last reply's first, none twice."""
    buttons: list[Button] = []
    for reply in reversed(replies):
        buttons += [b for b in reply.buttons if b not in buttons and _pressable(b)]
    asks = any(r.ask_location for r in replies)
    actions = [_action(b) for b in buttons[: QUICK_REPLIES - asks]]
    if asks:
        actions.append({"type": "location", "label": cut(location_label, LABEL, LABEL)})
    return [{"type": "action", "action": action} for action in actions]


def _pressable(button: Button) -> bool:
    """Whether a button can stand as one; an address LINE would refuse goes into the text instead."""
    if not button.url:
        return bool(button.data and button.label.strip())
    fits = button.url.startswith("https://") and units(button.url) <= URI_UNITS
    return fits and bool(button.label.strip())


def _action(button: Button) -> Object:
    label = cut(button.label.strip(), LABEL, LABEL)
    if button.url:
        return {"type": "uri", "label": label, "uri": button.url}
    return {
        "type": "postback",
        "label": label,
        "data": button.data,
        "displayText": cut(button.label.strip(), DISPLAY_UNITS, DISPLAY_UNITS),
    }
