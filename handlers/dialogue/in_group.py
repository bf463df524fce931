"""The dialogue in a group, where most of what is said is not for the bot. Pure.

Quiet is the rule: only what is addressed to the bot (a mention, a reply to it, «แจ้ง …») is heard,
unless the head told the group to be listened to; then clear matters are, too.
"""

import re
from dataclasses import dataclass

from handlers.dialogue import intents as i
from handlers.dialogue.asking import Asked, asked_plainly, says_thanks
from handlers.dialogue.hearing import MEDIA_KINDS, Facts, Utterance, about_another, command_of
from handlers.dialogue.machine import decide
from handlers.dialogue.state import Conversation
from handlers.dialogue.topics import groups as g
from handlers.dialogue.topics.minutes import PostResults
from handlers.dialogue.topics.preparing import AskToCall
from handlers.messages import MessageKind
from nlp.values import Act, Understanding

_OF_THE_GROUP: dict[MessageKind, i.Intent] = {
    MessageKind.JOIN: g.GreetGroup(),
    MessageKind.LEAVE: g.GroupGone(),
    MessageKind.MOVED: g.GroupMoved(),
}
_ALWAYS_HEARD = (g.BindGroup, g.UnbindGroup, g.SetListening, PostResults, AskToCall)
"""Commands that can mean nothing else, so that nobody has to be addressed with them."""
_ANNOUNCED = re.compile(
    r"\s*(?:ขอ)?(?:แจ้ง|ประกาศ)\s*(?:ให้)?\s*(?:ข่าว|เพื่อทราบ|ทราบ|ประชาสัมพันธ์|ลูกบ้าน|พี่น้อง|พ่อแม่พี่น้อง|สมาชิก|ทุกท่าน"
    r"|ทุกคน|เตือน|กำหนด|ประชุม|หยุด|ดับ(?:ไฟ|กระแส)|เวลา|วัน|คณะ|กรรมการ|อสม|ผู้ปกครอง|ชาวบ้าน|ผล|ยอด|ราย)"
)
"""How announcements to neighbours begin; they are not told to the bot."""
_CALLED = re.compile(r"^\s*แจ้ง(?!ความ)(?:ว่า)?[\s:：]*")
"""What is said to be heard and is no part of what is told."""
_SHORTLY = (Asked.FORUM, Asked.WHAT)
"""Questions whose answers everybody in the group may read."""
_SURE = 0.5
"""Probability from which a category makes an unasked matter clear."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """What is known of the group. `listens`: as the head set it.

    `village_code`: whose group it is, "" while it is bound to none. `replied`: the message replies to one
    that the bot sent about a report; `own` is that report's code where it is the speaker's own.
    """

    listens: bool = False
    village_code: str = ""
    replied: bool = False
    own: str = ""


def decide_in_group(utterance: Utterance, facts: Facts, room: Room) -> i.Intent:
    """What to do about what was said in a group; to keep silent where that is not plain."""
    first = utterance.messages[0]
    if first.kind in _OF_THE_GROUP:
        return _OF_THE_GROUP[first.kind]
    if about_another(utterance):  # an edit, an unsend, words heard in a voice message
        return decide(Conversation(), utterance, facts)
    if first.kind not in (MEDIA_KINDS | {MessageKind.TEXT, MessageKind.LOCATION}):
        return i.KeepSilent()
    command = command_of(utterance, facts) if first.kind is MessageKind.TEXT else None
    if isinstance(command, _ALWAYS_HEARD):
        return command
    if not addressed(utterance, room):
        return _overheard(utterance, facts) if room.listens else i.KeepSilent()
    if isinstance(command, i.Tell):
        return command
    return g.AnswerGroup(private=True) if command else _heard(utterance, facts, room)


def worth_reading(utterance: Utterance, room: Room) -> bool:
    """Whether the words are to be read at all: what is not for the bot is none of its business."""
    return room.listens or addressed(utterance, room)


def addressed(utterance: Utterance, room: Room) -> bool:
    """Whether the words are for the bot: mentioned, replied to, or begun with «แจ้ง»."""
    if room.replied or any(m.addressed for m in utterance.messages):
        return True
    text = utterance.text.lstrip()
    return text.startswith("แจ้ง") and not _ANNOUNCED.match(text)


def _heard(utterance: Utterance, facts: Facts, room: Room) -> i.Intent:
    text = utterance.text.strip()
    seen = facts.understanding
    if not re.sub(r"^แจ้ง\W*", "", text):
        return g.AnswerGroup(private=bool(utterance.media or utterance.location))
    if room.own:
        return i.Add(report_code=room.own, text=utterance.text)
    kind = None if utterance.media else asked_plainly(text, seen)
    if kind in _SHORTLY:
        return g.AnswerGroup(asked=kind)
    act = seen.act if seen else Act.MATTER
    if act is Act.MATTER or utterance.media or text.startswith("แจ้ง"):
        return i.Tell(text=_CALLED.sub("", utterance.text))
    if act is Act.QUESTION:
        return i.Ask(text=utterance.text)
    return g.AnswerGroup(thanks=says_thanks(text))


def _overheard(utterance: Utterance, facts: Facts) -> i.Intent:
    """A matter told to nobody in particular, where the head wants such to be taken up."""
    seen = facts.understanding
    text = utterance.text
    if seen is None or not text.strip() or _ANNOUNCED.match(text):
        return i.KeepSilent()
    return i.Tell(text=text) if seen.emergency.on or _clear(seen) else i.KeepSilent()


def _clear(seen: Understanding) -> bool:
    first = seen.categories[0]
    return seen.act is Act.MATTER and first.code != "other" and first.score >= _SURE
