"""The rules while the issue desk waits for words: a line, a place, a reason, numbers. Pure."""

import re
from collections.abc import Callable

from handlers.dialogue import intents as i
from handlers.dialogue.asking import code_in, says_thanks, takes_leave
from handlers.dialogue.hearing import Heard, Saying
from handlers.dialogue.rules import ANY, Rule, names_fault, plain, rule, thing, touchy
from handlers.dialogue.state import Step
from handlers.dialogue.topics import desk as d
from handlers.messages import MessageKind
from planning.thai import arabic_digits

STEPS = frozenset({Step.ASK_DESK})
"""Questions by office, which are asked also while no village of one's own is known."""
_NAME_LENGTH = 80
_NUMBERS = re.compile(
    r"(?:แยก|ข้อ|เลข|ที่|และ|กับ|ออก|ครับ|คับ|ค่ะ|คะ|[\s,.\d])*\d(?:แยก|ออก|ครับ|คับ|ค่ะ|คะ|[\s,.\d])*"
)


@rule(d.SayAtDesk, plain)
def said_or_plain(said: Saying) -> i.Intent:
    """The words that the desk waits for, or words as they read: danger always is heard."""
    talk = said.conversation
    asked, _, of = talk.desk.partition(".")
    if asked not in set(d.Typed) or not talk.issue_code:
        return plain(said)
    what, text = d.Typed(asked), said.utterance.text.strip()
    if _small_talk(text) or not _ANSWERS[what](said, text):
        return plain(said)
    return d.SayAtDesk(code=talk.issue_code, what=what, of=int(of or 0), text=text)


@rule(d.SayAtDesk, thing)
def spot_or_thing(said: Saying) -> i.Intent:
    """A shared position where the desk asked for a place, or of a report."""
    talk = said.conversation
    if talk.desk != d.Typed.PLACE or not talk.issue_code:
        return thing(said)
    return d.SayAtDesk(code=talk.issue_code, what=d.Typed.PLACE, text="")


def _small_talk(text: str) -> bool:
    return not text or (len(text) <= 30 and (says_thanks(text) or takes_leave(text)))


def _danger(said: Saying) -> bool:
    seen = said.facts.understanding
    return seen is not None and seen.emergency.on


def _a_name(said: Saying, text: str) -> bool:
    short = len(text) <= _NAME_LENGTH and "\n" not in text
    return short and not touchy(said) and not names_fault(said)


_ANSWERS: dict[d.Typed, Callable[[Saying, str], bool]] = {
    d.Typed.LINE: lambda said, text: not _danger(said),
    d.Typed.CLOSE: lambda said, text: not _danger(said),
    d.Typed.PLACE: lambda said, text: len(text) <= _NAME_LENGTH and not _danger(said),
    d.Typed.VILLAGE: _a_name,
    d.Typed.MERGE: lambda said, text: bool(code_in(text)) and len(text) <= _NAME_LENGTH,
    d.Typed.SPLIT: lambda said, text: _NUMBERS.fullmatch(arabic_digits(text)) is not None,
}
"""Whether words answer what was asked for."""


def _code_or_command(said: Saying) -> i.Intent:
    """A code where another matter was asked for, «ข้อ 2» where tellings were: the answer; else the command."""
    intent, talk = ANY(said), said.conversation
    answer = _AS_ANSWERS.get(type(intent))
    asked, _, of = talk.desk.partition(".")
    typed = said.utterance.messages[0].kind is MessageKind.TEXT
    if not typed or answer is None or asked != answer or not talk.issue_code:
        return intent
    return d.SayAtDesk(code=talk.issue_code, what=answer, of=int(of or 0), text=said.utterance.text)


_AS_ANSWERS = {d.OpenDesk: d.Typed.MERGE, i.OfferResolution: d.Typed.SPLIT}
"""Commands that are the answer where the desk asked for that."""
_KINDS = (Heard.MATTER, Heard.QUESTION, Heard.CHATTER, Heard.YES_NO, Heard.UNSURE)
RULES: dict[Step, dict[Heard, Rule]] = {
    Step.ASK_DESK: dict.fromkeys(_KINDS, said_or_plain)
    | {
        Heard.LOCATION: spot_or_thing,
        Heard.COMMAND: Rule("code_or_command", _code_or_command, frozenset()),
    },
}
