"""Moves of a conversation with media: photos that are fetched, voices that are heard, changed messages.

`(แก้) words` edits the person's last message, `(แก้ 2) words` the one before; `(ยกเลิก)` and `(ยกเลิก 2)`
unsend it. `(รูป 7)` is photo number 7, fetched at once; `(รูป 7 ที่ 16.01 104.02)` was taken there;
`(รูปเสีย)`, `(รูป HEIC)` cannot be opened. `(เสียงว่า) words` is a voice message that a machine hears so.
`(ที่ 16.01 104.02)` shares a place; `(วิดีโอ)`, `(ไฟล์)`, `(รายชื่อ)` send such a thing, `(วิดีโอ) words` with
words. `(กลุ่ม) words` says it in the group.
"""

import re
from dataclasses import replace
from datetime import timedelta

from bot.pictures import PictureRefused, safe_picture
from handlers.album import Photo, PhotoAlbum
from handlers.messages import IncomingMessage, MessageKind, Reply
from planning.reports import Channel
from tests.handlers.stage import Stage
from tests.pictures import photo

VOICE = b"OggS voice"
_KINDS = {
    "วิดีโอ": MessageKind.VIDEO,
    "ไฟล์": MessageKind.FILE,
    "รายชื่อ": MessageKind.CONTACT,
}


async def media_move(stage: Stage, who: str, words: str) -> list[Reply] | None:
    """Make such a move; None when it is none."""
    if changed := re.fullmatch(r"\((แก้|ยกเลิก)(?: (\d+))?\)\s*(.*)", words):
        unsend = changed[1] == "ยกเลิก"
        kind = MessageKind.UNSEND if unsend else MessageKind.EDIT
        return await change(stage, who, kind, changed[3], int(changed[2] or 1))
    if shared := re.fullmatch(r"\(ที่ ([\d.]+) ([\d.]+)\)", words):
        here = (float(shared[1]), float(shared[2]))
        return await stage.say(who, kind=MessageKind.LOCATION, spot=here)
    if shown := re.fullmatch(r"\(รูป(?: (\d+)|เสีย| HEIC)(?: ที่ ([\d.]+) ([\d.]+))?\)\s*(.*)", words):
        spot = (float(shown[2]), float(shown[3])) if shown[2] else None
        said = await stage.say(who, shown[4], kind=MessageKind.PHOTO)
        return said + await develop(stage, who, _bytes(words, int(shown[1] or 0), spot))
    if spoken := re.fullmatch(r"\(เสียงว่า\)\s*(.*)", words):
        said = await stage.say(who, kind=MessageKind.VOICE)
        return said + await develop(stage, who, VOICE, heard=spoken[1])
    if grouped := re.fullmatch(r"\(กลุ่ม\) (.+)", words):
        return await stage.say(who, grouped[1], group=True)
    if sent := re.fullmatch(r"\((วิดีโอ|ไฟล์|รายชื่อ)\)\s*(.*)", words):
        return await stage.say(who, sent[2], kind=_KINDS[sent[1]])
    return None


def _bytes(words: str, number: int, spot: tuple[float, float] | None) -> bytes:
    if "HEIC" in words:
        return b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40
    return b"\xff\xd8\xff broken" if "เสีย" in words else photo(number, spot=spot)


async def change(
    stage: Stage, who: str, kind: MessageKind, text: str = "", back: int = 1
) -> list[Reply]:
    """Edit or unsend the message that `who` sent `back` messages ago."""
    old = [m for m in stage.sent if m.user_id == who and m.kind is not MessageKind.BUTTON][-back]
    stage.now += timedelta(minutes=1)
    await stage.receive(changed(stage, old, kind, text))
    return stage.heard.get(who, [])


def changed(stage: Stage, old: IncomingMessage, kind: MessageKind, text: str) -> IncomingMessage:
    """The event of that change, now, as the channel would parse it."""
    free = stage.channel is not Channel.LINE
    new = stage.message(old.user_id, text, kind=kind, channel=old.channel, group=old.group)
    stage.sent.remove(new)
    handle = new.reply_handle if free else ""
    return replace(new, message_id=old.message_id, chat_id=old.chat_id, reply_handle=handle)


async def develop(stage: Stage, who: str, data: bytes, heard: str | None = None) -> list[Reply]:
    """Fetch all media that wait, each being `data`; what `who` hears because of it."""
    album = PhotoAlbum(stage.database, stage.files, "polite", lambda: None)
    for waiting in await album.due():
        if waiting.kind == "voice":
            await album.keep_voice(waiting, data, heard, stage.now)
            continue
        try:
            made = safe_picture(data)
        except PictureRefused as refused:
            remark = "photo_heic" if refused.why == "heic" else "photo_broken"
            await album.give_up(waiting, remark, stage.now)
        else:
            kept = Photo(data=made.data, preview=made.preview, look=made.look, spot=made.spot)
            await album.keep_photo(waiting, kept, stage.now)
    stage.heard = {}
    await stage.work()
    await album.sweep()
    return stage.heard.get(who, [])
