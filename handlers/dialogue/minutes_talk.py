"""The rules while the minutes are put right: a name, a time, a day. Pure."""

from handlers.dialogue import intents as i
from handlers.dialogue.hearing import Heard, Saying
from handlers.dialogue.rules import Rule, plain, rule
from handlers.dialogue.state import Step
from handlers.dialogue.topics import minutes as m

_LONGEST = 400


@rule(m.SetPart, plain)
def part_or_plain(said: Saying) -> i.Intent:
    """What the part of the minutes that was asked for is to be, or words as they read."""
    text, seen = said.utterance.text.strip(), said.facts.understanding
    asked = said.conversation.asked_for
    danger = seen is not None and seen.emergency.on
    if not text or not asked or len(text) > _LONGEST or said.utterance.media or danger:
        return plain(said)
    return m.SetPart(part=m.Part(asked), text=text)


def _words(answer: Rule) -> dict[Heard, Rule]:
    kinds = (Heard.MATTER, Heard.QUESTION, Heard.CHATTER, Heard.YES_NO)
    return dict.fromkeys(kinds, answer)


RULES: dict[Step, dict[Heard, Rule]] = {Step.ASK_MINUTES: _words(part_or_plain)}
STEPS = frozenset(RULES)
"""Questions asked by office, which are asked also while the head has no village of their own."""
