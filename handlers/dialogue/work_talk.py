"""The rules after a piece of village work was marked done: photos of it. Pure."""

import re

from handlers.dialogue import intents as i
from handlers.dialogue.hearing import Heard, Saying
from handlers.dialogue.rules import Rule, plain, rule, thing, touchy
from handlers.dialogue.state import Step
from handlers.dialogue.topics import after as a
from handlers.dialogue.topics.telling import LetGo
from handlers.messages import MessageKind

STEPS = frozenset({Step.ASK_WORK_PHOTO})
"""Asked of those with an office, who may have no village of their own."""

_DONE = re.compile(r"เสร็จ|เรียบร้อย|ทำแล้ว|ซ่อมแล้ว|แก้แล้ว|แล้วๆ|แล้วเด้อ|แล้วครับ|แล้วค่ะ|รูป|ภาพ")
_CAPTION = 60


def _photos(said: Saying) -> bool:
    media = said.utterance.media
    return bool(media) and all(m.kind is MessageKind.PHOTO for m in media)


@rule(a.AddWorkPhoto, thing)
def photo_or_thing(said: Saying) -> i.Intent:
    """A photo of the work, or another thing that is told."""
    if _photos(said):
        return a.AddWorkPhoto(code=said.conversation.issue_code)
    return thing(said)


@rule(a.AddWorkPhoto, plain)
def caption_or_plain(said: Saying) -> i.Intent:
    """A photo with a few words that it is done, or words as they read."""
    text = said.utterance.text
    brief = len(text) <= _CAPTION and _DONE.search(text) is not None
    if _photos(said) and brief and not touchy(said):
        return a.AddWorkPhoto(code=said.conversation.issue_code)
    return plain(said)


@rule(LetGo)
def no_more(said: Saying) -> i.Intent:
    """Yes or no after «a photo?»: none is to come."""
    return LetGo()


RULES: dict[Step, dict[Heard, Rule]] = {
    Step.ASK_WORK_PHOTO: {
        Heard.MEDIA: photo_or_thing,
        Heard.MATTER: caption_or_plain,
        Heard.QUESTION: caption_or_plain,
        Heard.CHATTER: caption_or_plain,
        Heard.YES_NO: no_more,
    }
}
