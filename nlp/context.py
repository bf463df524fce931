"""One message read together with what the same person wrote just before and after it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from nlp.values import Act, CategoryScore, Flag, KnownPlace, Understanding

WITHIN_S = 300
"""Messages of one sender that follow each other within so many seconds belong together."""

_CLEAR = 0.55
"""From this probability on a message's own category stands, whatever is said around it."""

_SURE_KIND = 0.6
_FEW_LETTERS = 12
_PLAIN_DANGER = 0.4
"""Weak signs add up in a long text, so all together must say more than one message by itself."""

_SURELY_CLOSED = 0.5
_HOLDERS = re.compile(
    r"\[(?:รูปภาพ|รูป|ภาพ|ตำแหน่งที่ตั้ง|ตำแหน่ง|สติกเกอร์|สติ๊กเกอร์|วิดีโอ|เสียง|ไฟล์|photo|sticker|location|image|video)\]",
    re.IGNORECASE,
)
_SENT = re.compile(r"\[(?:สติกเกอร์|สติ๊กเกอร์|sticker)\]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


class Reads(Protocol):
    """What reads a text: `nlp.reader.ThaiReader`."""

    def read(self, text: str, places: Sequence[KnownPlace] = ()) -> Understanding:
        """The understanding of one text."""
        ...


def read_together(
    reader: Reads, texts: Sequence[str], index: int, places: Sequence[KnownPlace] = ()
) -> Understanding:
    """The understanding of `texts[index]`; `texts` are one sender's messages in order of time.

    A message that is clear by itself keeps its own category and kind; one that is not (a place, a
    photo, half a sentence) takes those of all together. Danger told in one of them is danger in
    all, and so is what must stay out of the forum. A greeting or sticker stays what it is.
    """
    own = reader.read(texts[index], places)
    if len(texts) == 1 or _only_greets(texts[index], own):
        return own
    told = [_words(t) for t in texts]
    readings = [own if n == index else reader.read(t, places) for n, t in enumerate(told) if t]
    said = [r.normalised for r in readings if r.act is not Act.CHATTER or r.emergency.on]
    if not said or said == [own.normalised]:
        return own
    whole = reader.read("\n".join(said), places)
    clear = _clear(own, told[index])
    matters = [r for r in readings if r.act is not Act.CHATTER or r.emergency.on]
    kept = own.kind if clear and own.kind_score >= _SURE_KIND else ""
    return replace(
        own,
        act=Act.MATTER if own.act is Act.CHATTER else own.act,
        categories=own.categories if clear else _of_all(own, whole, told[index]),
        kind=kept or whole.kind,
        kind_score=own.kind_score if kept else whole.kind_score,
        confidential=_kept_back(own, whole, matters),
        emergency=_danger(own, whole, matters),
        place=own.place or whole.place,
    )


def _words(text: str) -> str:
    """A text without what stands for a photo, position or sticker."""
    return _HOLDERS.sub(" ", text).strip()


def _only_greets(text: str, own: Understanding) -> bool:
    """Whether a message is mere chatter; a photo or position sent without words is not."""
    if own.act is not Act.CHATTER or own.emergency.on:
        return False
    return bool(_words(text)) or bool(_SENT.search(text)) or not _HOLDERS.search(text)


def _clear(own: Understanding, told: str) -> bool:
    """Whether a message says by itself what it is about."""
    best = own.categories[0]
    if best.code == "other" or len(_LETTER.findall(told)) < _FEW_LETTERS:
        return False
    return best.score >= _CLEAR and bool(best.words)


def _of_all(own: Understanding, whole: Understanding, told: str) -> tuple[CategoryScore, ...]:
    """The categories of all messages together, moved a little by what this one says."""
    share = 0.0 if not told or own.categories[0].code == "other" else 0.4
    mine = {c.code: c.score for c in own.categories}
    mixed = [
        replace(c, score=(1 - share) * c.score + share * mine.get(c.code, 0.0))
        for c in whole.categories
    ]
    return tuple(sorted(mixed, key=lambda c: -c.score))


def _danger(own: Understanding, whole: Understanding, others: Sequence[Understanding]) -> Flag:
    """The flag of the message, of one near it, or of all of them if they tell of danger plainly."""
    told = [own.emergency, *(r.emergency for r in others)]
    if whole.emergency.score >= _PLAIN_DANGER:
        told.append(whole.emergency)
    return _highest(told)


def _kept_back(own: Understanding, whole: Understanding, others: Sequence[Understanding]) -> Flag:
    """The flag of the message, of all together, or of one near it that must surely be kept back."""
    sure = [r.confidential for r in others if r.confidential.score >= _SURELY_CLOSED]
    return _highest([own.confidential, whole.confidential, *sure])


def _highest(flags: Sequence[Flag]) -> Flag:
    """The flag of several that is on with the highest score, or the highest if none is."""
    return max(flags, key=lambda f: (f.on, f.score))
