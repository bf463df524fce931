"""The rules while a forum is run: how many came, who raised a hand, why not, what to note. Pure."""

from collections.abc import Callable

from handlers.dialogue import intents as i
from handlers.dialogue.hearing import Heard, Saying
from handlers.dialogue.rules import Rule, plain, rule
from handlers.dialogue.state import Step
from handlers.dialogue.topics import running as f

_LONGEST = 400
"""Letters up to which words are an answer; what is longer is told for its own sake."""


def _in_danger(said: Saying) -> bool:
    seen = said.facts.understanding
    return seen is not None and seen.emergency.on


@rule(f.SayAttendance, plain)
def people(said: Saying) -> i.Intent:
    """How many came, or words as they read."""
    return f.attendance_in(said.utterance.text) or plain(said)


@rule(f.CountHands, plain)
def hands(said: Saying) -> i.Intent:
    """How many for and against, or words as they read."""
    return f.hands_in(said.utterance.text, said.conversation.item) or plain(said)


@rule(f.SayHouse, plain)
def house(said: Saying) -> i.Intent:
    """The number of one's house, or words as they read."""
    return f.house_in(said.utterance.text) or plain(said)


def _words_for(kind: type[i.Intent], make: Callable[[Saying, str], i.Intent]) -> Rule:
    @rule(kind, plain)
    def answered(said: Saying) -> i.Intent:
        text = said.utterance.text.strip()
        if not text or len(text) > _LONGEST or said.utterance.media or _in_danger(said):
            return plain(said)
        return make(said, text)

    return Rule(kind.__name__, answered.apply, answered.gives)


WHY_NOT = _words_for(
    f.GiveReason, lambda said, text: f.GiveReason(item=said.conversation.item, text=text)
)
NOTE = _words_for(
    f.TakeNote, lambda said, text: f.TakeNote(item=said.conversation.item or None, text=text)
)
WORDING = _words_for(
    f.AmendItem, lambda said, text: f.AmendItem(item=said.conversation.item, text=text)
)


def _words(answer: Rule) -> dict[Heard, Rule]:
    kinds = (Heard.MATTER, Heard.QUESTION, Heard.CHATTER, Heard.YES_NO)
    return dict.fromkeys(kinds, answer)


RULES: dict[Step, dict[Heard, Rule]] = {
    Step.ASK_PEOPLE: _words(people),
    Step.ASK_HANDS: _words(hands),
    Step.ASK_WHY_NOT: _words(WHY_NOT),
    Step.ASK_NOTE: _words(NOTE),
    Step.ASK_WORDING: _words(WORDING),
    Step.ASK_HOUSE: _words(house),
}
STEPS = frozenset(RULES)
"""Questions asked by office, which are asked also while the chair has no village of their own."""
